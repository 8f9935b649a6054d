"""The result on the console: a comparison's verdicts, or the headline measures of a single scenario."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table as ScreenTable

from sim.cli.screen import console
from sim.cli.wording import CommandWords

if TYPE_CHECKING:
    from sim.report.tables import Table
    from sim.report.wording import Wording


def print_summary(run_dir: Path, words: CommandWords) -> None:
    """Print the table with which the report begins."""
    from sim.experiment.manifest import read_manifest

    manifest = read_manifest(run_dir)
    if manifest.posterior is not None:
        table = _posterior_table
    else:
        table = _run_table if manifest.sweep is None else _sweep_table
    _print_table(*table(run_dir, words))


def _run_table(run_dir: Path, words: CommandWords) -> tuple[str, list[list[str]]]:
    from sim.report import read_run_folder
    from sim.report.tables import headline_table, verdict_table
    from sim.report.wording import wording

    folder, report_words = read_run_folder(run_dir), wording(words.language)
    is_comparison = bool(folder.policies)
    table = (verdict_table if is_comparison else headline_table)(folder, report_words)
    return table.caption, _turned(table, report_words) if is_comparison else _texts(table)


def _posterior_table(run_dir: Path, words: CommandWords) -> tuple[str, list[list[str]]]:
    from sim.report.posterior_folder import read_posterior_folder
    from sim.report.posterior_tables import levels_table, standing_table
    from sim.report.wording import wording

    folder, report_words = read_posterior_folder(run_dir), wording(words.language)
    if folder.run.policies:
        table = standing_table(folder, report_words)
        return table.caption, _turned(table, report_words)
    table = levels_table(folder, report_words)
    return table.caption, _texts(table)


def _texts(table: "Table") -> list[list[str]]:
    """Heads, then rows; a heading over rows is a row of its own."""
    blank = [""] * (len(table.heads) - 1)
    rows = ([cell.text for cell in row.cells] + (blank if row.is_group else []) for row in table.rows)
    return [list(table.heads), *rows]


def _turned(table: "Table", words: "Wording") -> list[list[str]]:
    """Names of measures are long and policies few: on a screen measures stand below one another."""
    rows = [list(column) for column in zip(*_texts(table), strict=True)]
    rows[0][0] = words.say("head_measure")
    return rows


def _sweep_table(run_dir: Path, words: CommandWords) -> tuple[str, list[list[str]]]:
    from sim.report.sweep_folder import read_sweep_folder
    from sim.report.sweep_tables import sweep_grid_table, sweep_verdict_table
    from sim.report.wording import wording

    folder = read_sweep_folder(run_dir)
    # Of two factors the screen has room for one measure: the study's first.
    table = (sweep_verdict_table if folder.rows_factor is None else sweep_grid_table)(folder, wording(words.language))
    return table.caption, [list(table.heads), *([cell.text for cell in row.cells] for row in table.rows)]


def _print_table(caption: str, rows: list[list[str]]) -> None:
    shown = ScreenTable(title=caption, title_justify="left")
    for head in rows[0]:
        shown.add_column(head)
    for row in rows[1:]:
        shown.add_row(*row)
    console().print(shown)
