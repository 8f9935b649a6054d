"""Posterior samples that a scenario names: read where they are named, refused with the place of each fault."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario, to_yaml, validate_path
from sim.specification.posterior_file import read_posterior_file

HERE = Path(__file__).parent
HEADER = "draw,parameter:found,value:emergence.rate_per_1000_per_year,value:staff_groups.cadres.posts\n"
ROWS = "0,5.5,12,3\n1,7,14.25,2\n"


def _refused(tmp_path: Path, table: str) -> list[tuple[str, int, int]]:
    (tmp_path / "sample.csv").write_bytes(table.encode())
    with pytest.raises(InputError) as refused:
        read_posterior_file(tmp_path / "sample.csv")
    assert {Path(problem.file).name for problem in refused.value.problems} == {"sample.csv"}
    return [(problem.code, problem.line, problem.column) for problem in refused.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A baseline that extends a fit in another folder, and a policy that extends the baseline."""
    (tmp_path / "fitted").mkdir()
    (tmp_path / "place").mkdir()
    (tmp_path / "fitted" / "sample.csv").write_bytes((HEADER + ROWS).encode())
    fit = "experiment: {posterior: sample.csv}\n"
    (tmp_path / "fitted" / "fit.yaml").write_text(fit, encoding="utf-8")
    whole = (HERE / "two_tiers.yaml").read_text(encoding="utf-8")
    (tmp_path / "place" / "whole.yaml").write_text(whole, encoding="utf-8")
    baseline = "extends: [whole.yaml, ../fitted/fit.yaml]\nname: {zh: 甲, en: A}\n"
    (tmp_path / "place" / "baseline.yaml").write_text(baseline, encoding="utf-8")
    policy = "extends: baseline.yaml\nname: {zh: 乙, en: B}\n"
    (tmp_path / "place" / "policy.yaml").write_text(policy, encoding="utf-8")
    return tmp_path


def test_the_file_is_found_from_the_file_that_names_it_and_every_policy_has_it(folder: Path) -> None:
    for name in ("baseline", "policy"):
        resolved = load_scenario(folder / "place" / f"{name}.yaml")
        assert resolved.posterior is not None
        assert resolved.posterior.draws == ("0", "1")
        assert resolved.posterior.parameters == {"found": (5.5, 7)}
        assert resolved.posterior.values_of(1) == {
            "emergence.rate_per_1000_per_year": 14.25,
            "staff_groups.cadres.posts": 2,
        }
        assert [Path(read.file).name for read in resolved.files][-1] == "sample.csv"


def test_a_resolved_scenario_leads_nowhere_and_can_be_read_in_any_folder(folder: Path, tmp_path: Path) -> None:
    text = to_yaml(load_scenario(folder / "place" / "policy.yaml"))
    assert "posterior:" not in text
    (tmp_path / "elsewhere.yaml").write_text(text, encoding="utf-8")
    again = load_scenario(tmp_path / "elsewhere.yaml")
    assert again.posterior is None
    assert to_yaml(again) == text


def test_a_missing_file_is_told_where_it_is_named(folder: Path) -> None:
    (folder / "fitted" / "sample.csv").rename(folder / "fitted" / "samples.csv")
    with pytest.raises(InputError) as refused:
        load_scenario(folder / "place" / "policy.yaml")
    (problem,) = refused.value.problems
    assert (problem.code, Path(problem.file).name, problem.line, problem.column) == ("file_missing", "fit.yaml", 1, 25)
    assert problem.fields["suggestion"].endswith("fitted/samples.csv")


@pytest.mark.parametrize("named", ["place/policy.yaml", "fitted/fit.yaml"])
def test_validation_reads_the_sample_of_a_scenario_and_of_an_overlay(folder: Path, named: str) -> None:
    (folder / "fitted" / "sample.csv").write_text(HEADER + ROWS.replace("14.25", "many"), encoding="utf-8")
    (check,) = validate_path(folder / named)
    assert [(p.code, p.line, p.column, p.path) for p in check.problems] == [
        ("not_a_number", 3, 5, "value:emergence.rate_per_1000_per_year")
    ]


def test_a_sample_written_again_is_the_same_sample(tmp_path: Path) -> None:
    header = HEADER.replace("draw,", "draw,implied:surfaced,")
    rows = '"0",0.5,5.50, 12 ,3\r\n\n1,0.4,7,1.425e1,2.0\n'
    (tmp_path / "sample.csv").write_bytes(("\ufeff" + header + rows).encode())
    sample = read_posterior_file(tmp_path / "sample.csv")
    (tmp_path / "again.csv").write_text(sample.text(), encoding="utf-8")
    again = read_posterior_file(tmp_path / "again.csv")
    assert again.text() == sample.text()
    assert (again.draws, again.parameters, again.values) == (sample.draws, sample.parameters, sample.values)
    assert sample.first(1).text() == HEADER + "0,5.5,12,3\n"
    with pytest.raises(ValueError, match="3 draws are wanted, the sample has 2"):
        sample.first(3)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("", [("file_empty", 1, 1)]),
        (HEADER, [("file_empty", 1, 1)]),
        ("parameter:a,value:b\n1,2\n", [("csv_column_missing", 1, 1)]),
        ("draw,value:b\n1,2\n", [("csv_column_missing", 1, 1)]),
        ("draw,parameter:a\n1,2\n", [("csv_column_missing", 1, 1)]),
        ("draw,parameter:a,value:b,c\n1,2,3,4\n", [("csv_column_unknown", 1, 26)]),
        ("draw,parameter:,parameter:a,value:b\n1,2,3,4\n", [("csv_column_unknown", 1, 6)]),
        ("draw,parameter:a,value:b,value:b\n1,2,3,4\n", [("csv_column_twice", 1, 26)]),
        ("draw,parameter:a,value:tiers[kind=town]\n1,2,3\n", [("path_syntax", 1, 18)]),
        (HEADER + "0,5.5,12\n", [("csv_row_length", 2, 1)]),
        (HEADER + ROWS.replace("14.25", ".inf"), [("not_finite", 3, 5)]),
        (HEADER + ROWS.replace("14.25", ""), [("not_a_number", 3, 5)]),
        (HEADER + ROWS.replace("1,7", "0,7"), [("duplicate_item", 3, 1)]),
        (HEADER + ROWS.replace("1,7", ",7"), [("value_invalid", 3, 1)]),
    ],
)
def test_faults_are_told_with_their_places(tmp_path: Path, table: str, found: list[tuple[str, int, int]]) -> None:
    assert _refused(tmp_path, table) == found
