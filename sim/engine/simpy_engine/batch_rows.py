"""A batch of disputes as plain Python lists, for reading one dispute at a time."""

import numpy as np
from numpy.typing import NDArray

from sim.engine import rules
from sim.engine.simpy_engine.cases import Case
from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S, NOWHERE, Fate


class BatchRows:
    """The batch as plain Python lists, for reading one dispute at a time."""

    def __init__(self, batch: DisputeBatch) -> None:
        self.dispute_id: list[int] = batch.dispute_id.tolist()
        self.home_unit: list[int] = batch.home_unit.tolist()
        self.category: list[int] = batch.category.tolist()
        self.emerged_s: list[int] = batch.emerged_s.tolist()
        self.surfaced_s: list[int] = batch.surfaced_s.tolist()
        self.entry_tier: list[int] = batch.entry_tier.tolist()
        self.registered_s: list[int] = batch.registered_s.tolist()
        # By episode: instants of the first, durations from the reopening of the others.
        self.incident_s = _by_episode(batch.incident_s, batch.later_incident_s)
        self.patience_s = _by_episode(batch.patience_s, batch.later_patience_s)
        self.patience_choice = _by_episode(batch.patience_choice, batch.later_patience_choice)
        self.withdrawn_fade_s = _by_episode(batch.withdrawn_fade_s, batch.later_withdrawn_fade_s)
        self.petition_delay_s = _by_episode(batch.petition_delay_s, batch.later_petition_delay_s)
        self.effort_s: list[list[int]] = batch.effort_s.tolist()
        self.travel_s: list[list[int]] = batch.travel_s.tolist()
        self.occupation_s: list[list[int]] = batch.occupation_s.tolist()
        self.attends: list[list[bool]] = batch.attends.tolist()
        self.settle_until_age_s: list[list[int]] = batch.settle_until_age_s.tolist()
        self.settle_with_handler_until_age_s: list[list[int]] = batch.settle_with_handler_until_age_s.tolist()
        self.gap_s: list[list[int]] = batch.gap_s.tolist()
        self.handover_delay_s: list[list[int]] = batch.handover_delay_s.tolist()
        self.grade_until_age_s: list[list[list[int]]] = batch.grade_until_age_s.tolist()
        self.self_settle_until_age_s = _by_episode(batch.self_settle_until_age_s, batch.later_self_settle_until_age_s)
        self.class_until_age_s: list[list[list[int]]] = batch.class_until_age_s.tolist()
        self.referred_if_busy: list[list[bool]] = batch.referred_if_busy.tolist()
        self.settled_on_paper: list[list[bool]] = batch.settled_on_paper.tolist()
        self.paper_return_s: list[list[int]] = batch.paper_return_s.tolist()
        # By column, then row: without further episodes there is nothing to keep.
        self.breach_after_s: list[list[int]] = batch.breach_after_s.T.tolist()
        self.holds_until_age_s: list[list[int]] = batch.holds_until_age_s.T.tolist()

    def begin_next_episode(self, case: Case, now_s: int) -> None:
        """Let a case start anew: age 0, fresh incident and patience, no deadline, no visit, nothing remembered."""
        row = case.row
        case.episode += 1
        case.emerged_s = now_s
        case.incident_s = rules.instant_after(now_s, self.incident_s[case.episode][row])
        case.patience_s = rules.instant_after(now_s, self.patience_s[case.episode][row])
        case.patience_choice = self.patience_choice[case.episode][row]
        case.overall_due_s = NEVER_S
        case.awaits_diagnosis = case.came_from_below = case.is_bypassed = case.was_returned = False
        case.fate, case.fate_s, case.tier = Fate.OPEN, NEVER_S, NOWHERE
        case.earlier += case.visits
        case.visits = []

    def case(self, row: int) -> Case:
        """Open the case of a dispute that surfaces."""
        return Case(
            row=row,
            dispute_id=self.dispute_id[row],
            home=self.home_unit[row],
            category=self.category[row],
            emerged_s=self.emerged_s[row],
            incident_s=self.incident_s[0][row],
            patience_s=self.patience_s[0][row],
            patience_choice=self.patience_choice[0][row],
        )


def _by_episode(first: NDArray[np.integer], later: NDArray[np.integer]) -> list[list[int]]:
    """A list over rows for each episode."""
    columns: list[list[int]] = [first.tolist(), *later.T.tolist()]
    return columns
