"""Each decision about a dispute, at and around its boundaries."""

import pytest

from sim.engine import rules
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Grade, PatienceChoice, Rank, ReopenAt, TriageRule

WITHDRAW, LITIGATE, BYPASS = PatienceChoice.WITHDRAW, PatienceChoice.LITIGATE, PatienceChoice.BYPASS


@pytest.mark.parametrize(
    ("age_s", "until_age_s", "expected"),
    [(0, -1, False), (0, 0, True), (9, 10, True), (10, 10, True), (11, 10, False), (10**9, NEVER_S, True)],
)
def test_a_test_is_passed_up_to_its_critical_age(age_s: int, until_age_s: int, expected: bool) -> None:
    assert rules.passes(age_s, until_age_s) is expected


@pytest.mark.parametrize(
    ("age_s", "grade"),
    [
        (0, Grade.MICRO),
        (10, Grade.MICRO),
        (11, Grade.SMALL),
        (20, Grade.SMALL),
        (21, Grade.LARGE),
        (30, Grade.LARGE),
        (31, Grade.HARD),
    ],
)
def test_a_dispute_grows_through_the_grades(age_s: int, grade: Grade) -> None:
    assert rules.judged_grade(age_s, 10, 20, 30) == grade


def test_a_grade_whose_threshold_is_never_met_is_skipped() -> None:
    assert rules.judged_grade(0, -1, -1, 5) == Grade.LARGE
    assert rules.judged_grade(0, -1, -1, -1) == Grade.HARD
    assert rules.judged_grade(10**9, NEVER_S, NEVER_S, NEVER_S) == Grade.MICRO


@pytest.mark.parametrize(("age_s", "passed"), [(0, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_thresholds_are_passed_after_their_critical_age(age_s: int, passed: int) -> None:
    assert rules.thresholds_passed(age_s, [-1, 10, 20, NEVER_S]) == passed


@pytest.mark.parametrize(
    ("rule", "tier"), [(TriageRule.LOWEST_FIRST, 0), (TriageRule.BY_CHANNEL, 1), (TriageRule.GRADED, 2)]
)
def test_the_triage_rule_names_the_tier(rule: TriageRule, tier: int) -> None:
    assert rules.starting_tier(rule, entry_tier=1, graded_tier=2) == tier


@pytest.mark.parametrize(
    ("graded_tier", "lowest_staffed_tier", "was_returned", "was_bypassed", "expected"),
    [
        (1, 0, False, False, True),
        (0, 1, False, False, True),
        (2, 0, False, False, False),
        (1, 2, False, False, False),
        (1, 0, True, False, False),
        (1, 0, False, True, False),
    ],
    ids=["belongs_below", "to_the_lowest_staffed", "belongs_here", "nobody_below", "once", "not_a_petition"],
)
def test_a_case_is_sent_back_once_to_staff_below(
    graded_tier: int, lowest_staffed_tier: int, was_returned: bool, was_bypassed: bool, expected: bool
) -> None:
    assert rules.is_sent_back(graded_tier, 2, lowest_staffed_tier, was_returned, was_bypassed) is expected


@pytest.mark.parametrize(
    ("tier_due_s", "overall_due_s", "due_s"),
    [
        (50, NEVER_S, 50),
        (NEVER_S, 50, 50),
        (50, 40, 40),
        (50, 60, 50),
        (50, 50, 50),
        (50, 11, 11),
        (50, 10, 50),
        (50, 9, 50),
        (NEVER_S, 10, NEVER_S),
    ],
    ids=["tier", "overall", "overall_first", "tier_first", "both", "soon", "in_arrivals_second", "spent", "only_spent"],
)
def test_the_overall_deadline_counts_unless_it_passed_before_arrival(
    tier_due_s: int, overall_due_s: int, due_s: int
) -> None:
    assert rules.running_due_s(tier_due_s, overall_due_s, arrived_s=10) == due_s


@pytest.mark.parametrize("choice", PatienceChoice)
def test_patience_is_endless_after_a_bypass_and_for_a_bypass_to_where_the_case_is(choice: PatienceChoice) -> None:
    assert rules.running_patience_s(5, choice, is_bypassed=False, is_at_top=False) == 5
    assert rules.running_patience_s(5, choice, is_bypassed=True, is_at_top=False) == NEVER_S
    at_top = rules.running_patience_s(5, choice, is_bypassed=False, is_at_top=True)
    assert at_top == (NEVER_S if choice == BYPASS else 5)


@pytest.mark.parametrize(
    ("incident_s", "patience_s", "due_s", "expected"),
    [
        (1, 2, 3, (1, Rank.INCIDENT)),
        (3, 1, 2, (1, Rank.PATIENCE_END)),
        (3, 2, 1, (1, Rank.DEADLINE)),
        (1, 1, 1, (1, Rank.INCIDENT)),
        (2, 1, 1, (1, Rank.PATIENCE_END)),
        (1, 2, 1, (1, Rank.INCIDENT)),
    ],
)
def test_of_what_ends_a_stay_the_first_counts_and_in_one_second_the_first_by_rank(
    incident_s: int, patience_s: int, due_s: int, expected: tuple[int, int]
) -> None:
    assert rules.first_exit(incident_s, patience_s, due_s) == expected


@pytest.mark.parametrize(("exit_s", "expected"), [(9, True), (10, True), (11, False)])
def test_an_exit_precedes_an_arrival_in_its_second(exit_s: int, expected: bool) -> None:
    assert rules.leaves_before(exit_s, 10) is expected


@pytest.mark.parametrize(
    ("rank", "choice", "is_at_top", "departure"),
    [
        (Rank.INCIDENT, WITHDRAW, False, Departure.INCIDENT),
        (Rank.PATIENCE_END, WITHDRAW, False, Departure.WITHDRAWN),
        (Rank.PATIENCE_END, LITIGATE, True, Departure.LITIGATED),
        (Rank.PATIENCE_END, BYPASS, False, Departure.BYPASSED),
        (Rank.DEADLINE, WITHDRAW, False, Departure.ESCALATED_DEADLINE),
        (Rank.DEADLINE, WITHDRAW, True, Departure.ADJUDICATED),
    ],
)
def test_what_takes_a_case_away_says_how_its_visit_ends(
    rank: Rank, choice: PatienceChoice, is_at_top: bool, departure: Departure
) -> None:
    assert rules.departure_by(rank, choice, is_at_top) == departure


@pytest.mark.parametrize(("choice", "expected"), [(WITHDRAW, False), (LITIGATE, False), (BYPASS, True)])
def test_a_petition_in_place_is_flagged_if_patience_ended_while_it_could_still_act(
    choice: PatienceChoice, expected: bool
) -> None:
    assert rules.is_petition_in_place(9, choice, last_chance_s=10) is expected
    assert rules.is_petition_in_place(10, choice, last_chance_s=10) is expected
    assert rules.is_petition_in_place(11, choice, last_chance_s=10) is False


def after(**changed: int) -> int:
    """How a visit ends after a session that ends at 10, by default with nothing passed and sessions left."""
    usual = {
        "now_s": 10,
        "is_settled": False,
        "incident_s": NEVER_S,
        "patience_s": NEVER_S,
        "due_s": NEVER_S,
        "choice": LITIGATE,
        "is_last": False,
        "is_at_top": False,
    }
    return rules.departure_after_session(**usual | changed)  # type: ignore[arg-type]


def test_a_settlement_beats_all_that_passed_during_the_session() -> None:
    assert after(is_settled=True, incident_s=10, patience_s=1, due_s=1, is_last=True) == Departure.SETTLED


def test_after_a_failure_what_passed_takes_effect_by_rank() -> None:
    assert after(incident_s=10, patience_s=1, due_s=1, is_last=True) == Departure.INCIDENT
    assert after(patience_s=10, due_s=1, is_last=True) == Departure.LITIGATED
    assert after(patience_s=11, due_s=10, is_last=True) == Departure.ESCALATED_DEADLINE
    assert after(due_s=11, is_last=True) == Departure.ESCALATED_EXHAUSTED
    assert after(due_s=11) == Departure.PRESENT


@pytest.mark.parametrize(
    ("choice", "departure"),
    [(WITHDRAW, Departure.WITHDRAWN), (LITIGATE, Departure.LITIGATED), (BYPASS, Departure.BYPASSED)],
)
def test_after_a_session_the_parties_do_what_they_chose(choice: PatienceChoice, departure: Departure) -> None:
    assert after(patience_s=3, choice=choice) == departure


def test_at_the_top_tier_used_up_sessions_and_deadlines_adjudicate() -> None:
    assert after(is_at_top=True, is_last=True) == Departure.ADJUDICATED
    assert after(is_at_top=True, due_s=10) == Departure.ADJUDICATED
    assert after(is_at_top=True) == Departure.PRESENT


@pytest.mark.parametrize(
    ("incident_s", "expected"), [(9, (9, True)), (10, (10, True)), (11, (10, False)), (NEVER_S, (10, False))]
)
def test_a_withdrawn_dispute_fades_unless_its_incident_comes_by_then(
    incident_s: int, expected: tuple[int, bool]
) -> None:
    assert rules.after_withdrawal(incident_s, fades_s=10) == expected


def test_an_instant_after_a_duration_that_never_ends_never_comes() -> None:
    assert rules.instant_after(5, 7) == 12
    assert rules.instant_after(5, NEVER_S) == NEVER_S


@pytest.mark.parametrize(
    ("reopen_at", "tier", "expected"),
    [(ReopenAt.SETTLING, 1, 1), (ReopenAt.PARENT, 1, 2), (ReopenAt.PARENT, 2, 2), (ReopenAt.SETTLING, 2, 2)],
)
def test_a_broken_agreement_goes_to_its_tier_or_the_parent(reopen_at: ReopenAt, tier: int, expected: int) -> None:
    assert rules.reopening_tier(reopen_at, tier, top=2) == expected


@pytest.mark.parametrize(
    ("started_s", "ended_s", "expected"), [(3, 10, True), (3, 11, False), (NEVER_S, NEVER_S, False)]
)
def test_a_visit_is_completed_when_it_has_ended(started_s: int, ended_s: int, expected: bool) -> None:
    assert rules.is_visit_completed(started_s, ended_s, now_s=10) == expected


def test_no_deadline_acts_while_a_session_is_still_required() -> None:
    assert rules.acting_due_s(10, NOWHERE) == 10
    assert rules.acting_due_s(10, 0) == NEVER_S


@pytest.mark.parametrize(("waiting", "expected"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_tier_is_busy_from_its_limit_on(waiting: int, expected: bool) -> None:
    assert rules.is_busy(waiting, 2) is expected
