"""The result on the console: for a comparison the verdict on each policy, for a single scenario its headline measures."""

from pathlib import Path

from rich.table import Table as ScreenTable

from sim.cli.screen import console
from sim.cli.wording import CommandWords


def print_summary(run_dir: Path, words: CommandWords) -> None:
    """Print the table with which the report begins."""
    from sim.report import read_run_folder
    from sim.report.tables import headline_table, verdict_table
    from sim.report.wording import wording

    folder, report_words = read_run_folder(run_dir), wording(words.language)
    table = (verdict_table if folder.policies else headline_table)(folder, report_words)
    shown = ScreenTable(title=table.caption, title_justify="left", show_lines=bool(folder.policies))
    for head in table.heads:
        shown.add_column(head)
    for row in table.rows:
        shown.add_row(*(cell.text for cell in row.cells))
    console().print(shown)
