"""Writes the values that follow from others into a scenario: `python -m calibration.derive scenarios/PLACE/baseline.yaml`.

Only lines that end in "# derived" are written anew; everything else, comments included, stays as it is.
"""

import argparse
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from calibration.derived_values import DerivedValue, derive
from calibration.ledger import Ledger, load_ledger
from calibration.starting_points import load_starting_points
from sim.errors import InputError
from sim.specification import ResolvedScenario, load_scenario

MARK: Final = "# derived"
_LINE: Final = re.compile(rf"(?P<key>\s*\w+: )\{{.*\}}\s*{MARK}\n?")


def with_derived_values(text: str, resolved: ResolvedScenario, place: str, ledger: Ledger) -> str:
    """Return the text of a baseline file, from which `resolved` was loaded, with its derived lines written anew.

    Raises ValueError where a derived value has no such line, or a line no derived value.
    """
    derivation = derive(resolved.scenario, load_starting_points(place, ledger))
    lines = text.splitlines(keepends=True)
    marked = {number for number, line in enumerate(lines) if line.rstrip().endswith(MARK) and _LINE.fullmatch(line)}
    for value in derivation.values:
        number = resolved.provenance[value.path].line - 1
        match = _LINE.fullmatch(lines[number])
        if match is None:
            raise ValueError(f"line {number + 1} must be `{value.path.split('.')[-1]}: {{...}}  {MARK}`")
        lines[number] = f"{match['key']}{_record(value)}  {MARK}\n"
        marked.discard(number)
    if marked:
        raise ValueError(f"marked as derived, but nothing is derived for line {min(marked) + 1}")
    return "".join(lines)


def _record(value: DerivedValue) -> str:
    source = "; ".join((*value.figures, f"citation: {value.formula}"))
    number, low, high = (_written(part) for part in (value.value, value.low, value.high))
    return f'{{value: {number}, basis: assumed, source: "{source}", range: [{low}, {high}]}}'


def _written(number: float) -> str:
    return f"{number:.10g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the derived lines of a baseline; 0 if done, 2 if the file has faults."""
    parser = argparse.ArgumentParser(prog="python -m calibration.derive", description=__doc__)
    parser.add_argument("baseline", type=Path, help="scenarios/<place>/baseline.yaml")
    path: Path = parser.parse_args(arguments).baseline
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    ledger = load_ledger()
    try:
        resolved = load_scenario(path, known_sources=frozenset(ledger.ids) | frozenset(ledger.sources))
    except InputError as error:
        for problem in error.problems:
            sys.stderr.write(f"{problem.file}:{problem.line}:{problem.column} {problem.path}: {problem.code}\n")
        return 2
    text = path.read_text(encoding="utf-8")
    written = with_derived_values(text, resolved, path.parent.name, ledger)
    path.write_text(written, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{path}: {'changed' if written != text else 'up to date'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
