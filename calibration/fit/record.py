"""What the record of a simulated place would show: the quantities that answer reported figures, and what is implied."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.columns import among
from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.specification.schema.targets import Event, Target
from sim.vocabulary import NOWHERE, Departure, Fate, RequestOutcome

Mask = NDArray[np.bool_]

HOUSEHOLDS_OF_A_GROUP_PETITION: Final = 5
"""A petition of at least five is a group petition (集体访); here of five households."""
IMPLIED: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "emerged_per_year": ("disputes_per_year", "每年发生的纠纷", "Disputes that emerge in a year"),
        "surfaced_of_emerged_share": (
            "share",
            "为人所知的纠纷占发生的比重",
            "Share of emerging disputes that become known",
        ),
        "reached_county_share": (
            "share",
            "排查发现的纠纷到县一级的占比",
            "Share of disputes found that reach the county",
        ),
        "incidents_per_year": ("incidents_per_year", "每年引发的案（事）件", "Incidents in a year"),
        "units_without_dispute_share": (
            "share",
            "记录期内没有发现纠纷的最基层单元占比",
            "Share of lowest units in which no dispute was found in the years of the record",
        ),
        "disputes_in_hottest_hundredth_of_units_share": (
            "share",
            "纠纷最多的1%单元所占的纠纷",
            "Share of disputes in the hottest 1 % of the lowest units",
        ),
        "disputes_in_hottest_tenth_of_units_share": (
            "share",
            "纠纷最多的10%单元所占的纠纷",
            "Share of disputes in the hottest 10 % of the lowest units",
        ),
    }
)
"""What is implied, by name: its unit, and its name in Chinese and in English."""

_HOTTEST_SHARES: Final = {
    "disputes_in_hottest_hundredth_of_units_share": 0.01,
    "disputes_in_hottest_tenth_of_units_share": 0.1,
}


def answer(target: Target, run: ObservedRun, scenario: Scenario) -> float:
    """Return what a run answers to a figure, in the figure's unit; true, before anything is misreported."""
    match target.quantity:
        case "disputes_found_count":
            return float(found(run).sum())
        case "recorded_settled_in_village_share":
            return float(settled_in_village(run).sum() / max(found(run).sum(), 1))
        case "units_without_event_count":
            assert target.tier is not None and target.events is not None
            return float(units_without(run, scenario, target.tier, target.events))
        case "mediated_settled_per_year":
            return _settled_in_record(run) / run.cohort_years
        case "cases_per_full_time_mediator_per_year":
            return _cases_per_full_time_mediator(run, scenario)
        case "social_forces_share":
            return _settled_by_lowest_tier_share(run)


def implied(run: ObservedRun) -> dict[str, float]:
    """Return what a run implies for quantities that nobody reported, by name; shares are of the disputes found."""
    is_found = found(run)
    count = max(int(is_found.sum()), 1)
    top = len(run.jurisdiction.tier_ids) - 1
    per_unit = np.sort(np.bincount(run.batch.home_unit[is_found], minlength=len(run.place.persons_of_units[0])))
    hottest = {
        name: float(per_unit[len(per_unit) - max(round(share * len(per_unit)), 1) :].sum() / count)
        for name, share in _HOTTEST_SHARES.items()
    }
    return {
        "emerged_per_year": run.cohort_count / run.cohort_years,
        "surfaced_of_emerged_share": count / max(run.cohort_count, 1),
        "reached_county_share": float((reached(run, top) & is_found).sum() / count),
        "incidents_per_year": float((in_record(run, _incident_s(run))).sum() / run.cohort_years),
        "units_without_dispute_share": float((per_unit == 0).mean()),
        **hottest,
    }


def found(run: ObservedRun) -> Mask:
    """Say of each dispute whether it became a case at a desk within the years of the record: bool (N,)."""
    return in_record(run, run.registered_s) & ~run.batch.opening


def settled_in_village(run: ObservedRun) -> Mask:
    """Say of each dispute whether it was found and its first agreement was made in the village or below: bool (N,)."""
    first = run.episodes.first
    tier = run.episodes.fate_tier[first]
    settled: Mask = found(run) & (run.episodes.fate[first] == Fate.SETTLED) & (tier <= run.village_tier)
    return settled


def units_without(run: ObservedRun, scenario: Scenario, tier_id: str, events: tuple[Event, ...]) -> int:
    """Count the units of a tier of whose disputes none had any of the events within the years of the record."""
    tier = run.jurisdiction.tier_ids.index(tier_id)
    had = np.zeros(len(run.batch.home_unit), dtype=np.bool_)
    for event in events:
        had |= _EVENTS[event](run, scenario)
    unit = run.place.number_of_unit[tier].take(run.batch.home_unit)
    return int(len(run.place.persons_of_units[tier]) - len(np.unique(unit[had])))


def reached(run: ObservedRun, tier: int) -> Mask:
    """Say of each dispute whether its case came to a tier, or above it, within the years of the record: bool (N,)."""
    visits = run.trajectory.visits
    counted = (visits.tier >= tier) & (visits.departure != Departure.PASSED_THROUGH)
    came = np.zeros(len(run.batch.home_unit), dtype=np.bool_)
    came[visits.dispute[counted & in_record(run, visits.arrived_s)]] = True
    return came


def in_record(run: ObservedRun, instant_s: NDArray[np.int64]) -> Mask:
    """Say of each instant whether it lies in the years of the record, which are those of the cohort."""
    return run.is_in_cohort_years(instant_s)


def _left_village(run: ObservedRun, _: Scenario) -> Mask:
    return reached(run, run.village_tier + 1)


def _handed_to_county(run: ObservedRun, _: Scenario) -> Mask:
    return reached(run, len(run.jurisdiction.tier_ids) - 1)


def _incident(run: ObservedRun, _: Scenario) -> Mask:
    return in_record(run, _incident_s(run))


def _incident_s(run: ObservedRun) -> NDArray[np.int64]:
    disputes = run.trajectory.disputes
    return np.where(disputes.fate == Fate.INCIDENT, disputes.fate_s, -1)


def _group_petition(run: ObservedRun, scenario: Scenario) -> Mask:
    """A dispute of several households that comes in by petition; what goes over the town's head reaches the county."""
    kinds = [channel.kind == "petition" for channel in (scenario.channels or {}).values()]
    households = np.array([category.households_involved for category in scenario.categories.values()])
    is_group: Mask = (households >= HOUSEHOLDS_OF_A_GROUP_PETITION).take(run.batch.category)
    by_petition: Mask = np.array([*kinds, False]).take(run.batch.channel)
    assert NOWHERE == -1  # so that a dispute without a channel takes the last entry
    petitioned: Mask = is_group & by_petition & in_record(run, run.registered_s)
    return petitioned


_EVENTS: Final[Mapping[Event, Callable[[ObservedRun, Scenario], Mask]]] = MappingProxyType(
    {
        "left_village": _left_village,
        "handed_to_county": _handed_to_county,
        "incident": _incident,
        "group_petition": _group_petition,
    }
)


def _settled_in_record(run: ObservedRun) -> float:
    episodes = run.episodes
    return float((in_record(run, episodes.fate_s) & (episodes.fate == Fate.SETTLED)).sum())


def _cases_per_full_time_mediator(run: ObservedRun, scenario: Scenario) -> float:
    """Cases served a year in the sessions of the tiers above the village, over the posts that stand there."""
    tiers = run.request_tier > run.village_tier
    served = run.casework & tiers & (run.trajectory.requests.started_s < run.jurisdiction.horizon_s)
    served &= in_record(run, run.trajectory.requests.started_s)
    cases = len(np.unique(run.trajectory.requests.dispute[served]))
    tier_ids = run.jurisdiction.tier_ids
    posts = sum(
        group.posts for group in scenario.staff_groups.values() if tier_ids.index(group.tier) > run.village_tier
    )
    return cases / run.cohort_years / max(posts, 1)


def _settled_by_lowest_tier_share(run: ObservedRun) -> float:
    """Of the settlements of the record, the part that a group of the lowest tier, its volunteers, brought about."""
    requests = run.trajectory.requests
    settled = run.casework & among(requests.outcome, RequestOutcome.SETTLED) & in_record(run, requests.ended_s)
    group_tier = run.jurisdiction.staff.group_tier
    by_lowest = group_tier[run.serving_group[settled]] == group_tier.min()
    return float(by_lowest.mean()) if settled.any() else 0.0
