"""What the record of eight disputes worked by hand would show; see tests/unit/outcomes/hand_made.py."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from calibration.fit.record import IMPLIED, answer, found, implied, settled_in_village, units_without
from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.specification.schema.targets import Event, Target
from sim.vocabulary import NOWHERE, Departure
from tests.unit.outcomes.hand_made import at, observed
from tests.unit.scenario_factory import category, days, make_scenario, name

SCENARIO = make_scenario()
CHANNELS = {
    "walk_in": {
        "kind": "walk_in",
        "name": name("walk in"),
        "share": 0.9,
        "entry_tier": "village",
        "delay_days": days(0),
    },
    "petition": {
        "kind": "petition",
        "name": name("petition"),
        "share": 0.1,
        "entry_tier": "county",
        "delay_days": days(0),
    },
}


@pytest.fixture(scope="module")
def run() -> ObservedRun:
    """Return the run; the years of its record are days 365 to 729."""
    return observed()


def with_column(run: ObservedRun, table: str, column: str, row: int, value: Any) -> ObservedRun:
    """Return the run with one cell of its visits or disputes changed."""
    records = getattr(run.trajectory, table)
    cells = getattr(records, column).copy()
    cells[row] = value
    return replace(run, trajectory=replace(run.trajectory, **{table: replace(records, **{column: cells})}))


def target(quantity: str, **rest: Any) -> Target:
    return Target.model_validate({"figure": "any", "quantity": quantity, "held_out": True, **rest})


def spared(run: ObservedRun, tier: str, *events: Event, scenario: Scenario = SCENARIO) -> int:
    return units_without(run, scenario, tier, events)


def test_found_are_those_registered_in_the_years_of_the_record(run: ObservedRun) -> None:
    # 4 faded unseen, 5 was there at the start, 6 was registered after the record, 7 is latent.
    assert np.flatnonzero(found(run)).tolist() == [0, 1, 2, 3]
    assert answer(target("disputes_found_count"), run, SCENARIO) == 4.0


def test_a_dispute_of_before_the_record_that_is_registered_in_it_is_found(run: ObservedRun) -> None:
    emerged = run.batch.emerged_s.copy()
    emerged[0] = at(360)
    assert found(replace(run, batch=replace(run.batch, emerged_s=emerged)))[0]


def test_settled_in_the_village_is_of_the_found_and_of_their_first_agreement(run: ObservedRun) -> None:
    # 1 was settled by the county.
    assert np.flatnonzero(settled_in_village(run)).tolist() == [0]
    assert answer(target("recorded_settled_in_village_share"), run, SCENARIO) == 0.25
    town_decides = replace(run, village_tier=1)
    assert np.flatnonzero(settled_in_village(town_decides)).tolist() == [0]
    assert np.flatnonzero(settled_in_village(replace(run, village_tier=2))).tolist() == [0, 1]
    registered = run.registered_s.copy()
    registered[0] = at(730)
    assert settled_in_village(replace(run, registered_s=registered)).sum() == 0


@pytest.mark.parametrize(
    ("events", "villages", "towns"),
    [
        # Dispute 1, of village 1, goes to town and county; dispute 3, of village 2, ends in an incident.
        (["left_village"], 1, 0),
        (["handed_to_county"], 1, 0),
        (["incident"], 1, 0),
        (["group_petition"], 2, 1),
        (["left_village", "handed_to_county"], 1, 0),
        (["handed_to_county", "incident"], 0, 0),
        (["handed_to_county", "group_petition", "incident"], 0, 0),
    ],
)
def test_units_without_any_of_the_events_are_counted_once(
    run: ObservedRun, events: list[Event], villages: int, towns: int
) -> None:
    assert spared(run, "village", *events) == villages
    assert spared(run, "town", *events) == towns


def test_a_case_that_goes_on_after_the_record_has_not_left_in_it(run: ObservedRun) -> None:
    later = with_column(run, "visits", "arrived_s", 3, at(730))
    assert spared(later, "village", "handed_to_county") == 2
    assert spared(later, "village", "left_village") == 1
    in_last_second = with_column(run, "visits", "arrived_s", 3, at(730) - 1)
    assert spared(in_last_second, "village", "handed_to_county") == 1


def test_a_tier_that_only_passes_a_case_on_is_not_where_it_came_to(run: ObservedRun) -> None:
    passed = with_column(run, "visits", "departure", 2, Departure.PASSED_THROUGH)
    assert spared(passed, "village", "left_village") == 1, "it came to the county"
    stopped = with_column(passed, "visits", "departure", 3, Departure.PASSED_THROUGH)
    assert spared(stopped, "village", "left_village") == 2


def test_an_incident_counts_when_it_happens(run: ObservedRun) -> None:
    later = with_column(run, "disputes", "fate_s", 3, at(730))
    assert spared(later, "village", "incident") == 2
    assert implied(later)["incidents_per_year"] == 0.0


@pytest.mark.parametrize(
    ("households", "channel", "registered", "villages"),
    [
        (5, 1, at(377), 1),
        (4, 1, at(377), 2),
        (5, 0, at(377), 2),
        (5, NOWHERE, at(377), 2),
        (5, 1, at(730), 2),
    ],
)
def test_a_group_petition_is_of_five_households_by_petition_in_the_record(
    run: ObservedRun, households: int, channel: int, registered: int, villages: int
) -> None:
    categories = {"neighbours": category(0.75, households_involved=households), "land": category(0.25)}
    scenario = make_scenario(channels=CHANNELS, categories=categories)
    channels, instants = run.batch.channel.copy(), run.registered_s.copy()
    channels[0], instants[0] = channel, registered
    changed = replace(run, batch=replace(run.batch, channel=channels), registered_s=instants)
    assert spared(changed, "village", "group_petition", scenario=scenario) == villages


def test_held_out_quantities(run: ObservedRun) -> None:
    # Agreements of disputes 0 (a village mediator's) and 1 (the county's) in one year.
    assert answer(target("mediated_settled_per_year"), run, SCENARIO) == 2.0
    assert answer(target("social_forces_share"), run, SCENARIO) == 0.5
    # Only dispute 1 had sessions at town or county, whose posts are 2 and 1.
    assert answer(target("cases_per_full_time_mediator_per_year"), run, SCENARIO) == pytest.approx(1 / 3)


def test_a_session_after_the_record_is_no_case_of_its_mediators(run: ObservedRun) -> None:
    later = run
    for row in (3, 5):
        later = with_column(later, "requests", "started_s", row, at(730))
    assert answer(target("cases_per_full_time_mediator_per_year"), later, SCENARIO) == 0.0


def test_what_is_implied(run: ObservedRun) -> None:
    # 0 to 4 emerged in the record; two were found in either village.
    assert implied(run) == {
        "emerged_per_year": 5.0,
        "surfaced_of_emerged_share": 0.8,
        "reached_county_share": 0.25,
        "incidents_per_year": 1.0,
        "units_without_dispute_share": 0.0,
        "disputes_in_hottest_hundredth_of_units_share": 0.5,
        "disputes_in_hottest_tenth_of_units_share": 0.5,
    }
    assert list(implied(run)) == list(IMPLIED)


def test_a_place_without_disputes_answers_too() -> None:
    nobody = observed()
    nobody = replace(nobody, registered_s=np.full_like(nobody.registered_s, at(800)))
    assert answer(target("disputes_found_count"), nobody, SCENARIO) == 0.0
    assert answer(target("recorded_settled_in_village_share"), nobody, SCENARIO) == 0.0
    assert implied(nobody)["units_without_dispute_share"] == 1.0
