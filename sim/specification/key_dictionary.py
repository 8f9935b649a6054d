"""The dictionary of keys for `scenarios/README.md`, generated from the schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sim.specification.key_introduction import INTRODUCTION, Language
from sim.specification.key_meanings_zh import MEANINGS_ZH
from sim.specification.key_units_zh import ROLES_ZH, UNITS_ZH
from sim.specification.shape import (
    BlockShape,
    Bounds,
    DictShape,
    FieldShape,
    LeafShape,
    ListShape,
    Shape,
    UnionShape,
    scenario_shape,
)
from sim.specification.study_meanings_zh import STUDY_MEANINGS_ZH
from sim.specification.targets_meanings_zh import TARGETS_MEANINGS_ZH

_DISTRIBUTION: Final = "distribution"

_TEXT: Final[Mapping[str, Mapping[Language, str]]] = {
    "title": {"en": "Keys of a scenario file", "zh": "情景文件的键"},
    "columns": {"en": "| key | | unit | role | allowed | meaning |", "zh": "| 键 | | 单位 | 性质 | 取值 | 含义 |"},
    "duration": {"en": "a distribution in {unit}, see the end", "zh": "分布，单位{unit}，见文末"},
    "distributions": {"en": "Distributions", "zh": "分布"},
    "distribution_intro": {
        "en": "Where a key takes a distribution, its unit stands in the keys: `mean_days` or `mean_hours`.",
        "zh": "取分布的键，其参数名带单位：`mean_days`（天）或 `mean_hours`（小时）。",
    },
}

_KINDS: Final[Mapping[str, Mapping[Language, str]]] = {
    "number": {"en": "number", "zh": "数"},
    "count": {"en": "whole number", "zh": "整数"},
    "text": {"en": "text", "zh": "文字"},
    "id": {"en": "id", "zh": "标识"},
    "boolean": {"en": "true, false", "zh": "true、false"},
    "date": {"en": "day, 2026-01-31", "zh": "日期，2026-01-31"},
    "time_of_day": {"en": "HH:MM", "zh": "HH:MM"},
    "one_value": {"en": "number, word, true or false", "zh": "数、词、true 或 false"},
    "changes": {"en": "list of changes", "zh": "改动列表"},
    "list": {"en": "list: {item}", "zh": "列表：{item}"},
}


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    is_optional: bool
    unit: str
    role: str
    allowed: str
    meaning: str


def key_dictionary_markdown(lang: Language) -> str:
    """Return the dictionary in a language: a table for every block of the file, then the distributions."""
    lines = [f"# {_TEXT['title'][lang]}", "", *INTRODUCTION[lang], "", *dictionary_tables(scenario_shape(), lang)]
    lines += ["", f"## {_TEXT['distributions'][lang]}", "", _TEXT["distribution_intro"][lang], ""]
    return "\n".join([*lines, *distribution_lines(_durations(), lang)]) + "\n"


def dictionary_tables(shape: BlockShape, lang: Language) -> list[str]:
    """Return a table of the single values of a file, then one for each of its blocks."""
    lines: list[str] = []
    single = {key: below for key, below in shape.fields.items() if isinstance(below.shape, LeafShape)}
    lines += _table(lang, [row for key, below in single.items() for row in _rows(below.shape, key, below, lang)])
    for key, below in shape.fields.items():
        if key in single:
            continue
        optional = "" if below.required else " ○"
        lines += ["", f"## `{key}`{optional}", "", _described(meaning_in(below.description, lang), lang), ""]
        lines += _about(below.shape, lang)
        lines += _table(lang, list(_rows(below.shape, key, below, lang)))
    return lines


def _about(shape: Shape, lang: Language) -> list[str]:
    """Say what the kinds of a block are."""
    union = shape.item if isinstance(shape, DictShape) else shape
    if not isinstance(union, UnionShape):
        return []
    kinds = [
        f"- `{union.discriminator}: {tag}` {meaning_in(block.description, lang)}"
        for tag, block in union.members.items()
    ]
    return [*kinds, ""]


def _table(lang: Language, rows: list[_Row]) -> list[str]:
    head = [_TEXT["columns"][lang], "|---|---|---|---|---|---|"]
    return head + [
        f"| `{row.key}` | {'○' if row.is_optional else ''} | {row.unit} | {row.role} | {row.allowed} | {row.meaning} |"
        for row in rows
    ]


def _rows(shape: Shape, path: str, of: FieldShape, lang: Language) -> Iterator[_Row]:
    match shape:
        case LeafShape():
            yield _row(path, of, allowed_values(shape, lang), lang)
        case ListShape(item=LeafShape() as item):
            yield _row(path, of, _KINDS["list"][lang].format(item=allowed_values(item, lang)), lang)
        case ListShape():
            yield from _rows(shape.item, f"{path}[]", of, lang)
        case DictShape():
            yield from _rows(shape.item, f"{path}.<id>", of, lang)
        case BlockShape(title="Name"):
            yield _row(path, of, "zh, en", lang)
        case BlockShape():
            for key, below in shape.fields.items():
                yield from _keyed_rows(key, below, path, lang)
        case UnionShape(discriminator=discriminator):
            if discriminator == _DISTRIBUTION:
                unit = unit_in(of.unit, lang)
                yield _row(path, of, _TEXT["duration"][lang].format(unit=unit), lang)
                return
            yield from _union_rows(shape, path, lang)


def _keyed_rows(key: str, of: FieldShape, path: str, lang: Language) -> Iterator[_Row]:
    """A block that may be left out has a row of its own before those of its keys."""
    where = f"{path}.{key}"
    rows = list(_rows(of.shape, where, of, lang))
    if not of.required and rows[0].key != where:
        yield _row(where, of, "", lang)
    yield from rows


def _union_rows(shape: UnionShape, path: str, lang: Language) -> Iterator[_Row]:
    """The key that says of what kind a block is comes first; a key, or a meaning, of some kinds only says of which."""
    for key, below in shape.all_fields.items():
        for of, having in _meanings_of_key(shape, key, below):
            only = "" if len(having) == len(shape.members) else f" ({', '.join(having)})"
            for row in _keyed_rows(key, of, path, lang):
                yield _Row(row.key, row.is_optional, row.unit, row.role, row.allowed, row.meaning + only)


def _meanings_of_key(shape: UnionShape, key: str, below: FieldShape) -> list[tuple[FieldShape, list[str]]]:
    """What a key of a union means, each with the kinds in which it means that."""
    if key == shape.discriminator:
        return [(below, list(shape.members))]
    found: list[tuple[FieldShape, list[str]]] = []
    for tag, block in shape.members.items():
        if key in block.fields:
            same = next((tags for of, tags in found if of == block.fields[key]), None)
            if same is None:
                found.append((block.fields[key], [tag]))
            else:
                same.append(tag)
    return found


def _row(path: str, of: FieldShape, allowed: str, lang: Language) -> _Row:
    role = ROLES_ZH[of.role] if lang == "zh" else of.role
    return _Row(path, not of.required, unit_in(of.unit, lang), role, allowed, meaning_in(of.description, lang))


def _durations() -> UnionShape:
    handover = scenario_shape().fields["handover"].shape
    assert isinstance(handover, BlockShape)
    union = handover.fields["delay_days"].shape
    assert isinstance(union, UnionShape)
    return union


def distribution_lines(union: UnionShape, lang: Language) -> list[str]:
    """Return a line for each distribution with its keys."""
    lines = []
    for tag, block in union.members.items():
        keys = [
            f"`{key}` {meaning_in(below.description, lang)} ({allowed_values(below.shape, lang)})"
            for key, below in block.fields.items()
            if key != _DISTRIBUTION
        ]
        lines.append(f"- `{tag}`: {'; '.join(keys) if lang == 'en' else '；'.join(keys)}")
    return lines


def allowed_values(shape: Shape, lang: Language) -> str:
    """Say which values a key takes."""
    match shape:
        case LeafShape(kind="choice"):
            return ", ".join(f"`{choice}`" for choice in shape.choices)
        case LeafShape(kind="number" | "count" | "date"):
            bounds = _bounds(shape.bounds)
            return f"{_KINDS[shape.kind][lang]} {bounds}".strip()
        case LeafShape():
            return _KINDS[shape.kind][lang]
        case ListShape():
            return _KINDS["list"][lang].format(item=allowed_values(shape.item, lang))
        case _:
            return ""


def _bounds(bounds: Bounds) -> str:
    parts = [
        f"{sign} {_number(bound)}"
        for sign, bound in (
            ("≥", bounds.minimum),
            (">", bounds.above),
            ("≤", bounds.maximum),
            ("<", bounds.below),
        )
        if bound is not None
    ]
    return ", ".join(parts)


def _number(bound: object) -> str:
    return "2⁶³" if bound == 2**63 else str(bound)


def unit_in(unit: str, lang: Language) -> str:
    """Say a unit in a language."""
    return UNITS_ZH.get(unit, unit) if lang == "zh" else unit


def meaning_in(description: str, lang: Language) -> str:
    """Say what a key means in a language."""
    if lang == "en":
        return description
    catalogues = (MEANINGS_ZH, STUDY_MEANINGS_ZH, TARGETS_MEANINGS_ZH)
    return next((said[description] for said in catalogues if description in said), description)


def _described(meaning: str, lang: Language) -> str:
    """Write a meaning as a sentence."""
    if lang == "zh":
        return meaning if meaning.endswith("。") else f"{meaning}。"
    sentence = meaning[:1].upper() + meaning[1:]
    return sentence if sentence.endswith(".") else f"{sentence}."
