"""When posts really stand empty: from a vacancy's second, or the end of the session that it fell in."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.columns import in_turn
from sim.outcomes.post_uses import PostUses
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NOWHERE


@dataclass(frozen=True, slots=True)
class EmptyPosts:
    """Stretches in which a post is neither filled nor finishing a session, up to the horizon.

    pool, post: int32 (E,); from_s, until_s: int64 (E,), from_s < until_s; in order of (pool, post, from_s).
    """

    pool: Int32
    post: Int32
    from_s: Int64
    until_s: Int64


def empty_posts(jurisdiction: Jurisdiction, batch: DisputeBatch, uses: PostUses) -> EmptyPosts:
    """Return when posts stand empty; a vacancy that is over before the post is given back leaves no trace."""
    vacancies, horizon_s = batch.vacancies, jurisdiction.horizon_s
    if not len(vacancies.pool):
        return EmptyPosts(vacancies.pool, vacancies.post, vacancies.from_s, vacancies.until_s)
    from_s, until_s = vacancies.from_s.copy(), np.minimum(vacancies.until_s, horizon_s)
    if np.any(uses.post != NOWHERE):
        posts_before = np.cumsum(jurisdiction.staff.pool_posts, dtype=np.int64) - jurisdiction.staff.pool_posts
        span = horizon_s + 1
        held = uses.post != NOWHERE
        taken = ((posts_before[uses.pool] + uses.post) * span + uses.from_s)[held]
        # A session of no length may start in the second in which the post's next one does.
        order = in_turn(taken, uses.until_s[held])
        taken, given_back_s = taken[order], uses.until_s[held][order]
        left = posts_before[vacancies.pool] + vacancies.post
        last = np.searchsorted(taken, left * span + from_s, side="left") - 1
        in_use = (last >= 0) & (taken[last] // span == left)
        from_s[in_use] = np.maximum(from_s, given_back_s[last])[in_use]
    empty = from_s < until_s
    return EmptyPosts(vacancies.pool[empty], vacancies.post[empty], from_s[empty], until_s[empty])
