"""Shocks and prevention leave a Poisson field: counts by time, place and kind against their means (Kingman 1993)."""

from collections.abc import Mapping
from math import exp

import numpy as np

from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.sampling.contract import DisputeBatch
from sim.specification.schema import Scenario
from sim.specification.schema.place import UnitsByCount
from sim.specification.schema.scenario import FixedReplications
from sim.vocabulary import DAYS_PER_YEAR, SECONDS_PER_DAY
from tests.theory.agreement import disagreements
from tests.theory.replications import theory_scenario

FROM_DAY, TO_DAY = 100, 150
KEPT = {"land": (1 - 0.6 * 0.5) * (1 - 0.5 * 0.2), "other": 1 - 0.5 * 0.1}
"""Share that emerges in spite of both measures."""
STRUCK = {"land": 3.0, "other": 0.5}


def test_counts_in_and_outside_the_window_are_poisson_with_their_means() -> None:
    scenario = theory_scenario("shocks")
    assert isinstance(scenario.units, UnitsByCount)
    towns = scenario.units.counts["town"]
    per_day = scenario.units.population_persons / 1_000 * scenario.emergence.rate_per_1000_per_year / DAYS_PER_YEAR
    of_kind = {name: per_day * category.share * KEPT[name] for name, category in scenario.categories.items()}
    days = TO_DAY - FROM_DAY
    formulas: dict[str, float] = {}
    for name, emerging in of_kind.items():
        formulas |= {
            f"{name}, struck": emerging * days / 2 * STRUCK[name],
            f"{name}, elsewhere": emerging * days / 2,
            f"{name}, later": emerging * days,
            f"{name}, prevented": per_day * scenario.categories[name].share * DAYS_PER_YEAR * (1 - KEPT[name]),
        }
    in_town = 2 / towns * formulas["land, struck"]
    formulas["struck towns without a dispute about land"] = exp(-in_town)
    formulas["struck towns with one"] = in_town * exp(-in_town)
    assert disagreements(formulas, counts_by_replication(scenario)) == []


def counts_by_replication(scenario: Scenario) -> dict[str, np.ndarray]:
    rule = scenario.experiment.replications
    assert isinstance(rule, FixedReplications)
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    found = [
        counts(scenario, sample_disputes(scenario, jurisdiction, protocol, scenario.experiment.seed, replication))
        for replication in range(rule.count)
    ]
    return {name: np.array([of_run[name] for of_run in found]) for name in found[0]}


def counts(scenario: Scenario, batch: DisputeBatch) -> Mapping[str, float]:
    assert isinstance(scenario.units, UnitsByCount)
    towns = scenario.units.counts["town"]
    day, struck = batch.emerged_s // SECONDS_PER_DAY, batch.home_unit >= towns // 2
    inside = (day >= FROM_DAY) & (day < TO_DAY)
    later = (day >= TO_DAY) & (day < TO_DAY + TO_DAY - FROM_DAY)
    prevented = batch.prevented
    in_usual_year = (prevented.emerged_s < DAYS_PER_YEAR * SECONDS_PER_DAY) & ~_in_shock(prevented.emerged_s)
    found: dict[str, float] = {}
    for kind, name in enumerate(scenario.categories):
        of_kind = batch.category == kind
        usual_year = float((in_usual_year & (prevented.category == kind)).sum())
        found |= {
            f"{name}, struck": float((of_kind & inside & struck).sum()),
            f"{name}, elsewhere": float((of_kind & inside & ~struck).sum()),
            f"{name}, later": float((of_kind & later).sum()),
            f"{name}, prevented": usual_year * DAYS_PER_YEAR / (DAYS_PER_YEAR - (TO_DAY - FROM_DAY)),
        }
    land = np.bincount(batch.home_unit[(batch.category == 0) & inside & struck], minlength=towns)[towns // 2 :]
    found["struck towns without a dispute about land"] = float(np.mean(land == 0))
    found["struck towns with one"] = float(np.mean(land == 1))
    return found


def _in_shock(emerged_s: np.ndarray) -> np.ndarray:
    day = emerged_s // SECONDS_PER_DAY
    return np.asarray((day >= FROM_DAY) & (day < TO_DAY))
