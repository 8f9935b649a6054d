"""A newcomer finds any line from the names of folders and files, and reads any function without scrolling."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.source_tree import ALL_CODE, MODEL, SourceFile, source_files

MOST_LINES_PER_FILE = 350
MOST_LINES_PER_FUNCTION = 70
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "misc", "manager", "managers"}
SAYS_NOTHING_ALONE = SAYS_NOTHING | {"data", "common", "core", "base", "stuff"}


def oversized(file: SourceFile) -> Iterator[str]:
    if file.line_count > MOST_LINES_PER_FILE:
        yield f"{file.path}: {file.line_count} lines, at most {MOST_LINES_PER_FILE}: which two things does it hold?"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_PER_FUNCTION:
                yield f"{file.path}:{node.lineno}: {node.name} has {lines} lines, at most {MOST_LINES_PER_FUNCTION}"


def names_that_say_nothing(path: str) -> list[str]:
    names = PurePosixPath(path).with_suffix("").parts
    return [name for name in names if name in SAYS_NOTHING_ALONE or SAYS_NOTHING & set(name.split("_"))]


def test_files_and_functions_of_the_model_stay_readable() -> None:
    assert [finding for file in source_files(*MODEL) for finding in oversized(file)] == []


def test_file_and_folder_names_say_what_is_inside() -> None:
    assert [file.path for file in source_files(*ALL_CODE) if names_that_say_nothing(file.path)] == []


def test_tests_are_no_packages() -> None:
    packages = [file.path for file in source_files("tests") if file.path.endswith("__init__.py")]
    assert packages == [], (
        "pytest imports tests by path (importmode=importlib); an __init__.py would change their names"
    )


def test_a_long_file_and_a_long_function_are_found() -> None:
    body = "    x = 1\n" * MOST_LINES_PER_FUNCTION
    assert len(list(oversized(SourceFile("sim/a.py", f"def f():\n{body}")))) == 1
    assert len(list(oversized(SourceFile("sim/a.py", "x = 1\n" * (MOST_LINES_PER_FILE + 1))))) == 1
    assert list(oversized(SourceFile("sim/a.py", f"def f():\n{body[10:]}"))) == []


@pytest.mark.parametrize("path", ["sim/utils.py", "sim/report/figure_helpers.py", "sim/data/x.py", "tests/misc.py"])
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    assert names_that_say_nothing(path) != []


@pytest.mark.parametrize("path", ["sim/sampling/streams.py", "sim/outcomes/dispute_table.py", "run_sim.py"])
def test_a_telling_name_passes(path: str) -> None:
    assert names_that_say_nothing(path) == []
