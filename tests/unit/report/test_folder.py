import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import InputError
from sim.report import RunFolder, read_run_folder
from sim.report.folder import COMPARISON_COLUMNS, ROBUSTNESS_COLUMNS
from sim.stats import COMPARISON_COLUMNS as WRITTEN_COLUMNS
from tests.unit.report.synthetic_run_folder import SCENARIOS, write_run_folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of two scenarios that a test may spoil."""
    return write_run_folder(tmp_path / "run", scenarios=("baseline", "relieve_admin"))


def codes(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as error:
        read_run_folder(path)
    return [(problem.code, Path(problem.file).name) for problem in error.value.problems]


def test_scenarios_come_in_the_manifests_order_with_the_baseline_first(folder: RunFolder) -> None:
    assert [scenario.id for scenario in folder.scenarios] == list(SCENARIOS)
    assert folder.baseline.id == "baseline"
    assert [policy.id for policy in folder.policies] == list(SCENARIOS)[1:]


def test_what_is_read_of_a_comparison_is_part_of_what_is_written() -> None:
    assert set(COMPARISON_COLUMNS) <= set(WRITTEN_COLUMNS)


def test_every_missing_file_is_named_at_once(own: Path) -> None:
    for name in ("units.parquet", "comparison.csv", "scenario.relieve_admin.resolved.yaml"):
        (own / name).unlink()
    assert codes(own) == [
        ("run_folder_missing_file", "units.parquet"),
        ("run_folder_missing_file", "comparison.csv"),
        ("run_folder_missing_file", "scenario.relieve_admin.resolved.yaml"),
    ]


def test_a_folder_without_a_manifest_is_no_finished_run(own: Path) -> None:
    (own / "manifest.json").unlink()
    assert codes(own) == [("run_folder_missing_file", "manifest.json")]


def test_a_missing_column_is_named(own: Path) -> None:
    pd.read_parquet(own / "series.parquet").drop(columns=["backlog"]).to_parquet(own / "series.parquet")
    with pytest.raises(InputError) as error:
        read_run_folder(own)
    (problem,) = error.value.problems
    assert (problem.code, problem.fields["missing"]) == ("run_folder_missing_columns", "backlog")


def test_a_damaged_table_or_scenario_is_named(own: Path) -> None:
    (own / "units.parquet").write_bytes(b"no parquet")
    assert codes(own) == [("run_folder_unreadable", "units.parquet")]
    write_run_folder(own, scenarios=("baseline", "relieve_admin"))
    (own / "scenario.baseline.resolved.yaml").write_text("a: [1, 2\n", encoding="utf-8")
    assert codes(own) == [("run_folder_unreadable", "scenario.baseline.resolved.yaml")]


def test_a_single_scenario_has_no_comparison_and_no_stress_test(single: RunFolder) -> None:
    assert single.policies == ()
    assert single.comparison.empty
    assert single.robustness.empty
    assert list(single.robustness.columns) == list(ROBUSTNESS_COLUMNS)


def test_ids_that_look_like_missing_values_stay_text(own: Path) -> None:
    table = pd.read_csv(own / "comparison.csv", encoding="utf-8-sig", keep_default_na=False)
    table.loc[0, "category"] = "NA"
    table.to_csv(own / "comparison.csv", index=False, encoding="utf-8-sig")
    read = read_run_folder(own).comparison
    assert read["category"].tolist()[:2] == ["NA", ""]
    assert "" in set(read["verdict"]), "measures outside the family have no verdict"


def test_the_environment_is_shown_flat_and_without_the_workers(own: Path) -> None:
    (own / "environment.json").write_text(
        '{"python": "3.11", "packages": {"numpy": "2"}, "workers": 2}', encoding="utf-8"
    )
    assert read_run_folder(own).environment == {"python": "3.11", "packages.numpy": "2"}
    (own / "environment.json").unlink()
    assert read_run_folder(own).environment == {}


def test_a_folder_reads_alike_wherever_it_lies(own: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(own, tmp_path / "移动" / "run")
    assert read_run_folder(moved).manifest == read_run_folder(own).manifest
