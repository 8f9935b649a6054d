"""A batch of disputes as plain Python lists, for reading one dispute at a time."""

from sim.engine.simpy_engine.cases import Case
from sim.sampling.contract import DisputeBatch


class BatchRows:
    """The batch as plain Python lists, for reading one dispute at a time."""

    def __init__(self, batch: DisputeBatch) -> None:
        self.dispute_id: list[int] = batch.dispute_id.tolist()
        self.home_unit: list[int] = batch.home_unit.tolist()
        self.category: list[int] = batch.category.tolist()
        self.emerged_s: list[int] = batch.emerged_s.tolist()
        self.surfaced_s: list[int] = batch.surfaced_s.tolist()
        self.incident_s: list[int] = batch.incident_s.tolist()
        self.entry_tier: list[int] = batch.entry_tier.tolist()
        self.registered_s: list[int] = batch.registered_s.tolist()
        self.patience_s: list[int] = batch.patience_s.tolist()
        self.patience_choice: list[int] = batch.patience_choice.tolist()
        self.withdrawn_fade_s: list[int] = batch.withdrawn_fade_s.tolist()
        self.petition_delay_s: list[int] = batch.petition_delay_s.tolist()
        self.effort_s: list[list[int]] = batch.effort_s.tolist()
        self.travel_s: list[list[int]] = batch.travel_s.tolist()
        self.occupation_s: list[list[int]] = batch.occupation_s.tolist()
        self.attends: list[list[bool]] = batch.attends.tolist()
        self.settle_until_age_s: list[list[int]] = batch.settle_until_age_s.tolist()
        self.gap_s: list[list[int]] = batch.gap_s.tolist()
        self.handover_delay_s: list[list[int]] = batch.handover_delay_s.tolist()
        self.grade_until_age_s: list[list[list[int]]] = batch.grade_until_age_s.tolist()
        self.self_settle_until_age_s: list[int] = batch.self_settle_until_age_s.tolist()
        self.class_until_age_s: list[list[list[int]]] = batch.class_until_age_s.tolist()

    def case(self, row: int) -> Case:
        """Open the case of a dispute that surfaces."""
        return Case(
            row=row,
            dispute_id=self.dispute_id[row],
            home=self.home_unit[row],
            category=self.category[row],
            emerged_s=self.emerged_s[row],
            incident_s=self.incident_s[row],
            patience_s=self.patience_s[row],
            patience_choice=self.patience_choice[row],
        )
