"""The report of a nation: one page in each language, from its folder alone."""

import re
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.nation import ask_nation, run_nation
from sim.report.nation_folder import read_nation_folder
from sim.report.nation_report import nation_lines, rebuild_nation
from sim.report.wording import LANGUAGES
from sim.specification.nations import read_nation

NATION = Path(__file__).parents[1] / "experiment" / "tiny_nation" / "nation.yaml"


def simulated(out: Path, counties: int) -> Path:
    file = read_nation(NATION)
    command = "python run_sim.py nation nation.yaml"
    return run_nation(ask_nation(file, "nation", counties=counties, command=command), out, 1).folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulated(tmp_path_factory.mktemp("nation"), 24)


def test_the_same_folder_gives_the_same_pages(folder: Path) -> None:
    files = rebuild_nation(folder)
    first = {file: file.read_bytes() for file in files}
    assert {file.relative_to(folder).as_posix() for file in files} == {
        "figures/nation_spread.csv",
        *(f"figures/nation_spread.{language}.{kind}" for language in LANGUAGES for kind in ("svg", "png")),
        *(f"report.{language}.html" for language in LANGUAGES),
    }
    rebuild_nation(folder)
    assert {file: file.read_bytes() for file in files} == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_is_reported_and_what_is_assumed(folder: Path, language: str) -> None:
    rebuild_nation(folder, (language,))
    page = (folder / f"report.{language}.html").read_text(encoding="utf-8")
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)
    table = read_nation_folder(folder)
    for told in (table.row("emerged_count")["total"], table.row("known_count")["stated"]):
        assert f"{told:,.0f}" in text
    assert "python run_sim.py nation nation.yaml" in text
    assert ("假定" if language == "zh" else "assumed") in text
    assert "{" not in text
    assert "nan" not in text.lower().split()


def test_of_some_counties_nothing_is_compared_with_what_is_reported(folder: Path, tmp_path: Path) -> None:
    some = simulated(tmp_path, 2)
    rebuild_nation(some)
    told, of_all = nation_lines(some, "en"), nation_lines(folder, "en")
    assert not [line for line in told if "reported" in line]
    assert len([line for line in of_all if "reported" in line]) == 1
    assert "2 counties were simulated, not the nation" in (some / "report.en.html").read_text(encoding="utf-8")


def test_a_folder_that_lacks_a_table_is_refused(tmp_path: Path) -> None:
    some = simulated(tmp_path, 1)
    (some / "nation.csv").unlink()
    with pytest.raises(InputError) as error:
        rebuild_nation(some)
    assert [problem.code for problem in error.value.problems] == ["run_folder_missing_file"]
