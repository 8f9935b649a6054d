"""Builds the figures and the pages of a calibration from its folder alone."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from sim.report.calibration_answer import calibration_lead
from sim.report.calibration_folder import read_calibration
from sim.report.calibration_page import calibration_page
from sim.report.calibration_tables import CalibrationTables
from sim.report.drawing import FigureOf, drawn_of, page_files, write_files
from sim.report.figures import contraction, identifiability, predictive_checks, prior_and_posterior
from sim.report.wording import LANGUAGES, wording

CALIBRATION_FIGURES: Final[tuple[FigureOf[CalibrationTables], ...]] = (
    (predictive_checks.predictive_checks, predictive_checks.draw_predictive_checks),
    (prior_and_posterior.prior_and_posterior, prior_and_posterior.draw_prior_and_posterior),
    (contraction.contraction, contraction.draw_contraction),
    (identifiability.identifiability, identifiability.draw_identifiability),
)
"""What each figure draws, taken from the folder, and how it is drawn."""


def rebuild_calibration(run_dir: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write `figures/<name>.*` and `report.<language>.html`; return their paths.

    Files that exist are replaced, each in one step; the same folder gives the same bytes. InputError if the folder
    lacks what a report needs, ValueError on an unknown language; then nothing is written.
    """
    catalogues = [wording(language) for language in languages]
    tables = read_calibration(run_dir)
    drawn = drawn_of(tables, CALIBRATION_FIGURES)
    return write_files(page_files(run_dir, catalogues, drawn, partial(calibration_page, tables), "calibration.html"))


def calibration_lines(run_dir: Path, language: str) -> list[str]:
    """Return the sentences with which the report begins, for the console."""
    return list(calibration_lead(read_calibration(run_dir), wording(language)))
