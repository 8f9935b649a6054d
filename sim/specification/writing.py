"""Writes a resolved scenario as a scenario file: the same bytes for the same scenario, nothing lost on reading it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.specification.leaves import content_of
from sim.specification.resolved import Provenance, ResolvedScenario
from sim.specification.shape import BlockShape, DictShape, LeafShape, ListShape, Shape, UnionShape, scenario_shape
from sim.specification.tree import Path, dotted
from sim.specification.yaml_tree import plain_scalar

_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_WORDS_OF_OTHER_YAML: Final = ("y", "n", "yes", "no", "on", "off")
# Letters that a YAML reader refuses or takes for line breaks even within quotes.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_INTEGRAL_BELOW: Final = 1e15


def to_yaml(resolved: ResolvedScenario) -> str:
    """Return the text of `scenario.resolved.yaml`: complete, without `extends` or `changes`, records kept."""
    writer = _Writer(resolved.provenance)
    lines = writer.block(content_of(resolved.scenario), scenario_shape(), (), 0)
    derivation = resolved.derivation
    if derivation.stated or derivation.steps:
        lines.append("derivation:")
        lines += [f"  {key}: {_flow(value)}" for key, value in derivation.as_content().items()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    provenance: Mapping[str, Provenance]

    def block(self, content: Mapping[str, object], shape: Shape, path: Path, indent: int) -> list[str]:
        lines = []
        for key, below in _below(content, shape):
            where, value = (*path, key), content[key]
            start = f"{' ' * indent}{_text(key)}:"
            inner = below.member_of(value) if isinstance(below, UnionShape) and isinstance(value, dict) else below
            assert inner is not None
            if isinstance(inner, BlockShape | DictShape) and isinstance(value, dict) and not _is_short(inner):
                nested = self.block(value, inner, where, indent + 2)
                lines += [start, *nested] if nested else [f"{start} {{}}"]
            elif isinstance(inner, ListShape) and isinstance(value, tuple) and not isinstance(inner.item, LeafShape):
                lines.append(start)
                items = (self.flow(item, inner.item, (*where, index)) for index, item in enumerate(value))
                lines += [f"{' ' * indent}  - {item}" for item in items]
            else:
                lines.append(f"{start} {self.flow(value, inner, where)}")
        return lines

    def flow(self, value: object, shape: Shape, path: Path) -> str:
        """Write a value on one line, in its record if it has one."""
        stated = self.provenance.get(dotted(path))
        if stated is None or stated.basis is None:
            return self._bare(value, shape, path)
        parts = [f"value: {self._bare(value, shape, path)}", f"basis: {stated.basis}"]
        if stated.source is not None:
            parts.append(f"source: {_quoted(stated.source)}")
        if stated.range is not None:
            parts.append(f"range: {_flow(stated.range)}")
        return f"{{{', '.join(parts)}}}"

    def _bare(self, value: object, shape: Shape, path: Path) -> str:
        match shape, value:
            case ((BlockShape() | DictShape() | UnionShape()), dict()):
                items = [
                    f"{_text(key)}: {self.flow(value[key], below, (*path, key))}" for key, below in _below(value, shape)
                ]
                return f"{{{', '.join(items)}}}"
            case ListShape(), tuple():
                items = [self.flow(item, shape.item, (*path, index)) for index, item in enumerate(value)]
                return f"[{', '.join(items)}]"
            case LeafShape(kind="id" | "choice"), str():
                return _text(value)
            case _:
                return _flow(value)


def _below(content: Mapping[str, object], shape: Shape) -> list[tuple[str, Shape]]:
    if isinstance(shape, DictShape):
        return [(key, shape.item) for key in content]
    block = shape.member_of(content) if isinstance(shape, UnionShape) else shape
    assert isinstance(block, BlockShape)
    return [(key, below.shape) for key, below in block.fields.items() if key in content]


def _is_short(shape: Shape) -> bool:
    """Whether a block fits on a line: a name in two languages."""
    return isinstance(shape, BlockShape) and shape.title == "Name"


def _flow(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            is_integral = value.is_integer() and abs(value) < _INTEGRAL_BELOW
            return str(int(value)) if is_integral else repr(value)
        case int() | date():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{_text(key)}: {_flow(item)}' for key, item in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(_flow(item) for item in value)}]"
        case _:
            return _quoted(str(value))


def _text(word: str) -> str:
    is_plain = _PLAIN.fullmatch(word) and isinstance(plain_scalar(word), str) and word not in _WORDS_OF_OTHER_YAML
    return word if is_plain else _quoted(word)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
