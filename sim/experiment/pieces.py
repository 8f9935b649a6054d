"""Finished replications on disk: each written whole and once, found again by what determines it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.engine.choose import DEFAULT_ENGINE, EngineName, choose_engine
from sim.experiment.kept_arrays import Arrays, read_arrays, write_arrays
from sim.experiment.replicate import Records, prepared, replicate
from sim.experiment.whole_files import write_parquet, write_whole
from sim.outcomes.distributions import Histogram
from sim.outcomes.replication import ReplicationOutcome, Sums
from sim.outcomes.series import DailySeries
from sim.outcomes.units import UnitSums
from sim.specification.schema import Scenario
from sim.stats import MeasureKey

_ENDING: Final = ".arrays"


@dataclass(frozen=True, slots=True)
class Piece:
    """One replication of one scenario, named by the hash of the scenario."""

    scenario_hash: str
    replication: int


@dataclass(frozen=True, slots=True)
class KeptMeasures:
    """The measures of a finished replication: `keys` (rows), `observed` float64 (rows,)."""

    keys: tuple[MeasureKey, ...]
    observed: NDArray[np.float64]
    audits: tuple[str, ...]
    emergence_hash: str


@dataclass(frozen=True, slots=True)
class PieceStore:
    """The folder of finished replications of one question.

    A piece's name is the hash of all that determines its numbers: scenario, seed, replication and code; those that both
    engines have to agree on go by names of their own, so that none is taken from a run by one engine alone. Of
    scenarios that are not among `whole_scenarios` (by hash) the measures alone are kept, and no records.
    """

    folder: Path
    seed: int
    code: str
    whole_scenarios: frozenset[str] = frozenset()
    with_records: bool = False
    engine: EngineName = DEFAULT_ENGINE

    def add_scenario(self, scenario: Scenario) -> str:
        """Put a scenario where workers find it, whole, whatever an earlier run has left there; return its hash."""
        content = _as_json(scenario)
        name = _hash_of(content)
        file = self.scenario_file(name)
        if not file.is_file() or file.read_bytes() != content:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, content, is_forced_to_disk=False)
        return name

    def scenario_file(self, scenario_hash: str) -> Path:
        """Return where a scenario is kept."""
        return self.folder / f"{scenario_hash}.scenario.json"

    def file(self, piece: Piece) -> Path:
        """Return where a finished replication is kept."""
        determined_by = [piece.scenario_hash, self.seed, piece.replication, self.code, self.with_records]
        agreed = [self.engine.value] if self.engine is EngineName.BOTH else []
        name = hashlib.sha256(json.dumps([*determined_by, *agreed]).encode()).hexdigest()[:24]
        return self.folder / f"{name}{_ENDING}"

    def records_file(self, piece: Piece, table: str) -> Path:
        """Return where the records of a finished replication are kept."""
        return self.file(piece).with_suffix(f".{table}.parquet")

    def missing(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Return each piece once that is not finished, in order; a file that cannot be read is no finished piece."""
        return [piece for piece in dict.fromkeys(pieces) if not self._is_whole(self.file(piece))]

    def count(self) -> int:
        """Return how many finished replications are kept."""
        return sum(1 for _ in self.folder.glob(f"[!.]*{_ENDING}"))

    def write(self, piece: Piece, outcome: ReplicationOutcome, records: Records | None) -> None:
        """Keep a finished replication; the file that marks it finished comes last."""
        if records is not None:
            for table, rows in zip(Records._fields, records, strict=True):
                write_parquet(self.records_file(piece, table), [rows])
        arrays = _measures_as_arrays(outcome)
        if outcome.sums is not None:
            arrays |= _sums_as_arrays(outcome.sums)
        # Not forced to the disk, which takes as long as an audit: what is not whole after a crash is run again.
        write_arrays(self.file(piece), arrays, is_forced_to_disk=False)

    def keeps_sums_of(self, piece: Piece) -> bool:
        """Say whether what can be summed over replications is kept of a piece."""
        return piece.scenario_hash in self.whole_scenarios

    def keeps_records_of(self, piece: Piece) -> bool:
        """Say whether the dispute and session tables of a piece are kept."""
        return self.with_records and self.keeps_sums_of(piece)

    def measures(self, piece: Piece) -> KeptMeasures:
        """Read the measures of a finished replication."""
        kept = read_arrays(self.file(piece))
        return KeptMeasures(
            keys=_keys_in(kept["measures.keys"].tobytes()),
            observed=kept["measures.value"],
            audits=tuple(kept["audits"].tolist()),
            emergence_hash=str(kept["emergence_hash"]),
        )

    def sums(self, piece: Piece) -> Sums:
        """Read what can be summed over replications."""
        kept = read_arrays(self.file(piece))
        return Sums(
            series=DailySeries(**{field.name: kept[f"series.{field.name}"] for field in fields(DailySeries)}),
            distributions=tuple(_histograms(kept)),
            units=UnitSums(**{field.name: kept[f"units.{field.name}"] for field in fields(UnitSums)}),
        )

    def records(self, piece: Piece, table: str) -> pa.Table:
        """Read one table of records of a finished replication, its columns typed as they were written."""
        return pq.read_table(self.records_file(piece, table))

    def _is_whole(self, file: Path) -> bool:
        try:
            read_arrays(file)
        except (OSError, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Work:
    """A piece to be run, with the store it belongs to: all that a worker is sent."""

    store: PieceStore
    piece: Piece


def do_work(work: Work) -> None:
    """Run a piece and keep it, in whatever process or thread this is called."""
    store, piece = work.store, work.piece
    place, engine = prepared(store.scenario_file(piece.scenario_hash)), choose_engine(store.engine)
    kept = {"with_records": store.keeps_records_of(piece), "with_sums": store.keeps_sums_of(piece)}
    outcome, records = replicate(place, store.seed, piece.replication, engine, **kept)
    store.write(piece, outcome, records)


def hash_of_scenario(scenario: Scenario) -> str:
    """Return the name that a scenario goes by in every store."""
    return _hash_of(_as_json(scenario))


def _hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


def _as_json(scenario: Scenario) -> bytes:
    return scenario.model_dump_json(by_alias=True).encode("utf-8")


def _measures_as_arrays(outcome: ReplicationOutcome) -> Arrays:
    # As one text: arrays of names are wide, and slow to write. Ids hold neither tabs nor line breaks.
    keys = "\n".join(["\t".join(key) for key in outcome.measured.keys])
    return {
        "measures.keys": np.frombuffer(keys.encode("ascii"), dtype=np.uint8),
        "measures.value": outcome.measured.value,
        "audits": np.array(outcome.audits, dtype=np.str_),
        "emergence_hash": np.array(outcome.emergence_hash, dtype=np.str_),
    }


@lru_cache(maxsize=16)
def _keys_in(text: bytes) -> tuple[MeasureKey, ...]:
    """Read the keys of a piece; those of a scenario's other replications are the same, and read once."""
    return tuple(MeasureKey(*row.split("\t")) for row in text.decode("ascii").split("\n"))


def _sums_as_arrays(sums: Sums) -> Arrays:
    arrays: Arrays = {}
    for name, columns in (("series", sums.series), ("units", sums.units)):
        arrays |= {f"{name}.{field.name}": getattr(columns, field.name) for field in fields(columns)}
    arrays["histograms.quantity"] = np.array([h.quantity for h in sums.distributions], dtype=np.str_)
    for number in ("bin_s", "of"):
        arrays[f"histograms.{number}"] = np.array([getattr(h, number) for h in sums.distributions], dtype=np.int64)
    return arrays | {f"histograms.count.{k}": h.count for k, h in enumerate(sums.distributions)}


def _histograms(kept: Arrays) -> Iterator[Histogram]:
    quantities, widths, totals = (kept[f"histograms.{name}"].tolist() for name in ("quantity", "bin_s", "of"))
    for k, (quantity, bin_s, of) in enumerate(zip(quantities, widths, totals, strict=True)):
        yield Histogram(quantity=quantity, bin_s=bin_s, count=kept[f"histograms.count.{k}"], of=of)
