"""The project's own ledger: its arithmetic is redone, its grades and locators hold together."""

import re
from collections.abc import Callable
from decimal import Decimal
from math import exp, log
from pathlib import Path

import pytest
from scipy.optimize import brentq

import calibration
from calibration.check import normalise, parse_locator
from calibration.figure import HowSure, SourceKind
from calibration.ledger import load_ledger

LEDGER = load_ledger()
DERIVED = [figure.id for figure in LEDGER.figures.values() if figure.how_sure is HowSure.DERIVED]

Get = Callable[[str], float]


def ratio(above: str, below: str, scale: float = 1.0) -> Callable[[Get], float]:
    return lambda get: scale * get(above) / get(below)


def crime_fit(get: Get, last_year_over_mean: float = 1.0) -> tuple[float, float]:
    """Gamma shape and mean of 2017 that give the shares of groups without crime in 2017 and in the ten years."""
    one_year, ten_years = (get(f"xichou_groups_no_crime_{t}") / get("xichou_groups") for t in ("2017", "10y"))

    def yearly_mean(shape: float) -> float:
        return float(shape * (one_year ** (-1 / shape) - 1))

    def excess(shape: float) -> float:
        return float((1 + 10 * yearly_mean(shape) / last_year_over_mean / shape) ** -shape - ten_years)

    shape = float(brentq(excess, 0.1, 10.0))
    return shape, yearly_mean(shape)


def admin_share(get: Get, share_at_meetings: float, group_hours_per_day: float) -> float:
    meeting_hours = get("quanzhou_meetings_per_week") * 52 / 12 * share_at_meetings * 4
    hours = get("quanzhou_inspections_per_month") * 4 + meeting_hours + 21.75 * group_hours_per_day
    return hours / (21.75 * 8)


def without_court(get: Get) -> float:
    return get("national_disputes_2022") - get("national_court_referred_2022")


def wait_for_meeting_days(_: Get) -> float:
    gaps = [10, 10, 11] * 7 + [10, 10, 10] * 4 + [10, 10, 8]
    assert sum(gaps) == 365
    return sum(gap**2 for gap in gaps) / (2 * 365)


NATIONAL_2011 = [f"national_category_{kind}_2011" for kind in ("family", "neighbour", "housing", "damages")]
FOUND, SETTLED, GROUPS = "xichou_disputes_found_10y", "xichou_settled_in_village_10y", "xichou_groups"
PEOPLE_XICHOU, PEOPLE_JINJIANG = "xichou_population", "jinjiang_population"

ARITHMETIC: dict[str, Callable[[Get], float]] = {
    "xichou_settled_in_village_share": ratio(SETTLED, FOUND),
    "xichou_left_village_10y": lambda get: get(FOUND) - get(SETTLED),
    "xichou_disputes_found_per_year": lambda get: get(FOUND) / 10,
    "xichou_found_per_1000_per_year": ratio(FOUND, PEOPLE_XICHOU, 100),
    "xichou_found_per_village_per_year": ratio(FOUND, "xichou_villages", 0.1),
    "xichou_found_per_group_per_year": ratio(FOUND, GROUPS, 0.1),
    "xichou_persons_per_group": ratio(PEOPLE_XICHOU, GROUPS),
    "xichou_persons_per_village": ratio(PEOPLE_XICHOU, "xichou_villages"),
    "xichou_groups_no_handup_share": ratio("xichou_groups_no_handup_10y", GROUPS),
    "xichou_left_village_per_group_10y": ratio("xichou_left_village_10y", GROUPS),
    "xichou_zero_share_if_poisson": lambda get: exp(-get("xichou_left_village_per_group_10y")),
    "xichou_handup_dispersion_if_none_left_village": lambda get: brentq(
        lambda k: (1 + get("xichou_left_village_per_group_10y") / k) ** -k - get("xichou_groups_no_handup_share"),
        1e-3,
        1.0,
    ),
    "xichou_county_cases_10y_if_poisson": lambda get: -log(get("xichou_groups_no_handup_share")) * get(GROUPS),
    "xichou_county_share_low": ratio("xichou_county_cases_10y_if_poisson", FOUND),
    "xichou_county_share_high": lambda get: (
        0.1 * (get("xichou_groups_no_handup_share") ** -10 - 1) * get(GROUPS) / get(FOUND)
    ),
    "xichou_settled_at_town_share": lambda get: (
        1 - get("xichou_settled_in_village_share") - get("xichou_county_share_low")
    ),
    "xichou_groups_crime_not_2017_only": lambda get: (
        get("xichou_groups_no_crime_2017") - get("xichou_groups_no_crime_10y")
    ),
    "xichou_groups_crime_2017": lambda get: get(GROUPS) - get("xichou_groups_no_crime_2017"),
    "xichou_crime_frailty_shape": lambda get: crime_fit(get)[0],
    "xichou_crime_frailty_shape_if_halved": lambda get: crime_fit(get, 0.5)[0],
    "xichou_crime_frailty_shape_if_up_half": lambda get: crime_fit(get, 1.5)[0],
    "xichou_crime_per_group_per_year": lambda get: crime_fit(get)[1],
    "xichou_police_officers": lambda get: get("xichou_police_per_10000") * get(PEOPLE_XICHOU) / 10_000,
    "xichou_patrol_members_per_group": ratio("xichou_patrol_members", GROUPS),
    "xichou_people_implied_by_volunteers": ratio("xichou_volunteers", "xichou_volunteers_per_10000", 10_000),
    "xichou_settled_per_peoples_mediator": ratio("xichou_peoples_mediation_cases_per_year", "xichou_peoples_mediators"),
    "jinjiang_villages": lambda get: get("jinjiang_rooms") - 1 - get("jinjiang_towns_and_subdistricts"),
    "jinjiang_persons_per_village": ratio(PEOPLE_JINJIANG, "jinjiang_villages"),
    "jinjiang_reviewers_per_room": ratio("jinjiang_reviewers", "jinjiang_rooms"),
    "jinjiang_persons_per_room": ratio(PEOPLE_JINJIANG, "jinjiang_rooms"),
    "jinjiang_persons_per_reviewer": ratio(PEOPLE_JINJIANG, "jinjiang_reviewers"),
    "jinjiang_grids_at_norm": ratio(PEOPLE_JINJIANG, "taishang_persons_per_grid_norm"),
    "jinjiang_cases_per_reviewer_low": lambda get: (
        get("national_mediated_per_1000_2022") * get(PEOPLE_JINJIANG) / 1000 / get("jinjiang_reviewers")
    ),
    "jinjiang_cases_per_reviewer_high": lambda get: (
        get("xichou_found_per_1000_per_year") * get(PEOPLE_JINJIANG) / 1000 / get("jinjiang_reviewers")
    ),
    "quanzhou_persons_per_village": ratio("quanzhou_population", "quanzhou_villages"),
    "licheng_households_per_street_chief": ratio("licheng_households_covered", "licheng_streets"),
    "licheng_micro_grids_per_community": ratio("licheng_micro_grids", "licheng_community_grids"),
    "licheng_persons_per_micro_grid": ratio("licheng_population", "licheng_micro_grids"),
    "shishi_grid_staff": lambda get: (
        get("shishi_street_chiefs") + get("shishi_building_chiefs") + get("shishi_red_grid_workers")
    ),
    "shishi_persons_per_grid_staff": ratio("shishi_population", "shishi_grid_staff"),
    "anxi_730_meetings_per_year": lambda _: 3 * 12,
    "anxi_730_mean_gap_days": lambda _: 365 / 36,
    "anxi_730_mean_wait_days": wait_for_meeting_days,
    "nanan_level2_per_level1": ratio("nanan_grids_level2", "nanan_grids_level1"),
    "nanan_persons_per_unit_grid": ratio("nanan_population", "nanan_grids_unit"),
    "taishang_unit_grids_per_area": ratio("taishang_unit_grids", "taishang_grid_areas"),
    "taishang_persons_per_grid": ratio("taishang_population", "taishang_unit_grids"),
    "dehua_wage_complaints_multiplier": lambda get: 1 - get("dehua_wage_complaints_drop"),
    "quanzhou_duty_list_not_clear_share": lambda get: 1 - get("quanzhou_duty_list_executed_share"),
    "quanzhou_paid_in_full_of_bought_share": ratio(
        "quanzhou_services_paid_in_full_share", "quanzhou_services_bought_share"
    ),
    "quanzhou_village_pay_per_day_min": lambda get: get("quanzhou_village_pay_min") / 21.75,
    "quanzhou_village_pay_per_day_max": lambda get: get("quanzhou_village_pay_max") / 21.75,
    "quanzhou_town_groups_10plus_share": lambda get: (
        get("quanzhou_town_groups_over20_share") + get("quanzhou_town_groups_10to20_share")
    ),
    "quanzhou_village_groups_10plus_share": lambda get: (
        get("quanzhou_village_groups_over20_share") + get("quanzhou_village_groups_10to20_share")
    ),
    "admin_share_low": lambda get: admin_share(get, get("quanzhou_weekly_meeting_share"), 1.0),
    "admin_share_high": lambda get: admin_share(get, 1.0, 4 / 3),
    "hubei_problems_per_visit": ratio("hubei_problems_solved", "hubei_cadre_visits"),
    "lhasa_joint_households_per_grid": ratio("lhasa_joint_households", "lhasa_grids"),
    "longyang_groups_per_community": ratio("longyang_groups", "longyang_communities"),
    "longyang_persons_per_group": ratio("longyang_population", "longyang_groups"),
    "longyang_persons_per_community": ratio("longyang_population", "longyang_communities"),
    "national_mediated_per_1000_2000": ratio("national_disputes_2000", "national_population_2000", 1000),
    "national_mediated_per_1000_2011": ratio("national_disputes_2011", "national_population_2011", 1000),
    "national_mediated_per_1000_2022": lambda get: without_court(get) / get("national_population_2022") * 1000,
    "national_disputes_per_mediator_2017": ratio("national_disputes_2017", "national_mediators_2017"),
    "national_disputes_per_mediator_2022": lambda get: without_court(get) / get("national_mediators_2022"),
    "national_category_unnamed_2011": lambda get: 1 - sum(get(name) for name in NATIONAL_2011),
    "baltimore_police_calls_drop_share": ratio(
        "baltimore_police_calls_drop_per_week", "baltimore_police_calls_before_per_week"
    ),
    "xupu_mediated_before_share": ratio("xupu_mediated_before", "xupu_criminal_neighbour_cases"),
}


def smallest_step(value: float) -> float:
    """Half a unit of the last decimal that the ledger writes."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return 0.5 * 10.0 ** min(exponent, 0)


@pytest.mark.parametrize("figure_id", DERIVED)
def test_derived_figures_follow_from_the_figures_they_name(figure_id: str) -> None:
    figure = LEDGER.figure(figure_id)

    def get(name: str) -> float:
        assert name in figure.derived_from, f"{figure_id} uses {name} without saying so"
        return LEDGER.figure(name).number

    assert ARITHMETIC[figure_id](get) == pytest.approx(figure.number, abs=1.2 * smallest_step(figure.number))


def test_no_arithmetic_is_left_over() -> None:
    assert set(ARITHMETIC) == set(DERIVED)


def stated_numbers(literal: str) -> set[float]:
    numbers = [float(text) for text in re.findall(r"\d+(?:\.\d+)?", normalise(literal))]
    return {*numbers, *(number / 100 for number in numbers), *([numbers[0] / numbers[1]] if "/" in literal else [])}


@pytest.mark.parametrize(
    "figure_id",
    [
        figure.id
        for figure in LEDGER.figures.values()
        if LEDGER.sources[figure.source].kind is SourceKind.DOCUMENT
        and not isinstance(figure.value, str)
        and re.search(r"\d", figure.locator.partition(" @ ")[0])
    ],
)
def test_values_are_the_numbers_that_their_locators_search_for(figure_id: str) -> None:
    figure = LEDGER.figure(figure_id)
    literals = parse_locator(figure.locator).alternatives
    numbers = set().union(*(stated_numbers(literal) for literal in literals))
    assert any(figure.number == pytest.approx(number, abs=5e-4 if "/" in literals[0] else 1e-12) for number in numbers)


def test_every_locator_of_a_document_says_where() -> None:
    for figure in LEDGER.figures.values():
        if LEDGER.sources[figure.source].kind is SourceKind.DOCUMENT:
            assert parse_locator(figure.locator).where, figure.id


def test_every_source_is_used_and_texts_are_in_their_language() -> None:
    assert set(LEDGER.sources) == {figure.source for figure in LEDGER.figures.values()}
    chinese = re.compile(r"[一-鿿]")
    for figure in LEDGER.figures.values():
        assert chinese.search(figure.quantity_zh), figure.id
        assert not chinese.search(figure.quantity_en + figure.notes), figure.id
    for source in LEDGER.sources.values():
        assert chinese.search(source.citation_zh), source.key
        assert not chinese.search(source.citation_en), source.key


def test_files_open_in_a_spreadsheet_with_their_chinese() -> None:
    folder = Path(calibration.__file__).parent
    for name in ("figures.csv", "sources.csv"):
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf"), name


def test_both_readings_of_the_1583_groups_are_in_the_ledger() -> None:
    note = LEDGER.figure("xichou_groups_no_handup_10y").notes
    assert "Two readings" in note
    assert LEDGER.figure("xichou_handup_dispersion_if_none_left_village").number < 0.05
    assert 190 < LEDGER.figure("xichou_county_cases_10y_if_poisson").number < 210
