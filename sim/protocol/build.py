"""From a scenario's casework to the rules that an engine reads."""

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.after_settlement import compile_after_settlement
from sim.protocol.contract import Int32, Int64, Protocol
from sim.protocol.deadlines import due_seconds
from sim.protocol.handing_up import compile_handing_up
from sim.protocol.sessions import compile_sessions
from sim.protocol.triage import compile_triage
from sim.specification.schema import Scenario
from sim.specification.schema.casework import PriorityByCategory, PriorityByDifficulty
from sim.vocabulary import SECONDS_PER_DAY, SECONDS_PER_HOUR


def compile_protocol(scenario: Scenario, jurisdiction: Jurisdiction) -> Protocol:
    """Compile sessions, triage, queue classes, deadlines by day and handovers of a validated scenario.

    `jurisdiction` is the scenario's own. Deadlines are tabulated for every day of the horizon.
    """
    day_count = jurisdiction.horizon_s // SECONDS_PER_DAY
    working_day = jurisdiction.working_day
    triage = compile_triage(scenario)
    tier_due_s = [due_seconds(tier.deadline, working_day, day_count) for tier in scenario.tiers.values()]
    sessions = compile_sessions(scenario, jurisdiction.staff, visits=2 if triage.may_return.any() else 1)
    handover_hours = 0.0 if scenario.handover is None else scenario.handover.hours
    keeps = scenario.first_handler_keeps
    return Protocol(
        category_ids=tuple(scenario.categories),
        channel_ids=tuple(scenario.channels or ()),
        sessions=sessions,
        triage=triage,
        earliest_due=scenario.queue.order == "earliest_due",
        class_by_difficulty=isinstance(scenario.queue.priority, PriorityByDifficulty),
        category_class=_category_class(scenario),
        difficulty_class=_difficulty_class(scenario),
        tier_due_s=np.stack(tier_due_s),
        overall_due_s=due_seconds(scenario.overall_deadline, working_day, day_count),
        handover_occupation_s=_handover_occupation_s(handover_hours, jurisdiction),
        handover_effort_s=round(handover_hours * SECONDS_PER_HOUR),
        first_handler_bonus_logit=None if keeps is None else keeps.bonus_logit,
        after_settlement=compile_after_settlement(scenario, jurisdiction),
        handing_up=compile_handing_up(scenario, sessions, jurisdiction.staff),
    )


def _category_class(scenario: Scenario) -> Int32:
    priority = scenario.queue.priority
    classes = priority.classes if isinstance(priority, PriorityByCategory) else {}
    return np.array([classes.get(category, 0) for category in scenario.categories], dtype=np.int32)


def _difficulty_class(scenario: Scenario) -> Int32:
    """Class by number of thresholds passed, int32 (C,); the single class 0 unless classes are by difficulty."""
    priority = scenario.queue.priority
    if not isinstance(priority, PriorityByDifficulty):
        return np.zeros(1, dtype=np.int32)
    classes = np.arange(len(priority.thresholds_logit) + 1, dtype=np.int32)
    return classes[::-1].copy() if priority.first == "hardest" else classes


def _handover_occupation_s(hours: float, jurisdiction: Jurisdiction) -> Int64:
    """Occupation by a handover, int64 (G,); 0 for groups that hold no session and so hand nothing over."""
    casework_share = jurisdiction.staff.casework_share
    share = np.where(casework_share > 0, casework_share, np.inf)
    return np.rint(hours * SECONDS_PER_HOUR / share).astype(np.int64)
