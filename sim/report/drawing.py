"""Draws the figures of a folder in a language, and writes what was made: every file whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from matplotlib.figure import Figure

from sim.experiment.whole_files import write_whole
from sim.report.figures.saving import SavedFigure, save_figure
from sim.report.figures.style import FigureTable
from sim.report.page import Drawn as Page
from sim.report.page import render_page
from sim.report.wording import Wording

Drawn = tuple[FigureTable, Callable[[FigureTable, Wording], Figure]]
"""What a figure draws, and how it is drawn."""

Folder = TypeVar("Folder")
FigureOf = tuple[Callable[[Folder], FigureTable | None], Callable[[FigureTable, Wording], Figure]]
"""What a figure draws, taken from a folder (nothing if the folder has nothing for it), and how it is drawn."""


def page_files(
    run_dir: Path,
    catalogues: Iterable[Wording],
    drawn: Sequence[Drawn],
    page: Callable[[Mapping[str, SavedFigure], Wording], Page],
    template_name: str,
) -> dict[Path, bytes]:
    """Draw the figures and lay the page out in every language; return the content of every file by its path."""
    files: dict[Path, bytes] = {}
    for words in catalogues:
        saved = _draw_in(words, drawn, run_dir, files)
        html = render_page(page(saved, words), words, template_name)
        files[run_dir / f"report.{words.language}.html"] = html.encode("utf-8")
    return files


def drawn_of(folder: Folder, figures: Iterable[FigureOf[Folder]]) -> list[Drawn]:
    """Return what each figure draws of a folder, those left out that it has nothing for."""
    return [(table, draw) for take, draw in figures if (table := take(folder)) is not None]


def _draw_in(words: Wording, drawn: Sequence[Drawn], run_dir: Path, files: dict[Path, bytes]) -> dict[str, SavedFigure]:
    """Draw figures in a language and add them to the files to be written; return them by name."""
    saved: dict[str, SavedFigure] = {}
    for table, draw in drawn:
        saved[table.name] = figure = save_figure(draw(table, words), table)
        stem = run_dir / "figures" / table.name
        files[stem.with_suffix(".csv")] = figure.csv
        files[stem.with_suffix(f".{words.language}.svg")] = figure.svg
        files[stem.with_suffix(f".{words.language}.png")] = figure.png
    return saved


def write_files(files: Mapping[Path, bytes]) -> list[Path]:
    """Write files, each in one step; return their paths."""
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return list(files)
