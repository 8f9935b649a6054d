"""How cases are handled, as frozen arrays: the result of compiling a scenario's casework.

Slots: sessions of all tiers in order, tier by tier (S of them). Options: the groups of every slot (O of them), in
order of preference or, where several groups sit together, the lead first. A dispute's critical ages and occupations
have one column per option and **round**: round = episode · V + visit of the tier within the episode, V = 2 where cases
can be returned down, else 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions and who may hold them.

    slot_ids (S,); tier_offset: int32 (T + 1,), first slot of each tier; mode: int32 (S,) of SessionMode;
    settlement_ordinal: int32 (S,), settlement sessions of the tier before this one; option_offset: int32 (S + 1,);
    option_group, option_slot: int32 (O,); bonus_logit: float64 (S,); ability_logit: float64 (O, K), ability plus
    authority by category; held_for: bool (S, K), whether a session is held for a category; visits: 1, or 2 where cases
    can be returned down; travels: bool (S,), staff go to the parties; is_member: bool (O,), a group that sits with the
    lead of its slot rather than in place of another; attendance_prob, member_bonus_logit: float64 (O,), read for
    members of panels only; meeting_calendar: int32 (S,), whose windows are its meetings, NOWHERE unless it is held so;
    meeting_case_s: int64 (S,), time for each case of a meeting.
    """

    slot_ids: tuple[str, ...]
    tier_offset: Int32
    mode: Int32
    settlement_ordinal: Int32
    option_offset: Int32
    option_group: Int32
    option_slot: Int32
    bonus_logit: Float64
    ability_logit: Float64
    held_for: NDArray[np.bool_]
    visits: int
    travels: NDArray[np.bool_]
    is_member: NDArray[np.bool_]
    attendance_prob: Float64
    member_bonus_logit: Float64
    meeting_calendar: Int32
    meeting_case_s: Int64


@dataclass(frozen=True, slots=True)
class TriagePlan:
    """Where a case starts.

    rule: TriageRule; after_intake; grade_tier: int32 (4,) tier of each Grade, MICRO standing for the tier to which a
    micro matter goes when the parties fail (that of small matters); may_return: bool (T,);
    self_s: seconds a micro matter takes by itself, or NEVER_S where there are none.
    """

    rule: int
    after_intake: bool
    grade_tier: Int32
    may_return: NDArray[np.bool_]
    self_s: int


@dataclass(frozen=True, slots=True)
class AfterSettlement:
    """What follows a settlement.

    max_episodes: episodes a dispute can have, 1 where agreements last; reopen_at: ReopenAt; follow_up_after_s: int64
    (F,), rising, when visits are due after a settlement; follow_up_effort_s: of a visit, without travel;
    follow_up_travel_s, follow_up_occupation_s: int64 (G, H) by group and home unit, zero shape where F = 0;
    skip_after_s: working seconds after which a visit that has not started is skipped.
    """

    max_episodes: int
    reopen_at: int
    follow_up_after_s: Int64
    follow_up_effort_s: int
    follow_up_travel_s: Int64
    follow_up_occupation_s: Int64
    skip_after_s: int


@dataclass(frozen=True, slots=True)
class HandingUp:
    """What sends a case up or keeps it, besides deadlines and used-up sessions, and whose records are under pressure.

    refer_at_waiting: int64 (S, H), requests waiting for a session's staff from which a case of a home unit may be
    handed up instead of joining, NEVER_S where none is, (0, 0) where no tier refers by load; must_have_tried: bool
    (S,); is_pressed: bool (T,), whether a case due to be handed up may be recorded as settled.
    """

    refer_at_waiting: Int64
    must_have_tried: NDArray[np.bool_]
    is_pressed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Protocol:
    """The rules of casework.

    category_ids (K,), channel_ids; sessions; triage; earliest_due: keys carry the due second;
    category_class: int32 (K,), used where class_by_difficulty is False; class_by_difficulty with difficulty_class:
    int32 (C,) the class by number of thresholds passed; tier_due_s: int64 (T, D), the second at which the tier's
    deadline of a case that arrives on day d passes, NEVER_S without one; overall_due_s: int64 (D,) likewise from
    registration; handover_occupation_s: int64 (G,) and handover_effort_s: int, 0 where a handover takes no staff time;
    first_handler_bonus_logit: of a first handler at panels above, None where none sits; after_settlement; handing_up.
    """

    category_ids: tuple[str, ...]
    channel_ids: tuple[str, ...]
    sessions: Sessions
    triage: TriagePlan
    earliest_due: bool
    class_by_difficulty: bool
    category_class: Int32
    difficulty_class: Int32
    tier_due_s: Int64
    overall_due_s: Int64
    handover_occupation_s: Int64
    handover_effort_s: int
    first_handler_bonus_logit: float | None
    after_settlement: AfterSettlement
    handing_up: HandingUp
