"""What a session asks for: posts of several groups where they sit together, one post of any of its groups otherwise."""

from collections.abc import Callable

from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.meetings import Docket, Hearing, MeetingDispatcher
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.panels import Panel
from sim.vocabulary import SessionMode

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

    def join(self, key: Key, case: Case, visit: Visit, purpose: int, slot: int) -> Request:
        """Ask for a session."""
        mode = self.network.mode[slot]
        if mode == MODE_PANEL:
            return self.join_panel(key, case, visit, slot)
        if mode == MODE_MEETING:
            return self.join_docket(key, case, visit, slot)
        return self.join_alone(key, case, visit, purpose, slot)

    def join_panel(self, key: Key, case: Case, visit: Visit, slot: int) -> Panel:
        """Ask for the posts of a panel, one after the other."""
        (lead,) = self.network.choices(slot, case.home)
        members = self.attending(case, visit, slot, lead)
        panel = Panel(self.dispatcher, len(self.requests), key, case, visit, slot, members, lead)
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
