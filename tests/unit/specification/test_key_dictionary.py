"""The dictionary of keys, in both languages."""

import re

import pytest

from sim.specification.key_dictionary import key_dictionary_markdown
from sim.specification.key_introduction import Language
from sim.specification.key_meanings_zh import MEANINGS_ZH
from sim.specification.key_units_zh import ROLES_ZH, UNITS_ZH
from sim.specification.shape import BlockShape, DictShape, ListShape, Shape, UnionShape, scenario_shape, schema_leaves
from sim.specification.studies.reading import study_shape
from sim.specification.study_dictionary import study_dictionary_markdown
from sim.specification.study_meanings_zh import STUDY_MEANINGS_ZH
from sim.specification.targets.reading import targets_shape
from sim.specification.targets.vocabulary import KNOWN_EVENTS, KNOWN_PARAMETERS, KNOWN_QUANTITIES
from sim.specification.targets_dictionary import targets_dictionary_markdown
from sim.specification.targets_meanings_zh import TARGETS_MEANINGS_ZH
from sim.specification.yaml_tree import read_yaml

OF_DISTRIBUTIONS = re.compile(r" in (hours|days)\.$")


def _meanings(shape: Shape) -> set[str]:
    match shape:
        case BlockShape():
            below = [_meanings(each.shape) | {each.description} for each in shape.fields.values()]
            return {shape.description}.union(*below)
        case UnionShape():
            return set().union(*(_meanings(block) for block in shape.members.values()))
        case ListShape() | DictShape():
            return _meanings(shape.item)
        case _:
            return set()


def test_every_meaning_unit_and_role_is_said_in_chinese() -> None:
    meanings = {meaning for meaning in _meanings(scenario_shape()) if not OF_DISTRIBUTIONS.search(meaning)}
    assert meanings - set(MEANINGS_ZH) == set()
    assert {leaf.field.unit for leaf in schema_leaves()} - set(UNITS_ZH) == set()
    assert {leaf.field.role for leaf in schema_leaves()} - set(ROLES_ZH) == set()


def test_no_chinese_meaning_is_left_over() -> None:
    assert set(MEANINGS_ZH) - _meanings(scenario_shape()) == set()
    assert set(STUDY_MEANINGS_ZH) - _meanings(study_shape()) == set()


def test_every_meaning_of_a_targets_file_is_said_in_chinese() -> None:
    words = {each.meaning for each in KNOWN_PARAMETERS.values()} | set(KNOWN_EVENTS.values())
    words |= {each.meaning for each in KNOWN_QUANTITIES.values()}
    meanings = _meanings(targets_shape()) | words
    assert meanings - set(MEANINGS_ZH) - set(STUDY_MEANINGS_ZH) - set(TARGETS_MEANINGS_ZH) == set()
    assert set(TARGETS_MEANINGS_ZH) - meanings == set(), "left over"
    units = {leaf.field.unit for leaf in schema_leaves(targets_shape())} | {
        each.unit for each in KNOWN_PARAMETERS.values()
    }
    assert units - set(UNITS_ZH) == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_key_and_word_of_a_targets_file_has_a_row(lang: Language) -> None:
    text = targets_dictionary_markdown(lang)
    rows = set(re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE))
    for leaf in schema_leaves(targets_shape()):
        path = ".".join(str(part) for part in leaf.path)
        assert path in rows or path.rpartition(".")[0] in rows, path
    assert {*KNOWN_PARAMETERS, *KNOWN_QUANTITIES} <= rows
    for name in (*KNOWN_EVENTS, "uniform", "triangular", "lognormal"):
        assert f"\n- `{name}`" in text, name


def test_every_meaning_of_a_study_is_said_in_chinese() -> None:
    assert _meanings(study_shape()) - set(MEANINGS_ZH) - set(STUDY_MEANINGS_ZH) == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_key_of_a_study_has_a_row(lang: Language) -> None:
    rows = set(re.findall(r"^\| `([^`]+)` \|", study_dictionary_markdown(lang), flags=re.MULTILINE))
    for leaf in schema_leaves(study_shape()):
        path = ".".join(str(part) for part in leaf.path).replace(".<n>", "[]")
        assert path in rows or path.rpartition(".")[0] in rows, path


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_key_of_the_schema_has_a_row(lang: Language) -> None:
    rows = set(re.findall(r"^\| `([^`]+)` \|", key_dictionary_markdown(lang), flags=re.MULTILINE))
    for leaf in schema_leaves():
        path = ".".join(str(part) for part in leaf.path).replace(".<n>", "[]")
        assert path in rows or path.rpartition(".")[0] in rows, path


def test_blocks_that_may_be_left_out_are_marked() -> None:
    text = key_dictionary_markdown("en")
    assert "## `patience` ○" in text
    assert "## `triage`\n" in text
    assert "| `triage.micro` | ○ |" in text
    assert "| `staff_groups.<id>.posts_serve` | ○ | units | lever | whole number ≥ 1, ≤ 1000000 |" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_example_of_changes_is_valid(lang: Language) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", key_dictionary_markdown(lang), flags=re.DOTALL)
    assert read_yaml(example, "f") is not None


def test_tables_have_six_columns() -> None:
    rows = [line for line in key_dictionary_markdown("zh").splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {7}
