"""A posterior from the command line: the same bytes for any number of workers, verified; what cannot be is told."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.command_line import (
    TINY_COUNTY,
    Finished,
    assert_only_the_environment_differs,
    assert_report_and_verify_need_nothing_else,
    run_folder,
    type_in,
)
from tests.unit.experiment.tiny_posterior import county_with_posterior


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Where the comparison was typed, beside the county, and how it ended."""
    folder = tmp_path_factory.mktemp("typed_here")
    county_with_posterior(folder)
    return folder, type_in(folder, "compare", "tiny_county", "--posterior", "20", "--workers", "1", PYTHONHASHSEED="0")


def test_a_comparison_says_what_holds_and_how_often_it_was_run(compared: tuple[Path, Finished]) -> None:
    folder, done = compared
    assert (done.exit_code, done.err.count("Traceback")) == (0, 0), done.err
    assert "Verdict on each policy across the posterior" in done.out
    assert "20 draws of the posterior, 2 replications of each for every scenario." in done.out
    results = run_folder(folder / "outputs")
    assert "--posterior 20" in (results / "report.en.html").read_text(encoding="utf-8")
    assert len((results / "posterior.csv").read_text(encoding="utf-8").splitlines()) == 21


def test_two_workers_give_the_same_bytes_in_chinese_too(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    asked = ("compare", compared[0] / "tiny_county", "--posterior", "20", "--workers", "2", "--lang", "zh")
    again = type_in(tmp_path, *asked, PYTHONHASHSEED="12345")
    assert again.exit_code == 0, again.err
    assert "后验样本 20 组参数，每组参数下每个方案重复 2 次。" in again.out
    assert_only_the_environment_differs(run_folder(compared[0] / "outputs"), run_folder(tmp_path / "outputs"))


def test_verify_and_report_need_nothing_but_the_folder(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    results = Path(shutil.copytree(run_folder(compared[0] / "outputs"), tmp_path / "moved"))
    assert_report_and_verify_need_nothing_else(results)


def test_one_scenario_shows_its_levels(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    baseline = compared[0] / "tiny_county" / "baseline.yaml"
    done = type_in(tmp_path, "run", baseline, "--posterior", "20", "--replications", "3", "--workers", "1")
    assert done.exit_code == 0, done.err
    assert "Levels, with parameter uncertainty and noise apart" in done.out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--posterior", "25"), "25 draws are asked for and the sample has 24; ask for 24 or fewer"),
        (("--posterior", "5"), "5 draws are too few to tell what holds in 95 % of them; allowed: 20 or more"),
        (("--posterior", "20", "--replications", "1"), "write `--replications 2` or more, or leave it out"),
        (("--posterior", "20", "--records"), "with `--posterior` no records are kept; leave out `--records`"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_remedy(
    compared: tuple[Path, Finished], tmp_path: Path, asked: tuple[str, ...], told: str
) -> None:
    done = type_in(tmp_path, "compare", compared[0] / "tiny_county", *asked)
    assert done.exit_code == 2
    assert told in done.err
    assert not (tmp_path / "outputs").exists()


def test_a_baseline_without_a_posterior_is_told_what_to_do(tmp_path: Path) -> None:
    done = type_in(tmp_path, "compare", TINY_COUNTY, "--posterior", "20")
    assert done.exit_code == 2
    assert "let it extend a fit, or write `experiment: {posterior: file.csv}`" in done.err
