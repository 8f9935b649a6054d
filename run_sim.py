"""The command line: `python run_sim.py --help`. Everything it does is in sim.cli."""

import os
import sys

WINDOWS = os.name == "nt"
PYTHON, MAKER = (r".venv\Scripts\python", "py -3.11") if WINDOWS else (".venv/bin/python", "python3.11")
BY_HAND = f"{MAKER} -m venv .venv, then {PYTHON} -m pip install -c constraints.txt -e ."
TO_TYPE = f"{BY_HAND if WINDOWS else f'make run (or: {BY_HAND})'}, then {PYTHON} run_sim.py ..."


def main() -> int:
    """Hands over to sim.cli and returns its exit code; outside the environment says in one line what to type."""
    try:
        if sys.version_info < (3, 11):
            raise ImportError("it is older than 3.11")
        from sim.cli import main as command_line

        return command_line()
    except ImportError as error:
        if (error.name or "").split(".")[0] in ("sim", "calibration"):
            raise
        print(f"This Python cannot run it ({error}). Type: {TO_TYPE}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
