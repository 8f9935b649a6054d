from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.jurisdiction.build import build_jurisdiction
from sim.sampling.contract import DisputeBatch
from sim.sampling.difficulty import Difficulty
from sim.sampling.draws import Draws, Float64
from sim.sampling.emergence import EmergedDisputes, draw_emergence
from sim.sampling.latent import LatentFates, patrol_finds_per_household_per_day, run_latent_race
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.specification.schema.disputes import Patrol
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, Surfacing
from tests.unit.sampling.rich_place import exponential_days, rich_scenario, sampled
from tests.unit.scenario_factory import category, days, make_scenario, staff_group

ONE = {"only": category(1.0, difficulty_sd_logit=0.0)}
MANY = {"rate_per_1000_per_year": 3_000.0}
YEARS = {"start_date": "2024-01-01", "warmup_years": 0, "cohort_years": 1, "follow_days": 180}


def latent(report: dict[str, Any], fade: dict[str, Any]) -> dict[str, Any]:
    return {"self_report_days": {"only": report}, "fade_days": fade}


def one_category(**blocks: Any) -> Scenario:
    return make_scenario(**({"categories": ONE, "emergence": MANY} | blocks))


class UnitExponentials(Draws):
    """Draws whose exponentials are all 1."""

    __slots__ = ()

    def exponentials(self, name: str) -> Float64:
        return np.ones_like(super().exponentials(name))


def fates_of_one(scenario: Scenario) -> LatentFates:
    """The latent phase of one average dispute that emerges at 0 and has an incident after one unit of hazard."""
    disputes = EmergedDisputes(
        home_unit=np.zeros(1, np.int32),
        category=np.zeros(1, np.int32),
        emerged_s=np.zeros(1, np.int64),
        emerging_count=1,
        shock_counts=(),
        spared=np.zeros(1, np.bool_),
        emergence_hash="",
    )
    difficulty = Difficulty(np.zeros(1), np.zeros(1))
    draws = UnitExponentials(Streams(1, 0), 1, 0)
    return run_latent_race(scenario, build_jurisdiction(scenario), disputes, difficulty, draws)


def incident_after(age_days: float, *, open_multiplier: float = 1.0) -> dict[str, float]:
    """An incident block under which one unit of latent hazard has gathered at the given age."""
    rate = 365 / age_days
    return {"hazard_per_dispute_per_year": rate, "difficulty_exponent": 0.0, "open_multiplier": open_multiplier}


def share(flags: Any) -> tuple[float, float]:
    """Mean of flags and four standard errors of it."""
    mean = float(np.mean(flags))
    return mean, 4 * np.sqrt(mean * (1 - mean) / len(flags))


def test_self_report_and_fading_win_in_proportion_to_their_rates() -> None:
    batch = sampled(one_category(latent=latent(exponential_days(30.0), exponential_days(90.0))))
    found, room = share(batch.surfacing == Surfacing.SELF_REPORT)
    assert found == pytest.approx((1 / 30) / (1 / 30 + 1 / 90), abs=room)
    assert ((batch.faded_s < NEVER_S) ^ (batch.surfaced_s < NEVER_S)).all()
    waited_days = (np.minimum(batch.surfaced_s, batch.faded_s) - batch.emerged_s) / SECONDS_PER_DAY
    assert waited_days.mean() == pytest.approx(22.5, abs=4 * 22.5 / np.sqrt(len(waited_days)))


def test_patrol_report_fading_and_incident_win_in_proportion_to_their_rates() -> None:
    scenario = one_category(
        latent=latent(exponential_days(40.0), exponential_days(80.0)),
        patrol={"hours_per_visit": 1.0, "find_prob": 0.25},
        staff_groups={
            "village_mediators": staff_group("village", 4, patrol_share=0.5),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
        },
        incident={"hazard_per_dispute_per_year": 4.0, "difficulty_exponent": 1.0, "open_multiplier": 1.0},
    )
    batch = sampled(scenario)
    # One post of 24 hours a day, half of them on patrol, over 250 households.
    rates = {"report": 1 / 40, "fade": 1 / 80, "patrol": 12 / 250 * 0.25, "incident": 4 / 365}
    won = {
        "report": batch.surfacing == Surfacing.SELF_REPORT,
        "fade": batch.faded_s < NEVER_S,
        "patrol": batch.surfacing == Surfacing.PATROL,
        "incident": (batch.surfaced_s == NEVER_S) & (batch.incident_s < NEVER_S),
    }
    for name, flags in won.items():
        found, room = share(flags)
        assert found == pytest.approx(rates[name] / sum(rates.values()), abs=room), name


def test_the_latent_stock_at_the_start_is_that_of_an_infinite_server_queue() -> None:
    horizon = YEARS | {"latent_days": 100}
    scenario = one_category(
        horizon=horizon, emergence={"rate_per_1000_per_year": 500.0}, latent=latent(days(60.0), exponential_days(50.0))
    )
    stocks = [float((sampled(scenario, replication=r).emerged_s < 0).sum()) for r in range(60)]
    # Erlang's λ · ∫₀^60 exp(−x/50) dx: each stays latent until it fades, at most 60 days.
    expected = 4 * 500 / 365 * 50 * (1 - np.exp(-60 / 50))
    assert np.mean(stocks) == pytest.approx(expected, abs=4 * np.sqrt(expected / len(stocks)))


def test_without_a_latent_block_every_dispute_reports_itself_at_once() -> None:
    batch = sampled(make_scenario(horizon=YEARS | {"latent_days": 50}))
    assert (batch.emerged_s >= 0).all()
    assert np.array_equal(batch.surfaced_s, batch.emerged_s)
    assert (batch.surfacing == Surfacing.SELF_REPORT).all()
    assert (batch.faded_s == NEVER_S).all()


def test_surfacing_beats_fading_in_the_same_second() -> None:
    fates = fates_of_one(one_category(latent=latent(days(10.0), days(10.0))))
    assert (fates.surfaced_s[0], fates.faded_s[0]) == (10 * SECONDS_PER_DAY, NEVER_S)


@pytest.mark.parametrize(("report", "fade"), [(10.0, 20.0), (20.0, 10.0), (10.0, 10.0), (0.0, 0.0)])
def test_an_incident_beats_surfacing_and_fading_in_the_same_second(report: float, fade: float) -> None:
    first = min(report, fade)
    scenario = one_category(latent=latent(days(report), days(fade)), incident=incident_after(max(first, 1e-9)))
    fates = fates_of_one(scenario)
    assert fates.incident_s[0] == round(first * SECONDS_PER_DAY)
    assert (fates.surfaced_s[0], fates.faded_s[0], fates.surfacing[0]) == (NEVER_S, NEVER_S, Surfacing.NOT)


def test_an_incident_compressed_into_the_second_of_surfacing_still_beats_it() -> None:
    just_after = 10 + 0.6 / SECONDS_PER_DAY
    scenario = one_category(
        latent=latent(days(10.0), days(20.0)), incident=incident_after(just_after, open_multiplier=100.0)
    )
    fates = fates_of_one(scenario)
    assert (fates.incident_s[0], fates.surfaced_s[0]) == (10 * SECONDS_PER_DAY, NEVER_S)


@pytest.mark.parametrize(("multiplier", "age_days"), [(0.5, 10 + 20 * 2), (1.0, 30), (4.0, 10 + 20 / 4)])
def test_the_hazard_left_at_surfacing_runs_at_the_open_pace(multiplier: float, age_days: float) -> None:
    incident = incident_after(30.0, open_multiplier=multiplier)
    fates = fates_of_one(one_category(latent=latent(days(10.0), days(50.0)), incident=incident))
    assert fates.surfaced_s[0] == 10 * SECONDS_PER_DAY
    assert fates.incident_s[0] == round(age_days * SECONDS_PER_DAY)


def test_a_dispute_that_fades_first_has_no_incident() -> None:
    fates = fates_of_one(one_category(latent=latent(days(50.0), days(10.0)), incident=incident_after(30.0)))
    assert (fates.faded_s[0], fates.incident_s[0]) == (10 * SECONDS_PER_DAY, NEVER_S)


def test_patrols_add_over_groups_and_thin_over_the_households_of_their_block() -> None:
    scenario = make_scenario(
        travel={"round_trip_hours": {"village": 0.5, "town": 2.0}},
        calendars={
            "always": {"kind": "always"},
            "mornings": {
                "kind": "weekly",
                "windows": [{"days": ["mon"], "opens": "08:00", "closes": "15:00"}],
                "statutory": False,
                "make_up_as": "mon",
            },
        },
        horizon=YEARS | {"latent_days": 0, "follow_days": 181},  # 78 weeks
        staff_groups={
            "village_mediators": staff_group("village", 8, patrol_share=0.25),
            "town_cadres": staff_group("town", 2, patrol_share=0.5, calendar="mornings"),
            "county_centre": staff_group("county", 0, patrol_share=0.5),
        },
    )
    rates = patrol_finds_per_household_per_day(Patrol(hours_per_visit=1.0, find_prob=0.3), build_jurisdiction(scenario))
    village = 2 * 0.25 * 24 / (1.0 + 0.5) / 250
    town = 1 * 0.5 * 1 / (1.0 + 2.0) / 500
    assert rates == pytest.approx(np.full(4, 0.3 * (village + town)), rel=1e-9)


def test_disputes_of_several_households_are_found_sooner() -> None:
    categories = {"one": category(0.5), "three": category(0.5, households_involved=3)}
    never = {"distribution": "deterministic", "mean_days": 1e9}
    scenario = make_scenario(
        categories=categories,
        emergence=MANY,
        latent={"self_report_days": {"one": never, "three": never}, "fade_days": never},
        patrol={"hours_per_visit": 2.0, "find_prob": 0.5},
        staff_groups={
            "village_mediators": staff_group("village", 4, patrol_share=0.5),
            "town_cadres": staff_group("town", 2),
            "county_centre": staff_group("county", 1),
        },
    )
    batch = sampled(scenario)
    waited_days = (batch.surfaced_s - batch.emerged_s) / SECONDS_PER_DAY
    alone_days = 250 / (6 * 0.5)
    for index, mean in enumerate([alone_days, alone_days / 3]):
        of_kind = waited_days[batch.category == index]
        assert of_kind.mean() == pytest.approx(mean, abs=4 * mean / np.sqrt(len(of_kind)))


def test_the_opening_backlog_is_known_at_the_start_and_its_incident_clock_starts_there() -> None:
    scenario = rich_scenario(
        opening_backlog={"disputes": 3_000, "age_days": days(100.0), "theta_shift_logit": 0.0},
        incident={"hazard_per_dispute_per_year": 2.0, "difficulty_exponent": 0.0, "open_multiplier": 0.5},
    )
    batch = sampled(scenario)
    backlog = batch.surfacing == Surfacing.OPENING_BACKLOG
    assert backlog.sum() == 3_000
    assert (batch.opening & (batch.surfaced_s == 0) & (batch.registered_s == 0))[backlog].all()
    assert (batch.emerged_s[backlog] == -100 * SECONDS_PER_DAY).all()
    assert (batch.faded_s[backlog] == NEVER_S).all()
    years = batch.incident_s[backlog] / SECONDS_PER_DAY / 365
    assert years.min() > 0
    assert years.mean() == pytest.approx(1.0, abs=4 / np.sqrt(3_000))


def test_hardening_of_an_old_backlog_brings_its_incidents_forward() -> None:
    def mean_years(age_days: float) -> float:
        scenario = rich_scenario(
            opening_backlog={"disputes": 2_000, "age_days": days(age_days), "theta_shift_logit": 0.0},
            categories={"only": category(1.0, difficulty_sd_logit=0.0)},
            latent=None,
            patrol=None,
            hardening={"logit_per_30_days": 0.3, "cap_days": 300.0},
            incident={"hazard_per_dispute_per_year": 50.0, "difficulty_exponent": 1.0, "open_multiplier": 1.0},
        )
        batch = sampled(scenario)
        backlog = batch.surfacing == Surfacing.OPENING_BACKLOG
        return float(batch.incident_s[backlog].mean()) / SECONDS_PER_DAY / 365

    # At the cap the hazard is exp(3) times that of a new dispute.
    assert mean_years(400.0) == pytest.approx(1 / 50 / np.exp(3), rel=4 / np.sqrt(2_000))
    assert mean_years(0.0) > 5 * mean_years(400.0)


def test_a_case_open_at_the_start_is_a_case_before_its_incident() -> None:
    incident = {"hazard_per_dispute_per_year": 1e12, "difficulty_exponent": 0.0, "open_multiplier": 1.0}
    batch = sampled(rich_scenario(incident=incident))
    backlog = batch.surfacing == Surfacing.OPENING_BACKLOG
    assert backlog.sum() == 40
    assert (batch.incident_s[backlog] == 1).all()


def consistent(batch: DisputeBatch) -> None:
    surfaces, fades = batch.surfaced_s < NEVER_S, batch.faded_s < NEVER_S
    violent = batch.incident_s < NEVER_S
    assert not (surfaces & fades).any()
    assert not (fades & violent).any()
    assert (batch.incident_s > batch.surfaced_s)[surfaces].all()
    assert ((batch.surfacing == Surfacing.NOT) == ~surfaces).all()
    first_s = np.minimum(np.minimum(batch.surfaced_s, batch.faded_s), batch.incident_s)
    assert (first_s >= 0).all()
    assert (first_s >= batch.emerged_s).all()


def test_only_disputes_still_latent_at_the_start_open_the_run_and_keep_their_ids() -> None:
    scenario = rich_scenario()
    everyone = draw_emergence(scenario, build_jurisdiction(scenario), Streams(1, 0))
    batch = sampled(scenario)
    consistent(batch)
    assert np.array_equal(batch.emerged_s, everyone.emerged_s[batch.dispute_id])
    assert np.array_equal(batch.home_unit, everyone.home_unit[batch.dispute_id])
    dropped = np.setdiff1d(np.arange(len(everyone.emerged_s)), batch.dispute_id)
    assert len(dropped) > 0
    assert (everyone.emerged_s[dropped] < 0).all()
    assert np.array_equal(batch.opening, (batch.emerged_s < 0) | (batch.surfacing == Surfacing.OPENING_BACKLOG))


@pytest.mark.parametrize("off", ["incident", "hardening", "patrol", "opening_backlog", "season", "frailty"])
def test_the_latent_phase_is_consistent_with_any_mechanism_off(off: str) -> None:
    consistent(sampled(rich_scenario(**{off: None})))


def test_more_patrol_never_surfaces_a_dispute_later() -> None:
    scenario = rich_scenario(incident=None, horizon=YEARS | {"latent_days": 0})
    groups = {
        group_id: group.model_copy(update={"patrol_share": 2 * group.patrol_share})
        for group_id, group in scenario.staff_groups.items()
    }
    less, more = sampled(scenario), sampled(scenario.model_copy(update={"staff_groups": groups}))
    assert np.array_equal(less.dispute_id, more.dispute_id)
    assert (more.surfaced_s <= less.surfaced_s).all()
    assert (more.surfaced_s < less.surfaced_s).any()
    assert less.emergence_hash == more.emergence_hash


def test_fates_of_rows_are_those_rows() -> None:
    instants = np.arange(4)
    fates = LatentFates(instants, np.zeros(4, dtype=np.int8), instants + 20, instants + 30)
    rows = fates.of_rows(np.array([1, 3]))
    assert rows.surfaced_s.tolist() == [1, 3]
    assert rows.incident_s.tolist() == [31, 33]


def test_distance_lengthens_every_time_to_self_report_and_nothing_else() -> None:
    near, far = (
        fates_of_one(one_category(latent=latent(days(10.0), days(100.0)) | {"self_report_delay_factor": factor}))
        for factor in (0.5, 2.0)
    )
    assert (near.surfaced_s[0], far.surfaced_s[0]) == (5 * SECONDS_PER_DAY, 20 * SECONDS_PER_DAY)


def test_the_further_parties_have_to_go_the_fewer_report_in_time() -> None:
    race = latent(exponential_days(30.0), exponential_days(90.0))
    batches = [
        sampled(one_category(latent=race | {"self_report_delay_factor": factor})) for factor in (0.5, 1.0, 1.5, 4.0)
    ]
    for nearer, further in pairwise(batches):
        assert (further.surfaced_s >= nearer.surfaced_s).all()
        assert (further.faded_s <= nearer.faded_s).all()
        assert (further.faded_s < NEVER_S).sum() > (nearer.faded_s < NEVER_S).sum()
    usual = sampled(one_category(latent=race))
    assert np.array_equal(batches[1].surfaced_s, usual.surfaced_s)
