"""How the naive model gives posts out and how long they are kept."""

from sim.protocol.contract import Protocol
from sim.vocabulary import NOWHERE, Purpose, RequestOutcome
from tests.unit.engine.naive_cases import Request, Seat
from tests.unit.engine.naive_meetings import Meetings
from tests.unit.engine.naive_place import Place
from tests.unit.engine.naive_posts import Posts


class Serving:
    """The part of the naive model that serves requests."""

    place: Place
    protocol: Protocol
    posts: Posts
    meetings: Meetings
    now: int

    def measure_follow_up(self, request: Request, group: int) -> None:
        raise NotImplementedError

    def dispatch(self) -> None:
        while (chosen := self.posts.choice(self.now)) is not None:
            self.serve(*chosen)
        for request in self.meetings.meet(self.now):
            request.case.state = "session"

    def serve(self, request: Request, pool: int, option: int) -> None:
        fixed, nth = request.case.fixed, request.visit.nth
        if request.chairs:
            request.seats.append(Seat(pool, self.posts.free(pool, self.now)[0], option, self.now))
            if len(request.seats) == len(request.chairs):
                self.open_panel(request)
            return
        request.post = self.posts.free(pool, self.now)[0]
        request.pool, request.option = pool, option
        request.outcome, request.started_s = RequestOutcome.IN_SESSION, self.now
        if request.purpose == Purpose.FOLLOW_UP:
            self.measure_follow_up(request, self.place.group(option))
        elif request.purpose == Purpose.HANDOVER:
            request.effort_s = self.protocol.handover_effort_s
            request.occupation_s = int(self.protocol.handover_occupation_s[self.place.group(option)])
        else:
            request.case.state = "session"
            request.effort_s = fixed["effort_s"][nth * self.place.slot_count + request.slot]
            request.travel_s = fixed["travel_s"][option]
            request.occupation_s = fixed["occupation_s"][nth * self.place.option_count + option]
        request.ended_s = self.place.finish_s(pool, self.now, request.occupation_s)

    def open_panel(self, request: Request) -> None:
        """Begin when the last has come; the longest occupation, on the lead's clock, keeps them all."""
        fixed, nth, place = request.case.fixed, request.visit.nth, self.place
        request.case.state, request.outcome, request.started_s = "session", RequestOutcome.IN_SESSION, self.now
        for seat in request.seats:
            seat.effort_s = fixed["effort_s"][nth * place.slot_count + request.slot]
            if seat.option != NOWHERE:
                seat.travel_s = fixed["travel_s"][seat.option]
                seat.occupation_s = fixed["occupation_s"][nth * place.option_count + seat.option]
        lead = next(seat for seat in request.seats if seat.option == place.options(request.slot)[0])
        request.pool, request.post, request.option = lead.pool, lead.post, lead.option
        request.effort_s = sum(seat.effort_s for seat in request.seats)
        request.travel_s = sum(seat.travel_s for seat in request.seats)
        request.occupation_s = max(seat.occupation_s for seat in request.seats)
        request.ended_s = place.finish_s(lead.pool, self.now, request.occupation_s)
        for seat in request.seats:
            seat.released_s = request.ended_s
            if seat.option == NOWHERE:
                seat.occupation_s = request.occupation_s
