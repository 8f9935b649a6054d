"""The result on the console: a comparison's verdicts, or the headline measures of a single scenario."""

from pathlib import Path

from rich.table import Table as ScreenTable

from sim.cli.screen import console
from sim.cli.wording import CommandWords


def print_summary(run_dir: Path, words: CommandWords) -> None:
    """Print the table with which the report begins."""
    from sim.experiment.manifest import read_manifest
    from sim.report import read_run_folder
    from sim.report.tables import headline_table, verdict_table
    from sim.report.wording import wording

    if read_manifest(run_dir).sweep is not None:
        return
    folder, report_words = read_run_folder(run_dir), wording(words.language)
    is_comparison = bool(folder.policies)
    table = (verdict_table if is_comparison else headline_table)(folder, report_words)
    rows = [list(table.heads), *([cell.text for cell in row.cells] for row in table.rows)]
    if is_comparison:
        # Names of measures are long and policies few: on a screen measures stand below one another.
        rows = [list(column) for column in zip(*rows, strict=True)]
        rows[0][0] = report_words.say("head_measure")
    shown = ScreenTable(title=table.caption, title_justify="left")
    for head in rows[0]:
        shown.add_column(head)
    for row in rows[1:]:
        shown.add_row(*row)
    console().print(shown)
