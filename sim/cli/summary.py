"""The result on the console: a comparison's verdicts, or the headline measures of a single scenario."""

from pathlib import Path

from rich.table import Table as ScreenTable

from sim.cli.screen import console
from sim.cli.wording import CommandWords


def print_summary(run_dir: Path, words: CommandWords) -> None:
    """Print the table with which the report begins."""
    from sim.experiment.manifest import read_manifest

    table = _sweep_table if read_manifest(run_dir).sweep is not None else _run_table
    _print_table(*table(run_dir, words))


def _run_table(run_dir: Path, words: CommandWords) -> tuple[str, list[list[str]]]:
    from sim.report import read_run_folder
    from sim.report.tables import headline_table, verdict_table
    from sim.report.wording import wording

    folder, report_words = read_run_folder(run_dir), wording(words.language)
    is_comparison = bool(folder.policies)
    table = (verdict_table if is_comparison else headline_table)(folder, report_words)
    rows = [list(table.heads), *([cell.text for cell in row.cells] for row in table.rows)]
    if is_comparison:
        # Names of measures are long and policies few: on a screen measures stand below one another.
        rows = [list(column) for column in zip(*rows, strict=True)]
        rows[0][0] = report_words.say("head_measure")
    return table.caption, rows


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
