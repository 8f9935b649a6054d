"""The result tables of a calibration: figure by figure, parameter by parameter, pairs, draws and what is implied."""

from collections.abc import Mapping, Sequence
from math import nan, sqrt
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from calibration.figure import Figure
from calibration.fit.observation import Observation
from calibration.fit.outcome import Array, Outcome
from calibration.fit.pairs import Pair, correlations, inseparable_pairs
from calibration.fit.place import EMERGENCE_RATE, FOUND_RATE
from calibration.fit.priors import LognormalPrior
from calibration.fit.record import IMPLIED
from calibration.fit.simulated_draws import ANSWER, answers_of, values_of
from calibration.fit.synthetic import coverage_bounds
from calibration.ledger import Ledger
from sim.report.calibration_tables import (
    DRAW,
    KIND,
    PARAMETER_PREFIX,
    POSTERIOR,
    PRIOR,
    SEPARATOR,
    VALUE_PREFIX,
    FigureRow,
    ImplicationRow,
    PairRow,
    ParameterRow,
)
from sim.report.paths import unit_of_path
from sim.specification.targets.vocabulary import RECORDED_SHARE

SURFACED_COLUMN: Final = "implied:surfaced_of_emerged_share"

_PREDICTIVE_SHARES: Final = (0.05, 0.5, 0.95)
_WITHIN_SCORE: Final = 1.645
"""A fitted value lies inside the error model if it is no farther off than 90 % of the discrepancies."""


def figure_rows(outcome: Outcome, ledger: Ledger) -> list[FigureRow]:
    """Return one row for each figure, fitted or held out, in the order of the targets file."""
    at_point, predicted = answers_of(outcome.point), posterior_predictive(outcome)
    point = outcome.place.by_id(np.tile(outcome.point_numbers, (len(at_point), 1)))
    rows = []
    for seen in outcome.observations:
        fitted = seen.recorded(at_point[seen.id].to_numpy(), point)
        low, median, high = np.quantile(predicted[seen.id].to_numpy(), _PREDICTIVE_SHARES).tolist()
        rows.append(_figure_row(seen, ledger, fitted, (low, median, high)))
    return rows


def _figure_row(seen: Observation, ledger: Ledger, fitted: Array, predictive: tuple[float, float, float]) -> FigureRow:
    figure, error = ledger.figure(seen.target.figure), seen.target.error
    source = ledger.sources[figure.source]
    mean, count = float(fitted.mean()), len(fitted)
    half_width = float(stdtrit(count - 1, 0.975) * fitted.std(ddof=1) / sqrt(count))
    note = seen.target.note
    return FigureRow(
        target=seen.id,
        figure=figure.id,
        quantity=seen.target.quantity,
        unit=figure.unit,
        period=figure.period,
        definition=figure.definition.value,
        held_out=seen.target.held_out,
        bound=figure.bound.value,
        reported=seen.reported,
        fitted=mean,
        fitted_half_width=half_width,
        residual=mean - seen.reported,
        predictive_low=predictive[0],
        predictive_median=predictive[1],
        predictive_high=predictive[2],
        error_scale="" if error is None else error.scale,
        discrepancy_sd=nan if error is None else error.discrepancy_sd,
        within=_is_within(seen, figure, mean, predictive),
        name_zh=figure.quantity_zh,
        name_en=figure.quantity_en,
        reason_zh=error.reason.zh if error else note.zh if note else "",
        reason_en=error.reason.en if error else note.en if note else "",
        source_zh=source.citation_zh,
        source_en=source.citation_en,
    )


def _is_within(seen: Observation, figure: Figure, fitted: float, predictive: tuple[float, float, float]) -> bool:
    """Say whether a fitted figure lies inside its error model; of one held out, whether its bound holds."""
    if not seen.target.held_out:
        off = abs(float(seen.on_error_scale(np.array([fitted]))[0]) - seen.observed)
        return off <= _WITHIN_SCORE * seen.error.discrepancy_sd
    match figure.bound.value:
        case "at_least":
            return fitted >= seen.reported
        case "at_most":
            return fitted <= seen.reported
        case _:
            return predictive[0] <= seen.reported <= predictive[2]


def parameter_rows(outcome: Outcome) -> list[ParameterRow]:
    """Return one row for each parameter, in the order of the place."""
    rows = []
    for position, (parameter, finding) in enumerate(zip(outcome.place.parameters, outcome.findings, strict=True)):
        bounds = [
            coverage_bounds(level, finding.coverage_rows) if finding.coverage_rows else (nan, nan)
            for level in (0.5, 0.9)
        ]
        prior = parameter.prior.quantile(np.array(_PREDICTIVE_SHARES)).tolist()
        posterior = np.quantile(outcome.posterior_numbers[:, position], _PREDICTIVE_SHARES).tolist()
        rows.append(
            ParameterRow(
                parameter=parameter.id,
                name_zh=parameter.name_zh,
                name_en=parameter.name_en,
                unit=unit_id(parameter.id, parameter.sets),
                scale="log" if isinstance(parameter.prior, LognormalPrior) else "natural",
                method=finding.method,
                basis=finding.basis,
                informed=finding.informed,
                prior_low=prior[0],
                prior_median=prior[1],
                prior_high=prior[2],
                posterior_low=posterior[0],
                posterior_median=posterior[1],
                posterior_high=posterior[2],
                point=float(outcome.point_numbers[position]),
                contraction=finding.contraction,
                contraction_here=finding.contraction_here,
                coverage_50=finding.coverage_50,
                coverage_50_low=bounds[0][0],
                coverage_50_high=bounds[0][1],
                coverage_90=finding.coverage_90,
                coverage_90_low=bounds[1][0],
                coverage_90_high=bounds[1][1],
                coverage_rows=finding.coverage_rows,
                coverage_ok=finding.coverage_ok,
                sets=SEPARATOR.join(parameter.sets),
                source=parameter.source,
            )
        )
    return rows


def unit_id(parameter_id: str, sets: Sequence[str]) -> str:
    """Return the id of a parameter's unit: that of the values it sets; starting points are shares but for the rate."""
    if sets:
        return unit_of_path(sets[0])
    return "per_1000_per_year" if parameter_id == FOUND_RATE else "share"


def pair_rows(outcome: Outcome) -> list[PairRow]:
    """Return the pairs that the posterior cannot tell apart; the rate of emergence and who surfaces always."""
    priors = [parameter.prior for parameter in outcome.place.parameters]
    scores = [prior.to_scale(column) for prior, column in zip(priors, outcome.posterior_numbers.T, strict=True)]
    pairs = inseparable_pairs(np.column_stack(scores), outcome.place.ids)
    ridge = np.log(np.column_stack([_values(outcome)[EMERGENCE_RATE].to_numpy(), surfaced_share(outcome)]))
    of_ridge = Pair(f"{VALUE_PREFIX}{EMERGENCE_RATE}", SURFACED_COLUMN, float(correlations(ridge)[0, 1]))
    return [PairRow(pair.first, pair.second, pair.correlation) for pair in (*pairs, of_ridge)]


def surfaced_share(outcome: Outcome) -> Array:
    """Return the share of emerging disputes that surfaces in each posterior draw: (d,)."""
    by_id = outcome.place.by_id(outcome.posterior_numbers)
    found = by_id[FOUND_RATE] / by_id.get(RECORDED_SHARE, np.ones(len(outcome.posterior_numbers)))
    return np.asarray(found / _values(outcome)[EMERGENCE_RATE].to_numpy())


def draw_table(outcome: Outcome, numbers: Array) -> pd.DataFrame:
    """Return draws of the parameters, (n, p), as the result folder holds them."""
    columns = {f"{PARAMETER_PREFIX}{id_}": column for id_, column in zip(outcome.place.ids, numbers.T, strict=True)}
    return pd.DataFrame({DRAW: np.arange(len(numbers)), **columns})


def posterior_table(outcome: Outcome) -> pd.DataFrame:
    """Return the posterior sample with every value of the scenario that a draw sets, and who surfaces."""
    values = _values(outcome).rename(columns=lambda path: f"{VALUE_PREFIX}{path}")
    table = pd.concat([draw_table(outcome, outcome.posterior_numbers), values.reset_index(drop=True)], axis=1)
    table[SURFACED_COLUMN] = surfaced_share(outcome)
    return table


def predictive_table(outcome: Outcome) -> pd.DataFrame:
    """Return what the record would say under draws of the prior, where simulated, and of the posterior.

    The prior draws are those of the reference table, whose found rates the count has told already.
    """
    kinds = [(POSTERIOR, posterior_predictive(outcome))]
    if outcome.prior_answers is not None:
        kinds.insert(
            0, (PRIOR, _predictive(outcome, outcome.prior_answers, outcome.table_numbers, first_replication=0))
        )
    for kind, table in kinds:
        table.insert(0, DRAW, np.arange(len(table)))
        table.insert(0, KIND, kind)
    return pd.concat([table for _, table in kinds], ignore_index=True)


def reference_table(outcome: Outcome, answers: pd.DataFrame) -> pd.DataFrame:
    """Return every row of the reference table: its draws, as simulated, and the answers by target or name."""
    named = answers.rename(columns=lambda name: f"{ANSWER}:{name}").reset_index(drop=True)
    return pd.concat([draw_table(outcome, outcome.table_numbers), named], axis=1)


def posterior_predictive(outcome: Outcome) -> pd.DataFrame:
    """Return what the record would say under the posterior draws that were simulated, error models included."""
    answers = answers_of(outcome.posterior)
    numbers = outcome.posterior_numbers[: len(answers)]
    return _predictive(outcome, answers, numbers, int(outcome.posterior_replications[0]))


def _predictive(outcome: Outcome, answers: pd.DataFrame, numbers: Array, first_replication: int) -> pd.DataFrame:
    by_id = outcome.place.by_id(numbers)
    replications = np.arange(len(answers), dtype=np.int64) + first_replication
    columns = {}
    for seen in outcome.observations:
        recorded = seen.recorded(answers[seen.id].to_numpy(), by_id)
        if not seen.target.held_out:
            off = seen.with_error(seen.on_error_scale(recorded), outcome.place.targets.seed, replications)
            recorded = seen.from_error_scale(off)
        columns[seen.id] = recorded
    return pd.DataFrame(columns)


def implication_rows(outcome: Outcome) -> list[ImplicationRow]:
    """Return what the posterior implies for quantities that nobody reported."""
    answers = answers_of(outcome.posterior)
    rows = []
    for quantity, (unit, name_zh, name_en) in IMPLIED.items():
        low, median, high = np.quantile(answers[quantity].to_numpy(), _PREDICTIVE_SHARES).tolist()
        rows.append(ImplicationRow(quantity, unit, low, median, high, name_zh, name_en))
    return rows


def point_values(outcome: Outcome) -> Mapping[str, float]:
    """Return the values that the overlay takes, by path."""
    first = values_of(outcome.point).iloc[0]
    return {str(path): float(first[path]) for path in first.index}


def value_ranges(outcome: Outcome) -> Mapping[str, tuple[float, float]]:
    """Return the middle 90 % of each value over the posterior, by path."""
    low, high = (_values(outcome).quantile(share) for share in (_PREDICTIVE_SHARES[0], _PREDICTIVE_SHARES[-1]))
    return {str(path): (float(low[path]), float(high[path])) for path in low.index}


def _values(outcome: Outcome) -> pd.DataFrame:
    return values_of(outcome.posterior)
