"""What a session asks for: posts of several groups where they sit together, one post of any of its groups otherwise."""

from collections.abc import Callable

from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.meetings import Docket, Hearing, MeetingDispatcher
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.panels import Panel
from sim.vocabulary import NEVER_S, NOWHERE, SessionMode

MODE_PANEL = int(SessionMode.PANEL)
MODE_MEETING = int(SessionMode.MEETING)

Join = Callable[[Key, Case, Visit, int, int], Request]
"""Makes a request by key, case, visit, purpose and slot, and puts it where it waits."""


class Seating:
    """Makes the requests of a place in which some sessions are held by several groups at once."""

    def __init__(
        self, network: Network, rows: BatchRows, dispatcher: MeetingDispatcher, requests: list[Request], join: Join
    ) -> None:
        self.network = network
        self.rows = rows
        self.dispatcher = dispatcher
        self.requests = requests
        self.join_alone = join
        self.dockets: dict[tuple[int, int], Docket] = {}
        self.first_requests: dict[tuple[int, int], Request] = {}

    def join(self, key: Key, case: Case, visit: Visit, purpose: int, slot: int) -> Request:
        """Ask for a session."""
        mode = self.network.mode[slot]
        request: Request
        if mode == MODE_PANEL:
            request = self.join_panel(key, case, visit, slot)
        elif mode == MODE_MEETING:
            request = self.join_docket(key, case, visit, slot)
        else:
            request = self.join_alone(key, case, visit, purpose, slot)
        if self.network.first_handler_keeps:
            self.note_first(case, request)
        return request

    def note_first(self, case: Case, request: Request) -> None:
        """Remember the first session of an episode: the first that was asked for and started."""
        asked = self.first_requests.get((case.row, case.episode))
        if asked is None or asked.started_s == NEVER_S:
            self.first_requests[case.row, case.episode] = request

    def first_handler(self, case: Case, visit: Visit, members: list[Choice]) -> int:
        """Return the pool that held the episode's first session, below this tier; NOWHERE if it sits here already."""
        first = self.first_requests.get((case.row, case.episode))
        if first is None or first.started_s == NEVER_S or first.visit.tier >= visit.tier:
            return NOWHERE
        return NOWHERE if any(pool == first.pool for pool, _ in members) else first.pool

    def join_panel(self, key: Key, case: Case, visit: Visit, slot: int) -> Panel:
        """Ask for the posts of a panel, one after the other."""
        (lead,) = self.network.choices(slot, case.home)
        members = self.attending(case, visit, slot, lead)
        handler = self.first_handler(case, visit, members) if self.network.first_handler_keeps else NOWHERE
        if handler != NOWHERE:
            members = sorted([*members, (handler, NOWHERE)], key=lambda choice: self.network.order_of_taking(choice[0]))
        panel = Panel(self.dispatcher, len(self.requests), key, case, visit, slot, members, lead)
        panel.has_first_handler = handler != NOWHERE
        self.requests.append(panel)
        self.dispatcher.join(panel)
        return panel

    def join_docket(self, key: Key, case: Case, visit: Visit, slot: int) -> Hearing:
        """Wait for the next meeting."""
        (lead,) = self.network.choices(slot, case.home)
        members, env = self.network.members(slot, case.home), self.dispatcher.env
        hearing = Hearing(env, len(self.requests), key, case, visit, slot, members, lead)
        self.requests.append(hearing)
        docket = self.dockets.get((slot, lead[0]))
        if docket is None:
            docket = Docket(self.network.meeting_clock(slot), self.network.meeting_case_s[slot], lead[0])
            self.dockets[slot, lead[0]] = docket
        self.dispatcher.put_down(hearing, docket)
        return hearing

    def attending(self, case: Case, visit: Visit, slot: int, lead: Choice) -> list[Choice]:
        """Return who sits at a panel in this visit, in the order in which their posts are taken."""
        attends = self.rows.attends[case.row]
        before = visit.round * self.network.option_count
        members = self.network.members(slot, case.home)
        return [choice for choice in members if choice == lead or attends[before + choice[1]]]
