"""Each file of bad_inputs/ is named for its fault; expected.csv says what must be reported, and nothing else may be."""

import csv
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario
from sim.specification.faults import FAULT_FIELDS

FOLDER = Path(__file__).parent / "bad_inputs"
KNOWN_SOURCES = frozenset({"F54", "F12", "shi2022"})

WORDINGS_OF_LIBRARIES = ("pydantic", "Input should", "<file>", "while parsing", "Errno")

Row = tuple[str, str, int, int, str, str]


def _expected() -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {path.name: [] for path in sorted(FOLDER.glob("*.yaml"))}
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = (int(row["line"]), int(row["column"]))
            rows[row["input"]].append((row["code"], row["file"], *place, row["path"], row["suggestion"]))
    return rows


EXPECTED = _expected()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_input_is_refused_where_and_as_its_name_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(InputError) as refused:
        load_scenario(name, known_sources=KNOWN_SOURCES)
    problems = refused.value.problems
    assert EXPECTED[name]
    assert [(p.code, p.file, p.line, p.column, p.path, p.fields.get("suggestion", "")) for p in problems] == EXPECTED[
        name
    ]
    for problem in problems:
        assert set(problem.fields) == set(FAULT_FIELDS[problem.code])
        said = " ".join(problem.fields.values())
        assert not [wording for wording in WORDINGS_OF_LIBRARIES if wording in said]


def test_every_code_is_used() -> None:
    root = Path(__file__).parents[3]
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("sim/specification", "calibration/fit")
        for path in (root / folder).rglob("*.py")
        if path.name != "faults.py"
    )
    assert [code for code in FAULT_FIELDS if f'"{code}"' not in source] == []
