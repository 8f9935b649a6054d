"""The project's Python files as text and syntax trees, for the tests of this folder."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = ("sim", "calibration")
ALL_CODE = ("sim", "calibration", "tests", "run_sim.py")


@dataclass(frozen=True)
class SourceFile:
    """One Python file: its path from the project's root, with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @property
    def line_count(self) -> int:
        return len(self.text.splitlines())


@cache
def source_files(*places: str) -> tuple[SourceFile, ...]:
    """All Python files under the given folders (or files) of the project; a folder that does not exist has none."""
    paths = sorted(path for place in places for path in _python_paths(ROOT / place))
    return tuple(SourceFile(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def _python_paths(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from place.rglob("*.py")


def imported_modules(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every absolute import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def dotted_name(node: ast.expr) -> str:
    """`np.random.default_rng` for the expression that spells it; empty for anything but names and attributes."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted_name(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""
