"""Meetings on meeting days: who is heard when, in which order, and what a meeting costs."""

from typing import Any

from sim.vocabulary import NOWHERE
from tests.behaviour.story import ALWAYS, HOUR, Life, Told, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, make_scenario, meeting, staff_group, tier

MARKET_DAYS = {
    "kind": "monthly",
    "windows": [{"by": "last_digit", "days": [3], "opens": "19:30", "closes": "21:30"}],
}
CALENDARS = {"always": {"kind": "always"}, "market_days": MARKET_DAYS}


def held(*groups: str, **changes: Any) -> dict[str, Any]:
    """The village tier with a meeting of three cases, on the 3rd, 13th and 23rd (days 2, 12 and 22 of the run)."""
    session = meeting(*(groups or ("village_mediators",)), calendar="market_days", minutes_per_case=40, **changes)
    return tiers(village=tier("village", {"meeting": session}))


def heard(start: str, **rest: Any) -> Life:
    """A dispute that the village's meeting settles."""
    return Life(at(start), settles={"village.meeting": ALWAYS}, **rest)


def told(lives: list[Life], **blocks: Any) -> Told:
    return tell(place(**({"calendars": CALENDARS, "tiers": held()} | blocks)), lives, 60)


def test_cases_wait_for_the_meeting_and_are_heard_one_after_the_other_in_the_order_of_joining() -> None:
    story = told([heard("0d 12:00"), heard("0d 09:00"), heard("2d 19:30")])
    assert [line for line in story.events if "seats" not in line and "arrives" not in line] == lines("""
        0d 09:00 #1 queues for meeting
        0d 12:00 #0 queues for meeting
        2d 19:30 #0 starts meeting with village_mediators
        2d 19:30 #1 starts meeting with village_mediators
        2d 19:30 #2 queues for meeting                          -- who joins as it opens is heard
        2d 19:30 #2 starts meeting with village_mediators
        2d 20:10 #1 ends meeting
        2d 20:10 #1 leaves village_1: settled
        2d 20:10 #1 is settled at village
        2d 20:50 #0 ends meeting
        2d 20:50 #0 leaves village_1: settled
        2d 20:50 #0 is settled at village
        2d 21:30 #2 ends meeting
        2d 21:30 #2 leaves village_1: settled
        2d 21:30 #2 is settled at village
    """)


def test_who_finds_no_room_or_comes_while_a_meeting_is_on_waits_for_the_next() -> None:
    story = told([*(heard("1d 09:00") for _ in range(4)), heard("2d 19:31")])
    assert only("ends", story) == lines("""
        2d 20:10 #0 ends meeting
        2d 20:50 #1 ends meeting
        2d 21:30 #2 ends meeting
        12d 20:10 #3 ends meeting                               -- a meeting has room for three
        12d 20:50 #4 ends meeting                               -- it came a minute late
    """)


def test_a_case_may_leave_the_docket_and_its_place_goes_to_the_next() -> None:
    lives = [heard("1d 09:00", patience_s=at("2d 19:30")), *(heard("1d 10:00") for _ in range(3))]
    story = told(lives)
    assert only("leaves the queue", story) == ["2d 19:30 #0 leaves the queue for meeting"]
    assert [line[:8] for line in only("ends", story)] == ["2d 20:10", "2d 20:50", "2d 21:30"]


def test_a_meeting_is_charged_whole_to_every_group_and_shared_out_over_its_cases() -> None:
    story = told([heard("1d 09:00") for _ in range(7)], tiers=held("village_mediators", "town_cadres"))
    seats, requests = story.trajectory.seats, story.trajectory.requests
    # The town sits above the village: its share comes first. Three, three and one case share 2 hours.
    assert seats.request.tolist() == [row for row in range(7) for _ in range(2)]
    assert seats.effort_s.tolist() == [2_400] * 12 + [2 * HOUR] * 2
    assert requests.effort_s.tolist() == [4_800] * 6 + [4 * HOUR]
    assert set(seats.post.tolist()) == {NOWHERE}
    assert set(seats.occupation_s.tolist()) == set(requests.occupation_s.tolist()) == {0}


def test_what_does_not_divide_goes_to_the_first_case() -> None:
    windows = [{"by": "number", "days": [3], "opens": "19:30", "closes": "19:37"}]
    calendars = CALENDARS | {"market_days": {"kind": "monthly", "windows": windows}}
    session = meeting("village_mediators", calendar="market_days", minutes_per_case=1)
    places = tiers(village=tier("village", {"meeting": session}))
    lives = [heard("1d 10:00"), heard("1d 09:00"), *(heard("1d 11:00") for _ in range(7))]
    story = told(lives[:9], calendars=calendars, tiers=places)
    assert story.trajectory.seats.effort_s.tolist()[:7] == [60] * 7
    story = told(lives[:4], calendars=calendars, tiers=places)
    assert story.trajectory.seats.effort_s.tolist() == [105] * 4
    windows[0]["closes"] = "19:41"
    story = told(lives[:7], calendars=calendars, tiers=places)
    # 660 seconds over seven: 94 each and two left over, to the one that joined first.
    assert story.trajectory.seats.effort_s.tolist() == [94, 96, 94, 94, 94, 94, 94]


def test_a_meeting_takes_no_post_and_needs_none_to_be_free() -> None:
    village = tier("village", {"desk": desk("village_mediators"), "meeting": held()["village"]["sessions"]["meeting"]})
    lives = [
        Life(at("2d 19:00"), effort_s={"village.desk": 3 * HOUR}, settles={"village.desk": ALWAYS}),
        Life(at("2d 10:00"), effort_s={"village.desk": HOUR}, settles={"village.meeting": ALWAYS}),
    ]
    story = told(lives, tiers=tiers(village=village))
    assert only("starts", story) == lines("""
        2d 10:00 #1 starts desk with village_mediators 0
        2d 19:00 #0 starts desk with village_mediators 0
        2d 19:30 #1 starts meeting with village_mediators
    """)


def test_each_town_has_a_docket_of_its_own() -> None:
    session = meeting("town_cadres", "village_mediators", calendar="market_days", minutes_per_case=60)
    scenario = make_scenario(
        calendars=CALENDARS,
        tiers=tiers(village=tier("village", {}), town=tier("town", {"meeting": session})),
    )
    settled = {"town.meeting": ALWAYS}
    story = tell(scenario, [Life(at("0d 09:00"), home=home, settles=settled) for home in (0, 0, 0, 2, 3)], 60)
    assert [line[:11] for line in only("ends", story)] == [
        "2d 20:30 #0",
        "2d 20:30 #3",
        "2d 21:30 #1",
        "2d 21:30 #4",
        "12d 20:30 #",
    ]
    # Villages 3 and 4 share a meeting of their town: each village's mediators are charged for their own case.
    seats = story.trajectory.seats
    assert seats.effort_s[seats.request == 3].tolist() == [HOUR, HOUR]


def test_an_incident_during_a_meeting_ends_the_case() -> None:
    story = told([heard("0d 09:00", incident_s=at("2d 20:00"))])
    assert only("leaves village_1", story) == ["2d 20:00 #0 leaves village_1: incident"]
    assert only("ends meeting", story) == ["2d 20:10 #0 ends meeting"]


def test_a_deadline_that_passes_during_a_meeting_acts_at_its_end() -> None:
    late = {"by": "last_digit", "days": [3], "opens": "23:30", "closes": "24:00"}
    session = meeting("village_mediators", calendar="late", minutes_per_case=30)
    sessions = {"meeting": session, "desk": desk("village_mediators")}
    places = tiers(village=tier("village", sessions, deadline=calendar_days(2)))
    calendars = CALENDARS | {"late": {"kind": "monthly", "windows": [late]}}
    story = told([heard("0d 09:00"), Life(at("0d 10:00")), Life(at("0d 11:00"))], tiers=places, calendars=calendars)
    assert only("leaves village_1", story) == lines("""
        3d 00:00 #0 leaves village_1: settled                   -- in the deadline's second
        3d 00:00 #1 leaves village_1: escalated_deadline        -- the meeting had room for one
        3d 00:00 #2 leaves village_1: escalated_deadline
    """)


def test_paperwork_after_a_meeting_is_asked_of_the_leads_pool() -> None:
    places = held("village_mediators", "town_cadres")
    hand = {"delay_days": {"distribution": "deterministic", "mean_days": 1.0}, "hours": 1.0}
    story = told([Life(at("0d 09:00"))], tiers=places, handover=hand)
    assert only("paperwork", story)[:3] == lines("""
        2d 20:10 #0 queues for paperwork of meeting
        2d 20:10 #0 starts paperwork of meeting with village_mediators 0
        2d 21:10 #0 ends paperwork of meeting
    """)


def test_a_village_whose_lead_has_no_post_holds_no_meeting() -> None:
    story = told([heard("0d 09:00")], staff_groups=staff(village_mediators=staff_group("village", 0)))
    assert only("passed_through", story) == ["0d 09:00 #0 leaves village_1: passed_through"]


def test_weekly_windows_are_meetings_too_and_windows_that_touch_are_one() -> None:
    evening = {"days": ["wed"], "opens": "19:00", "closes": "20:00"}
    weekly = {"kind": "weekly", "statutory": False, "make_up_as": "mon"}
    calendars = CALENDARS | {
        "market_days": weekly | {"windows": [evening, evening | {"opens": "20:00", "closes": "21:20"}]}
    }
    story = told([heard("0d 09:00") for _ in range(4)], calendars=calendars)
    assert [line[:8] for line in only("ends", story)] == ["2d 19:40", "2d 20:20", "2d 21:00", "9d 19:40"]
