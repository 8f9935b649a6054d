"""The result files of a finished run, from its finished replications: the same bytes every time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from sim.experiment.manifest import RunWarning
from sim.experiment.pieces import Piece, PieceStore
from sim.experiment.question import NamedScenario, Question
from sim.experiment.replicate import Records, prepared
from sim.experiment.replications import Replicated
from sim.experiment.whole_files import write_csv, write_parquet, write_whole
from sim.outcomes.distributions import distributions_frame, sum_distributions
from sim.outcomes.replication import Sums
from sim.outcomes.series import series_frame, sum_series
from sim.outcomes.units import sum_units, units_frame
from sim.stats import LOOKS, WarmupAssessment, assess_warmup, summarise_samples
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY

SUMMARY_COLUMNS: Final = (
    *("scenario", "measure", "tier", "category", "n", "mean", "sd", "half_width", "low", "high"),
    *("one_more_low", "one_more_high"),
)
"""`low` and `high` hold the mean, `one_more_*` the value of one further replication (a prediction interval)."""

_REPLICATIONS_FOR_WARMUP: Final = LOOKS[-1]
"""A start-up shows in so many replications or not at all; a longer run must not need more memory."""


def scenario_file(scenario_id: str) -> str:
    """Return the name of a scenario's resolved file in a run folder."""
    return f"scenario.{scenario_id}.resolved.yaml"


def write_scenarios(folder: Path, question: Question) -> None:
    """Write each scenario's resolved file, and what its sources stand for."""
    for named in question.scenarios:
        write_whole(folder / scenario_file(named.id), named.text.encode("utf-8"))
    if question.sources:
        rows = [(source.id, f"{source.zh} / {source.en}", source.zh, source.en) for source in question.sources]
        write_csv(folder / "sources.csv", pd.DataFrame(rows, columns=["id", "citation", "citation_zh", "citation_en"]))


def write_measures(folder: Path, replicated: Replicated) -> None:
    """Write `measures.parquet`, and `summary.csv` with the intervals of every scenario and measure."""
    write_parquet(folder / "measures.parquet", (replicated.frame(scenario) for scenario in replicated.kept))
    rows = []
    for scenario in replicated.kept:
        for summary in summarise_samples(replicated.samples(scenario)):
            mean, one_more = summary.mean, summary.prediction
            numbers = (mean.n, mean.mean, mean.sd, mean.half_width, mean.low, mean.high, one_more.low, one_more.high)
            rows.append((scenario, *summary.key, *numbers))
    write_csv(folder / "summary.csv", pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS)))


@dataclass(slots=True)
class _Sums:
    """Sums over replications of one scenario, added up in their order."""

    total: Sums | None = None

    def add(self, part: Sums) -> None:
        so_far = self.total
        if so_far is None:
            self.total = part
            return
        self.total = Sums(
            series=sum_series([so_far.series, part.series]),
            distributions=sum_distributions([so_far.distributions, part.distributions]),
            units=sum_units([so_far.units, part.units]),
        )


def write_sums(
    folder: Path, question: Question, store: PieceStore, hashes: Mapping[str, str], count: int
) -> list[RunWarning]:
    """Write `units`, `series` and `distributions` over all replications; return the warnings about the warm-up."""
    tables: dict[str, list[pd.DataFrame]] = {"units": [], "series": [], "distributions": []}
    warnings: list[RunWarning] = []
    for named in question.scenarios:
        jurisdiction = prepared(store.scenario_file(hashes[named.id])).jurisdiction
        sums, stock = _Sums(), []
        for replication in range(count):
            part = store.sums(Piece(hashes[named.id], replication))
            sums.add(part)
            if replication < _REPLICATIONS_FOR_WARMUP:
                stock.append(part.series.present_s)
        assert sums.total is not None
        total = sums.total
        frames = {
            "units": units_frame(total.units, jurisdiction),
            "series": series_frame(total.series, jurisdiction.tier_ids, count),
            "distributions": distributions_frame(total.distributions),
        }
        for name, frame in frames.items():
            frame.insert(0, "scenario", named.id)
            tables[name].append(frame)
        warnings.extend(warmup_warnings(named, jurisdiction.tier_ids, np.stack(stock)))
    for name, parts in tables.items():
        write_parquet(folder / f"{name}.parquet", parts)
    return warnings


def write_records(folder: Path, store: PieceStore, hashes: Mapping[str, str], count: int) -> None:
    """Write `disputes.parquet`, `sessions.parquet` and `seats.parquet`, one replication after the other."""
    for table in Records._fields:
        write_parquet(folder / f"{table}.parquet", _records(store, hashes, count, table))


def _records(store: PieceStore, hashes: Mapping[str, str], count: int, table: str) -> Iterator[pa.Table]:
    for scenario, scenario_hash in hashes.items():
        for replication in range(count):
            rows = store.records(Piece(scenario_hash, replication), table)
            rows = rows.add_column(0, "replication", pa.array(np.full(len(rows), replication, dtype=np.int64)))
            yield rows.add_column(0, "scenario", pa.array([scenario] * len(rows), type=pa.string()))


def warmup_warnings(
    named: NamedScenario, tier_ids: tuple[str, ...], present_s: NDArray[np.int64]
) -> Iterator[RunWarning]:
    """Warn of every tier whose backlog looks like a start-up; present_s: (replications, tiers, days)."""
    warmup_days = named.scenario.horizon.warmup_years * DAYS_PER_YEAR
    for tier, tier_id in enumerate(tier_ids):
        assessment = assess_warmup(present_s[:, tier] / SECONDS_PER_DAY, warmup_days=warmup_days)
        if assessment.warning is not None:
            yield RunWarning(
                code=assessment.warning.code.value,
                scenario=named.id,
                tier=tier_id,
                fields=_fields(assessment),
            )


def _fields(assessment: WarmupAssessment) -> dict[str, int | float | str]:
    warning = assessment.warning
    assert warning is not None
    fields: dict[str, int | float | str] = {"warmup_days": warning.warmup_days}
    if warning.truncation_days is not None:
        fields["truncation_days"] = warning.truncation_days
    if warning.suggested_warmup_days is not None:
        fields["suggested_warmup_days"] = warning.suggested_warmup_days
    return fields
