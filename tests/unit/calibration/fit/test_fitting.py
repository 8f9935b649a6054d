"""The fit from end to end on a table made by formulas: what is learnt, what is not, and what is refused."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import logit

from calibration.fit.fitting import POINT_REPLICATIONS, fit
from calibration.fit.found import found_rate
from calibration.fit.learning import _contraction_of_emergence
from calibration.fit.observation import Observation
from calibration.fit.outcome import Finding, Outcome
from calibration.fit.place import EMERGENCE_RATE, PlaceToFit
from calibration.fit.simulated_draws import ANSWER, Draws, answers_of
from sim.errors import FiguresConflictError
from tests.unit.calibration.fit.small_place import TARGETS, changed, figures_of, open_small
from tests.unit.calibration.fit.toy_simulator import ToySimulator

ROWS = 800
MANY = (
    ("rows: 60", f"rows: {ROWS}"),
    ("draws: 20, accepted_share: 0.5, predictive_draws: 10", "draws: 150, accepted_share: 0.25, predictive_draws: 50"),
)
COUNT = "xichou_county_cases_10y_if_poisson"
SHARE = "xichou_settled_in_village_share"
GROUPS = "licheng_community_grids"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> PlaceToFit:
    return open_small(tmp_path_factory.mktemp("many"), changed(TARGETS, *MANY))


@pytest.fixture(scope="module")
def outcome(place: PlaceToFit) -> Outcome:
    return fit(place, figures_of(place), ToySimulator.of(place))


def finding(outcome: Outcome, parameter: str) -> Finding:
    return outcome.findings[outcome.place.ids.index(parameter)]


def drawn(outcome: Outcome, parameter: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return outcome.posterior_numbers[:, outcome.place.ids.index(parameter)]


def reporting(place: PlaceToFit, figures: Mapping[str, float]) -> tuple[Observation, ...]:
    """The figures of the place, some with other values."""
    return tuple(replace(seen, reported=figures.get(seen.id, seen.reported)) for seen in figures_of(place))


def test_the_figures_inform_what_they_are_about_and_nothing_else(outcome: Outcome) -> None:
    informed = {id_ for id_ in outcome.place.ids if finding(outcome, id_).informed}
    assert informed == {"found_per_1000_per_year", "settled_in_village_share"}
    assert finding(outcome, "found_per_1000_per_year").method == "closed_form"
    assert finding(outcome, "settled_in_village_share").method == "abc"
    assert finding(outcome, "latent.fade_days.mean_days").method == "prior"
    assert all((each.basis == "fitted") == each.informed for each in outcome.findings)


def test_intervals_of_synthetic_data_cover_the_truth_as_often_as_they_say(outcome: Outcome) -> None:
    assert outcome.synthetic == ROWS
    for id_ in ("found_per_1000_per_year", "settled_in_village_share"):
        assert finding(outcome, id_).coverage_rows == ROWS
        assert finding(outcome, id_).coverage_ok, id_


@pytest.mark.parametrize(
    ("rate", "share", "shape", "recorded"), [(20.0, 0.85, 0.5, 0.9), (30.0, 0.6, 1.5, 0.8), (12.0, 0.7, 0.3, 0.95)]
)
def test_known_parameters_are_recovered_from_what_they_report(
    place: PlaceToFit, rate: float, share: float, shape: float, recorded: float
) -> None:
    truth = {parameter.id: parameter.stated for parameter in place.parameters} | {
        "found_per_1000_per_year": rate,
        "settled_in_village_share": share,
        "frailty_shape": shape,
        "recorded_share": recorded,
        "over_reporting_share": 0.0,
    }
    numbers = np.tile([truth[id_] for id_ in place.ids], (20, 1))
    simulated = ToySimulator.of(place).simulate(Draws("truth", numbers, np.arange(20) + 5_000_000, 20))
    means = {seen.id: float(simulated[f"{ANSWER}:{seen.id}"].mean()) for seen in figures_of(place)}
    means["found"] *= recorded
    outcome = fit(place, reporting(place, means), ToySimulator.of(place))
    for id_ in ("found_per_1000_per_year", "settled_in_village_share", "frailty_shape"):
        low, high = np.quantile(drawn(outcome, id_), [0.01, 0.99])
        assert low < truth[id_] < high, id_
    assert np.median(drawn(outcome, "found_per_1000_per_year")) == pytest.approx(rate, rel=0.1)
    assert np.median(drawn(outcome, "settled_in_village_share")) == pytest.approx(share, abs=0.06)


def test_the_found_rate_is_that_of_the_closed_form(outcome: Outcome, place: PlaceToFit) -> None:
    fitted = [seen for seen in figures_of(place) if not seen.target.held_out]
    found = found_rate(place, fitted)
    assert found.posterior.median == pytest.approx(199.9 / 10, rel=0.02)
    assert drawn(outcome, "found_per_1000_per_year").std() == pytest.approx(
        found.posterior.sigma * found.posterior.median, rel=0.25
    )
    assert finding(outcome, "found_per_1000_per_year").contraction == found.contraction
    table = np.log(outcome.table_numbers[:, outcome.place.ids.index("found_per_1000_per_year")])
    prior = np.log(outcome.prior_numbers[:, outcome.place.ids.index("found_per_1000_per_year")])
    assert table.std() == pytest.approx(found.posterior.sigma, rel=0.1)
    assert prior.std() == pytest.approx(found.prior.sigma, rel=0.1)


def test_the_spread_between_units_is_taken_as_stated_whatever_the_baseline_has(place: PlaceToFit) -> None:
    assert place.baseline.scenario.frailty is not None
    assert place.baseline.scenario.frailty.shape == 2.0
    found = found_rate(place, [seen for seen in figures_of(place) if not seen.target.held_out])
    assert (found.error.unit_shape, found.error.units) == (0.6, 120)


def test_the_rate_of_emergence_is_told_less_of_than_the_rate_found(outcome: Outcome, place: PlaceToFit) -> None:
    found = found_rate(place, [seen for seen in figures_of(place) if not seen.target.held_out])
    recorded = place.ids.index("recorded_share")
    after = np.log(outcome.table_numbers[:, 0] / outcome.table_numbers[:, recorded])
    before = np.log(outcome.prior_numbers[:, 0] / outcome.prior_numbers[:, recorded])
    contraction = _contraction_of_emergence(found, np.exp(after))
    assert contraction == pytest.approx(1 - after.var() / before.var(), abs=0.01)
    assert contraction < found.contraction
    assert outcome.value_basis[EMERGENCE_RATE] == "fitted"


def test_values_that_follow_from_several_parameters_are_judged_by_the_same_rule(outcome: Outcome) -> None:
    assert outcome.value_basis["staff_groups.neighbours.ability_logit"] == "fitted"
    assert outcome.value_basis["latent.fade_days.mean_days"] == "assumed"
    assert "hardening.logit_per_30_days" not in outcome.value_basis, "it never changes"


def test_the_point_is_as_stated_but_for_what_the_figures_bear_on(outcome: Outcome) -> None:
    point = dict(zip(outcome.place.ids, outcome.point_numbers.tolist(), strict=True))
    for parameter in outcome.place.parameters:
        is_stated = parameter.id not in outcome.place.targets.parameters
        if is_stated or finding(outcome, parameter.id).method == "prior":
            assert point[parameter.id] == pytest.approx(parameter.stated, rel=1e-9), parameter.id
    assert point["settled_in_village_share"] == pytest.approx(
        np.median(drawn(outcome, "settled_in_village_share")), abs=0.05
    )
    assert point["found_per_1000_per_year"] == pytest.approx(19.9, abs=0.4)
    assert len(outcome.point) == POINT_REPLICATIONS


def test_at_the_point_the_record_comes_close_to_the_figures(outcome: Outcome) -> None:
    at_point = answers_of(outcome.point)
    share = at_point["in_village"].mean()
    reporting = dict(zip(outcome.place.ids, outcome.point_numbers.tolist(), strict=True))["over_reporting_share"]
    assert logit(share + reporting * (1 - share)) == pytest.approx(logit(0.83), abs=0.1)
    # Some 34 disputes leave the village: however evenly, 88 of 120 groups are spared at the least.
    assert 85 < at_point["spared"].mean() < 93


def test_no_two_simulations_share_chance(place: PlaceToFit) -> None:
    used: dict[str, list[int]] = {}

    class Noting(ToySimulator):
        def simulate(self, draws: Draws) -> "object":  # type: ignore[override]
            used[draws.name] = draws.replications[: draws.simulated].tolist()
            return super().simulate(draws)

    fit(place, figures_of(place), Noting.of(place))
    replications = [replication for each in used.values() for replication in each]
    assert len(replications) == len(set(replications)) == ROWS + 50 + POINT_REPLICATIONS


def conflicts_of(place: PlaceToFit, figures: Mapping[str, float]) -> tuple[set[tuple[str, ...]], list[str]]:
    simulator = ToySimulator.of(place)
    with pytest.raises(FiguresConflictError) as raised:
        fit(place, reporting(place, figures), simulator)
    return {named for named, _ in raised.value.conflicts}, simulator.asked


def test_a_count_outside_its_prior_is_refused_before_anything_is_simulated(place: PlaceToFit) -> None:
    assert conflicts_of(place, {"found": 3.0}) == ({(COUNT,)}, [])


def test_a_figure_that_no_draw_can_give_is_named_alone(place: PlaceToFit) -> None:
    assert conflicts_of(place, {"in_village": 0.02}) == ({(SHARE,)}, ["prior", "without_count"])


def test_two_figures_that_cannot_be_met_together_are_both_named(tmp_path: Path) -> None:
    """With nine in ten settled in the village not even half of the units can have had somebody leave it."""
    spread = ("median: 0.6, within_90: [0.2, 2]", "median: 2, within_90: [0.5, 8]")
    narrow = ("median: 15, within_90: [5, 45]", "median: 20, within_90: [16, 25]")
    place = open_small(tmp_path, changed(TARGETS, *MANY, spread, narrow))
    named, _ = conflicts_of(place, {"in_village": 0.96, "spared": 50.0})
    assert named == {(SHARE, GROUPS)}


def test_a_figure_that_only_the_count_rules_out_is_named_with_the_count(tmp_path: Path) -> None:
    """A tenth of the units spared needs more disputes than were found, but no more than their prior allows."""
    wide = ("median: 15, within_90: [5, 45]", "median: 40, within_90: [8, 200]")
    spread = ("median: 0.6, within_90: [0.2, 2]", "median: 2, within_90: [0.5, 8]")
    place = open_small(tmp_path, changed(TARGETS, *MANY, wide, spread))
    named, _ = conflicts_of(place, {"spared": 8.0, "in_village": 0.6})
    assert named == {(COUNT, GROUPS)}
