import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.report import rebuild

FIGURE_NAMES = [
    *("days_to_settlement", "equity_over_units", "load_over_time"),
    *("paired_differences", "robustness_of_verdicts", "where_disputes_end"),
]


def contents(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def test_every_figure_and_both_reports_are_written(built: Path) -> None:
    wanted = [
        f"figures/{name}.{ending}"
        for name in FIGURE_NAMES
        for ending in ("csv", "en.png", "en.svg", "zh.png", "zh.svg")
    ]
    written = contents(built)
    assert sorted(name for name in written if name.startswith("figures/")) == sorted(wanted)
    assert {"report.zh.html", "report.en.html"} <= set(written)
    assert not [name for name in written if "unfinished" in name]


def test_another_process_with_another_hash_seed_builds_the_same_bytes_elsewhere(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("figures", "report.*"))
    code = "import sys; from pathlib import Path; from sim.report import rebuild; rebuild(Path(sys.argv[1]), ['zh'])"
    command = [sys.executable, "-c", code, str(copy)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "77"}, check=True)
    expected = {name: content for name, content in contents(built).items() if ".en." not in name}
    assert contents(copy) == expected


def test_one_language_alone_can_be_built(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("figures", "report.*"))
    monkeypatch.setattr("sim.report.rebuilding.FIGURES", ())
    assert [path.name for path in rebuild(copy, ["en"])] == ["report.en.html"]


def test_an_unknown_language_or_a_spoilt_folder_writes_nothing(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("figures", "report.*"))
    before = contents(copy)
    with pytest.raises(ValueError, match="no wording in 'fr'"):
        rebuild(copy, ["zh", "fr"])
    assert contents(copy) == before
    (copy / "series.parquet").unlink()
    with pytest.raises(InputError):
        rebuild(copy)
    assert not (copy / "figures").exists()


def test_a_failed_rebuild_leaves_the_old_reports(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    before = contents(copy)

    def fail(*_: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("sim.report.drawing.save_figure", fail)
    with pytest.raises(RuntimeError):
        rebuild(copy)
    assert contents(copy) == before
