"""What is allowed but changes nothing."""

import pytest

from sim.specification import load_scenario
from tests.unit.specification.conftest import Write


@pytest.mark.parametrize(
    ("overlay", "code", "path"),
    [
        ("patrol: ~\n", "unused_value", "staff_groups.grid_workers.patrol_share"),
        ("changes: [{set: {path: 'staff_groups[*].patrol_share', value: 0}}]\n", "unused_value", "patrol"),
        ("changes: [{set: {path: 'staff_groups[*].admin_share', value: 0}}]\n", "unused_value", "admin_load"),
        (
            "staff_groups: {town_cadres: {turnover: {vacant_days: 0}}}\n",
            "unused_value",
            "staff_groups.town_cadres.turnover",
        ),
        ("calendars: {nights: {kind: always}}\n", "unused_value", "calendars.nights"),
        ("triage: {rule: by_channel}\nchannels: ~\n", "unused_value", "triage.rule"),
        (
            "tiers: {county: {sessions: {open_meeting: {calendar: office_hours}}}}\n",
            "meeting_in_working_hours",
            "tiers.county.sessions.open_meeting.calendar",
        ),
        (
            "calendars: {market_days: {windows: [{by: number, days: [5], opens: '17:00', closes: '19:00'}]}}\n",
            "meeting_in_working_hours",
            "tiers.county.sessions.open_meeting.calendar",
        ),
        ("tiers: {county: {sessions: {open_meeting: ~}}}\n", "unused_value", "calendars.market_days"),
        ("tiers: {county: {sessions: {joint_panel: ~}}}\n", "unused_value", "first_handler_keeps"),
        ("hardening: {logit_per_30_days: 0}\n", "unused_value", "hardening.cap_days"),
        ("handover: ~\n", "unused_value", "channels.hotline.misroute_prob"),
        ("shocks: {flood: {from_day: 1275}}\n", "shock_outside_run", "shocks.flood.from_day"),
        ("shocks: {flood: {from_day: -425}}\n", "shock_outside_run", "shocks.flood.from_day"),
        (
            "tiers: {village: {sessions: {reception: ~}}, town: {sessions: {reception: ~}}}\n",
            "triage_without_intake",
            "triage.when",
        ),
    ],
)
def test_a_value_whose_mechanism_is_off_is_warned_about(overlay: str, code: str, path: str, write: Write) -> None:
    warnings = {(warning.code, warning.path) for warning in load_scenario(write(overlay)).warnings}
    assert (code, path) in warnings


def test_a_scenario_in_which_everything_counts_has_no_warning(write: Write) -> None:
    warnings = load_scenario(write("statutory_calendar: {rule: every_day}\n")).warnings
    assert warnings == ()
