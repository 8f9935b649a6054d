"""The table of a nation: totals, means weighted by what each is a mean over, and the spread between counties."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from sim.experiment.nation_county import (
    AVAILABLE,
    COUNTS,
    EMERGED,
    UTILISATION,
    WEIGHT_OF_MEASURE,
    of_tier,
)
from sim.outcomes.definition import ratio
from sim.outcomes.measures import MEASURES
from sim.specification.schema.nation import Totals

NATION_COLUMNS: Final = ("quantity", "tier", "unit", "total", "mean", "p10", "p50", "p90", "stated", "weighted_by")
"""`total` adds counties up (of a share: disputes; of an amount per dispute: all of it), `mean` is the nation's, p10 to
p90 are quantiles over counties, each counting once; `stated` is what the nation file says of the total."""

KNOWN: Final = "known_count"
_QUANTILES: Final = (0.1, 0.5, 0.9)
_UNITS_OF_COUNTS: Final = {
    "counties": "units",
    "population_persons": "persons",
    "committees": "units",
    "mediators": "posts",
}
_NOT_ADDED: Final = ("days_unresolved_180d",)


def nation_table(counties: pd.DataFrame, tier_ids: tuple[str, ...], totals: Totals) -> pd.DataFrame:
    """Return one row for each quantity (columns NATION_COLUMNS); what is stated only if all counties are there."""
    is_whole = len(counties) == totals.counties
    stated = dict(totals) | {KNOWN: totals.disputes_known_per_year} if is_whole else {}
    rows = [*_count_rows(counties), *_measure_rows(counties), *_utilisation_rows(counties, tier_ids)]
    table = pd.DataFrame(rows, columns=[name for name in NATION_COLUMNS if name != "stated"])
    table.insert(NATION_COLUMNS.index("stated"), "stated", table["quantity"].map(stated).astype(np.float64))
    return table


def _count_rows(counties: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    known = counties["surfaced_share"] * counties[EMERGED]
    columns = {"counties": pd.Series(np.ones(len(counties))), **{name: counties[name] for name in COUNTS}, KNOWN: known}
    for name, values in columns.items():
        total = float(np.rint(values.sum()))
        unit = _UNITS_OF_COUNTS.get(name, "disputes")
        yield (name, "", unit, total, total / len(counties), *_quantiles(values), "")


def _measure_rows(counties: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for measure, weight in WEIGHT_OF_MEASURE.items():
        total, mean = _weighted(counties[measure], counties[weight])
        shown = np.nan if measure in _NOT_ADDED else total
        yield (measure, "", MEASURES[measure].unit, shown, mean, *_quantiles(counties[measure]), weight)


def _utilisation_rows(counties: pd.DataFrame, tier_ids: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for tier_id in tier_ids:
        values, weight = counties[of_tier(UTILISATION, tier_id)], of_tier(AVAILABLE, tier_id)
        _, mean = _weighted(values, counties[weight])
        yield (UTILISATION, tier_id, MEASURES[UTILISATION].unit, np.nan, mean, *_quantiles(values), weight)


def _weighted(values: pd.Series, weights: pd.Series) -> tuple[float, float]:
    """Sum and mean over what the values are means of; a county without any of it has no value and no say."""
    there = weights > 0
    total = float((values[there] * weights[there]).sum())
    return total, ratio(total, float(weights[there].sum()))


def _quantiles(values: pd.Series) -> tuple[float, ...]:
    known = values.dropna().to_numpy(dtype=np.float64)
    return tuple(np.quantile(known, _QUANTILES).tolist()) if len(known) else (np.nan,) * len(_QUANTILES)
