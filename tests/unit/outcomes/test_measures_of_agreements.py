"""Measures of a run with broken agreements, by hand: who is settled at an age, time unresolved, recurrences, visits."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.outcomes.ages import State, unresolved_s
from sim.outcomes.agreements import agreement_rows
from sim.outcomes.cohort import states_at_age
from sim.outcomes.distributions import SETTLEMENT, distributions
from sim.outcomes.measures import measures_frame
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.tables import dispute_table, visit_table
from sim.vocabulary import DAYS_PER_YEAR
from tests.behaviour.story import DAY, HOUR, at
from tests.unit.outcomes.broken_agreements import HORIZON_DAYS, scenario, told

WAGE_YUAN_PER_HOUR = 10.0


def _observed(horizon_days: int = HORIZON_DAYS, breached_s: tuple[int, int] | None = None) -> ObservedRun:
    run = told()
    place = replace(run.jurisdiction, warmup_s=0, cohort_end_s=7 * DAY, horizon_s=horizon_days * DAY)
    staff = replace(place.staff, wage_yuan_per_hour=np.full(3, WAGE_YUAN_PER_HOUR))
    trajectory = run.trajectory
    if breached_s is not None:
        trajectory = replace(trajectory, breaches=replace(trajectory.breaches, breached_s=np.array(breached_s)))
    return observe(replace(place, staff=staff), run.protocol, run.batch, trajectory, scenario().measures)


@cache
def _values() -> dict[tuple[str, str], float]:
    frame = measures_frame(_observed(), np.random.default_rng(1))
    whole = frame[frame["category"] == ""]
    return dict(zip(zip(whole["measure"], whole["tier"], strict=True), whole["value"], strict=True))


PER_1000_PER_YEAR = DAYS_PER_YEAR / HORIZON_DAYS
"""One event among 1,000 residents in the whole run."""

EXPECTED = {
    ("recurrences_per_1000_per_year", ""): 2 * PER_1000_PER_YEAR,
    ("recurrences_per_1000_per_year", "village"): 2 * PER_1000_PER_YEAR,
    ("recurrences_per_1000_per_year", "town"): 0.0,
    ("follow_ups_per_1000_per_year", ""): 5 * PER_1000_PER_YEAR,
    ("follow_ups_per_1000_per_year", "village"): 3 * PER_1000_PER_YEAR,
    ("follow_ups_per_1000_per_year", "town"): 2 * PER_1000_PER_YEAR,
    ("follow_ups_skipped_share", ""): 1 / 6,
    ("follow_ups_skipped_share", "village"): 1 / 4,
    ("follow_ups_skipped_share", "town"): 0.0,
    ("follow_up_cost_yuan_per_settled", ""): 5 * 2 * WAGE_YUAN_PER_HOUR / 2,
    ("registered_per_1000_per_year", ""): 3 * PER_1000_PER_YEAR,
    ("days_registration_to_settlement_mean", ""): (1 + 2 + 1 + 2) / 4 / 24,
    ("settled_at_or_below_village_share", ""): 1 / 3,
}


@pytest.mark.parametrize("key", EXPECTED)
def test_measure_is_what_the_pencil_says(key: tuple[str, str]) -> None:
    assert _values()[key] == pytest.approx(EXPECTED[key], nan_ok=True)


def test_the_cost_of_visits_is_part_of_the_cost_per_settled() -> None:
    requests = told().trajectory.requests
    hours = (requests.effort_s + requests.travel_s).sum() / HOUR
    assert _values()["cost_yuan_per_settled", ""] == pytest.approx(hours * WAGE_YUAN_PER_HOUR / 2)


@pytest.mark.parametrize(
    ("age_hours", "state"), [(1, "settled"), (72, "settled"), (73, "open"), (74, "open"), (75, "settled")]
)
def test_between_an_agreement_and_its_breach_a_dispute_is_settled(age_hours: int, state: str) -> None:
    """Dispute 0 emerges 0 8:00, is settled at 1 hour, back at 73 hours and settled at 75."""
    states = states_at_age(_observed(), age_hours / 24)  # type: ignore[arg-type]
    assert State(states.code[0]).name.lower() == state


@pytest.mark.parametrize(("days", "hours"), [(1, [1, 24, 1]), (3, [1, 38, 3]), (4, [3, 38, 3]), (180, [3, 38, 3])])
def test_time_unresolved_leaves_out_the_time_between(days: int, hours: list[int]) -> None:
    run = _observed()
    assert (unresolved_s(run.episodes, run.batch.emerged_s, days) / HOUR).tolist() == hours


def test_recurrences_count_within_a_year_of_agreements_followed_so_long() -> None:
    later = _observed(horizon_days=DAYS_PER_YEAR + 9, breached_s=(at("3d 09:00"), at("6d 01:00") + 366 * DAY))
    rows = {(row.measure, row.category): row.value for row in agreement_rows(later)}
    assert rows["recurrence_share_365d", ""] == 0.5
    assert np.isnan(_values()["recurrence_share_365d", ""]), "nobody is followed for a year"


def test_the_curve_of_settlement_falls_where_agreements_break() -> None:
    run = _observed(horizon_days=11)
    by_quantity = {histogram.quantity: histogram for histogram in distributions(run)}
    assert by_quantity[SETTLEMENT].count.tolist() == [2, 0, 0, 0], "2 is back and settled on day 2, 0 on day 4"
    assert by_quantity[SETTLEMENT].of == 3


def test_tables_tell_the_episodes() -> None:
    run = _observed()
    disputes, visits = dispute_table(run), visit_table(run)
    assert disputes["episode_count"].tolist() == [2, 1, 2]
    assert visits["episode"].tolist() == [0, 1, 1, 0, 0, 0, 0, 1]
    assert isinstance(disputes, pd.DataFrame)
