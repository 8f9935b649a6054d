"""What a session asks for: posts of several groups where they sit together, one post of any of its groups otherwise."""

from collections.abc import Callable

from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.panels import Panel, PanelDispatcher
from sim.vocabulary import SessionMode

MODE_PANEL = int(SessionMode.PANEL)

Join = Callable[[Key, Case, Visit, int, int], Request]
"""Makes a request by key, case, visit, purpose and slot, and puts it where it waits."""


class Seating:
    """Makes the requests of a place in which some sessions are held by several groups at once."""

    def __init__(
        self, network: Network, rows: BatchRows, dispatcher: PanelDispatcher, requests: list[Request], join: Join
    ) -> None:
        self.network = network
        self.rows = rows
        self.dispatcher = dispatcher
        self.requests = requests
        self.join_alone = join

    def join(self, key: Key, case: Case, visit: Visit, purpose: int, slot: int) -> Request:
        """Ask for a session."""
        if self.network.mode[slot] != MODE_PANEL:
            return self.join_alone(key, case, visit, purpose, slot)
        (lead,) = self.network.choices(slot, case.home)
        members = self.members(case, visit, slot, lead)
        panel = Panel(self.dispatcher, len(self.requests), key, case, visit, slot, members, lead)
        self.requests.append(panel)
        self.dispatcher.join(panel)
        return panel

    def members(self, case: Case, visit: Visit, slot: int, lead: Choice) -> list[Choice]:
        """Return who sits with the lead in this visit, in the order in which their posts are taken."""
        attends = self.rows.attends[case.row]
        before = visit.round * self.network.option_count
        found = self.network.members(slot, case.home)
        return [choice for choice in found if choice == lead or attends[before + choice[1]]]
