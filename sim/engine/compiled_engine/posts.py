"""The free posts of each pool, given out lowest number first."""

from sim.engine.compiled_engine.codes import NO_ONE
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.world import WorldRow, free_post_at, leaving_at, pool_at, touched_at


@compiled
def touch(world: WorldRow, index: int) -> None:
    """Note that a pool may have a post to give."""
    pool = pool_at(world, index)
    if pool.is_touched or pool.head == NO_ONE or pool.free == 0:
        return
    world.is_dispatch_due = 1
    pool.is_touched = 1
    touched_at(world, world.touched_used).value = index
    world.touched_used += 1


@compiled
def take_post(world: WorldRow, index: int) -> int:
    """Take the lowest-numbered free post of a pool that has one."""
    pool = pool_at(world, index)
    pool.free -= 1
    if pool.free == 0:
        return free_post_at(world, pool.first_post).value
    return _take_lowest(world, pool.first_post, pool.free)


@compiled
def give_back(world: WorldRow, index: int, post: int) -> None:
    """Make a post free for the next request, unless it stands vacant from now on."""
    pool = pool_at(world, index)
    if leaving_at(world, pool.first_post + post).value:
        leaving_at(world, pool.first_post + post).value = 0
        return
    _put_post(world, pool.first_post, pool.free, post)
    pool.free += 1
    touch(world, index)


@compiled
def vacate(world: WorldRow, index: int, post: int) -> None:
    """Take a free post away; let a busy one go when it is given back."""
    pool = pool_at(world, index)
    pool.filled -= 1
    first = pool.first_post
    for place in range(first, first + pool.free):
        if free_post_at(world, place).value == post:
            # Make the heap anew without it.
            others = pool.free - 1
            free_post_at(world, place).value = free_post_at(world, first + others).value
            pool.free = 0
            for kept in range(others):
                _put_post(world, first, pool.free, free_post_at(world, first + kept).value)
                pool.free += 1
            return
    leaving_at(world, first + post).value = 1


@compiled
def fill(world: WorldRow, index: int, post: int) -> None:
    """Put a vacant post back; one that is still finishing its session simply stays."""
    pool = pool_at(world, index)
    pool.filled += 1
    if leaving_at(world, pool.first_post + post).value:
        leaving_at(world, pool.first_post + post).value = 0
    else:
        give_back(world, index, post)


@compiled
def _put_post(world: WorldRow, first: int, count: int, post: int) -> None:
    """Put a post into a heap of `count` free posts that begins at `first`."""
    place = count
    while place > 0:
        parent = (place - 1) // 2
        if free_post_at(world, first + parent).value <= post:
            break
        free_post_at(world, first + place).value = free_post_at(world, first + parent).value
        place = parent
    free_post_at(world, first + place).value = post


@compiled
def _take_lowest(world: WorldRow, first: int, last: int) -> int:
    """Take the lowest post out of a heap that begins at `first` and ends at its place `last`."""
    lowest, post = free_post_at(world, first).value, free_post_at(world, first + last).value
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        if child + 1 < last and free_post_at(world, first + child + 1).value < free_post_at(world, first + child).value:
            child += 1
        if post <= free_post_at(world, first + child).value:
            break
        free_post_at(world, first + place).value = free_post_at(world, first + child).value
        place = child
    free_post_at(world, first + place).value = post
    return lowest
