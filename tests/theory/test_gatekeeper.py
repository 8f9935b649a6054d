"""A gatekeeper who diagnoses, treats and refers: flows and loads against integrals over difficulty.

Shumsky and Pinker 2003; a treatment can fail, and what comes to the expert that way is harder than what was treated.
"""

from collections.abc import Mapping

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from sim.specification.schema.casework import Graded
from tests.theory.agreement import disagreements
from tests.theory.formulas import Gatekeeper
from tests.theory.replications import by_replication, measures_of, replications, theory_scenario
from tests.theory.stated import HOURS_PER_YEAR, arrivals_per_hour, stream


def test_a_gatekeeper_s_flows_and_loads_follow_from_the_threshold() -> None:
    scenario = theory_scenario("gatekeeper")
    place = gatekeeper_of(scenario)
    diagnosis = stream(scenario, "town", "diagnosis", "all")
    treatment = stream(scenario, "town", "treatment", "all", place.treated_prob())
    expert = stream(scenario, "county", "treatment", "all", place.expert_prob())
    settled_prob = place.referred_then_settled_prob() + place.failed_then_settled_prob()
    formulas = {
        "cases referred an hour": arrivals_per_hour(scenario) * (1 - place.treated_prob()),
        "cases treated in vain an hour": arrivals_per_hour(scenario) * place.failed_prob(),
        "cases at the expert an hour": expert.per_hour,
        "share settled by the gatekeeper": place.treated_prob() - place.failed_prob(),
        "share settled by the expert": settled_prob,
        "share adjudicated": place.expert_prob() - settled_prob,
        "utilisation of gatekeepers": (diagnosis.load + treatment.load) / scenario.staff_groups["gatekeepers"].posts,
        "utilisation of experts": expert.load / scenario.staff_groups["experts"].posts,
    }
    (measured,) = by_replication(replications(scenario), flows_and_loads)
    assert disagreements(formulas, measured) == []


def gatekeeper_of(scenario: Scenario) -> Gatekeeper:
    (category,) = scenario.categories.values()
    triage, groups = scenario.triage, scenario.staff_groups
    assert isinstance(triage, Graded)
    assert triage.when == "after_intake"
    assert triage.noise_sd_logit == 0
    assert (triage.small.tier, triage.large.tier, triage.hard.tier) == ("town", "county", "county")
    return Gatekeeper(
        difficulty_sd=category.difficulty_sd_logit,
        threshold=triage.small.below_logit,
        gatekeeper_ability=groups["gatekeepers"].ability_logit,
        expert_ability=groups["experts"].ability_logit,
    )


def flows_and_loads(run: ObservedRun) -> Mapping[str, float]:
    measures = measures_of(run)
    per_hour = run.population_persons / 1_000 / HOURS_PER_YEAR
    return {
        "cases referred an hour": measures["referrals_up_per_1000_per_year", "town"] * per_hour,
        "cases treated in vain an hour": measures["escalations_per_1000_per_year", "town"] * per_hour,
        "cases at the expert an hour": measures["entered_per_1000_per_year", "county"] * per_hour,
        "share settled by the gatekeeper": measures["settled_at_tier_share_180d", "town"],
        "share settled by the expert": measures["settled_at_tier_share_180d", "county"],
        "share adjudicated": measures["adjudicated_share_180d", ""],
        "utilisation of gatekeepers": measures["utilisation", "town"],
        "utilisation of experts": measures["utilisation", "county"],
    }
