"""Whether the figures of a targets file, and what is fitted to them, fit the ledger, the baseline and one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Final, get_args

from sim.errors import Problem
from sim.specification.conforming import Conformed
from sim.specification.faults import fault
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema.targets import Event, Target, Targets
from sim.specification.suggestions import nearest
from sim.specification.targets.vocabulary import KNOWN_QUANTITIES
from sim.specification.tree import Path

_ROUNDING: Final = 1e-9
"""A tenth of 30 rows is three, whatever the last bit says."""


@dataclass(frozen=True, slots=True)
class FigureChecks:
    """Checks one target after another; `known_figures` has the unit of every figure of the ledger, None for any."""

    targets: Targets
    places: Conformed
    known_figures: Mapping[str, str] | None
    resolved: ResolvedScenario | None
    problems: list[Problem] = field(default_factory=list)

    def faults(self) -> list[Problem]:
        """Return every fault of the targets and of how the fit is made."""
        answered_by: dict[str, str] = {}
        for target_id, target in self.targets.targets.items():
            where: Path = ("targets", target_id)
            if target.figure in answered_by:
                self._add(
                    "target_figure_twice", (*where, "figure"), key=target.figure, found=answered_by[target.figure]
                )
            answered_by.setdefault(target.figure, target_id)
            self._figure(target, where)
            self._units(target, where)
            self._error(target, where)
        self._fit()
        return self.problems

    def _add(self, code: str, where: Path, **fields: object) -> None:
        self.problems.append(fault(code, self.places.place(where), where, **fields))

    def _add_at_key(self, code: str, where: Path, **fields: object) -> None:
        self.problems.append(fault(code, self.places.key_place(where), where, **fields))

    def _missing(self, where: Path, key: str, allowed: tuple[str, ...] = ()) -> None:
        place = self.places.key_place(where)
        self.problems.append(fault("missing_key", place, (*where, key), key=key, allowed=allowed))

    def _figure(self, target: Target, where: Path) -> None:
        known = self.known_figures
        if known is None:
            return
        if target.figure not in known:
            suggestion = nearest(target.figure, sorted(known))
            self._add("target_figure_unknown", (*where, "figure"), found=target.figure, suggestion=suggestion)
            return
        allowed = KNOWN_QUANTITIES[target.quantity].figure_units
        if known[target.figure] not in allowed:
            fields = {"key": target.figure, "found": known[target.figure], "quantity": target.quantity}
            self._add("target_unit_differs", (*where, "figure"), **fields, allowed=allowed)

    def _units(self, target: Target, where: Path) -> None:
        of_units = KNOWN_QUANTITIES[target.quantity].is_of_units
        owner = next(name for name, quantity in KNOWN_QUANTITIES.items() if quantity.is_of_units)
        tiers = () if self.resolved is None else tuple(self.resolved.scenario.tiers)
        for key, said, allowed in (("tier", target.tier, tiers), ("events", target.events, get_args(Event))):
            if said is None and of_units:
                self._missing(where, key, allowed)
            if said is not None and not of_units:
                self._add_at_key("target_without_units", (*where, key), key=key, quantity=owner)
        for index, event in enumerate(target.events or ()):
            if event in (target.events or ())[:index]:
                self._add("duplicate_item", (*where, "events", index), found=event)
        if target.tier is not None and tiers and target.tier not in tiers:
            fields = {"found": target.tier, "allowed": tiers, "suggestion": nearest(target.tier, tiers)}
            self._add("unknown_id", (*where, "tier"), kind="tier", **fields)

    def _error(self, target: Target, where: Path) -> None:
        if target.error is None:
            if not target.held_out and self.targets.transferred_from is None:
                self._add_at_key("target_without_error", where)
            return
        if target.held_out:
            self._add_at_key("target_held_out_with_error", (*where, "error"))
        allowed = KNOWN_QUANTITIES[target.quantity].scales
        if target.error.scale not in allowed:
            scale = target.error.scale
            self._add("not_one_of", (*where, "error", "scale"), found=scale, allowed=allowed, suggestion="")

    def _fit(self) -> None:
        targets = self.targets
        fitted = [target_id for target_id, target in targets.targets.items() if not target.held_out]
        posterior, table = targets.posterior, targets.reference_table
        if posterior.predictive_draws > posterior.draws:
            found, maximum = posterior.predictive_draws, posterior.draws
            self._add("above_maximum", ("posterior", "predictive_draws"), found=found, maximum=maximum, unit="draws")
        if targets.transferred_from is not None:
            for target_id in fitted:
                self._add_at_key("target_fitted_though_transferred", ("targets", target_id))
            for path, value in (
                (("reference_table",), table),
                (("posterior", "accepted_share"), posterior.accepted_share),
            ):
                if value is not None:
                    self._add_at_key("targets_without_fit", path)
            return
        if not fitted:
            self._add_at_key("targets_all_held_out", ("targets",))
        if table is None:
            self._missing((), "reference_table")
        if posterior.accepted_share is None:
            self._missing(("posterior",), "accepted_share")
        if table is not None and posterior.accepted_share is not None:
            accepted = floor(table.rows * posterior.accepted_share + _ROUNDING)
            if posterior.draws > accepted:
                self._add("posterior_too_few_accepted", ("posterior", "draws"), found=posterior.draws, maximum=accepted)
