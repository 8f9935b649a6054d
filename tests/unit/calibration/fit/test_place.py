"""What a draw of the parameters makes of a scenario: the closed forms, the parameters' own values, the window."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.derived_values import derive
from calibration.fit.place import PlaceToFit, kinds_up_to_village, village_shares
from calibration.fit.prior_draws import all_rounded, prior_draws
from tests.unit.calibration.fit.small_place import BASELINE, ROOT, TARGETS, changed, open_small

EMERGENCE = "emergence.rate_per_1000_per_year"
SHARES = st.floats(0.01, 0.99)


def stated(place: PlaceToFit, **numbers: float) -> dict[str, float]:
    """Every parameter as stated, but for some."""
    return {parameter.id: parameter.stated for parameter in place.parameters} | numbers


@given(settled=SHARES, lowest_part=SHARES)
def test_group_and_village_together_settle_the_stated_share(settled: float, lowest_part: float) -> None:
    group, village = village_shares(settled, lowest_part)
    assert group + (1 - group) * village == pytest.approx(settled)
    assert group == pytest.approx(lowest_part * settled)
    assert 0 < group < 1
    assert 0 < village < 1


def test_where_the_group_hears_nobody_the_village_settles_it_all() -> None:
    assert village_shares(0.83, None) == (0.83,)


def test_starting_points_are_what_is_stated(small: PlaceToFit) -> None:
    numbers = {parameter.id: parameter.stated for parameter in small.parameters}
    assert numbers["found_per_1000_per_year"] == pytest.approx(5.801), "the national rate"
    assert numbers["settled_in_village_share"] == pytest.approx(1 - 0.40 * 0.425)
    assert numbers["lowest_tier_part_of_village_share"] == pytest.approx(0.60 / 0.83)
    assert village_shares(
        numbers["settled_in_village_share"], numbers["lowest_tier_part_of_village_share"]
    ) == pytest.approx((0.60, 0.575))
    assert numbers["recorded_share"] == 0.9, "the mode"
    assert numbers["frailty_shape"] == 0.6, "the median, whatever the baseline has"


def test_ranged_assumptions_vary_unless_something_else_determines_them(small: PlaceToFit) -> None:
    varied = {parameter.id: parameter for parameter in small.parameters if parameter.id not in small.targets.parameters}
    assert set(varied) == {
        "staff_groups.cadres.admin_share",
        "staff_groups.centre.posts",
        "categories.all.difficulty_sd_logit",
        "latent.fade_days.mean_days",
        "settlement.noise_correlation",
    }
    # Set by a parameter: frailty.shape; derived: abilities, hardening, the rate of emergence.
    assert {id_ for id_, parameter in varied.items() if parameter.is_count} == {"staff_groups.centre.posts"}
    fading = varied["latent.fade_days.mean_days"]
    assert fading.prior.quantile(np.array([0.0, 1.0])).tolist() == [60.0, 240.0]
    assert (fading.stated, fading.sets) == (120.0, ("latent.fade_days.mean_days",))


def test_no_ranged_assumption_varies_where_none_is_to(tmp_path: Path) -> None:
    none = changed(TARGETS, ("ranged_assumptions: triangular", "ranged_assumptions: none"))
    assert set(open_small(tmp_path, none).ids) == set(open_small(tmp_path, none).targets.parameters)


def test_what_no_parameter_sets_is_a_ranged_assumption(tmp_path: Path) -> None:
    head, rest = TARGETS.split("  frailty_shape:")
    place = open_small(tmp_path, head + "targets:" + rest.split("targets:")[1])
    assert "frailty.shape" in place.ids


def test_what_is_found_is_what_emerges_and_surfaces_and_is_recorded(small: PlaceToFit) -> None:
    scenario = small.baseline.scenario
    surfaced = derive(scenario, small.points.at({})).surfaced_share
    assert 0.5 < surfaced < 0.95
    numbers = stated(small, found_per_1000_per_year=10.0, recorded_share=0.8)
    assert small.values_at(numbers)[EMERGENCE] == pytest.approx(10.0 / (surfaced * 0.8), rel=1e-3)
    doubled = small.values_at(numbers | {"found_per_1000_per_year": 20.0})
    assert doubled[EMERGENCE] == pytest.approx(2 * small.values_at(numbers)[EMERGENCE])
    slower = small.values_at(numbers | {"latent.fade_days.mean_days": 240.0})
    assert slower[EMERGENCE] < small.values_at(numbers)[EMERGENCE], "more surface before they fade"


def test_abilities_follow_from_the_shares_of_the_draw(small: PlaceToFit) -> None:
    low, high = (small.values_at(stated(small, settled_in_village_share=share)) for share in (0.6, 0.9))
    for group in ("neighbours", "cadres"):
        assert low[f"staff_groups.{group}.ability_logit"] < high[f"staff_groups.{group}.ability_logit"]
    groups, village = (small.values_at(stated(small, lowest_tier_part_of_village_share=part)) for part in (0.83, 0.602))
    assert groups["staff_groups.neighbours.ability_logit"] > village["staff_groups.neighbours.ability_logit"]
    assert groups["staff_groups.cadres.ability_logit"] < village["staff_groups.cadres.ability_logit"]


def test_a_draw_sets_the_values_of_its_parameters(small: PlaceToFit) -> None:
    numbers = {"frailty_shape": 0.123456789012, "staff_groups.centre.posts": 2.6, "over_reporting_share": 0.05}
    values = small.values_at(stated(small, **numbers))
    assert values["frailty.shape"] == 0.123456789, "as many digits as processors agree on"
    assert values["staff_groups.centre.posts"] == 3
    assert isinstance(values["staff_groups.centre.posts"], int)
    assert "over_reporting_share" not in values
    scenario = small.scenario_at(values)
    assert scenario.staff_groups["centre"].posts == 3
    assert scenario.frailty is not None
    assert scenario.frailty.shape == 0.123456789


def test_over_reporting_changes_no_value_of_the_scenario(small: PlaceToFit) -> None:
    assert small.values_at(stated(small, over_reporting_share=0.1)) == small.values_at(stated(small))


def test_the_window_of_the_targets_is_simulated(small: PlaceToFit) -> None:
    horizon = small.scenario_at(small.values_at(stated(small))).horizon
    assert (horizon.warmup_years, horizon.cohort_years, horizon.follow_days) == (0, 2, 180)


def test_at_the_stated_point_the_values_are_those_that_the_model_county_derives(tmp_path: Path) -> None:
    """Its baseline is derived from the same starting points; rates are rounded there to two decimals."""
    baseline = f"extends: {(ROOT / 'scenarios' / 'base' / 'rural.yaml').as_posix()}\n"
    place = open_small(
        tmp_path,
        changed(
            TARGETS,
            ("median: 15", "median: 5.801"),
            ("mode: 0.9, high: 1}", "mode: 1, high: 1}"),
            ("median: 0.6, within_90: [0.2, 2]", "median: 2, within_90: [0.2, 4]"),
        ),
        baseline,
    )
    values = place.values_at(stated(place))
    scenario = place.baseline.scenario
    for group_id, group in scenario.staff_groups.items():
        assert values[f"staff_groups.{group_id}.ability_logit"] == group.ability_logit
    assert scenario.hardening is not None
    assert scenario.breach is not None
    assert values["hardening.logit_per_30_days"] == scenario.hardening.logit_per_30_days
    assert values["breach.durability_logit"] == scenario.breach.durability_logit
    assert values[EMERGENCE] == pytest.approx(scenario.emergence.rate_per_1000_per_year, abs=0.005)


def test_tiers_up_to_the_village_are_those_that_hear_disputes(tmp_path: Path, small: PlaceToFit) -> None:
    assert kinds_up_to_village(small.baseline.scenario) == ["grid", "village"]
    talk = "{talk: {mode: desk, groups: [neighbours], effort_hours: {distribution: exponential, mean_hours: 2}}}"
    silent = changed(BASELINE, (talk, "{}"))
    head, rest = TARGETS.split("  lowest_tier_part_of_village_share:")
    without = head + "  over_reporting_share:" + rest.split("  over_reporting_share:")[1]
    assert kinds_up_to_village(open_small(tmp_path, without, silent).baseline.scenario) == ["village"]


def test_a_prior_draw_hangs_on_no_other_parameter_and_no_other_row(small: PlaceToFit) -> None:
    draws = prior_draws(small.parameters, seed=7, rows=6)
    assert draws.shape == (6, len(small.ids))
    assert prior_draws(small.parameters[2:4], seed=7, rows=3).tolist() == draws[:3, 2:4].tolist()
    assert prior_draws(small.parameters, seed=8, rows=6).tolist() != draws.tolist()
    assert all_rounded(draws).tolist() == draws.tolist()


def test_prior_draws_are_of_the_priors(small: PlaceToFit) -> None:
    draws = prior_draws(small.parameters, seed=7, rows=500)
    scores = np.column_stack([p.prior.to_scale(column) for p, column in zip(small.parameters, draws.T, strict=True)])
    assert scores.mean(axis=0) == pytest.approx(np.zeros(len(small.ids)), abs=0.15)
    assert scores.std(axis=0) == pytest.approx(np.ones(len(small.ids)), abs=0.12)
    assert np.abs(np.corrcoef(scores.T) - np.eye(len(small.ids))).max() < 0.2
