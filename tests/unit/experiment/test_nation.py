"""A nation's run: the same bytes for any number of workers and after an interruption, and totals that add up."""

import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.engine.choose import DEFAULT_ENGINE, EngineName, choose_engine
from sim.experiment import nation as nation_run
from sim.experiment.nation import (
    COUNTIES_FILE,
    NATION_FILE,
    NationQuestion,
    ask_nation,
    kept_counties,
    nation_folder,
    run_nation,
)
from sim.experiment.nation_county import COUNTS, WEIGHT_OF_MEASURE, county_place, run_county
from sim.experiment.nation_table import NATION_COLUMNS, nation_table
from sim.experiment.replicate import Prepared, replicate
from sim.specification.nations import class_of_county, read_nation

NATION = Path(__file__).parent / "tiny_nation" / "nation.yaml"


def asked(counties: int = 24, seed: int = 7) -> NationQuestion:
    return ask_nation(read_nation(NATION), "nation", seed=seed, counties=counties)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "environment.json"}


def rows_of(folder: Path) -> dict[str, dict[str, float]]:
    """The rows of the nation's table that are of no tier, by quantity."""
    table = pd.read_csv(folder / NATION_FILE, encoding="utf-8-sig")
    assert tuple(table.columns) == NATION_COLUMNS
    numbers = ("total", "mean", "p10", "p50", "p90", "stated")
    return {
        str(row["quantity"]): {name: float(row[name]) for name in numbers}
        for row in table[table["tier"].isna()].to_dict("records")
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_nation(asked(), tmp_path_factory.mktemp("one"), 1, engine=EngineName.SIMPY).folder


def test_two_workers_write_the_same_bytes_as_one(done: Path, tmp_path: Path) -> None:
    assert bytes_of(run_nation(asked(), tmp_path, 2, engine=EngineName.SIMPY).folder) == bytes_of(done)


def test_the_compiled_engine_writes_the_same_bytes_in_two_threads(done: Path, tmp_path: Path) -> None:
    assert bytes_of(run_nation(asked(), tmp_path, 2, engine=EngineName.COMPILED).folder) == bytes_of(done)


def test_the_compiled_engine_writes_the_same_bytes_in_two_processes(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nation_run, "PARTS_OF_LONG_WORK", 2)
    assert bytes_of(run_nation(asked(), tmp_path, 2, engine=EngineName.COMPILED).folder) == bytes_of(done)


def test_an_interrupted_run_goes_on_where_it_stopped_and_writes_the_same_bytes(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished: list[nation_run.Part] = []

    def stop_after_one(part: nation_run.Part) -> None:
        if finished:
            raise KeyboardInterrupt
        nation_part(part)
        finished.append(part)

    nation_part = nation_run.do_part
    with monkeypatch.context() as patched:
        patched.setattr(nation_run, "do_part", stop_after_one)
        with pytest.raises(KeyboardInterrupt):
            run_nation(asked(), tmp_path, 1)
    folder, kept = kept_counties(asked(), tmp_path)
    assert kept == nation_run.COUNTIES_PER_PART
    assert not (folder / "manifest.json").exists()
    again = run_nation(asked(), tmp_path, 1)
    assert again.done_now == 24 - kept
    assert bytes_of(again.folder) == bytes_of(done)
    assert run_nation(asked(), tmp_path, 1).done_now == 0


def test_a_county_is_the_same_however_many_are_asked_for(done: Path, tmp_path: Path) -> None:
    fewer = pd.read_parquet(run_nation(asked(counties=3), tmp_path, 1).folder / COUNTIES_FILE)
    pd.testing.assert_frame_equal(fewer, pd.read_parquet(done / COUNTIES_FILE).head(3))


def test_the_row_of_counties_goes_on_beyond_the_nation(done: Path, tmp_path: Path) -> None:
    more = pd.read_parquet(run_nation(asked(counties=27), tmp_path, 1).folder / COUNTIES_FILE)
    assert more["county"].tolist() == list(range(1, 28))
    assert more["size_class"].tolist()[24:] == more["size_class"].tolist()[:3]
    assert not np.array_equal(more["emerged_count"][24:], more["emerged_count"][:3])
    pd.testing.assert_frame_equal(more.head(24), pd.read_parquet(done / COUNTIES_FILE))
    assert np.isnan([row["stated"] for row in rows_of(nation_folder(asked(counties=27), tmp_path)).values()]).all()


def test_a_county_has_the_measures_that_a_replication_of_its_scenario_has() -> None:
    file = read_nation(NATION)
    of_class = county_place(file.classes[class_of_county(4, 3)].scenario(file.model.scenario))
    place = Prepared(of_class.scenario, of_class.place.jurisdiction, of_class.place.protocol)
    engine = choose_engine(DEFAULT_ENGINE)
    row = run_county(of_class, 7, 5, engine, {}).row
    outcome, _ = replicate(place, 7, 5, engine, with_records=False)
    columns = (outcome.measures[name].tolist() for name in ("measure", "tier", "category", "value"))
    measures = {(measure, tier, category): value for measure, tier, category, value in zip(*columns, strict=True)}
    for measure in WEIGHT_OF_MEASURE:
        np.testing.assert_equal(row[measure], measures[measure, "", ""])
    for tier in place.jurisdiction.tier_ids:
        np.testing.assert_equal(row[f"utilisation_{tier}"], measures["utilisation", tier, ""])


def test_the_nation_has_the_sums_and_weighted_means_of_its_counties(done: Path) -> None:
    counties, whole = pd.read_parquet(done / COUNTIES_FILE), rows_of(done)
    for count in COUNTS:
        assert whole[count]["total"] == counties[count].sum()
    for measure, weight in WEIGHT_OF_MEASURE.items():
        known = counties[measure].fillna(0.0)
        assert whole[measure]["mean"] == pytest.approx((known * counties[weight]).sum() / counties[weight].sum())
    settled = whole["settled_share_180d"]
    assert settled["total"] == pytest.approx(settled["mean"] * whole["emerged_count"]["total"])
    assert [settled[f"p{q}"] for q in (10, 50, 90)] == pytest.approx(
        np.quantile(counties["settled_share_180d"], (0.1, 0.5, 0.9)).tolist()
    )
    totals = read_nation(NATION).nation.totals
    assert whole["counties"]["stated"] == whole["counties"]["total"] == 24
    assert whole["known_count"]["stated"] == totals.disputes_known_per_year


def test_counties_in_which_nothing_was_measured_have_no_say(done: Path) -> None:
    counties = pd.read_parquet(done / COUNTIES_FILE).head(2)
    counties["settled_count"] = [0, counties["settled_count"].tolist()[1]]
    costs = [np.nan, counties["cost_yuan_per_settled"].tolist()[1]]
    counties["cost_yuan_per_settled"] = costs
    table = nation_table(counties, ("grid", "village", "town", "county"), read_nation(NATION).nation.totals)
    means = dict(zip(table["quantity"].tolist(), table["mean"].tolist(), strict=True))
    assert means["cost_yuan_per_settled"] == pytest.approx(costs[1])


def test_another_seed_or_number_of_counties_is_another_run() -> None:
    assert len({asked().run_id(), asked(seed=8).run_id(), asked(counties=23).run_id()}) == 3


def test_memory_does_not_grow_with_the_number_of_counties(tmp_path: Path) -> None:
    run_nation(asked(counties=3), tmp_path, 1)  # places are built, modules imported
    peaks = []
    for counties in (20, 60):
        tracemalloc.start()
        run_nation(asked(counties=counties), tmp_path, 1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]
