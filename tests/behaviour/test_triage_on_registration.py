"""Where a case starts: by grade, by channel or at the bottom; micro matters are left to their parties first."""

from sim.vocabulary import PatienceChoice
from tests.behaviour.story import (
    ALWAYS,
    DAY,
    HARD,
    HOUR,
    LARGE,
    MICRO,
    NEVER,
    SMALL,
    Life,
    at,
    graded,
    lines,
    only,
    place,
    tell,
    tiers,
)
from tests.unit.scenario_factory import tier

SETTLES = {"village.desk": ALWAYS, "town.desk": ALWAYS, "county.desk": ALWAYS}


def test_each_grade_starts_at_its_tier() -> None:
    lives = [
        Life(at("0d 08:00"), grades={0: MICRO}, self_settles=ALWAYS),
        Life(at("0d 08:00"), grades={0: MICRO}, settles=SETTLES),
        Life(at("0d 08:00"), grades={0: SMALL}, settles=SETTLES),
        Life(at("0d 08:00"), grades={0: LARGE}, settles=SETTLES),
        Life(at("0d 08:00"), grades={0: HARD}, settles=SETTLES),
    ]
    assert tell(place(triage=graded()), lives).events == lines("""
        0d 08:00 #2 arrives at village_1
        0d 08:00 #2 queues for desk
        0d 08:00 #2 starts desk with village_mediators 0
        0d 08:00 #3 arrives at town_1
        0d 08:00 #3 queues for desk
        0d 08:00 #3 starts desk with town_cadres 0
        0d 08:00 #4 arrives at county_1
        0d 08:00 #4 queues for desk
        0d 08:00 #4 starts desk with county_centre 0
        0d 09:00 #2 ends desk
        0d 09:00 #2 leaves village_1: settled
        0d 09:00 #2 is settled at village
        0d 09:00 #3 ends desk
        0d 09:00 #3 leaves town_1: settled
        0d 09:00 #3 is settled at town
        0d 09:00 #4 ends desk
        0d 09:00 #4 leaves county_1: settled
        0d 09:00 #4 is settled at county
        1d 08:00 #0 is settled                              -- by its parties, at no tier
        1d 08:00 #1 arrives at village_1                    -- they failed: it goes on as a small matter
        1d 08:00 #1 queues for desk
        1d 08:00 #1 starts desk with village_mediators 0
        1d 09:00 #1 ends desk
        1d 09:00 #1 leaves village_1: settled
        1d 09:00 #1 is settled at village
    """)


def test_a_micro_matter_is_tested_at_the_age_at_which_its_days_are_over() -> None:
    lives = [
        Life(at("0d 08:00"), grades={0: MICRO}, self_settles=DAY),
        Life(at("0d 08:00"), grades={0: MICRO}, self_settles=DAY - 1, settles=SETTLES),
        Life(at("0d 08:00"), grades={0: MICRO}, self_settles=DAY, emerged_s=at("0d 07:59:59"), settles=SETTLES),
    ]
    assert only(" is ", tell(place(triage=graded()), lives)) == lines("""
        1d 08:00 #0 is settled
        1d 09:00 #1 is settled at village
        1d 10:00 #2 is settled at village
    """)


def test_a_micro_matter_can_turn_into_an_incident_or_try_its_parties_patience() -> None:
    lives = [
        Life(at("0d 08:00"), grades={0: MICRO}, incident_s=at("0d 12:00"), self_settles=ALWAYS),
        Life(at("0d 08:00"), grades={0: MICRO}, incident_s=at("1d 08:00"), self_settles=ALWAYS),
        Life(at("0d 08:00"), grades={0: MICRO}, patience_s=at("0d 13:00"), withdrawn_fade_s=HOUR, self_settles=ALWAYS),
        Life(
            at("0d 08:00"),
            grades={0: MICRO},
            patience_s=at("0d 14:00"),
            choice=PatienceChoice.BYPASS,
            petition_delay_s=HOUR,
            settles=SETTLES,
        ),
    ]
    assert tell(place(triage=graded()), lives).events == lines("""
        0d 12:00 #0 is incident
        0d 13:00 #2 gives up
        0d 14:00 #2 is withdrawn_faded
        0d 15:00 #3 arrives at county_1
        0d 15:00 #3 queues for desk
        0d 15:00 #3 starts desk with county_centre 0
        0d 16:00 #3 ends desk
        0d 16:00 #3 leaves county_1: settled
        0d 16:00 #3 is settled at county, bypassed
        1d 08:00 #1 is incident                             -- in the second in which the parties would have settled
    """)


def test_the_desk_that_registers_judges_at_the_age_on_registration() -> None:
    lives = [
        Life(at("0d 08:00"), entry_tier=1, grades={0: HARD, 1: SMALL, 2: HARD}, settles=SETTLES),
        Life(at("0d 08:00"), registered_s=at("0d 20:00"), grades={0: (NEVER, 12 * HOUR, ALWAYS)}, settles=SETTLES),
        Life(at("0d 08:00"), registered_s=at("0d 20:00"), grades={0: (NEVER, 12 * HOUR - 1, ALWAYS)}, settles=SETTLES),
    ]
    assert only("arrives", tell(place(triage=graded()), lives)) == lines("""
        0d 08:00 #0 arrives at village_1
        0d 20:00 #1 arrives at village_1
        0d 20:00 #2 arrives at town_1                       -- it had become a large matter on the way
    """)


def test_a_named_tier_without_staff_is_passed_through() -> None:
    lives = [Life(at("0d 08:00"), grades={0: LARGE}, settles={"county.desk": ALWAYS}, handover_delay_s=HOUR)]
    assert only("0d 08:00", tell(place(triage=graded(), tiers=tiers(town=tier("town", {}))), lives)) == lines("""
        0d 08:00 #0 arrives at town_1
        0d 08:00 #0 leaves town_1: passed_through
        0d 08:00 #0 arrives at county_1
        0d 08:00 #0 queues for desk
        0d 08:00 #0 starts desk with county_centre 0
    """)


def test_by_channel_a_case_starts_where_it_is_registered_and_lowest_first_it_does_not() -> None:
    lives = [Life(at("0d 08:00"), entry_tier=entry, settles=SETTLES) for entry in (0, 1, 2)]
    assert only("arrives", tell(place(triage={"rule": "by_channel"}), lives)) == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #1 arrives at town_1
        0d 08:00 #2 arrives at county_1
    """)
    assert only("arrives", tell(place(triage={"rule": "lowest_first"}), lives)) == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #1 arrives at village_1
        0d 08:00 #2 arrives at village_1
    """)
