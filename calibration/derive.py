"""Writes the values that follow from others into a scenario: `python -m calibration.derive scenarios/PLACE/*.yaml`.

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
from calibration.starting_points import StartingPoints, load_starting_points, names_of_places
from sim.errors import InputError
from sim.specification import ResolvedScenario, load_scenario

MARK: Final = "# derived"
BASELINE: Final = "baseline"
_LINE: Final = re.compile(rf"(?P<key>\s*\w+: )\{{.*\}}\s*{MARK}\n?")


def with_derived_values(text: str, file: Path, resolved: ResolvedScenario, ledger: Ledger) -> str:
    """Return the text of a scenario file, from which `resolved` was loaded, with its derived lines written anew.

    Values that stand in a file it extends are left. Raises ValueError where a derived value has no marked line, or a
    marked line no derived value.
    """
    lines = text.splitlines(keepends=True)
    marked = {number for number, line in enumerate(lines) if _LINE.fullmatch(line)}
    if not marked:
        return text
    derivation = derive(resolved.scenario, starting_points_of(file, resolved, ledger))
    for value in derivation.values:
        stated = resolved.provenance[value.path]
        if stated.file != file.as_posix():
            continue
        number = stated.line - 1
        match = _LINE.fullmatch(lines[number])
        if match is None:
            raise ValueError(f"line {number + 1} must be `{value.path.split('.')[-1]}: {{...}}  {MARK}`")
        lines[number] = f"{match['key']}{_record(value)}  {MARK}\n"
        marked.discard(number)
    if marked:
        raise ValueError(f"marked as derived, but nothing is derived for line {min(marked) + 1}")
    return "".join(lines)


def starting_points_of(file: Path, resolved: ResolvedScenario, ledger: Ledger | None = None) -> StartingPoints:
    """Return the starting points of the place that a scenario file belongs to, with those of the bases it extends."""
    return load_starting_points(*names_of_places(file, (Path(read.file) for read in resolved.files)), ledger=ledger)


def _record(value: DerivedValue) -> str:
    source = "; ".join((*value.figures, f"citation: {value.formula}"))
    record = f'value: {_written(value.value)}, basis: assumed, source: "{source}"'
    if value.low is not None and value.high is not None:
        record += f", range: [{_written(value.low)}, {_written(value.high)}]"
    return f"{{{record}}}"


def _written(number: float) -> str:
    return f"{number:.10g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the derived lines of scenario files, the baseline before its policies; 0 if done, 2 if one has faults."""
    parser = argparse.ArgumentParser(prog="python -m calibration.derive", description=__doc__)
    parser.add_argument("scenario", nargs="+", type=Path, help="scenario file in the folder of its place")
    paths: list[Path] = parser.parse_args(arguments).scenario
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    ledger = load_ledger()
    for path in sorted(paths, key=lambda path: (path.parent, path.stem != BASELINE, path.stem)):
        try:
            resolved = load_scenario(path, known_sources=ledger.citable)
        except InputError as error:
            sys.stderr.write("".join(f"{problem}\n" for problem in error.problems))
            return 2
        text = path.read_text(encoding="utf-8")
        written = with_derived_values(text, path, resolved, ledger)
        if written != text:
            path.write_text(written, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path}: {'written' if written != text else 'up to date'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
