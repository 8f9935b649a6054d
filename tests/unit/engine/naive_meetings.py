"""Which cases are heard at which meeting, found by looking at every request."""

from sim.vocabulary import NEVER_S, NOWHERE, RequestOutcome
from tests.unit.engine.naive_cases import Request, Seat
from tests.unit.engine.naive_place import Place
from tests.unit.engine.naive_posts import Posts


class Meetings:
    """The dockets of a place; `held_s` is when each met last."""

    def __init__(self, place: Place, posts: Posts, requests: list[Request]) -> None:
        self.place = place
        self.posts = posts
        self.requests = requests
        self.held_s: dict[tuple[int, int], int] = {}

    def dockets(self) -> dict[tuple[int, int], list[Request]]:
        """Those who wait to be heard, in order of their keys."""
        found: dict[tuple[int, int], list[Request]] = {}
        for request in sorted(self.requests, key=lambda r: r.key):
            if request.docket is not None and request.outcome == RequestOutcome.WAITING:
                found.setdefault(request.docket, []).append(request)
        return found

    def next_s(self, now_s: int) -> int:
        """When the next meeting opens that has somebody to hear."""
        return min((self._next(docket, now_s)[0] for docket in self.dockets()), default=NEVER_S)

    def meet(self, now_s: int) -> list[Request]:
        """Hold the meetings that open now; return who is heard."""
        heard = []
        for docket, waiting in self.dockets().items():
            opens_s, closes_s = self._next(docket, now_s)
            if opens_s == now_s:
                self.held_s[docket] = now_s
                if not self.posts.has_staff(docket[1], now_s):
                    continue
                length_s, case_s = closes_s - opens_s, self.place.case_s[docket[0]]
                chosen = waiting[: length_s // case_s]
                for place, request in enumerate(chosen):
                    first_gets = length_s % len(chosen) if place == 0 else 0
                    self._hear(request, now_s, now_s + case_s * (place + 1), length_s // len(chosen) + first_gets)
                heard += chosen
        return heard

    def _next(self, docket: tuple[int, int], now_s: int) -> tuple[int, int]:
        from_s = now_s + 1 if self.held_s.get(docket) == now_s else now_s
        return self.place.next_meeting(docket[0], from_s)

    def _hear(self, request: Request, now_s: int, ended_s: int, effort_s: int) -> None:
        request.outcome, request.started_s, request.ended_s = RequestOutcome.IN_SESSION, now_s, ended_s
        ((request.pool, request.option),) = request.choices
        home = request.case.fixed["home_unit"]
        seats = [(self.place.pool(option, home), option) for option in self.place.options(request.slot)]
        here = [(pool, option) for pool, option in seats if pool != NOWHERE]
        for pool, option in sorted(here, key=lambda seat: self.place.from_the_top(seat[0])):
            request.seats.append(Seat(pool, NOWHERE, option, now_s, ended_s, effort_s))
            request.effort_s += effort_s
