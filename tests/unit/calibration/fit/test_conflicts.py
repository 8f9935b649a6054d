import numpy as np
import numpy.typing as npt
import pytest

from calibration.fit.conflicts import CONFLICT_BELOW, find_conflicts, tail_probability

Array = npt.NDArray[np.float64]
NAMES = ("found", "settled", "without_event")


def ridge(rows: int, seed: int) -> Array:
    """The first two statistics hang together closely (correlation 0.99), the third is free and of another unit."""
    rng = np.random.default_rng(seed)
    first, noise, third = rng.standard_normal((3, rows))
    return np.column_stack([first, first + 0.14 * noise, 1_000.0 * third])


def test_figures_in_the_midst_of_the_simulations_do_not_conflict() -> None:
    assert find_conflicts(ridge(3_000, 1), np.array([0.5, 0.6, -700.0]), NAMES) == ()


def test_two_figures_each_possible_alone_are_found_impossible_together() -> None:
    (conflict,) = find_conflicts(ridge(3_000, 2), np.array([1.0, -1.0, 0.0]), NAMES)
    assert conflict.names == ("found", "settled")
    assert conflict.positions == (0, 1)
    assert conflict.tail_prob <= CONFLICT_BELOW


def test_one_figure_outside_all_that_the_priors_give_is_a_conflict_of_its_own() -> None:
    conflicts = find_conflicts(ridge(3_000, 3), np.array([0.0, 0.0, 9_000.0]), NAMES)
    assert [conflict.names for conflict in conflicts] == [("without_event",)]
    assert conflicts[0].tail_prob == pytest.approx(1 / 3_001)


def test_three_figures_can_conflict_though_any_two_agree() -> None:
    rng = np.random.default_rng(4)
    first, second = rng.uniform(-1.0, 1.0, (2, 4_000))
    statistics = np.column_stack([first, second, first + second + 0.05 * rng.standard_normal(4_000)])
    (conflict,) = find_conflicts(statistics, np.array([0.5, 0.5, -0.2]), NAMES)
    assert conflict.positions == (0, 1, 2)


def test_a_hole_in_the_middle_of_the_simulations_is_no_place_for_a_figure() -> None:
    angle = np.random.default_rng(5).uniform(0.0, 2.0 * np.pi, 3_000)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    (conflict,) = find_conflicts(ring, np.array([0.0, 0.0]), NAMES[:2])
    assert conflict.positions == (0, 1)


def test_data_drawn_as_the_rows_were_conflict_as_seldom_as_the_threshold_says() -> None:
    rows = ridge(1_500, 6)
    tails = np.array([tail_probability(rows[:1_000], row) for row in rows[1_000:]])
    # Binomial 99.9 % bounds about 0.1 and 0.5 of 500.
    assert 0.06 < np.mean(tails <= 0.1) < 0.147
    assert 0.425 < np.mean(tails <= 0.5) < 0.575
    assert np.mean(tails <= CONFLICT_BELOW) < 0.022


def test_loneliness_is_the_distance_to_the_tenth_neighbour_by_hand() -> None:
    """A hundred rows a unit apart: the tenth other row is 5 away inside, 10 away at either end."""
    rows = np.arange(100.0)[:, None]
    unit = np.array([1.0])
    assert tail_probability(rows, 50.0 * unit) == 1.0
    assert tail_probability(rows, -0.5 * unit) == 3 / 101  # 9.5 away: both ends are lonelier
    assert tail_probability(rows, -5.0 * unit) == 1 / 101


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="10 rows"):
        tail_probability(ridge(10, 7), np.zeros(3))
    with pytest.raises(ValueError, match="same in every row"):
        tail_probability(np.zeros((50, 1)), np.zeros(1))
    with pytest.raises(ValueError, match="2 names"):
        find_conflicts(ridge(50, 8), np.zeros(3), NAMES[:2])
