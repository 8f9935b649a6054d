"""The result files of a question carried through a posterior: intervals and verdicts, ranking, what turns a verdict."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiment.posterior import DrawnOutcomes, focus_measure
from sim.experiment.question import Question
from sim.experiment.whole_files import write_csv, write_parquet, write_whole
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.stats import (
    Direction,
    PosteriorDifference,
    VarianceSplit,
    difference_across,
    rank_across,
    split_variance,
    turning_of,
)

POSTERIOR_FILE: Final = "posterior.csv"
SUMMARY_FILE: Final = "posterior_summary.csv"
RANKING_FILE: Final = "ranking.csv"
TURNING_FILE: Final = "turning.csv"
MEASURES_FILE: Final = "posterior_measures.parquet"
POSTERIOR_FILES: Final = (POSTERIOR_FILE, SUMMARY_FILE, RANKING_FILE, TURNING_FILE, MEASURES_FILE)

LEVEL: Final = "level"
DIFFERENCE: Final = "difference"

SUMMARY_COLUMNS: Final = (
    *("scenario", "measure", "kind", "draws", "dropped", "replications", "mean", "half_width"),
    *("parameter_low", "parameter_high", "predictive_low", "predictive_high"),
    *("parameter_sd", "noise_sd", "parameter_share", "indifference_half_width"),
    *("prob_better", "prob_above", "prob_within", "prob_below", "verdict", "standing"),
)
"""`kind` is level or difference (from the baseline); what a level cannot have is empty.

`half_width` is the Monte Carlo error of the mean at 95 %; `parameter_*` is where parameters put the outcome, noise
averaged out, `predictive_*` where one run of one draw lies, both 95 %; `prob_above`, `_within` and `_below` are by the
indifference zone."""

BETTER_THAN: Final = "better_than:"
"""A column for each scenario: the probability of being better than it."""
RANKING_COLUMNS: Final = ("measure", "rank", "scenario", "mean", "prob_best", "dropped")

TURNING_COLUMNS: Final = (
    *("scenario", "measure", "r2", "attainable_r2", "parameter", "variance_share", "standardised", "slope"),
    *("low", "median", "high", "turning_value", "turning_half_width"),
)
"""A row for each assumption that carries a difference, one without an assumption where none does. `turning_value` is
empty where it lies outside `low` to `high`."""


def write_posterior(folder: Path, question: Question, drawn: DrawnOutcomes) -> None:
    """Write all POSTERIOR_FILES but those that a single scenario does not have."""
    write_whole(folder / POSTERIOR_FILE, drawn.draws.sample.text().encode("utf-8-sig"))
    write_parquet(folder / MEASURES_FILE, (_tidy(scenario, drawn) for scenario in drawn.measures))
    indifference_share = question.baseline.scenario.measures.indifference_share
    differences = {
        (policy.id, measure): difference_across(
            drawn.measures[policy.id][measure],
            drawn.measures[question.baseline.id][measure],
            direction=_direction(measure),
            relative_indifference=indifference_share,
        )
        for policy in question.policies
        for measure in HEADLINE_MEASURES
    }
    rows = [*_level_rows(drawn), *(_difference_row(*key, judged) for key, judged in differences.items())]
    write_csv(folder / SUMMARY_FILE, pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS)))
    if question.policies:
        write_csv(folder / RANKING_FILE, _ranking(focus_measure(question), drawn))
        turning = [row for key, judged in differences.items() for row in _turning_rows(*key, judged, question, drawn)]
        write_csv(folder / TURNING_FILE, pd.DataFrame(turning, columns=list(TURNING_COLUMNS)))


def _direction(measure: str) -> Direction:
    return Direction(MEASURES[measure].direction.value)


def _tidy(scenario: str, drawn: DrawnOutcomes) -> pd.DataFrame:
    names, values = list(drawn.measures[scenario]), np.array(list(drawn.measures[scenario].values()))
    draws, replications = drawn.draws.count, drawn.draws.replications
    return pd.DataFrame(
        {
            "scenario": scenario,
            "draw": np.repeat(np.array(drawn.draws.sample.draws, dtype=object), replications * len(names)),
            "replication": np.tile(np.repeat(np.arange(replications, dtype=np.int64), len(names)), draws),
            "measure": np.tile(np.array(names, dtype=object), draws * replications),
            "value": np.moveaxis(values, 0, 2).ravel(),
        }
    )


def _level_rows(drawn: DrawnOutcomes) -> Iterator[tuple[object, ...]]:
    for scenario, by_measure in drawn.measures.items():
        for measure in HEADLINE_MEASURES:
            split = split_variance(by_measure[measure])
            yield (scenario, measure, LEVEL, *_numbers(split), *(math.nan,) * 5, "", "")


def _difference_row(scenario: str, measure: str, judged: PosteriorDifference) -> tuple[object, ...]:
    probabilities = (judged.prob_better, judged.prob_above, judged.prob_within, judged.prob_below)
    standing = "" if judged.standing is None else judged.standing.value
    verdict = "" if judged.standing is None else judged.verdict.value
    numbers = (*_numbers(judged.split), judged.indifference_half_width)
    return (scenario, measure, DIFFERENCE, *numbers, *probabilities, verdict, standing)


def _numbers(split: VarianceSplit) -> tuple[float, ...]:
    return (
        *(split.draws, split.dropped, split.replications, split.mean, split.half_width),
        *(split.parameter_low, split.parameter_high, split.predictive_low, split.predictive_high),
        *(math.sqrt(split.between), math.sqrt(split.within), split.parameter_share),
    )


def _ranking(measure: str, drawn: DrawnOutcomes) -> pd.DataFrame:
    """A row for each scenario from the best on; none by a neutral measure."""
    columns = [*RANKING_COLUMNS, *(BETTER_THAN + scenario for scenario in drawn.measures)]
    ranking = rank_across({id_: of[measure] for id_, of in drawn.measures.items()}, _direction(measure))
    if ranking is None:
        return pd.DataFrame(columns=columns)
    rows = [
        (
            *(measure, rank, one.scenario, one.mean, one.prob_best, ranking.dropped),
            *(one.prob_better_than.get(other, math.nan) for other in drawn.measures),
        )
        for rank, one in enumerate(ranking.ranked, start=1)
    ]
    return pd.DataFrame(rows, columns=columns)


def _turning_rows(
    scenario: str, measure: str, judged: PosteriorDifference, question: Question, drawn: DrawnOutcomes
) -> Iterator[tuple[object, ...]]:
    policy, baseline = (drawn.measures[id_][measure] for id_ in (scenario, question.baseline.id))
    means: NDArray[np.float64] = (policy - baseline).mean(axis=1)
    turning = turning_of(judged.split, means, drawn.draws.sample.parameters)
    start = (scenario, measure, turning.r2, turning.attainable_r2)
    for term in turning.terms:
        turning_value, half_width = (term.turning_value, term.half_width) if term.is_within else (math.nan, math.nan)
        yield (
            *(*start, term.parameter, term.variance_share, term.standardised, term.slope),
            *(term.low, term.median, term.high, turning_value, half_width),
        )
    if not turning.terms:
        yield (*start, "", *(math.nan,) * 8)
