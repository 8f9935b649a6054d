"""Error models: what a record says of a simulation, on the scale on which a figure is met."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit

from calibration.fit.observation import Observation
from calibration.fit.place import PlaceToFit
from tests.unit.calibration.fit.small_place import FOUND, IN_VILLAGE, SPARED, figures_of

SEED = 7


@pytest.fixture(scope="module")
def figures(small: PlaceToFit) -> dict[str, Observation]:
    return {figure.id: figure for figure in figures_of(small)}


def test_figures_come_from_the_ledger_with_the_number_of_units(figures: dict[str, Observation]) -> None:
    assert {id_: figure.reported for id_, figure in figures.items()} == {
        "found": FOUND,
        "in_village": IN_VILLAGE,
        "spared": SPARED,
        "handled": 2300.0,
        "social": 0.8,
    }
    assert {id_: figure.of for id_, figure in figures.items() if figure.of != 1.0} == {"spared": 120.0}


def test_counts_are_met_on_a_log_scale_shares_and_parts_on_a_logit_scale(figures: dict[str, Observation]) -> None:
    assert figures["found"].observed == pytest.approx(np.log(FOUND))
    assert figures["in_village"].observed == pytest.approx(logit(IN_VILLAGE))
    assert figures["spared"].observed == pytest.approx(logit(SPARED / 120))


@pytest.mark.parametrize("target", ["found", "in_village", "spared"])
def test_the_error_scale_and_back(figures: dict[str, Observation], target: str) -> None:
    figure = figures[target]
    values = figure.reported * np.array([0.5, 1.0, 1.1])
    assert figure.from_error_scale(figure.on_error_scale(values)) == pytest.approx(values)


def test_none_and_all_are_half_a_unit_off(figures: dict[str, Observation]) -> None:
    scores = figures["spared"].on_error_scale(np.array([0.0, 0.5, 1.0, 119.0, 119.5, 120.0]))
    assert np.all(np.isfinite(scores))
    assert scores[0] == scores[1] == pytest.approx(logit(0.5 / 120)) == pytest.approx(-scores[5])
    assert np.all(np.diff(scores[1:5]) > 0)
    assert figures["found"].on_error_scale(np.array([0.0])) == pytest.approx([np.log(0.5)])
    assert np.all(np.isfinite(figures["in_village"].on_error_scale(np.array([0.0, 1.0]))))


def test_over_reporting_only_ever_adds(figures: dict[str, Observation]) -> None:
    true = np.array([0.0, 0.5, 0.8, 1.0])
    numbers = {"over_reporting_share": np.array([0.1, 0.1, 0.0, 0.1])}
    recorded = figures["in_village"].recorded(true, numbers)
    assert recorded == pytest.approx([0.1, 0.55, 0.8, 1.0])
    assert np.all(true <= recorded)
    assert figures["spared"].recorded(true, numbers) is true
    assert figures["social"].recorded(true, numbers) is true


def test_only_a_part_of_the_found_is_on_record(figures: dict[str, Observation]) -> None:
    true = np.array([100.0, 200.0])
    numbers = {"recorded_share": np.array([1.0, 0.8])}
    assert figures["found"].recorded(true, numbers) == pytest.approx([100.0, 160.0])
    assert figures["in_village"].recorded(true, numbers) is true
    assert figures["found"].recorded(true, {}) is true


def test_the_discrepancy_has_the_stated_spread(figures: dict[str, Observation]) -> None:
    figure, replications = figures["in_village"], np.arange(2_000)
    off = figure.with_error(figure.on_error_scale(np.full(2_000, 0.6)), SEED, replications) - logit(0.6)
    assert off.mean() == pytest.approx(0.0, abs=4 * 0.15 / 2_000**0.5)
    assert off.std() == pytest.approx(0.15, rel=0.07)


def test_the_discrepancy_of_a_replication_hangs_on_no_other(figures: dict[str, Observation]) -> None:
    figure, share = figures["in_village"], np.full(5, 0.6)
    five = figure.with_error(figure.on_error_scale(share), SEED, np.arange(5))
    assert figure.with_error(figure.on_error_scale(share[:2]), SEED, np.array([4, 1])).tolist() == [five[4], five[1]]
    again = replace(figure, target=figures["spared"].target)
    assert again.with_error(again.on_error_scale(share), SEED, np.arange(5)).tolist() == five.tolist(), (
        "by the id of the target alone"
    )


def test_discrepancies_of_targets_are_independent(figures: dict[str, Observation]) -> None:
    replications, count = np.arange(1_000), 1_000
    one = figures["in_village"].with_error(np.full(count, 0.6), SEED, replications)
    other = figures["spared"].with_error(np.full(count, 60.0), SEED, replications)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.12
    assert one.tolist() != figures["in_village"].with_error(np.full(count, 0.6), SEED + 1, replications).tolist()


def test_a_figure_held_out_has_no_error_model(figures: dict[str, Observation]) -> None:
    with pytest.raises(ValueError, match="handled is held out"):
        _ = figures["handled"].error
