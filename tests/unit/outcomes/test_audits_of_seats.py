"""Sound runs with panels and meetings pass every audit; one that is wrong in one place is caught."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.contract import Trajectory
from sim.errors import AuditError
from sim.outcomes.audits import AUDITS, audit
from sim.sampling.contract import no_vacancies
from sim.vocabulary import NEVER_S, RequestOutcome
from tests.behaviour.story import ALWAYS, HOUR, Life, Told, Vacancy, at, place, staff, tell, tiers
from tests.unit.scenario_factory import meeting, panel, staff_group, tier

BROKEN_SEATS = [
    # audit, table, column, row, value
    ("structure", "seats", "request", 0, 99),
    ("structure", "seats", "pool", 0, 7),
    ("structure", "seats", "taken_s", 1, at("0d 08:00")),
    ("horizon", "seats", "taken_s", 6, at("200d 00:00")),
    ("seats_in_turn", "seats", "taken_s", 0, at("0d 08:59")),
    ("seats_in_turn", "seats", "taken_s", 2, at("0d 12:59")),
    ("seats_in_turn", "seats", "released_s", 1, at("0d 14:00")),
    ("seats_in_turn", "seats", "released_s", 6, at("0d 21:30")),
    ("seats_in_turn", "requests", "started_s", 2, at("0d 12:30")),
    ("seats_as_drawn", "seats", "request", 2, 3),
    ("seats_as_drawn", "seats", "effort_s", 1, 1),
    ("seats_as_drawn", "seats", "travel_s", 1, 1),
    ("seats_as_drawn", "seats", "occupation_s", 1, 1),
    ("seats_as_drawn", "seats", "effort_s", 6, 1),
    ("seats_as_drawn", "requests", "effort_s", 2, 1),
    ("seats_as_drawn", "requests", "occupation_s", 2, 1),
    ("seats_as_drawn", "requests", "post", 2, 1),
    ("post_overlaps", "seats", "released_s", 3, at("0d 16:01")),
    ("post_overlaps", "seats", "post", 4, 1),
    ("pool_capacity", "seats", "released_s", 0, at("0d 15:01")),
]

BROKEN_MEETINGS = [
    ("meetings", "requests", "started_s", 0, at("2d 19:31")),
    ("meetings", "requests", "ended_s", 1, at("2d 21:00")),
    ("meetings", "requests", "ended_s", 0, at("2d 20:50")),
    ("meetings", "requests", "started_s", 3, at("2d 19:30")),
    ("meetings", "seats", "effort_s", 2, 1),
    ("seats_as_drawn", "seats", "post", 2, 0),
    ("seats_as_drawn", "seats", "travel_s", 2, 1),
    ("seats_as_drawn", "requests", "effort_s", 2, 1),
    ("seats_in_turn", "seats", "released_s", 2, at("2d 21:31")),
    ("request_times", "requests", "post", 0, 0),
    ("sessions_as_drawn", "requests", "outcome", 2, RequestOutcome.NOT_SETTLED),
]

BROKEN_FIRST_HANDLERS = [
    ("seats_as_drawn", "seats", "pool", 1, 1),
    ("seats_as_drawn", "seats", "occupation_s", 1, HOUR),
    ("seats_as_drawn", "seats", "effort_s", 1, 2 * HOUR),
    ("seats_as_drawn", "seats", "travel_s", 1, 1),
    ("sessions_as_drawn", "requests", "outcome", 2, RequestOutcome.NOT_SETTLED),
]


@cache
def sat() -> Told:
    """Two panels of all three tiers one after the other, the first held up by two desks, and one whose case leaves.

    Requests 2, 3 and 4 are the panels'; seats 0 to 2 are the first's, taken at 9, 11 and 13 o'clock, 3 to 5 the
    second's, taken at 15 o'clock, 6 the third's, taken at 16 o'clock and released when the case leaves at 20 o'clock.
    """
    places = tiers(county=tier("county", {"panel": panel("county_centre", "town_cadres", "village_mediators")}))
    county: dict[str, Any] = {"entry_tier": 2, "settles": {"county.panel": ALWAYS}}
    lives = [
        Life(at("0d 08:00"), entry_tier=1, effort_s={"town.desk": 3 * HOUR}, settles={"town.desk": ALWAYS}),
        Life(at("0d 08:00"), effort_s={"village.desk": 5 * HOUR}, settles={"village.desk": ALWAYS}),
        Life(at("0d 09:00"), effort_s={"county.panel": 2 * HOUR}, **county),
        Life(at("0d 09:30"), **county),
        Life(at("0d 10:00"), patience_s=at("0d 20:00"), **county),
        Life(at("0d 09:45"), entry_tier=1, effort_s={"town.desk": 9 * HOUR}, settles={"town.desk": ALWAYS}),
    ]
    return tell(place(tiers=places, triage={"rule": "by_channel"}), lives)


@cache
def met() -> Told:
    """Four cases on the docket of a meeting with room for three: requests 0 to 2 are heard on day 2, 3 on day 12."""
    window = {"by": "last_digit", "days": [3], "opens": "19:30", "closes": "21:30"}
    session = meeting("village_mediators", "town_cadres", calendar="market_days", minutes_per_case=40)
    lives = [Life(at("1d 09:00"), settles={"village.meeting": ALWAYS}) for _ in range(4)]
    calendars = {"always": {"kind": "always"}, "market_days": {"kind": "monthly", "windows": [window]}}
    return tell(place(calendars=calendars, tiers=tiers(village=tier("village", {"meeting": session}))), lives)


@cache
def met_in_two_villages() -> Told:
    """A meeting in each of two villages on day 2: requests 0 and 2 of the first, 1 and 3 of the second, which waits.

    The mediator of the second village is away on day 2, so that its meeting is on day 12.
    """
    window = {"by": "last_digit", "days": [3], "opens": "19:30", "closes": "21:30"}
    session = meeting("village_mediators", calendar="market_days", minutes_per_case=40)
    lives = [Life(at("1d 09:00"), home=number % 2, settles={"village.meeting": ALWAYS}) for number in range(4)]
    villages = place(
        units={"by": "count", "counts": {"village": 2, "town": 1, "county": 1}, "population_persons": 1000},
        staff_groups=staff(village_mediators=staff_group("village", 2)),
        calendars={"always": {"kind": "always"}, "market_days": {"kind": "monthly", "windows": [window]}},
        tiers=tiers(village=tier("village", {"meeting": session})),
    )
    return tell(villages, lives, vacancies=[Vacancy("village_mediators", "2d 08:00", "3d 08:00", home=1)])


@cache
def kept() -> Told:
    """A case whose county panel is joined by the village's mediators, who held its first session; seats 0 and 1."""
    groups = staff(county_centre=staff_group("county", 1, admin_share=0.5))
    life = Life(at("0d 08:00"), settles_with_first_handler={"county.panel": ALWAYS})
    places = tiers(county=tier("county", {"panel": panel("county_centre")}))
    return tell(place(tiers=places, staff_groups=groups, first_handler_keeps={"bonus_logit": 1.0}), [life])


def _audit(trajectory: Trajectory, told: Told) -> tuple[str, ...]:
    return audit(told.jurisdiction, told.protocol, told.batch, trajectory)


def _with(told: Told, table: str, column: str, row: int, value: Any) -> Trajectory:
    records = getattr(told.trajectory, table)
    values = getattr(records, column).copy()
    values[row] = value
    return replace(told.trajectory, **{table: replace(records, **{column: values})})


def test_the_run_is_as_told_and_sound() -> None:
    seats = sat().trajectory.seats
    assert seats.request.tolist() == [2, 2, 2, 3, 3, 3, 4]
    assert seats.taken_s.tolist() == [hour * HOUR for hour in (9, 11, 13, 15, 15, 15, 16)]
    assert _audit(sat().trajectory, sat()) == AUDITS


@pytest.mark.parametrize(("name", "table", "column", "row", "value"), BROKEN_SEATS)
def test_a_broken_seat_is_caught_by_the_audit_that_guards_it(
    name: str, table: str, column: str, row: int, value: Any
) -> None:
    with pytest.raises(AuditError) as caught:
        _audit(_with(sat(), table, column, row, value), sat())
    assert name in {failure.split(":")[0] for failure in caught.value.failures}


@pytest.mark.parametrize(("name", "table", "column", "row", "value"), BROKEN_MEETINGS)
def test_a_broken_meeting_is_caught_by_the_audit_that_guards_it(
    name: str, table: str, column: str, row: int, value: Any
) -> None:
    with pytest.raises(AuditError) as caught:
        _audit(_with(met(), table, column, row, value), met())
    assert name in {failure.split(":")[0] for failure in caught.value.failures}


def test_meetings_are_sound_and_must_not_be_missed() -> None:
    assert _audit(met().trajectory, met()) == AUDITS
    late = met().trajectory.requests
    delayed = replace(late, started_s=np.full_like(late.started_s, at("12d 19:30")))
    with pytest.raises(AuditError, match="a case waits though a meeting has room for it"):
        _audit(replace(met().trajectory, requests=delayed), met())


def test_every_docket_has_its_own_meetings_and_is_named_apart() -> None:
    told = met_in_two_villages()
    requests = told.trajectory.requests
    assert requests.started_s.tolist() == [at(f"{day}d 19:30") for day in (2, 12, 2, 12)]
    assert _audit(told.trajectory, told) == AUDITS
    filled = replace(told.batch, vacancies=no_vacancies())
    with pytest.raises(AuditError) as missed:
        audit(told.jurisdiction, told.protocol, filled, told.trajectory)
    assert missed.value.failures == ("meetings: a case waits though a meeting has room for it (1 times)",)
    late = replace(told.trajectory, requests=replace(requests, ended_s=requests.ended_s + 1))
    with pytest.raises(AuditError) as caught:
        _audit(late, told)
    one_after_the_other = "meetings: the cases of a meeting are not heard one after the other"
    assert [failure for failure in caught.value.failures if failure.startswith("meetings")] == [
        f"{one_after_the_other} (2 times, first: dispute 0)",
        f"{one_after_the_other} (2 times, first: dispute 1)",
    ]


@pytest.mark.parametrize(("name", "table", "column", "row", "value"), BROKEN_FIRST_HANDLERS)
def test_a_first_handler_that_is_not_is_caught(name: str, table: str, column: str, row: int, value: Any) -> None:
    with pytest.raises(AuditError) as caught:
        _audit(_with(kept(), table, column, row, value), kept())
    assert name in {failure.split(":")[0] for failure in caught.value.failures}


def test_a_first_handler_must_sit_and_must_not_where_none_is_kept() -> None:
    assert _audit(kept().trajectory, kept()) == AUDITS
    told = kept()
    nobody_keeps = replace(told.protocol, first_handler_bonus_logit=None)
    with pytest.raises(AuditError, match="too many members or too few"):
        audit(told.jurisdiction, nobody_keeps, told.batch, told.trajectory)


def test_a_panel_without_one_of_its_members_is_caught() -> None:
    seats = sat().trajectory.seats
    kept = np.arange(len(seats.request)) != 1
    columns = {name: getattr(seats, name)[kept] for name in seats.__slots__}
    with pytest.raises(AuditError, match="too many members or too few"):
        _audit(replace(sat().trajectory, seats=replace(seats, **columns)), sat())


def test_a_group_that_does_not_come_may_not_sit() -> None:
    told = sat()
    attends = told.batch.attends.copy()
    attends[2] = False
    with pytest.raises(AuditError, match="a group sits that does not come"):
        audit(told.jurisdiction, told.protocol, replace(told.batch, attends=attends), told.trajectory)


def test_a_panel_that_never_started_must_not_cost_anything() -> None:
    assert sat().trajectory.requests.started_s[4] == NEVER_S
    with pytest.raises(AuditError, match="a session does not add up its members"):
        _audit(_with(sat(), "requests", "effort_s", 4, 1), sat())
