"""`calibrate` as a user types it: the same bytes by any way, stopped and resumed, and figures that conflict."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calibration.fit import simulated_draws
from calibration.fit.calibrating import calibrate, kept_simulations
from calibration.fit.simulated_draws import Part, do_part
from tests.end_to_end.command_line import Finished, command, contents, environment, run_folder, type_in
from tests.unit.calibration.fit.small_place import TARGETS, changed, write_place

NOT_COMPARED = ("environment.json", "manifest.json")


@pytest.fixture(scope="module")
def targets_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_place(tmp_path_factory.mktemp("place"))


@pytest.fixture(scope="module")
def by_one(targets_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Where the fit was typed, by one worker, and how it ended."""
    folder = tmp_path_factory.mktemp("typed_here")
    return folder, type_in(folder, "calibrate", targets_file, "--workers", "1", PYTHONHASHSEED="0")


def results(out: Path) -> dict[str, bytes]:
    """The result files of the only fit below a folder, without its reports and figures."""
    return {
        name: content
        for name, content in contents(run_folder(out)).items()
        if name not in NOT_COMPARED and not name.startswith(("report.", "figures/"))
    }


def test_a_fit_says_what_it_found_and_where(by_one: tuple[Path, Finished]) -> None:
    folder, finished = by_one
    assert finished.exit_code == 0, finished.err
    assert "Traceback" not in finished.err
    out = folder / "outputs"
    assert run_folder(out).parent.name == "calibrate-small"
    assert "Fitted in " in finished.out
    assert "report.en.html" in finished.out
    assert (run_folder(out) / "report.zh.html").is_file()


def test_two_workers_both_engines_and_another_hash_seed_write_the_same_bytes(
    by_one: tuple[Path, Finished], targets_file: Path, tmp_path: Path
) -> None:
    asked = ("calibrate", targets_file, "--workers", "2", "--engine", "both")
    finished = type_in(tmp_path, *asked, PYTHONHASHSEED="4711")
    assert finished.exit_code == 0, finished.err
    one, other = results(by_one[0] / "outputs"), results(tmp_path / "outputs")
    assert len(one) == 10
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_a_fit_whose_files_were_changed_says_so_and_is_not_adopted(tmp_path: Path) -> None:
    targets_file = write_place(tmp_path / "calibration")
    fitted = targets_file.parent.parent / "fitted"
    asked = ("calibrate", targets_file, "--workers", "1", "--adopt")
    assert type_in(tmp_path, *asked).exit_code == 0
    (overlay,) = fitted.glob("*.yaml")
    adopted = contents(fitted)
    result = run_folder(tmp_path / "outputs") / "overlay.yaml"
    result.write_bytes(result.read_bytes() + b"# by hand\n")
    finished = type_in(tmp_path, *asked)
    assert finished.exit_code == 1
    assert "overlay.yaml" in finished.err
    assert "Nothing was adopted" in finished.err
    assert contents(fitted) == adopted
    assert b"by hand" not in overlay.read_bytes()


def wait_for_parts(targets_file: Path, out: Path, count: int) -> None:
    until = time.monotonic() + 300.0
    while kept_simulations(targets_file, out)[1] < count:
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_fit_continues_where_it_was(
    by_one: tuple[Path, Finished],
    targets_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "outputs"
    asked = command("calibrate", targets_file, "--workers", "2")
    with subprocess.Popen(asked, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE) as process:
        wait_for_parts(targets_file, out, 2)
        process.kill()
        process.communicate()
    folder, kept = kept_simulations(targets_file, out)
    assert process.returncode == -signal.SIGKILL
    assert kept >= 2
    assert not (folder / "manifest.json").exists()
    there = {path.name for path in (folder / "partial").glob("*.parquet")}

    done: list[str] = []

    def do_and_note(part: Part) -> None:
        done.append(part.file.name)
        do_part(part)

    monkeypatch.setattr(simulated_draws, "do_part", do_and_note)
    finished = calibrate(targets_file, out, workers=1)
    assert finished.folder == folder
    assert set(done) & there == set()
    # Ten to a part: 60 rows, 20 draws of the posterior, 20 simulations of each point that is tried.
    by_set = {name: sum(part.startswith(f"{name}-") for part in done) for name in ("prior", "posterior", "point")}
    assert len(done) == len(set(done)) == sum(by_set.values())
    left_by_set = {name: sum(part.startswith(f"{name}-") for part in there) for name in by_set}
    assert by_set["prior"] + left_by_set["prior"] == 6
    assert by_set["posterior"] + left_by_set["posterior"] == 2
    assert results(out) == results(by_one[0] / "outputs")
    assert [path.name for path in folder.rglob("*.unfinished")] == []
    done.clear()
    assert calibrate(targets_file, out, workers=1).was_already_there
    assert done == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_figure_outside_its_prior_stops_the_fit_before_anything_is_written(language: str, tmp_path: Path) -> None:
    elsewhere = ("median: 15, within_90: [5, 45]", "median: 1500, within_90: [1000, 2500]")
    targets_file = write_place(tmp_path, changed(TARGETS, elsewhere))
    finished = type_in(tmp_path, "calibrate", targets_file, "--workers", "1", "--lang", language)
    assert finished.exit_code == 1
    assert finished.out == ""
    assert "[xichou_county_cases_10y_if_poisson]" in finished.err
    assert "Traceback" not in finished.err
    left = [name for name in contents(tmp_path / "outputs") if not name.endswith("partial/lock")]
    assert left == []


@pytest.mark.slow
def test_figures_that_cannot_be_met_together_are_named_and_only_parts_are_kept(tmp_path: Path) -> None:
    """With 0.97 settled in the village hardly a unit can have had somebody leave it; half of them are to have had."""
    together = changed(
        TARGETS,
        ("rows: 60", "rows: 200"),
        ("record_years: 2", "record_years: 1"),
        ("median: 15, within_90: [5, 45]", "median: 40, within_90: [32, 50]"),
        ("figure: xichou_settled_in_village_share  # 0.83", "figure: dehua_real_name_share"),
        ("figure: licheng_community_grids  # 85", "figure: xichou_villages_profile"),
        ("median: 0.6, within_90: [0.2, 2]", "median: 2, within_90: [0.5, 8]"),
        ("draws: 20, accepted_share: 0.5", "draws: 20, accepted_share: 0.2"),
    )
    targets_file = write_place(tmp_path, together)
    finished = type_in(tmp_path, "calibrate", targets_file, "--workers", "1")
    assert finished.exit_code == 1, finished.err
    assert "[dehua_real_name_share] with " in finished.err
    assert "[xichou_villages_profile] " in finished.err
    assert "Traceback" not in finished.err
    assert {Path(name).parent.name for name in contents(tmp_path / "outputs")} == {"partial"}
