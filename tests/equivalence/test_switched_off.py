"""A mechanism that is there but does nothing gives, to the last bit, what the scenario without it gives.

Each row changes one rich scenario in two ways: without the mechanism, and with it at zero, at one or empty. A new
mechanism adds its rows; the last test tells whether an optional key of the schema has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from sim.specification.leaves import content_of
from sim.specification.schema import Scenario
from tests.equivalence.sampled_runs import SampledRun, differences, sampled_run
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import days, hours, name, staff_group

Change = Mapping[str, Any]
"""Values by dotted path; None takes a key away, `*` stands for every key of a block."""

ALL_KINDS = ["neighbours", "land"]
PROGRAMME = {"name": name("platform"), "yuan_per_year": 0.0, "start_up_yuan": 0.0}
SHOCK = {"name": name("flood"), "from_day": 400, "days": 90, "multiplier": {"land": 1.0}, "units": ["town_1"]}
LECTURES = {"name": name("lectures"), "multiplier": {"land": 0.5}, "coverage_share": 0.0}
DESK_EFFORT = hours(12.0)
NOBODY = staff_group("county", 0, calendar="office")
MEETING = {"mode": "meeting", "groups": ["nobody", "cadres"], "calendar": "evenings", "minutes_per_case": 30}
MEETING |= {"bonus_logit": 1.0}
REFERRAL = {"refer_when_waiting_per_post_at_least": 0.5, "refer_prob": 0.8}
PRESSURE = {"paper_settlement_prob": 0.5, "return_delay_days": days(60.0), "tiers": ["village", "town"]}
BREACH = {
    "breach_days": days(30.0),
    "durability_logit": 0.5,
    "max_episodes": 3,
    "theta_shift_logit": 0.3,
    "reopen_at": "parent",
}
VISITS = {"due_days": [7.0, 20.0], "effort_hours": 1.0, "gain_logit": 0.5, "skip_after_working_hours": 20.0}


def panel(*others: str, travels: bool = False) -> dict[str, Any]:
    """The county's centre with others who never come, as long as its desk takes."""
    return {
        "mode": "panel",
        "groups": ["centre", *others],
        "attendance_prob": dict.fromkeys(others, 0.0),
        "member_bonus_logit": dict.fromkeys(others, 2.0),
        "effort_hours": DESK_EFFORT,
        "travels": travels,
    }


def outreach_by_the_centre() -> dict[str, Any]:
    return {"mode": "outreach", "groups": ["centre"], "effort_hours": DESK_EFFORT, "bonus_logit": 0.0}


@dataclass(frozen=True)
class Off:
    """A mechanism that is absent, and there without doing anything; the tables and measures that tell it apart."""

    there: Change
    absent: Change = field(default_factory=dict)
    but_for: tuple[str, ...] = ()


ROWS: dict[str, Off] = {
    "sessions for every kind": Off({"tiers.*.sessions.*.categories": ALL_KINDS}),
    "a panel of its lead alone is a desk": Off({"tiers.county.sessions.desk": panel()}, but_for=("seats",)),
    "a panel to which nobody else comes": Off({"tiers.county.sessions.desk": panel("cadres")}, but_for=("seats",)),
    "a travelling panel of its lead alone is outreach": Off(
        {"tiers.county.sessions.desk": panel(travels=True)},
        {"tiers.county.sessions.desk": outreach_by_the_centre()},
        but_for=("seats",),
    ),
    "a meeting that nobody can hold": Off(
        {"staff_groups.nobody": NOBODY, "tiers.county.sessions.meeting": MEETING}, {"staff_groups.nobody": NOBODY}
    ),
    "load that refers nobody": Off({"tiers.village.load_referral": REFERRAL | {"refer_prob": 0.0}}),
    "load that is never reached": Off(
        {"tiers.village.load_referral": REFERRAL | {"refer_when_waiting_per_post_at_least": 1e6}}
    ),
    "nothing that must have been tried": Off({"tiers.village.must_have_tried": []}),
    "no settlement on paper": Off({"reporting_pressure": PRESSURE | {"paper_settlement_prob": 0.0}}),
    "pressure on no tier": Off({"reporting_pressure": PRESSURE | {"tiers": []}}),
    "administration at its usual level": Off(
        {
            "admin_load": {
                "meetings": {"name": name("meetings"), "share_of_admin": 0.5, "level": 1.0},
                "ledgers": {"name": name("ledgers"), "share_of_admin": 0.5, "level": 1.0},
            }
        }
    ),
    "people who are replaced at once": Off(
        {"staff_groups.*.turnover": {"filled_days": 200.0, "vacant_days": 0.0, "hire_cost_yuan": 0.0}}
    ),
    "an agreement that is never tried": Off({"breach": BREACH | {"max_episodes": 1}}),
    "agreements that always hold": Off({"breach": BREACH | {"durability_logit": 1e6}}),
    "no visit after a settlement": Off({"follow_up": VISITS | {"due_days": []}}),
    "no programme": Off({"programmes": {}}),
    "a programme that costs nothing": Off({"programmes": {"platform": PROGRAMME}}),
    "no shock": Off({"shocks": {}}),
    "a shock of one": Off({"shocks": {"flood": SHOCK}}),
    "a shock of no kind": Off({"shocks": {"flood": SHOCK | {"multiplier": {}}}}),
    "no prevention": Off({"prevention": {}}),
    "prevention that covers nobody": Off({"prevention": {"lectures": LECTURES}}),
    "prevention that prevents nothing": Off(
        {"prevention": {"lectures": LECTURES | {"coverage_share": 1.0, "multiplier": {"land": 1.0}}}}
    ),
    "no wrong door": Off({"channels.*.misroute_prob": 0.0}),
    "desks at the usual distance": Off({"latent.self_report_delay_factor": 1.0}),
    "travel that takes no time": Off(
        {"travel": {"round_trip_hours": {"grid": 0.0, "village": 0.0, "town": 0.0, "county": 0.0}}}, {"travel": None}
    ),
    "patrols that find nothing": Off({"patrol.find_prob": 0.0}, {"patrol": None}),
    "no hardening": Off({"hardening.logit_per_30_days": 0.0}, {"hardening": None}),
    "no incidents": Off({"incident.hazard_per_dispute_per_year": 0.0}, {"incident": None}),
    "effort that does not grow": Off({"effort_growth": {"log_slope_per_logit": 0.0}}),
    "handovers that cost nothing": Off({"handover": {"delay_days": days(0.0), "hours": 0.0}}, {"handover": None}),
    "no backlog": Off({"opening_backlog.disputes": 0}, {"opening_backlog": None}),
    "no gap between sessions": Off({"tiers.village.gap_days": days(0.0)}, {"tiers.village.gap_days": None}),
    "disputes known at once": Off(
        {"latent.self_report_days": {kind: days(0.0) for kind in ALL_KINDS}, "latent.fade_days": days(30.0)},
        {"latent": None, "patrol": None},
    ),
    "one way in, at the lowest tier, at once": Off(
        {
            "channels": {
                "hall": {"kind": "walk_in", "name": name("hall"), "share": 1.0, "entry_tier": "grid"}
                | {"delay_days": days(0.0)}
            }
        },
        {"channels": None},
    ),
    "first handlers of no panel": Off({"first_handler_keeps": {"bonus_logit": 2.0}}),
    "authority over nothing": Off({"staff_groups.*.authority_logit": dict.fromkeys(ALL_KINDS, 0.0)}),
    "one class for all": Off({"queue.priority": {"by": "category", "classes": dict.fromkeys(ALL_KINDS, 3)}}),
    "posts that serve one unit": Off({"staff_groups.cadres.posts_serve": 1}),
}


def changed(changes: Change) -> Scenario:
    """The rich scenario with changes."""
    content = content_of(busy_scenario())
    for path, value in changes.items():
        _put(content, path.split("."), value)
    return Scenario.model_validate(content)


def _put(block: dict[str, Any], keys: list[str], value: Any) -> None:
    key, *below = keys
    for each in list(block) if key == "*" else [key]:
        if below:
            _put(block[each], below, value)
        elif value is None:
            block.pop(each, None)
        else:
            block[each] = value


@cache
def unchanged() -> SampledRun:
    return sampled_run(changed({}))


@pytest.mark.parametrize("off", ROWS.values(), ids=list(ROWS))
def test_a_mechanism_that_does_nothing_is_as_good_as_absent(off: Off) -> None:
    absent, there = sampled_run(changed(off.absent)) if off.absent else unchanged(), sampled_run(changed(off.there))
    assert len(absent.trajectory.requests.dispute) > 300
    assert there.batch.emergence_hash == absent.batch.emergence_hash
    found = differences(absent, there)
    assert [what for what in found if what.partition(".")[0] not in off.but_for] == []


@pytest.mark.parametrize(
    "on",
    [
        {"tiers.village.load_referral": REFERRAL},
        {"tiers.village.must_have_tried": ["desk", "visit"]},
        {"reporting_pressure": PRESSURE},
        {"staff_groups.nobody": NOBODY | {"posts": 1}, "tiers.county.sessions.meeting": MEETING},
        {"breach": BREACH},
        {"follow_up": VISITS},
        {"staff_groups.*.turnover": {"filled_days": 200.0, "vacant_days": 40.0, "hire_cost_yuan": 0.0}},
        {"shocks": {"flood": SHOCK | {"multiplier": {"land": 2.0}}}},
        {"prevention": {"lectures": LECTURES | {"coverage_share": 0.5}}},
        {"channels.*.misroute_prob": 0.5},
        {"latent.self_report_delay_factor": 2.0},
        {"tiers.county.sessions.desk": panel("cadres") | {"attendance_prob": {"cadres": 0.9}}},
        {"first_handler_keeps": {"bonus_logit": 2.0}, "tiers.county.sessions.desk": panel()},
    ],
)
def test_the_rows_would_notice_a_mechanism_that_is_on(on: Change) -> None:
    assert differences(unchanged(), sampled_run(changed(on)))


NEVER_AT_ZERO = {
    "frailty": "a gamma shape has no end at which the spread is nothing",
    "year_effect": "as frailty",
    "season": "an even index is divided by its sum, which rounds",
    "patience": "parties who never lose it are parties without it",
    "overall_deadline": "a limit that nobody reaches is recorded as due",
    "deadline": "as overall_deadline",
    "micro": "no grade below every difficulty can be written",
    "units": "a shock of the whole place has no units",
    "robustness": "no part of a run",
    "question": "no part of a run",
    "posterior": "no part of a run: its draws make scenarios of their own",
}
"""Optional keys that cannot be there without doing anything, and why."""


def optional_keys() -> set[str]:
    schema = Scenario.model_json_schema(by_alias=True)
    blocks = [schema, *schema["$defs"].values()]
    return {key for block in blocks for key in {*block.get("properties", {})} - {*block.get("required", ())}}


def test_every_optional_key_has_a_row_or_a_reason() -> None:
    changes = [change for off in ROWS.values() for change in (off.there, off.absent)]
    touched = {key for change in changes for path in change for key in path.split(".")}
    assert sorted(optional_keys() - touched - {*NEVER_AT_ZERO}) == []
    assert sorted({*NEVER_AT_ZERO} - optional_keys()) == []
