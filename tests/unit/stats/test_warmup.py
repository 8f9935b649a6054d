import math

import numpy as np
import numpy.typing as npt
import pytest

from sim.stats import WarmupReason, WarmupWarningCode, assess_warmup, mser_truncation

Series = npt.NDArray[np.float64]


def noise(seed: int, replications: int, days: int, scale: float = 1.0) -> Series:
    return np.random.default_rng(seed).normal(scale=scale, size=(replications, days))


def season(days: int) -> Series:
    return np.asarray(20.0 * np.sin(2 * np.pi * np.arange(days) / 365), dtype=np.float64)


def start_up(days: int, length_days: int, depth: float) -> Series:
    """A stock that fills linearly from -depth to 0 over the first `length_days`."""
    return np.asarray(-depth * np.clip(1 - np.arange(days) / length_days, 0.0, None), dtype=np.float64)


def test_mser_by_hand() -> None:
    # Batch means 9, 1, 1, 1, 1, 1: cutting the first leaves no variance at all.
    assert mser_truncation(np.repeat([9.0, 1.0, 1.0, 1.0, 1.0, 1.0], 5)) == 5
    # Batch size 1, values 4 0 0 1 0 1: statistics 13 / 36 = 0.361 / ... ; cutting one value is best.
    values = np.array([4.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    by_hand = [float(np.sum((values[d:] - values[d:].mean()) ** 2)) / (7 - d) ** 2 for d in range(3)]
    assert mser_truncation(values, batch_size=1) == int(np.argmin(by_hand)) == 1


def test_mser_cuts_nothing_from_a_constant_and_ignores_a_part_batch_at_the_end() -> None:
    assert mser_truncation(np.full(100, 0.1)) == 0
    constant_then_spike = np.append(np.full(100, 3.0), [1e6] * 4)
    assert mser_truncation(constant_then_spike) == 0


def test_mser_finds_a_known_start_up() -> None:
    series = noise(1, 1, 1000)[0]
    series[:200] -= 15.0
    assert mser_truncation(series) == 200


@pytest.mark.parametrize("bad", [[1.0] * 24, [math.nan] * 100, [[1.0] * 100]])
def test_mser_refuses_what_it_cannot_cut(bad: list[float]) -> None:
    with pytest.raises(ValueError, match="MSER"):
        mser_truncation(bad)


def test_truncation_counts_from_the_start_of_the_run_and_not_of_the_differences() -> None:
    stock = 100.0 + season(1825) + noise(2, 10, 1825)
    stock[:, :200] -= 60.0
    assessment = assess_warmup(stock, warmup_days=365)
    assert assessment.reason is WarmupReason.ASSESSED
    assert assessment.truncation_days == 200
    assert assessment.warning is None
    assert (assessment.series_days, assessment.replications, assessment.warmup_days) == (1825, 10, 365)


def test_seasons_drop_out() -> None:
    assessment = assess_warmup(100.0 + season(1825) + noise(3, 10, 1825), warmup_days=0)
    assert assessment.truncation_days is not None
    assert assessment.truncation_days <= 60
    assert assessment.warning is None
    assert assess_warmup(100.0 + noise(3, 10, 1825), warmup_days=0).truncation_days == assessment.truncation_days


def test_a_warm_up_shorter_than_the_start_up_is_warned_of_with_whole_years_to_take() -> None:
    stock = 100.0 + season(2555) + start_up(2555, 600, depth=80.0) + noise(4, 10, 2555)
    assessment = assess_warmup(stock, warmup_days=365)
    assert assessment.truncation_days is not None
    assert 480 <= assessment.truncation_days <= 620
    assert assessment.change_after_warmup.low > 0.0
    assert assessment.warning is not None
    assert assessment.warning.code is WarmupWarningCode.TRUNCATION_AFTER_WARMUP
    assert assessment.warning.suggested_warmup_days == 730
    assert assess_warmup(stock, warmup_days=730).warning is None


def test_a_single_series_is_assessed_by_mser_alone() -> None:
    stock = (100.0 + start_up(2555, 600, depth=80.0) + noise(5, 1, 2555))[0]
    assessment = assess_warmup(stock, warmup_days=365)
    assert assessment.replications == 1
    assert math.isnan(assessment.change_after_warmup.half_width)
    assert assessment.warning is not None
    assert assessment.warning.code is WarmupWarningCode.TRUNCATION_AFTER_WARMUP
    assert assess_warmup(stock, warmup_days=730).warning is None


def test_the_luck_of_single_years_is_no_start_up() -> None:
    """Good and bad years move MSER's cut; replications whose years differ at random do not agree on a change."""
    warned = beyond_warmup = 0
    for seed in range(40):
        year_effect = np.repeat(noise(seed, 10, 5, scale=10.0), 365, axis=1)
        assessment = assess_warmup(100.0 + year_effect + noise(100 + seed, 10, 1825), warmup_days=365)
        beyond_warmup += assessment.truncation_days is None or assessment.truncation_days > 365
        warned += assessment.warning is not None
    assert beyond_warmup >= 20
    assert warned <= 6


def test_a_stock_that_grows_every_year_is_warned_of_though_its_differences_are_level() -> None:
    growing = 10.0 + 0.1 * np.arange(1825) + noise(6, 10, 1825)
    assessment = assess_warmup(growing, warmup_days=730)
    # Two years lie between the first year after the warm-up and the last.
    assert assessment.change_after_warmup.mean == pytest.approx(2 * 36.5, rel=0.02)
    assert assessment.warning is not None
    assert assessment.warning.suggested_warmup_days is None
    level_after_year_one = np.repeat(growing[:, :1], 1825, axis=1)
    assert assess_warmup(level_after_year_one, warmup_days=730).warning is None


def test_growth_with_no_start_up_at_all_has_its_own_code() -> None:
    assessment = assess_warmup(np.tile(10.0 + 0.5 * np.arange(1825), (3, 1)), warmup_days=365)
    assert assessment.truncation_days == 0
    assert assessment.warning is not None
    assert assessment.warning.code is WarmupWarningCode.STOCK_STILL_CHANGING


def test_a_sure_but_small_yearly_change_is_not_warned_of() -> None:
    growing = 1000.0 + 0.03 * np.arange(1825) + noise(7, 10, 1825, scale=0.1)
    assert assess_warmup(growing, warmup_days=365).change_after_warmup.low > 0.0
    assert assess_warmup(growing, warmup_days=365).warning is None
    assert assess_warmup(growing, warmup_days=365, relative_change=0.01).warning is not None


def test_a_start_up_of_more_than_half_the_series_cannot_be_placed() -> None:
    stock = 100.0 - 90.0 * np.exp(-np.arange(1095) / 400) + noise(8, 10, 1095, scale=0.2)
    assessment = assess_warmup(stock, warmup_days=365)
    assert (assessment.reason, assessment.truncation_days) == (WarmupReason.TRUNCATION_BEYOND_HALF, None)
    assert assessment.warning is not None
    assert assessment.warning.code is WarmupWarningCode.TRUNCATION_BEYOND_HALF
    assert assessment.warning.suggested_warmup_days is None


@pytest.mark.parametrize("days", [0, 1, 364, 365, 366, 730, 779])
def test_a_series_of_hardly_two_years_is_not_assessed(days: int) -> None:
    for stock in (np.arange(days, dtype=np.float64), noise(9, 5, days)):
        assessment = assess_warmup(stock, warmup_days=0)
        assert assessment.reason is WarmupReason.SERIES_TOO_SHORT
        assert assessment.truncation_days is None
        assert assessment.warning is None
        assert assessment.series_days == days


def test_the_shortest_series_is_assessed() -> None:
    assert assess_warmup(noise(10, 5, 780), warmup_days=0).reason is not WarmupReason.SERIES_TOO_SHORT


def test_a_warm_up_longer_than_the_series_leaves_the_yearly_change_undefined() -> None:
    assessment = assess_warmup(100.0 + noise(11, 5, 1095), warmup_days=5000)
    assert assessment.change_after_warmup.n == 0
    assert math.isnan(assessment.change_after_warmup.mean)


def test_an_empty_stock_needs_no_warm_up() -> None:
    assessment = assess_warmup(np.zeros((4, 1095)), warmup_days=365)
    assert (assessment.truncation_days, assessment.warning) == (0, None)


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        assess_warmup([1.0, math.nan], warmup_days=0)
    with pytest.raises(ValueError, match="finite values of shape"):
        assess_warmup(np.zeros((2, 2, 2)), warmup_days=0)
    with pytest.raises(ValueError, match="negative"):
        assess_warmup(np.zeros(1000), warmup_days=-1)
