"""Rebuilds figures and reports from a run folder; every file is written whole or not at all."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from sim.experiment.manifest import read_manifest
from sim.experiment.whole_files import write_whole
from sim.report.calibration_folder import is_calibration_folder, read_calibration
from sim.report.calibration_page import calibration_page
from sim.report.calibration_tables import CalibrationTables
from sim.report.figures import (
    contraction,
    days_to_settlement,
    equity_over_units,
    identifiability,
    load_over_time,
    paired_differences,
    predictive_checks,
    prior_and_posterior,
    robustness_of_verdicts,
    sweep_lines,
    sweep_map,
    where_disputes_end,
)
from sim.report.figures.saving import SavedFigure, save_figure
from sim.report.figures.style import FigureTable
from sim.report.folder import RunFolder, read_run_folder
from sim.report.page import page_of, render_page
from sim.report.sweep_folder import SweepFolder, read_sweep_folder
from sim.report.sweep_page import sweep_page
from sim.report.wording import LANGUAGES, Wording, wording

FIGURES: Final[
    tuple[tuple[Callable[[RunFolder], FigureTable | None], Callable[[FigureTable, Wording], Figure]], ...]
] = (
    (where_disputes_end.where_disputes_end, where_disputes_end.draw_where_disputes_end),
    (days_to_settlement.days_to_settlement, days_to_settlement.draw_days_to_settlement),
    (load_over_time.load_over_time, load_over_time.draw_load_over_time),
    (paired_differences.paired_differences, paired_differences.draw_paired_differences),
    (equity_over_units.equity_over_units, equity_over_units.draw_equity_over_units),
    (robustness_of_verdicts.robustness_of_verdicts, robustness_of_verdicts.draw_robustness_of_verdicts),
)
"""What each figure draws, taken from a run folder, and how it is drawn."""

SWEEP_FIGURES: Final[
    tuple[tuple[Callable[[SweepFolder], FigureTable | None], Callable[[FigureTable, Wording], Figure]], ...]
] = (
    (sweep_map.sweep_map, sweep_map.draw_sweep_map),
    (sweep_lines.sweep_differences, sweep_lines.draw_sweep_differences),
    (sweep_lines.sweep_levels, sweep_lines.draw_sweep_levels),
)
"""As above, of the folder of a sweep."""

CALIBRATION_FIGURES: Final[
    tuple[tuple[Callable[[CalibrationTables], FigureTable | None], Callable[[FigureTable, Wording], Figure]], ...]
] = (
    (predictive_checks.predictive_checks, predictive_checks.draw_predictive_checks),
    (prior_and_posterior.prior_and_posterior, prior_and_posterior.draw_prior_and_posterior),
    (contraction.contraction, contraction.draw_contraction),
    (identifiability.identifiability, identifiability.draw_identifiability),
)
"""As above, of the folder of a calibration."""


def rebuild(run_dir: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write `figures/<name>.csv`, `figures/<name>.<language>.svg|png` and `report.<language>.html`; return their paths.

    Files that exist are replaced, each in one step; the same folder gives the same bytes. InputError if the folder
    lacks what a report needs, ValueError on an unknown language; then nothing is written.
    """
    catalogues = [wording(language) for language in languages]
    if is_calibration_folder(run_dir):
        files = _calibration_files(run_dir, catalogues)
    elif read_manifest(run_dir).sweep is not None:
        files = _sweep_files(run_dir, catalogues)
    else:
        files = _run_files(run_dir, catalogues)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return list(files)


def _run_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_run_folder(run_dir)
    drawn = [(table, draw) for take, draw in FIGURES if (table := take(folder)) is not None]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = _drawn_in(words, drawn, run_dir, files)
        html = render_page(page_of(folder, saved, words), words)
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def _sweep_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_sweep_folder(run_dir)
    drawn = [(table, draw) for take, draw in SWEEP_FIGURES if (table := take(folder)) is not None]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = _drawn_in(words, drawn, run_dir, files)
        html = render_page(sweep_page(folder, saved, words), words, "sweep.html")
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def _calibration_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    tables = read_calibration(run_dir)
    drawn = [(table, draw) for take, draw in CALIBRATION_FIGURES if (table := take(tables)) is not None]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = _drawn_in(words, drawn, run_dir, files)
        html = render_page(calibration_page(tables, saved, words), words, "calibration.html")
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def _drawn_in(
    words: Wording,
    drawn: Sequence[tuple[FigureTable, Callable[[FigureTable, Wording], Figure]]],
    run_dir: Path,
    files: dict[Path, bytes],
) -> dict[str, SavedFigure]:
    """Draw figures in a language and add them to the files to be written; return them by name."""
    saved: dict[str, SavedFigure] = {}
    for table, draw in drawn:
        saved[table.name] = figure = save_figure(draw(table, words), table)
        stem = run_dir / "figures" / table.name
        files[stem.with_suffix(".csv")] = figure.csv
        files[stem.with_suffix(f".{words.language}.svg")] = figure.svg
        files[stem.with_suffix(f".{words.language}.png")] = figure.png
    return saved
