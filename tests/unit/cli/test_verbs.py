"""Commands in this process: what they print, and with what they end."""

import json
from pathlib import Path

import pytest

from sim.cli import main

TINY_COUNTY = Path(__file__).parents[2] / "end_to_end" / "tiny_county"
BASELINE = str(TINY_COUNTY / "baseline.yaml")


def test_validate_says_of_each_file_that_it_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(TINY_COUNTY / name) for name in ("baseline.yaml", "parts.yaml")]
    assert main(["validate", *files, "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{files[0]}: valid scenario",
        f"{files[1]}: valid overlay (checked by itself)",
    ]


def test_validate_tells_the_problems_of_all_files_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "none.yaml"]
    paths[0].write_text("extends: b.yaml\nhorizn: {}\n", encoding="utf-8")
    paths[1].write_text("", encoding="utf-8")
    assert main(["validate", *map(str, paths), "--lang", "en"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].endswith("problems; nothing was written.")
    assert any(line.startswith(f"{paths[1].as_posix()}:1:1") for line in lines)
    assert any("none.yaml" in line for line in lines)


def test_show_prints_a_scenario_that_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", BASELINE, "--set", "staff_groups.centre.posts=9"]) == 0
    shown = capsys.readouterr().out
    assert "posts: 9" in shown
    (tmp_path / "again.yaml").write_text(shown, encoding="utf-8")
    assert main(["show", str(tmp_path / "again.yaml")]) == 0
    assert capsys.readouterr().out == shown


def test_show_provenance_has_a_line_for_each_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(TINY_COUNTY / "more_town.yaml"), "--provenance", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (ability,) = (line for line in lines if line.startswith("staff_groups.mediators.ability_logit "))
    assert ability == f"staff_groups.mediators.ability_logit = -0.2 logit | assumed, -1 ~ 0.5 | {BASELINE}:34:28"
    (posts,) = (line for line in lines if line.startswith("staff_groups.centre.posts "))
    assert "more_town.yaml:5:" in posts
    (seed,) = (line for line in lines if line.startswith("experiment.seed "))
    assert "basis unstated" in seed


def test_schema_prints_json_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert "$schema" in json.loads(capsys.readouterr().out)


def test_the_dictionary_of_keys_comes_in_both_languages_unless_one_is_chosen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schema", "--dictionary"]) == 0
    both = capsys.readouterr().out
    parts = []
    for language in ("en", "zh"):
        assert main(["schema", "--dictionary", "--lang", language]) == 0
        parts.append(capsys.readouterr().out)
    assert both == "\n".join(parts)


def test_schema_prints_the_format_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for option, title in (("--study", "Study"), ("--targets", "Targets")):
        assert main(["schema", option]) == 0
        assert json.loads(capsys.readouterr().out)["title"].startswith(title)
    assert main(["schema", "--targets", "--dictionary", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("# Keys of a targets file")


def test_validate_says_of_targets_that_they_are_some_and_knows_the_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(__file__).parents[3] / "calibration" / "targets" / "xichou.yaml"
    assert main(["validate", str(path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("xichou.yaml: valid targets of a fit\n")
    text = path.read_text(encoding="utf-8").replace("../../scenarios", (path.parents[2] / "scenarios").as_posix())
    (tmp_path / "targets.yaml").write_text(
        text.replace("figure: xichou_disputes_found_10y", "figure: xichou_dispute_found_10y"), encoding="utf-8"
    )
    assert main(["validate", str(tmp_path / "targets.yaml"), "--lang", "en"]) == 2
    assert 'did you mean "xichou_disputes_found_10y"?' in capsys.readouterr().err
    assert main(["run", str(path), "--lang", "en"]) == 2
    assert "fit it with `calibrate`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["schema", "--study", "--targets"],
        ["compare", BASELINE, "--replications", "0"],
        ["compare", BASELINE, "--replications", "many"],
        ["compare", BASELINE, "--replications", "1000000"],
        ["run", BASELINE, "--seed", "-1"],
        ["run", BASELINE, "--seed", "1.5"],
        ["run", BASELINE, "--workers", "0"],
        ["run", BASELINE, "--lang", "fr"],
        ["run", BASELINE, "--engine", "fast"],
        ["run"],
        ["report", BASELINE, "--lang", "all"],
        ["allocate", BASELINE],
        ["sweep", BASELINE],
        ["sweep", BASELINE, "--records"],
    ],
)
def test_a_wrong_option_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_command_without_arguments_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "compare" in capsys.readouterr().err


TINY_NATION = str(Path(__file__).parents[1] / "experiment" / "tiny_nation" / "nation.yaml")


def test_nation_runs_some_counties_and_says_where_the_report_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["nation", TINY_NATION, "--counties", "2", "--workers", "1", "--engine", "simpy"]
    arguments += ["--out", str(tmp_path), "--lang", "en"]
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("In 2 counties ")
    assert [line.split(":")[0] for line in lines[-3:]] == ["Results", "Report", "Report"]
    (manifest,) = tmp_path.glob("nation/*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["command"].endswith("nation.yaml --counties 2")
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("This question was answered before")
    assert main(["report", str(manifest.parent), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.strip().endswith("report.zh.html")
    assert main(["verify", str(manifest.parent), "--workers", "1", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Verified: run again, 13 files are equal")
    (manifest.parent / "nation.csv").write_text("", encoding="utf-8")
    assert main(["verify", str(manifest.parent), "--workers", "1", "--lang", "en"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "nation.csv"


@pytest.mark.parametrize("counties", ["0", "-1", "many", "100001"])
def test_nation_refuses_an_impossible_number_of_counties(counties: str) -> None:
    assert main(["nation", TINY_NATION, "--counties", counties]) == 2


def test_run_says_that_a_nation_is_no_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", TINY_NATION, "--lang", "en"]) == 2
    assert "run it with `nation`" in capsys.readouterr().err
