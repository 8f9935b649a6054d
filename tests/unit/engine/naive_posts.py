"""Who is served next, found by looking at every request and every post."""

from sim.vocabulary import NEVER_S, RequestOutcome
from tests.unit.engine.naive_cases import Request
from tests.unit.engine.naive_place import Place


class Posts:
    """The posts of a place, as the list of all requests says they are held."""

    def __init__(self, place: Place, requests: list[Request]) -> None:
        self.place = place
        self.requests = requests

    def waiting(self) -> list[Request]:
        return [request for request in self.requests if request.outcome == RequestOutcome.WAITING]

    def free(self, pool: int) -> list[int]:
        """Posts of a pool that nobody is served by, the lowest number first."""
        held = [r.post for r in self.requests if r.outcome == RequestOutcome.IN_SESSION and r.pool == pool]
        sitting = [RequestOutcome.WAITING, RequestOutcome.IN_SESSION]
        held += [seat.post for r in self.requests if r.outcome in sitting for seat in r.seats if seat.pool == pool]
        return [post for post in range(self.place.posts[pool]) if post not in held]

    def next_dispatch_s(self, now_s: int) -> int:
        """When somebody could next be served if nothing else happened before."""
        return min((self._earliest_s(request, now_s) for request in self.waiting()), default=NEVER_S)

    def choice(self, now_s: int) -> tuple[Request, int, int] | None:
        """The first request by key that can be served now, with the pool and option it takes."""
        ready = [request for request in self.waiting() if self._earliest_s(request, now_s) == now_s]
        if not ready:
            return None
        request = min(ready, key=lambda waiting: waiting.key)
        return next((request, pool, option) for pool, option in request.asks() if self._gives(pool, now_s))

    def _earliest_s(self, request: Request, now_s: int) -> int:
        return min(
            (self.place.next_open_s(pool, now_s) for pool, _ in request.asks() if self.free(pool)), default=NEVER_S
        )

    def _gives(self, pool: int, now_s: int) -> bool:
        return bool(self.free(pool)) and self.place.next_open_s(pool, now_s) == now_s
