"""Queues of requests as pairing heaps: the request with the smallest key is first, and joining costs next to nothing.

A request has an entry for each pool at which it waits. One that was served elsewhere or left stays in its queues until
it comes first.
"""

from sim.engine.compiled_engine.codes import NO_ONE, OUTCOME_WAITING
from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.world import WorldRow, link_at, request_at, stacked_at


@compiled
def precedes(world: WorldRow, one: int, other: int) -> bool:
    """Whether a request is served before another."""
    first, second = request_at(world, one), request_at(world, other)
    if first.queue_class != second.queue_class:
        return first.queue_class < second.queue_class
    if first.due_s != second.due_s:
        return first.due_s < second.due_s
    if first.joined_s != second.joined_s:
        return first.joined_s < second.joined_s
    if first.dispute_id != second.dispute_id:
        return first.dispute_id < second.dispute_id
    return first.number < second.number


@compiled
def _meld(world: WorldRow, choice_bits: int, one: int, other: int) -> int:
    """Put the later of two heads under the earlier, which is returned."""
    if precedes(world, other >> choice_bits, one >> choice_bits):
        one, other = other, one
    link_at(world, other).sibling = link_at(world, one).child
    link_at(world, one).child = other
    return one


@compiled
def join_queue(world: WorldRow, choice_bits: int, head: int, entry: int) -> int:
    """Put an entry into a queue by its head; return the new head."""
    link = link_at(world, entry)
    link.child, link.sibling = NO_ONE, NO_ONE
    return entry if head == NO_ONE else _meld(world, choice_bits, head, entry)


@compiled
def leave_front(world: WorldRow, choice_bits: int, head: int) -> int:
    """Take the head out of its queue; return the new head."""
    paired, one = NO_ONE, link_at(world, head).child
    while one != NO_ONE:
        other = link_at(world, one).sibling
        if other == NO_ONE:
            following, pair = NO_ONE, one
        else:
            following = link_at(world, other).sibling
            pair = _meld(world, choice_bits, one, other)
        link_at(world, pair).sibling = paired
        paired, one = pair, following
    merged = NO_ONE
    while paired != NO_ONE:
        following = link_at(world, paired).sibling
        merged = paired if merged == NO_ONE else _meld(world, choice_bits, merged, paired)
        paired = following
    if merged != NO_ONE:
        link_at(world, merged).sibling = NO_ONE
    return merged


@compiled
def first_waiting(world: WorldRow, choice_bits: int, head: int) -> int:
    """Return a queue's first entry still waiting, having let go those before it that are not."""
    while head != NO_ONE and request_at(world, head >> choice_bits).outcome != OUTCOME_WAITING:
        head = leave_front(world, choice_bits, head)
    return head


@compiled
def count_waiting(world: WorldRow, choice_bits: int, head: int, stamp: int) -> int:
    """Return how many requests wait in a queue that do not bear a stamp yet, and stamp them."""
    waiting, depth = 0, 0
    if head != NO_ONE:
        stacked_at(world, 0).value, depth = head, 1
    while depth > 0:
        depth -= 1
        entry = stacked_at(world, depth).value
        request = request_at(world, entry >> choice_bits)
        if request.outcome == OUTCOME_WAITING and request.stamp != stamp:
            request.stamp = stamp
            waiting += 1
        child = link_at(world, entry).child
        while child != NO_ONE:
            stacked_at(world, depth).value = child
            depth += 1
            child = link_at(world, child).sibling
    return waiting
