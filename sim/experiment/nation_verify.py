"""Runs a finished nation again and compares byte for byte."""

from collections.abc import Callable
from pathlib import Path

from sim.engine.choose import EngineName
from sim.errors import VerificationError
from sim.experiment.manifest import MANIFEST_FILE
from sim.experiment.nation import MADE_FROM_FILE, TAKEN_OVER, NationQuestion, read_made_from, run_nation
from sim.experiment.nation_manifest import NationManifest, read_nation_manifest
from sim.experiment.progress import Progress
from sim.experiment.verify import Verified, compared
from sim.experiment.whole_files import sha256_of


def verify_nation(
    run_dir: Path,
    scratch: Path,
    workers: int,
    progress: Progress,
    draw: Callable[[Path], object],
    engine: EngineName,
) -> Verified:
    """Run a finished nation again in `scratch` and compare every file but `environment.json`.

    `draw` makes the figure and the reports in a folder; `engine` may be another than the folder's. VerificationError
    with the name of each file that differs; InputError where `run_dir` is no finished nation.
    """
    manifest = read_nation_manifest(run_dir)
    question = _question_of(run_dir, manifest)
    fresh = run_nation(question, scratch, workers, progress, engine).folder
    return compared(run_dir, fresh, (MANIFEST_FILE, *manifest.files), draw)


def _question_of(run_dir: Path, manifest: NationManifest) -> NationQuestion:
    """Return the question that a folder answers; what is taken over from it must be as the manifest says."""
    needed = (MADE_FROM_FILE, *TAKEN_OVER)
    changed = [name for name in needed if not _is_unchanged(run_dir / name, manifest.files.get(name, ""))]
    if changed:
        raise VerificationError(changed)
    try:
        nation, model = read_made_from(run_dir / MADE_FROM_FILE)
    except ValueError:
        # Made by other code, whose files this one does not read.
        raise VerificationError([MADE_FROM_FILE]) from None
    return NationQuestion(
        study=manifest.study,
        nation=nation,
        model=model,
        seed=manifest.seed,
        counties=manifest.counties,
        taken_over={name: (run_dir / name).read_bytes() for name in TAKEN_OVER},
        command=manifest.command,
    )


def _is_unchanged(file: Path, digest: str) -> bool:
    return file.is_file() and sha256_of(file) == digest
