"""A busy tier hands up cases before they join its queues (`load_referral`)."""

from typing import Any

from tests.behaviour.story import ALWAYS, HOUR, Life, at, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import days, desk, staff_group, tier

REFERS = {"village.desk": 1}
SETTLES = {"village.desk": ALWAYS, "town.desk": ALWAYS}


def busy_from(per_post: float, *groups: str) -> dict[str, Any]:
    """A village that may hand up from so many waiting per post."""
    referral = {"refer_when_waiting_per_post_at_least": per_post, "refer_prob": 0.5}
    sessions = {"desk": desk(*(groups or ("village_mediators",)))}
    return tiers(village=tier("village", sessions, load_referral=referral))


def test_who_finds_too_many_waiting_is_handed_up_if_chance_has_it() -> None:
    lives = [
        Life(at("0d 08:00"), settles=SETTLES, refers=REFERS),
        Life(at("0d 08:10"), settles=SETTLES, refers=REFERS),
        Life(at("0d 08:20"), settles=SETTLES, refers=REFERS, handover_delay_s=HOUR),
        Life(at("0d 08:30"), settles=SETTLES),
        Life(at("0d 10:30"), settles=SETTLES, refers=REFERS),
    ]
    told = tell(place(tiers=busy_from(1.0), handover={"delay_days": days(0), "hours": 0.5}), lives)
    assert told.events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk                               -- nobody waits
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:10 #1 arrives at village_1
        0d 08:10 #1 queues for desk                               -- #0 is served, so again nobody waits
        0d 08:20 #2 arrives at village_1
        0d 08:20 #2 leaves village_1: referred_by_load            -- one waits for one post
        0d 08:20 #2 queues for paperwork of desk
        0d 08:30 #3 arrives at village_1
        0d 08:30 #3 queues for desk                               -- chance lets it wait
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: settled
        0d 09:00 #0 is settled at village
        0d 09:00 #1 starts desk with village_mediators 0
        0d 09:20 #2 arrives at town_1
        0d 09:20 #2 queues for desk
        0d 09:20 #2 starts desk with town_cadres 0
        0d 10:00 #1 ends desk
        0d 10:00 #1 leaves village_1: settled
        0d 10:00 #1 is settled at village
        0d 10:00 #2 starts paperwork of desk with village_mediators 0
        0d 10:20 #2 ends desk
        0d 10:20 #2 leaves town_1: settled
        0d 10:20 #2 is settled at town
        0d 10:30 #2 ends paperwork of desk
        0d 10:30 #3 starts desk with village_mediators 0
        0d 10:30 #4 arrives at village_1
        0d 10:30 #4 leaves village_1: referred_by_load            -- posts are given last in a second: #3 still waits
        0d 10:30 #4 queues for paperwork of desk
        0d 10:30 #4 arrives at town_1
        0d 10:30 #4 queues for desk
        0d 10:30 #4 starts desk with town_cadres 0
        0d 11:30 #3 ends desk
        0d 11:30 #3 leaves village_1: settled
        0d 11:30 #3 is settled at village
        0d 11:30 #4 starts paperwork of desk with village_mediators 0
        0d 11:30 #4 ends desk
        0d 11:30 #4 leaves town_1: settled
        0d 11:30 #4 is settled at town
        0d 12:00 #4 ends paperwork of desk
    """)


def test_it_counts_who_waits_for_any_of_the_sessions_staff_per_post_of_them_all() -> None:
    """Three posts and 0.5 waiting a post: busy from 2 waiting. A request in two queues is one request."""
    groups = staff(village_mediators=staff_group("village", 2), roving=staff_group("town", 1))
    held = {"village.desk": 5 * HOUR}
    lives = [Life(at("0d 08:00"), effort_s=held, settles=SETTLES) for _ in range(4)]
    lives += [Life(at(f"0d 08:{minute}"), settles=SETTLES, refers=REFERS) for minute in (10, 20)]
    told = tell(place(tiers=busy_from(0.5, "village_mediators", "roving"), staff_groups=groups), lives)
    assert [line for line in told.events if "#4" in line or "#5" in line][:4] == lines("""
        0d 08:10 #4 arrives at village_1
        0d 08:10 #4 queues for desk                               -- #3 alone waits
        0d 08:20 #5 arrives at village_1
        0d 08:20 #5 leaves village_1: referred_by_load            -- #3 and #4 wait
    """)


def test_it_is_tested_before_every_session_and_waits_out_the_gap() -> None:
    referral = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
    sessions = {"desk": desk("village_mediators"), "again": desk("village_mediators")}
    places = tiers(village=tier("village", sessions, load_referral=referral))
    lives = [
        Life(at("0d 08:00"), gap_s=3 * HOUR, refers={"village.again": 1}, settles=SETTLES | {"village.desk": -1}),
        Life(at("0d 10:00"), effort_s={"village.desk": 5 * HOUR}, settles=SETTLES),
        Life(at("0d 11:00"), settles=SETTLES),
    ]
    told = tell(place(tiers=places), lives)
    assert only("#0", told)[3:] == lines("""
        0d 09:00 #0 ends desk
        0d 12:00 #0 leaves village_1: referred_by_load            -- #2 waits
        0d 12:00 #0 arrives at town_1
        0d 12:00 #0 queues for desk
        0d 12:00 #0 starts desk with town_cadres 0
        0d 13:00 #0 ends desk
        0d 13:00 #0 leaves town_1: settled
        0d 13:00 #0 is settled at town
    """)


def test_arrivals_of_one_second_find_each_other_in_the_order_of_their_numbers() -> None:
    lives = [Life(at("0d 08:00"), settles=SETTLES, refers=REFERS) for _ in range(3)]
    told = tell(place(tiers=busy_from(2.0)), lives)
    assert only("village_1:", told)[0] == "0d 08:00 #2 leaves village_1: referred_by_load"
