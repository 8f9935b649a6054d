"""Rebuilds figures and reports from a run folder; every file is written whole or not at all."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from sim.experiment.manifest import read_manifest
from sim.report.calibration_folder import is_calibration_folder
from sim.report.calibration_report import rebuild_calibration
from sim.report.drawing import draw_in, write_files
from sim.report.figures import (
    days_to_settlement,
    equity_over_units,
    load_over_time,
    paired_differences,
    posterior_intervals,
    robustness_of_verdicts,
    sweep_lines,
    sweep_map,
    where_disputes_end,
)
from sim.report.figures.style import FigureTable
from sim.report.folder import RunFolder, read_run_folder
from sim.report.page import page_of, render_page
from sim.report.posterior_folder import read_posterior_folder
from sim.report.posterior_page import posterior_page
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


def rebuild(run_dir: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write `figures/<name>.csv`, `figures/<name>.<language>.svg|png` and `report.<language>.html`; return their paths.

    Files that exist are replaced, each in one step; the same folder gives the same bytes. InputError if the folder
    lacks what a report needs, ValueError on an unknown language; then nothing is written.
    """
    catalogues = [wording(language) for language in languages]
    if is_calibration_folder(run_dir):
        return rebuild_calibration(run_dir, languages)
    manifest = read_manifest(run_dir)
    if manifest.posterior is not None:
        return write_files(_posterior_files(run_dir, catalogues))
    return write_files((_run_files if manifest.sweep is None else _sweep_files)(run_dir, catalogues))


def _run_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_run_folder(run_dir)
    drawn = [(table, draw) for take, draw in FIGURES if (table := take(folder)) is not None]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = draw_in(words, drawn, run_dir, files)
        html = render_page(page_of(folder, saved, words), words)
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def _sweep_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_sweep_folder(run_dir)
    drawn = [(table, draw) for take, draw in SWEEP_FIGURES if (table := take(folder)) is not None]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = draw_in(words, drawn, run_dir, files)
        html = render_page(sweep_page(folder, saved, words), words, "sweep.html")
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def _posterior_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_posterior_folder(run_dir)
    table = posterior_intervals.posterior_intervals(folder)
    drawn = [] if table is None else [(table, posterior_intervals.draw_posterior_intervals)]
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = draw_in(words, drawn, run_dir, files)
        html = render_page(posterior_page(folder, saved, words), words, "posterior.html")
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files
