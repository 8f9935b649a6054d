"""Wrong input of any kind: a clear line for each problem, exit code 2, no traceback, nothing written."""

import os
import shutil
from pathlib import Path

import pytest

from sim.cli import main
from tests.end_to_end.command_line import TINY_COUNTY

MISSPELT = "there is no key"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny county below the folder in which commands are typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return Path(shutil.copytree(TINY_COUNTY, tmp_path / "county")).relative_to(tmp_path)


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Type a command that must be refused; return what it says."""
    before = sorted(Path().rglob("*"))
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert sorted(Path().rglob("*")) == before, "nothing is written"
    return captured.err.splitlines()


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_misspelt_key_is_told_with_its_place_and_what_was_meant(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(county / "baseline.yaml", "ability_logit: {value: -0.2", "abilty_logit: {value: -0.2")
    lines = refused(["compare", "county"], capsys)
    assert lines[0].startswith("county/baseline.yaml:34:5 staff_groups.mediators.abilty_logit: there is no key")
    assert lines[0].endswith('did you mean "ability_logit"?')
    assert lines[1:] == ["1 problem; nothing was written."], "each problem once, though three scenarios have it"


def test_in_chinese_too(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(county / "baseline.yaml", "posts: 1", "posts: -1")
    lines = refused(["run", "county/baseline.yaml", "--lang", "zh"], capsys)
    assert "-1 太小；不得小于 0；单位：岗" in lines[0]
    assert lines[-1] == "共 1 处问题；没有写出任何文件。"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "county/none.yaml"], "there is no file"),
        (["run", "county/baselin.yaml"], "baseline.yaml"),
        (["run", "county"], "is a folder"),
        (["run", "county/parts.yaml"], "this is an overlay"),
        (["run", "county/baseline.yaml", "--with", "none.yaml"], "there is no file"),
        (["run", "county/baseline.yaml", "--set", "staff_groups.centre.post=3"], "post"),
        (["run", "county/baseline.yaml", "--set", "no_equals_sign"], "key=value"),
        (["run", "county/baseline.yaml", "--set", "staff_groups.centre.posts=many"], "whole number"),
        (["compare", "county/baseline.yaml"], "two or more"),
        (["compare", "county/baseline.yaml", "county/none.yaml"], "there is no file"),
        (["compare", "county/baseline.yaml", "county/baseline.yaml"], "already has the id"),
        (["compare", "none"], "there is no file"),
        (["report", "county"], "not the folder of a finished run"),
        (["report", "none"], "not the folder of a finished run"),
        (["verify", "county"], "not the folder of a finished run"),
        (["show", "county/none.yaml"], "there is no file"),
        (["validate", "none"], "none"),
    ],
)
def test_what_cannot_be_read_is_refused(
    arguments: list[str], said: str, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert any(said in line for line in refused(arguments, capsys)), county


def test_a_folder_without_a_baseline_is_refused(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "baseline.yaml").unlink()
    assert "no baseline.yaml" in refused(["compare", "county"], capsys)[0]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a list", b"a: [1", b"a: &x 1\nb: *x\n", b"a: 1\na: 2\n"])
def test_what_is_no_scenario_file_is_refused(content: bytes, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "more_town.yaml").write_bytes(content)
    for verb in (["run", "county/more_town.yaml"], ["compare", "county"]):
        assert any(line.startswith("county/more_town.yaml:") for line in refused(verb, capsys))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything sees no such file")
def test_a_file_that_may_not_be_read_is_refused(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "baseline.yaml").chmod(0)
    assert "cannot be read" in refused(["run", "county/baseline.yaml"], capsys)[0]


def test_a_place_that_cannot_be_written_is_refused(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(county / "parts.yaml")
    lines = refused(["run", "county/baseline.yaml", "--out", out], capsys)
    assert "results cannot be written here" in lines[0]
    assert "--out" in lines[0]
