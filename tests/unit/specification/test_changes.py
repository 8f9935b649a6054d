"""The changes of an overlay: set, scale, add, append and move, and the paths they take."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.specification import load_scenario, to_yaml
from sim.specification.changes import changed_number
from sim.specification.key_paths import existing_paths, parse_key_path
from sim.specification.reading import read_scenario_file
from sim.specification.tree import Place, dotted
from tests.unit.specification.conftest import EXAMPLES, Changed, ProblemsOf, Write

HERE = Place("here", 1, 1)


def _change(text: str) -> str:
    return f"changes:\n  - {text}\n"


def test_changes_are_made_in_order(changed: Changed) -> None:
    scenario = changed(
        "changes:\n"
        "  - set: {path: staff_groups.town_cadres.posts, value: 10}\n"
        "  - scale: {path: staff_groups.town_cadres.posts, factor: 0.5}\n"
        "  - add: {path: staff_groups.town_cadres.posts, amount: 2}\n"
    ).scenario
    assert scenario.staff_groups["town_cadres"].posts == 7


def test_changes_come_after_the_overlays_own_keys(changed: Changed) -> None:
    scenario = changed(
        "changes: [{add: {path: overall_deadline.days, amount: 1}}]\noverall_deadline: {days: 20}\n"
    ).scenario
    assert scenario.overall_deadline is not None
    assert scenario.overall_deadline.days == 21


def test_append_adds_an_item_at_the_end(changed: Changed) -> None:
    scenario = changed(
        _change("append: {path: tiers.town.sessions.mediation.groups, value: county_mediators}")
    ).scenario
    assert scenario.tiers["town"].sessions["mediation"].groups == ("town_cadres", "county_mediators")


def test_set_replaces_a_whole_block_so_that_sessions_can_be_ordered_anew(changed: Changed) -> None:
    session = "{mode: desk, groups: [town_cadres], effort_hours: {distribution: exponential, mean_hours: 1}}"
    scenario = changed(_change(f"set: {{path: tiers.town.sessions, value: {{b: {session}, a: {session}}}}}")).scenario
    assert list(scenario.tiers["town"].sessions) == ["b", "a"]


def test_set_can_add_an_optional_block_that_the_baseline_lacks(changed: Changed) -> None:
    scenario = changed(_change("set: {path: tiers.group.deadline, value: {days: 3, clock: calendar}}")).scenario
    deadline = scenario.tiers["group"].deadline
    assert deadline is not None
    assert deadline.days == 3


def test_set_to_null_takes_an_optional_block_away(changed: Changed) -> None:
    assert changed(_change("set: {path: patience, value: ~}")).scenario.patience is None


def test_a_selector_changes_every_match(changed: Changed) -> None:
    scenario = changed(_change("scale: {path: 'staff_groups[tier.kind=grid].wage_yuan_per_hour', factor: 2}")).scenario
    wages = {name: group.wage_yuan_per_hour for name, group in scenario.staff_groups.items()}
    assert wages["grid_workers"] == 30
    assert wages["village_mediators"] == 20


def test_entries_without_the_key_are_left_out_when_a_selector_keeps_several(changed: Changed) -> None:
    scenario = changed(_change("set: {path: 'tiers[*].deadline.days', value: 7}")).scenario
    days = [tier.deadline.days if tier.deadline else None for tier in scenario.tiers.values()]
    assert days == [None, 7, 7, 7]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("horizon.latent_days", ["horizon.latent_days"]),
        ("tiers[kind=town]", ["tiers.town"]),
        (
            "tiers[kind=town].sessions[mode=desk].groups",
            [
                "tiers.town.sessions.mediation.groups",
                "tiers.town.sessions.second_mediation.groups",
            ],
        ),
        ("staff_groups[tier=group][posts_serve=3]", ["staff_groups.elders"]),
        ("staff_groups[tier.kind=county]", ["staff_groups.county_mediators"]),
        (
            "channels[*].share",
            [f"channels.{name}.share" for name in ("hotline", "village_desk", "town_desk", "letters_and_visits")],
        ),
        ("season.monthly_index.11", ["season.monthly_index.11"]),
        ("calendars.office_hours.windows[opens=14:00].closes", ["calendars.office_hours.windows.1.closes"]),
    ],
)
def test_paths_lead_where_they_say(path: str, found: list[str]) -> None:
    root, _ = read_scenario_file(EXAMPLES[0])
    assert [dotted(each) for each in existing_paths(root, parse_key_path(path, HERE))] == found


@pytest.mark.parametrize(
    "path", ["", ".", "a.", ".a", "a..b", "a b", "a[", "a[]", "a[b]", "a[=c]", "a[b=]", "a]b", "a[b=c", "县"]
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_key_path(path, HERE)
    assert [problem.code for problem in refused.value.problems] == ["path_syntax"]


def test_a_path_that_the_baseline_lacks_names_both_files(write: Write) -> None:
    from sim.specification import load_scenario

    policy = write(_change("scale: {path: staff_groups.grid_wokers.posts, factor: 2}"))
    with pytest.raises(InputError) as refused:
        load_scenario(policy)
    (problem,) = refused.value.problems
    assert problem.file == policy.as_posix()
    assert problem.fields["in_file"].endswith("complete.yaml")
    assert problem.fields["suggestion"] == "grid_workers"


def test_a_computed_number_is_assumed_and_has_no_range(changed: Changed) -> None:
    resolved = changed(_change("scale: {path: staff_groups.town_cadres.posts, factor: 2}"))
    stated = resolved.provenance["staff_groups.town_cadres.posts"]
    assert (stated.basis, stated.range, stated.line) == ("assumed", None, 3)


def test_a_change_may_bring_its_own_record(changed: Changed) -> None:
    record = "{value: 7, basis: transferred, source: 'citation: made up', range: [5, 9]}"
    resolved = changed(_change(f"set: {{path: staff_groups.town_cadres.posts, value: {record}}}"))
    stated = resolved.provenance["staff_groups.town_cadres.posts"]
    assert resolved.scenario.staff_groups["town_cadres"].posts == 7
    assert (stated.basis, stated.source, stated.range) == ("transferred", "citation: made up", (5, 9))


def test_a_number_changed_out_of_its_bounds_is_refused_at_the_change(write: Write, problems_of: ProblemsOf) -> None:
    assert problems_of(write(_change("add: {path: staff_groups.elders.posts, amount: -9}"))) == [
        ("below_minimum", 3, 52)
    ]
    assert problems_of(write(_change("add: {path: staff_groups.elders.posts, amount: 0.5}"))) == [
        ("not_a_whole_number", 3, 52)
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("3", "change_not_one_operation"),
        ("{}", "change_not_one_operation"),
        ("scale: 3", "not_a_block"),
        ("scale: {path: staff_groups.elders.posts, factor: much}", "not_a_number"),
        ("scale: {path: staff_groups.elders.posts, factor: .nan}", "not_a_number"),
        ("scale: {path: 3, factor: 1}", "not_text"),
        ("scale: {path: triage.rule, factor: 2}", "change_target_not_a_number"),
        ("scale: {path: season.monthly_index, factor: 2}", "change_target_not_a_number"),
        ("scale: {path: staff_groups.elders.posts.value, factor: 2}", "path_unknown"),
        ("set: {path: staff_groups.elders, valeu: 2}", "unknown_key"),
        ("move: {from: staff_groups.elders.posts, to: staff_groups.elders.posts, share: 1}", "move_to_itself"),
        ("move: {from: staff_groups.elders.posts, to: staff_groups.town_cadres.posts, share: 1.1}", "above_maximum"),
        ("move: {from: staff_groups.elders.posts, to: staff_groups.town_cadres.posts, share: -0.1}", "below_minimum"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(change: str, code: str, write: Write, problems_of: ProblemsOf) -> None:
    assert [found for found, *_ in problems_of(write(_change(change)))] == [code]


@given(posts=st.integers(0, 5_000), others=st.integers(0, 5_000), hundredths=st.integers(0, 100))
def test_a_move_keeps_the_total_and_rounds_half_to_even(posts: int, others: int, hundredths: int) -> None:
    share = hundredths / 100
    moved = changed_number("scale", posts, share, is_count=True)
    assert isinstance(moved, int)
    assert 0 <= moved <= posts
    assert (posts - moved) + (others + moved) == posts + others
    exact = posts * hundredths
    assert abs(100 * moved - exact) <= 50
    if abs(100 * moved - exact) == 50:
        assert moved % 2 == 0


@pytest.mark.parametrize(("share", "left", "arrived"), [(0.5, 3, 14), (0.3, 3, 14), (0, 5, 12), (1, 0, 17)])
def test_a_move_takes_a_share_of_the_posts_along_half_to_even(
    share: float, left: int, arrived: int, changed: Changed
) -> None:
    move = f"move: {{from: staff_groups.town_cadres.posts, to: staff_groups.grid_workers.posts, share: {share}}}"
    groups = changed(_change(move)).scenario.staff_groups
    assert (groups["town_cadres"].posts, groups["grid_workers"].posts) == (left, arrived)


@given(number=st.integers(-1000, 1000), thousandths=st.integers(-3000, 3000))
def test_numbers_are_multiplied_as_decimals(number: int, thousandths: int) -> None:
    tenths = number / 10
    scaled = changed_number("scale", tenths, thousandths / 1000, is_count=False)
    assert scaled == number * thousandths / 10_000 or math.isclose(scaled, number * thousandths / 10_000, rel_tol=0)
    assert changed_number("add", tenths, 0.1, is_count=False) == (number + 1) / 10


def test_an_amount_per_unit_is_added_for_each_unit_of_the_tier(changed: Changed) -> None:
    before = changed("").scenario
    assert before.units.by == "count"
    towns, people = before.units.counts["town"], before.units.population_persons
    path = "path: staff_groups.town_cadres.posts, amount"
    for amount, per, more in ((2, "town", 2 * towns), (0.001, "resident", round(people / 1000)), (0.26, "town", 1)):
        after = changed(_change(f"add: {{{path}: {amount}, per: {per}}}")).scenario
        assert after.staff_groups["town_cadres"].posts == before.staff_groups["town_cadres"].posts + more


def test_amounts_per_unit_count_the_units_of_a_file_and_of_a_table(write: Write, tmp_path: Path) -> None:
    overlay = write(_change("add: {path: household.persons, amount: 1, per: town}"), extends=False)
    example = next(path for path in EXAMPLES if path.stem == "units_in_a_file")
    before, after = load_scenario(example), load_scenario(example, [overlay])
    assert before.scenario.units.by == "table"
    towns = sum(row.tier == "town" for row in before.scenario.units.rows)
    resolved = tmp_path / "resolved.yaml"
    resolved.write_text(to_yaml(before), encoding="utf-8")
    for of in (after.scenario, load_scenario(resolved, [overlay]).scenario):
        assert of.household.persons == before.scenario.household.persons + towns


def test_an_unknown_unit_to_count_is_refused_with_a_suggestion(write: Write) -> None:
    policy = write(_change("add: {path: staff_groups.town_cadres.posts, amount: 1, per: twon}"))
    with pytest.raises(InputError) as refused:
        load_scenario(policy)
    (problem,) = refused.value.problems
    assert (problem.code, problem.fields["suggestion"]) == ("not_one_of", "town")


def test_operands_may_be_records_whose_source_goes_with_the_result(changed: Changed) -> None:
    record = "{value: 0.5, basis: assumed, source: F1, range: [0.2, 0.8]}"
    resolved = changed(_change(f"scale: {{path: patrol.find_prob, factor: {record}}}"))
    stated = resolved.provenance["patrol.find_prob"]
    assert (stated.basis, stated.source, stated.range) == ("assumed", "F1", None)
    moved = changed(
        _change(
            "move: {from: staff_groups.town_cadres.posts, to: staff_groups.elders.posts,"
            " share: {value: 0.5, basis: assumed}}"
        )
    ).scenario
    posts = changed("").scenario.staff_groups["town_cadres"].posts
    assert moved.staff_groups["town_cadres"].posts == posts - round(posts / 2)


@pytest.mark.parametrize(
    ("operand", "code"),
    [
        ("{value: 2, basis: reported}", "record_source_missing"),
        ("{value: 2, basis: assumed, range: [3, 4]}", "record_value_outside_range"),
        ("{value: two, basis: assumed}", "not_a_number"),
        ("{vlaue: 2, basis: assumed}", "unknown_key"),
    ],
)
def test_a_faulty_record_of_an_operand_is_refused(
    operand: str, code: str, write: Write, problems_of: ProblemsOf
) -> None:
    policy = write(_change(f"scale: {{path: patrol.find_prob, factor: {operand}}}"))
    assert [found for found, *_ in problems_of(policy)] == [code]
