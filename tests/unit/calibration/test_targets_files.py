"""The project's own targets files: their figures are used once, and what is no target is none."""

from pathlib import Path

import pytest

import calibration
from calibration.ledger import load_ledger
from calibration.uses import USES_FILE, Use, uses_csv, uses_of_figures
from sim.cli.sources import known_figures, known_sources
from sim.specification.schema.targets import Targets
from sim.specification.targets import read_targets

FOLDER = Path(calibration.__file__).parent / "targets"
LEDGER = load_ledger()
FILES = sorted(FOLDER.glob("*.yaml"))
FITS = {file.stem: read_targets(file, known_sources(), known_figures()).targets for file in FILES}
USES = {use.figure: use.used_as for use in uses_of_figures(LEDGER)}


def rests_on(figure: str) -> set[str]:
    """Return a figure and all that it is derived from."""
    return {figure}.union(*(rests_on(origin) for origin in LEDGER.figure(figure).derived_from))


def fitted(fit: Targets) -> set[str]:
    return {target.figure for target in fit.targets.values() if not target.held_out}


def test_every_place_is_named_as_its_file() -> None:
    assert {stem: fit.place for stem, fit in FITS.items()} == {stem: stem for stem in FITS}


@pytest.mark.parametrize("place", FITS)
def test_no_prior_rests_on_a_figure_that_the_fit_is_to_meet(place: str) -> None:
    named = [part.strip() for each in FITS[place].parameters.values() for part in (each.source or "").split(";")]
    figures = [part for part in named if part in LEDGER.figures]
    assert {origin for figure in figures for origin in rests_on(figure)} & fitted(FITS[place]) == set()


def test_the_1583_groups_are_met_once_and_nothing_that_follows_from_them() -> None:
    for place in ("xichou", "xichou_none_left_village"):
        following = {figure for figure in fitted(FITS[place]) if "xichou_groups_no_handup_10y" in rests_on(figure)}
        assert following == {"xichou_groups_no_handup_10y"}


def test_what_only_bounds_or_surrounds_is_no_target() -> None:
    met = set().union(*(fitted(fit) for fit in FITS.values()))
    assert [figure for figure in met if figure.startswith(("dehua_", "hubei_", "xichou_groups_no_crime"))] == []
    assert {figure for figure in met if LEDGER.figure(figure).place != "xichou"} == set()
    for figure in ("hubei_problems_per_visit", "dehua_wage_complaints_drop", "dehua_wage_complaints_multiplier"):
        assert not {Use.TARGET, Use.HELD_OUT, Use.PRIOR} & set(USES[figure]), figure


def test_the_stress_case_is_the_same_fit_of_the_other_reading() -> None:
    fit, other = FITS["xichou"], FITS["xichou_none_left_village"]
    groups, spread = "groups_without_event", "frailty_shape"
    assert fit.targets[groups].events == ("handed_to_county", "incident", "group_petition")
    assert other.targets[groups].events == ("left_village",)
    assert fit.targets[groups].error == other.targets[groups].error
    differ = {name for name in fit.parameters if fit.parameters[name] != other.parameters[name]}
    assert differ == {spread}
    assert {name for name in fit.targets if fit.targets[name] != other.targets[name]} == {groups}
    assert other.name.en.startswith("Xichou county, stress case")
    changed = {"place", "name", "description", "parameters", "targets", "reference_table", "posterior"}
    assert {name for name in Targets.model_fields if getattr(fit, name) != getattr(other, name)} == changed


def test_jinjiang_is_fitted_to_nothing_and_takes_over_all_but_the_rate() -> None:
    fit = FITS["jinjiang"]
    assert fitted(fit) == set()
    own = {name for name, parameter in fit.parameters.items() if parameter.basis != "transferred"}
    assert own == {"found_per_1000_per_year"}
    left = set(FITS["xichou"].parameters) - set(fit.parameters)
    assert left == {"over_reporting_share", "lowest_tier_part_of_village_share"}


def test_the_table_of_uses_is_up_to_date() -> None:
    stored = (FOLDER.parent / USES_FILE).read_text(encoding="utf-8-sig")
    assert stored == uses_csv(LEDGER), "python -m calibration.uses"


def test_every_figure_has_a_use_and_context_is_used_by_nothing() -> None:
    assert list(USES) == list(LEDGER.ids)
    assert all(used == (Use.CONTEXT,) or Use.CONTEXT not in used for used in USES.values())
    assert USES["xichou_disputes_found_10y"][0] is Use.TARGET
    assert USES["full_time_mediator_cases_high"] == (Use.HELD_OUT,)
