"""The first handler keeps the case (首问首办): who held its first session sits at the panels above."""

from typing import Any

from tests.behaviour.story import ALWAYS, HOUR, Life, Told, at, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import days, desk, meeting, panel, staff_group, tier

COUNTY = tier("county", {"panel": panel("county_centre", "town_cadres")})
KEEPS = {"bonus_logit": 0.5}


def told(lives: list[Life], **blocks: Any) -> Told:
    return tell(place(**({"tiers": tiers(county=COUNTY), "first_handler_keeps": KEEPS} | blocks)), lives)


def of_panel(story: Told) -> list[str]:
    return [line for line in story.events if line.endswith("panel") or "starts panel" in line or "is settled" in line]


def test_who_held_the_first_session_sits_at_the_panel_above_and_is_taken_in_its_turn() -> None:
    life = Life(
        at("0d 08:00"), effort_s={"county.panel": 2 * HOUR}, settles_with_first_handler={"county.panel": ALWAYS}
    )
    assert of_panel(told([life])) == lines("""
        0d 10:00 #0 queues for panel                            -- an hour at the village and one at the town before it
        0d 10:00 #0 seats county_centre 0 for panel
        0d 10:00 #0 seats town_cadres 0 for panel
        0d 10:00 #0 seats village_mediators 0 for panel         -- not listed, but it was the first
        0d 10:00 #0 starts panel with county_centre 0
        0d 12:00 #0 ends panel
        0d 12:00 #0 is settled at county                        -- by the test with the first handler
    """)


def test_without_the_block_it_does_not_sit_and_the_test_is_the_plain_one() -> None:
    life = Life(at("0d 08:00"), settles={"county.panel": ALWAYS})
    story = told([life], first_handler_keeps=None)
    assert only("for panel", story) == lines("""
        0d 10:00 #0 queues for panel
        0d 10:00 #0 seats county_centre 0 for panel
        0d 10:00 #0 seats town_cadres 0 for panel
    """)
    assert only("is settled", story) == ["0d 11:00 #0 is settled at county"]


def test_it_has_the_panels_effort_no_travel_and_is_kept_as_long_as_the_panel_lasts() -> None:
    groups = staff(
        village_mediators=staff_group("village", 1, admin_share=0.9),
        town_cadres=staff_group("town", 1, admin_share=0.5),
    )
    story = told([Life(at("0d 08:00"))], staff_groups=groups)
    seats = story.trajectory.seats
    assert seats.occupation_s.tolist() == [HOUR, 2 * HOUR, 2 * HOUR]
    assert seats.effort_s.tolist() == [HOUR] * 3
    assert seats.travel_s.tolist() == [0] * 3


def test_a_pool_that_sends_a_member_anyway_sends_no_second_one() -> None:
    county = tier("county", {"panel": panel("county_centre", "village_mediators")})
    life = Life(at("0d 08:00"), settles={"county.panel": ALWAYS})
    story = told([life], tiers=tiers(county=county))
    assert len(only("seats village_mediators", story)) == 1
    assert only("is settled", story) == ["0d 11:00 #0 is settled at county"]


def test_a_listed_group_that_does_not_come_is_the_first_handler_all_the_same() -> None:
    county = tier("county", {"panel": panel("county_centre", "village_mediators")})
    absent = frozenset({"county.panel@village_mediators"})
    life = Life(at("0d 08:00"), absent=absent, settles_with_first_handler={"county.panel": ALWAYS})
    story = told([life], tiers=tiers(county=county))
    assert len(only("seats village_mediators", story)) == 1
    assert only("is settled", story) == ["0d 11:00 #0 is settled at county"]


def test_a_case_that_started_where_the_panel_sits_has_no_first_handler() -> None:
    life = Life(at("0d 08:00"), entry_tier=2, settles={"county.panel": ALWAYS})
    story = told([life], triage={"rule": "by_channel"})
    assert only("seats", story) == lines("""
        0d 08:00 #0 seats county_centre 0 for panel
        0d 08:00 #0 seats town_cadres 0 for panel
    """)


def test_a_session_that_was_only_waited_for_makes_nobody_the_first_handler() -> None:
    """The village is busy until the deadline: the town holds the case's first session."""
    village = tier("village", {"desk": desk("village_mediators")}, deadline={"days": 0, "clock": "calendar"})
    county = tier("county", {"panel": panel("county_centre")})
    busy = Life(at("0d 08:00"), effort_s={"village.desk": 40 * HOUR}, settles={"village.desk": ALWAYS})
    story = told([busy, Life(at("0d 09:00"))], tiers=tiers(village=village, county=county))
    assert only("seats", story) == lines("""
        1d 01:00 #1 seats county_centre 0 for panel
        1d 01:00 #1 seats town_cadres 0 for panel
    """)


def test_after_a_first_meeting_it_is_the_leads_pool_that_sits() -> None:
    window = {"by": "last_digit", "days": [3], "opens": "19:30", "closes": "21:30"}
    calendars = {"always": {"kind": "always"}, "market_days": {"kind": "monthly", "windows": [window]}}
    session = meeting("village_mediators", calendar="market_days", minutes_per_case=60)
    places = tiers(village=tier("village", {"meeting": session}), town=tier("town", {}), county=COUNTY)
    story = told([Life(at("0d 08:00"))], tiers=places, calendars=calendars)
    assert only("for panel", story)[1:] == lines("""
        2d 20:30 #0 seats county_centre 0 for panel
        2d 20:30 #0 seats town_cadres 0 for panel
        2d 20:30 #0 seats village_mediators 0 for panel
    """)


def test_a_new_episode_has_a_first_handler_of_its_own() -> None:
    """The village held the first session; the second episode starts at the town, whose post then sits by right."""
    county = tier("county", {"panel": panel("county_centre")})
    again = Life(0, settles_with_first_handler={"county.panel": ALWAYS})
    life = Life(
        at("0d 08:00"),
        settles_with_first_handler={"county.panel": ALWAYS},
        tried_after_s=HOUR,
        holds=(-1,),
        again=(again,),
    )
    breach = {
        "breach_days": days(1.0),
        "durability_logit": 0.0,
        "max_episodes": 2,
        "theta_shift_logit": 0.0,
        "reopen_at": "parent",
    }
    places = tiers(town=tier("town", {"desk": desk("town_cadres")}), county=county)
    story = told([life], tiers=places, breach=breach)
    of_others = [line for line in only("seats", story) if "county_centre" not in line]
    assert of_others[0].endswith("seats village_mediators 0 for panel")
    assert len(of_others) == 1  # reopened at the county, the top tier: nobody was there before
