"""Builds the figure and the pages of a nation from its folder alone; every file is written whole or not at all."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sim.report.drawing import page_files, write_files
from sim.report.figures.nation_spread import draw_nation_spread, nation_spread
from sim.report.nation_folder import read_nation_folder
from sim.report.nation_page import lead_sentences, nation_page
from sim.report.wording import LANGUAGES, wording


def rebuild_nation(run_dir: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write `figures/nation_spread.*` and `report.<language>.html`; return their paths.

    Files that exist are replaced, each in one step; the same folder gives the same bytes. InputError if the folder
    lacks what a report needs.
    """
    folder = read_nation_folder(run_dir)
    drawn = [(nation_spread(folder), draw_nation_spread)]
    catalogues = [wording(language) for language in languages]
    return write_files(page_files(run_dir, catalogues, drawn, partial(nation_page, folder), "nation.html"))


def nation_lines(run_dir: Path, language: str) -> list[str]:
    """Return the sentences with which the report begins, for the console."""
    return list(lead_sentences(read_nation_folder(run_dir), wording(language)))
