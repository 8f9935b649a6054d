"""What no engine can read is not drawn: the run is the same as if everything had been, to the last bit."""

from typing import Any

import numpy as np
import pytest

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.protocol.contract import TriagePlan
from sim.sampling import sample_disputes
from sim.sampling.contract import DisputeBatch
from sim.sampling.reach import Ages, can_be_tried, can_break, can_return, next_ages, session_ages_end_s
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, PatienceChoice, TriageRule
from tests.unit.engine.naive_comparison import differing_fields
from tests.unit.sampling.everybody import everybody_drawn
from tests.unit.sampling.rich_place import exponential_days, rich_blocks, rich_groups, rich_scenario, rich_tiers
from tests.unit.sampling.test_sample import FOLLOW_UP, arrays
from tests.unit.scenario_factory import panel, staff_group

FRAGILE: dict[str, Any] = {
    "breach_days": exponential_days(20.0),
    "durability_logit": 0.0,
    "max_episodes": 3,
    "theta_shift_logit": 0.5,
    "reopen_at": "triage",
}
VISITED = {"breach": FRAGILE, "follow_up": FOLLOW_UP | {"due_days": [5.0, 15.0]}}
BUSY = {"emergence": {"rate_per_1000_per_year": 300.0}}
GRADED: dict[str, Any] = rich_blocks()["triage"]

PETITIONING = (
    rich_blocks()["patience"]
    | {"days": exponential_days(10.0)}
    | {"withdraw_share": 0.1, "litigate_share": 0.1, "bypass_share": 0.8}
)


def everything_on() -> dict[str, Any]:
    tiers = rich_tiers(county={"panel": panel("county_centre", "town_cadres", attendance=0.7)})
    tiers["town"]["load_referral"] = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
    pressure = {"paper_settlement_prob": 0.4, "return_delay_days": exponential_days(30.0), "tiers": ["town"]}
    return {"tiers": tiers, "reporting_pressure": pressure, "first_handler_keeps": {"bonus_logit": 0.5}} | VISITED


def both_ways(scenario: Scenario, seed: int = 1) -> tuple[DisputeBatch, DisputeBatch, list[str]]:
    """The batch as it is, the batch with everything drawn, and in what their runs differ."""
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed, 0)
    with everybody_drawn():
        whole = sample_disputes(scenario, jurisdiction, protocol, seed, 0)
    runs = [simulate(jurisdiction, protocol, each) for each in (batch, whole)]
    assert len(runs[0].requests.dispute), "somebody is served"
    return batch, whole, differing_fields(*runs)


@pytest.mark.parametrize(
    "blocks",
    [
        {},
        VISITED | BUSY,
        everything_on(),
        everything_on() | BUSY | {"triage": {"rule": "lowest_first"}},
        VISITED | BUSY | {"triage": {"rule": "by_channel"}, "breach": FRAGILE | {"reopen_at": "settling"}},
        everything_on() | {"triage": GRADED | {"when": "after_intake", "may_return": ["town", "county"]}},
        VISITED
        | {"patience": PETITIONING, "staff_groups": rich_groups() | {"county_centre": staff_group("county", 40)}},
        VISITED | BUSY | {"hardening": None, "incident": None, "breach": FRAGILE | {"reopen_at": "parent"}},
    ],
    ids=["rich", "visited", "everything", "lowest_first", "by_channel", "returning", "petitioning", "unhardened"],
)
def test_the_run_is_that_of_a_batch_with_everything_drawn(blocks: dict[str, Any]) -> None:
    batch, whole, differing = both_ways(rich_scenario(**blocks))
    assert differing == []
    spared = 0
    for name, values in arrays(batch).items():
        drawn = arrays(whole)[name]
        same = values == drawn
        assert np.isin(values[~same], (0, NEVER_S, -1)).all(), name
        spared += int((~same).sum())
    assert spared > 0


def test_only_what_surfaces_in_time_has_the_fates_of_a_case() -> None:
    scenario = rich_scenario(**VISITED)
    batch, _, _ = both_ways(scenario)
    late = batch.surfaced_s >= build_jurisdiction(scenario).horizon_s
    assert 0 < late.sum() < len(late)
    never = {"patience_s", "withdrawn_fade_s", "breach_after_s", "holds_until_age_s"}
    never |= {"later_patience_s", "later_withdrawn_fade_s", "later_incident_s"}
    nothing = {"effort_s", "travel_s", "occupation_s", "settle_until_age_s", "gap_s", "handover_delay_s"}
    nothing |= {"grade_until_age_s", "class_until_age_s", "petition_delay_s", "patience_choice"}
    for name in never:
        assert (arrays(batch)[name][late] == NEVER_S).all(), name
    for name in nothing:
        assert not arrays(batch)[name][late].any(), name
        assert arrays(batch)[name][~late].any(), name


def ages(*first_s: int) -> Ages:
    return Ages(np.full(len(first_s), 1_000), np.array(first_s))


def test_an_agreement_can_break_only_at_an_age_that_a_session_can_start_at() -> None:
    """Sessions start at ages 10 to 59; an agreement that holds until 58 breaks at 59, one that holds until 59 never."""
    holds = np.array([-1, 9, 58, 59, NEVER_S])
    assert can_break(ages(10, 10, 10, 10, 10), holds, np.full(5, 60)).tolist() == [True, True, True, False, False]
    assert can_break(ages(59, 60), np.full(2, -1), np.full(2, 60)).tolist() == [True, False]
    assert can_be_tried(ages(59, 60), np.full(2, 60)).tolist() == [True, False]


def test_sessions_end_with_the_incident_with_patience_unless_it_petitions_and_in_time_for_the_trial() -> None:
    choices = [PatienceChoice.WITHDRAW, PatienceChoice.BYPASS, PatienceChoice.LITIGATE, PatienceChoice.WITHDRAW]
    end_s = session_ages_end_s(
        ages(0, 0, 0, 0),
        incident_age_s=np.array([500, 500, NEVER_S, NEVER_S]),
        patience_age_s=np.array([300, 300, NEVER_S, NEVER_S]),
        patience_choice=np.array(choices, dtype=np.int8),
        breach_after_s=np.array([100, 100, 100, NEVER_S]),
        horizon_s=2_000,
    )
    # Origin 1,000: at the horizon the age is 1,000, and 900 where 100 s pass until the trial.
    assert end_s.tolist() == [300, 500, 900, -1_000]


def test_the_next_episode_begins_at_the_earliest_with_the_trial_of_the_first_agreement_that_can_break() -> None:
    following = next_ages(ages(10, 10), np.array([-1, 30]), np.array([100, 100]))
    assert following.origin_s.tolist() == [1_110, 1_131]
    assert following.first_s.tolist() == [0, 0]


def test_only_what_a_returning_tier_can_grade_for_a_lower_one_visits_a_tier_twice() -> None:
    """Three tiers, of which the middle one returns what it grades for the lowest: small matters, up to age 20."""
    plan = TriagePlan(
        rule=int(TriageRule.GRADED),
        after_intake=False,
        grade_tier=np.array([0, 0, 1, 2], dtype=np.int32),
        may_return=np.array([False, True, False]),
        self_s=NEVER_S,
    )
    until_age_s = np.full((3, 3, 3), -1)
    until_age_s[1, 1] = 20
    until_age_s[2, 1] = NEVER_S
    until_age_s[1, 2] = NEVER_S
    assert can_return(plan, until_age_s, np.arange(3), ages(19, 20, 21)).tolist() == [True, True, False]
    assert can_return(plan, until_age_s, np.array([1, 2]), ages(20, 21)).tolist() == [True, False]
