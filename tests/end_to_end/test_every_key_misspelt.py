"""Every key of the schema, every id where it is referred to and every enumerated word, misspelt one at a time.

Each misspelling swaps two neighbouring letters in a complete scenario file. The loader must refuse the file with
exactly one problem: at the line and column of the misspelling, with the right spelling as its suggestion.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from sim.errors import InputError
from sim.specification import FileRead, layering, load_scenario
from sim.specification.reading import read_mapping
from sim.specification.records import RECORD_KEYS
from sim.specification.shape import BlockShape, DictShape, LeafShape, ListShape, Shape, UnionShape, scenario_shape
from sim.specification.tree import Mapping, Node, Place, Scalar, plain_value
from sim.specification.tree import Sequence as TreeSequence

ROOT = Path(__file__).parents[2]
BASES = [ROOT / "scenarios/base/rural.yaml"]
"""Complete by themselves; the places' files say only what differs."""

EXAMPLES = [
    ROOT / "tests/unit/specification" / name for name in ("complete.yaml", "two_tiers.yaml", "units_in_a_file.yaml")
]

REFERRING_BLOCKS = (
    *("authority_logit", "self_report_days", "classes", "counts", "round_trip_hours"),
    *("attendance_prob", "member_bonus_logit", "multiplier"),
)
"""Blocks whose keys are ids defined elsewhere; the keys of other blocks keyed by ids define them."""

NO_REFERENCES = ("focus_policy", "focus_measure")
"""Ids of files and measures, which a scenario file does not define."""


@dataclass(frozen=True)
class Word:
    """A key, an id or an enumerated word of a file; `name` tells what the schema has it for."""

    kind: Literal["key", "reference", "choice"]
    text: str
    place: Place
    name: tuple[str, ...]
    siblings: tuple[str, ...] = ()


def words_of(node: Node, shape: Shape, name: tuple[str, ...] = ()) -> Iterator[Word]:
    match node, shape:
        case Mapping(), BlockShape() | UnionShape():
            block = shape.member_of(_plain(node)) if isinstance(shape, UnionShape) else shape
            assert block is not None
            if isinstance(shape, UnionShape):
                name = kind_name(shape, str(_plain(node)[shape.discriminator]), name)
            for key, child in node.entries.items():
                yield Word("key", key, node.key_places[key], (*name, key), tuple(block.fields))
                yield from words_of(child, block.fields[key].shape, (*name, key))
        case Mapping(), DictShape():
            for key, child in node.entries.items():
                if name[-1] in REFERRING_BLOCKS:
                    yield Word("reference", key, node.key_places[key], (*name, key))
                yield from words_of(child, shape.item, (*name, "<id>"))
        case Mapping(), LeafShape() | ListShape():
            for key, child in node.entries.items():
                yield Word("key", key, node.key_places[key], ("<record>", key), RECORD_KEYS)
                if key == "basis":
                    yield Word(
                        "choice", str(plain_value(child)), child.place, ("<record>", key, str(plain_value(child)))
                    )
        case TreeSequence(), ListShape():
            for item in node.items:
                yield from words_of(item, shape.item, (*name, "<n>"))
        case Scalar(value=str() as text), LeafShape(kind="id") if not set(name) & set(NO_REFERENCES):
            yield Word("reference", text, node.place, name)
        case Scalar(value=str() as text), LeafShape(kind="choice"):
            yield Word("choice", text, node.place, (*name, text))
        case _:
            pass


def kind_name(shape: UnionShape, tag: str, name: tuple[str, ...]) -> tuple[str, ...]:
    """Name a kind of a block; distributions are the same wherever they stand, but for their unit."""
    if shape.discriminator == "distribution":
        unit = "days" if any(key.endswith("_days") for key in shape.members[tag].fields) else "hours"
        return ("<distribution>", unit, tag)
    return (*name, tag)


def _plain(node: Mapping) -> dict[str, object]:
    plain = plain_value(node)
    assert isinstance(plain, dict)
    return plain


def misspelt(word: Word) -> str | None:
    """Swap the first two neighbouring letters that differ and give no other word; None for words too short for it."""
    for position in range(len(word.text) - 1):
        one, other = word.text[position], word.text[position + 1]
        swapped = f"{word.text[:position]}{other}{one}{word.text[position + 2 :]}"
        if one != other and other.isalpha() and swapped not in word.siblings:
            return swapped
    return None


def once_each(words: list[Word]) -> list[Word]:
    """Keep the first occurrence of each key and enumerated word of the schema, and every reference."""
    first: dict[tuple[object, ...], Word] = {}
    for word in words:
        first.setdefault((word.kind, word.place if word.kind == "reference" else word.name), word)
    return list(first.values())


def in_text(text: str, word: Word, wrong: str) -> str:
    """Put the misspelling into the text, where the word's place says that it stands."""
    lines = text.splitlines(keepends=True)
    line, start = lines[word.place.line - 1], word.place.column - 1
    start += line[start] in "\"'"
    assert line[start : start + len(word.text)] == word.text
    lines[word.place.line - 1] = line[:start] + wrong + line[start + len(word.text) :]
    return "".join(lines)


def in_tree(node: Node, place: Place, wrong: str) -> Node:
    """Put the misspelling into the tree that was read: what reading the misspelt text gives, without its cost."""
    match node:
        case Scalar():
            return Scalar(wrong, place) if node.place == place else node
        case TreeSequence():
            return TreeSequence(tuple(in_tree(item, place, wrong) for item in node.items), node.place)
        case Mapping():
            renamed = {key: wrong if spot == place else key for key, spot in node.key_places.items()}
            entries = {renamed[key]: in_tree(child, place, wrong) for key, child in node.entries.items()}
            return Mapping(entries, {renamed[key]: spot for key, spot in node.key_places.items()}, node.place)


Found = list[tuple[str, int, int, str]]


def problems_of(file: Path) -> Found:
    try:
        load_scenario(file)
    except InputError as error:
        return [(p.code, p.line, p.column, p.fields.get("suggestion", "")) for p in error.problems]
    return []


def expected(word: Word) -> Found:
    code = {"key": "unknown_key", "reference": "unknown_id", "choice": "not_one_of"}[word.kind]
    return [(code, word.place.line, word.place.column, word.text)]


@dataclass(frozen=True)
class Example:
    """A scenario file, its text, its tree, and its words with a misspelling of each."""

    file: Path
    text: str
    tree: Mapping
    misspellings: tuple[tuple[Word, str], ...]


def example(file: Path) -> Example:
    text = file.read_text(encoding="utf-8")
    tree = read_mapping(text, file.as_posix())
    words = once_each(list(words_of(tree, scenario_shape())))
    pairs = tuple((word, wrong) for word in words if (wrong := misspelt(word)) is not None)
    return Example(file, text, tree, pairs)


@pytest.mark.parametrize("file", [*EXAMPLES, *BASES], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_misspelling_is_one_problem_with_the_right_suggestion(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = example(file)
    failures = []
    for word, wrong in of.misspellings:
        in_text(of.text, word, wrong)
        tree = in_tree(of.tree, word.place, wrong)
        monkeypatch.setattr(layering, "read_scenario_file", lambda *_, tree=tree: (tree, FileRead("f", "")))
        found = problems_of(file)
        if found != expected(word):
            failures.append((word.text, wrong, found, expected(word)))
    assert not failures
    assert len({word.kind for word, _ in of.misspellings}) == 3


@pytest.mark.parametrize("file", [*EXAMPLES, *BASES], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_of_misspellings_is_found_in_the_text_itself(file: Path, tmp_path: Path) -> None:
    of = example(file)
    for beside in file.parent.glob("*.csv"):
        (tmp_path / beside.name).write_bytes(beside.read_bytes())
    misspelt_file = tmp_path / "misspelt.yaml"
    for word, wrong in of.misspellings[:: len(of.misspellings) // 12]:
        misspelt_file.write_text(in_text(of.text, word, wrong), encoding="utf-8")
        assert problems_of(misspelt_file) == expected(word)


def test_the_examples_have_every_key_and_every_kind_of_the_schema() -> None:
    found = {word.name for file in EXAMPLES for word, _ in example(file).misspellings if word.kind == "key"}
    assert set(_keys_of(scenario_shape(), ())) - found == set()


def _keys_of(shape: Shape, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    match shape:
        case BlockShape():
            for key, below in shape.fields.items():
                yield (*name, key)
                yield from _keys_of(below.shape, (*name, key))
        case UnionShape():
            for tag, block in shape.members.items():
                yield from _keys_of(block, kind_name(shape, tag, name))
        case DictShape():
            yield from _keys_of(shape.item, (*name, "<id>"))
        case ListShape():
            yield from _keys_of(shape.item, (*name, "<n>"))
        case LeafShape():
            pass
