import pytest
from scipy.special import expit, logit

from calibration.expected_load import TierHours, expected_hours, load_posts_per_unit
from calibration.scenario_ladder import Ladder, ladder_of
from calibration.starting_points import StartingPoint, StartingPoints
from sim.jurisdiction import build_jurisdiction
from sim.specification.schema import Scenario
from tests.unit.scenario_factory import MakeScenario, category, days, desk, intake, outreach, staff_group, tier

KINDS = ("village", "town", "county")
SHARES = {("settled_share", kind): StartingPoint(0.5, None, None, (), "made up") for kind in KINDS}


def place(make_scenario: MakeScenario) -> tuple[Scenario, Ladder]:
    """Equal disputes and independent luck: a session of ability a settles expit(a) of what comes to it."""
    village = {
        "reception": intake("village_mediators", effort_hours=0.5),
        "desk": desk("village_mediators", effort_hours=2.0),
        "visit": outreach("village_mediators", effort_hours=4.0, bonus_logit=1.0),
    }
    scenario = make_scenario(
        tiers={
            "village": tier("village", village),
            "town": tier("town", {"desk": desk("town_cadres", effort_hours=10.0)}),
            "county": tier("county", {"desk": desk("county_centre", effort_hours=20.0)}),
        },
        categories={"neighbours": category(1.0, difficulty_sd_logit=0.0, effort_factor=1.5)},
        settlement={"gain_per_session_logit": 0.5, "noise_correlation": 0.0},
        travel={"round_trip_hours": {"village": 3.0, "town": 5.0, "county": 5.0}},
        handover={"delay_days": days(1), "hours": 0.25},
    )
    return scenario, ladder_of(scenario, StartingPoints("made up", SHARES))


def test_hours_of_a_case_are_those_of_the_sessions_that_it_comes_to(make_scenario: MakeScenario) -> None:
    scenario, ladder = place(make_scenario)
    village, town, county = expected_hours(scenario, ladder, [0.0, 1.0, 2.0])
    fails_desk, fails_visit = 0.5, 1 - expit(0.0 + 1.0 + 0.5)
    assert village.effort_hours == pytest.approx(1.5 * (0.5 + 2.0 + fails_desk * 4.0))
    assert village.travel_hours == pytest.approx(fails_desk * 3.0)
    assert village.handover_hours == pytest.approx(0.25 * fails_desk * fails_visit)
    assert town.effort_hours == pytest.approx(1.5 * 10.0)
    assert town.handover_hours == pytest.approx(0.25 * (1 - expit(1.0)))
    assert county.hours == pytest.approx(1.5 * 20.0)
    assert county.handover_hours == 0.0


def test_load_is_the_work_of_a_unit_over_what_a_post_gives(make_scenario: MakeScenario) -> None:
    groups = {
        "village_mediators": staff_group("village", 4),
        "town_cadres": staff_group("town", 2, admin_share=0.4, patrol_share=0.1),
        "county_centre": staff_group("county", 1),
    }
    jurisdiction = build_jurisdiction(make_scenario(staff_groups=groups))
    hours = TierHours("town", effort_hours=20.0, travel_hours=4.0, handover_hours=1.0)
    # 100 cases a year over two towns, a post that is always open and gives half of its hours.
    load = load_posts_per_unit(jurisdiction, "town_cadres", 100.0, hours)
    assert load == pytest.approx(50 * 25 / (365 * 24 * 0.5))


def test_a_ladder_reads_bonuses_authority_and_categories(make_scenario: MakeScenario) -> None:
    scenario, ladder = place(make_scenario)
    assert [(sessions.tier, sessions.bonuses_logit) for sessions in ladder.tiers] == [
        ("village", (0.0, 1.0)),
        ("town", (0.0,)),
        ("county", (0.0,)),
    ]
    assert ladder.kinds == KINDS
    assert (ladder.gain_logit, ladder.noise_correlation) == (0.5, 0.0)
    assert logit(ladder.tiers[0].stated_share) == 0.0
    assert [c.sd_logit for c in ladder.categories] == [0.0]
    assert scenario.tiers.keys() == set(KINDS)
