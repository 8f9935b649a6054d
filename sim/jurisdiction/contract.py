"""What a place is, as frozen arrays: the result of building a jurisdiction from a scenario.

Index conventions: tiers lowest first; units globally, tier by tier, lowest tier first, so that a home unit's index is
also its row in every per-home array; groups and calendars in file order; pools by group, then by block in unit order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WorkClock:
    """Working time of one calendar: windows [open_s, close_s) in rising order, without overlap.

    open_s, close_s, worked_before_s: int64 (W,), seconds; worked_before_s[k] is the working time before window k.
    The windows reach at least one year past the horizon.
    """

    open_s: Int64
    close_s: Int64
    worked_before_s: Int64


@dataclass(frozen=True, slots=True)
class Units:
    """Units of all tiers.

    ids (U,) and tier, parent: int32 (U,), parent is NOWHERE at the top; population_persons: int64 (H,) and
    households: float64 (H,) of home units; offset: int32 (T + 1,) first unit of each tier;
    ancestor: int32 (T, H), the unit of each tier above (or equal to) each home unit.
    """

    ids: tuple[str, ...]
    tier: Int32
    parent: Int32
    offset: Int32
    population_persons: Int64
    households: Float64
    ancestor: Int32


@dataclass(frozen=True, slots=True)
class Staff:
    """Staff groups and their pools of posts.

    group_ids (G,); group_tier, group_calendar, group_base_tier: int32 (G,); admin_share (with the levels of its items),
    patrol_share, casework_share, wage_yuan_per_hour: float64 (G,); pool_group, pool_posts, pool_unit: int32 (P,),
    pool_unit the first unit of the block; pool_of_home: int32 (G, H), the pool that serves a home unit, NOWHERE where
    the group has no post for it; travel_hours: float64 (G, H), round trip; open_hours_per_day: float64 (G,), mean over
    the horizon; filled_days, vacant_days, hire_cost_yuan: float64 (G,), mean spells of a post (infinite and 0 for a
    group without turnover) and the cost of filling it anew.
    """

    group_ids: tuple[str, ...]
    group_tier: Int32
    group_calendar: Int32
    group_base_tier: Int32
    admin_share: Float64
    patrol_share: Float64
    casework_share: Float64
    wage_yuan_per_hour: Float64
    pool_group: Int32
    pool_posts: Int32
    pool_unit: Int32
    pool_of_home: Int32
    travel_hours: Float64
    open_hours_per_day: Float64
    filled_days: Float64
    vacant_days: Float64
    hire_cost_yuan: Float64

    @property
    def filled_share(self) -> Float64:
        """Share of a group's posts that is filled in the long run: float64 (G,), exactly 1 without turnover."""
        share: Float64 = 1.0 / (1.0 + self.vacant_days / self.filled_days)
        return share


@dataclass(frozen=True, slots=True)
class Programmes:
    """What costs money but nobody's hours: ids (K,); yuan_per_year, start_up_yuan: float64 (K,)."""

    ids: tuple[str, ...]
    yuan_per_year: Float64
    start_up_yuan: Float64


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place: tiers, units, staff, programmes, working clocks and statutory working days.

    tier_ids (T,), tier_kinds (T,); calendar_ids and clocks (C,); working_day: bool (D,), whether day d since the start
    is a statutory working day, at least one year past the horizon plus the longest deadline; month_of_day: int8 (D2,)
    0 to 11 for days −latent_days to the horizon, first entry day −latent_days; horizon_s, warmup_s, cohort_end_s,
    latent_s: seconds (the cohort emerges in [warmup_s, cohort_end_s)).
    """

    tier_ids: tuple[str, ...]
    tier_kinds: tuple[str, ...]
    units: Units
    staff: Staff
    programmes: Programmes
    calendar_ids: tuple[str, ...]
    clocks: tuple[WorkClock, ...]
    working_day: NDArray[np.bool_]
    month_of_day: NDArray[np.int8]
    horizon_s: int
    warmup_s: int
    cohort_end_s: int
    latent_s: int
