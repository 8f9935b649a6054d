"""Runs with load referral, required sessions and settlements on paper pass the audits, and fail them when broken."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.simpy_engine import simulate
from sim.errors import AuditError
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.audits import AUDITS, audit
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.vocabulary import NEVER_S, NOWHERE, Departure, Purpose
from tests.behaviour.story import ALWAYS, DAY, HOUR, Life, Told, at, calendar_days, place, tell, tiers
from tests.equivalence.same_bytes import run_once
from tests.unit.outcomes.busy_place import TRIAGES, busy_scenario, busy_tiers
from tests.unit.scenario_factory import days, desk, panel, tier

SETTLES = {"village.desk": ALWAYS, "town.desk": ALWAYS}
REFERRAL = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
PRESSURE = {"paper_settlement_prob": 0.5, "return_delay_days": days(0), "tiers": ["village"]}


def under_load() -> Told:
    """The third case is turned away, the fourth waits for chance has it, the fifth waits for nobody else does."""
    village = tier("village", {"desk": desk("village_mediators")}, load_referral=REFERRAL)
    lives = [Life(at(f"0d 08:{minute}"), settles=SETTLES, refers={"village.desk": 1}) for minute in ("00", "10", "20")]
    lives += [Life(at("0d 08:30"), settles=SETTLES), Life(at("0d 20:00"), settles=SETTLES, refers={"village.desk": 1})]
    return tell(place(tiers=tiers(village=village)), lives, horizon_days=600)


def with_required() -> Told:
    """Two sessions are required, and held, before the deadline of the first day may act; one goes up before any."""
    sessions = {"first": desk("village_mediators"), "second": desk("village_mediators")}
    village = tier("village", sessions, deadline=calendar_days(0), must_have_tried=["first", "second"])
    return tell(place(tiers=tiers(village=village)), [Life(at("0d 08:00"), gap_s=DAY)], horizon_days=600)


def on_paper() -> Told:
    lives = [Life(at("0d 08:00"), on_paper={"village": 3 * DAY}), Life(at("0d 08:30"))]
    return tell(place(reporting_pressure=PRESSURE), lives, horizon_days=600)


def held_up_by_a_panel() -> Told:
    """The county's panel waits at the village for the first handler, who is busy: nobody else may join there."""
    village = tier("village", {"desk": desk("village_mediators")}, load_referral=REFERRAL)
    county = tier("county", {"panel": panel("county_centre")})
    lives = [
        Life(at("0d 08:00"), settles={"county.panel": ALWAYS}),
        Life(at("0d 08:30"), effort_s={"village.desk": 11 * HOUR}, settles=SETTLES),
        Life(at("0d 12:00"), settles={"county.panel": ALWAYS}, refers={"village.desk": 1}),
    ]
    blocks = {"tiers": tiers(village=village, county=county), "first_handler_keeps": {"bonus_logit": 0.5}}
    return tell(place(**blocks), lives, horizon_days=600)


def failing(told: Told, **changes: Any) -> list[str]:
    """The failures of a run with some arrays of its batch, protocol's handing up, visits or requests replaced."""
    trajectory, protocol, batch = told.trajectory, told.protocol, told.batch
    for name, value in changes.items():
        table, _, column = name.partition("__")
        match table:
            case "batch":
                batch = replace(batch, **{column: value})
            case "rules":
                protocol = replace(protocol, handing_up=replace(protocol.handing_up, **{column: value}))
            case _:
                records = replace(getattr(trajectory, table), **{column: value})
                trajectory = replace(trajectory, **{table: records})
    try:
        audit(told.jurisdiction, protocol, batch, trajectory)
    except AuditError as error:
        return [failure.split(" (")[0] for failure in error.failures]
    return []


@pytest.mark.parametrize("story", [under_load, with_required, on_paper, held_up_by_a_panel])
def test_sound_runs_pass(story: Any) -> None:
    told = story()
    assert audit(told.jurisdiction, told.protocol, told.batch, told.trajectory) == AUDITS


def test_a_case_is_turned_away_for_a_panel_that_waits_for_the_first_handler() -> None:
    visits = held_up_by_a_panel().trajectory.visits
    assert visits.departure[visits.dispute == 2][0] == Departure.REFERRED_BY_LOAD


def test_a_busy_place_passes_with_all_of_them_at_work() -> None:
    tiers = busy_tiers(
        village={"load_referral": REFERRAL, "must_have_tried": ["desk"]}, town={"load_referral": REFERRAL}
    )
    pressure = {"paper_settlement_prob": 0.4, "return_delay_days": days(20), "tiers": ["village", "town"]}
    for triage in TRIAGES:
        trajectory, outcome = run_once(busy_scenario(triage, tiers=tiers, reporting_pressure=pressure))
        departures = trajectory.visits.departure
        assert (departures == Departure.REFERRED_BY_LOAD).sum() > 5
        assert (departures == Departure.PAPER_SETTLED).sum() > 20
        assert outcome.audits == AUDITS


def test_a_referral_without_load_or_against_chance_is_caught() -> None:
    told = under_load()
    unfounded = "load_referrals: a case is handed up for load that was not there"
    assert failing(told, rules__refer_at_waiting=told.protocol.handing_up.refer_at_waiting + 1) == [unfounded]
    assert failing(told, batch__referred_if_busy=np.zeros_like(told.batch.referred_if_busy)) == [unfounded]


def test_a_case_that_should_have_been_turned_away_is_caught() -> None:
    told = under_load()
    missed = "load_referrals: a case joins a queue too long for it"
    assert failing(told, batch__referred_if_busy=np.ones_like(told.batch.referred_if_busy)) == [missed]
    limit = np.zeros_like(told.protocol.handing_up.refer_at_waiting)
    assert failing(told, rules__refer_at_waiting=limit) == [missed]


def test_who_must_have_waited_is_counted_queue_by_queue() -> None:
    """Every case but those handed up is drawn to go: as many joined too long a queue as counting one by one says."""
    scenario = busy_scenario(tiers=busy_tiers(village={"load_referral": REFERRAL}, town={"load_referral": REFERRAL}))
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, 3, 0)
    trajectory = simulate(jurisdiction, protocol, batch)
    requests, sessions, pool_of_home = trajectory.requests, protocol.sessions, jurisdiction.staff.pool_of_home
    home = batch.home_unit[requests.dispute]
    slots = {slot: np.flatnonzero(sessions.option_slot == slot) for slot in range(len(sessions.slot_ids))}
    pools = [
        {int(pool_of_home[sessions.option_group[option], unit]) for option in slots[slot]} - {NOWHERE}
        for slot, unit in zip(requests.slot.tolist(), home.tolist(), strict=True)
    ]
    ended_s = np.minimum(np.minimum(requests.started_s, requests.left_s), jurisdiction.horizon_s)
    queues = {pool: np.array([pool in mine for mine in pools]) for pool in set().union(*pools)}

    def certainly_waiting(row: int) -> int:
        instant_s = requests.joined_s[row]
        lengths = [
            (queues[pool] & (requests.joined_s < instant_s)).sum() - (queues[pool] & (ended_s <= instant_s)).sum()
            for pool in pools[row]
        ]
        return max(0, *map(int, lengths))

    limit = protocol.handing_up.refer_at_waiting[requests.slot, home]
    casework = np.flatnonzero((requests.purpose == Purpose.CASEWORK) & (limit < NEVER_S))
    too_long = sum(certainly_waiting(row) >= limit[row] for row in casework.tolist())
    assert too_long > 20
    with pytest.raises(AuditError) as caught:
        audit(
            jurisdiction,
            protocol,
            replace(batch, referred_if_busy=np.ones_like(batch.referred_if_busy)),
            trajectory,
        )
    [said] = caught.value.failures
    assert said.startswith(f"load_referrals: a case joins a queue too long for it ({too_long} times")


def test_a_referral_before_what_must_be_tried_is_caught() -> None:
    told = under_load()
    must = np.array([True, False, False])
    assert failing(told, rules__must_have_tried=must) == [
        "required_sessions: a case goes up before what must be tried",
        "load_referrals: a case is handed up for load that was not there",
    ]


def test_a_deadline_that_acts_before_what_must_be_tried_is_caught() -> None:
    told = with_required()
    left_s, requests = told.trajectory.visits.left_s.copy(), told.trajectory.requests
    left_s[0] = requests.ended_s[0]
    found = failing(told, visits__left_s=left_s)
    assert "required_sessions: a case goes up before what must be tried" in found


def test_a_paper_that_was_not_drawn_and_a_truth_that_was_drawn_as_paper_are_caught() -> None:
    told = on_paper()
    untrue = "settlements_on_paper: a record of a settlement is untrue without reason"
    assert failing(told, batch__settled_on_paper=np.zeros_like(told.batch.settled_on_paper)) == [untrue]
    assert failing(told, rules__is_pressed=np.zeros(3, dtype=np.bool_)) == [untrue]
    drawn = told.batch.settled_on_paper.copy()
    drawn[1, 0] = True
    called = "settlements_on_paper: a case is handed up that the records should call settled"
    assert failing(told, batch__settled_on_paper=drawn) == [called]


def test_a_paper_that_comes_back_at_another_time_is_caught() -> None:
    told = on_paper()
    found = failing(told, batch__paper_return_s=told.batch.paper_return_s + HOUR)
    assert "visit_chains: a visit does not begin when its handover ends" in found
