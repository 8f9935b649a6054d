"""What parameters and quantities of a targets file stand for: units, bounds, and what goes with which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sim.specification.schema.targets import Event, Quantity
from sim.specification.shape import Bounds, LeafShape

Scale = Literal["log", "logit"]


@dataclass(frozen=True, slots=True)
class KnownParameter:
    """A parameter from which values of the scenario are derived, so that it sets none itself."""

    unit: str
    shape: LeafShape
    meaning: str


def _share(bounds: Bounds, meaning: str) -> KnownParameter:
    return KnownParameter("share", LeafShape("number", bounds=bounds), meaning)


_INSIDE: Final = Bounds(above=0, below=1)
_WITH_ENDS: Final = Bounds(minimum=0, maximum=1)

KNOWN_PARAMETERS: Final[Mapping[str, KnownParameter]] = {
    "found_per_1000_per_year": KnownParameter(
        "per 1,000 persons per year",
        LeafShape("number", bounds=Bounds(above=0)),
        "disputes found, as recorded; the rate of emergence is this over the share that surfaces and is recorded",
    ),
    "recorded_share": _share(
        Bounds(above=0, maximum=1), "recorded, of the disputes that surface; all of them where it is left out"
    ),
    "settled_in_village_share": _share(
        _INSIDE, "truly settled in the village, of the disputes found; by the lowest tier and the village together"
    ),
    "lowest_tier_part_of_village_share": _share(
        _INSIDE, "part of it that the lowest tier settles; only where that tier hears disputes"
    ),
    "settled_at_town_share": _share(_INSIDE, "settled of the cases that reach the town"),
    "settled_at_county_share": _share(_INSIDE, "settled of the cases that reach the county"),
    "success_lost_per_10_days": _share(
        Bounds(minimum=0, below=1), "success that ten days of delay cost at the lowest tier"
    ),
    "recurred_share_365d": _share(_INSIDE, "agreements that break within a year"),
    "weight_of_town_ability": _share(
        _WITH_ENDS, "where the ability of cadres sent down lies between the lowest tier's (0) and the town's (1)"
    ),
    "over_reporting_share": _share(
        _WITH_ENDS,
        "part of what is not settled that is recorded as settled; changes what is compared, not what is simulated",
    ),
}
"""Parameters without `sets`, by id."""

OVER_REPORTING: Final = "over_reporting_share"
RECORDED_SHARE: Final = "recorded_share"
LOWEST_TIER_PART: Final = "lowest_tier_part_of_village_share"

DERIVED_FROM: Final[Mapping[tuple[str | int, str | int], str]] = {
    ("emergence", "rate_per_1000_per_year"): "found_per_1000_per_year",
    ("hardening", "logit_per_30_days"): "success_lost_per_10_days",
    ("breach", "durability_logit"): "recurred_share_365d",
    ("staff_groups", "ability_logit"): "settled_in_village_share",
}
"""First and last keys of values that are derived, each with a parameter that they follow from."""


@dataclass(frozen=True, slots=True)
class KnownQuantity:
    """What of a simulation answers figures in these units of the ledger, on which scales it is compared."""

    figure_units: tuple[str, ...]
    scales: tuple[Scale, ...]
    meaning: str
    is_of_units: bool = False
    is_recorded: bool = False


KNOWN_QUANTITIES: Final[Mapping[Quantity, KnownQuantity]] = {
    "disputes_found_count": KnownQuantity(
        ("disputes",), ("log",), "disputes that became known over the years of the record"
    ),
    "recorded_settled_in_village_share": KnownQuantity(
        ("share",),
        ("logit",),
        "of these, those that the record counts as settled in the village",
        is_recorded=True,
    ),
    "units_without_event_count": KnownQuantity(
        ("groups", "grids", "villages", "towns", "units"),
        ("logit",),
        "units of a tier none of whose disputes met any of the events over the years of the record",
        is_of_units=True,
    ),
    "mediated_settled_per_year": KnownQuantity(
        ("cases_per_year", "disputes_per_year"), ("log",), "disputes settled by mediation, at any tier, a year"
    ),
    "cases_per_full_time_mediator_per_year": KnownQuantity(
        ("cases_per_year",), ("log",), "cases that a full-time post of town and county takes up a year"
    ),
    "social_forces_share": KnownQuantity(
        ("share",), ("logit",), "of the disputes settled, those that volunteers and part-timers settled"
    ),
}
"""All quantities, by id."""

KNOWN_EVENTS: Final[Mapping[Event, str]] = {
    "left_village": "a dispute was not settled in the village and went on",
    "handed_to_county": "a dispute was handed up to the county",
    "incident": "a dispute turned violent or criminal",
    "group_petition": "a group went over the tiers' heads to petition",
}
"""What may have happened in a unit."""

assert set(KNOWN_QUANTITIES) == set(get_args(Quantity)) and set(KNOWN_EVENTS) == set(get_args(Event))
