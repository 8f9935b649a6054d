"""Statistics of spread between units, and their value when fates fall on disputes at random."""

from itertools import permutations

import numpy as np
import pytest

from sim.outcomes.equity import EQUAL_RISK_PERMUTATIONS, equal_risk_cv, equity_rows, spread_statistics
from tests.unit.outcomes import hand_made

STATISTICS = ("cv", "gini", "spread_90_10", "worst_tenth_share")


def _one_deal(amount: list[float], weight: list[float], worst_is_most: bool = True) -> dict[str, float]:
    found = spread_statistics(np.array([amount]), np.array(weight), worst_is_most)
    return {name: float(values[0]) for name, values in found.items()}


def test_equal_outcomes_show_no_spread() -> None:
    found = _one_deal([10.0, 20.0, 70.0], [1.0, 2.0, 7.0])
    assert found == pytest.approx({"cv": 0, "gini": 0, "spread_90_10": 0, "worst_tenth_share": 0.1}, abs=1e-12)


def test_two_units_by_hand() -> None:
    # Outcomes 1 and 3 of a quarter and three quarters of the people: mean 2.5, the first bears a tenth of the total.
    found = _one_deal([25.0, 225.0], [25.0, 75.0])
    by_hand = {
        "cv": np.sqrt(0.25 * 1.5**2 + 0.75 * 0.5**2) / 2.5,
        "gini": 0.25 - 0.1,
        "spread_90_10": 2 / 2.5,
        "worst_tenth_share": 0.1 * 3 / 2.5,
    }
    assert found == pytest.approx(by_hand)


def test_worst_tenth_is_the_worst_served_where_more_is_better() -> None:
    assert _one_deal([25.0, 225.0], [25.0, 75.0], worst_is_most=False)["worst_tenth_share"] == pytest.approx(0.1 / 2.5)


def test_splitting_a_unit_into_equal_parts_changes_nothing() -> None:
    whole = _one_deal([25.0, 225.0], [25.0, 75.0])
    assert _one_deal([25.0, 75.0, 150.0], [25.0, 25.0, 50.0]) == pytest.approx(whole)


def test_units_without_weight_are_left_out() -> None:
    assert _one_deal([25.0, 225.0, 0.0], [25.0, 75.0, 0.0]) == pytest.approx(_one_deal([25.0, 225.0], [25.0, 75.0]))


def test_cv_under_equal_risk_is_the_root_mean_square_over_all_deals() -> None:
    value, unit, persons = np.array([5, 0, 1, 0, 3]), np.array([0, 0, 1, 1, 1]), np.array([10, 40, 20])
    squares = []
    for deal in permutations(range(5)):
        total = np.bincount(unit, weights=value[list(deal)], minlength=3)
        squares.append(_one_deal(list(total), list(persons.astype(float)))["cv"] ** 2)
    expected = np.sqrt(np.mean(squares))
    assert equal_risk_cv(value, np.bincount(unit, minlength=3), persons) == pytest.approx(expected)


def test_hand_made_run_by_hand() -> None:
    rows = {row.measure: row.value for row in equity_rows(hand_made.observed(), np.random.default_rng(1))}
    first, second = 2 + 4 / 24 + 4 + 16 / 24, 31 + 180 + 60
    share = first / (first + second)
    assert rows["equity_days_unresolved_gini"] == pytest.approx(1 / 4 - share)
    assert rows["equity_days_unresolved_worst_tenth_share"] == pytest.approx(0.1 / 0.75 * (1 - share))
    # Village 1 settled 2 of 2, village 2 none of 3.
    assert rows["equity_settled_share_cv"] == pytest.approx(np.sqrt(0.4 * 0.6**2 + 0.6 * 0.4**2) / 0.4)
    assert rows["equity_settled_share_cv_equal_risk"] == pytest.approx(np.sqrt(0.06) / 0.4)
    assert rows["equity_settled_share_worst_tenth_share"] == 0


def test_same_generator_gives_the_same_rows() -> None:
    run = hand_made.observed()
    assert equity_rows(run, np.random.default_rng(7)) == equity_rows(run, np.random.default_rng(7))


def test_homogeneous_fates_show_what_chance_alone_gives() -> None:
    rng = np.random.default_rng(2)
    units, disputes = 60, 6_000
    unit = rng.integers(units, size=disputes)
    days = rng.geometric(1 / 30, size=disputes)
    weight = np.bincount(unit, minlength=units).astype(np.float64)
    actual = np.bincount(unit, weights=days, minlength=units).astype(np.float64)
    dealt = np.array(
        [np.bincount(rng.permutation(unit), weights=days, minlength=units) for _ in range(200)], dtype=float
    )
    observed = spread_statistics(actual[np.newaxis, :], weight, True)
    by_chance = spread_statistics(dealt, weight, True)
    for name in STATISTICS:
        low, high = np.quantile(by_chance[name], [0.001, 0.999])
        assert low <= observed[name][0] <= high
    exact = equal_risk_cv(days, weight.astype(np.int64), weight.astype(np.int64))
    assert np.sqrt(np.mean(by_chance["cv"] ** 2)) == pytest.approx(exact, rel=0.03)
    assert EQUAL_RISK_PERMUTATIONS > 1
