"""Fits a finished calibration again and compares byte for byte."""

from collections.abc import Callable
from pathlib import Path

from calibration.fit.calibrating import calibrate
from sim.engine.choose import EngineName
from sim.errors import InputError, Problem
from sim.experiment.manifest import MANIFEST_FILE
from sim.experiment.progress import Progress
from sim.experiment.verify import Verified, compared
from sim.report.calibration_folder import read_calibration_manifest


def verify_calibration(
    run_dir: Path,
    scratch: Path,
    workers: int,
    progress: Progress,
    draw: Callable[[Path], object],
    engine: EngineName,
) -> Verified:
    """Fit again in `scratch`, by the targets file that the folder names, and compare every file but `environment.json`.

    `draw` makes the figures and the reports in a folder; `engine` may be another than the folder's. VerificationError
    with the name of each file that differs; InputError where the targets file is not there from the current folder on.
    """
    manifest = read_calibration_manifest(run_dir)
    targets_file = Path(manifest.targets_file)
    if not targets_file.is_file():
        raise InputError(
            [Problem("verify_without_targets", run_dir.as_posix(), fields={"name": manifest.targets_file})]
        )
    fresh = calibrate(targets_file, scratch, workers, progress, engine, manifest.command).folder
    return compared(run_dir, fresh, (MANIFEST_FILE, *manifest.files), draw)
