from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.sampling.critical_ages import critical_ages_s, passes_at_age
from sim.specification.schema.disputes import Hardening
from sim.vocabulary import NEVER_S

MONTH_S = 30 * 86_400

margins = st.floats(-8, 8) | st.sampled_from([0.0, 0.1, 0.3, 0.25, 1.0])
rates = st.floats(0.001, 2) | st.sampled_from([0.0, 0.1, 0.3, 1.0])
caps = st.floats(0, 2_000) | st.sampled_from([0.0, 30.0, 90.0, 365.0])


def critical_age_s(margin: float, hardening: Hardening | None) -> int:
    return int(critical_ages_s(np.array([margin]), hardening)[0])


def exact_slack(margin: float, age_s: int, hardening: Hardening) -> Fraction:
    """The margin left at an age, without any rounding."""
    aged = min(Fraction(age_s), Fraction(hardening.cap_days) * 86_400)
    return Fraction(margin) - Fraction(hardening.logit_per_30_days) * aged / MONTH_S


@given(margin=margins, rate=rates, cap=caps)
def test_a_test_is_passed_at_its_critical_age_and_not_a_second_later(margin: float, rate: float, cap: float) -> None:
    hardening = Hardening(logit_per_30_days=rate, cap_days=cap)
    L = critical_age_s(margin, hardening)
    rounding = Fraction(1, 2**48) * Fraction(abs(margin) + rate * cap / 30)
    if L >= 0:
        assert exact_slack(margin, min(L, 10**12), hardening) > -rounding
    if L < NEVER_S:
        assert exact_slack(margin, L + 1, hardening) <= rounding


@given(margin=margins, rate=rates, cap=caps, age_s=st.integers(0, 10**9))
def test_the_comparison_of_seconds_is_the_plain_formula(margin: float, rate: float, cap: float, age_s: int) -> None:
    hardening = Hardening(logit_per_30_days=rate, cap_days=cap)
    L = critical_age_s(margin, hardening)
    for age in {age_s, max(L - 1, 0), min(L + 2, 10**12)}:
        plain = bool(passes_at_age(np.array([margin]), np.array([age]), hardening)[0])
        near = abs(exact_slack(margin, age, hardening)) < Fraction(1, 2**44) * Fraction(1 + abs(margin) + rate * cap)
        assert near or (age <= L) == plain


def test_vectors_agree_with_the_plain_formula_almost_everywhere() -> None:
    generator = np.random.default_rng(7)
    margin = generator.logistic(0.5, 1.5, 50_000)
    age_s = generator.integers(0, 400 * 86_400, 50_000)
    hardening = Hardening(logit_per_30_days=0.15, cap_days=365.0)
    assert np.array_equal(age_s <= critical_ages_s(margin, hardening), passes_at_age(margin, age_s, hardening))


@pytest.mark.parametrize(
    ("margin", "expected"),
    [(1.0, 30 * 86_400 - 1), (0.5, 15 * 86_400 - 1), (2.0, 60 * 86_400 - 1), (2.0001, NEVER_S), (0.0, -1), (-1.0, -1)],
)
def test_whole_margins_end_one_second_before_growth_meets_them(margin: float, expected: int) -> None:
    assert critical_age_s(margin, Hardening(logit_per_30_days=1.0, cap_days=60.0)) == expected


@pytest.mark.parametrize("hardening", [None, Hardening(logit_per_30_days=0.0, cap_days=60.0)])
def test_without_hardening_only_the_sign_counts(hardening: Hardening | None) -> None:
    margin = np.array([-np.inf, -1.0, 0.0, 1e-12, np.inf])
    assert critical_ages_s(margin, hardening).tolist() == [-1, -1, -1, NEVER_S, NEVER_S]


def test_a_margin_that_growth_meets_exactly_at_the_cap_fails_from_the_cap_on() -> None:
    for rate in (0.1, 0.3, 0.7, 1.1):
        for cap_days in (30.0, 70.0, 365.0, 1_000.0):
            hardening = Hardening(logit_per_30_days=rate, cap_days=cap_days)
            assert critical_age_s(rate * cap_days / 30, hardening) <= cap_days * 86_400 - 1


def test_extreme_values_neither_overflow_nor_warn() -> None:
    for hardening in (
        Hardening(logit_per_30_days=1e-300, cap_days=1e300),
        Hardening(logit_per_30_days=1.0, cap_days=1e300),
        Hardening(logit_per_30_days=1e300, cap_days=1e-300),
    ):
        ages = critical_ages_s(np.array([-np.inf, -1e300, 0.0, 1e-300, 1.0, 1e200, 1e300, np.inf]), hardening)
        assert (np.diff(ages) >= 0).all()
        assert ages[0] == -1
        assert ages[-1] == NEVER_S


@given(margin=margins, more=st.floats(0, 5), rate=rates, cap=caps)
def test_more_ability_never_lowers_a_critical_age(margin: float, more: float, rate: float, cap: float) -> None:
    hardening = Hardening(logit_per_30_days=rate, cap_days=cap)
    assert critical_age_s(margin, hardening) <= critical_age_s(margin + more, hardening)
