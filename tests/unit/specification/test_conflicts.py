"""Overlays side by side: what may be combined and what is a conflict."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario
from tests.unit.specification.conftest import Write

POSTS = "staff_groups.town_cadres.posts"


def _both(write: Write, one: str, other: str) -> list[tuple[str, str, int, str, str]]:
    first, second = write(one, "first.yaml", extends=False), write(other, "second.yaml", extends=False)
    try:
        load_scenario(write(""), [first, second])
    except InputError as error:
        return [
            (p.code, p.file.rsplit("/", 1)[-1], p.line, p.fields.get("other_file", "").rsplit("/", 1)[-1], p.path)
            for p in error.problems
        ]
    return []


def test_two_values_for_one_key_are_a_conflict_that_names_both_places(write: Write) -> None:
    found = _both(write, "overall_deadline: {days: 30}\n", "queue: {order: first_come}\noverall_deadline: {days: 40}\n")
    assert found == [("overlay_conflict", "second.yaml", 2, "first.yaml", "overall_deadline.days")]


def test_overlays_of_one_extends_list_conflict_too(write: Write, complete: Path) -> None:
    write("overall_deadline: {days: 30}\n", "first.yaml", extends=False)
    write("overall_deadline: {days: 40}\n", "second.yaml", extends=False)
    policy = write(f"extends: [{complete}, first.yaml, second.yaml]\n", extends=False)
    with pytest.raises(InputError) as refused:
        load_scenario(policy)
    assert [problem.code for problem in refused.value.problems] == ["overlay_conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("overall_deadline: {days: 30}\n", "overall_deadline: {days: 30}\n"),
        ("overall_deadline: {days: 30}\n", "overall_deadline: {clock: working}\n"),
        (
            f"changes: [{{scale: {{path: {POSTS}, factor: 2}}}}]\n",
            f"changes: [{{scale: {{path: {POSTS}, factor: 3}}}}]\n",
        ),
        (f"changes: [{{add: {{path: {POSTS}, amount: 2}}}}]\n", f"changes: [{{add: {{path: {POSTS}, amount: 3}}}}]\n"),
    ],
)
def test_what_does_not_depend_on_the_order_is_combined(one: str, other: str, write: Write) -> None:
    assert _both(write, one, other) == []


def test_of_two_whole_policies_the_last_one_gives_the_name_and_the_description(write: Write) -> None:
    title = "name: {{zh: {0}, en: {0}}}\ndescription: {{zh: {0}, en: {0}}}\n"
    first = write(title.format("one") + "overall_deadline: {days: 30}\n", "first.yaml", extends=False)
    second = write(title.format("two") + "queue: {order: first_come}\n", "second.yaml", extends=False)
    scenario = load_scenario(write(""), [first, second]).scenario
    assert (scenario.name.en, scenario.description.zh, scenario.queue.order) == ("two", "two", "first_come")
    assert scenario.overall_deadline is not None
    assert scenario.overall_deadline.days == 30


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("staff_groups: {elders: {name: {en: A}}}\n", "staff_groups: {elders: {name: {en: B}}}\n"),
        ("patience: ~\n", "patience: {withdraw_share: 0.4}\n"),
        ("triage: {may_return: []}\n", "triage: {rule: lowest_first}\n"),
        (
            f"changes: [{{scale: {{path: {POSTS}, factor: 2}}}}]\n",
            f"changes: [{{add: {{path: {POSTS}, amount: 3}}}}]\n",
        ),
        (f"changes: [{{scale: {{path: {POSTS}, factor: 2}}}}]\n", "staff_groups: {town_cadres: {posts: 4}}\n"),
        (
            f"changes: [{{move: {{from: {POSTS}, to: staff_groups.elders.posts, share: 0.2}}}}]\n",
            f"changes: [{{move: {{from: {POSTS}, to: staff_groups.grid_workers.posts, share: 0.2}}}}]\n",
        ),
    ],
)
def test_what_depends_on_the_order_is_a_conflict(one: str, other: str, write: Write) -> None:
    assert [code for code, *_ in _both(write, one, other)] == ["overlay_conflict"]


def test_an_overlay_may_change_what_the_scenario_itself_sets(write: Write) -> None:
    policy = write("overall_deadline: {days: 30}\n")
    overlay = write("overall_deadline: {days: 40}\n", "overlay.yaml", extends=False)
    deadline = load_scenario(policy, [overlay]).scenario.overall_deadline
    assert deadline is not None
    assert deadline.days == 40


def test_two_overlays_may_each_add_an_entry_to_a_block_that_the_scenario_lacks(write: Write) -> None:
    programme = "{name: {zh: 甲, en: A}, yuan_per_year: 1, start_up_yuan: 0}"
    base = write("programmes: ~\n", "base.yaml")
    one = write(f"programmes: {{a: {programme}}}\n", "one.yaml", extends=False)
    other = write(f"programmes: {{b: {programme}}}\n", "other.yaml", extends=False)
    programmes = load_scenario(base, [one, other]).scenario.programmes
    assert programmes is not None
    assert list(programmes) == ["a", "b"]
    again = write(f"programmes: {{a: {programme.replace('1', '2')}}}\n", "again.yaml", extends=False)
    with pytest.raises(InputError) as refused:
        load_scenario(base, [one, again])
    assert {problem.code for problem in refused.value.problems} == {"overlay_conflict"}
