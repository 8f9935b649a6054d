"""Starts a program of this folder in the peers' environment: `python tests/benchmarks/peers/start.py ciw_network`.

Ciw's wheel brings a package called `tests`, which would hide this one.
"""

import runpy
import sys
from pathlib import Path
from types import ModuleType


def main() -> None:
    """Run the program that the first argument names, with the arguments that follow."""
    ours = ModuleType("tests")
    ours.__path__ = [str(Path(__file__).parents[2])]
    sys.modules["tests"] = ours
    del sys.argv[0]
    runpy.run_module(f"tests.benchmarks.peers.{sys.argv[0]}", run_name="__main__")


if __name__ == "__main__":
    main()
