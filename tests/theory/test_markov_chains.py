"""The solved chains give what formulas say where there is one."""

import pytest

from tests.theory.formulas import cobham_mean_waits_of_servers, erlang_b, mmc_mean_queue, mmc_mean_wait
from tests.theory.markov_chains import mmc_with_referral, two_skills_mean_waits


def test_without_referral_it_is_mmc() -> None:
    queue = mmc_with_referral(0.8, 2.0, 2, 1, 0.0)
    assert queue.mean_queue == pytest.approx(mmc_mean_queue(0.8, 2.0, 2))
    assert queue.mean_wait == pytest.approx(mmc_mean_wait(0.8, 2.0, 2))
    assert queue.referred_share == pytest.approx(0)
    assert queue.busy_servers == pytest.approx(1.6)


def test_if_all_are_turned_away_who_find_one_waiting_it_is_a_queue_of_one_place() -> None:
    """M/M/1/2: two places in all, lost with probability ρ² / (1 + ρ + ρ²)."""
    queue = mmc_with_referral(1.5, 1.0, 1, 1, 1.0)
    assert queue.referred_share == pytest.approx(1.5**2 / (1 + 1.5 + 1.5**2))


def test_if_all_are_turned_away_whoever_waits_it_is_erlangs_loss() -> None:
    assert mmc_with_referral(1.5, 1.0, 3, 0, 1.0).referred_share == pytest.approx(erlang_b(3, 1.5))


def test_without_staff_of_both_skills_there_are_two_queues() -> None:
    waits = two_skills_mean_waits((0.7, 1.2), 1.0, (1, 2), 0)
    assert waits == pytest.approx((mmc_mean_wait(0.7, 1.0, 1), mmc_mean_wait(1.2, 1.0, 2)))


def test_without_specialists_there_are_two_classes_at_one_desk() -> None:
    waits = two_skills_mean_waits((0.7, 0.8), 1.0, (0, 0), 2)
    assert waits == pytest.approx(cobham_mean_waits_of_servers([0.7, 0.8], 1.0, 2))
