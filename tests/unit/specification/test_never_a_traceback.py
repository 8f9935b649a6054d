"""Whatever is written into a scenario file, it is read or refused; nothing else happens."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError, Problem
from sim.specification import load_scenario
from sim.specification.faults import FAULT_FIELDS

TEXT = (Path(__file__).parent / "units_in_a_file.yaml").read_text(encoding="utf-8")

positions = st.integers(0, len(TEXT) - 1)
pieces = st.text(alphabet=":{}[],&*!|>'\"#-? \n\t%@~=<>0a县\\\u2028", max_size=3)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(positions, st.integers(0, 20), pieces), min_size=1, max_size=4))
def test_a_file_with_anything_in_it_is_read_or_refused(edits: list[tuple[int, int, str]], tmp_path: Path) -> None:
    text = TEXT
    for start, removed, inserted in edits:
        text = text[:start] + inserted + text[start + removed :]
    (tmp_path / "units.csv").write_bytes((Path(__file__).parent / "units.csv").read_bytes())
    path = tmp_path / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        load_scenario(path)
    except InputError as error:
        problems = error.problems
    for problem in problems:
        assert problem.line >= 1
        assert set(problem.fields) == set(FAULT_FIELDS[problem.code])
