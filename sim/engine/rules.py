"""Decisions about a dispute, each a leaf function on integers that every engine calls.

Nothing here knows of queues, posts or randomness: an engine says where things stand, a rule says what follows.
Arguments are plain integers (seconds, ages, codes of `sim.vocabulary`), so that the same functions serve Python and a
compiled kernel.
"""

from collections.abc import Sequence

from sim.vocabulary import NEVER_S, NOWHERE, Departure, Grade, PatienceChoice, Rank, ReopenAt, TriageRule

# Plain integers: on Python 3.11 a look-up in an enumeration takes longer than a rule.
DEPARTURE_SETTLED = int(Departure.SETTLED)
DEPARTURE_INCIDENT = int(Departure.INCIDENT)
DEPARTURE_ADJUDICATED = int(Departure.ADJUDICATED)
DEPARTURE_ESCALATED_DEADLINE = int(Departure.ESCALATED_DEADLINE)
DEPARTURE_ESCALATED_EXHAUSTED = int(Departure.ESCALATED_EXHAUSTED)
DEPARTURE_PRESENT = int(Departure.PRESENT)
RANK_INCIDENT = int(Rank.INCIDENT)
RANK_PATIENCE_END = int(Rank.PATIENCE_END)
RANK_DEADLINE = int(Rank.DEADLINE)
GRADE_MICRO = int(Grade.MICRO)
GRADE_SMALL = int(Grade.SMALL)
GRADE_LARGE = int(Grade.LARGE)
GRADE_HARD = int(Grade.HARD)
TRIAGE_BY_CHANNEL = int(TriageRule.BY_CHANNEL)
TRIAGE_GRADED = int(TriageRule.GRADED)
REOPEN_AT_PARENT = int(ReopenAt.PARENT)
CHOICE_BYPASS = int(PatienceChoice.BYPASS)
_DEPARTURE_BY_CHOICE = (int(Departure.WITHDRAWN), int(Departure.LITIGATED), int(Departure.BYPASSED))
"""In the order of `PatienceChoice`."""


def passes(age_s: int, until_age_s: int) -> bool:
    """Whether a test is passed at an age, given its critical age (settlement, thresholds of difficulty)."""
    return age_s <= until_age_s


def judged_grade(age_s: int, micro_until_s: int, small_until_s: int, large_until_s: int) -> int:
    """Grade of a dispute judged at an age, given the critical ages of the three thresholds."""
    if age_s <= micro_until_s:
        return GRADE_MICRO
    if age_s <= small_until_s:
        return GRADE_SMALL
    if age_s <= large_until_s:
        return GRADE_LARGE
    return GRADE_HARD


def thresholds_passed(age_s: int, until_ages_s: Sequence[int]) -> int:
    """How many thresholds of perceived difficulty a dispute has grown past at an age."""
    passed = 0
    for until_age_s in until_ages_s:
        if age_s > until_age_s:
            passed += 1
    return passed


def starting_tier(triage_rule: int, entry_tier: int, graded_tier: int) -> int:
    """The tier at which a registered case starts; `graded_tier` is read only by graded triage."""
    if triage_rule == TRIAGE_BY_CHANNEL:
        return entry_tier
    if triage_rule == TRIAGE_GRADED:
        return graded_tier
    return 0


def is_sent_back(graded_tier: int, tier: int, lowest_staffed_tier: int, was_returned: bool, was_bypassed: bool) -> bool:
    """Whether a tier that may return cases sends this one down: once, and only to a staffed tier below."""
    return not was_returned and not was_bypassed and graded_tier < tier and lowest_staffed_tier < tier


def running_due_s(tier_due_s: int, overall_due_s: int, arrived_s: int) -> int:
    """The deadline that can still end a visit: the tier's, or the overall one unless it passed before arrival."""
    if arrived_s < overall_due_s < tier_due_s:
        return overall_due_s
    return tier_due_s


def acting_due_s(due_s: int, required_until: int) -> int:
    """The deadline that acts on arrival: none while a session is still required (a slot, or NOWHERE)."""
    return due_s if required_until == NOWHERE else NEVER_S


def is_busy(waiting: int, refer_at_waiting: int) -> bool:
    """Whether so many requests wait that a tier hands a case up rather than let it join them."""
    return waiting >= refer_at_waiting


def running_patience_s(patience_s: int, choice: int, is_bypassed: bool, is_at_top: bool) -> int:
    """When the parties' patience takes the case away: never after a bypass, nor by a bypass to where it is."""
    if is_bypassed or (is_at_top and choice == CHOICE_BYPASS):
        return NEVER_S
    return patience_s


def is_petition_in_place(patience_s: int, choice: int, last_chance_s: int) -> bool:
    """Whether the parties of a case at the top tier have petitioned there: a flag, nothing moves.

    `last_chance_s` is the last second at which patience could still act: a session must end first, a settlement or an
    incident leaves nothing to petition about.
    """
    return choice == CHOICE_BYPASS and patience_s <= last_chance_s


def first_exit(incident_s: int, patience_s: int, due_s: int) -> tuple[int, int]:
    """Second and rank of what would take a case away first: an incident, the end of patience or a deadline."""
    second, rank = incident_s, RANK_INCIDENT
    if patience_s < second:
        second, rank = patience_s, RANK_PATIENCE_END
    if due_s < second:
        second, rank = due_s, RANK_DEADLINE
    return second, rank


def leaves_before(exit_s: int, arrival_s: int) -> bool:
    """Whether a case is taken away before it arrives or joins a queue, which every exit precedes in one second."""
    return exit_s <= arrival_s


def departure_by(rank: int, choice: int, is_at_top: bool) -> int:
    """How a visit ends when an incident, the end of patience or a deadline comes outside a session."""
    if rank == RANK_INCIDENT:
        return DEPARTURE_INCIDENT
    if rank == RANK_PATIENCE_END:
        return _DEPARTURE_BY_CHOICE[choice]
    return DEPARTURE_ADJUDICATED if is_at_top else DEPARTURE_ESCALATED_DEADLINE


def departure_after_session(
    now_s: int,
    is_settled: bool,
    incident_s: int,
    patience_s: int,
    due_s: int,
    choice: int,
    is_last: bool,
    is_at_top: bool,
) -> int:
    """How a visit ends with a session that ends now, or PRESENT: what passed during it takes effect by rank."""
    if is_settled:
        return DEPARTURE_SETTLED
    if incident_s <= now_s:
        return DEPARTURE_INCIDENT
    if patience_s <= now_s:
        return _DEPARTURE_BY_CHOICE[choice]
    if due_s <= now_s:
        return DEPARTURE_ADJUDICATED if is_at_top else DEPARTURE_ESCALATED_DEADLINE
    if is_last:
        return DEPARTURE_ADJUDICATED if is_at_top else DEPARTURE_ESCALATED_EXHAUSTED
    return DEPARTURE_PRESENT


def after_withdrawal(incident_s: int, fades_s: int) -> tuple[int, bool]:
    """When a withdrawn dispute ends, and whether it ends as an incident (which beats fading in the same second)."""
    if incident_s <= fades_s:
        return incident_s, True
    return fades_s, False


def instant_after(now_s: int, duration_s: int) -> int:
    """The instant after a duration that may never end."""
    return NEVER_S if duration_s >= NEVER_S else now_s + duration_s


def reopening_tier(reopen_at: int, settling_tier: int, top: int) -> int:
    """The tier that takes a broken agreement up, where triage does not name it: the settling one or its parent."""
    if reopen_at == REOPEN_AT_PARENT and settling_tier < top:
        return settling_tier + 1
    return settling_tier


def is_visit_completed(started_s: int, ended_s: int, now_s: int) -> bool:
    """Whether a follow-up visit has been made by now; `ended_s` of one under way is its planned end."""
    return started_s < NEVER_S and ended_s <= now_s
