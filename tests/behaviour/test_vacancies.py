"""Posts that people leave: vacant until somebody is found, but never in the middle of a session."""

from typing import Any

import pytest

from tests.behaviour.story import ALWAYS, HOUR, Life, Vacancy, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.equivalence.sampled_runs import SampledRun, sampled_run
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import desk, staff_group, tier

GROUP = "village_mediators"


def held(start: str, hours: int) -> Life:
    """A dispute whose first session takes some hours and settles it."""
    return Life(at(start), effort_s={"village.desk": hours * HOUR}, settles={"village.desk": ALWAYS})


def test_a_session_is_held_to_its_end_and_the_next_waits_until_somebody_is_found() -> None:
    lives = [held("0d 08:00", 4), held("0d 09:00", 1), held("2d 06:00", 1)]
    told = tell(place(), lives, vacancies=[Vacancy(GROUP, "0d 10:00", "2d 00:00")])
    assert only("starts", told) + only("ends", told) == lines("""
        0d 08:00 #0 starts desk with village_mediators 0
        2d 00:00 #1 starts desk with village_mediators 0    -- not at 12:00: nobody is there
        2d 06:00 #2 starts desk with village_mediators 0
        0d 12:00 #0 ends desk                     -- two hours after the post was given up
        2d 01:00 #1 ends desk
        2d 07:00 #2 ends desk
    """)


def test_who_is_replaced_during_a_session_leaves_no_gap() -> None:
    lives = [held("0d 08:00", 4), held("0d 09:00", 1)]
    told = tell(place(), lives, vacancies=[Vacancy(GROUP, "0d 10:00", "0d 11:00")])
    assert only("starts", told)[1] == "0d 12:00 #1 starts desk with village_mediators 0"


def test_in_one_second_a_post_is_filled_before_and_vacated_after_a_session_ends() -> None:
    lives = [held("0d 08:00", 4), held("0d 09:00", 1), held("0d 10:00", 1)]
    filled_again = Vacancy(GROUP, "0d 10:00", "0d 12:00")
    assert only("starts", tell(place(), lives, vacancies=[filled_again]))[1:] == lines("""
        0d 12:00 #1 starts desk with village_mediators 0
        0d 13:00 #2 starts desk with village_mediators 0
    """)
    given_up = Vacancy(GROUP, "0d 12:00", "0d 15:00")
    assert only("starts", tell(place(), lives, vacancies=[given_up]))[1:] == lines("""
        0d 15:00 #1 starts desk with village_mediators 0    -- vacated before posts are given out
        0d 16:00 #2 starts desk with village_mediators 0
    """)


def test_the_lowest_post_that_is_filled_serves_and_a_vacant_start_is_vacant() -> None:
    two = staff(village_mediators=staff_group("village", 2))
    lives = [held("0d 00:00", 2), held("0d 01:00", 1), held("0d 06:00", 1)]
    told = tell(place(staff_groups=two), lives, vacancies=[Vacancy(GROUP, "0d 00:00", "0d 05:00")])
    assert only("starts", told) == lines("""
        0d 00:00 #0 starts desk with village_mediators 1
        0d 02:00 #1 starts desk with village_mediators 1
        0d 06:00 #2 starts desk with village_mediators 0
    """)


def test_a_post_filled_while_the_office_is_closed_serves_when_it_opens() -> None:
    windows = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "09:00", "closes": "17:00"}]
    office = {"kind": "weekly", "windows": windows, "statutory": False, "make_up_as": "mon"}
    by_day = place(
        calendars={"always": {"kind": "always"}, "office": office},
        staff_groups=staff(village_mediators=staff_group("village", 1, calendar="office")),
    )
    told = tell(by_day, [held("0d 10:00", 1)], vacancies=[Vacancy(GROUP, "0d 08:00", "1d 20:00")])
    assert only("starts", told) == ["2d 09:00 #0 starts desk with village_mediators 0"]


def test_a_case_waits_for_a_vacant_post_until_its_deadline_or_takes_another_group() -> None:
    gone = [Vacancy(GROUP, "0d 00:00", "30d 00:00")]
    due = tiers(village=tier("village", {"desk": desk(GROUP)}, deadline=calendar_days(3)))
    told = tell(place(tiers=due), [held("0d 10:00", 1)], vacancies=gone)
    assert only("starts", told)[0] == "4d 00:00 #0 starts desk with town_cadres 0"
    listed = tiers(village=tier("village", {"desk": desk(GROUP, "town_cadres")}))
    told = tell(place(tiers=listed), [held("0d 10:00", 1)], vacancies=gone)
    assert only("starts", told) == ["0d 10:00 #0 starts desk with town_cadres 0"]


def with_turnover(filled_days: float) -> SampledRun:
    """The busy place where people of the village and the town come and go."""
    groups: dict[str, Any] = {
        group_id: group.model_dump(mode="json") for group_id, group in busy_scenario().staff_groups.items()
    }
    for group_id in ("mediators", "cadres"):
        turnover = {"filled_days": filled_days, "vacant_days": 60.0, "hire_cost_yuan": 2_000.0}
        groups[group_id] |= {"turnover": turnover, "wage_yuan_per_hour": 20.0}
    return sampled_run(busy_scenario(staff_groups=groups))


def test_people_who_stay_shorten_waits_and_cost_more_pay_and_less_hiring() -> None:
    """Direction under common random numbers: the same disputes with the same luck, three lengths of stay."""
    runs = [with_turnover(filled_days).measures for filled_days in (60.0, 300.0, 3_000.0)]

    def values(measure: str, tier_id: str = "") -> list[float]:
        return [float(run.loc[measure, tier_id, ""]) for run in runs]

    for measure, tier_id in (
        ("vacancy_share", "village"),
        ("vacancy_share", "town"),
        ("hiring_yuan_per_year", ""),
        ("waiting_hours_mean", "village"),
    ):
        assert values(measure, tier_id) == sorted(values(measure, tier_id), reverse=True), measure
    assert values("payroll_yuan_per_year") == sorted(values("payroll_yuan_per_year"))
    assert values("vacancy_share", "group:mediators")[0] == pytest.approx(0.5, abs=0.12)
    assert values("vacancy_share", "county") == [0, 0, 0]
