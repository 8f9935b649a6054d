"""Draws the figures of a folder in a language, and writes what was made: every file whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from sim.experiment.whole_files import write_whole
from sim.report.figures.saving import SavedFigure, save_figure
from sim.report.figures.style import FigureTable
from sim.report.wording import Wording

Drawn = tuple[FigureTable, Callable[[FigureTable, Wording], Figure]]
"""What a figure draws, and how it is drawn."""


def draw_in(words: Wording, drawn: Sequence[Drawn], run_dir: Path, files: dict[Path, bytes]) -> dict[str, SavedFigure]:
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
