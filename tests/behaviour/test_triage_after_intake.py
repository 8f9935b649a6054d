"""Triage after intake: the desk that registers a case keeps it or refers it up."""

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import (
    ALWAYS,
    HARD,
    HOUR,
    LARGE,
    MICRO,
    NEVER,
    SMALL,
    Life,
    at,
    calendar_days,
    graded,
    lines,
    only,
    place,
    tell,
    tiers,
)
from tests.unit.scenario_factory import days, desk, intake, tier

PAPERWORK = {"delay_days": days(0), "hours": 1.0}
SETTLES = {"village.desk": ALWAYS, "town.desk": ALWAYS, "county.desk": ALWAYS}
WITH_INTAKE = tier("village", {"intake": intake("village_mediators"), "desk": desk("village_mediators")})
AFTER_INTAKE = graded(when="after_intake")


def test_triage_after_intake_keeps_a_case_or_refers_it_up() -> None:
    lives = [
        Life(at("0d 08:00"), grades={0: MICRO}, self_settles=ALWAYS, settles=SETTLES),
        Life(at("1d 08:00"), grades={0: LARGE}, settles=SETTLES, handover_delay_s=2 * HOUR),
        Life(at("2d 08:00"), grades={0: HARD}, settles=SETTLES, handover_delay_s=2 * HOUR),
    ]
    scenario = place(triage=AFTER_INTAKE, tiers=tiers(village=WITH_INTAKE), handover=PAPERWORK)
    assert tell(scenario, lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for intake
        0d 08:00 #0 starts intake with village_mediators 0
        0d 09:00 #0 ends intake                             -- micro counts as small here
        0d 09:00 #0 queues for desk
        0d 09:00 #0 starts desk with village_mediators 0
        0d 10:00 #0 ends desk
        0d 10:00 #0 leaves village_1: settled
        0d 10:00 #0 is settled at village
        1d 08:00 #1 arrives at village_1
        1d 08:00 #1 queues for intake
        1d 08:00 #1 starts intake with village_mediators 0
        1d 09:00 #1 ends intake
        1d 09:00 #1 leaves village_1: referred_up
        1d 09:00 #1 queues for paperwork of intake
        1d 09:00 #1 starts paperwork of intake with village_mediators 0
        1d 10:00 #1 ends paperwork of intake
        1d 11:00 #1 arrives at town_1
        1d 11:00 #1 queues for desk
        1d 11:00 #1 starts desk with town_cadres 0
        1d 12:00 #1 ends desk
        1d 12:00 #1 leaves town_1: settled
        1d 12:00 #1 is settled at town
        2d 08:00 #2 arrives at village_1
        2d 08:00 #2 queues for intake
        2d 08:00 #2 starts intake with village_mediators 0
        2d 09:00 #2 ends intake
        2d 09:00 #2 leaves village_1: referred_up
        2d 09:00 #2 queues for paperwork of intake
        2d 09:00 #2 starts paperwork of intake with village_mediators 0
        2d 10:00 #2 ends paperwork of intake
        2d 11:00 #2 arrives at county_1                     -- not by way of the town
        2d 11:00 #2 queues for desk
        2d 11:00 #2 starts desk with county_centre 0
        2d 12:00 #2 ends desk
        2d 12:00 #2 leaves county_1: settled
        2d 12:00 #2 is settled at county
    """)


def test_an_intake_session_settles_nothing() -> None:
    life = Life(at("0d 08:00"), settles={"village.intake": ALWAYS, "village.desk": ALWAYS})
    told = tell(place(tiers=tiers(village=WITH_INTAKE)), [life])
    assert only("is settled", told) == ["0d 10:00 #0 is settled at village"]


def test_the_diagnosis_is_made_at_the_end_of_the_intake() -> None:
    grades = {0: (NEVER, HOUR - 1, ALWAYS)}
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(village=WITH_INTAKE)), [Life(at("0d 08:00"), grades=grades)])
    assert only("village_1:", told) == ["0d 09:00 #0 leaves village_1: referred_up"]


def test_where_the_desk_that_registers_has_no_intake_triage_comes_on_registration() -> None:
    lives = [
        Life(at("0d 08:00"), entry_tier=1, grades={1: HARD}, settles=SETTLES),
        Life(at("0d 08:00"), entry_tier=1, grades={1: MICRO}, self_settles=ALWAYS),
    ]
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(village=WITH_INTAKE)), lives)
    assert only("arrives", told) + only(" is ", told) == lines("""
        0d 08:00 #0 arrives at county_1
        0d 09:00 #0 is settled at county
        1d 08:00 #1 is settled
    """)


def test_what_passed_during_the_intake_comes_before_its_diagnosis() -> None:
    village = WITH_INTAKE | {"deadline": calendar_days(0)}
    late = Life(at("0d 23:30"), grades={0: HARD})
    lost = Life(at("1d 08:00"), grades={0: HARD}, patience_s=at("1d 08:30"), choice=PatienceChoice.LITIGATE)
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(village=village)), [late, lost])
    assert only("village_1:", told) == lines("""
        1d 00:30 #0 leaves village_1: escalated_deadline    -- to the town, not to the county
        1d 09:00 #1 leaves village_1: litigated
    """)


def test_a_desk_that_only_registers_refers_up_to_the_tier_named() -> None:
    village = tier("village", {"intake": intake("village_mediators")})
    life = Life(at("0d 08:00"), grades={0: HARD}, settles={"county.desk": ALWAYS})
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(village=village)), [life])
    assert only("leaves", told) + only("arrives", told)[1:] == lines("""
        0d 09:00 #0 leaves village_1: referred_up
        0d 10:00 #0 leaves county_1: settled
        0d 09:00 #0 arrives at county_1
    """)


def test_a_case_graded_on_registration_is_not_graded_again_by_the_intake_of_another_tier() -> None:
    town = tier("town", {"intake": intake("town_cadres"), "desk": desk("town_cadres")})
    life = Life(at("0d 08:00"), grades={0: LARGE, 1: HARD}, settles=SETTLES)
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(town=town)), [life])
    assert only("leaves", told) == ["0d 10:00 #0 leaves town_1: settled"]


def test_a_case_that_left_before_its_intake_is_not_diagnosed_elsewhere() -> None:
    village = WITH_INTAKE | {"deadline": calendar_days(0)}
    town = tier("town", {"desk": desk("town_cadres"), "second": desk("town_cadres")})
    lives = [
        Life(at("0d 20:00"), grades={0: SMALL}, effort_s={"village.intake": 10 * HOUR}),
        Life(at("0d 21:00"), grades={0: HARD, 1: HARD}, settles={"town.second": ALWAYS}),
    ]
    told = tell(place(triage=AFTER_INTAKE, tiers=tiers(village=village, town=town)), lives)
    assert [line for line in told.events if "#1 leaves" in line] == lines("""
        1d 00:00 #1 leaves the queue for intake
        1d 00:00 #1 leaves village_1: escalated_deadline
        1d 02:00 #1 leaves town_1: settled
    """)
