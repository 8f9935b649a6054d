"""Files that must not be read, and how YAML 1.2 values are understood."""

import os
import time
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario
from sim.specification.reading import MAXIMUM_MIB, read_mapping
from sim.specification.tree import plain_value
from tests.unit.specification.conftest import ProblemsOf, Write


def _codes(path: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    return [problem.code for problem in refused.value.problems]


def test_a_missing_file_is_reported_with_the_name_it_was_meant_for(write: Write) -> None:
    write("", "baseline.yaml")
    with pytest.raises(InputError) as refused:
        load_scenario(write("x").parent / "basline.yaml")
    (problem,) = refused.value.problems
    assert problem.code == "file_missing"
    assert problem.fields["suggestion"].endswith("/baseline.yaml")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    assert _codes(tmp_path) == ["file_is_folder"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(write: Write) -> None:
    path = write("")
    path.chmod(0)
    assert _codes(path) == ["file_unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert _codes(tmp_path / "pipe.yaml") == ["file_unreadable"]


def test_a_name_that_no_file_can_have_is_reported() -> None:
    assert _codes(Path("a\0b.yaml")) == ["file_unreadable"]


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    start = time.process_time()
    assert _codes(path) == ["file_too_large"]
    assert time.process_time() - start < 0.1


def test_the_largest_file_that_is_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "comment.yaml"
    path.write_bytes(b"#" * (MAXIMUM_MIB * 2**20))
    assert _codes(path) == ["file_empty"]


def test_an_anchor_bomb_costs_nothing(write: Write) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 60)]
    start = time.process_time()
    codes = _codes(write("\n".join(["a0: &a0 x", *levels])))
    assert time.process_time() - start < 1
    assert set(codes) == {"yaml_anchor", "yaml_alias"}


def test_brackets_without_end_cost_little(write: Write) -> None:
    start = time.process_time()
    assert _codes(write("x: " + "[" * 200_000)) == ["yaml_too_deep"]
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"name: \xff\n", 1, 7),
        ("a: 1\nname: 县".encode("gb18030"), 2, 7),
        ("schema: 1".encode("utf-16"), 1, 1),
    ],
)
def test_other_encodings_are_refused_at_the_first_wrong_byte(
    content: bytes, line: int, column: int, tmp_path: Path, problems_of: ProblemsOf
) -> None:
    path = tmp_path / "encoded.yaml"
    path.write_bytes(content)
    assert problems_of(path) == [("file_not_utf8", line, column)]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(example: Path, tmp_path: Path) -> None:
    text = example.read_text(encoding="utf-8").replace("\n", "\r\n")
    for table in example.parent.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    read, original = load_scenario(path), load_scenario(example)
    assert read.scenario == original.scenario
    assert [stated.line for stated in read.provenance.values()] == [
        stated.line for stated in original.provenance.values()
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("-3", -3),
        ("+1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("~", None),
        ("null", None),
        ("08:30", "08:30"),
        ("2024-01-01", "2024-01-01"),
        ("'12'", "12"),
        ('"true"', "true"),
        (".inf", float("inf")),
        ("=", "="),
        ("9" * 30, int("9" * 30)),
        ("9" * 5000, float("inf")),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        (">\n  one folded\n  line\n\n  and another\n", "one folded line\nand another\n"),
    ],
)
def test_values_have_the_types_of_yaml_1_2(written: str, read: object) -> None:
    value = plain_value(read_mapping(f"key: {written}", "f"))
    assert isinstance(value, dict)
    assert value["key"] == read
    assert type(value["key"]) is type(read)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "~\n", "null\n"])
def test_nothing_is_an_empty_file(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_mapping(text, "f")
    assert [problem.code for problem in refused.value.problems] == ["file_empty"]


def test_a_file_of_five_hundred_lines_is_checked_in_well_under_a_second(example: Path) -> None:
    load_scenario(example)
    lines = len(example.read_text(encoding="utf-8").splitlines())
    start = time.process_time()
    load_scenario(example)
    assert time.process_time() - start < 0.5 * max(1, lines / 250)
