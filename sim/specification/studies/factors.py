"""The factors of a study as levels: what each level lays over the baseline."""

from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.changes import OPERATION_KEYS, Change, read_changes
from sim.specification.conforming import Conformed
from sim.specification.faults import fault, found_text
from sim.specification.key_paths import KeyPath, parse_key_path
from sim.specification.schema.fields import Name
from sim.specification.schema.study import ChangesFactor, LevelsFactor, PathFactor, Study
from sim.specification.shape import (
    BlockShape,
    DictShape,
    FieldShape,
    LeafShape,
    ListShape,
    Shape,
    UnionShape,
    known_keys,
    scenario_shape,
)
from sim.specification.tree import Mapping, Node, Path, Place, Scalar, node_at, plain_value
from sim.specification.tree import Sequence as TreeSequence

Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class LevelOfFactor:
    """One level: its id, its value (None for a named level) and what it lays over the baseline."""

    id: str
    value: Value | None
    name: Name | None
    overlays: tuple[FilePath, ...]
    changes: tuple[Change, ...]
    place: Place

    def text(self) -> str:
        """Return how a message names the level."""
        return self.id if self.value is None else found_text(self.value)


@dataclass(frozen=True, slots=True)
class FactorLevels:
    """A factor with its levels; `operation` and `path` say of what kind its values are (`levels`: they have names)."""

    id: str
    name: Name
    operation: str
    path: str
    levels: tuple[LevelOfFactor, ...]


def levels_of(
    study: Study, root: Mapping, places: Conformed, named: AbstractMapping[Path, FilePath]
) -> tuple[list[FactorLevels], list[Problem]]:
    """Return the factors of a study and what is wrong with their values and changes."""
    factors: list[FactorLevels] = []
    problems: list[Problem] = []
    for factor_id, factor in study.factors.items():
        where: Path = ("factors", factor_id)
        reader = _FactorReader(root, places, where, problems)
        match factor:
            case PathFactor():
                factors.append(reader.of_path(factor))
            case ChangesFactor():
                factors.append(reader.of_changes(factor))
            case LevelsFactor():
                factors.append(reader.of_levels(factor, named))
    return factors, problems


@dataclass(frozen=True, slots=True)
class _FactorReader:
    root: Mapping
    places: Conformed
    where: Path
    problems: list[Problem]

    @property
    def factor_id(self) -> str:
        return str(self.where[-1])

    def of_path(self, factor: PathFactor) -> FactorLevels:
        where = (*self.where, "path")
        changes: list[tuple[Change, ...]] = [() for _ in factor.values]
        try:
            written = parse_key_path(factor.path, self.places.place(where))
            self._refuse_structure(written, where)
            changes = [(Change("set", written, node, node.place),) for node in self._value_nodes()]
        except InputError as error:
            self.problems.extend(replace(problem, path=".".join(map(str, where))) for problem in error.problems)
        return FactorLevels(self.factor_id, factor.name, "set", factor.path, self._valued(factor.values, changes))

    def of_changes(self, factor: ChangesFactor) -> FactorLevels:
        template = self._node("changes")
        if not any(_lacks_operand(item) for item in _items(template)):
            self.problems.append(fault("factor_value_unused", self._place("changes"), (*self.where, "changes")))
        changes = [self._changes(_completed(template, node), (*self.where, "changes")) for node in self._value_nodes()]
        operation, path = _first_template(template)
        return FactorLevels(self.factor_id, factor.name, operation, path, self._valued(factor.values, changes))

    def of_levels(self, factor: LevelsFactor, named: AbstractMapping[Path, FilePath]) -> FactorLevels:
        levels = []
        for level_id, level in factor.levels.items():
            where = (*self.where, "levels", level_id)
            overlays = tuple(named[*where, "with", index] for index in range(len(level.with_ or ())))
            place = self.places.key_place(where)
            levels.append(LevelOfFactor(level_id, _value_of(level.value), level.name, overlays, (), place))
        if self._are_named(levels):
            levels = [replace(level, changes=self._changes_of_level(level.id)) for level in levels]
        operation, path = _first_template(self._node("changes"))
        has_values = all(level.value is not None for level in levels)
        return FactorLevels(
            self.factor_id,
            factor.name,
            operation if has_values else "levels",
            path if has_values else "",
            tuple(levels),
        )

    def _are_named(self, levels: Sequence[LevelOfFactor]) -> bool:
        """Whether all levels have a value, or none has and all have names."""
        is_valued = levels[0].value is not None
        known = len(self.problems)
        for level in levels:
            where = (*self.where, "levels", level.id)
            if (level.value is not None) != is_valued:
                self.problems.append(fault("factor_levels_mixed", level.place, where))
            elif not is_valued and level.name is None:
                self.problems.append(fault("missing_key", level.place, (*where, "name"), key="name", allowed=()))
        return len(self.problems) == known

    def _changes_of_level(self, level_id: str) -> tuple[Change, ...]:
        """The changes at every level, then the level's own."""
        of_level = (*self.where, "levels", level_id)
        value = node_at(self.root, (*of_level, "value"))
        changes: list[Change] = []
        for path in ((*self.where, "changes"), (*of_level, "changes")):
            node = node_at(self.root, path)
            if node is not None and plain_value(node) is not None:
                changes += self._changes(_completed(node, value), path)
        return tuple(changes)

    def _valued(self, values: Sequence[object], changes: Sequence[tuple[Change, ...]]) -> tuple[LevelOfFactor, ...]:
        levels: list[LevelOfFactor] = []
        for index, (value, of_value) in enumerate(zip(values, changes, strict=True)):
            place = self.places.place((*self.where, "values", index))
            if any(value == level.value for level in levels):
                where = (*self.where, "values", index)
                self.problems.append(fault("duplicate_item", place, where, found=found_text(value)))
            levels.append(LevelOfFactor(str(index + 1), _value_of(value), None, (), of_value, place))
        return tuple(levels)

    def _value_nodes(self) -> list[Scalar]:
        nodes = _items(self._node("values"))
        return [node for node in nodes if isinstance(node, Scalar)]

    def _node(self, key: str) -> Node | None:
        return node_at(self.root, (*self.where, key))

    def _place(self, key: str) -> Place:
        return self.places.place((*self.where, key))

    def _changes(self, node: Node | None, where: Path) -> tuple[Change, ...]:
        assert node is not None
        changes, problems = read_changes(node)
        prefix = ".".join(map(str, where[:-1]))
        found = [replace(problem, path=f"{prefix}.{problem.path}") for problem in problems]
        self.problems.extend(problem for problem in found if problem not in self.problems)
        for change in changes:
            for written in (change.path, change.to):
                if written is not None:
                    self._refuse_structure(written, where)
        return tuple(changes)

    def _refuse_structure(self, written: KeyPath, where: Path) -> None:
        problem = fault("factor_of_structure", written.place, where, key=written.text)
        if _is_structure(written) and problem not in self.problems:
            self.problems.append(problem)


_OF_THE_STUDY: Final = ("schema_version", "place", "horizon", "experiment", "measures", "statutory_calendar", "units")
"""Blocks that say what the place or the study is; whole mechanisms may be laid over or taken away."""


def _is_structure(written: KeyPath) -> bool:
    """Whether a path leads to what is never varied: a value of structure, or a block that says what the place is."""
    shape: Shape | None = scenario_shape()
    field: FieldShape | None = None
    for step in written.steps:
        if isinstance(shape, BlockShape | UnionShape):
            field = known_keys(shape).get(step.key)
            shape = field.shape if field is not None else None
        elif isinstance(shape, DictShape | ListShape):
            shape = shape.item
        else:
            return False
        if step.selectors and isinstance(shape, DictShape | ListShape):
            shape = shape.item
    if written.steps[0].key in _OF_THE_STUDY:
        return True
    is_value = isinstance(shape, LeafShape) or (isinstance(shape, ListShape) and isinstance(shape.item, LeafShape))
    return field is not None and is_value and field.role not in ("lever", "uncertainty")


def _value_of(value: object) -> Value | None:
    assert value is None or isinstance(value, float | int | str | bool)
    return value


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, TreeSequence) else ()


def _template_of(item: Node) -> tuple[str, Mapping, str] | None:
    """Take a change apart into its operation, its content and the key of its operand; None where it is none."""
    if not isinstance(item, Mapping) or len(item.entries) != 1:
        return None
    ((name, content),) = item.entries.items()
    keys = next((keys for operation, keys in OPERATION_KEYS.items() if operation == name), None)
    return (name, content, keys[-1]) if keys is not None and isinstance(content, Mapping) else None


def _lacks_operand(item: Node) -> bool:
    template = _template_of(item)
    return template is not None and template[2] not in template[1].entries


def _completed(node: Node | None, value: Node | None) -> Node | None:
    """Put the factor's value where a change leaves out its operand."""
    if not isinstance(node, TreeSequence) or value is None:
        return node
    items: list[Node] = []
    for item in node.items:
        template = _template_of(item)
        if template is not None and isinstance(item, Mapping) and _lacks_operand(item):
            name, content, operand = template
            items.append(item.with_entry(name, content.with_entry(operand, value, value.place), item.key_places[name]))
        else:
            items.append(item)
    return replace(node, items=tuple(items))


def _first_template(node: Node | None) -> tuple[str, str]:
    """Return the operation and the path of the first change that takes the factor's value."""
    for item in _items(node):
        template = _template_of(item)
        if template is not None and _lacks_operand(item):
            plain = plain_value(template[1])
            assert isinstance(plain, dict)
            return template[0], str(plain.get("path", plain.get("to", "")))
    return "set", ""
