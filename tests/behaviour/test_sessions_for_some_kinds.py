"""Sessions that are held for some kinds of dispute only (`categories`): the others skip them as if nobody held them."""

from typing import Any

from tests.behaviour.story import ALWAYS, HOUR, Life, at, graded, lines, place, tell, tiers
from tests.unit.scenario_factory import desk, intake, tier

NEIGHBOURS, LAND = 0, 1


def village(**sessions: dict[str, Any]) -> dict[str, Any]:
    return tiers(village=tier("village", sessions))


def test_a_kind_skips_what_is_not_held_for_it_with_its_gap() -> None:
    """A clinic for land matters before the desk: a quarrel of neighbours goes to the desk at once."""
    sessions = village(clinic=desk("village_mediators", categories=["land"]), desk=desk("village_mediators"))
    settles = {"village.desk": ALWAYS}
    lives = [
        Life(at("0d 08:00"), category=NEIGHBOURS, gap_s=2 * HOUR, settles=settles),
        Life(at("0d 08:00"), category=LAND, gap_s=2 * HOUR, settles=settles),
    ]
    assert tell(place(tiers=sessions), lives).events == lines("""
        0d 08:00 #0 arrives at village_1
        0d 08:00 #0 queues for desk                          -- no clinic, no date to wait for
        0d 08:00 #0 starts desk with village_mediators 0
        0d 08:00 #1 arrives at village_1
        0d 08:00 #1 queues for clinic
        0d 09:00 #0 ends desk
        0d 09:00 #0 leaves village_1: settled
        0d 09:00 #0 is settled at village
        0d 09:00 #1 starts clinic with village_mediators 0
        0d 10:00 #1 ends clinic
        0d 12:00 #1 queues for desk
        0d 12:00 #1 starts desk with village_mediators 0
        0d 13:00 #1 ends desk
        0d 13:00 #1 leaves village_1: settled
        0d 13:00 #1 is settled at village
    """)


def test_a_tier_with_nothing_for_a_kind_passes_it_through() -> None:
    """The village mediates between neighbours only; the town's last session is for land only."""
    places = tiers(
        village=tier("village", {"desk": desk("village_mediators", categories=["neighbours"])}),
        town=tier("town", {"desk": desk("town_cadres"), "survey": desk("town_cadres", categories=["land"])}),
        county=tier("county", {"desk": desk("county_centre", categories=["neighbours"])}),
    )
    lives = [Life(at("0d 08:00"), category=LAND, gap_s=HOUR), Life(at("0d 12:00"), category=NEIGHBOURS, gap_s=HOUR)]
    assert [line for line in tell(place(tiers=places), lives).events if "leaves" in line or "is " in line] == lines("""
        0d 08:00 #0 leaves village_1: passed_through
        0d 11:00 #0 leaves town_1: escalated_exhausted       -- desk and survey, an hour apart
        0d 11:00 #0 leaves county_1: adjudicated             -- the top has nothing for it
        0d 11:00 #0 is adjudicated at county
        0d 13:00 #1 leaves village_1: escalated_exhausted
        0d 14:00 #1 leaves town_1: escalated_exhausted       -- the desk is its last
        0d 15:00 #1 leaves county_1: adjudicated
        0d 15:00 #1 is adjudicated at county
    """)


def test_triage_waits_for_an_intake_only_where_it_is_held_for_the_kind() -> None:
    sessions = village(window=intake("village_mediators", categories=["land"]), desk=desk("village_mediators"))
    triage = graded(when="after_intake", micro=None)
    lives = [Life(at("0d 08:00"), category=LAND), Life(at("0d 12:00"), category=NEIGHBOURS)]
    told = tell(place(tiers=sessions, triage=triage), lives)
    assert [line for line in told.events if "arrives" in line or "leaves" in line][:4] == lines("""
        0d 08:00 #0 arrives at village_1
        0d 09:00 #0 leaves village_1: referred_up            -- judged hard when the intake ended
        0d 09:00 #0 arrives at county_1
        0d 10:00 #0 leaves county_1: adjudicated
    """)
    assert [line for line in told.events if "#1 arrives" in line] == ["0d 12:00 #1 arrives at county_1"]


def test_a_case_returns_to_the_lowest_tier_that_has_something_for_its_kind() -> None:
    places = tiers(village=tier("village", {"desk": desk("village_mediators", categories=["neighbours"])}))
    small = {2: (-1, ALWAYS, ALWAYS), 1: (-1, -1, ALWAYS)}
    triage = graded(may_return=["county"], micro=None)
    lives = [Life(at("0d 08:00"), category=kind, entry_tier=1, grades=small) for kind in (NEIGHBOURS, LAND)]
    told = tell(place(tiers=places, triage=triage), lives)
    returned = [line for line in told.events if "arrives" in line]
    assert returned[:6] == lines("""
        0d 08:00 #0 arrives at town_1
        0d 08:00 #1 arrives at town_1
        0d 09:00 #0 arrives at county_1
        0d 09:00 #0 arrives at village_1
        0d 10:00 #0 arrives at town_1
        0d 10:00 #1 arrives at county_1
    """)
    assert returned[6] == "0d 10:00 #1 arrives at town_1"
