"""Checking files and folders without running them."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import validate_path
from tests.unit.specification.conftest import Write


def test_a_scenario_is_checked_with_all_that_it_extends(write: Write) -> None:
    (check,) = validate_path(write("staff_groups: {town_cadrs: {posts: 3}}\n"))
    assert check.kind == "scenario"
    assert [problem.code for problem in check.problems] == ["overlay_unknown_id"]


def test_warnings_do_not_make_a_scenario_wrong(write: Write) -> None:
    (check,) = validate_path(write("patrol: ~\n"))
    assert check.problems == ()
    assert "unused_value" in {warning.code for warning in check.warnings}


def test_an_overlay_alone_is_said_to_be_one_and_checked_for_what_it_has(write: Write) -> None:
    (check,) = validate_path(
        write(
            "staff_groups: {x: {posts: -1, psots: 3}, y: ~}\npatience: ~\ntriage: {noise_sd_logit: 0.1}\n"
            "household: {persons: {value: 3, basis: reported}}\n"
            "changes: [{scale: {path: a..b, factor: 2}}]\n",
            extends=False,
        )
    )
    assert check.kind == "overlay"
    assert [(problem.code, problem.line) for problem in check.problems] == [
        ("below_minimum", 1),
        ("unknown_key", 1),
        ("record_source_missing", 4),
        ("path_syntax", 5),
    ]


def test_an_overlay_without_fault_has_none(write: Write) -> None:
    (check,) = validate_path(write("patrol: {find_prob: 0.2}\n", extends=False))
    assert (check.kind, check.problems) == ("overlay", ())


@pytest.mark.parametrize("text", ["tires: {}\nplace: {zh: a, en: b}\n", "schema_version: 1\n"])
def test_a_scenario_that_lacks_its_tiers_is_no_overlay(text: str, write: Write) -> None:
    (check,) = validate_path(write(text, extends=False))
    assert check.kind == "scenario"
    assert check.problems


def test_all_files_of_a_folder_are_checked_in_order_of_name(write: Write) -> None:
    write("seeed: 3\n", "b.yaml")
    write("", "deeper/c.yml")
    write("not yaml: [", "notes.txt", extends=False)
    checks = validate_path(write("", "a.yaml").parent)
    assert [(Path(check.file).name, len(check.problems)) for check in checks] == [
        ("a.yaml", 0),
        ("b.yaml", 1),
        ("c.yml", 0),
    ]


def test_sources_are_checked_against_the_ledger(write: Write) -> None:
    path = write("household: {persons: {value: 3, basis: reported, source: F99}}\n")
    assert validate_path(path)[0].problems == ()
    (problem,) = validate_path(path, frozenset({"F98"}))[0].problems
    assert (problem.code, problem.fields["suggestion"]) == ("unknown_source", "F98")


def test_a_path_that_leads_to_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        validate_path(tmp_path / "nothing")
    assert refused.value.problems[0].code == "file_missing"
    with pytest.raises(InputError) as refused:
        validate_path(tmp_path)
    assert refused.value.problems[0].code == "folder_without_scenarios"


def test_a_missing_scenario_is_a_fault_of_its_check(tmp_path: Path) -> None:
    (check,) = validate_path(tmp_path / "nothing.yaml")
    assert [problem.code for problem in check.problems] == ["file_missing"]
