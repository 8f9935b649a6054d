"""Who may import whom: the layers of pyproject.toml, checked by import-linter."""

import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

from tests.architecture.source_tree import ROOT, source_files

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
LAYERS_LOWEST_FIRST = (
    "sim/vocabulary.py",
    "sim/errors.py",
    "sim/specification/__init__.py",
    "sim/jurisdiction/__init__.py",
    "sim/protocol/__init__.py",
    "sim/sampling/__init__.py",
    "sim/engine/__init__.py",
    "sim/outcomes/__init__.py",
    "sim/stats/__init__.py",
    "sim/experiment/__init__.py",
    "sim/report/__init__.py",
    "calibration/__init__.py",
    "sim/cli/__init__.py",
)
INDEPENDENT = {"sim.vocabulary", "sim.errors"}


def lint_imports(folder: Path) -> tuple[int, str]:
    finished = subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return finished.returncode, finished.stdout + finished.stderr


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def write_tree(folder: Path, imports: dict[str, list[str]]) -> None:
    """A tree of all layers under `folder` in which each file imports the modules named for it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path in ("sim/__init__.py", *LAYERS_LOWEST_FIRST):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        lines = [f"import {module}\n" for module in imports.get(path, [])]
        (folder / path).write_text("".join(lines), encoding="utf-8")


def test_the_project_keeps_its_layers() -> None:
    exit_code, output = lint_imports(ROOT)
    assert exit_code == 0, output


def test_every_module_of_sim_has_its_place_in_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    placed = {name.strip(" ()") for layer in contracts["layers"]["layers"] for name in layer.split("|")}
    found = {".".join(module_name(file.path).split(".")[:2]) for file in source_files("sim")} - {"sim"}
    assert found <= placed, f"add to the layers in pyproject.toml: {sorted(found - placed)}"


def test_the_package_sim_itself_imports_nothing() -> None:
    imports = [line for file in source_files("sim/__init__.py") for line in file.text.splitlines() if "import" in line]
    assert imports == [], "whatever imports any part of sim would import this too"


def test_a_layer_may_import_everything_below_it(tmp_path: Path) -> None:
    downwards = {
        path: [module_name(lower) for lower in LAYERS_LOWEST_FIRST[:position]]
        for position, path in enumerate(LAYERS_LOWEST_FIRST)
        if module_name(path) not in INDEPENDENT
    }
    write_tree(tmp_path, downwards)
    exit_code, output = lint_imports(tmp_path)
    assert exit_code == 0, output


def test_every_import_of_the_next_layer_up_is_refused(tmp_path: Path) -> None:
    upwards = {path: [module_name(upper)] for path, upper in pairwise(LAYERS_LOWEST_FIRST)}
    write_tree(tmp_path, upwards)
    exit_code, output = lint_imports(tmp_path)
    assert exit_code == 1
    for path, (upper,) in upwards.items():
        assert f"{module_name(path)} is not allowed to import {upper}" in output


def test_a_circle_inside_a_folder_is_refused(tmp_path: Path) -> None:
    write_tree(tmp_path, {})
    (tmp_path / "sim/stats/intervals.py").write_text("import sim.stats.verdicts\n", encoding="utf-8")
    (tmp_path / "sim/stats/verdicts.py").write_text("import sim.stats.intervals\n", encoding="utf-8")
    exit_code, output = lint_imports(tmp_path)
    assert exit_code == 1
    assert "sim.stats" in output
