"""The console: quick to answer, and never a failure over a letter."""

import io
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.language import words_in
from sim.cli.summary import print_summary
from tests.end_to_end.command_line import TINY_COUNTY, Finished, command, environment, run_folder, type_in


def modules_after(code: str) -> set[str]:
    asked = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, encoding="utf-8", check=True)
    return {module.split(".")[0] for module in done.stderr.split()}


def test_help_names_the_verbs(tmp_path: Path) -> None:
    done = type_in(tmp_path, "--help")
    assert done.exit_code == 0
    for verb in ("validate", "show", "run", "compare", "report", "verify", "schema"):
        assert verb in done.out


def test_help_is_in_the_language_of_the_system(tmp_path: Path) -> None:
    assert "从方案文件到政策比较" in type_in(tmp_path, "--help", LC_ALL="zh_CN.UTF-8").out


def test_help_loads_no_library_that_it_does_not_need() -> None:
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "pyarrow", "pydantic", "simpy", "numba"}
    assert heavy & modules_after("from sim.cli import main\nmain(['--help'])") == set()


def test_checking_a_file_loads_no_engine_and_no_statistics() -> None:
    checking = f"from sim.cli import main\nmain(['validate', {str(TINY_COUNTY)!r}])"
    assert {"simpy", "numba", "scipy", "pandas"} & modules_after(checking) == set()


@pytest.mark.parametrize(("engine", "other"), [("simpy", "numba"), ("compiled", "simpy")])
def test_an_engine_loads_without_the_other(engine: str, other: str) -> None:
    choosing = "from sim.engine.choose import EngineName, choose_engine, make_ready\n"
    loaded = modules_after(f"{choosing}make_ready(EngineName('{engine}'))\nchoose_engine(EngineName('{engine}'))")
    assert other not in loaded
    assert engine.replace("compiled", "numba") in loaded


def test_a_worker_loads_neither_the_command_line_nor_the_drawing_library() -> None:
    assert {"typer", "rich", "matplotlib", "jinja2"} & modules_after("import sim.experiment.pieces") == set()


@pytest.mark.parametrize("encoding", ["ascii", "cp936", "cp1252"])
def test_no_encoding_makes_a_command_fail(encoding: str, tmp_path: Path) -> None:
    wrong = tmp_path / "方案.yaml"
    wrong.write_text("名称: 1\n", encoding="utf-8")
    variables = {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": encoding}
    for arguments, exit_code in (
        (["--help"], 0),
        (["validate", wrong, TINY_COUNTY], 2),
        (["run", wrong, "--replications", "none"], 2),
    ):
        done = type_in(tmp_path, *arguments, **variables)
        assert done.exit_code == exit_code, done.err
        assert "Traceback" not in done.err


def test_verdicts_are_printed_in_ascii_too(compared: tuple[Path, Finished], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    monkeypatch.setattr(sys, "stdout", screen)
    print_summary(run_folder(compared[0] / "outputs"), words_in("zh"))
    screen.flush()
    assert isinstance(screen.buffer, io.BytesIO)
    printed = screen.buffer.getvalue().decode("ascii")
    assert printed.count("+--") > 2, "boxes are drawn with signs that ascii has"


def test_what_is_written_into_a_file_is_utf8_whatever_the_console(tmp_path: Path) -> None:
    shown = command("show", TINY_COUNTY / "baseline.yaml")
    done = subprocess.run(
        shown, cwd=tmp_path, env=environment(PYTHONIOENCODING="ascii"), capture_output=True, check=True
    )
    assert "小县" in done.stdout.decode("utf-8")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    shown = shlex.join(command("show", TINY_COUNTY / "baseline.yaml", "--provenance"))
    piped = subprocess.run(["/bin/sh", "-c", f"{shown} | head -1"], cwd=tmp_path, capture_output=True, check=False)
    assert piped.stdout.startswith(b"schema_version")
    assert piped.stderr == b""


def test_a_report_is_built_again_in_one_language(compared: tuple[Path, Finished]) -> None:
    results = run_folder(compared[0] / "outputs")
    done = type_in(compared[0], "report", results, "--lang", "en")
    assert done.exit_code == 0, done.err
    assert done.out == f"Report: {results / 'report.en.html'}\n"
