"""The practice block of an overlay: read, checked, no part of the scenario; and overlays that are lists of others."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario, validate_path
from tests.unit.specification.conftest import EXAMPLES, Write

BLOCK = """practice:
  name: {zh: 巡访, en: Visits}
  place: {zh: 某县, en: A county}
  serves: [p01]
  source: S
  mechanisms: [DET]
  levers: [patrol.find_prob]
  shows_in: {found_by_patrol_share: higher}
  evidence:
    kind: assumed
    statement: {zh: 无, en: none}
    figures: []
"""
CHANGE = "patrol: {find_prob: 0.2}\n"
SOURCES = frozenset({"S", "F1"})


def _codes(path: Path) -> list[tuple[str, str]]:
    (check,) = validate_path(path, SOURCES)
    return [(problem.code, problem.path) for problem in check.problems]


def test_a_practice_is_read_with_the_overlay_and_names_the_scenario(write: Write) -> None:
    overlay = write(BLOCK + CHANGE, extends=False)
    resolved = load_scenario(EXAMPLES[0], [overlay])
    assert [practice.name.en for practice in resolved.practices] == ["Visits"]
    assert resolved.scenario.name.en == f"{load_scenario(EXAMPLES[0]).scenario.name.en} + Visits"
    assert resolved.scenario.patrol is not None
    assert resolved.scenario.patrol.find_prob == 0.2


def test_a_policy_with_a_name_of_its_own_keeps_it(write: Write) -> None:
    write(BLOCK + CHANGE, "part.yaml", extends=False)
    policy = write(f"extends: [{EXAMPLES[0].as_posix()}, part.yaml]\nname: {{zh: 甲, en: A}}\n", extends=False)
    assert load_scenario(policy).scenario.name.en == "A"


def test_a_practice_that_changes_a_tier_is_an_overlay_all_the_same(write: Write) -> None:
    path = write(BLOCK + "tiers: {town: {deadline: {days: 9}}}\n", extends=False)
    (check,) = validate_path(path, SOURCES)
    assert (check.kind, check.problems) == ("overlay", ())


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("source: S", "source: X", "unknown_source", "practice.source"),
        ("figures: []", "figures: [F1, F2]", "unknown_source", "practice.evidence.figures.1"),
        ("kind: assumed", "kind: literature", "too_few_items", "practice.evidence.figures"),
        ("kind: assumed", "kind: asumed", "not_one_of", "practice.evidence.kind"),
        ("[DET]", "[DET, DET]", "duplicate_item", "practice.mechanisms.1"),
        ("[p01]", "[]", "too_few_items", "practice.serves"),
        ("patrol.find_prob]", "patrol..find_prob]", "path_syntax", ""),
        ("place:", "palce:", "unknown_key", "practice.palce"),
        ("  source: S\n", "", "missing_key", "practice.source"),
        ("zh: 巡访", "zh: 3", "not_text", "practice.name.zh"),
    ],
)
def test_a_fault_of_the_block_is_reported_like_any_other(
    old: str, new: str, code: str, where: str, write: Write
) -> None:
    path = write(BLOCK.replace(old, new) + CHANGE, extends=False)
    assert _codes(path) == [(code, where)]
    with pytest.raises(InputError) as refused:
        load_scenario(EXAMPLES[0], [path], known_sources=None if code == "path_syntax" else SOURCES)
    assert code in {problem.code for problem in refused.value.problems}


def test_what_only_multiplies_arrivals_must_say_so(write: Write) -> None:
    change = "changes: [{scale: {path: prevention.a.coverage_share, factor: 0.5}}]\n"
    path = write(BLOCK + change, extends=False)
    assert ("missing_key", "practice.remark") in _codes(path)
    assert ("missing_key", "practice.remark") not in _codes(write(BLOCK + change + CHANGE, extends=False))


def test_a_list_of_overlays_is_an_overlay_and_its_parts_may_not_disagree(write: Write) -> None:
    write(CHANGE, "one.yaml", extends=False)
    write("queue: {order: earliest_due}\n", "two.yaml", extends=False)
    write("patrol: {find_prob: 0.3}\n", "three.yaml", extends=False)
    umbrella = write("extends: [one.yaml, two.yaml]\n" + BLOCK, "umbrella.yaml", extends=False)
    assert [check.kind for check in validate_path(umbrella, SOURCES)] == ["overlay"]
    resolved = load_scenario(EXAMPLES[0], [umbrella])
    assert resolved.scenario.queue.order == "earliest_due"
    assert load_scenario(EXAMPLES[0], [umbrella, umbrella.parent / "one.yaml"]).scenario == resolved.scenario
    torn = write("extends: [one.yaml, three.yaml]\n", "torn.yaml", extends=False)
    with pytest.raises(InputError) as refused:
        load_scenario(EXAMPLES[0], [torn])
    assert {problem.code for problem in refused.value.problems} == {"overlay_conflict"}


def test_a_list_of_lists_is_an_overlay_too(write: Write) -> None:
    write(CHANGE, "one.yaml", extends=False)
    write("extends: one.yaml\n", "two.yaml", extends=False)
    top = write("extends: [two.yaml]\n", "top.yaml", extends=False)
    scenario = load_scenario(EXAMPLES[0], [top]).scenario
    assert scenario.patrol is not None
    assert scenario.patrol.find_prob == 0.2
    with pytest.raises(InputError) as refused:
        load_scenario(top)
    assert [problem.code for problem in refused.value.problems] == ["scenario_is_overlay"]


def test_a_part_that_is_missing_is_reported_by_validate(write: Write) -> None:
    write(CHANGE, "one.yaml", extends=False)
    assert _codes(write("extends: [one.yaml, gone.yaml]\n" + BLOCK, extends=False)) == [("file_missing", "")]
