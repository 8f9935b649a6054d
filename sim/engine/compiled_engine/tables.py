"""Makes the tables of a run, and larger ones when they are full."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled_engine.agenda import IDENTITY_BITS, PAGE_BITS, RANK_BITS, SECOND_BITS
from sim.engine.compiled_engine.codes import (
    NO_ONE,
    RANK_SURFACING,
)
from sim.engine.compiled_engine.luck import Luck
from sim.engine.compiled_engine.memory import address_of, one_row, rows
from sim.engine.compiled_engine.place import Place, PlaceRow
from sim.engine.compiled_engine.world import (
    AGENDA_ENTRY,
    CASE,
    DOCKET,
    GROWING,
    LATER_ENTRY,
    LINK,
    POOL,
    READY,
    SURFACING,
    VACANCY,
    WORLD,
)
from sim.jurisdiction.contract import Jurisdiction
from sim.sampling.contract import Vacancies

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]


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


def world_of(place: Place, luck: Luck, jurisdiction: Jurisdiction, vacancies: Vacancies) -> World:
    """Return a run before anything has happened: all posts free, vacancies on the agenda."""
    numbers, count = place.row[0], len(luck.columns["dispute_id"])
    posts, horizon_s = jurisdiction.staff.pool_posts, jurisdiction.horizon_s
    surfacing = _surfacing(luck, horizon_s)
    room = _first_room(numbers, len(surfacing))
    dockets = rows(DOCKET, int((place.tables["slots"]["docket_row"] != NO_ONE).sum()) * len(posts))
    dockets.met_s = dockets.planned_s = dockets.head = NO_ONE
    of_cases = count + numbers.follow_ups * room["agreements"]
    entries = 4 * room["requests"] + of_cases + len(posts) + 2 * len(dockets) + 2 * len(vacancies.pool) + 16
    tables: dict[str, NDArray[Any]] = {
        **{name: rows(dtype, room[name]) for name, dtype in GROWING.items()},
        "cases": rows(CASE, count),
        "agenda": rows(AGENDA_ENTRY, entries),
        "later": rows(LATER_ENTRY, entries),
        "pages": np.full((horizon_s >> PAGE_BITS) + 1, NO_ONE, dtype=np.int32),
        "links": rows(LINK, room["requests"] << numbers.choice_bits),
        "stack": np.empty(room["requests"] << numbers.choice_bits, dtype=np.int32),
        "pools": _pools(jurisdiction),
        "free_posts": _free_posts(posts),
        "leaving": np.zeros(int(posts.sum()), dtype=np.int8),
        "touched": np.empty(len(posts), dtype=np.int32),
        "ready": rows(READY, len(posts)),
        "dockets": dockets,
        "opened": np.empty(len(dockets), dtype=np.int32),
        "clock_windows": place.tables["first_window"][:-1] - 1,
        "surfacing": surfacing,
        "vacancies": _vacancies(posts, vacancies),
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


def _keys(seconds: Int64, rank: int, identities: NDArray[np.integer]) -> Int64:
    """Keys on the agenda; ValueError where seconds or identities do not fit into one."""
    if seconds.max(initial=0) >> SECOND_BITS or identities.max(initial=0) >> IDENTITY_BITS:
        raise ValueError(f"the agenda holds {2**SECOND_BITS} seconds and {2**IDENTITY_BITS} disputes, pools and posts")
    keys: Int64 = (seconds << RANK_BITS | rank) << IDENTITY_BITS | identities
    return keys


def _surfacing(luck: Luck, horizon_s: int) -> np.recarray:
    """The disputes that surface in time, in the order of (second, dispute id)."""
    surfaced_s, dispute_id = luck.columns["surfaced_s"], luck.columns["dispute_id"]
    in_time = np.flatnonzero(surfaced_s < horizon_s)
    key = _keys(surfaced_s[in_time], RANK_SURFACING, dispute_id[in_time])
    order = np.argsort(key)  # no two are equal
    surfacing = rows(SURFACING, len(in_time))
    surfacing.key, surfacing.row = key[order], in_time[order]
    return surfacing


def _pools(jurisdiction: Jurisdiction) -> np.recarray:
    staff = jurisdiction.staff
    pools = rows(POOL, len(staff.pool_group))
    pools.first_post = np.cumsum(staff.pool_posts) - staff.pool_posts
    pools.free = pools.filled = staff.pool_posts
    pools.head = NO_ONE
    pools.clock = staff.group_calendar[staff.pool_group]
    # Upper tiers first, then by group: the one order in which everybody takes posts.
    pools.taking_order = -staff.group_tier[staff.pool_group] * len(staff.group_ids) + staff.pool_group
    pools.is_touched = pools.is_opening_planned = 0
    return pools


def _free_posts(posts: Int32) -> Int32:
    """The numbers 0, 1, … of each pool's posts, pool after pool."""
    first = np.cumsum(posts) - posts
    return (np.arange(posts.sum()) - np.repeat(first, posts)).astype(np.int32)


def _vacancies(posts: Int32, vacancies: Vacancies) -> np.recarray:
    """When posts stand vacant; staff events go by the number of the post."""
    _keys(np.zeros(0, dtype=np.int64), 0, np.array([posts.sum()]))
    table = rows(VACANCY, len(vacancies.pool))
    table.pool, table.post = vacancies.pool, vacancies.post
    table.number = (np.cumsum(posts) - posts)[vacancies.pool] + vacancies.post
    table.from_s, table.until_s = vacancies.from_s, vacancies.until_s
    return table
