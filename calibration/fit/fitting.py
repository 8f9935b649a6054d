"""Fits a place: the found rate in closed form, everything else on a table of prior simulations."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.conflicts import Conflict, find_conflicts
from calibration.fit.found import FoundRate, found_rate
from calibration.fit.learning import Learnt
from calibration.fit.observation import Observation
from calibration.fit.outcome import Outcome
from calibration.fit.place import FOUND_RATE, FitParameter, PlaceToFit
from calibration.fit.prior_draws import prior_draws
from calibration.fit.simulated_draws import Draws, DrawSimulator, answers_of, values_of
from sim.errors import FiguresConflictError

Array = NDArray[np.float64]

POINT_REPLICATIONS: Final = 20

_FIRST_POINT_REPLICATION: Final = 2_000_000


def fit(place: PlaceToFit, seen: Sequence[Observation], simulator: DrawSimulator) -> Outcome:
    """Fit a place to its figures; FiguresConflictError where they cannot be met together."""
    targets = place.targets
    assert targets.reference_table is not None
    assert targets.posterior.accepted_share is not None
    fitted = [observation for observation in seen if not observation.target.held_out]
    found = found_rate(place, fitted)
    _refuse_conflicts([Conflict((0,), (found.target,), found.tail_prob)] if found.is_in_conflict else [], seen)
    table_place = replace(place, parameters=tuple(_of_table(parameter, found) for parameter in place.parameters))
    rows = targets.reference_table.rows
    replications = np.arange(rows, dtype=np.int64)
    numbers = prior_draws(table_place.parameters, targets.seed, rows)
    table = simulator.simulate(Draws("prior", numbers, replications, rows))
    answers = answers_of(table)
    regressed = [observation for observation in fitted if observation.id != found.target]
    statistics = np.column_stack([_on_record(each, place, numbers, answers, replications) for each in regressed])
    observed = np.array([observation.observed for observation in regressed])
    _refuse_conflicts(find_conflicts(statistics, observed, [each.id for each in regressed]), seen)

    learnt = Learnt(table_place, numbers, statistics, observed, targets.posterior.accepted_share)
    checks = learnt.check(values_of(table), found, answers[found.target].to_numpy())
    drawn, after, accepted = learnt.posterior(targets.posterior.draws)
    posterior = simulator.simulate(
        Draws("posterior", drawn, after, min(targets.posterior.predictive_draws, len(drawn)))
    )
    point = learnt.point(found)
    return Outcome(
        place=place,
        observations=tuple(seen),
        prior_numbers=prior_draws(place.parameters, targets.seed, rows),
        table_numbers=numbers,
        prior_answers=answers,
        posterior_numbers=drawn,
        posterior=posterior,
        posterior_replications=after,
        point_numbers=point,
        point=simulate_point(simulator, point),
        findings=checks.findings,
        values=checks.values,
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


def _on_record(
    seen: Observation, place: PlaceToFit, numbers: Array, answers: pd.DataFrame, replications: NDArray[np.int64]
) -> Array:
    """What each row of the table would have on record, error model included, on the error scale: (n,)."""
    by_id = dict(zip(place.ids, numbers.T, strict=True))
    return seen.with_error(seen.recorded(answers[seen.id].to_numpy(), by_id), place.targets.seed, replications)


def _refuse_conflicts(found: Sequence[Conflict], seen: Sequence[Observation]) -> None:
    if found:
        figure_of = {observation.id: observation.target.figure for observation in seen}
        raise FiguresConflictError(
            [(tuple(figure_of[id_] for id_ in conflict.names), conflict.tail_prob) for conflict in found]
        )
