"""Carries the draws of a posterior through scenarios: every draw makes each of them anew and is replicated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.experiment.executor import Workers
from sim.experiment.manifest import PosteriorDone, ReplicationsDone, RunWarning
from sim.experiment.pieces import KeptMeasures, Piece, PieceStore
from sim.experiment.posterior_draws import PosteriorDraws
from sim.experiment.progress import Progress, Stage
from sim.experiment.question import NamedScenario, Question
from sim.experiment.replications import Replicated, pieces_by_scenario, run_missing
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.specification.schema import Scenario
from sim.specification.varying import values_it_lacks, with_base_values
from sim.stats import DEFAULT_LEVEL, MeasureKey

DrawnHashes = Sequence[Mapping[str, str]]
"""For every draw, the hash of each scenario as the draw makes it, by scenario id, the baseline first."""


@dataclass(frozen=True, slots=True)
class DrawnOutcomes:
    """What came of a posterior.

    `replicated` holds all replications, draw after draw; `measures` by scenario the values (draws, replications) of
    every measure of the whole place, NaN where undefined.
    """

    draws: PosteriorDraws
    replicated: Replicated
    measures: Mapping[str, Mapping[str, NDArray[np.float64]]]


def focus_measure(question: Question) -> str:
    """Return the headline measure by which policies are ranked: the one that the baseline's stress test is about."""
    plan = question.baseline.scenario.experiment.robustness
    return plan.focus_measure if plan is not None else HEADLINE_MEASURES[0]


def replicate_draws(
    question: Question, draws: PosteriorDraws, store: PieceStore, workers: Workers, progress: Progress
) -> DrawnOutcomes:
    """Run every replication of every draw that is not finished yet; InputError where a draw makes no valid scenario.

    All scenarios of a draw see the same disputes; no two draws share the luck of a replication, so that the noise of
    one says nothing of the noise of another.
    """
    progress.begin(Stage.DRAWS, draws.count)
    hashes = []
    for draw in range(draws.count):
        hashes.append({named.id: store.add_scenario(_drawn(named, draws, draw)) for named in question.scenarios})
        progress.advance()
    pieces = [
        piece
        for draw, of_draw in enumerate(hashes)
        for piece in pieces_by_scenario(list(of_draw.values()), draws.replications_of(draw))
    ]
    run_missing(store, pieces, workers, Stage.REPLICATIONS, progress)
    replicated = _read(store, hashes, draws)
    measures = {scenario: _by_measure(parts, draws) for scenario, parts in replicated.kept.items()}
    return DrawnOutcomes(draws, replicated, measures)


def each_draw(draws: PosteriorDraws) -> ReplicationsDone:
    """Say that every draw was replicated as often as asked."""
    return ReplicationsDone(
        rule="fixed",
        count=draws.replications,
        cause="each_draw",
        cap=None,
        relative_precision=None,
        level=DEFAULT_LEVEL,
        looks=1,
    )


def posterior_done(question: Question, draws: PosteriorDraws) -> PosteriorDone:
    """Return what the manifest says of the draws."""
    return PosteriorDone(
        file=draws.file,
        draws=draws.count,
        replications=draws.replications,
        parameters=len(draws.sample.parameters),
        values=len(draws.sample.values),
        focus_measure=focus_measure(question),
    )


def values_without_effect(question: Question, draws: PosteriorDraws) -> list[RunWarning]:
    """Warn of values that the posterior varies and the baseline does not have."""
    lacking = values_it_lacks(question.baseline.resolved, draws.sample.values)
    if not lacking:
        return []
    fields: dict[str, int | float | str] = {"paths": ", ".join(lacking)}
    return [RunWarning(code="posterior_values_lacking", scenario=question.baseline.id, fields=fields)]


def _drawn(named: NamedScenario, draws: PosteriorDraws, draw: int) -> Scenario:
    try:
        return with_base_values(named.resolved, draws.sample.values_of(draw)).scenario
    except InputError as error:
        fields = {"draw": draws.sample.draws[draw], "scenario": named.id, "count": str(len(error.problems))}
        told = Problem("posterior_draw_invalid", draws.sample.read.file, fields=fields)
        raise InputError([told, *error.problems]) from None


def _read(store: PieceStore, hashes: DrawnHashes, draws: PosteriorDraws) -> Replicated:
    kept = {}
    for scenario in hashes[0]:
        parts: list[KeptMeasures] = []
        for draw, of_draw in enumerate(hashes):
            for replication in draws.replications_of(draw):
                part = store.measures(Piece(of_draw[scenario], replication))
                assert not parts or part.keys == parts[0].keys, "every draw has the same measures"
                # The keys are held once, not once a replication.
                parts.append(replace(part, keys=parts[0].keys) if parts else part)
        kept[scenario] = parts
    return Replicated(kept)


def _by_measure(parts: Sequence[KeptMeasures], draws: PosteriorDraws) -> dict[str, NDArray[np.float64]]:
    observed = np.array([part.observed for part in parts])
    return {
        key.measure: observed[:, row].reshape(draws.count, draws.replications)
        for row, key in enumerate(parts[0].keys)
        if key == MeasureKey(key.measure)
    }
