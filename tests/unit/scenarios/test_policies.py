"""What each policy does, and that it takes no hands that were not there."""

import pytest

from sim.errors import InputError
from sim.jurisdiction import build_jurisdiction
from sim.specification import assumed_quantities, with_base_values
from sim.specification.schema.casework import Graded
from sim.vocabulary import NOWHERE
from tests.unit.scenarios.places import PLACES, POLICIES, headcount, loaded

MOST_VALUES_TO_SCREEN = 34
TOP_GROUP = "county_centre"
DESK_WORKERS = {"xichou": 72, "jinjiang": 395}
"""One for each village."""


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("place", PLACES)
def test_total_headcount_stays(place: str, policy: str) -> None:
    before, after = headcount(f"{place}/baseline"), headcount(f"{place}/{policy}")
    assert before.keys() == after.keys()
    assert sum(after.values()) == sum(before.values())


@pytest.mark.parametrize("place", PLACES)
def test_paid_hours_of_all_staff_stay_when_full_time_staff_move(place: str) -> None:
    """Who moves keeps his calendar: a policy that gave part-timers full days would create hours."""
    for policy in ("sink_staff_to_grids", "strengthen_town", "all_round_desk"):
        baseline, scenario = loaded(f"{place}/baseline").scenario, loaded(f"{place}/{policy}").scenario
        for calendar in baseline.calendars:
            before, after = (
                sum(group.posts for group in staff.staff_groups.values() if group.calendar == calendar)
                for staff in (baseline, scenario)
            )
            assert after == before, (policy, calendar)


@pytest.mark.parametrize("place", PLACES)
def test_sinking_takes_half_of_town_and_top_and_puts_them_where_every_grid_is_served(place: str) -> None:
    before, after = headcount(f"{place}/baseline"), headcount(f"{place}/sink_staff_to_grids")
    for group in ("town_mediators", TOP_GROUP):
        assert abs(after[group] - before[group] / 2) <= 0.5
    assert before["sunk_cadres"] == 0
    assert after["sunk_cadres"] == sum(before[g] - after[g] for g in ("town_mediators", TOP_GROUP))
    staff = build_jurisdiction(loaded(f"{place}/sink_staff_to_grids").scenario).staff
    assert (staff.pool_of_home[staff.group_ids.index("sunk_cadres")] != NOWHERE).all()


@pytest.mark.parametrize("place", PLACES)
def test_strengthening_towns_gives_each_two_village_cadres(place: str) -> None:
    before, after = headcount(f"{place}/baseline"), headcount(f"{place}/strengthen_town")
    towns = build_jurisdiction(loaded(f"{place}/baseline").scenario).units
    town_count = int(towns.offset[3] - towns.offset[2])
    assert after["town_mediators"] - before["town_mediators"] == 2 * town_count
    assert before["village_cadres"] - after["village_cadres"] == 2 * town_count


@pytest.mark.parametrize("place", PLACES)
def test_one_all_round_worker_stays_at_each_village_desk_and_all_others_are_in_the_grids(place: str) -> None:
    before, after = headcount(f"{place}/baseline"), headcount(f"{place}/all_round_desk")
    assert after["village_cadres"] == DESK_WORKERS[place]
    assert after["grid_cadres"] == before["village_cadres"] - DESK_WORKERS[place]
    sessions = loaded(f"{place}/all_round_desk").scenario.tiers["village"].sessions
    assert sessions["village_desk"].groups[0] == "village_cadres"


@pytest.mark.parametrize("place", PLACES)
def test_relieving_cadres_only_lowers_administration_and_moves_nobody(place: str) -> None:
    before, after = loaded(f"{place}/baseline").scenario, loaded(f"{place}/relieve_admin").scenario
    relieved = 0
    for group_id, group in before.staff_groups.items():
        changed = after.staff_groups[group_id]
        assert changed.posts == group.posts
        assert changed.admin_share <= group.admin_share
        assert changed.patrol_share >= group.patrol_share
        assert changed.admin_share + changed.patrol_share <= group.admin_share + group.patrol_share + 1e-9
        relieved += changed.admin_share < group.admin_share
    assert relieved >= 3


@pytest.mark.parametrize("place", PLACES)
def test_grades_name_rising_tiers_of_the_place(place: str) -> None:
    scenario = loaded(f"{place}/graded_triage").scenario
    triage, tiers = scenario.triage, list(scenario.tiers)
    assert isinstance(triage, Graded)
    levels = [tiers.index(tier) for tier in (triage.small.tier, triage.large.tier, triage.hard.tier)]
    assert levels == sorted(set(levels))
    assert levels[-1] == len(tiers) - 1


@pytest.mark.parametrize("place", PLACES)
def test_values_to_screen_are_few_and_their_ends_are_possible_under_every_policy(place: str) -> None:
    quantities = assumed_quantities(loaded(f"{place}/baseline"))
    assert 20 <= len(quantities) <= MOST_VALUES_TO_SCREEN
    impossible = []
    for policy in ("baseline", *POLICIES):
        for quantity in quantities:
            for end in (quantity.low, quantity.high):
                try:
                    with_base_values(loaded(f"{place}/{policy}"), {quantity.path: end})
                except InputError as error:
                    impossible.append((policy, quantity.path, end, str(error)))
    assert impossible == []


@pytest.mark.parametrize("place", PLACES)
def test_the_posts_on_which_the_verdict_hangs_have_a_range(place: str) -> None:
    screened = {quantity.path for quantity in assumed_quantities(loaded(f"{place}/baseline"))}
    for group in ("town_mediators", TOP_GROUP):
        assert f"staff_groups.{group}.posts" in screened
        assert f"staff_groups.{group}.admin_share" in screened
    assert "hardening.logit_per_30_days" in screened
