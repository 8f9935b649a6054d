import math

import numpy as np
import pandas as pd
import pytest

from sim.stats import (
    COMPARISON_COLUMNS,
    MEASURES_COLUMNS,
    DifferenceMethod,
    Direction,
    MeasureKey,
    Verdict,
    compare_with_baseline,
    comparison_table,
    holm_adjusted,
)

SETTLED = MeasureKey("settled_share")
BACKLOG = MeasureKey("backlog", tier="town")
DIRECTIONS = {"settled_share": "higher", "backlog": "lower"}


def frame_of(values: dict[tuple[str, MeasureKey], list[float]]) -> pd.DataFrame:
    rows = [
        (scenario, replication, *key, value)
        for (scenario, key), series in values.items()
        for replication, value in enumerate(series)
    ]
    columns = ["scenario", "replication", "measure", "tier", "category", "value"]
    return pd.DataFrame(rows, columns=columns)[list(MEASURES_COLUMNS)]


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    shared_share, shared_backlog = rng.normal(scale=0.02, size=30), rng.normal(scale=8.0, size=30)

    def noisy(mean: float, shared: np.ndarray[tuple[int], np.dtype[np.float64]], scale: float) -> list[float]:
        return [float(x) for x in mean + shared + rng.normal(scale=scale, size=shared.size)]

    return frame_of(
        {
            ("baseline", SETTLED): noisy(0.80, shared_share, 0.001),
            ("sink", SETTLED): noisy(0.84, shared_share, 0.001),
            ("triage", SETTLED): noisy(0.80, shared_share, 0.001),
            ("baseline", BACKLOG): noisy(40.0, shared_backlog, 0.5),
            ("sink", BACKLOG): noisy(55.0, shared_backlog, 0.5),
            ("triage", BACKLOG): noisy(40.0, shared_backlog, 30.0),
        }
    )


def test_every_policy_is_judged_on_every_family_measure_in_order(frame: pd.DataFrame) -> None:
    comparisons = compare_with_baseline(
        frame, baseline="baseline", policies=["sink", "triage"], family=[SETTLED, BACKLOG], directions=DIRECTIONS
    )
    assert [(c.policy, c.key, c.verdict) for c in comparisons] == [
        ("sink", SETTLED, Verdict.BETTER),
        ("sink", BACKLOG, Verdict.WORSE),
        ("triage", SETTLED, Verdict.WITHIN_NOISE),
        ("triage", BACKLOG, Verdict.UNCLEAR),
    ]
    assert [c.clear for c in comparisons] == [True, True, False, False]
    assert comparisons[0].direction is Direction.HIGHER_IS_BETTER
    assert comparisons[0].indifference_half_width == pytest.approx(0.05 * comparisons[0].estimate.baseline_mean)
    assert comparisons[0].estimate.baseline_mean == pytest.approx(0.80, abs=0.02)
    assert comparisons[0].estimate.correlation > 0.99
    assert comparisons[0].estimate.variance_reduction > 50
    assert all(c.estimate.method is DifferenceMethod.PAIRED for c in comparisons)


def test_holm_runs_over_all_policies_and_family_measures_at_once(frame: pd.DataFrame) -> None:
    comparisons = compare_with_baseline(
        frame,
        baseline="baseline",
        policies=["sink", "triage"],
        family=[SETTLED],
        others=[BACKLOG],
        directions=DIRECTIONS,
    )
    family = [c for c in comparisons if c.in_family]
    assert [(c.policy, c.key) for c in family] == [("sink", SETTLED), ("triage", SETTLED)]
    assert [c.p_holm for c in family] == list(holm_adjusted([c.estimate.p_value for c in family]))


def test_measures_outside_the_family_show_intervals_and_give_no_verdict(frame: pd.DataFrame) -> None:
    comparisons = compare_with_baseline(
        frame, baseline="baseline", policies=["sink"], family=[SETTLED], others=[BACKLOG], directions=DIRECTIONS
    )
    other = comparisons[1]
    assert other.key == BACKLOG
    assert other.estimate.low > 10.0
    assert (other.in_family, other.clear, other.verdict) == (False, False, None)
    assert math.isnan(other.p_holm)


def test_a_policy_with_other_emergence_is_compared_unpaired_and_says_so(frame: pd.DataFrame) -> None:
    fewer = frame[(frame["scenario"] != "sink") | (frame["replication"] < 20)]
    comparisons = compare_with_baseline(
        fewer,
        baseline="baseline",
        policies=["sink", "triage"],
        family=[SETTLED],
        directions=DIRECTIONS,
        unpaired_policies=["sink"],
    )
    assert [c.estimate.method for c in comparisons] == [DifferenceMethod.WELCH, DifferenceMethod.PAIRED]
    assert (comparisons[0].estimate.n_policy, comparisons[0].estimate.n_baseline) == (20, 30)
    assert comparisons[0].estimate.half_width > 10 * comparisons[1].estimate.half_width


def test_unequal_replications_are_never_paired_silently(frame: pd.DataFrame) -> None:
    fewer = frame[(frame["scenario"] != "sink") | (frame["replication"] < 20)]
    with pytest.raises(ValueError, match="same replications"):
        compare_with_baseline(fewer, baseline="baseline", policies=["sink"], family=[SETTLED], directions=DIRECTIONS)


def test_the_order_of_rows_does_not_show(frame: pd.DataFrame) -> None:
    shuffled = frame.sample(frac=1.0, random_state=8)
    first, second = (
        compare_with_baseline(
            table, baseline="baseline", policies=["triage", "sink"], family=[SETTLED, BACKLOG], directions=DIRECTIONS
        )
        for table in (frame, shuffled)
    )
    assert first == second


def test_an_untouched_measure_is_within_noise_with_p_of_one() -> None:
    frame = frame_of({("baseline", SETTLED): [0.8, 0.7, 0.9], ("same", SETTLED): [0.8, 0.7, 0.9]})
    (comparison,) = compare_with_baseline(
        frame, baseline="baseline", policies=["same"], family=[SETTLED], directions=DIRECTIONS
    )
    assert (comparison.estimate.difference, comparison.p_holm) == (0.0, 1.0)
    assert comparison.verdict is Verdict.WITHIN_NOISE


def test_a_constant_gain_is_better() -> None:
    frame = frame_of({("baseline", SETTLED): [0.75, 0.5, 0.25], ("more", SETTLED): [0.875, 0.625, 0.375]})
    (comparison,) = compare_with_baseline(
        frame, baseline="baseline", policies=["more"], family=[SETTLED], directions=DIRECTIONS
    )
    assert (comparison.estimate.half_width, comparison.p_holm) == (0.0, 0.0)
    assert comparison.verdict is Verdict.BETTER


def test_a_measure_that_is_nowhere_defined_is_unclear() -> None:
    frame = frame_of({("baseline", SETTLED): [math.nan] * 3, ("sink", SETTLED): [math.nan] * 3})
    (comparison,) = compare_with_baseline(
        frame, baseline="baseline", policies=["sink"], family=[SETTLED], directions=DIRECTIONS
    )
    assert comparison.verdict is Verdict.UNCLEAR
    assert (comparison.estimate.n_policy, comparison.estimate.n_dropped) == (0, 3)


def test_indifference_is_a_share_of_the_size_of_a_negative_baseline_too() -> None:
    frame = frame_of({("baseline", SETTLED): [-100.0, -101.0, -99.0], ("sink", SETTLED): [-99.9, -101.1, -98.9]})
    (comparison,) = compare_with_baseline(
        frame,
        baseline="baseline",
        policies=["sink"],
        family=[SETTLED],
        directions=DIRECTIONS,
        relative_indifference=0.10,
    )
    assert comparison.indifference_half_width == pytest.approx(10.0)
    assert comparison.verdict is Verdict.WITHIN_NOISE


def test_the_table_is_flat_with_one_row_a_comparison(frame: pd.DataFrame) -> None:
    comparisons = compare_with_baseline(
        frame, baseline="baseline", policies=["sink"], family=[SETTLED], others=[BACKLOG], directions=DIRECTIONS
    )
    table = comparison_table(comparisons)
    assert tuple(table.columns) == COMPARISON_COLUMNS
    assert table["tier"].tolist() == ["", "town"]
    assert table["verdict"].tolist() == ["better", ""]
    assert table["method"].tolist() == ["paired", "paired"]
    assert table["difference"].tolist() == [c.estimate.difference for c in comparisons]
    assert tuple(comparison_table([]).columns) == COMPARISON_COLUMNS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"policies": ["sink", "baseline"]}, "among the policies"),
        ({"policies": ["sink", "sink"]}, "twice"),
        ({"family": [SETTLED, SETTLED]}, "twice"),
        ({"family": [SETTLED], "others": [SETTLED]}, "twice"),
        ({"policies": ["nobody"]}, "nobody"),
        ({"family": [MeasureKey("settled_share", tier="moon")]}, "moon"),
        ({"unpaired_policies": ["triage"]}, "triage"),
        ({"directions": {}}, "settled_share"),
        ({"directions": {"settled_share": "up"}}, "up"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    frame: pd.DataFrame, change: dict[str, list[str]], message: str
) -> None:
    question = {"policies": ["sink"], "family": [SETTLED], "directions": DIRECTIONS, **change}
    with pytest.raises(ValueError, match=message):
        compare_with_baseline(frame, baseline="baseline", **question)  # type: ignore[arg-type]
