"""Types commands as a user does, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TINY_COUNTY = ROOT / "tests" / "end_to_end" / "tiny_county"


@dataclass(frozen=True)
class Finished:
    """A command that has ended, and what it printed."""

    exit_code: int
    out: str
    err: str


def environment(**variables: str) -> dict[str, str]:
    """The variables of an English user, with some changed."""
    return {**os.environ, "LC_ALL": "en_GB.UTF-8", "PYTHONIOENCODING": "utf-8", **variables}


def command(*arguments: str | Path) -> Sequence[str]:
    return [sys.executable, str(ROOT / "run_sim.py"), *map(str, arguments)]


def type_in(folder: Path, *arguments: str | Path, **variables: str) -> Finished:
    """Run a command in a folder and wait for its end."""
    done = subprocess.run(
        command(*arguments), cwd=folder, env=environment(**variables), capture_output=True, timeout=300, check=False
    )
    encoding = environment(**variables)["PYTHONIOENCODING"]
    out, err = (text.decode(encoding, errors="replace") for text in (done.stdout, done.stderr))
    return Finished(done.returncode, out, err)


def run_folder(out: Path) -> Path:
    """The one run folder below a results folder."""
    (manifest,) = out.glob("*/*/manifest.json")
    return manifest.parent


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
