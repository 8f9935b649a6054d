"""The overlay's text: values and bases as found, quoted so that any source can stand in it."""

from dataclasses import replace
from typing import Any

import pytest
from ruamel.yaml import YAML

from calibration.fit.fitting import fit
from calibration.fit.outcome import Outcome
from calibration.fit.overlay import overlay_text
from calibration.fit.place import EMERGENCE_RATE, PlaceToFit
from tests.unit.calibration.fit.small_place import figures_of
from tests.unit.calibration.fit.toy_simulator import ToySimulator


@pytest.fixture(scope="module")
def outcome(small: PlaceToFit) -> Outcome:
    return fit(small, figures_of(small), ToySimulator.of(small))


def parsed(outcome: Outcome) -> dict[str, Any]:
    text = overlay_text(outcome, "calibration/targets/small.yaml", "small.posterior.csv")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


def with_basis(outcome: Outcome, path: str, basis: str) -> Outcome:
    return replace(outcome, value_basis={**outcome.value_basis, path: basis})


def test_it_names_the_posterior_and_holds_what_the_fit_determines(outcome: Outcome) -> None:
    overlay = parsed(outcome)
    assert overlay.pop("experiment") == {"posterior": "small.posterior.csv"}
    assert set(overlay) == {"frailty", "staff_groups", "hardening", "emergence"}
    assert overlay["frailty"]["shape"]["value"] == pytest.approx(
        outcome.point_numbers[outcome.place.ids.index("frailty_shape")]
    )
    assert set(overlay["staff_groups"]) == {"neighbours"}, "posts and administration stay as stated"


def test_fitted_is_what_the_rule_calls_so(outcome: Outcome) -> None:
    for basis in ("fitted", "assumed"):
        overlay = parsed(with_basis(outcome, EMERGENCE_RATE, basis))
        assert overlay["emergence"]["rate_per_1000_per_year"]["basis"] == basis
    finding = replace(outcome.findings[outcome.place.ids.index("frailty_shape")], basis="fitted")
    findings = list(outcome.findings)
    findings[outcome.place.ids.index("frailty_shape")] = finding
    assert parsed(replace(outcome, findings=tuple(findings)))["frailty"]["shape"]["basis"] == "fitted"
    assert parsed(outcome)["hardening"]["logit_per_30_days"]["basis"] == "assumed", "it never changes"


def test_sources_are_the_figures_of_a_fit_and_the_prior_of_an_assumption(outcome: Outcome) -> None:
    fitted = parsed(with_basis(outcome, EMERGENCE_RATE, "fitted"))["emergence"]["rate_per_1000_per_year"]["source"]
    assert fitted == (
        "xichou_county_cases_10y_if_poisson; xichou_settled_in_village_share; licheng_community_grids; "
        "citation: fitted by calibration/targets/small.yaml"
    )
    position = outcome.place.ids.index("frailty_shape")
    findings = [replace(each, basis="assumed") if i == position else each for i, each in enumerate(outcome.findings)]
    assert parsed(replace(outcome, findings=tuple(findings)))["frailty"]["shape"]["source"] == (
        'citation: what "people" say; citation: prior of calibration/targets/small.yaml'
    )


def test_a_range_always_holds_its_value(outcome: Outcome) -> None:
    for far in (99.0, 0.001):
        point = outcome.point.assign(**{"value:frailty.shape": far})
        low, high = parsed(replace(outcome, point=point))["frailty"]["shape"]["range"]
        assert low <= far <= high
    assert "range" not in parsed(outcome)["hardening"]["logit_per_30_days"], "what never changes has none"
