"""The nation of scenarios/nation: its totals are those of the ledger, its model county its mean county."""

from pathlib import Path

import pytest

from calibration.derive import with_derived_values
from calibration.latent_race import surfaced_by_category
from calibration.ledger import load_ledger
from sim.jurisdiction import build_jurisdiction
from sim.specification import load_scenario
from sim.specification.nations import NationFile, read_nation
from sim.specification.schema.place import UnitsByCount

FOLDER = Path(__file__).parents[3] / "scenarios" / "nation"


@pytest.fixture(scope="module")
def nation() -> NationFile:
    ledger = load_ledger()
    return read_nation(FOLDER / "nation.yaml", ledger.citable)


def test_the_totals_are_those_of_the_ledger(nation: NationFile) -> None:
    ledger, totals = load_ledger(), nation.nation.totals
    assert totals.population_persons == ledger.figure("national_population_2022").number
    assert totals.committees == ledger.figure("national_committees_2022").number
    assert totals.mediators == ledger.figure("national_mediators_2022").number
    mediated, referred = (ledger.figure(f"national_{name}_2022").number for name in ("disputes", "court_referred"))
    assert totals.disputes_known_per_year == mediated - referred


def test_what_has_no_source_is_assumed(nation: NationFile) -> None:
    reported = [
        f"totals.{name}" for name in ("population_persons", "committees", "mediators", "disputes_known_per_year")
    ]
    assert [stated.path for stated in nation.stated if stated.basis == "reported"] == reported
    assert {stated.basis for stated in nation.stated if stated.path not in reported} == {"assumed"}


def test_the_counties_add_up_to_the_totals(nation: NationFile) -> None:
    totals, in_class = nation.nation.totals, nation.nation.totals.counties // len(nation.classes)
    assert in_class * len(nation.classes) == totals.counties == 2_840
    for name in ("population_persons", "committees", "mediators"):
        total = in_class * sum(getattr(each, name) for each in nation.classes)
        assert abs(total - getattr(totals, name)) <= in_class / 2, name


def test_as_many_disputes_are_expected_to_become_known_as_are_stated(nation: NationFile) -> None:
    scenario, totals = nation.model.scenario, nation.nation.totals
    by_category = surfaced_by_category(scenario, build_jurisdiction(scenario))
    of_all = [category.share for category in scenario.categories.values()]
    surfaced = sum(share * found.share for share, found in zip(of_all, by_category, strict=True))
    known = scenario.emergence.rate_per_1000_per_year * surfaced * totals.population_persons / 1_000
    assert known == pytest.approx(totals.disputes_known_per_year, rel=0.005)


def test_the_model_county_is_the_mean_county(nation: NationFile) -> None:
    totals, model = nation.nation.totals, nation.model.scenario
    units = model.units
    assert isinstance(units, UnitsByCount)
    count = totals.counties
    assert units.population_persons == round(totals.population_persons / count)
    assert units.counts["town"] + units.counts["village"] + 1 == round(totals.committees / count)
    assert units.counts["grid"] == nation.nation.units.grids_per_village * units.counts["village"]
    assert sum(group.posts for group in model.staff_groups.values()) == round(totals.mediators / count)


def test_the_derived_values_of_the_model_county_are_up_to_date() -> None:
    path = FOLDER / "county.yaml"
    text = path.read_text(encoding="utf-8")
    assert with_derived_values(text, path, load_scenario(path), load_ledger()) == text
