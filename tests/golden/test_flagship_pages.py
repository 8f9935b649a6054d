"""The texts on the flagship comparisons say what the result files beside the scenarios say, and nothing else."""

import re
from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.asking import files_to_compare
from sim.experiment.posterior_table import SUMMARY_FILE
from tests.golden.flagship_pages import (
    FIXED_FILE,
    OTHER_FILE,
    QUESTIONS,
    TEXTS,
    parts_of,
    survival,
    table_of,
    tables,
    text_of,
)

A_NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?")
NO_RESULTS = re.compile(
    r"^## (?:What was compared|Reproduce)\n.*?(?=^## |\Z)|`[^`]*`|\(\w+\.md\)|Part 2|^#.*?$", re.MULTILINE | re.DOTALL
)
"""What a policy is, what to type, and headings: numbers there are no results."""


def numbers_in(text: str) -> set[str]:
    return {found.group().lstrip("+−-").replace(",", "") for found in A_NUMBER.finditer(text)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_tables_of_a_text_are_those_of_its_files(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TEXTS.parents[1])
    inside = parts_of(text_of(question))[1]
    assert inside == tables(question), "run `python -m tests.golden.flagship_pages`"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_text_has_no_number_that_is_not_in_its_tables(question: str) -> None:
    before, inside, after = parts_of(text_of(question))
    told = numbers_in(NO_RESULTS.sub("", f"{before}\n{after}"))
    assert sorted(told - numbers_in(inside)) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_text_is_one_page_with_a_chinese_abstract(question: str) -> None:
    before, _, after = parts_of(text_of(question))
    english, chinese = f"{before}{after}".split("## 中文摘要")
    abstract = chinese.split("\n## ", maxsplit=1)[0]
    assert 400 <= len(english.split()) <= 800
    assert 180 <= len(re.findall(r"[一-鿿]", abstract)) <= 400


@pytest.mark.parametrize("question", QUESTIONS)
def test_result_files_beside_scenarios_are_no_scenarios(question: str) -> None:
    folder = QUESTIONS[question]
    kept = [folder / name for name in (SUMMARY_FILE, OTHER_FILE, FIXED_FILE)]
    assert all(path.is_file() for path in kept)
    assert {path.suffix for path in files_to_compare(folder)} == {".yaml"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_files_tell_of_the_policies_that_the_folder_compares(question: str) -> None:
    compared = [path.stem for path in files_to_compare(QUESTIONS[question])]
    summary = table_of(question, SUMMARY_FILE)
    assert sorted(summary["scenario"].unique()) == sorted(compared)
    assert sorted(table_of(question, FIXED_FILE)["scenario"].unique()) == sorted(set(compared) - {"baseline"})


@pytest.mark.parametrize(
    ("before", "verdict", "better", "said"),
    [
        ("better", "better", 1.0, "survives"),
        ("worse", "within_noise", 0.02, "sign only"),
        ("worse", "unclear", 0.2, "does not survive"),
        ("better", "worse", 0.0, "does not survive"),
        ("within_noise", "within_noise", 0.7, "survives"),
        ("within_noise", "unclear", 0.7, "does not survive"),
        ("unclear", "unclear", 0.5, "still open"),
        ("unclear", "better", 0.99, "now decided"),
    ],
)
def test_what_becomes_of_a_verdict(before: str, verdict: str, better: float, said: str) -> None:
    assert survival(before, {"verdict": verdict, "prob_better": better}) == said


def test_the_page_of_the_questions_has_the_posterior_means_of_their_files() -> None:
    readme = (Path("scenarios") / "flagship" / "README.md").read_text(encoding="utf-8")
    for question in QUESTIONS:
        assert f"../../docs/flagships/{question}.md" in readme
    told = numbers_in(readme.split("<!-- numbers -->")[1].split("<!-- end of numbers -->")[0]) - {"180"}
    known = set().union(*(numbers_in(parts_of(text_of(question))[1]) for question in QUESTIONS))
    assert sorted(told - known) == []


def test_every_posterior_summary_has_enough_draws() -> None:
    draws = {question: pd.Series(table_of(question, SUMMARY_FILE)["draws"]).min() for question in QUESTIONS}
    assert {question: few for question, few in draws.items() if few < 40} == {}
