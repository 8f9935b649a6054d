"""The tidy measures table, cut into one sample of replications per scenario and measure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

MEASURES_COLUMNS: Final = ("scenario", "replication", "measure", "tier", "category", "value")
_KEY_COLUMNS: Final = ("scenario", "measure", "tier", "category")


class MeasureKey(NamedTuple):
    """One measure, whole or by tier or category ('' where it is not broken down)."""

    measure: str
    tier: str = ""
    category: str = ""


@dataclass(frozen=True)
class ReplicationSample:
    """One scenario's values of one measure in order of replication.

    `replications` (n,) int64, ascending; `observed` (n,) float64 in the measure's unit, NaN where undefined.
    """

    replications: npt.NDArray[np.int64]
    observed: npt.NDArray[np.float64]

    def first(self, count: int) -> "ReplicationSample":
        """Return the `count` lowest-numbered replications; ValueError if there are fewer."""
        if self.replications.size < count:
            raise ValueError(f"{count} replications are needed, the table holds {self.replications.size}")
        return ReplicationSample(self.replications[:count], self.observed[:count])


@dataclass(frozen=True)
class MeasureSamples:
    """Every sample of a measures table, by scenario and measure."""

    by_scenario_and_key: Mapping[tuple[str, MeasureKey], ReplicationSample]

    def sample(self, scenario: str, key: MeasureKey) -> ReplicationSample:
        """Return one sample; ValueError if the table has no such scenario and measure."""
        found = self.by_scenario_and_key.get((scenario, key))
        if found is None:
            raise ValueError(f"the measures table has no {key} for scenario {scenario!r}")
        return found

    def in_order(self) -> list[tuple[str, MeasureKey]]:
        """Return every (scenario, key), sorted, whatever the order of the table's rows."""
        return sorted(self.by_scenario_and_key)


def samples_from_frame(frame: pd.DataFrame, measures: Iterable[str] | None = None) -> MeasureSamples:
    """Cut a measures table into samples, each sorted by replication.

    `frame` has the columns MEASURES_COLUMNS (others are ignored); `measures` keeps only those names, None keeps all.
    ValueError on a missing column, a null in a key column, or a replication that stands twice for one key.
    """
    missing = [column for column in MEASURES_COLUMNS if column not in frame.columns]
    if missing:
        raise ValueError(f"the measures table lacks the columns {missing}")
    kept = frame if measures is None else frame[frame["measure"].isin(sorted(set(measures)))]
    if bool(kept[[*_KEY_COLUMNS, "replication"]].isna().any(axis=None)):
        raise ValueError("the measures table has a null in a key column; an absent tier or category is ''")
    replications = kept["replication"].to_numpy(dtype=np.int64)
    values = kept["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    rows_by_names = cast(
        "dict[tuple[str, str, str, str], npt.NDArray[np.intp]]",
        kept.groupby(list(_KEY_COLUMNS), sort=False, observed=True).indices,
    )
    samples: dict[tuple[str, MeasureKey], ReplicationSample] = {}
    for (scenario, measure, tier, category), rows in rows_by_names.items():
        key = MeasureKey(measure, tier, category)
        ordered = rows[np.argsort(replications[rows], kind="stable")]
        if bool((np.diff(replications[ordered]) == 0).any()):
            raise ValueError(f"a replication stands twice for {key} of scenario {scenario!r}")
        samples[scenario, key] = ReplicationSample(replications[ordered], values[ordered])
    return MeasureSamples(samples)
