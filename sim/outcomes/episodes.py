"""Every episode of every dispute: the first, from emergence, and one more for each agreement that broke."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Int64
from sim.outcomes.columns import rows_of
from sim.sampling.contract import DisputeBatch
from sim.sampling.whole_seconds import after
from sim.vocabulary import NEVER_S, Fate


@dataclass(frozen=True, slots=True)
class Episodes:
    """Q episodes in order of (dispute row, number), as if each were a dispute of its own.

    first: int64 (N,), row of each dispute's first episode; dispute: int64 (Q,) row of the batch; number: int64 (Q,), 0,
    1, …; further: int64 (B,), rows of those beyond a first; is_broken: bool (Q,). Instants int64 (Q,): started_s,
    emergence or reopening; surfaced_s, registered_s, of a further episode the reopening; incident_s, patience_s; as
    drawn: int64 (Q,) patience_choice. How it ended, SETTLED where the agreement broke later: fate int8, fate_s int64,
    fate_tier int32, bypassed bool, withdrawn_s int64, all (Q,).
    """

    first: Int64
    dispute: Int64
    number: Int64
    further: Int64
    is_broken: NDArray[np.bool_]
    started_s: Int64
    surfaced_s: Int64
    registered_s: Int64
    incident_s: Int64
    patience_s: Int64
    patience_choice: Int64
    fate: NDArray[np.int8]
    fate_s: Int64
    fate_tier: NDArray[np.int32]
    bypassed: NDArray[np.bool_]
    withdrawn_s: Int64

    def drawn(self, of_first: Int64, later: Int64, row: Int64) -> Int64:
        """Return what was drawn for some episodes, (n,), of a column for first episodes (N,) and one for later ones."""
        dispute, number = self.dispute.take(row), self.number.take(row)
        values: Int64 = of_first.take(dispute)
        again = rows_of(number)
        values[again] = later[dispute.take(again), number.take(again) - 1]
        return values

    def current_at(self, instant_s: Int64) -> Int64:
        """Return the row of the episode of each dispute that is the latest to have begun at an instant: int64 (N,).

        An instant before emergence has the first episode.
        """
        current = self.first.copy()
        begun = self.further[self.started_s[self.further] <= instant_s[self.dispute[self.further]]]
        # Rows rise within a dispute: its latest is written last.
        current[self.dispute[begun]] = begun
        return current


def episodes_of(batch: DisputeBatch, trajectory: Trajectory) -> Episodes:
    """Return the episodes of a run; its breaches must be in order, episode by episode."""
    breaches, disputes = trajectory.breaches, trajectory.disputes
    broken_count = np.bincount(breaches.dispute, minlength=len(batch.dispute_id))
    every = np.arange(len(broken_count), dtype=np.int64)
    first = every + (np.cumsum(broken_count) - broken_count)
    dispute = np.repeat(every, broken_count + 1)
    number = np.arange(len(dispute)) - first.take(dispute)
    further = rows_of(number)
    broken = further - 1
    is_broken = np.zeros(len(dispute), dtype=np.bool_)
    is_broken[broken] = True
    later_column = dispute.take(further), number.take(broken)

    def of_further(of_first: NDArray[np.generic], value: NDArray[np.generic] | int) -> Int64:
        values: Int64 = of_first.take(dispute).astype(np.int64, copy=False)
        values[further] = value
        return values

    def of_broken(of_last: NDArray[Any], value: NDArray[Any] | int) -> NDArray[Any]:
        values = of_last.take(dispute)
        values[broken] = value
        return values

    def instants(of_first: Int64, later: Int64) -> Int64:
        return of_further(of_first, after(breaches.breached_s, later[later_column]))

    return Episodes(
        first=first,
        dispute=dispute,
        number=number,
        further=further,
        is_broken=is_broken,
        started_s=of_further(batch.emerged_s, breaches.breached_s),
        surfaced_s=of_further(batch.surfaced_s, breaches.breached_s),
        registered_s=of_further(batch.registered_s, breaches.breached_s),
        incident_s=instants(batch.incident_s, batch.later_incident_s),
        patience_s=instants(batch.patience_s, batch.later_patience_s),
        patience_choice=of_further(batch.patience_choice, batch.later_patience_choice[later_column]),
        fate=of_broken(disputes.fate, Fate.SETTLED),
        fate_s=of_broken(disputes.fate_s, breaches.settled_s),
        fate_tier=of_broken(disputes.fate_tier, breaches.tier),
        bypassed=of_broken(disputes.bypassed, breaches.bypassed),
        withdrawn_s=of_broken(disputes.withdrawn_s, NEVER_S),
    )
