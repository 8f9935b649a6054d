"""Quantity records."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.specification import load_scenario
from tests.unit.specification.conftest import Changed, ProblemsOf, Write

KNOWN = frozenset({"F54", "F7", "shi2022"})


def test_a_record_leaves_its_value_in_the_scenario(changed: Changed) -> None:
    resolved = changed("household: {persons: {value: 3, basis: literature, source: shi2022, range: [2, 4]}}\n")
    stated = resolved.provenance["household.persons"]
    assert resolved.scenario.household.persons == 3.0
    assert (stated.basis, stated.source, stated.range) == ("literature", "shi2022", (2, 4))


def test_lists_of_numbers_and_their_items_may_be_records() -> None:
    resolved = load_scenario(Path(__file__).parent / "two_tiers.yaml")
    assert resolved.scenario.season is not None
    assert resolved.scenario.season.monthly_index[11] == 1.5
    assert resolved.provenance["season.monthly_index"].basis == "transferred"
    assert resolved.provenance["season.monthly_index.11"].range == (1, 2)


@pytest.mark.parametrize(
    "source",
    ["F54", "F54; shi2022", "citation: 某报，2023", "F54; citation: a; b; c", "citation: a; b; F7"],
)
def test_known_ids_and_citations_are_sources(source: str, write: Write) -> None:
    path = write(f"household: {{persons: {{value: 3, basis: reported, source: '{source}'}}}}\n")
    assert load_scenario(path, known_sources=KNOWN).provenance["household.persons"].source == source


@pytest.mark.parametrize("source", ["F55", "shi", "a paper", "F54; F55", "F54 shi2022", "citation:", ";"])
def test_anything_else_is_none(source: str, write: Write) -> None:
    path = write(f"household: {{persons: {{value: 3, basis: reported, source: '{source}'}}}}\n")
    with pytest.raises(InputError) as refused:
        load_scenario(path, known_sources=KNOWN)
    assert {problem.code for problem in refused.value.problems} == {"unknown_source"}
    assert load_scenario(path).scenario.household.persons == 3.0


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ("{basis: assumed}", ["missing_key"]),
        ("{value: 3}", ["missing_key"]),
        ("{value: , basis: assumed}", ["empty_value"]),
        ("{value: 3, basis: ~}", ["empty_value"]),
        ("{value: {value: 3, basis: assumed}, basis: assumed}", ["not_a_number"]),
        ("{value: [3], basis: assumed}", ["not_a_number"]),
        ("{value: three, basis: assumed, range: [2, 4]}", ["not_a_number"]),
        ("{value: 3, basis: 3}", ["not_one_of"]),
        ("{value: 3, basis: assumed, source: 3}", ["not_text"]),
        ("{value: 3, basis: assumed, source: ''}", ["text_empty"]),
        ("{value: 3, basis: assumed, range: 3}", ["record_range_invalid"]),
        ("{value: 3, basis: assumed, range: [1, 2, 3]}", ["record_range_invalid"]),
        ("{value: 3, basis: assumed, range: [1, .inf]}", ["record_range_invalid"]),
        ("{value: 3, basis: assumed, range: [true, 4]}", ["record_range_invalid"]),
        ("{value: 3, basis: assumed, range: [0, 4]}", ["not_above"]),
        ("{value: -3, basis: assumed}", ["not_above"]),
        ("{vlaue: 3, baiss: assumed}", ["unknown_key", "unknown_key"]),
        ("{}", ["missing_key", "missing_key"]),
    ],
)
def test_a_faulty_record_is_refused(record: str, codes: list[str], write: Write, problems_of: ProblemsOf) -> None:
    assert [code for code, *_ in problems_of(write(f"household: {{persons: {record}}}\n"))] == codes


def test_a_list_has_no_range(write: Write, problems_of: ProblemsOf) -> None:
    record = "{value: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], basis: assumed, range: [0, 1]}"
    assert [code for code, *_ in problems_of(write(f"season: {{monthly_index: {record}}}\n"))] == [
        "record_range_of_list"
    ]


def test_only_numbers_have_records(write: Write, problems_of: ProblemsOf) -> None:
    assert [code for code, *_ in problems_of(write("queue: {order: {value: first_come, basis: assumed}}\n"))] == [
        "not_one_of"
    ]
