from pathlib import Path

import pytest

from calibration.ledger import load_ledger
from calibration.starting_points import load_starting_points, names_of_places

XICHOU = load_starting_points("xichou")


def test_a_row_without_value_takes_its_figure_from_the_ledger() -> None:
    figure = load_ledger().figure("xichou_found_per_1000_per_year").number
    assert XICHOU.of("found_per_1000_per_year").number == figure


def test_a_row_of_the_place_goes_before_one_of_every_place() -> None:
    assert XICHOU.of("settled_share", "village").number == 0.575
    assert load_starting_points("rural", "urban", "jinjiang").of("settled_share", "village").number == 0.83
    assert load_starting_points("elsewhere").of("settled_share", "village").number == 0.575


def test_a_place_takes_those_of_its_bases_after_its_own() -> None:
    read = [Path("scenarios/jinjiang/sink.yaml"), Path("scenarios/base/urban.yaml"), Path("scenarios/base/rural.yaml")]
    assert names_of_places(read[0], read) == ("rural", "urban", "jinjiang")
    assert names_of_places(read[1], read[1:]) == ("rural", "urban")
    assert names_of_places(Path("scenarios/xichou/baseline.yaml"), []) == ("xichou",)


def test_stated_shares_make_83_percent_in_the_village_in_both_places() -> None:
    group, village = XICHOU.of("settled_share", "grid").number, XICHOU.of("settled_share", "village").number
    assert group + (1 - group) * village == pytest.approx(0.83)


def test_every_value_lies_between_its_ends() -> None:
    for point in XICHOU.points.values():
        if point.value is not None and point.low is not None and point.high is not None:
            assert point.low <= point.value <= point.high


def test_what_is_not_stated_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="most_posts town for elsewhere"):
        load_starting_points("elsewhere").of("most_posts", "town")
    with pytest.raises(TypeError, match="no value is stated"):
        _ = XICHOU.of("surfaced_share").number
    with pytest.raises(TypeError, match="no range is stated"):
        _ = XICHOU.of("most_posts", "town").ends
