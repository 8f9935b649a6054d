"""Answers a calibration: simulations until done, result tables, the overlay, the manifest; kept and found again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from calibration.fit.adopted import adopted_file, fitted_folder
from calibration.fit.fitting import fit
from calibration.fit.observation import observations
from calibration.fit.opening import OpenPlace, open_place
from calibration.fit.outcome import Outcome
from calibration.fit.overlay import overlay_text
from calibration.fit.place import PlaceToFit
from calibration.fit.result_tables import (
    draw_table,
    figure_rows,
    implication_rows,
    pair_rows,
    parameter_rows,
    posterior_table,
    predictive_table,
    reference_table,
)
from calibration.fit.simulated_draws import DrawSimulator
from calibration.fit.synthetic import INFORMED_FROM
from calibration.fit.transfer import transfer
from calibration.ledger import load_ledger
from sim.engine.choose import DEFAULT_ENGINE, EngineName
from sim.experiment.environment import write_environment
from sim.experiment.executor import open_workers
from sim.experiment.finishing import PARTIAL, finish
from sim.experiment.manifest import write_manifest
from sim.experiment.progress import Progress, Stage, Unwatched
from sim.experiment.question import code_digest
from sim.experiment.run import changed_files
from sim.experiment.shown_path import shown_path
from sim.experiment.whole_files import make_folder, sha256_of, write_csv, write_parquet, write_whole
from sim.report.calibration_folder import read_calibration_manifest
from sim.report.calibration_tables import (
    CONFLICT_COLUMNS,
    CONFLICTS_FILE,
    FIGURE_COLUMNS,
    FIGURES_FILE,
    IMPLICATION_COLUMNS,
    IMPLICATIONS_FILE,
    PAIR_COLUMNS,
    PAIRS_FILE,
    PARAMETER_COLUMNS,
    PARAMETERS_FILE,
    POSTERIOR_FILE,
    PREDICTIVE_FILE,
    PRIOR_FILE,
    CalibrationManifest,
    LocalText,
)

OVERLAY_FILE: Final = "overlay.yaml"
REFERENCE_TABLE_FILE: Final = "reference_table.parquet"
"""Every simulation of the prior, where a place is fitted: what another fit of the same figures can start from."""
ADOPTED_FILES: Final = (POSTERIOR_FILE, FIGURES_FILE, PARAMETERS_FILE, PAIRS_FILE, IMPLICATIONS_FILE)
"""Tables that stand beside an adopted overlay, under the name of the place."""

_RESULT_FILES: Final = (
    *(FIGURES_FILE, PARAMETERS_FILE, PAIRS_FILE, PRIOR_FILE, POSTERIOR_FILE, PREDICTIVE_FILE, IMPLICATIONS_FILE),
    *(CONFLICTS_FILE, OVERLAY_FILE, REFERENCE_TABLE_FILE),
)
_PRIOR_DRAWS_SHOWN: Final = 1_000
_RUN_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class FinishedCalibration:
    """A result folder with its manifest.

    `was_already_there`: nothing was computed; then `changed_files` are the result files that are no longer as the
    manifest says (somebody has worked on them).
    """

    folder: Path
    manifest: CalibrationManifest
    was_already_there: bool
    changed_files: tuple[str, ...] = ()


def calibrate(
    targets_file: Path,
    out_root: Path,
    workers: int,
    progress: Progress | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    command: str = "",
) -> FinishedCalibration:
    """Fit a place in `out_root/calibrate-<place>/<run id>`, unless it is there already: the same by any engine.

    Finished simulations are kept as they come: asked again after an interruption, the fit continues from them.
    InputError on a targets file with faults, FiguresConflictError where figures cannot be met together, AuditError on a
    void simulation, FolderInUseError while another process works on the same fit.
    """
    opened = open_place(targets_file)
    folder = calibration_folder(opened, out_root)
    was_already_there = finish(
        folder, lambda: _compute(opened, targets_file, folder, workers, progress or Unwatched(), engine, command)
    )
    manifest = read_calibration_manifest(folder)
    changed = changed_files(folder, manifest.files) if was_already_there else ()
    return FinishedCalibration(folder, manifest, was_already_there, changed)


def calibration_folder(opened: OpenPlace, out_root: Path) -> Path:
    """Return the folder of a calibration's results."""
    return out_root / f"calibrate-{opened.place.targets.place}" / opened.digest[:_RUN_ID_DIGITS]


def kept_simulations(targets_file: Path, out_root: Path) -> tuple[Path, int]:
    """Return the folder of a calibration and how many finished parts an interrupted one has left in it."""
    folder = calibration_folder(open_place(targets_file), out_root)
    return folder, sum(1 for _ in (folder / PARTIAL).glob("*.parquet"))


def adopt(finished: FinishedCalibration, targets_file: Path) -> list[Path]:
    """Put a fit where baselines extend it, `fitted/` beside the folder of the targets file; return the files."""
    fitted, place = fitted_folder(targets_file), finished.manifest.place
    make_folder(fitted)
    adopted = {fitted / f"{place}.yaml": OVERLAY_FILE}
    adopted |= {adopted_file(fitted, place, name): name for name in ADOPTED_FILES}
    for path, name in adopted.items():
        write_whole(path, (finished.folder / name).read_bytes())
    return list(adopted)


def _compute(
    opened: OpenPlace,
    targets_file: Path,
    folder: Path,
    workers: int,
    progress: Progress,
    engine: EngineName,
    command: str,
) -> None:
    place = opened.place
    seen = observations(place.targets.targets, place.baseline.scenario, load_ledger())
    with open_workers(workers, engine, progress, is_long=True) as pool:
        simulator = DrawSimulator(targets_file, opened.digest, folder / PARTIAL, pool, engine, progress)
        if opened.adopted is None:
            outcome = fit(place, seen, simulator)
        else:
            outcome = transfer(place, seen, opened.adopted, simulator)
    progress.begin(Stage.WRITING, 1)
    _write_tables(outcome, folder)
    targets_name = shown_path(targets_file)
    text = overlay_text(outcome, targets_name, f"{place.targets.place}.{POSTERIOR_FILE}")
    write_whole(folder / OVERLAY_FILE, text.encode("utf-8"))
    write_environment(folder, workers, engine)
    write_manifest(folder, _manifest(place, opened.digest, outcome, folder, command, targets_name))
    progress.advance()


def _write_tables(outcome: Outcome, folder: Path) -> None:
    ledger = load_ledger()
    write_csv(folder / FIGURES_FILE, _table(figure_rows(outcome, ledger), FIGURE_COLUMNS))
    write_csv(folder / PARAMETERS_FILE, _table(parameter_rows(outcome), PARAMETER_COLUMNS))
    write_csv(folder / PAIRS_FILE, _table(pair_rows(outcome), PAIR_COLUMNS))
    write_csv(folder / IMPLICATIONS_FILE, _table(implication_rows(outcome), IMPLICATION_COLUMNS))
    # Where figures conflict nothing is fitted, so that the table of a finished fit has no row.
    write_csv(folder / CONFLICTS_FILE, _table([], CONFLICT_COLUMNS))
    write_csv(folder / PRIOR_FILE, draw_table(outcome, outcome.prior_numbers[:_PRIOR_DRAWS_SHOWN]))
    write_csv(folder / POSTERIOR_FILE, posterior_table(outcome))
    write_csv(folder / PREDICTIVE_FILE, predictive_table(outcome))
    if outcome.prior_answers is not None:
        write_parquet(folder / REFERENCE_TABLE_FILE, [reference_table(outcome, outcome.prior_answers)])


def _table(rows: Sequence[Any], columns: Sequence[str]) -> pd.DataFrame:
    cells = [{name: _yes_or_no(cell) for name, cell in asdict(row).items()} for row in rows]
    return pd.DataFrame(cells, columns=list(columns))


def _yes_or_no(cell: object) -> object:
    """A yes or no, or neither, in words; anything else as it is."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell


def _manifest(
    place: PlaceToFit, digest: str, outcome: Outcome, folder: Path, command: str, targets_name: str
) -> CalibrationManifest:
    targets, other = place.targets, place.file.transferred_from
    said = targets.description
    return CalibrationManifest(
        place=targets.place,
        place_name=LocalText(zh=place.baseline.scenario.place.zh, en=place.baseline.scenario.place.en),
        name=LocalText(zh=targets.name.zh, en=targets.name.en),
        description=None if said is None else LocalText(zh=said.zh, en=said.en),
        command=command,
        targets_file=targets_name,
        seed=targets.seed,
        rows=outcome.rows,
        draws=len(outcome.posterior_numbers),
        accepted=outcome.accepted,
        predictive_draws=min(targets.posterior.predictive_draws, len(outcome.posterior_numbers)),
        warmup_years=targets.window.warmup_years,
        record_years=targets.window.record_years,
        follow_days=targets.window.follow_days,
        informed_from=INFORMED_FROM,
        synthetic_data_sets=outcome.synthetic,
        transferred_from="" if other is None else other.targets.place,
        transferred_name=None if other is None else LocalText(zh=other.targets.name.zh, en=other.targets.name.en),
        widened_by=1.0 if targets.transferred_from is None else targets.transferred_from.widened_by,
        code_digest=code_digest(),
        targets_digest=digest,
        files={name: sha256_of(folder / name) for name in _RESULT_FILES if (folder / name).is_file()},
    )
