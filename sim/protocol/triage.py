"""Where cases start and may be sent back, with tiers by index."""

import numpy as np

from sim.protocol.contract import TriagePlan
from sim.specification.schema import Scenario
from sim.specification.schema.casework import ByChannel, Graded, LowestFirst
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Grade, TriageRule


def compile_triage(scenario: Scenario) -> TriagePlan:
    """Compile the triage rule; without grades, every `grade_tier` is NOWHERE and no tier may return a case."""
    match scenario.triage:
        case Graded() as graded:
            return _graded(graded, list(scenario.tiers))
        case LowestFirst():
            return _ungraded(TriageRule.LOWEST_FIRST, len(scenario.tiers))
        case ByChannel():
            return _ungraded(TriageRule.BY_CHANNEL, len(scenario.tiers))


def _ungraded(rule: TriageRule, tier_count: int) -> TriagePlan:
    nowhere = np.full(len(Grade), NOWHERE, dtype=np.int32)
    return TriagePlan(int(rule), False, nowhere, np.zeros(tier_count, dtype=np.bool_), NEVER_S)


def _graded(graded: Graded, tier_ids: list[str]) -> TriagePlan:
    grade_tier = np.full(len(Grade), NOWHERE, dtype=np.int32)
    grade_tier[[Grade.MICRO, Grade.SMALL]] = tier_ids.index(graded.small.tier)
    grade_tier[Grade.LARGE] = tier_ids.index(graded.large.tier)
    grade_tier[Grade.HARD] = tier_ids.index(graded.hard.tier)
    micro = graded.micro
    return TriagePlan(
        rule=int(TriageRule.GRADED),
        after_intake=graded.when == "after_intake",
        grade_tier=grade_tier,
        may_return=np.array([tier_id in graded.may_return for tier_id in tier_ids], dtype=np.bool_),
        self_s=NEVER_S if micro is None else round(micro.self_days * SECONDS_PER_DAY),
    )
