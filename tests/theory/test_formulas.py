"""The formulas against published tables, limits and independent ways of computing the same number."""

from collections.abc import Callable
from itertools import pairwise
from math import exp, inf, log

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from tests.theory.formulas import (
    Gatekeeper,
    cobham_mean_waits,
    cobham_mean_waits_of_servers,
    erlang_a,
    erlang_b,
    erlang_c,
    first_prob,
    mean_minimum,
    mean_sessions,
    mg1_mean_wait,
    mmc_idle_prob,
    mmc_mean_number,
    mmc_mean_queue,
    mmc_mean_wait,
    mmc_wait_exceeds_prob,
    unsettled_prob,
)


@pytest.mark.parametrize(
    ("servers", "offered", "blocking"),
    [(1, 1.0, 0.5), (2, 1.0, 0.2), (5, 3.0, 0.1101), (10, 5.0, 0.0184), (20, 12.0, 0.0098)],
)
def test_erlang_b_gives_the_values_of_the_published_tables(servers: int, offered: float, blocking: float) -> None:
    assert erlang_b(servers, offered) == pytest.approx(blocking, abs=5e-5)


@pytest.mark.parametrize(
    ("servers", "offered", "waiting"), [(1, 0.7, 0.7), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (10, 8.0, 0.4092)]
)
def test_erlang_c_gives_the_values_of_the_published_tables(servers: int, offered: float, waiting: float) -> None:
    assert erlang_c(servers, offered) == pytest.approx(waiting, abs=5e-5)


@pytest.mark.parametrize(("servers", "offered"), [(1, 0.3), (2, 1.5), (4, 2.6), (9, 8.1)])
def test_an_mmc_queue_is_its_birth_and_death_chain(servers: int, offered: float) -> None:
    present = birth_and_death(offered, lambda number: min(number, servers))
    number = np.arange(len(present))
    queue = np.clip(number - servers, 0, None)
    assert erlang_c(servers, offered) == pytest.approx(present[number >= servers].sum())
    assert mmc_idle_prob(servers, offered) == pytest.approx(present[0])
    assert mmc_mean_queue(offered, 1.0, servers) == pytest.approx((present * queue).sum())
    assert mmc_mean_number(offered, 1.0, servers) == pytest.approx((present * number).sum())


def test_one_server_gives_the_waits_of_the_mm1_queue() -> None:
    assert mmc_mean_wait(0.5, 1.2, 1) == pytest.approx(0.6 * 1.2 / 0.4)
    assert mmc_wait_exceeds_prob(0.5, 1.2, 1, 2.0) == pytest.approx(0.6 * exp(-0.4 / 1.2 * 2.0))


def test_the_chances_of_longer_waits_add_up_to_the_mean_wait() -> None:
    exceeds = [mmc_wait_exceeds_prob(2.1, 1.0, 3, time) for time in np.arange(0.0, 60.0, 0.01)]
    assert np.trapezoid(exceeds, dx=0.01) == pytest.approx(mmc_mean_wait(2.1, 1.0, 3), rel=1e-4)


def test_the_wait_for_one_server_is_that_of_mm1_for_exponential_and_half_of_it_for_fixed_service() -> None:
    assert mg1_mean_wait(0.5, 1.2, cv=1.0) == pytest.approx(mmc_mean_wait(0.5, 1.2, 1))
    assert mg1_mean_wait(0.5, 1.2, cv=0.0) == pytest.approx(mmc_mean_wait(0.5, 1.2, 1) / 2)


def test_two_identical_steps_of_service_give_the_published_wait_of_an_erlang_2_server() -> None:
    # M/E2/1 (Gross, Shortle, Thompson and Harris 2008): (k + 1) / 2k · λ / (μ (μ − λ)) with k = 2, λ = 1, μ = 2.
    assert mg1_mean_wait(1.0, 0.5, cv=0.5**0.5) == pytest.approx(3 / 4 * 1 / 2)


def test_one_class_waits_as_without_classes() -> None:
    assert cobham_mean_waits([0.5], [1.2], [0.7]) == pytest.approx([mg1_mean_wait(0.5, 1.2, cv=0.7)])
    assert cobham_mean_waits_of_servers([2.1], 1.0, 3) == pytest.approx([mmc_mean_wait(2.1, 1.0, 3)])


def test_the_work_waiting_does_not_depend_on_who_is_served_first() -> None:
    # Kleinrock's conservation law (1965): the sum of utilisation × mean wait over classes.
    rates, means, cvs = [0.2, 0.1, 0.3], [1.0, 2.0, 0.5], [1.0, 0.0, 2.0]
    forward = cobham_mean_waits(rates, means, cvs)
    backward = cobham_mean_waits(rates[::-1], means[::-1], cvs[::-1])[::-1]
    utilisations = [rate * mean for rate, mean in zip(rates, means, strict=True)]
    assert np.dot(utilisations, forward) == pytest.approx(np.dot(utilisations, backward))
    assert all(first < later for first, later in pairwise(forward))


def test_classes_of_one_mean_wait_on_average_as_without_classes() -> None:
    rates = [0.4, 0.9, 0.8]
    waits = cobham_mean_waits_of_servers(rates, 1.0, 3)
    assert np.dot(rates, waits) / sum(rates) == pytest.approx(mmc_mean_wait(sum(rates), 1.0, 3))
    assert cobham_mean_waits_of_servers([0.2, 0.4], 1.1, 1) == pytest.approx(
        cobham_mean_waits([0.2, 0.4], [1.1, 1.1], [1.0, 1.0])
    )


@pytest.mark.parametrize(("rate", "servers", "patience"), [(0.8, 1, 2.0), (2.0, 3, 0.5), (6.0, 5, 1.0), (4.5, 5, 3.0)])
def test_a_queue_with_abandonment_is_its_birth_and_death_chain(rate: float, servers: int, patience: float) -> None:
    present = birth_and_death(rate, lambda number: min(number, servers) + max(number - servers, 0) / patience)
    number = np.arange(len(present))
    mean_queue = (present * np.clip(number - servers, 0, None)).sum()
    queue = erlang_a(rate, 1.0, servers, patience)
    assert queue.wait_prob == pytest.approx(present[number >= servers].sum())
    assert queue.mean_wait == pytest.approx(mean_queue / rate)
    assert queue.abandonment_prob == pytest.approx(mean_queue / patience / rate)


def test_endless_patience_leaves_the_mmc_queue() -> None:
    queue = erlang_a(1.5, 1.0, 3, 200.0)
    assert queue.mean_wait == pytest.approx(mmc_mean_wait(1.5, 1.0, 3), rel=0.02)
    assert queue.abandonment_prob == pytest.approx(0.0, abs=0.001)


def test_patience_as_long_as_service_makes_the_number_present_poisson() -> None:
    rate, servers = 6.0, 5
    law = stats.poisson(rate)
    mean_queue = sum((number - servers) * law.pmf(number) for number in range(servers, 100))
    queue = erlang_a(rate, 1.0, servers, 1.0)
    assert queue.wait_prob == pytest.approx(law.sf(servers - 1))
    assert queue.mean_wait == pytest.approx(mean_queue / rate)


def test_no_patience_leaves_the_loss_system() -> None:
    assert erlang_a(6.0, 1.0, 5, 1e-4).abandonment_prob == pytest.approx(erlang_b(5, 6.0), rel=1e-3)


def test_the_first_of_exponential_clocks_comes_at_the_sum_of_their_rates() -> None:
    clocks = [stats.expon(scale=1 / rate) for rate in (0.2, 0.5, 0.3)]
    assert mean_minimum([clock.sf for clock in clocks]) == pytest.approx(1.0)
    assert mean_minimum([clock.sf for clock in clocks], until=2.0) == pytest.approx(1 - exp(-2.0))
    assert first_prob(clocks[1].pdf, [clocks[0].sf, clocks[2].sf]) == pytest.approx(0.5)
    assert first_prob(clocks[1].pdf, [clocks[0].sf, clocks[2].sf], until=2.0) == pytest.approx(0.5 * (1 - exp(-2.0)))


def test_a_clock_alone_comes_at_its_mean() -> None:
    lognormal = stats.lognorm(s=log(2.0) ** 0.5, scale=10.0 / 2.0**0.5)
    assert mean_minimum([lognormal.sf]) == pytest.approx(10.0, rel=1e-6)


def test_sessions_that_always_or_hardly_ever_settle() -> None:
    assert mean_sessions(1.0, 3) == pytest.approx(1.0)
    assert unsettled_prob(1.0, 3) == pytest.approx(0.0)
    assert mean_sessions(1e-6, 3) == pytest.approx(3.0, rel=1e-5)
    assert mean_sessions(0.4, 2) == pytest.approx(1 + 0.6)
    assert unsettled_prob(0.4, 2) == pytest.approx(0.36)


def test_a_gatekeeper_with_a_threshold_out_of_reach_treats_all_or_refers_all() -> None:
    treats_all, refers_all = gatekeeper(threshold=40.0), gatekeeper(threshold=-40.0)
    assert treats_all.treated_prob() == pytest.approx(1.0)
    assert treats_all.expert_prob() == pytest.approx(treats_all.failed_prob())
    assert refers_all.expert_prob() == pytest.approx(1.0)
    assert refers_all.failed_prob() == pytest.approx(0.0, abs=1e-12)


def test_a_gatekeeper_of_average_ability_fails_half_of_all_it_treats() -> None:
    assert gatekeeper(threshold=40.0, gatekeeper_ability=0.0).failed_prob() == pytest.approx(0.5)


def test_a_gatekeeper_of_cases_all_alike_fails_by_the_logistic_curve() -> None:
    alike = gatekeeper(threshold=1.0, difficulty_sd=1e-3, gatekeeper_ability=log(3.0), expert_ability=log(4.0))
    assert alike.failed_prob() == pytest.approx(1 / 4, rel=1e-5)
    assert alike.failed_then_settled_prob() == pytest.approx(1 / 4 * 4 / 5, rel=1e-5)
    assert alike.referred_then_settled_prob() == pytest.approx(0.0, abs=1e-12)


def test_the_gatekeeper_s_integrals_are_averages_over_quantiles_of_difficulty() -> None:
    place = gatekeeper(threshold=0.3)
    theta = place.difficulty_sd * stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    treated = theta < place.threshold
    fails = 1 / (1 + np.exp(place.gatekeeper_ability - theta))
    settles = 1 / (1 + np.exp(theta - place.expert_ability))
    assert place.treated_prob() == pytest.approx(treated.mean(), abs=1e-5)
    assert place.failed_prob() == pytest.approx((treated * fails).mean(), abs=1e-5)
    assert place.failed_then_settled_prob() == pytest.approx((treated * fails * settles).mean(), abs=1e-5)
    assert place.referred_then_settled_prob() == pytest.approx((~treated * settles).mean(), abs=1e-5)


def test_what_a_gatekeeper_treats_in_vain_is_harder_for_the_expert_than_what_it_treats() -> None:
    place, hopeless = gatekeeper(threshold=0.3), gatekeeper(threshold=0.3, gatekeeper_ability=-40.0)
    of_the_failed = place.failed_then_settled_prob() / place.failed_prob()
    of_the_treated = hopeless.failed_then_settled_prob() / hopeless.failed_prob()
    assert of_the_failed < of_the_treated


def test_an_integral_without_end_that_does_not_converge_is_refused() -> None:
    with pytest.raises((AssertionError, Warning)):
        mean_minimum([lambda time: 1.0 / (1.0 + time)], until=inf)


def gatekeeper(
    threshold: float, difficulty_sd: float = 1.0, gatekeeper_ability: float = 0.5, expert_ability: float = 1.5
) -> Gatekeeper:
    return Gatekeeper(difficulty_sd, threshold, gatekeeper_ability, expert_ability)


def birth_and_death(birth_rate: float, death_rate: Callable[[int], float]) -> NDArray[np.float64]:
    """Stationary probabilities of the number present, by detailed balance, cut at 2,000."""
    ratios = np.array([birth_rate / death_rate(number) for number in range(1, 2_001)])
    logs = np.concatenate(([0.0], np.cumsum(np.log(ratios))))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())
