"""Rebuilds figures and reports from a run folder; every file is written whole or not at all."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from sim.experiment.manifest import read_manifest
from sim.report.calibration_folder import is_calibration_folder
from sim.report.calibration_report import rebuild_calibration
from sim.report.drawing import FigureOf, drawn_of, page_files, write_files
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
from sim.report.folder import RunFolder, read_run_folder
from sim.report.page import page_of
from sim.report.posterior_folder import PosteriorFolder, read_posterior_folder
from sim.report.posterior_page import posterior_page
from sim.report.sweep_folder import SweepFolder, read_sweep_folder
from sim.report.sweep_page import sweep_page
from sim.report.wording import LANGUAGES, Wording, wording

FIGURES: Final[tuple[FigureOf[RunFolder], ...]] = (
    (where_disputes_end.where_disputes_end, where_disputes_end.draw_where_disputes_end),
    (days_to_settlement.days_to_settlement, days_to_settlement.draw_days_to_settlement),
    (load_over_time.load_over_time, load_over_time.draw_load_over_time),
    (paired_differences.paired_differences, paired_differences.draw_paired_differences),
    (equity_over_units.equity_over_units, equity_over_units.draw_equity_over_units),
    (robustness_of_verdicts.robustness_of_verdicts, robustness_of_verdicts.draw_robustness_of_verdicts),
)
"""What each figure draws, taken from a run folder, and how it is drawn."""

SWEEP_FIGURES: Final[tuple[FigureOf[SweepFolder], ...]] = (
    (sweep_map.sweep_map, sweep_map.draw_sweep_map),
    (sweep_lines.sweep_differences, sweep_lines.draw_sweep_differences),
    (sweep_lines.sweep_levels, sweep_lines.draw_sweep_levels),
)
"""As above, of the folder of a sweep."""

POSTERIOR_FIGURES: Final[tuple[FigureOf[PosteriorFolder], ...]] = (
    (posterior_intervals.posterior_intervals, posterior_intervals.draw_posterior_intervals),
)
"""As above, of the folder of a run over a posterior."""


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
    drawn = drawn_of(folder, FIGURES)
    return page_files(run_dir, catalogues, drawn, partial(page_of, folder), "report.html")


def _sweep_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_sweep_folder(run_dir)
    drawn = drawn_of(folder, SWEEP_FIGURES)
    return page_files(run_dir, catalogues, drawn, partial(sweep_page, folder), "sweep.html")


def _posterior_files(run_dir: Path, catalogues: Sequence[Wording]) -> dict[Path, bytes]:
    folder = read_posterior_folder(run_dir)
    drawn = drawn_of(folder, POSTERIOR_FIGURES)
    return page_files(run_dir, catalogues, drawn, partial(posterior_page, folder), "posterior.html")
