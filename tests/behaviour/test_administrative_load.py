"""Administration takes hours from casework, so that a session holds its post longer."""

from typing import Any

import pytest

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, only, place, staff, tell
from tests.equivalence.sampled_runs import sampled_run
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import name, staff_group


def load(meetings: float, ledgers: float) -> dict[str, Any]:
    """Meetings are three fifths of administration, ledgers the rest."""
    return {
        "meetings": {"name": name("meetings"), "share_of_admin": 0.6, "level": meetings},
        "ledgers": {"name": name("ledgers"), "share_of_admin": 0.4, "level": ledgers},
    }


def starts(admin_load: dict[str, Any] | None) -> list[str]:
    """Two cases of two hours each, for one post of which half the hours are administration."""
    half = staff(village_mediators=staff_group("village", 1, admin_share=0.5))
    lives = [Life(at("0d 08:00"), effort_s={"village.desk": 2 * HOUR}, settles={"village.desk": ALWAYS})] * 2
    return only("starts", tell(place(staff_groups=half, admin_load=admin_load), lives))


def test_fewer_meetings_free_the_post_earlier() -> None:
    as_now = lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 12:00 #1 starts desk with village_mediators 0    -- two hours of work in half the time
    """)
    assert starts(None) == starts(load(1.0, 1.0)) == as_now
    assert starts(load(0.5, 0.5)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 10:40 #1 starts desk with village_mediators 0    -- a quarter of the hours is left for administration
    """)
    assert starts(load(0.0, 0.0)) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        0d 10:00 #1 starts desk with village_mediators 0
    """)
    assert starts(load(0.0, 1.5))[1] == "0d 10:51:26 #1 starts desk with village_mediators 0"


def test_relieving_administration_lowers_load_waits_and_days_unresolved() -> None:
    """Direction under common random numbers: the same disputes with the same luck, three levels of meetings."""
    runs = [sampled_run(busy_scenario(admin_load=load(level, 1.0))).measures for level in (1.0, 0.6, 0.2)]
    for measure in ("admin_hours_per_year", "days_unresolved_180d"):
        values = [run.loc[measure, "", ""] for run in runs]
        assert values == sorted(values, reverse=True), measure
        assert values[0] > values[2]
    for measure in ("utilisation", "waiting_hours_mean"):
        values = [run.loc[measure, "village", ""] for run in runs]
        assert values == sorted(values, reverse=True), measure
    assert runs[0].loc["payroll_yuan_per_year", "", ""] == pytest.approx(runs[2].loc["payroll_yuan_per_year", "", ""])
