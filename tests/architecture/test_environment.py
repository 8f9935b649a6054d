"""Setting up: .ci/environment with a make-believe Python that installs nothing; run_sim.py without its libraries."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows types the plain commands of CONTRIBUTING.md")

# Answers what the script asks of a Python; `venv` copies it into place, `pip` notes that it was called.
MAKE_BELIEVE_PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) exit {too_old} ;;
    *ensurepip*) exit {no_venv} ;;
    -V) echo "Python {version}" ;;
    "-m venv"*) rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "$*" >>made.txt ;;
    "-m pip install"*) echo "$*" >>installed.txt; exit $(cat pip_fails.txt) ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "a clone"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/environment", folder / ".ci")
    for name in ("pyproject.toml", "constraints.txt", "run_sim.py"):
        shutil.copy(ROOT / name, folder)
    (folder / "made.txt").touch()
    (folder / "installed.txt").touch()
    (folder / "pip_fails.txt").write_text("0", encoding="utf-8")
    return folder


def make_believe(folder: Path, *, too_old: bool = False, no_venv: bool = False, version: str = "3.11.0") -> str:
    path = folder.parent / f"python-{version}"
    text = MAKE_BELIEVE_PYTHON.format(too_old=int(too_old), no_venv=int(no_venv), version=version)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def set_up(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(folder / ".ci/environment"), python]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def made_and_installed(folder: Path) -> tuple[int, int]:
    """How often a virtual environment was made, and how often packages were installed into one."""
    made, installed = ((folder / name).read_text(encoding="utf-8") for name in ("made.txt", "installed.txt"))
    return len(made.splitlines()), len(installed.splitlines())


def test_the_environment_is_made_once(clone: Path) -> None:
    python = make_believe(clone)
    first, second = set_up(clone, python), set_up(clone, python)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert made_and_installed(clone) == (1, 1)
    assert "MB" in first.stdout, "says how much is downloaded"
    assert second.stdout + second.stderr == "", "says nothing when there is nothing to do"


@pytest.mark.parametrize(
    ("name", "expected"), [("constraints.txt", (2, 2)), ("pyproject.toml", (1, 2))], ids=["anew", "in place"]
)
def test_the_environment_follows_its_files(clone: Path, name: str, expected: tuple[int, int]) -> None:
    python = make_believe(clone)
    set_up(clone, python)
    with (clone / name).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert set_up(clone, python).returncode == 0
    assert made_and_installed(clone) == expected
    assert set_up(clone, python).stdout == ""


def test_a_newer_date_alone_installs_nothing(clone: Path) -> None:
    python = make_believe(clone)
    set_up(clone, python)
    os.utime(clone / "pyproject.toml", (4e9, 4e9))
    set_up(clone, python)
    assert made_and_installed(clone) == (1, 1)


def test_a_broken_off_installation_is_not_taken_for_a_finished_one(clone: Path) -> None:
    python = make_believe(clone)
    (clone / "pip_fails.txt").write_text("1", encoding="utf-8")
    assert set_up(clone, python).returncode != 0
    (clone / "pip_fails.txt").write_text("0", encoding="utf-8")
    assert set_up(clone, python).returncode == 0
    assert made_and_installed(clone) == (2, 2)


def test_another_python_that_is_asked_for_gets_a_new_environment(clone: Path) -> None:
    set_up(clone, make_believe(clone))
    set_up(clone, make_believe(clone, version="3.12.0"))
    assert made_and_installed(clone) == (2, 2)


def test_a_moved_clone_gets_its_environment_anew(clone: Path) -> None:
    python = make_believe(clone)
    set_up(clone, python)
    moved = clone.rename(clone.with_name("moved"))
    set_up(moved, python)
    assert made_and_installed(moved) == (2, 2)


@pytest.mark.parametrize(("fault", "named"), [("too old", "3.11 or newer"), ("no venv", "venv module")])
def test_a_python_that_will_not_do_is_said_in_one_line(clone: Path, fault: str, named: str) -> None:
    answer = set_up(clone, make_believe(clone, too_old=fault == "too old", no_venv=fault == "no venv"))
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert named in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert not (clone / ".venv").exists()


def test_a_python_that_does_not_exist_is_said_in_one_line(clone: Path) -> None:
    answer = set_up(clone, "python-of-nobody")
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1


def test_outside_the_environment_run_sim_says_in_one_line_what_to_type(clone: Path) -> None:
    shutil.copytree(ROOT / "sim", clone / "sim")
    if not (clone / "sim/cli").exists():
        (clone / "sim/cli").mkdir()
        (clone / "sim/cli/__init__.py").write_text("import typer\n", encoding="utf-8")
    # -S: this Python without its installed packages.
    answer = subprocess.run(
        [sys.executable, "-S", "run_sim.py", "compare", "scenarios/xichou"],
        cwd=clone,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert "make run" in answer.stderr
