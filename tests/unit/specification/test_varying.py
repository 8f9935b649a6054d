"""Values replaced after loading, alone or as if the baseline had them."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import (
    assumed_quantities,
    load_scenario,
    to_yaml,
    with_base_values,
    with_values,
)
from tests.unit.specification.conftest import Changed

POSTS = "staff_groups.town_cadres.posts"
GRID = "staff_groups.grid_workers.posts"
MOVE = f"changes:\n  - move: {{from: {POSTS}, to: {GRID}, share: 0.5}}\n"


def test_assumed_numbers_with_a_range_are_listed_in_the_order_of_the_schema(complete: Path) -> None:
    found = assumed_quantities(load_scenario(complete))
    assert [(quantity.path, quantity.value, quantity.low, quantity.high) for quantity in found] == [
        ("household.persons", 3.2, 2.6, 3.8),
        ("staff_groups.grid_workers.admin_share", 0.6, 0.4, 0.8),
        ("staff_groups.grid_workers.ability_logit", -0.2, -0.6, 0.2),
        (POSTS, 5, 3, 9),
        ("emergence.rate_per_1000_per_year", 9.0, 6, 14),
    ]
    assert {quantity.role for quantity in found} == {"lever", "uncertainty"}
    assert found[3].unit == "posts"


def test_transferred_numbers_count_and_items_of_lists_have_paths() -> None:
    found = assumed_quantities(load_scenario(Path(__file__).parent / "two_tiers.yaml"))
    assert [(quantity.path, quantity.value) for quantity in found] == [("season.monthly_index.11", 1.5)]


def test_values_are_replaced_and_nothing_else(complete: Path) -> None:
    resolved = load_scenario(complete)
    varied = with_values(resolved, {POSTS: 9.0, "season.monthly_index.0": 2, "queue.order": "first_come"})
    assert varied.scenario.staff_groups["town_cadres"].posts == 9
    assert varied.scenario.season is not None
    assert varied.scenario.season.monthly_index[:2] == (2.0, 1.2)
    assert varied.scenario.queue.order == "first_come"
    assert with_values(varied, {POSTS: 5, "season.monthly_index.0": 1.4, "queue.order": "earliest_due"}) == resolved


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (POSTS, -1, "below_minimum"),
        (POSTS, 2.5, "not_a_whole_number"),
        ("staff_groups.town_cadres.psots", 3, "path_unknown"),
        ("season.monthly_index.12", 3, "path_unknown"),
        ("measures.equity_tier", "vilage", "unknown_id"),
        ("staff_groups.elders.posts", 0.0, ""),
        ("staff_groups.village_mediators.posts", 3, "posts_serve_required"),
        ("triage.small.below_logit", 9, "thresholds_not_rising"),
    ],
)
def test_values_that_make_no_valid_scenario_are_refused(
    path: str, value: float | str, code: str, complete: Path
) -> None:
    resolved = load_scenario(complete)
    if not code:
        assert with_values(resolved, {path: value}).scenario.staff_groups["elders"].posts == 0
        return
    with pytest.raises(InputError) as refused:
        with_values(resolved, {path: value})
    assert [problem.code for problem in refused.value.problems] == [code]


def test_other_shares_of_a_whole_are_scaled_along(complete: Path) -> None:
    varied = with_values(load_scenario(complete), {"categories.family.share": 0.725, "patience.bypass_share": 0.0})
    assert [category.share for category in varied.scenario.categories.values()] == pytest.approx([0.725, 0.175, 0.1])
    patience = varied.scenario.patience
    assert patience is not None
    assert (patience.withdraw_share, patience.litigate_share) == pytest.approx((0.4 / 0.75, 0.35 / 0.75))


def test_the_other_items_of_administration_make_room_too(complete: Path) -> None:
    varied = with_values(load_scenario(complete), {"admin_load.meetings.share_of_admin": 0.75})
    assert varied.scenario.admin_load is not None
    parts = [item.share_of_admin for item in varied.scenario.admin_load.values()]
    assert parts == pytest.approx([0.75, 0.15, 0.1])


def test_a_range_that_no_longer_holds_the_value_is_dropped(complete: Path) -> None:
    resolved = load_scenario(complete)
    assert with_values(resolved, {POSTS: 9}).provenance[POSTS].range == (3, 9)
    assert with_values(resolved, {POSTS: 10}).provenance[POSTS].range is None


def test_a_varied_scenario_can_be_written_and_read(complete: Path, tmp_path: Path) -> None:
    varied = with_values(load_scenario(complete), {POSTS: 10, "household.persons": 2.6})
    path = tmp_path / "varied.yaml"
    path.write_text(to_yaml(varied), encoding="utf-8")
    assert load_scenario(path).scenario == varied.scenario


def test_what_a_policy_computes_follows_the_baselines_number(changed: Changed) -> None:
    policy = changed(MOVE)
    assert (policy.scenario.staff_groups["town_cadres"].posts, policy.scenario.staff_groups["grid_workers"].posts) == (
        3,
        14,
    )
    groups = with_base_values(policy, {POSTS: 9}).scenario.staff_groups
    assert (groups["town_cadres"].posts, groups["grid_workers"].posts) == (5, 16)  # 4.5 is rounded to 4


def test_what_a_policy_computes_is_what_its_files_give_with_another_baseline(complete: Path, tmp_path: Path) -> None:
    changes = (
        MOVE
        + f"  - add: {{path: {POSTS}, amount: 2}}\n"
        + "  - scale: {path: staff_groups.grid_workers.admin_share, factor: 0.9}\n"
        + f"  - set: {{path: {GRID}, value: 30}}\n"
        + f"  - move: {{from: {GRID}, to: {POSTS}, share: 0.1}}\n"
    )
    text = complete.read_text(encoding="utf-8")
    values = {POSTS: 8, "staff_groups.grid_workers.admin_share": 0.4, GRID: 24, "household.persons": 3.8}
    other = text.replace("posts: {value: 5,", "posts: {value: 8,").replace("value: 0.6", "value: 0.4")
    other = other.replace("posts: 12", "posts: 24").replace("value: 3.2", "value: 3.8")
    policies = []
    for name, content in (("base", text), ("other", other)):
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
        policy = tmp_path / f"policy_on_{name}.yaml"
        policy.write_text(f"extends: {name}.yaml\n{changes}", encoding="utf-8")
        policies.append(load_scenario(policy))
    assert with_base_values(policies[0], values).scenario == policies[1].scenario


def test_what_a_policy_states_does_not_follow_the_baseline(changed: Changed) -> None:
    policy = changed("staff_groups: {town_cadres: {posts: 6}}\ntriage: {rule: lowest_first}\n")
    varied = with_base_values(policy, {POSTS: 9, "triage.noise_sd_logit": 2.0, "household.persons": 3.0})
    assert varied.scenario.staff_groups["town_cadres"].posts == 6
    assert varied.scenario.triage == policy.scenario.triage
    assert varied.scenario.household.persons == 3.0


def test_a_resolved_policy_read_from_its_file_follows_the_baseline_too(changed: Changed, tmp_path: Path) -> None:
    policy = changed(MOVE)
    path = tmp_path / "policy.resolved.yaml"
    path.write_text(to_yaml(policy), encoding="utf-8")
    again = load_scenario(path)
    assert with_base_values(again, {POSTS: 9}).scenario == with_base_values(policy, {POSTS: 9}).scenario


def test_a_baseline_follows_itself(complete: Path) -> None:
    resolved = load_scenario(complete)
    assert with_base_values(resolved, {POSTS: 9}) == with_values(resolved, {POSTS: 9})


@pytest.mark.parametrize(
    "derivation",
    [
        "3",
        "{}",
        "{stated: 3, start: {}, steps: []}",
        "{stated: [], start: {a: b}, steps: []}",
        "{stated: [], start: {}, steps: [{scale: {path: staff_groups.elders.posts, factor: 2}}]}",
        "{stated: [], start: {staff_groups.elders.posts: 2}, steps: [{sclae: {}}]}",
    ],
)
def test_a_derivation_that_was_tampered_with_is_refused(derivation: str, complete: Path, tmp_path: Path) -> None:
    path = tmp_path / "tampered.yaml"
    path.write_text(f"{complete.read_text(encoding='utf-8')}\nderivation: {derivation}\n", encoding="utf-8")
    with pytest.raises(InputError):
        load_scenario(path)
