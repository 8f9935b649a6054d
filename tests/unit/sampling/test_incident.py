from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from sim.sampling.incident import IncidentHazard, incident_hazard
from sim.specification.schema.disputes import Hardening, Incident


def hazard_of(*, rate: float, exponent: float, multiplier: float, growth: float, cap: float, above: float) -> Any:
    incident = Incident(hazard_per_dispute_per_year=rate, difficulty_exponent=exponent, open_multiplier=multiplier)
    return incident_hazard(incident, Hardening(logit_per_30_days=growth, cap_days=cap), np.array([above]))


def accumulated(terms: dict[str, float], from_days: float, surfaced_days: float, to_days: float) -> float:
    """∫ of the hazard as the model states it, by quadrature."""

    def per_day(age: float) -> float:
        harder = terms["above"] + terms["growth"] * min(age, terms["cap"]) / 30
        openness = terms["multiplier"] if age >= surfaced_days else 1.0
        return terms["rate"] / 365 * openness * float(np.exp(terms["exponent"] * harder))

    breaks = sorted({from_days, to_days, *(x for x in (terms["cap"], surfaced_days) if from_days < x < to_days)})
    pieces = pairwise(breaks)
    return sum(integrate.quad(per_day, low, high, epsabs=0, epsrel=1e-10)[0] for low, high in pieces)


@settings(max_examples=150)
@given(
    rate=st.floats(0.01, 5),
    exponent=st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0.05, 2),
    multiplier=st.floats(0.1, 4),
    growth=st.sampled_from([0.0, 0.2]) | st.floats(0.01, 1),
    cap=st.sampled_from([0.0, 90.0, 365.0]) | st.floats(0.001, 1_000),
    above=st.floats(-3, 3),
    from_days=st.sampled_from([0.0]) | st.floats(0.001, 700),
    latent_days=st.sampled_from([0.0]) | st.floats(0.001, 400),
    unit_exponential=st.floats(0.001, 8),
)
def test_the_age_at_the_incident_accumulates_exactly_one_unit_exponential(
    from_days: float, latent_days: float, unit_exponential: float, **terms: float
) -> None:
    hazard: IncidentHazard = hazard_of(**terms)
    drawn, start = np.array([unit_exponential]), np.array([from_days])
    surfaced_days = from_days + latent_days
    age = float(hazard.latent_age_days(drawn, start)[0])
    if age > surfaced_days:
        age = float(hazard.open_age_days(drawn, start, np.array([surfaced_days]))[0])
        assert age >= surfaced_days * (1 - 1e-12)
    a_millisecond_before, a_millisecond_after = max(age - 1e-8, from_days), age + 1e-8
    assert accumulated(terms, from_days, surfaced_days, a_millisecond_before) <= unit_exponential * (1 + 1e-9)
    assert accumulated(terms, from_days, surfaced_days, a_millisecond_after) >= unit_exponential * (1 - 1e-9)


def test_the_inverse_undoes_exposure_before_at_and_after_the_cap() -> None:
    hazard = hazard_of(rate=1, exponent=1.0, multiplier=1, growth=0.3, cap=180, above=0)
    ages = np.array([0.0, 1e-6, 1.0, 179.999, 180.0, 180.001, 5_000.0])
    assert hazard.age_days_at(hazard.exposure_days(ages)) == pytest.approx(ages, rel=1e-9)


def test_an_open_dispute_without_hazard_has_no_incident() -> None:
    hazard = hazard_of(rate=1, exponent=1.0, multiplier=0.0, growth=0.3, cap=180, above=0)
    assert hazard.open_age_days(np.array([0.1]), np.zeros(1), np.array([1e-3])).tolist() == [np.inf]


def test_no_hazard_at_all_means_never() -> None:
    hazard = hazard_of(rate=0.0, exponent=1.0, multiplier=2.0, growth=0.3, cap=180, above=0)
    assert hazard.latent_age_days(np.array([0.1]), np.zeros(1)).tolist() == [np.inf]
    assert hazard.open_age_days(np.array([0.1]), np.zeros(1), np.ones(1)).tolist() == [np.inf]


def test_growth_without_a_practical_cap_stays_finite() -> None:
    hazard = hazard_of(rate=1e-9, exponent=2.0, multiplier=1, growth=2.0, cap=1e12, above=0)
    age = hazard.latent_age_days(np.array([1e-12, 1.0, 40.0]), np.zeros(3))
    assert np.isfinite(age).all()
    assert (np.diff(age) > 0).all()
