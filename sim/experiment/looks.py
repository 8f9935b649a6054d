"""As many replications as the rule wants: a fixed number, or looks until the answer is precise or clear."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.experiment.executor import Workers
from sim.experiment.manifest import ReplicationsDone
from sim.experiment.pieces import PieceStore
from sim.experiment.progress import Progress, Stage
from sim.experiment.question import ReplicationRule
from sim.experiment.replications import (
    HEADLINE_KEYS,
    Replicated,
    pieces_by_scenario,
    pieces_of,
    read_replicated,
    run_missing,
)
from sim.experiment.sweep_design import SweepDesign
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications
from sim.stats import DEFAULT_LEVEL, LOOKS, StoppingDecision, decide, decide_pairs, looks_up_to


@dataclass(frozen=True, slots=True)
class Looks:
    """Takes looks at the scenarios of a question; `sweep` where points have measures and references of their own."""

    store: PieceStore
    scenario_hashes: Mapping[str, str]
    workers: Workers
    progress: Progress
    sweep: SweepDesign | None = None

    def replicate(self, rule: ReplicationRule) -> tuple[Replicated, ReplicationsDone]:
        """Run replications until the rule is content."""
        match rule:
            case FixedReplications():
                return self._up_to(rule.count), _done(rule, rule.count, "fixed")
            case AutomaticReplications():
                return self._until_decided(rule)

    def _until_decided(self, rule: AutomaticReplications) -> tuple[Replicated, ReplicationsDone]:
        *earlier, last = looks_up_to(rule.cap)
        for look in earlier:
            replicated = self._up_to(look)
            decision = self._look(replicated, look, rule)
            if decision.stop:
                return replicated, _done(rule, look, decision.cause.value)
        replicated = self._up_to(last)
        return replicated, _done(rule, last, self._look(replicated, last, rule).cause.value)

    def _up_to(self, count: int) -> Replicated:
        listed = pieces_of if self.sweep is None else pieces_by_scenario
        pieces = listed(list(self.scenario_hashes.values()), range(count))
        run_missing(self.store, pieces, self.workers, Stage.REPLICATIONS, self.progress)
        return read_replicated(self.store, self.scenario_hashes, count)

    def _look(self, replicated: Replicated, look: int, rule: AutomaticReplications) -> StoppingDecision:
        if self.sweep is None:
            baseline, *policies = self.scenario_hashes
            decision = decide(
                replicated.frames(HEADLINE_KEYS),
                baseline=baseline,
                policies=policies,
                headline_measures=HEADLINE_KEYS,
                look=look,
                cap=rule.cap,
                unpaired_policies=replicated.unpaired(),
                relative_precision=rule.relative_precision,
            )
        else:
            decision = decide_pairs(
                replicated.frames(self.sweep.keys),
                references=self.sweep.references,
                measures=self.sweep.keys,
                look=look,
                cap=rule.cap,
                unpaired_policies=replicated.unpaired(self.sweep.references),
                relative_precision=rule.relative_precision,
            )
        self.progress.looked(decision)
        return decision


def _done(rule: ReplicationRule, count: int, cause: str) -> ReplicationsDone:
    automatic = rule if isinstance(rule, AutomaticReplications) else None
    return ReplicationsDone(
        rule=rule.rule,
        count=count,
        cause=cause,
        cap=automatic.cap if automatic else None,
        relative_precision=automatic.relative_precision if automatic else None,
        level=DEFAULT_LEVEL,
        looks=len(LOOKS) if automatic else 1,
    )
