"""Scenario files for the tests of this layer: three complete ones, and overlays written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import ResolvedScenario, load_scenario

HERE = Path(__file__).parent
EXAMPLES = tuple(HERE / name for name in ("complete.yaml", "two_tiers.yaml", "units_in_a_file.yaml"))

Write = Callable[..., Path]
Found = list[tuple[str, int, int]]
ProblemsOf = Callable[..., Found]
Changed = Callable[[str], ResolvedScenario]


@pytest.fixture
def complete() -> Path:
    """A scenario file with every optional block."""
    return EXAMPLES[0]


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    """Each complete scenario file in turn; between them they have every kind of every block."""
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and return its path; `extends=True` puts a line before the text that extends complete.yaml."""

    def _write(text: str, name: str = "policy.yaml", *, extends: bool = True) -> Path:
        head = f"extends: {EXAMPLES[0].as_posix()}\n" if extends else ""
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, encoding="utf-8", newline="\n")
        return path

    return _write


@pytest.fixture
def changed(write: Write) -> Changed:
    """Load complete.yaml with an overlay on top of it, given as text."""

    def _changed(text: str) -> ResolvedScenario:
        return load_scenario(write(text))

    return _changed


@pytest.fixture
def problems_of() -> ProblemsOf:
    """Load something that must be refused; return code, line and column of every problem."""

    def _problems_of(path: Path, *overlays: Path, settings: tuple[str, ...] = ()) -> Found:
        with pytest.raises(InputError) as refused:
            load_scenario(path, overlays, settings)
        return [(problem.code, problem.line, problem.column) for problem in refused.value.problems]

    return _problems_of
