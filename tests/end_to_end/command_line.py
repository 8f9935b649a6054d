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


def assert_only_the_environment_differs(one_folder: Path, other_folder: Path) -> None:
    one, other = contents(one_folder), contents(other_folder)
    assert sorted(one) == sorted(other)
    assert [name for name in other if one[name] != other[name]] == ["environment.json"]


def assert_report_and_verify_need_nothing_else(results: Path) -> None:
    """Remove what is drawn of a finished folder: it comes again as it was, and the whole folder is verified."""
    before = contents(results)
    for drawn in [*results.glob("report.*"), *(results / "figures").iterdir()]:
        drawn.unlink()
    rebuilt = type_in(results.parent, "report", results)
    assert rebuilt.exit_code == 0, rebuilt.err
    assert contents(results) == before
    verified = type_in(results.parent, "verify", results, "--workers", "1")
    assert verified.exit_code == 0, verified.err
    assert f"{len(before) - 1} files are equal byte for byte." in verified.out
