"""Does the verdict hang on what was assumed? Each assumed value at both ends of its range, then the few that matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pandas as pd

from sim.errors import InputError
from sim.experiment.comparison import compare_headlines
from sim.experiment.executor import Workers
from sim.experiment.manifest import StressDone, StressNotPossible
from sim.experiment.pieces import Piece, PieceStore
from sim.experiment.progress import Progress, Stage
from sim.experiment.question import NamedScenario, Question
from sim.experiment.replications import pieces_of, read_replicated, run_missing
from sim.specification.schema.scenario import Robustness
from sim.specification.varying import AssumedQuantity, assumed_quantities, with_base_values
from sim.stats import Comparison, MeasureKey

ROBUSTNESS_COLUMNS: Final = (
    *("path", "end", "value", "scenario", "measure", "difference", "low", "high", "verdict", "swing"),
)
SCREENING_COLUMNS: Final = ("path", "low", "value", "high", "difference_low", "difference_high", "swing", "stressed")


@dataclass(frozen=True, slots=True)
class Variant:
    """Scenarios with one assumed value at one end of its range; `scenario_hashes` by id, the baseline first."""

    end: str
    value: float
    scenario_hashes: Mapping[str, str]


class Judged(NamedTuple):
    """One policy's verdict on one measure."""

    scenario: str
    measure: str
    difference: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True, slots=True)
class StressResult:
    """Both tables of the stress test (ROBUSTNESS_COLUMNS, SCREENING_COLUMNS) and what the manifest says of it."""

    robustness: pd.DataFrame
    screening: pd.DataFrame
    done: StressDone


@dataclass(slots=True)
class Stress:
    """The stress test of one question, after its main comparison."""

    question: Question
    plan: Robustness
    store: PieceStore
    scenario_hashes: Mapping[str, str]
    workers: Workers
    progress: Progress
    _not_possible: list[StressNotPossible] = field(default_factory=list)

    @property
    def focus_policy(self) -> str:
        """The policy that the question is about; the first one if the file names none of those compared."""
        ids = [policy.id for policy in self.question.policies]
        return self.plan.focus_policy if self.plan.focus_policy in ids else ids[0]

    def run(self) -> StressResult:
        """Screen every assumed value that has a range, then repeat the verdicts for those that move it most."""
        quantities = {quantity.path: quantity for quantity in assumed_quantities(self.question.baseline.resolved)}
        screening = self._screen(list(quantities.values()))
        robustness = self._verdicts(self._largest(screening, quantities))
        stressed = list(dict.fromkeys(robustness["path"]))
        screening["stressed"] = screening["path"].isin(stressed)
        done = StressDone(
            focus_policy=self.focus_policy,
            focus_measure=self.plan.focus_measure,
            screen_replications=self.plan.screen_replications,
            verdict_replications=self.plan.verdict_replications,
            screened_count=len(screening),
            without_range=_without_range(self.question.baseline),
            not_possible=tuple(self._not_possible),
            values=tuple(stressed),
        )
        return StressResult(robustness, screening, done)

    def _variants(self, quantity: AssumedQuantity, ids: Sequence[str]) -> tuple[Variant, ...]:
        """The scenarios named, with a value at the low and at the high end; nothing if one of them cannot take it."""
        variants = []
        for end, value in (("low", quantity.low), ("high", quantity.high)):
            hashes = {}
            for named in self.question.scenarios:
                if named.id not in ids:
                    continue
                try:
                    varied = with_base_values(named.resolved, {quantity.path: value})
                except InputError as error:
                    codes = tuple(dict.fromkeys(problem.code for problem in error.problems))
                    refused = StressNotPossible(path=quantity.path, end=end, scenario=named.id, problems=codes)
                    self._not_possible.append(refused)
                    return ()
                hashes[named.id] = self.store.add_scenario(varied.scenario)
            variants.append(Variant(end, value, hashes))
        return tuple(variants)

    def _screen(self, quantities: Sequence[AssumedQuantity]) -> pd.DataFrame:
        compared = (self.question.baseline.id, self.focus_policy)
        count, key = self.plan.screen_replications, MeasureKey(self.plan.focus_measure)
        possible = [(quantity, both) for quantity in quantities if (both := self._variants(quantity, compared))]
        self._run([v.scenario_hashes for _, both in possible for v in both], count, Stage.SCREENING)
        rows = []
        for quantity, both in possible:
            differences = []
            for variant in both:
                replicated = read_replicated(self.store, variant.scenario_hashes, count)
                baseline, policy = (replicated.frame(id_, [key])["value"].mean() for id_ in compared)
                differences.append(float(policy - baseline))
            low, high = differences
            values = (both[0].value, quantity.value, both[1].value)
            rows.append((quantity.path, *values, low, high, abs(high - low), False))
        return pd.DataFrame(rows, columns=list(SCREENING_COLUMNS))

    def _largest(
        self, screening: pd.DataFrame, quantities: Mapping[str, AssumedQuantity]
    ) -> dict[str, tuple[AssumedQuantity, tuple[Variant, ...]]]:
        """The values that move the difference most, the first in the file at a tie; none that does not move it."""
        moving = screening[screening["swing"] > 0.0].sort_values("swing", ascending=False, kind="stable")
        wanted = self.plan.values  # noqa: PD011 -- how many values are shown
        chosen: dict[str, tuple[AssumedQuantity, tuple[Variant, ...]]] = {}
        for path in moving["path"].tolist():
            both = self._variants(quantities[path], list(self.scenario_hashes))
            if both:
                chosen[path] = (quantities[path], both)
            if len(chosen) == wanted:
                break
        return chosen

    def _verdicts(self, chosen: Mapping[str, tuple[AssumedQuantity, tuple[Variant, ...]]]) -> pd.DataFrame:
        count = self.plan.verdict_replications
        variants = [v.scenario_hashes for _, both in chosen.values() for v in both]
        self._run([self.scenario_hashes, *variants] if chosen else [], count, Stage.STRESS)
        base = self._judged(self.scenario_hashes, count) if chosen else []
        rows: list[dict[str, object]] = []
        for path, (quantity, (low_end, high_end)) in chosen.items():
            low, high = (self._judged(variant.scenario_hashes, count) for variant in (low_end, high_end))
            swings = [abs(after.difference - before.difference) for before, after in zip(low, high, strict=True)]
            at = (("low", low_end.value, low), ("base", quantity.value, base), ("high", high_end.value, high))
            for end, value, judged in at:
                rows += [
                    {"path": path, "end": end, "value": value, **row._asdict(), "swing": swing}
                    for row, swing in zip(judged, swings, strict=True)
                ]
        return pd.DataFrame(rows, columns=list(ROBUSTNESS_COLUMNS)).astype({"value": "float64"})

    def _run(self, variants: Sequence[Mapping[str, str]], count: int, stage: Stage) -> None:
        """Run the replications of several variants, one variant after the other: workers build each scenario once."""
        pieces: dict[Piece, None] = {}
        for hashes in variants:
            pieces.update(dict.fromkeys(pieces_of(list(hashes.values()), range(count))))
        run_missing(self.store, list(pieces), self.workers, stage, self.progress)

    def _judged(self, hashes: Mapping[str, str], count: int) -> list[Judged]:
        replicated = read_replicated(self.store, hashes, count)
        indifference_share = self.question.baseline.scenario.measures.indifference_share
        return [_judged(comparison) for comparison in compare_headlines(replicated, indifference_share)]


def _without_range(baseline: NamedScenario) -> tuple[str, ...]:
    """The assumed values that could not be screened, for want of a range."""
    return tuple(
        path
        for path, stated in baseline.resolved.provenance.items()
        if stated.basis in ("assumed", "transferred") and stated.range is None
    )


def _judged(comparison: Comparison) -> Judged:
    estimate, verdict = comparison.estimate, comparison.verdict
    return Judged(
        scenario=comparison.policy,
        measure=comparison.key.measure,
        difference=estimate.difference,
        low=estimate.low,
        high=estimate.high,
        verdict="" if verdict is None else verdict.value,
    )
