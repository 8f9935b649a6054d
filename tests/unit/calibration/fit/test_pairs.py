import numpy as np
import pytest

from calibration.fit.pairs import chance_correlation, correlations, inseparable_pairs


def draws(rows: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Rate and share hang together with -0.9, share and spread with 0.5 x -0.9; the fourth never changes."""
    rng = np.random.default_rng(seed)
    rate, own, other = rng.standard_normal((3, rows))
    share = -0.9 * rate + np.sqrt(1 - 0.81) * own
    spread = 0.5 * rate + np.sqrt(0.75) * other
    return np.column_stack([rate, spread, share, np.full(rows, 0.1)])


NAMES = ("rate", "spread", "share", "fixed")


def test_only_pairs_that_hang_together_closely_are_named() -> None:
    (pair,) = inseparable_pairs(draws(5_000, 1), NAMES)
    assert (pair.first, pair.second) == ("rate", "share")
    assert pair.correlation == pytest.approx(-0.9, abs=0.01)


def test_pairs_come_closest_first() -> None:
    base = draws(5_000, 2)[:, 0]
    noise = np.random.default_rng(3).standard_normal((2, 5_000))
    pairs = inseparable_pairs(np.column_stack([base, base + 0.8 * noise[0], base + 0.2 * noise[1]]), ("a", "b", "c"))
    assert [(pair.first, pair.second) for pair in pairs] == [("a", "c"), ("a", "b"), ("b", "c")]


def test_correlations_are_those_of_the_draws_and_a_fixed_parameter_has_none() -> None:
    sample = draws(500, 4)
    assert correlations(sample)[:3, :3] == pytest.approx(np.corrcoef(sample[:, :3].T))
    two_fixed = np.column_stack([sample, np.full(500, 0.7)])
    assert correlations(two_fixed)[3].tolist() == [0.0, 0.0, 0.0, 1.0, 0.0]


def test_a_weight_counts_as_so_many_draws() -> None:
    sample = draws(200, 5)
    times = np.arange(200) % 3
    repeated = np.repeat(sample, times, axis=0)
    assert correlations(sample, times.astype(np.float64)) == pytest.approx(correlations(repeated))


def test_independent_parameters_stay_below_the_correlation_of_chance() -> None:
    limit = chance_correlation(500, 25)
    assert 0.15 < limit < 0.25
    rng = np.random.default_rng(6)
    above = 0
    for _ in range(200):
        matrix = correlations(rng.standard_normal((500, 25)))
        above += bool(np.max(np.abs(matrix - np.eye(25))) > limit)
    assert above <= 8  # 2 expected; more than 8 has a probability of 0.0002


def test_the_limit_for_one_pair_is_that_of_the_t_test() -> None:
    # t of 0.995 with 10 degrees of freedom is 3.1693.
    assert chance_correlation(12, 2) == pytest.approx(3.1693 / np.sqrt(10 + 3.1693**2), abs=1e-4)
    with pytest.raises(ValueError, match="2 draws"):
        chance_correlation(2, 5)
