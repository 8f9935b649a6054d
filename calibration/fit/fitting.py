"""Fits a place: the found rate in closed form, everything else on a table of prior simulations."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.conflicts import CONFLICT_BELOW, Conflict, find_conflicts, tail_probability
from calibration.fit.found import FoundRate, found_rate
from calibration.fit.learning import Checks, Learnt
from calibration.fit.observation import Observation
from calibration.fit.outcome import Outcome
from calibration.fit.place import FOUND_RATE, FitParameter, PlaceToFit
from calibration.fit.prior_draws import prior_draws
from calibration.fit.simulated_draws import Draws, DrawSimulator, answers_of, values_of
from sim.errors import FiguresConflictError

Array = NDArray[np.float64]

POINT_REPLICATIONS: Final = 20
POINT_ATTEMPTS: Final = 4
CLOSE: Final = 0.5
"""A point is close to a figure if its record is off by no more than this part of the discrepancy."""

_FIRST_POINT_REPLICATION: Final = 2_000_000
_FIRST_REPLICATION_WITHOUT_COUNT: Final = 3_000_000
_ROWS_WITHOUT_COUNT: Final = 400
"""Enough to tell a conflict by its rule; they are simulated only where the fit is refused."""


class _Attempt(NamedTuple):
    """A point, its simulations, by how much their record misses the figures, and the worst of that in discrepancies."""

    point: Array
    table: pd.DataFrame
    missed: Array
    worst: float


def fit(place: PlaceToFit, seen: Sequence[Observation], simulator: DrawSimulator) -> Outcome:
    """Fit a place to its figures; FiguresConflictError where they cannot be met together."""
    targets = place.targets
    assert targets.reference_table is not None
    assert targets.posterior.accepted_share is not None
    fitted = [observation for observation in seen if not observation.target.held_out]
    found = found_rate(place, fitted)
    _refuse([Conflict((0,), (found.target,), found.tail_prob)] if found.is_in_conflict else [], seen)
    (counted,) = (each for each in fitted if each.id == found.target)
    others = [each for each in fitted if each is not counted]

    table_place = replace(place, parameters=tuple(_of_table(parameter, found) for parameter in place.parameters))
    rows = targets.reference_table.rows
    prior = Draws("prior", prior_draws(table_place.parameters, targets.seed, rows), np.arange(rows), rows)
    table = simulator.simulate(prior)
    on_record = _on_record(others, place, prior, table)
    statistics = _with_errors(on_record, others, place, prior)
    observed = np.array([each.observed for each in others])
    conflicts = find_conflicts(statistics, observed, [each.id for each in others])
    if conflicts:
        _refuse(_with_count(conflicts, counted, others, place, simulator), seen)

    learnt = Learnt(table_place, prior.numbers, on_record, statistics, observed, targets.posterior.accepted_share)
    answers = answers_of(table)
    counts = counted.recorded(answers[counted.id].to_numpy(), place.by_id(prior.numbers))
    checks = learnt.check(values_of(table), found, counts)
    numbers, replications, accepted = learnt.posterior(targets.posterior.draws)
    posterior = Draws("posterior", numbers, replications, min(targets.posterior.predictive_draws, len(numbers)))
    point, at_point = _met_at(learnt, checks, found, others, simulator)
    return Outcome(
        place=place,
        observations=tuple(seen),
        prior_numbers=prior_draws(place.parameters, targets.seed, rows),
        table_numbers=prior.numbers,
        prior_answers=answers,
        posterior_numbers=numbers,
        posterior=simulator.simulate(posterior),
        posterior_replications=replications,
        point_numbers=point,
        point=at_point,
        findings=checks.findings,
        value_basis=checks.value_basis,
        rows=rows,
        accepted=accepted,
        synthetic=checks.count,
    )


def simulate_point(simulator: DrawSimulator, point: Array) -> pd.DataFrame:
    """Simulate one set of numbers (p,) again and again, each with chance of its own."""
    again = np.arange(POINT_REPLICATIONS, dtype=np.int64) + _FIRST_POINT_REPLICATION
    return simulator.simulate(Draws("point", np.tile(point, (POINT_REPLICATIONS, 1)), again, POINT_REPLICATIONS))


def _of_table(parameter: FitParameter, found: FoundRate) -> FitParameter:
    """The found rate is known in closed form before anything is simulated: its posterior is the prior of the table."""
    return replace(parameter, prior=found.posterior) if parameter.id == FOUND_RATE else parameter


def _met_at(
    learnt: Learnt, checks: Checks, found: FoundRate, seen: Sequence[Observation], simulator: DrawSimulator
) -> tuple[Array, pd.DataFrame]:
    """Return the point for the overlay and its simulations: where the model's own record comes close to the figures.

    The regression is local, so that its point may miss: by as much as it does, it is asked for more; the best attempt
    counts.
    """
    tolerated = np.array([each.error.discrepancy_sd for each in seen])

    def attempt(asked: Array) -> _Attempt:
        point = learnt.point(asked, checks, found)
        table = simulate_point(simulator, point)
        draws = Draws("point", np.tile(point, (POINT_REPLICATIONS, 1)), np.arange(POINT_REPLICATIONS), 0)
        missed = learnt.observed - _on_record(seen, learnt.place, draws, table).mean(axis=0)
        return _Attempt(point, table, missed, float(np.max(np.abs(missed) / tolerated)))

    asked = learnt.observed
    best = last = attempt(asked)
    for _ in range(POINT_ATTEMPTS - 1):
        if best.worst <= CLOSE:
            break
        asked = asked + last.missed
        last = attempt(asked)
        best = min(best, last, key=lambda each: each.worst)
    return best.point, best.table


def _on_record(seen: Sequence[Observation], place: PlaceToFit, draws: Draws, table: pd.DataFrame) -> Array:
    """What each simulated draw has on record, without the error of the record, on the error scales: (n, s)."""
    answers, by_id = answers_of(table), place.by_id(draws.numbers)
    return np.column_stack([each.on_error_scale(each.recorded(answers[each.id].to_numpy(), by_id)) for each in seen])


def _with_errors(on_record: Array, seen: Sequence[Observation], place: PlaceToFit, draws: Draws) -> Array:
    """What is on record, (n, s) on the error scales, off by the discrepancies of the error models."""
    columns = zip(seen, on_record.T, strict=True)
    return np.column_stack([each.with_error(on, place.targets.seed, draws.replications) for each, on in columns])


def _with_count(
    conflicts: Sequence[Conflict],
    counted: Observation,
    others: Sequence[Observation],
    place: PlaceToFit,
    simulator: DrawSimulator,
) -> list[Conflict]:
    """Name the count of disputes found beside the figures that could be met without it.

    The table knows the count already, so a conflict in it may be with the count: some more simulations tell, whose
    found rates are drawn from their prior.
    """
    assert place.targets.reference_table is not None
    rows = min(place.targets.reference_table.rows, _ROWS_WITHOUT_COUNT)
    numbers = prior_draws(place.parameters, place.targets.seed, rows)
    without = Draws("without_count", numbers, np.arange(rows) + _FIRST_REPLICATION_WITHOUT_COUNT, rows)
    on_record = _on_record(others, place, without, simulator.simulate(without))
    statistics = _with_errors(on_record, others, place, without)
    observed = np.array([each.observed for each in others])
    named = []
    for conflict in conflicts:
        columns = list(conflict.positions)
        is_alone = tail_probability(statistics[:, columns], observed[columns]) <= CONFLICT_BELOW
        named.append(conflict if is_alone else replace(conflict, names=(counted.id, *conflict.names)))
    return named


def _refuse(conflicts: Sequence[Conflict], seen: Sequence[Observation]) -> None:
    if conflicts:
        figure_of = {observation.id: observation.target.figure for observation in seen}
        raise FiguresConflictError(
            [(tuple(figure_of[id_] for id_ in conflict.names), conflict.tail_prob) for conflict in conflicts]
        )
