"""Whether the parameters of a targets file fit the baseline, one another and the place they are transferred from."""

from dataclasses import dataclass, field
from typing import Final

from sim.errors import Problem
from sim.specification.conforming import Conformed
from sim.specification.faults import fault, found_text
from sim.specification.leaves import Leaf, scenario_leaves
from sim.specification.records import bound_faults, source_faults
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema.targets import LognormalPrior, Parameter, Targets, TriangularPrior, UniformPrior
from sim.specification.shape import LeafShape
from sim.specification.suggestions import nearest
from sim.specification.targets.vocabulary import (
    DERIVED_FROM,
    KNOWN_PARAMETERS,
    KNOWN_QUANTITIES,
    LOWEST_TIER_PART,
    OVER_REPORTING,
)
from sim.specification.tree import Path, Scalar, dotted

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class ParameterChecks:
    """Checks one parameter after another; without a baseline or the other place's file, what needs them is left out."""

    targets: Targets
    places: Conformed
    known_sources: frozenset[str] | None
    resolved: ResolvedScenario | None
    other: Targets | None
    baseline_file: str
    other_file: str
    problems: list[Problem] = field(default_factory=list)

    def faults(self) -> list[Problem]:
        """Return every fault of the parameters."""
        leaves = {} if self.resolved is None else _numbered(self.resolved)
        set_by: dict[str, str] = {}
        for parameter_id, parameter in self.targets.parameters.items():
            where: Path = ("parameters", parameter_id)
            shapes = self._known(parameter_id, where) if parameter.sets is None else []
            for index, path in enumerate(parameter.sets or ()):
                at: Path = (*where, "sets", index)
                if path in set_by:
                    self._add("parameter_path_twice", at, key=path, found=set_by[path])
                set_by.setdefault(path, parameter_id)
                shapes += self._written_to(path, at, leaves)
            if parameter.sets is not None and parameter_id in KNOWN_PARAMETERS:
                self._add("parameter_derives", (*where, "sets"), key=parameter_id)
            self._prior(parameter, where, shapes)
            self._basis(parameter_id, parameter, where)
        self._what_they_need()
        return self.problems

    def _add(self, code: str, where: Path, **fields: object) -> None:
        self.problems.append(fault(code, self.places.place(where), where, **fields))

    def _add_at_key(self, code: str, where: Path, **fields: object) -> None:
        self.problems.append(fault(code, self.places.key_place(where), where, **fields))

    def _known(self, parameter_id: str, where: Path) -> list[LeafShape]:
        known = KNOWN_PARAMETERS.get(parameter_id)
        if known is not None:
            return [known.shape]
        suggestion = nearest(parameter_id, KNOWN_PARAMETERS)
        allowed = tuple(KNOWN_PARAMETERS)
        self._add_at_key("parameter_unknown", where, found=parameter_id, allowed=allowed, suggestion=suggestion)
        return []

    def _written_to(self, path: str, at: Path, leaves: dict[str, Leaf]) -> list[LeafShape]:
        """The shape of a value that a parameter is written to; none where it can be none."""
        if self.resolved is None:
            return []
        leaf = leaves.get(path)
        if leaf is None:
            self._no_such_value(path, at, leaves)
            return []
        if leaf.field.role not in ("lever", "uncertainty"):
            self._add("factor_of_structure", at, key=path)
        elif leaf.shape.kind != "number":
            self._add("parameter_sets_no_number", at, key=path, found=found_text(leaf.value))
        elif (leaf.path[0], leaf.path[-1]) in DERIVED_FROM:
            self._add("parameter_sets_derived", at, key=path, suggestion=DERIVED_FROM[leaf.path[0], leaf.path[-1]])
        else:
            return [leaf.shape]
        return []

    def _no_such_value(self, path: str, at: Path, leaves: dict[str, Leaf]) -> None:
        steps = path.split(".")
        depth = next(
            depth
            for depth in range(len(steps), -1, -1)
            if depth == 0 or any(known.startswith(f"{'.'.join(steps[:depth])}.") for known in leaves)
        )
        above = "".join(f"{step}." for step in steps[:depth])
        below = dict.fromkeys(known.removeprefix(above).split(".")[0] for known in leaves if known.startswith(above))
        self._add(
            "path_unknown",
            at,
            key=steps[depth] if depth < len(steps) else path,
            in_file=self.baseline_file,
            allowed=tuple(below)[:_SHOWN],
            suggestion=nearest(path, leaves),
        )

    def _prior(self, parameter: Parameter, where: Path, shapes: list[LeafShape]) -> None:
        prior, at = parameter.prior, (*where, "prior")
        numbers: list[tuple[float, Path]]
        match prior:
            case None:
                return
            case LognormalPrior():
                numbers = [(end, (*at, "within_90", index)) for index, end in enumerate(prior.within_90)]
                ends = [end for shape in shapes for end in (shape.bounds.maximum, shape.bounds.below)]
                if any(end is not None for end in ends):
                    largest = min(end for end in ends if end is not None)
                    self._add("prior_without_end", (*at, "distribution"), maximum=largest)
            case UniformPrior() | TriangularPrior():
                numbers = [(prior.low, (*at, "low")), (prior.high, (*at, "high"))]
        for number, place in numbers:
            faults = [bound_faults(number, shape, self.places.place(place), place) for shape in shapes]
            self.problems.extend(next((found for found in faults if found), []))

    def _basis(self, parameter_id: str, parameter: Parameter, where: Path) -> None:
        at = (*where, "basis")
        if parameter.source is None and parameter.basis in ("reported", "literature"):
            self._add_at_key("record_source_missing", where, basis=parameter.basis)
        if parameter.source is not None:
            source = (*where, "source")
            node = Scalar(parameter.source, self.places.place(source))
            self.problems.extend(source_faults(node, where, self.known_sources))
        if parameter.basis != "transferred":
            if parameter.prior is None:
                kinds = ("uniform", "triangular", "lognormal")
                place = self.places.key_place(where)
                self.problems.append(fault("missing_key", place, (*where, "prior"), key="prior", allowed=kinds))
        elif parameter.prior is not None:
            self._add("parameter_transferred_with_prior", at)
        elif self.targets.transferred_from is None:
            self._add("parameter_not_transferred", at)
        elif self.other is not None and parameter_id not in self.other.parameters:
            known = tuple(self.other.parameters)
            self._add_at_key(
                "parameter_unknown_there",
                where,
                found=parameter_id,
                in_file=self.other_file,
                allowed=known,
                suggestion=nearest(parameter_id, known),
            )

    def _what_they_need(self) -> None:
        """Parameters that change nothing of this place or of what is compared."""
        answered = [KNOWN_QUANTITIES[target.quantity] for target in self.targets.targets.values()]
        if OVER_REPORTING in self.targets.parameters and not any(quantity.is_recorded for quantity in answered):
            recorded = tuple(name for name, quantity in KNOWN_QUANTITIES.items() if quantity.is_recorded)
            self._add_at_key("parameter_without_record", ("parameters", OVER_REPORTING), allowed=recorded)
        if LOWEST_TIER_PART in self.targets.parameters and self.resolved is not None:
            scenario = self.resolved.scenario
            tier_id, tier = next(iter(scenario.tiers.items()))
            hearing = [session.groups for session in tier.sessions.values() if session.mode != "intake"]
            if not any(scenario.staff_groups[group].posts for groups in hearing for group in groups):
                self._add_at_key("parameter_lowest_tier_silent", ("parameters", LOWEST_TIER_PART), tier=tier_id)


def _numbered(resolved: ResolvedScenario) -> dict[str, Leaf]:
    """Every value by dotted path, items of lists by their number."""
    leaves: dict[str, Leaf] = {}
    for leaf in scenario_leaves(resolved.scenario):
        if leaf.is_list and isinstance(leaf.value, tuple):
            leaves |= {dotted((*leaf.path, index)): leaf for index in range(len(leaf.value))}
        else:
            leaves[dotted(leaf.path)] = leaf
    return leaves
