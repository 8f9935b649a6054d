"""When posts really stand empty: from a vacancy's second, or the end of the session that it fell in."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Int32, Int64
from sim.outcomes.columns import rows_of
from sim.outcomes.place import Place
from sim.outcomes.post_uses import PostLine
from sim.sampling.contract import DisputeBatch


@dataclass(frozen=True, slots=True)
class EmptyPosts:
    """Stretches in which a post is neither filled nor finishing a session, up to the horizon.

    pool, post: int32 (E,); from_s, until_s: int64 (E,), from_s < until_s; in order of (pool, post, from_s).
    """

    pool: Int32
    post: Int32
    from_s: Int64
    until_s: Int64


def empty_posts(place: Place, batch: DisputeBatch, line: PostLine) -> EmptyPosts:
    """Return when posts stand empty; a vacancy that is over before the post is given back leaves no trace."""
    vacancies = batch.vacancies
    if not len(vacancies.pool):
        return EmptyPosts(vacancies.pool, vacancies.post, vacancies.from_s, vacancies.until_s)
    from_s, until_s = vacancies.from_s.copy(), np.minimum(vacancies.until_s, place.jurisdiction.horizon_s)
    if len(line.use):
        post = place.posts_before.take(vacancies.pool) + vacancies.post
        last = np.searchsorted(line.taken, post * line.span_s + from_s, side="left") - 1
        in_use = rows_of((last >= 0) & (line.taken.take(last) // line.span_s == post))
        given_back_s = line.released.take(last.take(in_use)) - post.take(in_use) * line.span_s
        from_s[in_use] = np.maximum(from_s.take(in_use), given_back_s)
    empty = from_s < until_s
    return EmptyPosts(vacancies.pool[empty], vacancies.post[empty], from_s[empty], until_s[empty])
