import math

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from sim.stats import (
    LOOKS,
    CriterionReason,
    MeasureKey,
    ReplicationSample,
    StopCause,
    StoppingDecision,
    Verdict,
    compare_with_baseline,
    decide,
    looks_up_to,
    mean_interval,
    next_look,
    paired_difference,
    sign_is_clear,
)

SETTLED, BACKLOG = MeasureKey("settled_share"), MeasureKey("backlog", tier="town")
Values = dict[tuple[str, MeasureKey], npt.NDArray[np.float64]]


def frame_of(values: Values) -> pd.DataFrame:
    tables = [
        pd.DataFrame({"scenario": scenario, "replication": np.arange(series.size), "value": series, **key._asdict()})
        for (scenario, key), series in values.items()
    ]
    return pd.concat(tables, ignore_index=True)


def decide_on(values: Values, look: int, cap: int = 200, policies: tuple[str, ...] = ("sink",)) -> StoppingDecision:
    keys = list(dict.fromkeys(key for _, key in values))
    return decide(frame_of(values), baseline="baseline", policies=policies, headline_measures=keys, look=look, cap=cap)


def noise(seed: int, size: int = 200) -> npt.NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=size)


def test_looks_are_the_six_and_no_others() -> None:
    assert LOOKS == (10, 20, 40, 80, 160, 200)


@pytest.mark.parametrize(
    ("cap", "expected"),
    [
        (200, (10, 20, 40, 80, 160, 200)),
        (160, (10, 20, 40, 80, 160)),
        (100, (10, 20, 40, 80, 100)),
        (11, (10, 11)),
        (10, (10,)),
        (4, (4,)),
    ],
)
def test_a_cap_adds_itself_as_the_last_look(cap: int, expected: tuple[int, ...]) -> None:
    assert looks_up_to(cap) == expected


@pytest.mark.parametrize("cap", [0, 1, 201])
def test_an_impossible_cap_is_refused(cap: int) -> None:
    with pytest.raises(ValueError, match="cap"):
        looks_up_to(cap)


def test_next_look_walks_the_looks_and_ends_at_the_cap() -> None:
    assert [next_look(n, 200) for n in (0, 9, 10, 39, 160, 199, 200)] == [10, 10, 20, 40, 200, 200, None]
    assert [next_look(n, 30) for n in (0, 10, 20, 25, 30)] == [10, 20, 30, 30, None]
    with pytest.raises(ValueError, match="negative"):
        next_look(-1, 200)


def test_it_stops_when_the_paired_half_width_is_small_enough() -> None:
    shared = 100.0 + 30.0 * noise(1)
    values = {("baseline", BACKLOG): shared, ("sink", BACKLOG): shared + noise(2)}
    decision = decide_on(values, look=10)
    (criterion,) = decision.criteria
    assert (decision.stop, decision.cause, decision.n) == (True, StopCause.CRITERIA_MET, 10)
    assert criterion.reason is CriterionReason.PRECISE
    assert criterion.allowed_half_width == pytest.approx(0.05 * shared[:10].mean())
    assert criterion.half_width <= criterion.allowed_half_width


def test_half_widths_are_at_a_sixth_of_the_level_under_any_cap() -> None:
    shared = 100.0 + 30.0 * noise(1)
    values = {("baseline", BACKLOG): shared, ("sink", BACKLOG): shared + noise(2)}
    expected = mean_interval(noise(2)[:10], level=1 - 0.05 / 6).half_width
    for cap in (10, 50, 200):
        decision = decide_on(values, look=10, cap=cap)
        assert decision.look_level == pytest.approx(1 - 0.05 / 6)
        assert decision.criteria[0].half_width == pytest.approx(expected)


def test_it_stops_when_the_sign_is_clear_though_the_half_width_is_not_small() -> None:
    shared = 10.0 + 3.0 * noise(1)
    values = {("baseline", BACKLOG): shared, ("sink", BACKLOG): shared + 20.0 + 2.0 * noise(2)}
    decision = decide_on(values, look=10)
    assert decision.stop
    assert decision.criteria[0].reason is CriterionReason.SIGN_CLEAR
    assert decision.criteria[0].half_width > decision.criteria[0].allowed_half_width


def test_one_measure_of_one_policy_that_is_not_ready_keeps_it_going() -> None:
    shared, share = 10.0 + 3.0 * noise(1), 0.8 + 0.01 * noise(3)
    values = {
        ("baseline", SETTLED): share,
        ("sink", SETTLED): share + 0.001 * noise(4),
        ("triage", SETTLED): share + 0.05,
        ("baseline", BACKLOG): shared,
        ("sink", BACKLOG): shared + 20.0 + noise(2),
        ("triage", BACKLOG): shared + 3.0 * noise(5),
    }
    decision = decide_on(values, look=10, policies=("sink", "triage"))
    assert (decision.stop, decision.cause) == (False, StopCause.CONTINUE)
    assert [(c.policy, c.key, c.reason, c.is_met) for c in decision.criteria] == [
        ("sink", SETTLED, CriterionReason.PRECISE, True),
        ("sink", BACKLOG, CriterionReason.SIGN_CLEAR, True),
        ("triage", SETTLED, CriterionReason.PRECISE, True),
        ("triage", BACKLOG, CriterionReason.NOT_YET, False),
    ]


def test_the_cap_stops_it_and_says_so() -> None:
    values = {("baseline", BACKLOG): 1.0 + noise(1), ("sink", BACKLOG): 1.0 + noise(2)}
    decision = decide_on(values, look=30, cap=30)
    assert (decision.stop, decision.cause, decision.n, decision.cap) == (True, StopCause.CAP_REACHED, 30, 30)
    assert decision.criteria[0].reason is CriterionReason.NOT_YET


def test_replications_beyond_the_look_do_not_count() -> None:
    shared = 100.0 + 30.0 * noise(1)
    values = {("baseline", BACKLOG): shared, ("sink", BACKLOG): shared + 8.0 * noise(2)}
    short = {name: series[:20] for name, series in values.items()}
    assert decide_on(values, look=20) == decide_on(short, look=20)
    assert decide_on(values, look=20) != decide_on(values, look=40)


def test_identical_scenarios_stop_at_once() -> None:
    decision = decide_on({("baseline", BACKLOG): noise(1), ("sink", BACKLOG): noise(1)}, look=10)
    assert decision.stop
    assert decision.criteria[0].reason is CriterionReason.IDENTICAL


def test_a_baseline_of_zero_stops_only_by_a_clear_sign_or_without_spread() -> None:
    zero = np.zeros(200)
    rare = np.where(np.arange(200) % 10 == 0, 1.0, 0.0)
    assert decide_on({("baseline", BACKLOG): zero, ("sink", BACKLOG): rare}, look=10).stop is False
    assert decide_on({("baseline", BACKLOG): zero, ("sink", BACKLOG): zero}, look=10).stop is True
    grown = decide_on({("baseline", BACKLOG): zero, ("sink", BACKLOG): 5.0 + noise(1)}, look=10)
    assert grown.criteria[0].reason is CriterionReason.SIGN_CLEAR


def test_a_measure_without_values_does_not_let_it_stop_before_the_cap() -> None:
    values = {("baseline", BACKLOG): np.full(200, math.nan), ("sink", BACKLOG): noise(1)}
    decision = decide_on(values, look=10)
    assert (decision.stop, decision.criteria[0].reason) == (False, CriterionReason.UNDEFINED)
    assert decide_on(values, look=200).cause is StopCause.CAP_REACHED


def test_a_single_scenario_stops_on_the_half_width_of_its_own_mean() -> None:
    values = {("baseline", BACKLOG): 100.0 + 10.0 * noise(1)}
    first, later = decide_on(values, look=10, policies=()), decide_on(values, look=80, policies=())
    assert (first.stop, later.stop) == (False, True)
    (criterion,) = later.criteria
    assert (criterion.policy, criterion.reason) == ("baseline", CriterionReason.PRECISE)
    interval = mean_interval(values["baseline", BACKLOG][:80], level=1 - 0.05 / 6)
    assert (criterion.baseline_mean, criterion.half_width) == (interval.mean, interval.half_width)
    assert math.isnan(criterion.difference)


def test_a_single_scenario_that_never_varies_stops_even_at_zero() -> None:
    assert decide_on({("baseline", BACKLOG): np.zeros(200)}, look=10, policies=()).stop


def test_unpaired_policies_are_held_to_welch_half_widths() -> None:
    shared = 100.0 + 30.0 * noise(1)
    frame = frame_of({("baseline", BACKLOG): shared, ("sink", BACKLOG): shared + noise(2)})
    paired, unpaired = (
        decide(
            frame,
            baseline="baseline",
            policies=["sink"],
            headline_measures=[BACKLOG],
            look=10,
            unpaired_policies=unpaired_policies,
        )
        for unpaired_policies in ([], ["sink"])
    )
    assert (paired.stop, unpaired.stop) == (True, False)


def test_a_sign_clear_at_the_stop_is_clear_in_the_verdict() -> None:
    """What stopped the rule and what the report says are one Holm family at one level."""
    rng = np.random.default_rng(9)
    policies = ("a", "b", "c", "d", "e")
    seen = set()
    for shift in (0.0, 0.5, 1.0, 1.5, 2.0):
        values = {(policy, BACKLOG): 1.0 + shift + rng.normal(size=10) for policy in policies}
        values["baseline", BACKLOG] = 1.0 + rng.normal(scale=0.1, size=10)
        decision = decide_on(values, look=10, policies=policies)
        comparisons = compare_with_baseline(
            frame_of(values),
            baseline="baseline",
            policies=policies,
            family=[BACKLOG],
            directions={"backlog": "higher"},
            looks=len(LOOKS),
        )
        stopped = [criterion.reason is CriterionReason.SIGN_CLEAR for criterion in decision.criteria]
        assert stopped == [comparison.verdict is Verdict.BETTER for comparison in comparisons]
        seen.update(stopped)
    assert seen == {True, False}


def test_the_chance_of_a_false_sign_over_all_looks_is_at_most_the_level() -> None:
    trials = 1_500
    replications = np.arange(200, dtype=np.int64)
    baseline = ReplicationSample(replications, np.zeros(200))
    false_signs = careless_signs = 0
    for differences in np.random.default_rng(10).normal(size=(trials, 200)):
        policy = ReplicationSample(replications, differences)
        at_looks = [paired_difference(policy.first(n), baseline.first(n), looks=len(LOOKS)).p_value for n in LOOKS]
        false_signs += any(sign_is_clear(p, 0.95) for p in at_looks)
        careless_signs += any(sign_is_clear(p / len(LOOKS), 0.95) for p in at_looks)
    assert false_signs / trials <= 0.05
    assert careless_signs / trials > 0.10, "looking six times at the full level would not have passed"


def test_the_chance_of_any_false_sign_among_many_comparisons_is_at_most_the_level() -> None:
    trials = 60
    policies = tuple(f"policy_{i}" for i in range(6))
    rng = np.random.default_rng(11)
    false_signs = 0
    for _ in range(trials):
        values = {(scenario, BACKLOG): rng.normal(size=80) for scenario in (*policies, "baseline")}
        decisions = [decide_on(values, look=n, policies=policies) for n in (10, 20, 40, 80)]
        reasons = {criterion.reason for decision in decisions for criterion in decision.criteria}
        false_signs += CriterionReason.SIGN_CLEAR in reasons
    assert false_signs / trials <= 0.10


def test_a_look_that_is_not_planned_or_a_short_table_is_refused() -> None:
    values = {("baseline", BACKLOG): noise(1, 30), ("sink", BACKLOG): noise(2, 30)}
    with pytest.raises(ValueError, match="none of the looks"):
        decide_on(values, look=15)
    with pytest.raises(ValueError, match="none of the looks"):
        decide_on(values, look=40, cap=30)
    with pytest.raises(ValueError, match="40 replications are needed"):
        decide_on(values, look=40)


def test_a_question_without_headline_measures_is_refused() -> None:
    with pytest.raises(ValueError, match="headline"):
        decide(
            frame_of({("baseline", BACKLOG): noise(1)}), baseline="baseline", policies=[], headline_measures=[], look=10
        )
