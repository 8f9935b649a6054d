"""Did you mean …?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.specification.suggestions import edit_distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("posts", "psots", 1),
        ("posts", "post", 1),
        ("kitten", "sitting", 3),
        ("ca", "abc", 3),
    ],
)
def test_edits_are_counted_with_a_swap_as_one(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == edit_distance(other, one) == distance


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_the_distance_is_between_the_difference_in_length_and_the_longer_length(one: str, other: str) -> None:
    distance = edit_distance(one, other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert (distance == 0) == (one == other)


@pytest.mark.parametrize(
    ("found", "known", "meant"),
    [
        ("psots", ("name", "posts", "posts_serve"), "posts"),
        ("hz", ("zh", "en"), "zh"),
        ("Town-Cadres", ("town_cadres", "county"), "town_cadres"),
        ("zebra", ("posts", "name"), ""),
        ("b", ("a",), ""),
        ("vilage", ("village", "villages"), "village"),
        ("x" * 5000, ("x" * 4999,), ""),
        (3, ("a", "b"), ""),
    ],
)
def test_the_nearest_known_name_is_suggested_if_it_is_near(found: object, known: tuple[str, ...], meant: str) -> None:
    assert nearest(found, known) == meant
