"""YAML 1.2 events to a tree, in one pass that expands nothing; the core schema's types and no others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from sim.errors import InputError, Problem
from sim.specification.faults import fault, found_text
from sim.specification.tree import Mapping, Node, Place, PlainScalar, Scalar, Sequence, plain_value

MAXIMUM_DEPTH: Final = 32
_MAXIMUM_PROBLEMS: Final = 10

_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,30}")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL: Final[dict[str, PlainScalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def plain_scalar(text: str) -> PlainScalar:
    """Give an unquoted scalar its type by the YAML 1.2 core schema: dates and times stay text."""
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if text.startswith(("0o", "0x")) and len(text) <= 18:
        try:
            return int(text, 0)
        except ValueError:
            return text
    return float(text) if _FLOAT.fullmatch(text) else text


def read_yaml(text: str, name: str) -> Node | None:
    """Read one document; None where there is none. InputError with every fault found."""
    reader = _Reader(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(_Stream(text)):
            reader.take(event)
            if len(reader.problems) >= _MAXIMUM_PROBLEMS:
                break
    except _TooDeepError:
        pass
    except YAMLError as error:
        reader.problems.append(_syntax_fault(error, text, name))
    except (RecursionError, ValueError, IndexError, AttributeError, AssertionError):
        # What the YAML scanner raises on some malformed input; the last event says about where.
        reader.problems.append(fault("yaml_syntax", reader.last))
    if reader.problems:
        raise InputError(reader.problems)
    return reader.root


class _TooDeepError(Exception):
    """Ends the reading: deeper files are not worth scanning."""


class _Stream:
    """A text that the YAML reader takes as a whole."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, size: int = -1) -> str:
        """Hand out everything at the first call."""
        del size
        text, self._text = self._text, ""
        return text


@dataclass(slots=True)
class _Open:
    """A block or list whose end has not come."""

    place: Place
    is_mapping: bool
    entries: dict[str, Node] = field(default_factory=dict)
    key_places: dict[str, Place] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: str | None = None
    key_expected: bool = True


@dataclass(slots=True)
class _Reader:
    """Builds the tree from events and collects what is refused."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    last: Place = field(default=Place("", 1, 1))
    _open: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        place = self.last = Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.extend(_refused(event, place))
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self.problems.append(fault("yaml_many_documents", place))
        elif isinstance(event, ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, AliasEvent):
            self._value(Scalar(None, place))
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._start(isinstance(event, MappingStartEvent), place)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._end()

    def _start(self, is_mapping: bool, place: Place) -> None:
        if len(self._open) >= MAXIMUM_DEPTH:
            self.problems.append(fault("yaml_too_deep", place, maximum=MAXIMUM_DEPTH))
            raise _TooDeepError
        if self._key_is_due():
            self.problems.append(fault("yaml_key_not_text", place))
        self._open.append(_Open(place, is_mapping))

    def _end(self) -> None:
        done = self._open.pop()
        if done.is_mapping:
            self._value(Mapping(done.entries, done.key_places, done.place))
        else:
            self._value(Sequence(tuple(done.items), done.place))

    def _key_is_due(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._open[-1].key_expected

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        quoted = event.style is not None
        if self._key_is_due():
            self._key(event.value, quoted, place)
        else:
            self._value(Scalar(event.value if quoted else plain_scalar(event.value), place))

    def _key(self, key: str, quoted: bool, place: Place) -> None:
        block = self._open[-1]
        if key == "<<" and not quoted:
            self.problems.append(fault("yaml_merge_key", place))
        elif key in block.key_places:
            first_line = block.key_places[key].line
            self.problems.append(fault("yaml_duplicate_key", place, key=found_text(key), first_line=first_line))
        else:
            block.key_places[key] = place
        block.key, block.key_expected = key, False

    def _value(self, node: Node) -> None:
        if not self._open:
            if self._documents <= 1 and not (isinstance(node, Scalar) and node.value is None):
                self.root = node
            return
        block = self._open[-1]
        if not block.is_mapping:
            block.items.append(node)
        elif block.key_expected:
            block.key, block.key_expected = str(plain_value(node)), False
        else:
            block.entries.setdefault(str(block.key), node)
            block.key_expected = True


def _refused(event: Any, place: Place) -> Iterator[Problem]:
    if isinstance(event, AliasEvent):
        yield fault("yaml_alias", place, name=found_text(event.anchor))
    elif getattr(event, "anchor", None) is not None:
        yield fault("yaml_anchor", place, name=found_text(event.anchor))
    if getattr(event, "ctag", None) is not None:
        yield fault("yaml_tag", place, tag=found_text(str(event.ctag).replace("tag:yaml.org,2002:", "!!")))
    if isinstance(event, ScalarEvent) and any("\ud800" <= letter <= "\udfff" for letter in event.value):
        yield fault("yaml_character", place, character="U+D800–U+DFFF")


_CODE_BY_PROBLEM: Final = (
    (r"character '\\t'|tab", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("end of stream|stream end|did not find expected|expected ',' or", "yaml_not_closed"),
    ("block end|block mapping start|expected.*indent|could not find expected ':'", "yaml_indentation"),
)


def _syntax_fault(error: YAMLError, text: str, name: str) -> Problem:
    if isinstance(error, ReaderError):
        before = text[: error.position]
        place = Place(name, before.count("\n") + 1, error.position - before.rfind("\n"))
        character = error.character
        code_point = character if isinstance(character, int) else ord(str(character)[:1] or "\0")
        return fault("yaml_character", place, character=f"U+{code_point:04X}")
    if not isinstance(error, MarkedYAMLError):
        return fault("yaml_syntax", Place(name, 1, 1))
    problem = str(error.problem or "")
    code = next((code for pattern, code in _CODE_BY_PROBLEM if re.search(pattern, problem)), "yaml_syntax")
    # An unclosed bracket or quote is noticed at the end of the file; where it opens is what helps.
    mark = error.context_mark if code == "yaml_not_closed" and error.context_mark else error.problem_mark
    mark = mark or error.context_mark
    return fault(code, Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1))
