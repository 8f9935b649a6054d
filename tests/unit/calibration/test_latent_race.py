import numpy as np
import pytest

from calibration.latent_race import surfaced_by_category
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY, Surfacing
from tests.unit.scenario_factory import MakeScenario, staff_group


def days(mean: float, distribution: str = "exponential") -> dict[str, object]:
    return {"distribution": distribution, "mean_days": mean}


def latent_place(make_scenario: MakeScenario, **blocks: object) -> Scenario:
    latent = {"self_report_days": {"neighbours": days(40), "land": days(100)}, "fade_days": days(60)}
    horizon = {
        "start_date": "2024-01-01",
        "warmup_years": 0,
        "cohort_years": 20,
        "follow_days": 3_650,
        "latent_days": 0,
    }
    return make_scenario(**{"latent": latent, "horizon": horizon, **blocks})


def test_without_patrol_the_race_is_between_two_means(make_scenario: MakeScenario) -> None:
    scenario = latent_place(make_scenario)
    neighbours, land = surfaced_by_category(scenario, build_jurisdiction(scenario))
    assert neighbours.share == pytest.approx(60 / (60 + 40))
    assert neighbours.age_days == pytest.approx(1 / (1 / 60 + 1 / 40))
    assert land.share == pytest.approx(60 / (60 + 100))


def test_a_factor_on_the_time_to_self_report_is_one_on_its_mean(make_scenario: MakeScenario) -> None:
    latent = {"self_report_days": {"neighbours": days(20), "land": days(50)}, "fade_days": days(60)}
    scenario = latent_place(make_scenario, latent=latent | {"self_report_delay_factor": 2.0})
    usual = latent_place(make_scenario)
    assert surfaced_by_category(scenario, build_jurisdiction(scenario)) == surfaced_by_category(
        usual, build_jurisdiction(usual)
    )


def test_without_a_latent_phase_all_surface_at_once(make_scenario: MakeScenario) -> None:
    scenario = make_scenario()
    for surfaced in surfaced_by_category(scenario, build_jurisdiction(scenario)):
        assert (surfaced.share, surfaced.age_days) == (1.0, 0.0)


def test_sampled_disputes_surface_in_the_shares_and_at_the_ages_of_the_closed_form(make_scenario: MakeScenario) -> None:
    scenario = latent_place(
        make_scenario,
        patrol={"hours_per_visit": 1.0, "find_prob": 0.5},
        staff_groups={
            "village_mediators": staff_group("village", 4, patrol_share=0.2),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
        },
        incident={"hazard_per_dispute_per_year": 0.5, "difficulty_exponent": 0.0, "open_multiplier": 1.0},
        emergence={"rate_per_1000_per_year": 250.0},
    )
    jurisdiction = build_jurisdiction(scenario)
    batch = sample_disputes(scenario, jurisdiction, compile_protocol(scenario, jurisdiction), 1, 0)
    cohort = (~batch.opening) & (batch.emerged_s < jurisdiction.cohort_end_s)
    assert (batch.surfacing[cohort] == Surfacing.PATROL).mean() > 0.1
    for category, expected in enumerate(surfaced_by_category(scenario, jurisdiction)):
        of_category = cohort & (batch.category == category)
        surfaced = of_category & (batch.surfacing != Surfacing.NOT)
        age_days = (batch.surfaced_s - batch.emerged_s)[surfaced] / SECONDS_PER_DAY
        margin = 3.29 * np.sqrt(expected.share * (1 - expected.share) / of_category.sum())
        assert margin < 0.03
        assert surfaced.sum() / of_category.sum() == pytest.approx(expected.share, abs=margin)
        assert age_days.mean() == pytest.approx(expected.age_days, abs=3.29 * age_days.std() / np.sqrt(len(age_days)))


def test_a_latent_phase_that_is_not_exponential_is_refused_by_its_key(make_scenario: MakeScenario) -> None:
    latent = {"self_report_days": {"neighbours": days(40), "land": days(9, "deterministic")}, "fade_days": days(60)}
    scenario = latent_place(make_scenario, latent=latent)
    with pytest.raises(ValueError, match=r"latent\.self_report_days\.land"):
        surfaced_by_category(scenario, build_jurisdiction(scenario))
