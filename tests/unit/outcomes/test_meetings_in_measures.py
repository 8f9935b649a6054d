"""What meetings do to the measures, under common random numbers, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest

from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY
from tests.equivalence.same_bytes import assert_same_bytes, run_once
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import meeting

Values = dict[tuple[str, str], float]


def with_meeting(digits: list[int] | None, minutes: int = 40, **centre: Any) -> Scenario:
    """The busy place whose county meets on the days that end in some digits, instead of its desk; None: no meeting."""
    blocks = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)
    sessions = {"together": meeting("centre", "cadres", "volunteers", calendar="market_days", minutes_per_case=minutes)}
    blocks["tiers"]["county"]["sessions"] = {} if digits is None else sessions
    blocks["staff_groups"]["centre"] |= centre
    window = {"by": "last_digit", "days": digits or [7], "opens": "19:00", "closes": "21:00"}
    blocks["calendars"]["market_days"] = {"kind": "monthly", "windows": [window]}
    return busy_scenario(**{key: blocks[key] for key in ("tiers", "staff_groups", "calendars")})


def measured(scenario: Scenario) -> Values:
    frame = run_once(scenario)[1].measures
    whole = frame[frame["category"] == ""]
    return dict(zip(zip(whole["measure"], whole["tier"], strict=True), whole["value"], strict=True))


@pytest.fixture(scope="module")
def seldom() -> Values:
    return measured(with_meeting([7]))


def test_more_meetings_mean_shorter_waits_and_sooner_settlements(seldom: Values) -> None:
    often = measured(with_meeting([1, 4, 7]))
    assert often["waiting_hours_mean", "county"] < seldom["waiting_hours_mean", "county"]
    assert often["settled_share_90d", ""] > seldom["settled_share_90d", ""]
    assert often["staff_hours_per_year", "group:centre"] > seldom["staff_hours_per_year", "group:centre"]


def test_less_time_for_each_case_makes_room_for_more_of_them(seldom: Values) -> None:
    brisk = measured(with_meeting([7], minutes=10))
    assert brisk["waiting_hours_mean", "county"] < seldom["waiting_hours_mean", "county"]
    assert brisk["queue_mean_count", "county"] < seldom["queue_mean_count", "county"]


def test_every_group_pays_for_every_hour_of_every_meeting_and_no_post_is_occupied(seldom: Values) -> None:
    run = run_once(with_meeting([7]))[0]
    at_meeting = run.requests.post[run.seats.request] < 0
    hours_of_meetings = 2 * len(set(run.requests.started_s[run.seats.request[at_meeting]].tolist()))
    seats = run.seats.effort_s[at_meeting].sum() / 3_600
    # Three groups, each with a post for every home unit.
    assert seats == pytest.approx(3 * hours_of_meetings)
    assert seldom["staff_hours_per_year", "group:centre"] > 0
    assert seldom["utilisation", "group:centre"] == 0
    assert seldom["held_hours_per_year", ""] == 0


def test_the_total_cost_has_meetings_after_hours_and_none_that_are_paid_as_working_hours(seldom: Values) -> None:
    """Volunteers work on evenings of three weekdays until 21:30, when a meeting is in their hours; others do not."""
    scenario = with_meeting([7])
    run = run_once(scenario)[0]
    started_s, start = run.requests.started_s[run.requests.post < 0], scenario.horizon.start_date
    opens_s = {second for second in started_s.tolist() if 365 * SECONDS_PER_DAY <= second < NEVER_S}
    is_working_evening = [(start + timedelta(seconds=second)).weekday() in (0, 2, 4) for second in opens_s]
    wage = scenario.staff_groups["centre"].wage_yuan_per_hour
    assert {group.wage_yuan_per_hour for group in scenario.staff_groups.values()} == {wage}
    assert 0 < sum(is_working_evening) < len(opens_s)
    years = (365 + 180) / 365
    after_hours = sum(2 * 3 - 2 * is_paid for is_paid in is_working_evening) * wage / years
    more = seldom["total_cost_yuan_per_year", ""] - seldom["payroll_yuan_per_year", ""]
    assert more == pytest.approx(after_hours)


def test_a_meeting_whose_lead_has_no_post_is_not_there() -> None:
    assert_same_bytes(with_meeting([7], posts=0), with_meeting(None, posts=0))
