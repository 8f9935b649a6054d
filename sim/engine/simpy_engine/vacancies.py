"""Posts that people leave: out of their pool while they stand vacant, but never in the middle of a session."""

from functools import partial
from heapq import heapify

from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment
from sim.engine.simpy_engine.pools import Dispatcher, Pool
from sim.jurisdiction.contract import Staff
from sim.sampling.contract import Vacancies
from sim.vocabulary import Rank


def plan_vacancies(env: OrderedEnvironment, dispatcher: Dispatcher, staff: Staff, vacancies: Vacancies) -> None:
    """Put every vacancy and every filling of a post on the agenda; staff events go by the number of the post."""
    posts_before = (staff.pool_posts.cumsum() - staff.pool_posts).tolist()
    columns = (vacancies.pool, vacancies.post, vacancies.from_s, vacancies.until_s)
    for index, post, from_s, until_s in zip(*(column.tolist() for column in columns), strict=True):
        pool, number = dispatcher.pools[index], posts_before[index] + post
        leaving = Instant(env, from_s, Rank.VACANCY, number)
        leaving.callbacks.append(partial(_vacate, pool, post))
        filling = Instant(env, until_s, Rank.POST_FILLED, number)
        filling.callbacks.append(partial(_fill, dispatcher, pool, post))


def _vacate(pool: Pool, post: int, _: object) -> None:
    """Take a free post away; let a busy one go when it is given back."""
    pool.filled -= 1
    if post in pool.free_posts:
        pool.free_posts.remove(post)
        heapify(pool.free_posts)
    else:
        pool.leaving.add(post)


def _fill(dispatcher: Dispatcher, pool: Pool, post: int, _: object) -> None:
    """Put a vacant post back; one that is still finishing its session simply stays."""
    pool.filled += 1
    if post in pool.leaving:
        pool.leaving.discard(post)
    else:
        dispatcher.give_back(pool, post)
