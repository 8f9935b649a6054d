"""A change of a rule reaches the machine code, though Numba itself does not notice a change in another file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim

PARTS = ("__init__.py", "vocabulary.py", "engine/__init__.py", "engine/rules.py")
A_SMALL_KERNEL = """
from sim.engine.compiled_engine.compiling import entry_point
from sim.engine.compiled_engine.decisions import passes


@entry_point
def is_settled(age_s: int, until_age_s: int) -> bool:
    return passes(age_s, until_age_s)
"""
ASK = """
from sim.engine.compiled_engine.small_kernel import is_settled
print(is_settled(5, 5), sum(is_settled.stats.cache_hits.values()))
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of what a kernel is compiled from, with a kernel of one rule."""
    root = Path(sim.__file__).parent
    engine = Path("engine") / "compiled_engine"
    folder = tmp_path / "sim" / engine
    shutil.copytree(root / engine, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for part in PARTS:
        shutil.copy(root / part, tmp_path / "sim" / part)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "small_kernel.py").write_text(A_SMALL_KERNEL, encoding="utf-8")
    return tmp_path


def asked(copied: Path) -> str:
    variables = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    variables["PYTHONPATH"] = str(copied)
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=copied, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_edited_rule_changes_what_the_kernel_says(copied: Path) -> None:
    assert asked(copied) == "True 0"
    assert asked(copied) == "True 1", "compiled once, then found on disk"
    rules = copied / "sim" / "engine" / "rules.py"
    before = rules.read_text(encoding="utf-8")
    rules.write_text(before.replace("return age_s <= until_age_s", "return age_s < until_age_s"), encoding="utf-8")
    assert asked(copied) == "False 0"
