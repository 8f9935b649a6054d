"""Builds the figure and the pages of a nation from its folder alone; every file is written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from sim.report.drawing import draw_in, write_files
from sim.report.figures.nation_spread import draw_nation_spread, nation_spread
from sim.report.nation_folder import read_nation_folder
from sim.report.nation_page import lead_sentences, nation_page
from sim.report.page import render_page
from sim.report.wording import LANGUAGES, wording


def rebuild_nation(run_dir: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write `figures/nation_spread.*` and `report.<language>.html`; return their paths.

    Files that exist are replaced, each in one step; the same folder gives the same bytes. InputError if the folder
    lacks what a report needs.
    """
    folder = read_nation_folder(run_dir)
    drawn = nation_spread(folder)
    files: dict[Path, bytes] = {}
    for words in (wording(language) for language in languages):
        saved = draw_in(words, [(drawn, draw_nation_spread)], run_dir, files)
        html = render_page(nation_page(folder, saved, words), words, "nation.html")
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return write_files(files)


def nation_lines(run_dir: Path, language: str) -> list[str]:
    """Return the sentences with which the report begins, for the console."""
    return list(lead_sentences(read_nation_folder(run_dir), wording(language)))
