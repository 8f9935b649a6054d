from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.jurisdiction.build import build_jurisdiction
from sim.sampling.arrival_streams import season_weights
from sim.sampling.emergence import EmergedDisputes, draw_emergence
from sim.sampling.streams import Streams
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_DAY
from tests.unit.sampling.rich_place import exponential_days
from tests.unit.scenario_factory import category, make_scenario, units_by_table

SEASON = {"monthly_index": [3.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5]}


def emerged(scenario: Scenario, replication: int = 0) -> EmergedDisputes:
    return draw_emergence(scenario, build_jurisdiction(scenario), Streams(11, replication))


def horizon(**changes: Any) -> dict[str, Any]:
    fields = {"start_date": "2024-01-01", "warmup_years": 0, "cohort_years": 1, "follow_days": 180, "latent_days": 0}
    return fields | changes


def counts_of_replications(scenario: Scenario, count: int) -> np.ndarray:
    """Disputes of each replication, float64 (count,)."""
    jurisdiction = build_jurisdiction(scenario)
    draws = [draw_emergence(scenario, jurisdiction, Streams(11, replication)) for replication in range(count)]
    return np.array([len(disputes.emerged_s) for disputes in draws], dtype=np.float64)


def test_the_number_of_disputes_is_poisson_with_the_stated_rate() -> None:
    scenario = make_scenario(emergence={"rate_per_1000_per_year": 25.0}, horizon=horizon(latent_days=100))
    counts = counts_of_replications(scenario, 300)
    expected = 4_000 / 1_000 * 25 * (365 + 180 + 100) / 365
    assert counts.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected / len(counts)))
    assert counts.var(ddof=1) == pytest.approx(expected, rel=4 * np.sqrt(2 / len(counts)))


def test_frailty_spreads_home_units_as_a_gamma_of_mean_one() -> None:
    units = {"by": "count", "counts": {"village": 4_000, "town": 2, "county": 1}, "population_persons": 400_000}
    scenario = make_scenario(
        units=units,
        frailty={"shape": 2.0, "fixed": False},
        emergence={"rate_per_1000_per_year": 100.0},
        horizon=horizon(follow_days=365),
    )
    counts = np.bincount(emerged(scenario).home_unit, minlength=4_000)
    mean = 100_000 / 1_000 * 400 * 2 / 4_000
    variance = mean + mean**2 / 2.0
    assert counts.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / 4_000))
    assert counts.var() == pytest.approx(variance, rel=0.15)


@pytest.mark.parametrize("fixed", [True, False])
def test_fixed_frailty_keeps_hot_spots_over_replications(fixed: bool) -> None:
    scenario = make_scenario(
        frailty={"shape": 1.0, "fixed": fixed}, emergence={"rate_per_1000_per_year": 1_000.0}, year_effect=None
    )
    shares = [
        np.bincount(emerged(scenario, r).home_unit, minlength=4) / len(emerged(scenario, r).home_unit) for r in (0, 1)
    ]
    assert (np.abs(shares[0] - shares[1]).max() < 0.05) == fixed


def test_the_year_effect_moves_whole_years_together() -> None:
    scenario = make_scenario(year_effect={"shape": 5.0}, horizon=horizon(follow_days=365))
    counts = counts_of_replications(scenario, 400)
    yearly = 4_000 / 1_000 * 10
    variance = 2 * (yearly + yearly**2 / 5.0)
    assert counts.mean() == pytest.approx(2 * yearly, abs=4 * np.sqrt(variance / len(counts)))
    assert counts.var(ddof=1) == pytest.approx(variance, rel=0.35)


def test_the_season_spreads_a_year_over_its_months() -> None:
    scenario = make_scenario(
        season=SEASON,
        emergence={"rate_per_1000_per_year": 10_000.0},
        horizon=horizon(start_date="2023-01-01", follow_days=365),
    )
    disputes = emerged(scenario)
    jurisdiction = build_jurisdiction(scenario)
    day = disputes.emerged_s // SECONDS_PER_DAY
    found = np.bincount(jurisdiction.month_of_day[day[day < 365]], minlength=12)
    weights = np.array(SEASON["monthly_index"]) * [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    expected = 40_000 * weights / weights.sum()
    assert found[1] == 0
    assert np.delete(found, 1) == pytest.approx(np.delete(expected, 1), abs=4.5 * np.sqrt(expected.max()))
    second_of_day = disputes.emerged_s % SECONDS_PER_DAY
    assert stats.kstest(second_of_day / SECONDS_PER_DAY, stats.uniform.cdf).pvalue > 0.001


@pytest.mark.parametrize("start_date", ["2023-01-01", "2024-07-15"])
def test_a_season_leaves_the_first_year_s_total_as_it_is(start_date: str) -> None:
    scenario = make_scenario(season=SEASON, horizon=horizon(start_date=start_date, latent_days=200))
    weights = season_weights(scenario, build_jurisdiction(scenario))
    assert weights[200 : 200 + 365].sum() == pytest.approx(1)


def test_disputes_emerge_within_the_span_and_in_order() -> None:
    # So many that some fall in the same second.
    disputes = emerged(make_scenario(emergence={"rate_per_1000_per_year": 20_000.0}, horizon=horizon(latent_days=100)))
    assert -100 <= disputes.emerged_s.min() / SECONDS_PER_DAY < -99
    assert 544 < disputes.emerged_s.max() / SECONDS_PER_DAY < 545
    columns = (disputes.emerged_s, disputes.home_unit, disputes.category)
    keys = list(zip(*(column.tolist() for column in columns), strict=True))
    assert keys == sorted(keys)
    assert (np.diff(disputes.emerged_s) == 0).sum() > 50


def test_home_units_share_by_population_and_categories_by_share() -> None:
    rows: list[dict[str, Any]] = [
        {"unit_id": "c", "tier": "county"},
        {"unit_id": "t", "tier": "town", "parent_id": "c"},
    ]
    villages = [("a", 7_000), ("b", 2_000), ("d", 0)]
    rows += [{"unit_id": u, "tier": "village", "parent_id": "t", "population_persons": p} for u, p in villages]
    scenario = make_scenario(
        units=units_by_table(rows),
        emergence={"rate_per_1000_per_year": 1_000.0},
        categories={"neighbours": category(0.6), "land": category(0.0), "debt": category(0.4)},
    )
    disputes = emerged(scenario)
    total = len(disputes.emerged_s)
    of_unit, of_category = np.bincount(disputes.home_unit, minlength=3), np.bincount(disputes.category, minlength=3)
    assert of_unit[2] == 0
    assert of_category[1] == 0
    assert of_unit[0] == pytest.approx(total * 7 / 9, abs=4 * np.sqrt(total * 14 / 81))
    assert of_category[0] == pytest.approx(total * 0.6, abs=4 * np.sqrt(total * 0.24))


def test_the_hash_says_whether_disputes_are_the_same() -> None:
    base = emerged(make_scenario()).emergence_hash
    assert (
        emerged(make_scenario(patience=None, hardening={"logit_per_30_days": 1.0, "cap_days": 9.0})).emergence_hash
        == base
    )
    assert emerged(make_scenario(), replication=1).emergence_hash != base
    assert emerged(make_scenario(emergence={"rate_per_1000_per_year": 10.5})).emergence_hash != base
    shares = {"neighbours": category(0.5), "land": category(0.5)}
    assert emerged(make_scenario(categories=shares)).emergence_hash != base
    backlog = {"disputes": 3, "age_days": exponential_days(9.0), "theta_shift_logit": 0.0}
    assert emerged(make_scenario(opening_backlog=backlog)).emergence_hash != base


def test_a_later_end_only_adds_disputes_where_it_adds_whole_years() -> None:
    short = emerged(make_scenario(horizon=horizon(follow_days=365)))
    long = emerged(make_scenario(horizon=horizon(follow_days=365, cohort_years=3)))
    assert np.array_equal(long.emerged_s[: len(short.emerged_s)], short.emerged_s)
    assert np.array_equal(long.category[: len(short.emerged_s)], short.category)


def test_the_backlog_follows_with_its_ages_in_the_home_units_by_rate() -> None:
    rows: list[dict[str, Any]] = [
        {"unit_id": "c", "tier": "county"},
        {"unit_id": "t", "tier": "town", "parent_id": "c"},
    ]
    rows += [
        {"unit_id": u, "tier": "village", "parent_id": "t", "population_persons": p}
        for u, p in (("a", 300), ("b", 100))
    ]
    backlog = {"disputes": 4_000, "age_days": exponential_days(60.0), "theta_shift_logit": 0.0}
    disputes = emerged(make_scenario(units=units_by_table(rows), opening_backlog=backlog))
    assert disputes.backlog_count == 4_000
    opening = slice(disputes.emerging_count, None)
    age_days = -disputes.emerged_s[opening] / SECONDS_PER_DAY
    assert stats.kstest(age_days, stats.expon(scale=60).cdf).pvalue > 0.001
    assert (disputes.home_unit[opening] == 0).mean() == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / 4_000))
    assert (np.diff(disputes.emerged_s[opening]) >= 0).all()


def test_a_place_without_disputes_is_no_special_case() -> None:
    disputes = emerged(make_scenario(emergence={"rate_per_1000_per_year": 0.0}))
    assert len(disputes.emerged_s) == disputes.emerging_count == 0
