"""The life of a case as one SimPy process: registration, triage, sessions tier by tier, handover, and every way out."""

from sim.engine import rules
from sim.engine.simpy_engine.agreements import Agreements
from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Case, Request, Visit
from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment, Waiting
from sim.engine.simpy_engine.handing_up import HandingUp
from sim.engine.simpy_engine.network import Network
from sim.engine.simpy_engine.petitions import note_petition
from sim.engine.simpy_engine.requesting import Requesting
from sim.vocabulary import (
    NEVER_S,
    NOWHERE,
    Departure,
    Fate,
    Grade,
    PatienceChoice,
    Purpose,
    Rank,
    RequestOutcome,
    SessionMode,
    TriageRule,
)

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than most steps below.
RANK_ARRIVAL = int(Rank.ARRIVAL)
RANK_SESSION_END = int(Rank.SESSION_END)
DEPARTURE_PRESENT = int(Departure.PRESENT)
DEPARTURE_ESCALATED_EXHAUSTED = int(Departure.ESCALATED_EXHAUSTED)
DEPARTURE_ESCALATED_DEADLINE = int(Departure.ESCALATED_DEADLINE)
DEPARTURE_WITHDRAWN = int(Departure.WITHDRAWN)
DEPARTURE_BYPASSED = int(Departure.BYPASSED)
DEPARTURE_REFERRED_BY_LOAD = int(Departure.REFERRED_BY_LOAD)
OUTCOME_SETTLED = int(RequestOutcome.SETTLED)
PURPOSE_CASEWORK = int(Purpose.CASEWORK)
PURPOSE_HANDOVER = int(Purpose.HANDOVER)
MODE_INTAKE = int(SessionMode.INTAKE)

_HANDED_UP = (DEPARTURE_ESCALATED_EXHAUSTED, DEPARTURE_ESCALATED_DEADLINE, DEPARTURE_REFERRED_BY_LOAD)
_FATE_BY_DEPARTURE: dict[int, Fate] = {
    Departure.SETTLED: Fate.SETTLED,
    Departure.ADJUDICATED: Fate.ADJUDICATED,
    Departure.LITIGATED: Fate.LITIGATED,
    Departure.INCIDENT: Fate.INCIDENT,
}


class Casework:
    """Leads cases through the tiers; one process per case, all that changes is in the case and its requests."""

    def __init__(self, env: OrderedEnvironment, network: Network, rows: BatchRows) -> None:
        self.env = env
        self.network = network
        self.rows = rows
        self.asking = Requesting(env, network, rows)
        self.agreements = Agreements(env, network, rows, self.asking.ask)
        self.handing_up = HandingUp(network, rows, self.asking.dispatcher)

    # --- the story of a case ------------------------------------------------------------------------------------------

    def life(self, case: Case) -> Waiting:
        """Follow a dispute from the second it surfaces until it ends, and again when its agreement breaks."""
        tier = yield from self.register(case)
        while True:
            while tier != NOWHERE:
                tier = yield from self.visit(case, tier)
            if case.fate is not Fate.SETTLED or not (yield from self.agreements.uphold(case)):
                return
            tier = yield from self.reopen(case)

    def register(self, case: Case) -> Waiting:
        """Wait until the case is registered; return the tier where it starts, or NOWHERE."""
        rank = yield from self.wait_on_the_way(case, self.rows.registered_s[case.row])
        if rank != RANK_ARRIVAL:
            return (yield from self.lose(case, rank))
        return (yield from self.triage(case))

    def reopen(self, case: Case) -> Waiting:
        """Take up a case whose agreement has broken; return the tier where it starts, or NOWHERE."""
        tier = self.agreements.begin_next_episode(case)
        if tier == NOWHERE:
            return (yield from self.triage(case))
        case.overall_due_s = self.network.overall_due_s(self.env.second)
        return tier

    def triage(self, case: Case) -> Waiting:
        """Let the overall deadline run and name the tier where the case starts; return it, or NOWHERE."""
        case.overall_due_s = self.network.overall_due_s(self.env.second)
        entry = self.rows.entry_tier[case.row]
        if self.network.triage_rule != TriageRule.GRADED:
            return rules.starting_tier(self.network.triage_rule, entry, entry)
        if self.network.is_diagnosed_at(entry, case.home, case.category):
            case.awaits_diagnosis = True
            return entry
        grade = self.judge(case, entry)
        if grade == Grade.MICRO and self.network.self_s != NEVER_S:
            return (yield from self.let_parties_try(case))
        return rules.starting_tier(self.network.triage_rule, entry, self.network.grade_tier[grade])

    def let_parties_try(self, case: Case) -> Waiting:
        """Leave a micro matter to its parties first (微事自办); return the tier of small matters if they fail."""
        rank = yield from self.wait_on_the_way(case, self.env.second + self.network.self_s)
        if rank != RANK_ARRIVAL:
            return (yield from self.lose(case, rank))
        if rules.passes(self.age_s(case), self.rows.self_settle_until_age_s[case.episode][case.row]):
            case.end(Fate.SETTLED, self.env.second)
            return NOWHERE
        return self.network.grade_tier[Grade.SMALL]

    def visit(self, case: Case, tier: int) -> Waiting:
        """Let a tier try its sessions in order; return the tier where the case goes on, or NOWHERE."""
        visit = self.arrive(case, tier)
        slots = self.network.staffed_slots(tier, case.home, case.category)
        departure: int = DEPARTURE_PRESENT
        if not slots:
            return self.pass_through(case, visit)
        if self.is_sent_back(case, visit):
            return (yield from self.send_down(case, visit))
        for slot in slots:
            departure = yield from self.try_session(case, visit, slot, slot == slots[0], slot == slots[-1])
            if case.awaits_diagnosis and departure in (DEPARTURE_PRESENT, DEPARTURE_ESCALATED_EXHAUSTED):
                case.awaits_diagnosis = False
                graded = self.network.grade_tier[self.judge(case, tier)]
                if graded > tier:
                    return (yield from self.hand_up(case, visit, Departure.REFERRED_UP, graded))
            if departure != DEPARTURE_PRESENT:
                break
        if departure in _HANDED_UP:
            return (yield from self.hand_up(case, visit, departure, tier + 1))
        self.depart(case, visit, departure)
        if departure in (DEPARTURE_WITHDRAWN, DEPARTURE_BYPASSED):
            return (yield from self.lose(case, Rank.PATIENCE_END))
        case.end(_FATE_BY_DEPARTURE[departure], self.env.second)
        return NOWHERE

    def try_session(self, case: Case, visit: Visit, slot: int, is_first: bool, is_last: bool) -> Waiting:
        """Wait for the date and for a post, and hold a session; return how the visit ends, or PRESENT."""
        is_at_top = visit.tier == self.network.top
        if not is_first:
            gap_s = self.rows.gap_s[case.row][visit.round * self.network.slot_count + slot]
            rank = yield from self.wait(case, self.env.second + gap_s, visit.exit_s, visit.exit_rank)
            if rank != RANK_ARRIVAL:
                return rules.departure_by(rank, case.patience_choice, is_at_top)
        if self.network.handing_up.refers_by_load and self.handing_up.is_too_busy(case, visit, slot):
            return DEPARTURE_REFERRED_BY_LOAD
        request = self.asking.request_session(case, visit, slot)
        if visit.exit_s < self.env.horizon_s:
            leaving = Instant(self.env, visit.exit_s, visit.exit_rank, case.dispute_id)
            leaving.callbacks.append(request.leave_queue)
        yield request
        if request.over_by != RANK_SESSION_END:
            return rules.departure_by(request.over_by, case.patience_choice, is_at_top)
        is_settled = self.is_settled_by(case, visit, request)
        if is_settled:
            request.outcome = OUTCOME_SETTLED
        if slot == visit.required_until:
            self.handing_up.set_free(case, visit)
        return rules.departure_after_session(
            now_s=request.ended_s,
            is_settled=is_settled,
            incident_s=case.incident_s,
            patience_s=visit.running_patience_s,
            due_s=visit.acting_due_s,
            choice=case.patience_choice,
            is_last=is_last,
            is_at_top=is_at_top,
        )

    # --- waiting and moving -------------------------------------------------------------------------------------------

    def wait(self, case: Case, until_s: int, exit_s: int, exit_rank: int) -> Waiting:
        """Wait until a second unless the case is taken away before; return the rank of what came first."""
        if rules.leaves_before(exit_s, until_s):
            yield Instant(self.env, exit_s, exit_rank, case.dispute_id)
            return exit_rank
        # Who comes at once takes its turn among the others of this second only where it matters how many wait.
        if until_s > self.env.second or self.network.handing_up.refers_by_load:
            yield Instant(self.env, until_s, RANK_ARRIVAL, case.dispute_id)
        return RANK_ARRIVAL

    def wait_on_the_way(self, case: Case, until_s: int) -> Waiting:
        """Wait at no tier, where no deadline counts; return the rank of what came first."""
        patience_s = rules.running_patience_s(case.patience_s, case.patience_choice, case.is_bypassed, False)
        return self.wait(case, until_s, *rules.first_exit(case.incident_s, patience_s, NEVER_S))

    def lose(self, case: Case, rank: int) -> Waiting:
        """End a case by an incident or its parties' choice; return the top tier if they petition there (越级)."""
        now = self.env.second
        if rank == Rank.INCIDENT:
            case.end(Fate.INCIDENT, now)
        elif case.patience_choice == PatienceChoice.LITIGATE:
            case.end(Fate.LITIGATED, now)
        elif case.patience_choice == PatienceChoice.WITHDRAW:
            self.withdraw(case)
        else:
            case.is_bypassed = True
            return (yield from self.travel(case, self.network.top, self.rows.petition_delay_s[case.episode][case.row]))
        return NOWHERE

    def hand_up(self, case: Case, visit: Visit, departure: int, to_tier: int) -> Waiting:
        """Pass a case on: paperwork for the sender's staff, for which it does not wait, then a delay.

        Under reporting pressure it may be recorded as settled instead: no paperwork, and it comes back at the parent.
        """
        case.came_from_below = True
        if self.network.handing_up.is_under_pressure and self.handing_up.is_settled_on_paper(case, visit):
            self.depart(case, visit, Departure.PAPER_SETTLED)
            return (yield from self.travel(case, visit.tier + 1, self.handing_up.paper_return_s(case, visit)))
        self.depart(case, visit, departure)
        if self.network.handover_effort_s > 0:
            self.asking.request_paperwork(case, visit)
        return (yield from self.travel(case, to_tier, self.handover_delay_s(case, visit)))

    def send_down(self, case: Case, visit: Visit) -> Waiting:
        """Return a case to the lowest staffed tier, once."""
        case.was_returned = True
        self.depart(case, visit, Departure.RETURNED_DOWN)
        lowest = self.network.lowest_staffed_tier(case.home, case.category)
        return (yield from self.travel(case, lowest, self.handover_delay_s(case, visit)))

    def travel(self, case: Case, to_tier: int, delay_s: int) -> Waiting:
        """Let a case be on its way; return the tier it reaches, or NOWHERE."""
        case.tier = to_tier
        rank = yield from self.wait_on_the_way(case, self.env.second + delay_s)
        if rank == RANK_ARRIVAL:
            return to_tier
        return (yield from self.lose(case, rank))

    # --- what changes at once -----------------------------------------------------------------------------------------

    def arrive(self, case: Case, tier: int) -> Visit:
        """Open a visit to a tier."""
        now = self.env.second
        due_s = self.network.tier_due_s(tier, now)
        running_due_s = rules.running_due_s(due_s, case.overall_due_s, now)
        patience_s = rules.running_patience_s(
            case.patience_s, case.patience_choice, case.is_bypassed, tier == self.network.top
        )
        exit_s, exit_rank = rules.first_exit(case.incident_s, patience_s, running_due_s)
        tier_visit = sum(earlier.tier == tier for earlier in case.visits)
        visit = Visit(
            number=len(case.earlier) + len(case.visits),
            episode=case.episode,
            tier=tier,
            unit=self.network.unit(tier, case.home),
            tier_visit=tier_visit,
            round=case.episode * self.network.visits_per_episode + tier_visit,
            arrived_s=now,
            due_s=due_s,
            running_due_s=running_due_s,
            acting_due_s=running_due_s,
            running_patience_s=patience_s,
            exit_s=exit_s,
            exit_rank=exit_rank,
        )
        if self.network.handing_up.requires_sessions:
            self.handing_up.hold_until_tried(case, visit)
        case.tier = tier
        case.visits.append(visit)
        return visit

    def depart(self, case: Case, visit: Visit, departure: int) -> None:
        """Close a visit; a petition to the top tier of a case that was there is noted now."""
        visit.left_s, visit.departure = self.env.second, departure
        case.awaits_diagnosis = False
        note_petition(case, visit, self.env.second, self.network.top)

    def pass_through(self, case: Case, visit: Visit) -> int:
        """Send a case to the parent at once, from a tier that has no staffed session for its unit."""
        if visit.tier == self.network.top:
            self.depart(case, visit, Departure.ADJUDICATED)
            case.end(Fate.ADJUDICATED, self.env.second)
            return NOWHERE
        self.depart(case, visit, Departure.PASSED_THROUGH)
        return visit.tier + 1

    def withdraw(self, case: Case) -> None:
        """Let the parties give up: no case any more, but a quarrel until it fades or turns violent."""
        now = self.env.second
        case.withdrawn_s = now
        second, is_incident = rules.after_withdrawal(
            case.incident_s, now + self.rows.withdrawn_fade_s[case.episode][case.row]
        )
        if second >= self.env.horizon_s:
            case.end(Fate.WITHDRAWN, now)
        elif is_incident:
            case.end(Fate.INCIDENT, second)
            case.tier = NOWHERE
        else:
            case.end(Fate.WITHDRAWN_FADED, second)

    # --- judgements ---------------------------------------------------------------------------------------------------

    def age_s(self, case: Case) -> int:
        """Age of a dispute now, from its emergence."""
        return self.env.second - case.emerged_s

    def judge(self, case: Case, tier: int) -> int:
        """Grade a case as a tier sees it now."""
        micro_s, small_s, large_s = self.rows.grade_until_age_s[case.row][self.network.judgement(case.episode, tier)]
        return rules.judged_grade(self.age_s(case), micro_s, small_s, large_s)

    def is_settled_by(self, case: Case, visit: Visit, request: Request) -> bool:
        """Whether the session that has just ended settles the dispute, at the difficulty it had when it started."""
        if self.network.mode[request.slot] == MODE_INTAKE:
            return False
        column = visit.round * self.network.option_count + request.option
        rows, helped = self.rows, request.has_first_handler
        until_age_s = (rows.settle_with_handler_until_age_s if helped else rows.settle_until_age_s)[case.row][column]
        return rules.passes(request.started_s - case.emerged_s, until_age_s)

    def is_sent_back(self, case: Case, visit: Visit) -> bool:
        """Whether this tier judges again on arrival from elsewhere and sends the case down."""
        if not self.network.may_return[visit.tier] or not case.came_from_below:
            return False
        graded = self.network.grade_tier[self.judge(case, visit.tier)]
        lowest = self.network.lowest_staffed_tier(case.home, case.category)
        return rules.is_sent_back(graded, visit.tier, lowest, case.was_returned, case.is_bypassed)

    def handover_delay_s(self, case: Case, visit: Visit) -> int:
        """Delay on leaving a visit."""
        return self.rows.handover_delay_s[case.row][visit.round * self.network.tier_count + visit.tier]
