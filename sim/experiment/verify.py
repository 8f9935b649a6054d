"""Runs a finished folder's question again and compares byte for byte."""

import csv
import filecmp
import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.engine.choose import DEFAULT_ENGINE, EngineName
from sim.errors import InputError, VerificationError
from sim.experiment.cited_source import CitedSource
from sim.experiment.environment import DRAWS_THE_REPORT, ENVIRONMENT_FILE, describe_environment, read_environment
from sim.experiment.manifest import MANIFEST_FILE, Manifest, read_manifest
from sim.experiment.posterior_draws import PosteriorDraws
from sim.experiment.posterior_table import POSTERIOR_FILE
from sim.experiment.progress import Progress
from sim.experiment.question import NamedScenario, Question, code_digest
from sim.experiment.results import scenario_file
from sim.experiment.run import changed_files, result_files, run_question
from sim.specification import load_scenario
from sim.specification.posterior_file import read_posterior_file

_SOURCES: Final = "sources.csv"
DRAWN: Final = ("figures/*", "report.*.html")


@dataclass(frozen=True, slots=True)
class Verified:
    """The files that were found equal; `not_compared` were drawn with other versions or on another platform."""

    files: tuple[str, ...]
    not_compared: tuple[str, ...]


def verify(
    run_dir: Path,
    scratch: Path,
    workers: int,
    progress: Progress,
    draw: Callable[[Path], object],
    engine: EngineName = DEFAULT_ENGINE,
) -> Verified:
    """Run the question of a finished folder again in `scratch` and compare every file but `environment.json`.

    `draw` makes figures and reports in a run folder; `engine` may be another than the folder's. VerificationError with
    the name of each file that differs; InputError where `run_dir` is no finished run.
    """
    manifest = read_manifest(run_dir)
    changed = changed_files(run_dir, manifest.files)
    question = _unchanged_question(run_dir, manifest, changed)
    fresh = run_question(question, scratch, workers, progress, engine).folder
    names = [
        MANIFEST_FILE,
        *(name for name in result_files(manifest) if (run_dir / name).exists() or (fresh / name).exists()),
    ]
    drawn = sorted(path.relative_to(run_dir).as_posix() for pattern in DRAWN for path in run_dir.glob(pattern))
    not_compared: list[str] = []
    if not draws_alike(run_dir):
        drawn, not_compared = [], drawn
    elif drawn:
        # Reports show the environment of the run that they report.
        shutil.copyfile(run_dir / ENVIRONMENT_FILE, fresh / ENVIRONMENT_FILE)
        draw(fresh)
    # Sources are taken over from the folder itself: only the manifest's hash can tell that they are others now.
    suspect = [name for name in changed if name == _SOURCES]
    differing = [*suspect, *(name for name in (*names, *drawn) if not _is_equal(run_dir / name, fresh / name))]
    if differing:
        raise VerificationError(differing)
    return Verified((*names, *drawn), tuple(not_compared))


def compared(run_dir: Path, fresh: Path, names: Sequence[str], draw: Callable[[Path], object]) -> Verified:
    """Compare files of a folder with those of one made afresh, then what `draw` makes in it, where it draws alike.

    VerificationError with the name of each file that differs.
    """
    drawn = sorted(path.relative_to(run_dir).as_posix() for pattern in DRAWN for path in run_dir.glob(pattern))
    not_compared: list[str] = []
    if not draws_alike(run_dir):
        drawn, not_compared = [], drawn
    elif drawn:
        draw(fresh)
    every = (*names, *drawn)
    differing = [name for name in every if not _is_equal(run_dir / name, fresh / name)]
    if differing:
        raise VerificationError(differing)
    return Verified(every, tuple(not_compared))


def question_of(run_dir: Path, manifest: Manifest) -> Question:
    """Return the question that a finished folder answers."""
    scenarios = []
    for scenario in manifest.scenarios:
        file = run_dir / scenario_file(scenario)
        scenarios.append(NamedScenario(scenario, load_scenario(file), file.read_bytes().decode("utf-8")))
    return Question(
        study=manifest.study,
        scenarios=tuple(scenarios),
        seed=manifest.seed,
        rule=manifest.rule,
        with_records=manifest.with_records,
        sources=_sources(run_dir / _SOURCES),
        command=manifest.command,
        sweep=manifest.sweep,
        posterior=_draws(run_dir, manifest),
    )


def _draws(run_dir: Path, manifest: Manifest) -> PosteriorDraws | None:
    done = manifest.posterior
    if done is None:
        return None
    return PosteriorDraws(read_posterior_file(run_dir / POSTERIOR_FILE), done.replications, done.file)


def made_by_other_code(manifest: Manifest) -> bool:
    """Say whether the files that determine numbers have changed since a run: the likely cause of any difference."""
    return manifest.code_digest != code_digest()


def _unchanged_question(run_dir: Path, manifest: Manifest, changed: tuple[str, ...]) -> Question:
    """Return the question if its scenarios and draws are as they were: otherwise there is nothing to run again."""
    scenario_files = [scenario_file(scenario) for scenario in manifest.scenarios]
    scenario_files += [POSTERIOR_FILE] if manifest.posterior is not None else []
    try:
        question = question_of(run_dir, manifest)
    except (InputError, OSError, UnicodeError):
        # Not even a scenario any more, or the code that reads it is another.
        raise VerificationError([name for name in scenario_files if name in changed] or scenario_files) from None
    is_same_question = question.run_id() == manifest.run_id or made_by_other_code(manifest)
    suspect = [name for name in scenario_files if name in changed or name not in manifest.files]
    if suspect and not is_same_question:
        raise VerificationError(suspect)
    return question


def _sources(file: Path) -> tuple[CitedSource, ...]:
    """Read `sources.csv`; nothing where it is none of ours, so that it differs from what a run writes."""
    try:
        rows = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        return tuple(CitedSource(row["id"], row["citation_zh"], row["citation_en"]) for row in rows)
    except (OSError, UnicodeError, csv.Error, KeyError):
        return ()


def draws_alike(run_dir: Path) -> bool:
    """Say whether a folder was drawn on this platform, with these versions of what draws."""
    then, now = read_environment(run_dir), describe_environment(workers=0, engine=DEFAULT_ENGINE)
    packages_then, packages_now = then.get("packages"), now["packages"]
    if not isinstance(packages_then, dict) or not isinstance(packages_now, dict):
        return False
    same_packages = all(packages_then.get(name) == packages_now.get(name) for name in DRAWS_THE_REPORT)
    return same_packages and all(then.get(name) == now[name] for name in ("platform", "machine", "python"))


def _is_equal(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
