"""The headline measures of a run: which they are, which way is better, and the judged differences of the policies."""

from typing import Final

import pandas as pd

from sim.outcomes.definition import Direction
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.report.folder import RunFolder
from sim.report.numbers import Kind
from sim.report.wording import Wording
from sim.stats import MeasureSummary, summarise_measures

_UNIT_IDS: Final = {
    "share": "none",
    "ratio": "none",
    "days": "days",
    "working days": "working_days",
    "hours": "hours",
    "working hours": "working_hours",
    "hours per year": "hours_per_year",
    "yuan": "yuan",
    "yuan per year": "yuan_per_year",
    "cases": "cases",
    "per 1,000 persons per year": "per_1000_per_year",
}
"""The wording's unit for each unit of the registry; shares carry a per cent sign and ratios nothing."""


def headline_measures(folder: RunFolder) -> tuple[str, ...]:
    """Return the headline measures that the run has, in the registry's order."""
    whole = folder.measures[(folder.measures["tier"] == "") & (folder.measures["category"] == "")]
    present = frozenset(whole["measure"])
    return tuple(measure for measure in HEADLINE_MEASURES if measure in present)


def better_when(measure: str) -> str:
    """Return `higher` or `lower`, or nothing where a measure is neither good nor bad or is unknown."""
    known = MEASURES.get(measure)
    return "" if known is None or known.direction is Direction.NEUTRAL else known.direction.value


def kind_of(measure: str) -> Kind:
    """Return how a measure's numbers are shown; plain where the measure is unknown."""
    known = MEASURES.get(measure)
    return Kind.SHARE if known is not None and known.unit == "share" else Kind.PLAIN


def unit_of(measure: str) -> str:
    """Return the wording's id of a measure's unit, `none` where there is none to be written."""
    known = MEASURES.get(measure)
    return "none" if known is None else _UNIT_IDS[known.unit]


def name_with_unit(measure: str, words: Wording) -> str:
    """Return a measure's name with its unit in brackets, unless the name says it or the numbers carry it."""
    name, unit = words.measure(measure), words.terms.units[unit_of(measure)]
    return words.say("with_unit", name=name, unit=unit) if unit and unit not in name.lower() else name


def headline_comparison(folder: RunFolder) -> pd.DataFrame:
    """Return the rows of the comparison that carry a verdict, by measure and policy in their orders."""
    table = folder.comparison
    judged = table[(table["tier"] == "") & (table["category"] == "") & (table["verdict"] != "")]
    measures = [
        *headline_measures(folder),
        *(m for m in dict.fromkeys(judged["measure"]) if m not in HEADLINE_MEASURES),
    ]
    policies = [policy.id for policy in folder.policies]
    order = [
        judged[(judged["measure"] == measure) & (judged["policy"] == policy)]
        for measure in measures
        for policy in policies
    ]
    rows: pd.DataFrame = pd.concat([judged.iloc[:0], *order], ignore_index=True)
    return rows


def levels(folder: RunFolder, measures: tuple[str, ...]) -> dict[tuple[str, str], MeasureSummary]:
    """Return the intervals of each scenario on each measure of the whole place, by (scenario, measure)."""
    table = folder.measures
    kept = table[(table["tier"] == "") & (table["category"] == "") & table["measure"].isin(measures)]
    summaries = summarise_measures(kept, level=folder.manifest.replications.level)
    return {(summary.scenario, summary.key.measure): summary for summary in summaries}
