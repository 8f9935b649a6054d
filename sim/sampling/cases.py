"""The cases of one episode whose fates are to be drawn, and when in it they can be at a session at all."""

from dataclasses import dataclass

from sim.sampling.contract import Int64
from sim.sampling.difficulty import Difficulty
from sim.sampling.draws import Draws
from sim.sampling.settlement_luck import SettlementLuck


@dataclass(frozen=True, slots=True)
class Cases:
    """Some disputes of a batch in one episode.

    rows: int64 (n,), rising, their rows in the batch; home_unit, category: int64 (n,), as tables are indexed by them;
    difficulty and luck (n,), with the draws of these disputes.
    """

    rows: Int64
    home_unit: Int64
    category: Int64
    difficulty: Difficulty
    luck: SettlementLuck

    @property
    def draws(self) -> Draws:
        """Draws of these disputes in this episode."""
        return self.luck.draws

    def of(self, places: Int64) -> "Cases":
        """Return some of the cases, by their places (rising) among them."""
        return Cases(
            rows=self.rows.take(places),
            home_unit=self.home_unit.take(places),
            category=self.category.take(places),
            difficulty=self.difficulty.of_rows(places),
            luck=self.luck.of_rows(places),
        )
