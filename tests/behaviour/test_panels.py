"""Sessions of several groups at once: who is asked, in which order posts are taken, and when all are free again."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, SessionMode
from tests.behaviour.story import ALWAYS, HOUR, Life, at, calendar_days, lines, only, place, staff, tell, tiers
from tests.unit.scenario_factory import desk, make_scenario, outreach, panel, staff_group, tier

SITTING = tiers(county=tier("county", {"panel": panel("county_centre", "town_cadres", "village_mediators")}))
BY_CHANNEL = {"rule": "by_channel"}


def for_the_panel(start: str, hours: int = 1, **rest: Any) -> Life:
    """A dispute that enters at the county and is settled by its panel."""
    return Life(
        at(start), entry_tier=2, effort_s={"county.panel": hours * HOUR}, settles={"county.panel": ALWAYS}, **rest
    )


def for_the_town(start: str, hours: int) -> Life:
    """A dispute that keeps the town's only post busy."""
    return Life(at(start), entry_tier=1, effort_s={"town.desk": hours * HOUR}, settles={"town.desk": ALWAYS})


def test_posts_are_taken_from_the_top_and_held_until_the_last_has_come() -> None:
    lives = [
        for_the_town("0d 08:00", 3),
        Life(at("0d 08:00"), effort_s={"village.desk": 5 * HOUR}, settles={"village.desk": ALWAYS}),
        for_the_panel("0d 09:00", 2),
        for_the_panel("0d 09:30"),
    ]
    told = tell(place(tiers=SITTING, triage=BY_CHANNEL), lives)
    assert [line for line in told.events if "#2" in line or "#3" in line] == lines("""
        0d 09:00 #2 arrives at county_1
        0d 09:00 #2 queues for panel
        0d 09:00 #2 seats county_centre 0 for panel             -- who now waits for the town
        0d 09:30 #3 arrives at county_1
        0d 09:30 #3 queues for panel
        0d 11:00 #2 seats town_cadres 0 for panel               -- and both for the village
        0d 13:00 #2 seats village_mediators 0 for panel
        0d 13:00 #2 starts panel with county_centre 0
        0d 15:00 #2 ends panel
        0d 15:00 #2 leaves county_1: settled
        0d 15:00 #2 is settled at county
        0d 15:00 #3 seats county_centre 0 for panel             -- all three at once
        0d 15:00 #3 seats town_cadres 0 for panel
        0d 15:00 #3 seats village_mediators 0 for panel
        0d 15:00 #3 starts panel with county_centre 0
        0d 16:00 #3 ends panel
        0d 16:00 #3 leaves county_1: settled
        0d 16:00 #3 is settled at county
    """)


def test_who_is_held_serves_nobody_and_is_free_in_the_second_in_which_the_case_leaves() -> None:
    """The panel's case gives up at 10:30; the county's post, held since 09:00, goes to the next at once."""
    places = SITTING | {"county": tier("county", {"panel": panel("county_centre", "town_cadres")})}
    lives = [
        for_the_town("0d 08:00", 6),
        for_the_panel("0d 09:00", patience_s=at("0d 10:30")),
        for_the_panel("0d 10:00", absent=frozenset({"county.panel@town_cadres"})),
    ]
    told = tell(place(tiers=places, triage=BY_CHANNEL), lives)
    assert [line for line in told.events if "panel" in line or "go" in line] == lines("""
        0d 09:00 #1 queues for panel
        0d 09:00 #1 seats county_centre 0 for panel
        0d 10:00 #2 queues for panel
        0d 10:30 #1 leaves the queue for panel
        0d 10:30 #1 lets county_centre 0 go
        0d 10:30 #2 seats county_centre 0 for panel             -- nobody else comes to this one
        0d 10:30 #2 starts panel with county_centre 0
        0d 11:30 #2 ends panel
    """)


@pytest.mark.parametrize("how", ["incident", "deadline"])
def test_every_way_out_lets_those_go_who_were_held(how: str) -> None:
    county = tier("county", {"panel": panel("county_centre", "town_cadres")}, deadline=calendar_days(0))
    way_out = {"incident_s": at("0d 10:00")} if how == "incident" else {}
    lives = [for_the_town("0d 08:00", 40), for_the_panel("0d 09:00", **way_out)]
    told = tell(place(tiers=tiers(county=county), triage=BY_CHANNEL), lives)
    second = "0d 10:00" if how == "incident" else "1d 00:00"
    assert only("lets county_centre 0 go", told) == [f"{second} #1 lets county_centre 0 go"]


def test_an_incident_during_a_panel_ends_the_case_and_not_the_panel() -> None:
    lives = [for_the_panel("0d 09:00", 4, incident_s=at("0d 10:00")), for_the_panel("0d 09:30")]
    told = tell(place(tiers=SITTING, triage=BY_CHANNEL), lives)
    assert only("is incident", told) == ["0d 10:00 #0 is incident at county"]
    assert only("starts panel", told)[1] == "0d 13:00 #1 starts panel with county_centre 0"


def test_a_member_is_waited_for_until_its_office_opens_and_the_end_is_on_the_leads_clock() -> None:
    evening = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "18:00", "closes": "22:00"}
    day = evening | {"opens": "08:00", "closes": "17:00"}
    weekly = {"kind": "weekly", "statutory": False, "make_up_as": "mon"}
    told = tell(
        place(
            calendars={
                "always": {"kind": "always"},
                "evenings": weekly | {"windows": [evening]},
                "days": weekly | {"windows": [day]},
            },
            staff_groups=staff(
                county_centre=staff_group("county", 1, calendar="days"),
                town_cadres=staff_group("town", 1, calendar="evenings"),
            ),
            tiers=tiers(county=tier("county", {"panel": panel("county_centre", "town_cadres")})),
            triage=BY_CHANNEL,
        ),
        [for_the_panel("0d 09:00", 2)],
    )
    assert only("panel", told) == lines("""
        0d 09:00 #0 queues for panel
        0d 09:00 #0 seats county_centre 0 for panel
        0d 18:00 #0 seats town_cadres 0 for panel               -- when its office opens
        0d 18:00 #0 starts panel with county_centre 0
        1d 10:00 #0 ends panel                                  -- two hours of the lead's office
    """)


def test_the_longest_occupation_keeps_all_and_each_has_its_own_effort() -> None:
    scenario = place(
        staff_groups=staff(town_cadres=staff_group("town", 1, admin_share=0.5)),
        tiers=tiers(county=tier("county", {"panel": panel("county_centre", "town_cadres")})),
        triage=BY_CHANNEL,
    )
    told = tell(scenario, [for_the_panel("0d 09:00", 2)])
    seats, requests = told.trajectory.seats, told.trajectory.requests
    assert seats.occupation_s.tolist() == [2 * HOUR, 4 * HOUR]
    assert seats.effort_s.tolist() == [2 * HOUR, 2 * HOUR]
    assert seats.released_s.tolist() == [at("0d 13:00")] * 2
    assert (requests.effort_s[0], requests.occupation_s[0]) == (4 * HOUR, 4 * HOUR)


def test_a_panel_is_for_units_for_which_its_lead_has_a_post_whoever_else_has_one() -> None:
    """The first village's town has a post, the second's has none: no panel there, and the county sits without it."""
    scenario = make_scenario(
        units={"by": "count", "counts": {"village": 2, "town": 2, "county": 1}, "population_persons": 1000},
        staff_groups={
            "village_mediators": staff_group("village", 2),
            "town_cadres": staff_group("town", 1, posts_serve=1),
            "county_centre": staff_group("county", 1),
        },
        tiers=tiers(
            village=tier("village", {}),
            town=tier("town", {"panel": panel("town_cadres", "village_mediators")}),
            county=tier("county", {"panel": panel("county_centre", "town_cadres")}),
        ),
    )
    settled = {"county.panel": ALWAYS}
    told = tell(scenario, [Life(at("0d 08:00"), home=home, settles=settled) for home in (0, 1)])
    assert only("seats", told) == lines("""
        0d 08:00 #0 seats town_cadres 0 for panel
        0d 08:00 #0 seats village_mediators 0 for panel
        0d 08:00 #1 seats county_centre 0 for panel             -- its own town has no post
        0d 09:00 #0 seats county_centre 0 for panel
        0d 09:00 #0 seats town_cadres 0 for panel
    """)


@pytest.mark.parametrize("mode", ["desk", "outreach"])
def test_a_panel_of_its_lead_alone_is_a_desk_or_a_visit_but_for_its_mode(mode: str) -> None:
    alone = desk("county_centre") if mode == "desk" else outreach("county_centre", bonus_logit=0.0)
    lives = [
        Life(
            at(f"{day}d 0{hour}:00"),
            effort_s={"county.session": (day % 3) * HOUR},
            settles={"county.session": ALWAYS if day % 2 else 0},
            patience_s=at(f"{day}d 12:30") if day % 4 == 0 else NEVER_S,
            incident_s=at(f"{day}d 10:00") if day % 5 == 0 else NEVER_S,
        )
        for day in range(8)
        for hour in (8, 9)
    ]

    def told(session: dict[str, Any]) -> Any:
        county = tier("county", {"session": session})
        return tell(
            place(
                tiers=tiers(county=county),
                handover={"delay_days": {"distribution": "deterministic", "mean_days": 0.0}, "hours": 1.0},
            ),
            lives,
        )

    one, other = told(alone), told(panel("county_centre", travels=mode == "outreach"))
    assert other.protocol.sessions.mode[2] == SessionMode.PANEL
    for table in ("disputes", "visits", "requests"):
        for column in fields(getattr(one.trajectory, table)):
            first, second = (getattr(getattr(t.trajectory, table), column.name) for t in (one, other))
            assert np.array_equal(first, second), (table, column.name)
    assert len(other.trajectory.seats.request) > 10
    assert len(one.trajectory.seats.request) == 0


def test_two_panels_that_need_each_others_posts_do_not_wait_for_ever() -> None:
    """Each tier's panel needs both posts; whoever asks, the county's is taken first."""
    both = tiers(
        town=tier("town", {"panel": panel("town_cadres", "county_centre")}),
        county=tier("county", {"panel": panel("county_centre", "town_cadres")}),
    )
    settled = {"town.panel": ALWAYS, "county.panel": ALWAYS}
    lives = [Life(at("0d 08:00"), entry_tier=1 + row % 2, settles=settled) for row in range(6)]
    told = tell(place(tiers=both, triage=BY_CHANNEL), lives)
    assert [line[:8] for line in only("starts", told)] == [f"0d {hour:02d}:00" for hour in range(8, 14)]
    assert told.trajectory.seats.released_s.max() < SECONDS_PER_DAY
