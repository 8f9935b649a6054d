"""What an overlay's own keys do to the scenario below it."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario, with_base_values
from tests.unit.specification.conftest import Changed, ProblemsOf, Write


def test_blocks_merge_by_key_and_single_values_are_replaced(changed: Changed) -> None:
    scenario = changed("staff_groups: {town_cadres: {posts: 6, admin_share: 0.3}}\n").scenario
    group = scenario.staff_groups["town_cadres"]
    assert (group.posts, group.admin_share, group.ability_logit) == (6, 0.3, 0.6)
    assert next(iter(scenario.staff_groups)) == "grid_workers"


def test_lists_are_replaced_whole(changed: Changed) -> None:
    scenario = changed("triage: {may_return: [county]}\n").scenario
    assert scenario.triage.rule == "graded"
    assert scenario.triage.may_return == ("county",)


def test_null_takes_an_optional_block_and_an_id_away(changed: Changed) -> None:
    scenario = changed(
        "patience: ~\nstaff_groups: {elders: ~, town_squad: {posts_serve: 2}}\n"
        "tiers: {group: {sessions: {talk_at_home: {groups: [grid_workers]}}}}\n"
    ).scenario
    assert scenario.patience is None
    assert "elders" not in scenario.staff_groups


def test_null_at_a_required_key_is_refused_where_it_stands(write: Write, problems_of: ProblemsOf) -> None:
    assert problems_of(write("measures: {equity_tier: ~}\n")) == [("empty_value", 2, 12)]


def test_a_block_of_another_kind_is_replaced_whole(changed: Changed) -> None:
    scenario = changed(
        "triage: {rule: lowest_first}\n"
        "tiers: {town: {sessions: {mediation: {effort_hours: {distribution: deterministic, mean_hours: 2}}}}}\n"
    ).scenario
    assert scenario.triage.model_dump() == {"rule": "lowest_first"}
    mediation = scenario.tiers["town"].sessions["mediation"]
    assert mediation.mode == "desk"
    effort = mediation.effort_hours
    assert effort.model_dump() == {"distribution": "deterministic", "mean": 2.0}


def test_a_block_of_the_same_kind_keeps_what_the_overlay_does_not_say(changed: Changed) -> None:
    scenario = changed("patience: {days: {distribution: weibull, mean_days: 60}}\n").scenario
    assert scenario.patience is not None
    assert scenario.patience.days.model_dump() == {"distribution": "weibull", "mean": 60.0, "shape": 1.3}


def test_new_ids_come_last_and_known_ids_keep_their_place(changed: Changed) -> None:
    scenario = changed(
        "tiers:\n  town:\n    sessions:\n"
        "      third: {mode: desk, groups: [town_cadres], effort_hours: {distribution: exponential, mean_hours: 1}}\n"
        "      mediation: {effort_hours: {mean_hours: 3}}\n"
    ).scenario
    assert list(scenario.tiers["town"].sessions) == ["reception", "mediation", "second_mediation", "third"]


def test_a_value_over_a_record_leaves_no_basis_source_or_range(changed: Changed) -> None:
    resolved = changed("staff_groups: {town_cadres: {posts: 6}}\n")
    stated = resolved.provenance["staff_groups.town_cadres.posts"]
    assert (stated.basis, stated.source, stated.range) == (None, None, None)
    assert stated.set_by.endswith("policy.yaml")
    assert stated.line == 2


def test_a_record_over_a_record_replaces_it_whole(changed: Changed) -> None:
    resolved = changed("staff_groups: {grid_workers: {admin_share: {value: 0.5, basis: assumed}}}\n")
    stated = resolved.provenance["staff_groups.grid_workers.admin_share"]
    assert (stated.basis, stated.source, stated.range) == ("assumed", None, None)


def test_files_of_a_list_are_laid_in_order_and_the_file_itself_last(write: Write, complete: Path) -> None:
    write("queue: {order: first_come}\n", "one.yaml", extends=False)
    write("overall_deadline: {days: 60}\n", "parts/two.yaml", extends=False)
    policy = write(f"extends: [{complete}, one.yaml, parts/two.yaml]\noverall_deadline: {{days: 50}}\n", extends=False)
    resolved = load_scenario(policy)
    assert resolved.scenario.queue.order == "first_come"
    assert resolved.scenario.overall_deadline is not None
    assert resolved.scenario.overall_deadline.days == 50
    assert [read.file.rsplit("/", 1)[-1] for read in resolved.files] == [
        "policy.yaml",
        "complete.yaml",
        "one.yaml",
        "two.yaml",
    ]


def test_a_chain_of_extending_files_ends_in_a_baseline(write: Write) -> None:
    write("overall_deadline: {days: 60}\n", "middle.yaml")
    top = write("extends: middle.yaml\noverall_deadline: {clock: working}\n", "top.yaml", extends=False)
    deadline = load_scenario(top).scenario.overall_deadline
    assert deadline is not None
    assert (deadline.days, deadline.clock) == (60, "working")


def test_a_file_that_names_its_place_is_the_baseline_that_policies_start_from(write: Write) -> None:
    write("place: {zh: 某县, en: County}\nstaff_groups: {town_cadres: {posts: 8}}\n", "baseline.yaml")
    move = "{from: staff_groups.town_cadres.posts, to: staff_groups.grid_workers.posts, share: 0.5}"
    policy = write(f"extends: baseline.yaml\nchanges: [{{move: {move}}}]\n", extends=False)
    resolved = load_scenario(policy)
    assert resolved.scenario.staff_groups["town_cadres"].posts == 4
    assert resolved.derivation.stated == ()
    varied = with_base_values(resolved, {"staff_groups.town_cadres.posts": 10}).scenario
    assert varied.staff_groups["town_cadres"].posts == 5


def test_a_new_tier_takes_its_turn_by_its_kind(changed: Changed) -> None:
    scenario = changed(
        "tiers: {household: {kind: household, name: {zh: 联户, en: households}, sessions: {}}}\n"
        "units: {counts: {household: 40}}\ntravel: {round_trip_hours: {household: 0}}\n"
    ).scenario
    assert list(scenario.tiers) == ["household", "group", "village", "town", "county"]


def test_too_long_a_chain_is_refused(write: Write) -> None:
    for number in range(30):
        write(f"extends: f{number + 1}.yaml\n", f"f{number}.yaml", extends=False)
    with pytest.raises(InputError) as refused:
        load_scenario(write("extends: f0.yaml\n", extends=False))
    assert [problem.code for problem in refused.value.problems] == ["extends_too_deep"]


def test_an_overlay_given_with_a_policy_of_the_same_baseline_adds_only_its_own_changes(write: Write) -> None:
    first = write("overall_deadline: {days: 60}\n", "first.yaml")
    second = write("changes: [{scale: {path: staff_groups.town_cadres.posts, factor: 2}}]\n", "second.yaml")
    scenario = load_scenario(first, [second, second]).scenario
    assert scenario.staff_groups["town_cadres"].posts == 10
    assert scenario.overall_deadline is not None
    assert scenario.overall_deadline.days == 60


def test_an_overlay_on_another_baseline_is_refused(write: Write, complete: Path, problems_of: ProblemsOf) -> None:
    text = complete.read_text(encoding="utf-8")
    write(text, "other.yaml", extends=False)
    overlay = write("extends: other.yaml\npatrol: {find_prob: 0.1}\n", "overlay.yaml", extends=False)
    assert problems_of(write(""), overlay) == [("extends_other_base", 1, 10)]


def test_a_complete_scenario_is_no_overlay(complete: Path, write: Write, problems_of: ProblemsOf) -> None:
    other = write(complete.read_text(encoding="utf-8"), "other.yaml", extends=False)
    assert problems_of(write(""), other) == [("overlay_is_complete_scenario", 0, 0)]


def test_an_overlay_alone_is_no_scenario(write: Write, problems_of: ProblemsOf) -> None:
    assert problems_of(write("patrol: {find_prob: 0.1}\n", extends=False)) == [("scenario_is_overlay", 0, 0)]


@pytest.mark.parametrize("extends", ["3", "[]", "[a.yaml, 3]", "{file: a.yaml}", "''", "~"])
def test_extends_names_a_file_or_several(extends: str, write: Write) -> None:
    write("", "a.yaml")
    with pytest.raises(InputError) as refused:
        load_scenario(write(f"extends: {extends}\nschema_version: 1\n", extends=False))
    assert refused.value.problems[0].code == "extends_invalid"


def test_a_fault_is_reported_in_the_file_that_made_it(write: Write) -> None:
    write("staff_groups: {town_cadres: {admin_share: 1.5}}\n", "wrong.yaml", extends=False)
    policy = write("extends: [BASE, wrong.yaml]\noverall_deadline: {days: 9}\n", extends=False)
    base = write("", "base.yaml")
    policy.write_text(policy.read_text(encoding="utf-8").replace("BASE", base.name), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_scenario(policy)
    (problem,) = refused.value.problems
    assert problem.file.endswith("wrong.yaml")
    assert (problem.line, problem.column) == (1, 43)


def test_all_faults_of_all_files_are_reported_at_once(write: Write) -> None:
    policy = write(
        "seeed: 3\nstaff_groups: {elders: {calendar: nowhere}}\nqueue: {order: 3}\n"
        "changes:\n  - scale: {path: nothing.here, factor: 1}\n"
    )
    with pytest.raises(InputError) as refused:
        load_scenario(policy)
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [
        ("unknown_key", 2),
        ("not_one_of", 4),
        ("path_unknown", 6),
    ]
