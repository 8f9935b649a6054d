"""The same question has the same name; whatever changes a number changes it."""

from dataclasses import replace
from pathlib import Path

import pytest

import sim
from sim.experiment import question as question_module
from sim.experiment.question import Question, code_digest
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications


def test_what_determines_no_number_does_not_change_the_name(question: Question) -> None:
    renamed = replace(question, study="elsewhere", sources=(), command="compare it again")
    assert renamed.run_id() == question.run_id()
    assert len(question.run_id()) == 16


def test_whatever_determines_a_number_changes_the_name(question: Question) -> None:
    baseline, *policies = question.scenarios
    others = [
        replace(question, seed=question.seed + 1),
        replace(question, with_records=False),
        replace(question, rule=FixedReplications(rule="fixed", count=3)),
        replace(question, rule=AutomaticReplications(rule="automatic", cap=2, relative_precision=0.05)),
        replace(question, scenarios=(baseline, policies[1], policies[0])),
        replace(question, scenarios=(baseline, policies[0])),
        replace(question, scenarios=(replace(baseline, id="other"), *policies)),
        replace(question, scenarios=(replace(baseline, text=f"{baseline.text} "), *policies)),
    ]
    assert len({question.run_id(), *(other.run_id() for other in others)}) == len(others) + 1


def test_other_code_is_another_question(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    before = question.run_id()
    monkeypatch.setattr(question_module, "code_digest", lambda: "other code")
    assert question.run_id() != before


def test_the_code_digest_reads_what_determines_numbers_and_not_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest_after(path: str, text: str) -> str:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode("utf-8"))
        code_digest.cache_clear()
        return code_digest()

    monkeypatch.setattr(sim, "__file__", str(tmp_path / "__init__.py"))
    first = digest_after("engine/rules.py", "x = 1\n")
    assert digest_after("report/page.py", "x = 1\n") == first
    assert digest_after("engine/rules.py", "x = 1\r\n") == first
    assert digest_after("engine/rules.py", "x = 2\n") != first
    monkeypatch.undo()
    code_digest.cache_clear()
