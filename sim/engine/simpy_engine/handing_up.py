"""What keeps a case at a tier or sends it up from a full queue, and what the records make of a case handed up."""

from sim.engine import rules
from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Visit
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.pools import Dispatcher


class HandingUp:
    """Load referral, sessions that must have been tried, and settlements on paper."""

    def __init__(self, network: Network, rows: BatchRows, dispatcher: Dispatcher) -> None:
        self.network = network
        self.rows = rows
        self.dispatcher = dispatcher

    def hold_until_tried(self, case: Case, visit: Visit) -> None:
        """Let no deadline act on a new visit before the tier's required sessions have been held."""
        visit.required_until = self.network.required_until(visit.tier, case.home, case.category)
        visit.acting_due_s = rules.acting_due_s(visit.running_due_s, visit.required_until)
        self._set_exit(case, visit)

    def set_free(self, case: Case, visit: Visit) -> None:
        """Let the deadline act from now on: the last required session has been held."""
        visit.acting_due_s = visit.running_due_s
        self._set_exit(case, visit)

    def is_too_busy(self, case: Case, visit: Visit, slot: int) -> bool:
        """Whether the tier hands a case up rather than let it join the queue of a session, which is then noted."""
        column = visit.round * self.network.slot_count + slot
        if slot <= visit.required_until or not self.rows.referred_if_busy[case.row][column]:
            return False
        waiting = self.dispatcher.waiting_at(self.network.choices(slot, case.home))
        if not rules.is_busy(waiting, self.network.handing_up.refer_at_waiting[slot][case.home]):
            return False
        visit.avoided_slot = slot
        return True

    def is_settled_on_paper(self, case: Case, visit: Visit) -> bool:
        """Whether a case due to be handed up is recorded as settled instead."""
        return self.rows.settled_on_paper[case.row][self._column(visit)]

    def paper_return_s(self, case: Case, visit: Visit) -> int:
        """Return how long a settlement on paper stays unnoticed."""
        return self.rows.paper_return_s[case.row][self._column(visit)]

    def _column(self, visit: Visit) -> int:
        return visit.round * self.network.tier_count + visit.tier

    def _set_exit(self, case: Case, visit: Visit) -> None:
        visit.exit_s, visit.exit_rank = rules.first_exit(case.incident_s, visit.running_patience_s, visit.acting_due_s)
