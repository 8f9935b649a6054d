"""Units given by a CSV file or row by row."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import ResolvedScenario, load_scenario
from sim.specification.schema.place import UnitsByTable

HERE = Path(__file__).parent
HEADER = "unit_id,tier,parent_id,population,posts_cadres,round_trip_hours_town\n"
ROWS = "e,village,n,900,,0.5\nw,village,n,600,,\nn,town,,,3,\n"


def _load(tmp_path: Path, table: str | bytes) -> ResolvedScenario:
    path = tmp_path / "scenario.yaml"
    path.write_bytes((HERE / "units_in_a_file.yaml").read_bytes())
    (tmp_path / "posterior_sample.csv").write_bytes((HERE / "posterior_sample.csv").read_bytes())
    content = table.encode() if isinstance(table, str) else table
    (tmp_path / "units.csv").write_bytes(content)
    return load_scenario(path)


def _refused(tmp_path: Path, table: str | bytes) -> list[tuple[str, str, int, int]]:
    with pytest.raises(InputError) as refused:
        _load(tmp_path, table)
    return [(p.code, Path(p.file).name, p.line, p.column) for p in refused.value.problems]


def _rows(resolved: ResolvedScenario) -> UnitsByTable:
    assert isinstance(resolved.scenario.units, UnitsByTable)
    return resolved.scenario.units


def test_rows_become_the_table_of_the_scenario(tmp_path: Path) -> None:
    rows = _rows(_load(tmp_path, HEADER + ROWS)).rows
    assert [(row.unit_id, row.tier, row.parent_id, row.population_persons) for row in rows] == [
        ("e", "village", "n", 900),
        ("w", "village", "n", 600),
        ("n", "town", "", 0),
    ]
    assert rows[0].round_trip_hours == {"town": 0.5}
    assert rows[1].round_trip_hours == {}
    assert rows[2].posts == {"cadres": 3}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_excel_files_of_chinese_offices_are_read(encoding: str, tmp_path: Path) -> None:
    table = (HEADER + "东村" + ROWS.removeprefix("e")).replace("\n", "\r\n").encode(encoding)
    assert _rows(_load(tmp_path, table)).rows[0].unit_id == "东村"


def test_empty_lines_quotes_and_spaces_are_taken_as_spreadsheets_write_them(tmp_path: Path) -> None:
    table = HEADER + ' "e, east" , village,n,900,,\n\n,,,,,\n"w",village,n,600,,\nn,town,,,3,\n'
    assert [row.unit_id for row in _rows(_load(tmp_path, table.replace(' "e, east" ', '"e, east"'))).rows] == [
        "e, east",
        "w",
        "n",
    ]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("", [("file_empty", "units.csv", 1, 1)]),
        (HEADER, [("file_empty", "units.csv", 1, 1)]),
        (HEADER.replace("population", "populaton") + ROWS, [("csv_column_unknown", "units.csv", 1, 24)]),
        (HEADER.replace("tier,", "") + ROWS, [("csv_column_missing", "units.csv", 1, 1)]),
        (
            HEADER.replace("tier", "unit_id") + ROWS,
            [
                ("csv_column_missing", "units.csv", 1, 1),
                ("csv_column_twice", "units.csv", 1, 9),
            ],
        ),
        (HEADER + "e,village\n" + ROWS, [("csv_row_length", "units.csv", 2, 1)]),
        (HEADER + ROWS.replace("600", "many"), [("not_a_whole_number", "units.csv", 3, 13)]),
        (HEADER + ROWS.replace("600", "600.5"), [("not_a_whole_number", "units.csv", 3, 13)]),
        (HEADER + ROWS.replace("600", "-6"), [("below_minimum", "units.csv", 3, 13)]),
        (HEADER + ROWS.replace("0.5", "-0.5"), [("below_minimum", "units.csv", 2, 18)]),
        (HEADER + ROWS.replace("0.5", "soon"), [("not_a_number", "units.csv", 2, 18)]),
        (HEADER + ROWS.replace("w,village", "w,vilage"), [("unknown_id", "units.csv", 3, 3)]),
        (HEADER + ROWS.replace("w,village,n", "w,village,m"), [("unit_parent_unknown", "units.csv", 3, 11)]),
        (HEADER + ROWS.replace("w,village,n", "w,village,e"), [("unit_parent_not_above", "units.csv", 3, 11)]),
        (HEADER + ROWS.replace("w,village,n", "w,village,"), [("unit_parent_missing", "units.csv", 3, 11)]),
        (HEADER + ROWS.replace("n,town,,", "n,town,e,"), [("unit_parent_of_top", "units.csv", 4, 8)]),
        (HEADER + ROWS.replace("w,village", "e,village"), [("unit_twice", "units.csv", 3, 1)]),
        (HEADER + ROWS + "s,town,,,,\n", [("unit_without_children", "units.csv", 5, 1)]),
        (HEADER + ROWS.replace("n,town,,,", "n,town,,1499,"), [("population_not_of_children", "units.csv", 4, 9)]),
        (HEADER + ROWS.replace("900", "0").replace("600", "0"), [("population_zero", "units.csv", 1, 1)]),
        (
            HEADER + ROWS.replace("600,,", "600,1,"),
            [
                ("unit_posts_sum", "scenario.yaml", 23, 12),
                ("unit_posts_of_other_tier", "units.csv", 3, 17),
            ],
        ),
        (HEADER + ROWS.replace("3,", "3,1"), [("unit_travel_above_lowest", "units.csv", 4, 12)]),
        (HEADER.replace("posts_cadres", "posts_cadre") + ROWS, [("unknown_id", "units.csv", 4, 10)]),
        (HEADER.replace("hours_town", "hours_twon") + ROWS, [("unknown_id", "units.csv", 2, 18)]),
        (HEADER + "e\0,village,n,900,,\n", [("yaml_character", "units.csv", 2, 1)]),
        (b"\xff\xff", [("file_not_utf8", "units.csv", 1, 1)]),
    ],
)
def test_a_faulty_table_is_refused_at_file_line_and_column(
    table: str | bytes, found: list[tuple[str, str, int, int]], tmp_path: Path
) -> None:
    assert _refused(tmp_path, table) == found


def test_a_misspelt_column_has_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        _load(tmp_path, HEADER.replace("population", "populaton") + ROWS)
    assert refused.value.problems[0].fields["suggestion"] == "population"


def test_a_missing_table_is_reported_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_bytes((HERE / "units_in_a_file.yaml").read_bytes())
    (tmp_path / "posterior_sample.csv").write_bytes((HERE / "posterior_sample.csv").read_bytes())
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.line, problem.column) == ("file_missing", 17, 25)
    assert problem.fields["name"].endswith("units.csv")


def test_the_table_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    policy = tmp_path / "policies" / "policy.yaml"
    policy.write_text(
        f"extends: {(HERE / 'units_in_a_file.yaml').as_posix()}\nunits: {{path: ../other.csv}}\n", encoding="utf-8"
    )
    (tmp_path / "other.csv").write_text(HEADER + ROWS, encoding="utf-8")
    assert [row.unit_id for row in _rows(load_scenario(policy)).rows] == ["e", "w", "n"]


def test_posts_placed_by_the_table_may_be_fewer_than_units(tmp_path: Path) -> None:
    table = HEADER + ROWS + "s,town,,,,\nv,village,s,10,,\n" + "o,town,,,,\nu,village,o,10,,\n"
    more = table + "p,town,,,,\nx,village,p,10,,\n"
    assert len(_rows(_load(tmp_path, more)).rows) == 9


def test_thousands_of_units_are_read_in_a_moment(tmp_path: Path) -> None:
    import time

    villages = "".join(f"v{n},village,n,{n % 700 + 1},,\n" for n in range(4_000))
    start = time.process_time()
    resolved = _load(tmp_path, HEADER + villages + "n,town,,,3,\n")
    assert time.process_time() - start < 2
    assert len(_rows(resolved).rows) == 4_001
