"""The headline measures of a run: which they are, which way is better, and the judged differences of the policies."""

from dataclasses import dataclass

import pandas as pd

from sim.outcomes.definition import Direction
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.report.folder import RunFolder
from sim.stats import Interval, MeasureKey, mean_interval, prediction_interval, samples_from_frame


@dataclass(frozen=True)
class Level:
    """One scenario's measure: the interval of its mean, and that of one further replication."""

    scenario: str
    measure: str
    mean: Interval
    one_more: Interval


def headline_measures(folder: RunFolder) -> tuple[str, ...]:
    """Return the headline measures that the run has, in the registry's order."""
    whole = folder.measures[(folder.measures["tier"] == "") & (folder.measures["category"] == "")]
    present = frozenset(whole["measure"])
    return tuple(measure for measure in HEADLINE_MEASURES if measure in present)


def better_when(measure: str) -> str:
    """Return `higher` or `lower`, or nothing where a measure is neither good nor bad or is unknown."""
    known = MEASURES.get(measure)
    return "" if known is None or known.direction is Direction.NEUTRAL else known.direction.value


def headline_comparison(folder: RunFolder) -> pd.DataFrame:
    """Return the rows of the comparison that carry a verdict, by measure and policy in their orders."""
    table = folder.comparison
    judged = table[(table["tier"] == "") & (table["category"] == "") & (table["verdict"] != "")]
    measures = [*headline_measures(folder), *(m for m in dict.fromkeys(judged["measure"]) if m not in HEADLINE_MEASURES)]
    policies = [policy.id for policy in folder.policies]
    order = [
        judged[(judged["measure"] == measure) & (judged["policy"] == policy)]
        for measure in measures
        for policy in policies
    ]
    return pd.concat([judged.iloc[:0], *order], ignore_index=True)


def levels(folder: RunFolder, measures: tuple[str, ...]) -> dict[tuple[str, str], Level]:
    """Return the level of each scenario on each measure of the whole place, by (scenario, measure)."""
    samples = samples_from_frame(folder.measures, measures=measures)
    level = folder.manifest.replications.level
    found = {}
    for scenario in folder.scenarios:
        for measure in measures:
            key = (scenario.id, MeasureKey(measure))
            if key in samples.by_scenario_and_key:
                values = samples.sample(*key).values
                mean, one_more = mean_interval(values, level=level), prediction_interval(values, level=level)
                found[scenario.id, measure] = Level(scenario.id, measure, mean, one_more)
    return found
