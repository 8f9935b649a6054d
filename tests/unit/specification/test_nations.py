"""Nation files: counties that add up to what is stated, and faults told where they stand."""

from pathlib import Path
from statistics import mean, pstdev

import pytest

from sim.errors import InputError, Problem
from sim.jurisdiction import build_jurisdiction
from sim.specification import load_scenario, validate_path
from sim.specification.nations import class_of_county, read_nation
from sim.specification.schema.place import UnitsByCount

TINY = Path(__file__).parents[1] / "experiment" / "tiny_nation"
NATION, COUNTY = ((TINY / name).read_text(encoding="utf-8") for name in ("nation.yaml", "county.yaml"))


def written(folder: Path, nation: str = NATION, county: str = COUNTY) -> Path:
    model = (TINY / "../../../../scenarios/nation/county.yaml").resolve().as_posix()
    (folder / "county.yaml").write_text(
        county.replace("../../../../scenarios/nation/county.yaml", model), encoding="utf-8"
    )
    (folder / "nation.yaml").write_text(nation, encoding="utf-8")
    return folder / "nation.yaml"


def refused(folder: Path, nation: str = NATION, county: str = COUNTY) -> list[Problem]:
    with pytest.raises(InputError) as error:
        read_nation(written(folder, nation, county))
    return list(error.value.problems)


def test_counties_add_up_to_the_totals_but_for_half_the_counties_of_a_class() -> None:
    file = read_nation(TINY / "nation.yaml")
    in_class = 24 / 3
    for stated, of_county in ((96_000, "population_persons"), (168, "committees"), (700, "mediators")):
        total = in_class * sum(getattr(each, of_county) for each in file.classes)
        assert abs(total - stated) <= in_class / 2, of_county


def test_every_county_is_the_model_county_in_another_size() -> None:
    file = read_nation(TINY / "nation.yaml")
    model = file.model.scenario
    for each in file.classes:
        scenario = each.scenario(model)
        assert isinstance(scenario.units, UnitsByCount)
        assert dict(scenario.units.counts) == each.units
        assert scenario.staff_groups["sunk_cadres"].posts == 0
        assert scenario.staff_groups["village_cadres"].posts == 2 * each.units["village"]
        assert scenario.tiers == model.tiers
        jurisdiction = build_jurisdiction(scenario)
        assert jurisdiction.units.population_persons.sum() == each.population_persons
        assert jurisdiction.staff.pool_posts.sum() == each.mediators


def test_counties_are_as_unequal_as_stated(tmp_path: Path) -> None:
    many = NATION.replace("counties: {value: 24,", "counties: {value: 400,").replace(
        "classes: {value: 3,", "classes: {value: 400,"
    )
    many = many.replace("96000", "40000000").replace("168", "12000").replace("700", "60000")
    persons = [each.population_persons for each in read_nation(written(tmp_path, many)).classes]
    assert sum(persons) == 40_000_000
    assert persons == sorted(persons)
    assert 0.45 < pstdev(persons) / mean(persons) <= 0.5, "the largest of a class are averaged with the others"


@pytest.mark.parametrize("classes", [1, 2, 3, 10, 71, 72, 200])
def test_any_run_of_counties_has_every_class_once(classes: int) -> None:
    row = [class_of_county(county, classes) for county in range(3 * classes)]
    assert row[0] == classes // 2
    for first in range(2 * classes):
        assert sorted(row[first : first + classes]) == list(range(classes))


def test_a_nation_is_valid_with_its_county() -> None:
    assert [(check.kind, check.problems) for check in validate_path(TINY / "nation.yaml")] == [("nation", ())]


def test_a_nation_is_no_scenario_and_a_scenario_no_nation() -> None:
    with pytest.raises(InputError) as error:
        load_scenario(TINY / "nation.yaml")
    assert [problem.code for problem in error.value.problems] == ["file_is_nation"]
    with pytest.raises(InputError) as error:
        read_nation(TINY / "county.yaml")
    assert [problem.code for problem in error.value.problems] == ["nation_expected"]


@pytest.mark.parametrize(
    ("before", "after", "code", "line", "suggestion"),
    [
        ("counties: {value: 24,", "countys: {value: 24,", "unknown_key", 7, "counties"),
        ("  mediators: {value: 700, basis: assumed}\n", "", "missing_key", 6, None),
        ("classes: {value: 3,", "classes: {value: 0,", "below_minimum", 12, None),
        ("classes: {value: 3,", "classes: {value: 5,", "nation_classes_divide", 12, "4"),
        ("classes: {value: 3,", "classes: {value: 3.5,", "not_a_whole_number", 12, None),
        ("basis: assumed", "basis: guessed", "not_one_of", 7, ""),
        ("basis: assumed", "basis: reported", "record_source_missing", 7, None),
        ("town_mediators:", "town_mediator:", "unknown_id", 15, "town_mediators"),
        ("all_others: group_mediators", "all_others: village_cadres", "duplicate_item", 17, None),
        ("all_others: group_mediators", "all_others: sunk_cadres", "nation_group_without_rule", 14, None),
        ("mediators: {value: 700,", "mediators: {value: 400,", "nation_mediators_too_few", 10, None),
        ("committees: {value: 168,", "committees: {value: 80,", "fewer_units_than_parents", 9, None),
        ("county: county.yaml", "county: countie.yaml", "file_missing", 4, "county.yaml"),
        ("nation_version: 1", "nation_version: 2", "nation_version_unsupported", 1, None),
    ],
)
def test_a_fault_is_told_where_it_stands(
    tmp_path: Path, before: str, after: str, code: str, line: int, suggestion: str | None
) -> None:
    problem, *others = refused(tmp_path, NATION.replace(before, after, 1))
    assert (problem.code, problem.line, others) == (code, line, [])
    if suggestion is not None:
        assert problem.fields["suggestion"].endswith(suggestion)


def test_a_model_county_without_grids_is_refused(tmp_path: Path) -> None:
    tiers = "changes:\n  - set: {path: tiers.grid.kind, value: household}\n"
    assert [problem.code for problem in refused(tmp_path, county=COUNTY + tiers)] == ["nation_county_tiers"]


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    named = NATION.replace("value: 700, basis: assumed", "value: 700, basis: reported, source: nowhere")
    with pytest.raises(InputError) as error:
        read_nation(written(tmp_path, named), frozenset({"somewhere"}))
    assert [(problem.code, problem.line) for problem in error.value.problems] == [("unknown_source", 10)]
