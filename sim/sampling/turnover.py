"""When posts stand vacant: each post's own timeline, the same whatever other posts and groups there are."""

from collections.abc import Iterator

import numpy as np

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.sampling.contract import Vacancies, no_vacancies
from sim.sampling.streams import Streams
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.vocabulary import SECONDS_PER_DAY


def draw_vacancies(jurisdiction: Jurisdiction, streams: Streams) -> Vacancies:
    """Draw the vacancies of all posts before the horizon, in order of (pool, post, second).

    Filled and vacant spells alternate, exponential with the group's means, stationary at 0. A post is addressed by its
    group, the unit of its pool and its number there: one stream for a group's posts of one number, in it a vector over
    the units of the tier for the state at 0 and one for each spell.
    """
    staff, units = jurisdiction.staff, jurisdiction.units
    parts = [no_vacancies()]
    for group in np.flatnonzero(staff.vacant_days > 0):
        pools = np.flatnonzero(staff.pool_group == group).astype(np.int32)
        tier = staff.group_tier[group]
        first_unit, unit_count = units.offset[tier], int(units.offset[tier + 1] - units.offset[tier])
        for post in range(int(staff.pool_posts[pools].max(initial=0))):
            here = pools[staff.pool_posts[pools] > post]
            generator = streams.generator(f"turnover/{staff.group_ids[group]}/{post}")
            for is_vacant, from_s, until_s in _spells(jurisdiction, int(group), unit_count, generator):
                at = staff.pool_unit[here] - first_unit
                stands = is_vacant[at] & (from_s[at] < jurisdiction.horizon_s)
                parts.append(_vacancies(here[stands], post, from_s[at][stands], until_s[at][stands]))
    return _in_order(parts)


def _spells(
    jurisdiction: Jurisdiction, group: int, unit_count: int, generator: np.random.Generator
) -> Iterator[tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], Int64, Int64]]:
    """Spells of one post in every unit until the horizon: whether vacant, from when, until when; (units,) each."""
    staff = jurisdiction.staff
    is_vacant = generator.random(unit_count) >= staff.filled_share[group]
    from_s = np.zeros(unit_count, dtype=np.int64)
    while bool((from_s < jurisdiction.horizon_s).any()):
        mean_days = np.where(is_vacant, staff.vacant_days[group], staff.filled_days[group])
        length_s = to_whole_seconds(generator.standard_exponential(unit_count) * mean_days * SECONDS_PER_DAY)
        # A spell lasts at least a second, so that a post is never filled and vacated at one instant.
        until_s = after(from_s, np.maximum(length_s, 1))
        yield is_vacant, from_s, until_s
        is_vacant, from_s = ~is_vacant, until_s


def _vacancies(pool: Int32, post: int, from_s: Int64, until_s: Int64) -> Vacancies:
    return Vacancies(pool, np.full(len(pool), post, dtype=np.int32), from_s, until_s)


def _in_order(parts: list[Vacancies]) -> Vacancies:
    pool, post, from_s, until_s = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("pool", "post", "from_s", "until_s")
    )
    order = np.lexsort((from_s, post, pool))
    return Vacancies(pool[order], post[order], from_s[order], until_s[order])
