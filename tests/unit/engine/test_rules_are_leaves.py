"""`rules.py` only compares and adds, and no rule calls another: so that a compiled engine can share it."""

import ast
import inspect

import pytest

from sim.engine import rules

ALLOWED_CALLS = {"int", "len", "min", "max", "range"}
ALLOWED_OPERATORS = (ast.Add, ast.Sub)
ALLOWED_IMPORTS = {"collections.abc", "sim.vocabulary"}


def what_is_more_than_comparing_and_adding(source: str) -> list[str]:
    """Names and operators of a module that a rule may not use, each with its line."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in ALLOWED_CALLS):
            found.append(f"{node.lineno}: calls {ast.unparse(node.func)}")
        if isinstance(node, ast.BinOp) and not isinstance(node.op, (*ALLOWED_OPERATORS, ast.BitOr)):
            found.append(f"{node.lineno}: {type(node.op).__name__}")
        if isinstance(node, ast.AugAssign) and not isinstance(node.op, ALLOWED_OPERATORS):
            found.append(f"{node.lineno}: {type(node.op).__name__}")
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: imports {alias.name}" for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module not in ALLOWED_IMPORTS:
            found.append(f"{node.lineno}: imports {node.module}")
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"{node.lineno}: the number {node.value}")
        if isinstance(node, ast.Global | ast.Nonlocal | ast.Lambda | ast.Try | ast.With | ast.ClassDef):
            found.append(f"{node.lineno}: {type(node).__name__}")
    return found


def test_rules_compare_and_add_and_call_nothing() -> None:
    assert what_is_more_than_comparing_and_adding(inspect.getsource(rules)) == []


@pytest.mark.parametrize(
    "line",
    [
        "return passes(a, 2)",
        "return a * 2",
        "return a // 2",
        "return a ** 2",
        "return a % 2",
        "a *= 2",
        "return 0.5",
        "return math.exp(a)",
        "return np.log(a)",
        "import math",
        "from math import log",
        "return a.bit_length()",
    ],
)
def test_more_than_that_is_found(line: str) -> None:
    assert len(what_is_more_than_comparing_and_adding(f"def rule(a: int) -> int:\n    {line}\n")) >= 1


def test_every_rule_says_what_it_decides() -> None:
    functions = [function for _, function in inspect.getmembers(rules, inspect.isfunction)]
    assert len(functions) >= 10
    assert [function.__name__ for function in functions if not inspect.getdoc(function)] == []
