"""The one table, for a screen, as CSV and as Markdown."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.rows import Row

COLUMNS = ("block", "measured", "size", "figure", "ratio", "smallest to largest", "target", "met", "runs", "note")
ON_SCREEN = COLUMNS[1:]
RIGHT = {"figure", "ratio", "smallest to largest", "runs"}
FIRST_LINE, LAST_LINE = "<!-- the table: written by make bench -->", "<!-- end of the table -->"


def three_digits(value: float) -> str:
    """Write a number with three significant digits."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def cells(row: Row) -> list[str]:
    """Write a row's cells, in the order of COLUMNS."""
    met = {None: "", True: "met", False: "missed"}[row.is_met]
    ratio = row.ratio
    return [
        row.block,
        row.measured,
        row.size,
        f"{three_digits(row.figure)} {row.unit}" if row.runs else "not measured",
        f"{three_digits(ratio.median)} × {row.ratio_to}" if ratio else "",
        f"{three_digits(ratio.smallest)} to {three_digits(ratio.largest)}" if ratio and row.runs > 1 else "",
        str(row.target or ""),
        met,
        str(row.runs),
        row.note,
    ]


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the table, block by block, with the notes below it."""
    table = Table(title="Processor time of one core, unless a figure says by the clock")
    for column in ON_SCREEN:
        table.add_column(column, justify="right" if column in RIGHT else "left")
    notes: list[str] = []
    for row, before in zip(rows, [None, *rows], strict=False):
        if before is None or before.block != row.block:
            table.add_section()
            table.add_row(f"[bold]{row.block}[/bold]")
        if row.note and row.note not in notes:
            notes.append(row.note)
        cell = dict(zip(COLUMNS, cells(row), strict=True))
        cell["note"] = f"({notes.index(row.note) + 1})" if row.note else ""
        table.add_row(*(cell[column] for column in ON_SCREEN))
    console.print(table)
    for number, note in enumerate(notes, start=1):
        console.print(f"({number}) {note}", highlight=False)


def as_csv(rows: Sequence[Row]) -> str:
    """Write the table as CSV, numbers as numbers."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    names = ("block", "measured", "size", "figure", "unit", "ratio", "smallest", "largest", "ratio_to")
    out.writerow([*names, "target", "met", "runs", "note"])
    for row in rows:
        ratio = row.ratio
        numbers = [ratio.median, ratio.smallest, ratio.largest] if ratio else [None] * 3
        said = ["" if number is None else f"{number:.6g}" for number in numbers]
        target = [row.target or "", "" if row.is_met is None else row.is_met]
        start = [row.block, row.measured, row.size, f"{row.figure:.6g}", row.unit]
        out.writerow([*start, *said, row.ratio_to, *target, row.runs, row.note])
    return text.getvalue()


def as_markdown(rows: Sequence[Row]) -> str:
    """Write the table as Markdown."""
    lines = [
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "|".join("---:" if column in RIGHT else "---" for column in COLUMNS) + "|",
        *("| " + " | ".join(cell.replace("|", "\\|") for cell in cells(row)) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def write(rows: Sequence[Row], folder: Path) -> None:
    """Write benchmarks.csv and benchmarks.md into a folder; of a page that is there, only its table changes.

    The CSV starts with a byte order mark, so that Excel reads its signs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmarks.csv").write_text(as_csv(rows), encoding="utf-8-sig", newline="")
    page = folder / "benchmarks.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else f"{FIRST_LINE}\n{LAST_LINE}\n"
    before, _, rest = text.partition(FIRST_LINE)
    after = rest.partition(LAST_LINE)[2]
    page.write_text(f"{before}{FIRST_LINE}\n\n{as_markdown(rows)}\n{LAST_LINE}{after}", encoding="utf-8")
