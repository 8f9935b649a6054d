"""Who is served next, found by looking at every request and every post."""

from sim.sampling.contract import Vacancies
from sim.vocabulary import NEVER_S, RequestOutcome
from tests.unit.engine.naive_cases import Request
from tests.unit.engine.naive_place import Place


class Posts:
    """The posts of a place, as the list of all requests says they are held."""

    def __init__(self, place: Place, requests: list[Request], vacancies: Vacancies) -> None:
        self.place = place
        self.requests = requests
        columns = (vacancies.pool, vacancies.post, vacancies.from_s, vacancies.until_s)
        self.vacancies = list(zip(*(column.tolist() for column in columns), strict=True))

    def waiting(self) -> list[Request]:
        """Requests that wait for a post, not for a meeting."""
        waiting = [request for request in self.requests if request.outcome == RequestOutcome.WAITING]
        return [request for request in waiting if request.docket is None]

    def free(self, pool: int, now_s: int) -> list[int]:
        """Posts of a pool that are filled and that nobody is served by, the lowest number first."""
        return [post for post in self._unheld(pool) if self._filled_s(pool, post, now_s) == now_s]

    def has_staff(self, pool: int, now_s: int) -> bool:
        """Whether any post of a pool is filled, busy or not."""
        return any(self._filled_s(pool, post, now_s) == now_s for post in range(self.place.posts[pool]))

    def _unheld(self, pool: int) -> list[int]:
        held = [r.post for r in self.requests if r.outcome == RequestOutcome.IN_SESSION and r.pool == pool]
        sitting = [RequestOutcome.WAITING, RequestOutcome.IN_SESSION]
        held += [seat.post for r in self.requests if r.outcome in sitting for seat in r.seats if seat.pool == pool]
        return [post for post in range(self.place.posts[pool]) if post not in held]

    def _filled_s(self, pool: int, post: int, now_s: int) -> int:
        """The first second from now on at which somebody fills a post."""
        ends = [u for p, n, f, u in self.vacancies if (p, n) == (pool, post) and f <= now_s < u]
        return ends[0] if ends else now_s

    def _ready_s(self, pool: int, post: int, now_s: int) -> int:
        """The first second from now on at which a post is filled and its office open."""
        while now_s < NEVER_S:
            then_s = self._filled_s(pool, post, self.place.next_open_s(pool, now_s))
            if then_s == now_s:
                break
            now_s = then_s
        return now_s

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
            (self._ready_s(pool, post, now_s) for pool, _ in request.asks() for post in self._unheld(pool)),
            default=NEVER_S,
        )

    def _gives(self, pool: int, now_s: int) -> bool:
        return bool(self.free(pool, now_s)) and self.place.next_open_s(pool, now_s) == now_s
