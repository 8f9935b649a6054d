"""Measures our engines beside other libraries and prints one table: `make bench`, or `python -m tests.benchmarks`."""

import argparse
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from tests.benchmarks import core_network, every_mechanism, memory, nation_growth, steps, xichou
from tests.benchmarks.asking import ROOT
from tests.benchmarks.rows import Row
from tests.benchmarks.table import show, write

Block = Callable[..., Iterator[Row]]

BLOCKS: dict[str, Block] = {
    "core": core_network.rows,
    "mechanisms": every_mechanism.rows,
    "xichou": xichou.rows_of_years,
    "steps": steps.rows,
    "end-to-end": xichou.rows_end_to_end,
    "memory": memory.rows,
    "nation": nation_growth.rows,
    "whole-nation": nation_growth.rows_of_whole,
}
"""By the name under which `--only` takes them."""

IF_ASKED_FOR = {"whole-nation"}
"""Blocks that take minutes by themselves."""

RESULTS = ROOT / "outputs" / "benchmarks"
DOCS = ROOT / "docs"


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only",
        nargs="+",
        choices=BLOCKS,
        default=[name for name in BLOCKS if name not in IF_ASKED_FOR],
        help="measure these blocks alone",
    )
    parser.add_argument("--quick", action="store_true", help="small sizes and two rounds: to see that it works")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/benchmarks.md and .csv too")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the table goes as CSV and Markdown")
    return parser.parse_args(arguments)


def console_for_a_wide_table() -> Console:
    """Return a console that does not fold the table where nobody looks at a screen."""
    console = Console()
    return console if console.is_terminal else Console(width=180)


def main() -> None:
    """Measure the blocks asked for, print the table and write it."""
    asked, console = options(), console_for_a_wide_table()
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    measured = [row for name in asked.only for row in BLOCKS[name](console, quick=asked.quick)]
    show(measured, console)
    for folder in [asked.out, *([DOCS] if asked.docs else [])]:
        write(measured, folder)
        console.print(f"{folder / 'benchmarks.md'} and .csv written")


if __name__ == "__main__":
    main()
