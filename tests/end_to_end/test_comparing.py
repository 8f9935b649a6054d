"""From a folder of scenario files to verdicts, files and reports; the same bytes whoever computes them."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.end_to_end.command_line import ROOT, TINY_COUNTY, Finished, contents, environment, run_folder, type_in

WITHOUT_A_REPORT = """
import sys
from pathlib import Path
from sim.experiment.asking import Wanted, ask_compare, files_to_compare
from sim.experiment.run import run_question
if __name__ == "__main__":
    wanted = Wanted(with_records=True, command="python run_sim.py compare tiny_county --records")
    run_question(ask_compare(files_to_compare(Path(sys.argv[1])), wanted), Path("outputs"), workers=2)
"""


def test_a_comparison_prints_verdicts_and_where_the_reports_are(compared: tuple[Path, Finished]) -> None:
    folder, done = compared
    assert (done.exit_code, done.err.count("Traceback")) == (0, 0), done.err
    assert "Strengthen county" in done.out
    assert "3 replications of each scenario, as asked." in done.out
    results = run_folder(folder / "outputs").relative_to(folder)
    for language in ("zh", "en"):
        assert f"Report: {results / f'report.{language}.html'}" in done.out
        assert (folder / results / f"report.{language}.html").stat().st_size > 10_000


def test_two_workers_and_another_hash_seed_give_the_same_bytes(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    script = tmp_path / "two_workers.py"
    script.write_text(WITHOUT_A_REPORT, encoding="utf-8")
    variables = environment(PYTHONHASHSEED="12345", PYTHONPATH=str(ROOT))
    subprocess.run([sys.executable, script, TINY_COUNTY], cwd=tmp_path, env=variables, check=True, timeout=300)
    one, other = contents(run_folder(compared[0] / "outputs")), contents(run_folder(tmp_path / "outputs"))
    assert sorted(set(one) - set(other)) == sorted(
        name for name in one if name.startswith(("figures/", "report.")) or name == "sources.csv"
    )
    assert len(other) > 10
    assert [name for name in other if one[name] != other[name]] == ["environment.json"]


def test_the_same_question_is_answered_from_its_folder(compared: tuple[Path, Finished]) -> None:
    folder, _ = compared
    results = run_folder(folder / "outputs")
    before = {path: path.stat().st_mtime_ns for path in results.iterdir()}
    asked = ("compare", TINY_COUNTY, "--workers", "2", "--records")
    done = type_in(folder, *asked, LC_ALL="zh_CN.GBK", PYTHONIOENCODING="cp936")
    assert (done.exit_code, done.err) == (0, "")
    assert "没有重新计算，只重新生成报告" in done.out
    assert "充实县级" in done.out
    rebuilt = {path.name for path in results.iterdir() if path.stat().st_mtime_ns != before[path]}
    assert rebuilt <= {"report.en.html", "report.zh.html", "figures"}
    assert {"report.en.html", "report.zh.html"} <= rebuilt


def test_verify_runs_it_again_and_finds_it_equal(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    results = Path(shutil.copytree(run_folder(compared[0] / "outputs"), tmp_path / "moved"))
    done = type_in(tmp_path, "verify", results, "--workers", "2", PYTHONHASHSEED="54321")
    assert done.exit_code == 0, done.err
    compared_files = len(contents(results)) - 1
    assert done.out == f"Verified: run again, {compared_files} files are equal byte for byte.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["moved"]


def test_verify_names_every_file_in_which_a_byte_was_changed(compared: tuple[Path, Finished], tmp_path: Path) -> None:
    results = Path(shutil.copytree(run_folder(compared[0] / "outputs"), tmp_path / "moved"))
    changed = ["series.parquet", "comparison.csv", "figures/paired_differences.zh.svg", "report.en.html"]
    for name in changed:
        before = (results / name).read_bytes()
        middle = len(before) // 2
        (results / name).write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
    done = type_in(tmp_path, "verify", results, "--workers", "1")
    assert (done.exit_code, done.out) == (1, "")
    told = done.err[done.err.index("Not verified") :].splitlines()
    assert sorted(told[1:]) == sorted(changed)
