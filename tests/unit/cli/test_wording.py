"""Every fault and every message has words in both languages, and a problem is one line."""

import re
from pathlib import Path

import pytest

from sim.cli.wording import LANGUAGES, command_words, field_names
from sim.errors import Problem
from sim.experiment.faults import QUESTION_FAULTS
from sim.specification.faults import FAULT_FIELDS

ROOT = Path(__file__).parents[3]
DECLARED = {**FAULT_FIELDS, **QUESTION_FAULTS}
EN, ZH = command_words("en"), command_words("zh")


def source_texts(*folders: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def codes_in_source() -> set[str]:
    """Codes that are written out where problems are made, and those of the ledger, which have a prefix."""
    literal = re.compile(r'\bProblem\(\s*(?:code=)?"([a-z_.]+)"')
    of_ledger = re.compile(r'(?:\.fault\(\s*|Problem\(f?")"?(?:ledger\.)?([a-z_]+)"')
    found = {code for text in source_texts("sim", "calibration") for code in literal.findall(text)}
    ledger = (ROOT / "calibration" / "ledger.py").read_text(encoding="utf-8")
    return found | {f"ledger.{code}" for code in of_ledger.findall(ledger)}


def test_the_scan_of_the_source_finds_codes() -> None:
    assert {"tiers_differ", "out_not_writable", "run_folder_missing_columns", "ledger.circular"} <= codes_in_source()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_words(language: str) -> None:
    words = command_words(language)
    assert sorted(({*DECLARED} | codes_in_source()) - set(words.problems)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_for_faults_that_exist_and_use_only_their_fields(language: str) -> None:
    words = command_words(language)
    assert sorted(set(words.problems) - {*DECLARED} - codes_in_source()) == []
    for code, fields in DECLARED.items():
        used = {name for clause in words.problems[code] for name in field_names(clause)}
        assert used <= set(fields), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_names_what_was_found_and_what_is_meant(language: str) -> None:
    words = command_words(language)
    for code, fields in DECLARED.items():
        used = {name for clause in words.problems[code] for name in field_names(clause)}
        assert {"found", "suggestion", "allowed", "key"} & set(fields) <= used, code


def test_languages_have_the_same_messages_with_the_same_fields() -> None:
    assert list(ZH.messages) == list(EN.messages)
    for key, text in EN.messages.items():
        assert sorted(field_names(ZH.messages[key])) == sorted(field_names(text)), key
    assert set(ZH.problems) == set(EN.problems)


def test_every_message_is_said_somewhere() -> None:
    text = "".join(source_texts("sim/cli"))
    by_pattern = (
        "help_",
        "brief_",
        "stage_",
        "done_",
        "file_is_valid",
        "overlay_is_valid",
        "study_is_valid",
        "nation_is_valid",
        "targets_is_valid",
    )
    unsaid = [key for key in EN.messages if not key.startswith(by_pattern) and text.count(f'"{key}"') < 3]
    assert unsaid == [], "besides its two catalogues nothing names these"


def test_a_problem_is_one_line_with_place_path_and_clauses() -> None:
    fields = {"key": "sharee", "allowed": "share, name", "suggestion": "share"}
    problem = Problem("unknown_key", "a.yaml", 3, 5, "categories.land.sharee", fields)
    assert EN.problem_line(problem) == (
        'a.yaml:3:5 categories.land.sharee: there is no key "sharee" here; allowed: share, name; did you mean "share"?'
    )
    assert ZH.problem_line(problem) == (
        "a.yaml:3:5 categories.land.sharee: 此处没有“sharee”这个键；可用：share, name；是不是想写“share”？"
    )


def test_clauses_without_content_are_left_out_and_so_is_a_place_without_line() -> None:
    fields = {"key": "x", "allowed": "", "suggestion": ""}
    assert EN.problem_line(Problem("unknown_key", "a.yaml", fields=fields)) == 'a.yaml: there is no key "x" here'
    assert EN.problem_line(Problem("compare_needs_two")).startswith("a comparison needs two")


def test_codes_within_fields_are_put_into_words() -> None:
    fields = {"kind": "staff_group", "found": "x", "allowed": "", "suggestion": ""}
    problem = Problem("unknown_id", "a.yaml", 1, 1, "p", fields)
    assert "no staff group" in EN.problem_line(problem)
    assert "没有名为“x”的人员类别" in ZH.problem_line(problem)
    too_small = Problem("below_minimum", "a.yaml", 1, 1, "p", {"found": "-1", "minimum": "0", "unit": "hours"})
    assert ZH.problem_line(too_small).endswith("单位：小时")


def test_a_value_of_several_lines_stays_on_one_line() -> None:
    assert "\n" not in EN.problem_line(Problem("not_a_number", "a.yaml", 1, 1, "p", {"found": "a\nb", "unit": ""}))


def test_braces_in_a_value_are_no_places_for_fields() -> None:
    line = EN.problem_line(Problem("not_a_number", "a.yaml", 1, 1, "p", {"found": "{key}", "unit": ""}))
    assert line.endswith("found: {key}")


def test_a_code_without_words_still_tells_what_it_knows() -> None:
    assert EN.problem_line(Problem("brand_new", "a.yaml", fields={"found": "x"})) == "a.yaml: brand_new (found x)"
