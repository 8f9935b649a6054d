"""One county of a nation: simulated, audited and summed up in a row by the measures that every report has."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.contract import Engine
from sim.errors import AuditError, EnginesDifferError
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.audits import audited
from sim.outcomes.cohort import cohort_rows
from sim.outcomes.observed import ObservedRun, observed
from sim.outcomes.place import Place, lay_out
from sim.outcomes.workload import workload_rows
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_HOUR, Fate

EMERGED: Final = "emerged_count"
REGISTERED: Final = "registered_count"
SETTLED: Final = "settled_count"
SIMULATED: Final = "simulated_count"
COUNTS: Final = ("population_persons", "committees", "mediators", EMERGED, REGISTERED, SETTLED, SIMULATED)
"""Whole numbers of a county that add up. Emerged, registered and settled (by the horizon) are of the cohort, simulated
are all disputes, of the latent stock and of the follow-up too."""

WEIGHT_OF_MEASURE: Final = {
    "surfaced_share": EMERGED,
    "settled_share_180d": EMERGED,
    "settled_at_or_below_village_share": REGISTERED,
    "reached_top_tier_share": EMERGED,
    "litigated_share_180d": EMERGED,
    "incident_share_180d": EMERGED,
    "days_unresolved_180d": EMERGED,
    "staff_hours_per_settled": SETTLED,
    "cost_yuan_per_settled": SETTLED,
}
"""What a measure is a mean over: weighted so, counties give the mean of the nation."""

UTILISATION: Final = "utilisation"
AVAILABLE: Final = "available_hours"
"""The working hours over which a tier's utilisation is a mean, from the warm-up to the horizon."""


@dataclass(frozen=True, slots=True)
class CountyDone:
    """The row of a county, by column, and how many audits it passed."""

    row: dict[str, int | float]
    audits: int


def columns_of(tier_ids: tuple[str, ...]) -> dict[str, type[np.int64 | np.float64]]:
    """Return the columns of counties.parquet in order, with their types; utilisation and its hours for each tier."""
    columns: dict[str, type[np.int64 | np.float64]] = {"county": np.int64, "size_class": np.int64}
    columns |= dict.fromkeys(COUNTS, np.int64)
    columns |= dict.fromkeys(WEIGHT_OF_MEASURE, np.float64)
    columns |= {of_tier(UTILISATION, tier_id): np.float64 for tier_id in tier_ids}
    return columns | {of_tier(AVAILABLE, tier_id): np.float64 for tier_id in tier_ids}


def of_tier(quantity: str, tier_id: str) -> str:
    """Return the column of a quantity at a tier."""
    return f"{quantity}_{tier_id}"


@dataclass(frozen=True, slots=True)
class CountyPlace:
    """What all counties of a size class share: the scenario, and its place laid out for audits and measures."""

    scenario: Scenario
    place: Place


def county_place(scenario: Scenario) -> CountyPlace:
    """Build the counties of a size class."""
    jurisdiction = build_jurisdiction(scenario)
    return CountyPlace(scenario, lay_out(jurisdiction, compile_protocol(scenario, jurisdiction)))


def run_county(
    of_class: CountyPlace, seed: int, county: int, engine: Engine, in_its_class: dict[str, int]
) -> CountyDone:
    """Sample, simulate, audit and sum up a county, by its number from 1: its random streams are its own.

    `in_its_class` holds what the row has from its size class. AuditError if the accounts do not balance,
    EnginesDifferError if an engine that is two finds them apart.
    """
    scenario, place = of_class.scenario, of_class.place
    batch = sample_disputes(scenario, place.jurisdiction, place.protocol, seed, county)
    try:
        trajectory = engine(place.jurisdiction, place.protocol, batch)
        audits, finished = audited(place, batch, trajectory)
    except AuditError as error:
        raise AuditError([f"county {county}: {failure}" for failure in error.failures]) from error
    except EnginesDifferError as error:
        raise EnginesDifferError(error.difference, f"county {county}") from error
    run = observed(finished, scenario.measures)
    counts = {
        EMERGED: run.cohort_count,
        REGISTERED: int((run.cohort & (run.registered_s < run.jurisdiction.horizon_s)).sum()),
        SETTLED: int((run.cohort & (trajectory.disputes.fate == Fate.SETTLED)).sum()),
        SIMULATED: len(batch.dispute_id),
    }
    return CountyDone({"county": county, **in_its_class, **counts, **_measured(run)}, len(audits))


def _measured(run: ObservedRun) -> dict[str, float]:
    values = {
        (row.measure, row.tier): row.value for row in (*cohort_rows(run), *workload_rows(run)) if not row.category
    }
    measured = {measure: values[measure, ""] for measure in WEIGHT_OF_MEASURE}
    staff, tier_ids = run.jurisdiction.staff, run.jurisdiction.tier_ids
    available_s = run.staff_time.available_s
    hours = np.bincount(staff.group_tier, weights=available_s, minlength=len(tier_ids)) / SECONDS_PER_HOUR
    measured |= {of_tier(UTILISATION, tier_id): values[UTILISATION, tier_id] for tier_id in tier_ids}
    return measured | {of_tier(AVAILABLE, tier_id): float(hours[tier]) for tier, tier_id in enumerate(tier_ids)}
