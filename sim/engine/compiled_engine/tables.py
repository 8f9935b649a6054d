"""Makes the tables of a run, and larger ones when they are full."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled_engine.agenda import IDENTITY_BITS, PAGE_BITS, RANK_BITS, SECOND_BITS
from sim.engine.compiled_engine.codes import NO_ONE, RANK_SURFACING
from sim.engine.compiled_engine.luck import Luck
from sim.engine.compiled_engine.memory import Table, address_of, one_row, rows
from sim.engine.compiled_engine.place import Place, PlaceRow
from sim.engine.compiled_engine.world import (
    AGENDA_ENTRY,
    CASE,
    DOCKET,
    GROWING,
    LATER_ENTRY,
    LINK,
    READY,
    SURFACING,
    VACANCY,
    WORLD,
)
from sim.sampling.contract import Vacancies


@dataclass(frozen=True, slots=True)
class World:
    """A run as one row of `WORLD`, and the tables whose addresses stand in it."""

    row: np.recarray
    tables: dict[str, NDArray[Any]]

    def enlarged(self) -> Self:
        """Return the same run with twice the room in every table that grows."""
        tables = self.tables | {name: _twice(self.tables[name]) for name in (*GROWING, "links", "agenda", "later")}
        tables["stack"] = np.empty(len(tables["links"]), dtype=np.int32)
        return replace(self, row=_row_of(tables, self.row), tables=tables)


def world_of(place: Place, luck: Luck, horizon_s: int, vacancies: Vacancies) -> World:
    """Return a run before anything has happened: all posts free, vacancies on the agenda."""
    numbers, count, pools = place.row[0], len(luck.columns["dispute_id"]), len(place.pools)
    _check_that_keys_fit(horizon_s, int(luck.columns["dispute_id"].max(initial=0)), pools, len(place.free_posts))
    surfacing = _surfacing(luck, horizon_s)
    room = _first_room(numbers, len(surfacing))
    dockets = rows(DOCKET, int((place.tables["slots"]["docket_row"] != NO_ONE).sum()) * pools)
    dockets["met_s"] = dockets["planned_s"] = dockets["head"] = NO_ONE
    of_cases = count + numbers.follow_ups * room["agreements"]
    entries = 4 * room["requests"] + of_cases + pools + 2 * len(dockets) + 2 * len(vacancies.pool) + 16
    tables: dict[str, NDArray[Any]] = {
        **{name: rows(dtype, room[name]) for name, dtype in GROWING.items()},
        "cases": rows(CASE, count),
        "agenda": rows(AGENDA_ENTRY, entries),
        "later": rows(LATER_ENTRY, entries),
        "pages": np.full((horizon_s >> PAGE_BITS) + 1, NO_ONE, dtype=np.int32),
        "links": rows(LINK, room["requests"] << numbers.choice_bits),
        "stack": np.empty(room["requests"] << numbers.choice_bits, dtype=np.int32),
        "pools": place.pools.copy(),
        "free_posts": place.free_posts.copy(),
        "leaving": np.zeros(len(place.free_posts), dtype=np.int8),
        "touched": np.empty(pools, dtype=np.int32),
        "ready": rows(READY, pools),
        "dockets": dockets,
        "opened": np.empty(len(dockets), dtype=np.int32),
        "clock_windows": place.tables["first_window"][:-1] - 1,
        "surfacing": surfacing,
        "vacancies": _vacancies(place, vacancies),
    }
    start = one_row(WORLD, horizon_s=horizon_s, later_free=NO_ONE)
    return World(_row_of(tables, start), tables)


def _first_room(place: PlaceRow, cases: int) -> dict[str, int]:
    """Rows that the growing tables begin with: rarely too few, since memory is only taken for those that are used."""
    follows, breaks = place.follow_ups > 0, place.max_episodes > 1
    most = {"visits": 4, "requests": 8, "seats": 8 * bool(place.sits_together), "agreements": 2 * follows}
    return {name: rows_per_case * cases + 1024 for name, rows_per_case in (most | {"breaches": int(breaks)}).items()}


def _row_of(tables: dict[str, NDArray[Any]], before: np.recarray) -> np.recarray:
    """A run's row with the addresses of its tables and the room in those that grow."""
    assert WORLD.names is not None
    addresses = {name: address_of(table) for name, table in tables.items()}
    room = {f"{name}_room": len(tables[name]) for name in (*GROWING, "surfacing", "vacancies")}
    return one_row(WORLD, **dict(zip(WORLD.names, before[0].tolist(), strict=True)) | addresses | room)


def _twice(table: NDArray[Any]) -> NDArray[Any]:
    larger = rows(table.dtype, 2 * len(table))
    larger[: len(table)] = table
    return larger


def _check_that_keys_fit(horizon_s: int, *most_identities: int) -> None:
    """Raise ValueError where a second or an identity does not fit into a key of the agenda."""
    if horizon_s >> SECOND_BITS or max(most_identities) >> IDENTITY_BITS:
        raise ValueError(f"the agenda holds {2**SECOND_BITS} seconds and {2**IDENTITY_BITS} disputes, pools and posts")


def _surfacing(luck: Luck, horizon_s: int) -> Table:
    """The disputes that surface in time, in the order of (second, dispute id)."""
    surfaced_s, dispute_id = luck.columns["surfaced_s"], luck.columns["dispute_id"]
    in_time = np.flatnonzero(surfaced_s < horizon_s)
    key = (surfaced_s[in_time] << RANK_BITS | RANK_SURFACING) << IDENTITY_BITS | dispute_id[in_time]
    order = np.argsort(key)  # no two are equal
    surfacing = rows(SURFACING, len(in_time))
    surfacing["key"], surfacing["row"] = key[order], in_time[order]
    return surfacing


def _vacancies(place: Place, vacancies: Vacancies) -> Table:
    """When posts stand vacant; staff events go by the number of the post."""
    table = rows(VACANCY, len(vacancies.pool))
    table["pool"], table["post"] = vacancies.pool, vacancies.post
    table["number"] = place.pools["first_post"][vacancies.pool] + vacancies.post
    table["from_s"], table["until_s"] = vacancies.from_s, vacancies.until_s
    return table
