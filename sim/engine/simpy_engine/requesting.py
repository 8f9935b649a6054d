"""Asking for posts: requests are made with their keys and put where they wait."""

from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Choice, Key, Request, Visit
from sim.engine.simpy_engine.durations import Durations
from sim.engine.simpy_engine.environment import OrderedEnvironment
from sim.engine.simpy_engine.meetings import MeetingDispatcher
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.pools import Dispatcher
from sim.engine.simpy_engine.seating import Seating
from sim.vocabulary import NOWHERE, Purpose

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than most steps below.
PURPOSE_CASEWORK = int(Purpose.CASEWORK)
PURPOSE_HANDOVER = int(Purpose.HANDOVER)


class Requesting:
    """Makes every request of a run, in `requests`, and hands it to the dispatcher."""

    def __init__(self, env: OrderedEnvironment, network: Network, rows: BatchRows) -> None:
        self.env = env
        self.network = network
        self.rows = rows
        self.requests: list[Request] = []
        durations = Durations(network, rows)
        together = MeetingDispatcher(env, network.pools, durations) if network.sits_together else None
        self.dispatcher = together or Dispatcher(env, network.pools, durations)
        self.join_session = Seating(network, rows, together, self.requests, self.join).join if together else self.join

    def request_session(self, case: Case, visit: Visit, slot: int) -> Request:
        """Join the queues of every staffed group of a session."""
        visit.request = self.join_session(self.key(case, visit, 0), case, visit, PURPOSE_CASEWORK, slot)
        return visit.request

    def request_paperwork(self, case: Case, visit: Visit) -> None:
        """Ask the staff of the session that the case was last in, waiting for or turned away from to hand it over."""
        case.handovers += 1
        if visit.avoided_slot != NOWHERE:
            self.join(self.key(case, visit, case.handovers), case, visit, PURPOSE_HANDOVER, visit.avoided_slot)
            return
        assert visit.request is not None
        queue_class, due_s, _, dispute_id, _ = visit.request.key
        key = (queue_class, due_s, self.env.second, dispute_id, case.handovers)
        self.join(key, case, visit, PURPOSE_HANDOVER, visit.request.slot)

    def key(self, case: Case, visit: Visit, number: int) -> Key:
        """Return the key of a request that joins now: the case's own (number 0) or that of one of its handovers."""
        network, now = self.network, self.env.second
        until_ages_s = self.rows.class_until_age_s[case.row][network.judgement(case.episode, visit.tier)]
        return (
            network.queue_class(case.category, now - case.emerged_s, until_ages_s),
            visit.running_due_s if network.earliest_due else 0,
            now,
            case.dispute_id,
            number,
        )

    def join(self, key: Key, case: Case, visit: Visit, purpose: int, slot: int) -> Request:
        """Put a new request into the queues of its session's pools."""
        return self.ask(key, case, visit, purpose, slot, self.network.choices(slot, case.home))

    def ask(self, key: Key, case: Case, visit: Visit, purpose: int, slot: int, choices: list[Choice]) -> Request:
        """Put a new request into the queues of the pools that may serve it."""
        request = Request(self.env, len(self.requests), key, case, visit, purpose, slot, choices)
        self.requests.append(request)
        self.dispatcher.join(request)
        return request
