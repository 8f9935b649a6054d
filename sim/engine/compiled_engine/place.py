"""The place and its protocol as the kernel reads them: tables by index, nothing that changes in a run."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled_engine.codes import MODE_MEETING, MODE_PANEL, NO_ONE
from sim.engine.compiled_engine.memory import Record, Table, address_of, cells_of, numbers_of, one_row, records_of, rows
from sim.engine.compiled_engine.world import POOL
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.protocol.made_once import made_once
from sim.vocabulary import NOWHERE

_NUMBERS: Final = (
    *("tiers", "top", "slots_count", "options_count", "pools_count", "homes", "categories", "days"),
    *("visits_per_episode", "choice_bits", "may_wait_at_several", "sits_together"),
    *("refers_by_load", "requires_sessions", "is_under_pressure", "first_handler_keeps"),
    *("earliest_due", "class_by_difficulty", "triage_rule", "triage_after_intake", "self_s"),
    *("handover_effort_s", "max_episodes", "reopen_at", "follow_ups", "follow_up_effort_s", "skip_after_s"),
)
_WIDE_TABLES: Final = (
    *("first_slot", "grade_tier", "category_class", "difficulty_class", "tier_due_s", "overall_due_s"),
    *("refer_at_waiting", "follow_up_after_s", "follow_up_travel_s", "follow_up_occupation_s", "first_window"),
)
_SHORT_TABLES: Final = ("option_pool", "queue_pool", "ancestor")
_FLAGS: Final = ("held_for", "is_staffed", "may_return")

PLACE: Final = np.dtype(
    [(name, np.int64) for name in (*_NUMBERS, "slots", "options", "windows", *_WIDE_TABLES, *_SHORT_TABLES, *_FLAGS)]
)
"""One row: numbers and switches, then the addresses of tables.

may_wait_at_several: a request can wait at several pools, so that pools which give posts out in one second must do it in
one order of keys; option_pool: int (H, O), the pool of each option for a home unit; queue_pool: the same where a
request may wait for it, NO_ONE for those who sit with a lead; is_staffed: bool (H, S), whether
some pool can hold a slot for it; ancestor: int (H, T), the units above it; the other tables are those of `Jurisdiction`
and `Protocol` of their names.
"""

PlaceRow = Annotated[Record, PLACE]
PlaceTable = Annotated[np.recarray, PLACE]
"""A table of one row."""


SLOT: Final = np.dtype(
    [
        (name, np.int64)
        for name in (
            *("mode", "first_option", "option_end", "must_have_tried"),
            *("meeting_case_s", "meeting_clock", "docket_row"),
        )
    ]
)
OPTION: Final = np.dtype([(name, np.int64) for name in ("group", "is_member", "handover_occupation_s")])
WINDOW: Final = np.dtype([(name, np.int64) for name in ("open_s", "close_s", "worked_before_s")])


@dataclass(frozen=True, slots=True)
class Place:
    """A place as one row of `PLACE`, and the tables whose addresses stand in it.

    pools, free_posts: how a run finds them, to be copied for each.
    """

    row: np.recarray
    tables: dict[str, NDArray[Any]]
    pools: Table
    free_posts: NDArray[np.int32]


# --- what steps read --------------------------------------------------------------------------------------------------

slot_at = records_of("slots", SLOT)
option_at = records_of("options", OPTION)
window_at = records_of("windows", WINDOW)
first_window = numbers_of("first_window", np.int64)
first_slot = numbers_of("first_slot", np.int64)
tier_of_grade = numbers_of("grade_tier", np.int64)
class_of_category = numbers_of("category_class", np.int64)
class_of_difficulty = numbers_of("difficulty_class", np.int64)
overall_due_s = numbers_of("overall_due_s", np.int64)
follow_up_after_s = numbers_of("follow_up_after_s", np.int64)
may_return = numbers_of("may_return", np.int8)
pool_for = cells_of("option_pool", np.int32, across="options_count")
queue_for = cells_of("queue_pool", np.int32, across="options_count")
unit_above = cells_of("ancestor", np.int32, across="tiers")
is_held_for = cells_of("held_for", np.int8, across="categories")
is_staffed = cells_of("is_staffed", np.int8, across="slots_count")
tier_due_s = cells_of("tier_due_s", np.int64, across="days")
refer_at_waiting = cells_of("refer_at_waiting", np.int64, across="homes")
follow_up_travel_s = cells_of("follow_up_travel_s", np.int64, across="homes")
follow_up_occupation_s = cells_of("follow_up_occupation_s", np.int64, across="homes")

# --- how it is made ---------------------------------------------------------------------------------------------------


@made_once
def place_of(jurisdiction: Jurisdiction, protocol: Protocol) -> Place:
    """Return a place under its rules as the kernel reads it, made once for the places last asked for."""
    sessions, homes = protocol.sessions, jurisdiction.units.ancestor.shape[1]
    option_pool = jurisdiction.staff.pool_of_home[sessions.option_group]
    can_wait = (option_pool != NOWHERE) & ~sessions.is_member[:, np.newaxis]
    choices = np.zeros((len(sessions.slot_ids), homes), dtype=np.int64)
    for option, slot in enumerate(sessions.option_slot.tolist()):
        choices[slot] += can_wait[option]
    handing_up, after, first = protocol.handing_up, protocol.after_settlement, [0]
    for clock in jurisdiction.clocks:
        first.append(first[-1] + len(clock.open_s))
    wide = {
        "first_slot": sessions.tier_offset,
        "grade_tier": protocol.triage.grade_tier,
        "category_class": protocol.category_class,
        "difficulty_class": protocol.difficulty_class,
        "tier_due_s": protocol.tier_due_s,
        "overall_due_s": protocol.overall_due_s,
        "refer_at_waiting": handing_up.refer_at_waiting,
        "follow_up_after_s": after.follow_up_after_s,
        "follow_up_travel_s": after.follow_up_travel_s,
        "follow_up_occupation_s": after.follow_up_occupation_s,
        "first_window": np.array(first),
    }
    short = {
        "option_pool": option_pool.T,
        "queue_pool": np.where(can_wait, option_pool, NO_ONE).T,
        "ancestor": jurisdiction.units.ancestor.T,
    }
    flags = {"held_for": sessions.held_for, "is_staffed": choices.T > 0, "may_return": protocol.triage.may_return}
    tables: dict[str, NDArray[Any]] = {
        "slots": _slots(protocol),
        "options": _options(protocol),
        "windows": _windows(jurisdiction),
        **{name: np.ascontiguousarray(table, dtype=np.int64) for name, table in wide.items()},
        **{name: np.ascontiguousarray(table, dtype=np.int32) for name, table in short.items()},
        **{name: np.ascontiguousarray(table, dtype=np.int8) for name, table in flags.items()},
    }
    numbers = _numbers(jurisdiction, protocol, int(choices.max(initial=1)))
    addresses = {name: address_of(table) for name, table in tables.items()}
    posts = jurisdiction.staff.pool_posts
    return Place(one_row(PLACE, **numbers, **addresses), tables, _pools(jurisdiction), _free_posts(posts))


def _numbers(jurisdiction: Jurisdiction, protocol: Protocol, most_choices: int) -> dict[str, int]:
    sessions, triage, handing_up = protocol.sessions, protocol.triage, protocol.handing_up
    after = protocol.after_settlement
    sits_together = bool(np.isin(sessions.mode, (MODE_PANEL, MODE_MEETING)).any())
    return {
        "tiers": len(jurisdiction.tier_ids),
        "top": len(jurisdiction.tier_ids) - 1,
        "slots_count": len(sessions.slot_ids),
        "options_count": len(sessions.option_group),
        "pools_count": len(jurisdiction.staff.pool_group),
        "homes": jurisdiction.units.ancestor.shape[1],
        "categories": sessions.held_for.shape[1],
        "days": len(protocol.overall_due_s),
        "visits_per_episode": sessions.visits,
        "choice_bits": (most_choices - 1).bit_length(),
        "may_wait_at_several": sits_together or most_choices > 1,
        "sits_together": sits_together,
        "refers_by_load": handing_up.refer_at_waiting.size > 0,
        "requires_sessions": bool(handing_up.must_have_tried.any()),
        "is_under_pressure": bool(handing_up.is_pressed.any()),
        "first_handler_keeps": protocol.first_handler_bonus_logit is not None,
        "earliest_due": protocol.earliest_due,
        "class_by_difficulty": protocol.class_by_difficulty,
        "triage_rule": int(triage.rule),
        "triage_after_intake": triage.after_intake,
        "self_s": triage.self_s,
        "handover_effort_s": protocol.handover_effort_s,
        "max_episodes": after.max_episodes,
        "reopen_at": int(after.reopen_at),
        "follow_ups": len(after.follow_up_after_s),
        "follow_up_effort_s": after.follow_up_effort_s,
        "skip_after_s": after.skip_after_s,
    }


def _slots(protocol: Protocol) -> Table:
    sessions = protocol.sessions
    slots, is_meeting = rows(SLOT, len(sessions.slot_ids)), sessions.mode == MODE_MEETING
    slots["mode"] = sessions.mode
    slots["first_option"], slots["option_end"] = sessions.option_offset[:-1], sessions.option_offset[1:]
    slots["must_have_tried"] = protocol.handing_up.must_have_tried
    slots["meeting_case_s"], slots["meeting_clock"] = sessions.meeting_case_s, sessions.meeting_calendar
    slots["docket_row"] = np.where(is_meeting, np.cumsum(is_meeting) - 1, NO_ONE)
    return slots


def _options(protocol: Protocol) -> Table:
    sessions = protocol.sessions
    options = rows(OPTION, len(sessions.option_group))
    options["group"], options["is_member"] = sessions.option_group, sessions.is_member
    options["handover_occupation_s"] = protocol.handover_occupation_s[sessions.option_group]
    return options


def _windows(jurisdiction: Jurisdiction) -> Table:
    """The windows of all clocks, clock after clock."""
    windows = rows(WINDOW, sum(len(clock.open_s) for clock in jurisdiction.clocks))
    for column in ("open_s", "close_s", "worked_before_s"):
        windows[column] = np.concatenate([getattr(clock, column) for clock in jurisdiction.clocks])
    return windows


def _pools(jurisdiction: Jurisdiction) -> Table:
    """The pools with all their posts free and nobody waiting."""
    staff = jurisdiction.staff
    pools = rows(POOL, len(staff.pool_group))
    pools["first_post"] = np.cumsum(staff.pool_posts) - staff.pool_posts
    pools["free"] = pools["filled"] = staff.pool_posts
    pools["head"] = NO_ONE
    pools["clock"] = staff.group_calendar[staff.pool_group]
    # Upper tiers first, then by group: the one order in which everybody takes posts.
    pools["taking_order"] = -staff.group_tier[staff.pool_group] * len(staff.group_ids) + staff.pool_group
    pools["is_touched"] = pools["is_opening_planned"] = 0
    return pools


def _free_posts(posts: NDArray[np.int32]) -> NDArray[np.int32]:
    """The numbers 0, 1, … of each pool's posts, pool after pool."""
    first = np.cumsum(posts) - posts
    return (np.arange(posts.sum()) - np.repeat(first, posts)).astype(np.int32)
