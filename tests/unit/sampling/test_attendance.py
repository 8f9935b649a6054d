"""Attendance at panels: drawn by group, shared by all policies, and what it adds to the margin."""

from typing import Any

import numpy as np

from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario
from tests.unit.sampling.rich_place import sampled
from tests.unit.scenario_factory import desk, make_scenario, panel, staff_group, tier

HARDENING = {"logit_per_30_days": 0.2, "cap_days": 10_000.0}
MANY = {"rate_per_1000_per_year": 1_000.0}


def place(session: dict[str, Any], **blocks: Any) -> Scenario:
    """Four villages whose town holds one session, after a desk."""
    tiers = {
        "village": tier("village", {}),
        "town": tier("town", {"desk": desk("town_cadres"), "session": session}),
        "county": tier("county", {"desk": desk("county_centre")}),
    }
    return make_scenario(**({"tiers": tiers, "hardening": HARDENING, "emergence": MANY} | blocks))


def columns(batch: DisputeBatch) -> dict[str, Any]:
    values = {name: getattr(batch, name) for name in batch.__dataclass_fields__}
    return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}


def test_each_group_comes_as_often_as_it_is_likely_to_and_independently() -> None:
    both = panel("town_cadres", "county_centre", "village_mediators")
    both["attendance_prob"] = {"county_centre": 0.3, "village_mediators": 0.8}
    batch = sampled(place(both))
    # Options: 0 the desk's cadres, 1 the lead, 2 the centre, 3 the mediators, 4 the county's desk.
    centre, mediators = batch.attends[:, 2], batch.attends[:, 3]
    count = len(centre)
    assert abs(centre.mean() - 0.3) < 4 * np.sqrt(0.21 / count)
    assert abs(mediators.mean() - 0.8) < 4 * np.sqrt(0.16 / count)
    assert abs((centre & mediators).mean() - 0.24) < 4 * np.sqrt(0.24 * 0.76 / count)


def test_a_likelier_group_comes_whenever_it_came_before() -> None:
    often, seldom = (sampled(place(panel("town_cadres", "county_centre", attendance=p))) for p in (0.7, 0.4))
    assert (often.attends[:, 2] >= seldom.attends[:, 2]).all()
    assert often.attends[:, 2].sum() > seldom.attends[:, 2].sum()


def test_a_group_without_a_post_for_the_unit_never_comes_and_brings_nothing() -> None:
    groups = {
        "village_mediators": staff_group("village", 4),
        "town_cadres": staff_group("town", 2),
        "county_centre": staff_group("county", 1),
        "guests": staff_group("town", 1, posts_serve=1),
    }
    batch = sampled(place(panel("town_cadres", "guests"), staff_groups=groups))
    alone = sampled(place(panel("town_cadres"), staff_groups=groups))
    assert set(batch.home_unit[batch.attends[:, 2]].tolist()) == {0, 1}
    elsewhere = batch.home_unit >= 2
    assert np.array_equal(batch.settle_until_age_s[elsewhere, 1], alone.settle_until_age_s[elsewhere, 1])


def test_each_group_that_comes_adds_its_bonus_to_the_margin() -> None:
    """Half a logit is 75 days of hardening at 0.2 a month: a critical age moves by so much where it is between ends."""
    alone = sampled(place(panel("town_cadres")))
    helped = sampled(place(panel("town_cadres", "county_centre", attendance=0.5)))
    before_s, after_s = alone.settle_until_age_s[:, 1], helped.settle_until_age_s[:, 1]
    comes, inside = helped.attends[:, 2], (before_s > 0) & (before_s < 4_000 * 86_400)
    assert np.array_equal(before_s[~comes], after_s[~comes])
    gained_s = (after_s - before_s)[comes & inside]
    assert len(gained_s) > 100
    assert np.abs(gained_s - 75 * 86_400).max() <= 1


def test_members_have_no_test_of_their_own() -> None:
    batch = sampled(place(panel("town_cadres", "county_centre")))
    assert not batch.settle_until_age_s[:, 2].any()


def test_a_panel_moves_no_other_draw() -> None:
    """But for its own columns, everything is as with a desk in its place."""
    one = columns(sampled(place(desk("town_cadres"))))
    other = columns(sampled(place(panel("town_cadres", "county_centre", attendance=0.5))))
    for name in one.keys() - {"attends"}:
        found = other[name]
        if name in ("travel_s", "occupation_s", "settle_until_age_s"):
            found = found[:, [0, 1, 3]]
        kept = [0, 2] if name == "settle_until_age_s" else slice(None)
        assert np.array_equal(one[name].T[kept], found.T[kept]), name


def test_members_travel_from_their_own_seats_if_the_panel_travels() -> None:
    travel = {"round_trip_hours": {"village": 0.25, "town": 1.5, "county": 3.0}}
    session = panel("town_cadres", "county_centre", "village_mediators", travels=True)
    batch = sampled(place(session, travel=travel))
    assert batch.travel_s[0].tolist() == [0, 5_400, 10_800, 900, 0]
    assert batch.occupation_s[0].tolist() == [3_600, 9_000, 14_400, 4_500, 3_600]
    stays = sampled(place(session | {"travels": False}, travel=travel))
    assert stays.travel_s[0].tolist() == [0] * 5


def test_a_first_handler_adds_to_the_margin_of_panels_only_and_moves_nothing_else() -> None:
    session = panel("town_cadres", "county_centre", attendance=0.5)
    plain, keeps = (sampled(place(session, first_handler_keeps=k)) for k in (None, {"bonus_logit": 0.5}))
    assert plain.settle_with_handler_until_age_s.shape[1] == 0
    for name, column in columns(plain).items():
        if name != "settle_with_handler_until_age_s":
            assert np.array_equal(column, columns(keeps)[name]), name
    before_s, after_s = keeps.settle_until_age_s[:, 1], keeps.settle_with_handler_until_age_s[:, 1]
    inside = (before_s > 0) & (before_s < 4_000 * 86_400)
    assert np.abs((after_s - before_s)[inside] - 75 * 86_400).max() <= 1
    assert not keeps.settle_with_handler_until_age_s[:, [0, 2, 3]].any()
    without = sampled(place(desk("town_cadres"), first_handler_keeps={"bonus_logit": 0.5}))
    assert without.settle_with_handler_until_age_s.shape[1] == 0
