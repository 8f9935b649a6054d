"""When posts stand vacant: each post's own timeline, the same whatever other posts and groups there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.protocol.made_once import made_once
from sim.sampling.contract import Vacancies, no_vacancies
from sim.sampling.streams import Streams
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.vocabulary import SECONDS_PER_DAY

_PAIRS_AT_ONCE: Final = 6
"""So many spells of either kind are drawn together."""


@dataclass(frozen=True, slots=True, eq=False)
class PostStream:
    """The posts of one number of a group: one in each of its pools that has so many.

    name: of their stream; units: of the group's tier, for each of which a timeline is drawn; pools: int32 (n,), rising;
    unit_of_pool: int64 (n,), the unit of each, counted from the first of the tier.
    """

    name: str
    group: int
    post: int
    units: int
    pools: Int32
    unit_of_pool: Int64


@made_once
def turnover_streams(jurisdiction: Jurisdiction) -> tuple[PostStream, ...]:
    """Return the posts that people leave, by group and number."""
    staff, units = jurisdiction.staff, jurisdiction.units
    found = []
    for group in np.flatnonzero(staff.vacant_days > 0).tolist():
        pools = np.flatnonzero(staff.pool_group == group).astype(np.int32)
        first_unit, end_unit = units.offset[staff.group_tier[group]], units.offset[staff.group_tier[group] + 1]
        for post in range(int(staff.pool_posts[pools].max(initial=0))):
            here = pools[staff.pool_posts[pools] > post]
            found.append(
                PostStream(
                    name=f"turnover/{staff.group_ids[group]}/{post}",
                    group=group,
                    post=post,
                    units=int(end_unit - first_unit),
                    pools=here,
                    unit_of_pool=(staff.pool_unit[here] - first_unit).astype(np.int64),
                )
            )
    return tuple(found)


def draw_vacancies(jurisdiction: Jurisdiction, streams: Streams) -> Vacancies:
    """Draw the vacancies of all posts before the horizon, in order of (pool, post, second).

    Filled and vacant spells alternate, exponential with the group's means, stationary at 0. A post is addressed by its
    group, the unit of its pool and its number there: one stream for a group's posts of one number, in it a vector over
    the units of the tier for the state at 0 and one for each spell.
    """
    parts = [no_vacancies()]
    for posts in turnover_streams(jurisdiction):
        for is_vacant, begins_s, length_s in _spells(jurisdiction, posts, streams.generator(posts.name)):
            stands = (is_vacant & (begins_s < jurisdiction.horizon_s)).take(posts.unit_of_pool, axis=1)
            spell, place = np.nonzero(stands)
            unit = posts.unit_of_pool[place]
            from_s, post = begins_s[spell, unit], np.full(len(place), posts.post, dtype=np.int32)
            parts.append(Vacancies(posts.pools[place], post, from_s, after(from_s, length_s[spell, unit])))
    return _in_order(parts)


def _spells(
    jurisdiction: Jurisdiction, posts: PostStream, generator: np.random.Generator
) -> Iterator[tuple[NDArray[np.bool_], Int64, Int64]]:
    """Spells of one post in every unit until the horizon: whether vacant, from when, how long; (spells, units) each.

    Those that begin at the horizon or later may be said to begin at any second from it on.
    """
    staff, horizon_s = jurisdiction.staff, jurisdiction.horizon_s
    first_vacant = generator.random(posts.units) >= staff.filled_share[posts.group]
    is_vacant = np.tile([first_vacant, ~first_vacant], (_PAIRS_AT_ONCE, 1))
    mean_days = np.where(is_vacant, staff.vacant_days[posts.group], staff.filled_days[posts.group])
    first_s = np.zeros(posts.units, dtype=np.int64)
    while bool((first_s < horizon_s).any()):
        length_s = to_whole_seconds(generator.standard_exponential(is_vacant.shape) * mean_days * SECONDS_PER_DAY)
        # A spell lasts at least a second, so that a post is never filled and vacated at one instant.
        np.maximum(length_s, 1, out=length_s)
        # Cut off at the horizon, lengths can be added up.
        begins_s = np.concatenate((first_s[np.newaxis], np.minimum(length_s, horizon_s))).cumsum(axis=0)
        yield is_vacant, begins_s[:-1], length_s
        first_s = begins_s[-1]


def _in_order(parts: list[Vacancies]) -> Vacancies:
    pool, post, from_s, until_s = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("pool", "post", "from_s", "until_s")
    )
    # Those of a post are in order already, and stay so.
    order = np.argsort(pool * (post.max(initial=0) + np.int64(1)) + post, kind="stable")
    return Vacancies(pool[order], post[order], from_s[order], until_s[order])
