"""Runs a nation county by county: parts of a few counties are kept as they come, then put together in order."""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.engine.choose import DEFAULT_ENGINE, EngineName, choose_engine
from sim.experiment.cited_source import CitedSource
from sim.experiment.environment import write_environment
from sim.experiment.executor import Workers, open_workers
from sim.experiment.finishing import PARTIAL, finish
from sim.experiment.manifest import write_manifest
from sim.experiment.nation_county import CountyPlace, columns_of, county_place, run_county
from sim.experiment.nation_manifest import NationManifest, read_nation_manifest
from sim.experiment.nation_table import nation_table
from sim.experiment.progress import Progress, Stage, Unwatched
from sim.experiment.question import code_digest
from sim.experiment.whole_files import csv_bytes, sha256_of, write_csv, write_parquet, write_whole
from sim.specification.nations import CountyClass, NationFile, class_of_county, county_classes
from sim.specification.schema import Scenario
from sim.specification.schema.nation import Nation
from sim.specification.writing import to_yaml

COUNTIES_FILE: Final = "counties.parquet"
NATION_FILE: Final = "nation.csv"
MADE_FROM_FILE: Final = "nation.json"
STATED_FILE: Final = "stated.csv"
MODEL_FILE: Final = "county.resolved.yaml"
TAKEN_OVER: Final = (MODEL_FILE, STATED_FILE)
"""Result files that a question brings along: what its numbers rest on, for people."""

COUNTIES_PER_PART: Final = 20
PARTS_OF_LONG_WORK: Final = 20
"""With so many parts processes are worth their start."""

_AUDITS: Final = "audits"


@dataclass(frozen=True, slots=True)
class NationQuestion:
    """What determines the content of a nation's folder.

    `taken_over`, the content of the files TAKEN_OVER by name, and `command` determine no number.
    """

    study: str
    nation: Nation
    model: Scenario
    seed: int
    counties: int
    taken_over: Mapping[str, bytes]
    command: str = ""

    def run_id(self) -> str:
        """Return the hash of all that determines the numbers, 16 hexadecimal digits."""
        determined_by = [self.made_from(), self.seed, self.counties, code_digest()]
        return hashlib.sha256(json.dumps(determined_by, ensure_ascii=False).encode("utf-8")).hexdigest()[:16]

    def made_from(self) -> str:
        """Return the nation and its model county as JSON: what workers make counties from."""
        model = self.model.model_dump_json(by_alias=True)
        return json.dumps({"nation": self.nation.model_dump_json(), "model": model}, ensure_ascii=False)


def ask_nation(
    file: NationFile,
    study: str,
    *,
    counties: int | None = None,
    seed: int | None = None,
    sources: Sequence[CitedSource] = (),
    command: str = "",
) -> NationQuestion:
    """Ask for the nation of a file; None leaves the seed and the number of counties to it."""
    return NationQuestion(
        study=study,
        nation=file.nation,
        model=file.model.scenario,
        seed=file.nation.seed if seed is None else seed,
        counties=file.nation.totals.counties if counties is None else counties,
        taken_over={
            MODEL_FILE: to_yaml(file.model).encode("utf-8"),
            STATED_FILE: csv_bytes(_stated(file, sources)),
        },
        command=command,
    )


@dataclass(frozen=True, slots=True)
class FinishedNation:
    """A nation's folder with its manifest; `done_now`: counties that were not there before."""

    folder: Path
    manifest: NationManifest
    done_now: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some consecutive counties, by number from 1, all that a worker is sent; `folder` is that of the parts."""

    folder: Path
    seed: int
    engine: EngineName
    first: int
    last: int

    @property
    def file(self) -> Path:
        """Where its rows are kept; it is there if and only if the part is finished."""
        return self.folder / f"counties.{self.first:07d}-{self.last:07d}.parquet"

    @property
    def counties(self) -> range:
        """The numbers of its counties."""
        return range(self.first, self.last + 1)


def run_nation(
    question: NationQuestion,
    out_root: Path,
    workers: int,
    progress: Progress | None = None,
    engine: EngineName = DEFAULT_ENGINE,
) -> FinishedNation:
    """Simulate a nation into `out_root/<study>/<run id>`, unless it is there already: the same by any engine.

    Finished parts are kept as they come: asked again after an interruption, the run continues from them. InputError on
    an `out_root` that cannot be written, AuditError on a void county, EnginesDifferError where both engines are asked
    and do not agree, FolderInUseError while another process is at it.
    """
    folder = nation_folder(question, out_root)
    done: list[int] = []
    finish(folder, lambda: done.append(_compute(question, folder, workers, progress or Unwatched(), engine)))
    return FinishedNation(folder, read_nation_manifest(folder), sum(done))


def nation_folder(question: NationQuestion, out_root: Path) -> Path:
    """Return the folder of a nation's results."""
    return out_root / question.study / question.run_id()


def kept_counties(question: NationQuestion, out_root: Path) -> tuple[Path, int]:
    """Return the folder of a nation and how many finished counties an interrupted run has left in it."""
    folder = nation_folder(question, out_root)
    parts = _parts(question, folder / PARTIAL, DEFAULT_ENGINE)
    return folder, sum(len(part.counties) for part in parts if part.file.is_file())


def do_part(part: Part) -> None:
    """Run the counties of a part and keep their rows, in whatever process or thread this is called."""
    made_from = part.folder / MADE_FROM_FILE
    model, classes = made(made_from)
    engine = choose_engine(part.engine)
    rows = []
    for county in part.counties:
        of_class = classes[class_of_county(county - 1, len(classes))]
        in_its_class = {
            "size_class": of_class.number,
            "population_persons": of_class.population_persons,
            "committees": of_class.committees,
            "mediators": of_class.mediators,
        }
        done = run_county(place_of(made_from, of_class.number), part.seed, county, engine, in_its_class)
        rows.append(done.row | {_AUDITS: done.audits})
    types = columns_of(tuple(model.tiers)) | {_AUDITS: np.int64}
    write_parquet(part.file, [pd.DataFrame(rows, columns=list(types)).astype(types)])


_ONE_BUILDS: Final = threading.Lock()


def made(made_from: Path) -> tuple[Scenario, tuple[CountyClass, ...]]:
    """Make the classes from a file, once in each process: threads wait for each other."""
    with _ONE_BUILDS:
        return _made(made_from)


def place_of(made_from: Path, number: int) -> CountyPlace:
    """Build a size class, once in each process: its counties are replications of it, and threads share it."""
    with _ONE_BUILDS:
        return _place(made_from, number)


@lru_cache(maxsize=2)
def _made(made_from: Path) -> tuple[Scenario, tuple[CountyClass, ...]]:
    nation, model = read_made_from(made_from)
    return model, tuple(county_classes(nation, model))


def read_made_from(file: Path) -> tuple[Nation, Scenario]:
    """Read what counties are made from; ValueError where it is not that."""
    content = json.loads(file.read_bytes())
    return Nation.model_validate_json(content["nation"]), Scenario.model_validate_json(content["model"])


@lru_cache(maxsize=1_000)
def _place(made_from: Path, number: int) -> CountyPlace:
    model, classes = _made(made_from)
    return county_place(classes[number - 1].scenario(model))


def _parts(question: NationQuestion, partial: Path, engine: EngineName) -> list[Part]:
    firsts = range(1, question.counties + 1, COUNTIES_PER_PART)
    return [
        Part(partial, question.seed, engine, first, min(first + COUNTIES_PER_PART - 1, question.counties))
        for first in firsts
    ]


def _compute(question: NationQuestion, folder: Path, workers: int, progress: Progress, engine: EngineName) -> int:
    partial = folder / PARTIAL
    write_whole(partial / MADE_FROM_FILE, question.made_from().encode("utf-8"))
    parts = _parts(question, partial, engine)
    missing = [part for part in parts if not part.file.is_file()]
    done_now = sum(len(part.counties) for part in missing)
    is_long = len(missing) >= PARTS_OF_LONG_WORK
    with open_workers(min(workers, len(missing)), engine, progress, is_long=is_long) as pool:
        progress.begin(Stage.COUNTIES, question.counties, question.counties - done_now)
        _run(pool, missing, progress)
    progress.begin(Stage.WRITING, 1)
    audits = _write_results(question, folder, parts)
    write_environment(folder, workers, engine)
    _write_manifest(question, folder, audits)
    progress.advance()
    return done_now


def _run(pool: Workers, missing: list[Part], progress: Progress) -> None:
    for part, _ in pool.do(do_part, missing):
        progress.advance(len(part.counties))


def _write_results(question: NationQuestion, folder: Path, parts: list[Part]) -> int:
    """Put the parts together in order, a row group each, then the table of the nation; return the audits passed."""
    tier_ids = tuple(question.model.tiers)
    audits: set[int] = set()

    def rows() -> Iterator[pa.Table]:
        for part in parts:
            table = pq.read_table(part.file)
            audits.update(table.column(_AUDITS).to_pylist())
            yield table.drop_columns([_AUDITS])

    write_parquet(folder / COUNTIES_FILE, rows())
    counties = pq.read_table(folder / COUNTIES_FILE).to_pandas()
    write_csv(folder / NATION_FILE, nation_table(counties, tier_ids, question.nation.totals))
    write_whole(folder / MADE_FROM_FILE, question.made_from().encode("utf-8"))
    for name in TAKEN_OVER:
        write_whole(folder / name, question.taken_over[name])
    (passed,) = audits
    return passed


def _stated(file: NationFile, sources: Sequence[CitedSource]) -> pd.DataFrame:
    """What the nation file says, with what it rests on in both languages."""
    cited = {source.id: source for source in sources}
    rows = []
    for stated in file.stated:
        named = [part.strip() for part in stated.source.split(";") if part.strip()]
        texts = [
            "; ".join(getattr(cited[name], language) if name in cited else name for name in named)
            for language in ("zh", "en")
        ]
        rows.append((stated.path, stated.value, stated.basis, stated.source, *texts))
    return pd.DataFrame(rows, columns=["path", "value", "basis", "source", "source_zh", "source_en"])


def _write_manifest(question: NationQuestion, folder: Path, audits: int) -> None:
    names = (COUNTIES_FILE, NATION_FILE, MADE_FROM_FILE, *TAKEN_OVER)
    manifest = NationManifest(
        run_id=question.run_id(),
        study=question.study,
        command=question.command,
        seed=question.seed,
        counties=question.counties,
        counties_of_nation=question.nation.totals.counties,
        size_classes=question.nation.sizes.classes,
        code_digest=code_digest(),
        audits=audits,
        files={name: sha256_of(folder / name) for name in names},
    )
    write_manifest(folder, manifest)
