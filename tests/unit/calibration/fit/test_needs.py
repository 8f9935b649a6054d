"""What a fit needs is told with its line before anything is computed, in both languages."""

import re
from pathlib import Path

import pytest

from sim.cli.wording import command_words
from sim.errors import InputError, Problem
from tests.unit.calibration.fit.small_place import BASELINE, TARGETS, changed, open_small


def without(text: str, key: str) -> str:
    """The text without one entry of parameters or targets."""
    shorter = re.sub(rf"(?ms)^  {key}:.*?(?=^  \w|^\w|\Z)", "", text)
    assert shorter != text
    return shorter


def problems(folder: Path, targets: str, baseline: str = BASELINE) -> list[Problem]:
    with pytest.raises(InputError) as raised:
        open_small(folder, targets, baseline)
    assert all(problem.file.endswith("targets/small.yaml") for problem in raised.value.problems)
    return list(raised.value.problems)


def line_of(text: str, key: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(key))


@pytest.mark.parametrize(
    "parameter", ["found_per_1000_per_year", "settled_in_village_share", "lowest_tier_part_of_village_share"]
)
def test_a_parameter_that_the_closed_forms_need(tmp_path: Path, parameter: str) -> None:
    (problem,) = problems(tmp_path, without(TARGETS, parameter))
    assert (problem.code, problem.path, problem.line) == (
        "missing_key",
        f"parameters.{parameter}",
        line_of(TARGETS, "parameters:"),
    )


def test_the_rate_found_has_a_lognormal_prior(tmp_path: Path) -> None:
    uniform = changed(
        TARGETS,
        ("{distribution: lognormal, median: 15, within_90: [5, 45]}", "{distribution: uniform, low: 5, high: 45}"),
    )
    (problem,) = problems(tmp_path, uniform)
    assert (problem.code, problem.path) == ("not_one_of", "parameters.found_per_1000_per_year.prior.distribution")
    assert problem.fields["allowed"] == "lognormal"
    assert problem.line == line_of(uniform, "    prior: {distribution: uniform, low: 5")


def test_one_count_and_one_figure_more(tmp_path: Path) -> None:
    assert [problem.code for problem in problems(tmp_path, without(TARGETS, "found"))] == ["fit_needs_one_count"]
    only_count = without(without(TARGETS, "in_village"), "spared")
    only_count = without(only_count, "over_reporting_share")
    assert [problem.code for problem in problems(tmp_path, only_count)] == ["fit_needs_other_figure"]


def test_the_baseline_has_what_the_closed_forms_set(tmp_path: Path) -> None:
    hardening = next(line for line in BASELINE.splitlines(keepends=True) if line.startswith("hardening:"))
    (problem,) = problems(tmp_path, TARGETS, changed(BASELINE, (hardening, "")))
    assert (problem.code, problem.line) == ("fit_needs_block", line_of(TARGETS, "baseline:"))
    assert "`hardening`" in command_words("en").problem_line(problem)
    assert "`hardening`" in command_words("zh").problem_line(problem)


def test_everything_at_once(tmp_path: Path) -> None:
    nothing = without(without(TARGETS, "found_per_1000_per_year"), "found")
    assert [problem.code for problem in problems(tmp_path, nothing)] == ["missing_key", "fit_needs_one_count"]
