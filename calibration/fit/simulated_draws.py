"""Simulates many draws of the parameters, part by part: a part that is finished is kept, whatever stops the rest."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from calibration.fit.opening import open_place
from calibration.fit.simulation import simulated_answers
from sim.engine.choose import EngineName
from sim.experiment.executor import Workers
from sim.experiment.kept_arrays import read_arrays, write_arrays
from sim.experiment.progress import Progress, Stage
from sim.experiment.whole_files import write_parquet

DRAWS_PER_PART: Final = 10

VALUE: Final = "value"
ANSWER: Final = "answer"


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of all parameters that are simulated: `name` tells one set from another within a fit.

    numbers: float64 (n, p), in the units of the parameters; replications: int64 (n,), one for each, so that no two
    simulations share chance; simulated: how many, the first ones; of the others only the values are wanted.
    """

    name: str
    numbers: NDArray[np.float64]
    replications: NDArray[np.int64]
    simulated: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some consecutive draws: all that a worker is sent."""

    targets_file: Path
    digest: str
    draws_file: Path
    engine: EngineName
    first: int
    last: int

    @property
    def file(self) -> Path:
        """Where its rows are kept; it is there if and only if the part is finished."""
        return self.draws_file.parent / f"{self.draws_file.stem}.{self.first:07d}-{self.last:07d}.parquet"


@dataclass(frozen=True, slots=True)
class DrawSimulator:
    """Simulates draws of one fit, with the workers and the engine that it has; `folder` keeps the finished parts."""

    targets_file: Path
    digest: str
    folder: Path
    workers: Workers
    engine: EngineName
    progress: Progress

    def simulate(self, draws: Draws) -> pd.DataFrame:
        """Return one row for each draw, in order: columns `value:<path>` and, NaN where not simulated, `answer:<name>`.

        A part that is there already is taken as it is. ValueError where a worker finds other files than the parent did.
        """
        draws_file = self.folder / f"{draws.name}-{_digest(draws)}.arrays"
        if not draws_file.is_file():
            _write_draws(draws_file, draws)
        count = len(draws.numbers)
        parts = [
            Part(self.targets_file, self.digest, draws_file, self.engine, first, min(first + DRAWS_PER_PART, count))
            for first in range(0, count, DRAWS_PER_PART)
        ]
        missing = [part for part in parts if not part.file.is_file()]
        self.progress.begin(Stage.FITTING, count, count - sum(part.last - part.first for part in missing))
        for part, _ in self.workers.do(do_part, missing):
            self.progress.advance(part.last - part.first)
        done: list[pd.DataFrame] = [pq.read_table(part.file).to_pandas() for part in parts]
        return pd.concat(done, ignore_index=True)


def do_part(part: Part) -> None:
    """Simulate the draws of a part and keep their rows, in whatever process this is called."""
    opened = open_place(part.targets_file)
    if opened.digest != part.digest:
        raise ValueError(f"{part.targets_file} or what it rests on has changed since the fit began")
    place = opened.place
    numbers, replications, simulated = _draws(part.draws_file)
    rows: list[dict[str, float]] = []
    for row in range(part.first, part.last):
        values = place.values_at(dict(zip(place.ids, numbers[row].tolist(), strict=True)))
        answers = simulated_answers(place, values, int(replications[row]), part.engine) if row < simulated else {}
        rows.append(
            {f"{VALUE}:{path}": value for path, value in values.items()}
            | {f"{ANSWER}:{name}": number for name, number in answers.items()}
        )
    write_parquet(part.file, [pd.DataFrame(rows).astype(np.float64)])


def _write_draws(file: Path, draws: Draws) -> None:
    simulated = np.array(draws.simulated, dtype=np.int64)
    write_arrays(file, {"numbers": draws.numbers, "replications": draws.replications, "simulated": simulated})


def values_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return the scenario values of each draw, by path."""
    return _columns(table, VALUE)


def answers_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of the draws that were simulated, by target or name."""
    return _columns(table, ANSWER).dropna(how="all")


def _columns(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    prefix = f"{kind}:"
    wanted = {name: str(name).removeprefix(prefix) for name in table.columns if str(name).startswith(prefix)}
    return pd.DataFrame({short: table[name].to_numpy() for name, short in wanted.items()})


@lru_cache(maxsize=4)
def _draws(file: Path) -> tuple[NDArray[np.float64], NDArray[np.int64], int]:
    kept = read_arrays(file)
    return kept["numbers"], kept["replications"], int(kept["simulated"])


def _digest(draws: Draws) -> str:
    digest = hashlib.sha256(json.dumps([draws.name, draws.numbers.shape, draws.simulated]).encode())
    digest.update(np.ascontiguousarray(draws.numbers).tobytes())
    digest.update(np.ascontiguousarray(draws.replications).tobytes())
    return digest.hexdigest()[:16]
