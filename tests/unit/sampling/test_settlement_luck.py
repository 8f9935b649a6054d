import numpy as np
import pytest
from scipy import stats

from sim.sampling.draws import Draws
from sim.sampling.settlement_luck import SettlementLuck, draw_settlement_luck
from sim.sampling.streams import Streams

DRAWS = Draws(Streams(3, 0), emerging_count=40_000, backlog_count=0)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
def test_luck_is_standard_logistic_at_every_correlation(correlation: float) -> None:
    luck = draw_settlement_luck(correlation, DRAWS).of_test("settlement/town/0/0")
    assert stats.kstest(luck, stats.logistic.cdf).pvalue > 0.001


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8])
def test_two_tests_share_luck_in_the_stated_degree_on_the_normal_scale(correlation: float) -> None:
    luck = draw_settlement_luck(correlation, DRAWS)
    normals = [stats.norm.ppf(stats.logistic.cdf(luck.of_test(name))) for name in ("a", "b")]
    found = stats.pearsonr(*normals).statistic
    assert found == pytest.approx(correlation, abs=4 * (1 - correlation**2) / np.sqrt(DRAWS.count))


def test_with_full_correlation_every_test_has_the_same_luck() -> None:
    luck = draw_settlement_luck(1.0, DRAWS)
    assert np.array_equal(luck.of_test("a"), luck.of_test("b"))


def test_luck_is_symmetric_and_finite_far_in_both_tails() -> None:
    normals = np.array([-30.0, -9.0, -1.0, 1.0, 9.0, 30.0])
    luck = SettlementLuck(1.0, normals, Draws(Streams(1, 0), 6, 0)).of_test("any")
    assert np.isfinite(luck).all()
    assert np.array_equal(luck, -luck[::-1])
    assert (np.diff(luck) > 0).all()
