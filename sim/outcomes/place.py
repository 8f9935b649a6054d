"""What audits and measures read of a place and its rules, laid out once and used for every replication."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Int32, Int64, Jurisdiction
from sim.outcomes.working_time import WorkingTimes, working_times
from sim.protocol.contract import Protocol
from sim.protocol.made_once import made_once
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction and a protocol with T tiers, S session slots, G groups, H home units, K categories, D days.

    times: working time of all calendars; calendar_of_group: int64 (G,); posts_before: int64 (P,), posts of all pools
    before each; tier_of_slot: int64 (S,); asked_group: int64
    (S, H), see `asked_groups`; sessions_before: int16 (H, K, S + 1), sessions held for a category and staffed for a
    unit before each slot, over all tiers; session_is_there: bool (H · K, S), whether a session is so held and staffed;
    last_required: int32 (H · K, T), the last session of a tier that must be held there, NOWHERE if none must;
    option_of_slot: int64 (S, G), the option of each group in each slot, NOWHERE where it is not listed;
    number_of_unit: int64 (T, H), of the unit above (or equal to) each home unit within its tier; persons: residents of
    the place; persons_of_units: for each tier, int64 (units of the tier,), residents.
    whole_days_s: int64 (T, D), seconds of each day; worked_by_midnight_s: int64 (calendars, D + 1), working seconds
    until each day begins, and until the last ends; day_length_s: int64 (G, D), working seconds of each day;
    worked_by_warmup_s: int64 (G,), working seconds until the warm-up ends; posts_worked_s: int64 (G,), of all posts,
    filled or not, from then to the horizon; posts_day_s: int64 (T, D), of all posts of a tier by day.
    """

    jurisdiction: Jurisdiction
    protocol: Protocol
    times: WorkingTimes
    calendar_of_group: Int64
    posts_before: Int64
    tier_of_slot: Int64
    asked_group: Int64
    sessions_before: NDArray[np.int16]
    session_is_there: NDArray[np.bool_]
    last_required: Int32
    option_of_slot: Int64
    number_of_unit: Int64
    persons: int
    persons_of_units: tuple[Int64, ...]
    whole_days_s: Int64
    worked_by_midnight_s: Int64
    day_length_s: Int64
    worked_by_warmup_s: Int64
    posts_worked_s: Int64
    posts_day_s: Int64


@made_once
def lay_out(jurisdiction: Jurisdiction, protocol: Protocol) -> Place:
    """Return a place with everything that its replications share, built once for the places last asked for."""
    staff, sessions, units = jurisdiction.staff, protocol.sessions, jurisdiction.units
    tiers = range(len(jurisdiction.tier_ids))
    sessions_per_tier = np.diff(sessions.tier_offset)
    asked = asked_groups(jurisdiction, protocol).astype(np.int64)
    is_there = (asked != NOWHERE).T[:, np.newaxis, :] & sessions.held_for.T[np.newaxis, :, :]
    homes, categories, slots = is_there.shape
    sessions_before = np.zeros((homes, categories, slots + 1), dtype=np.int16)
    np.cumsum(is_there, axis=2, out=sessions_before[:, :, 1:])
    there, tier_of_slot = (
        is_there.reshape(homes * categories, slots),
        np.repeat(np.arange(len(tiers)), sessions_per_tier),
    )
    option_of_slot = np.full((len(sessions.slot_ids), len(staff.group_ids)), NOWHERE, dtype=np.int64)
    option_of_slot[sessions.option_slot, sessions.option_group] = np.arange(len(sessions.option_group))
    times, calendars = working_times(jurisdiction.clocks), range(len(jurisdiction.clocks))
    calendar, post_count = staff.group_calendar, _sums(staff.pool_group, staff.pool_posts, len(staff.group_ids))
    midnight_s = np.arange(0, jurisdiction.horizon_s + SECONDS_PER_DAY, SECONDS_PER_DAY, dtype=np.int64)
    by_midnight_s = np.array([times.worked_until_s(one, midnight_s) for one in calendars])
    window_s = np.array([jurisdiction.warmup_s, jurisdiction.horizon_s], dtype=np.int64)
    by_warmup_s, by_horizon_s = np.array([times.worked_until_s(one, window_s) for one in calendars]).T
    day_length_s = np.diff(by_midnight_s, axis=1)[calendar]
    of_tier = staff.group_tier == np.arange(len(tiers))[:, np.newaxis]
    posts_day_s = (of_tier * post_count) @ day_length_s
    number_of_unit = units.ancestor.astype(np.int64) - units.offset[:-1, np.newaxis]
    persons = [
        _sums(number_of_unit[tier], units.population_persons, int(units.offset[tier + 1] - units.offset[tier]))
        for tier in tiers
    ]
    return Place(
        jurisdiction=jurisdiction,
        protocol=protocol,
        times=times,
        calendar_of_group=calendar.astype(np.int64),
        posts_before=np.cumsum(staff.pool_posts, dtype=np.int64) - staff.pool_posts,
        tier_of_slot=tier_of_slot,
        asked_group=asked,
        sessions_before=sessions_before,
        session_is_there=there,
        last_required=_last_required(there, protocol.handing_up.must_have_tried, tier_of_slot, len(tiers)),
        option_of_slot=option_of_slot,
        number_of_unit=number_of_unit,
        persons=int(units.population_persons.sum()),
        persons_of_units=tuple(persons),
        whole_days_s=np.full((len(tiers), len(midnight_s) - 1), SECONDS_PER_DAY, dtype=np.int64),
        worked_by_midnight_s=by_midnight_s,
        day_length_s=day_length_s,
        worked_by_warmup_s=by_warmup_s[calendar],
        posts_worked_s=post_count * (by_horizon_s - by_warmup_s)[calendar],
        posts_day_s=posts_day_s,
    )


def asked_groups(jurisdiction: Jurisdiction, protocol: Protocol) -> Int32:
    """Return the earliest listed group with a pool, by slot and home unit: int32 (S, H), NOWHERE where none has.

    Where several groups sit together, it is the lead.
    """
    sessions, pool_of_home = protocol.sessions, jurisdiction.staff.pool_of_home
    asked = np.full((len(sessions.slot_ids), pool_of_home.shape[1]), NOWHERE, dtype=np.int32)
    for option in range(len(sessions.option_group) - 1, -1, -1):
        if sessions.is_member[option]:
            continue
        group = sessions.option_group[option]
        asked[sessions.option_slot[option], pool_of_home[group] != NOWHERE] = group
    return asked


def _last_required(there: NDArray[np.bool_], must: NDArray[np.bool_], tier_of_slot: Int64, tier_count: int) -> Int32:
    """Return the last session that must be held, if any, by kind of dispute and tier: int32 (H · K, T)."""
    last = np.full((len(there), tier_count), NOWHERE, dtype=np.int32)
    for slot in must.nonzero()[0].tolist():
        last[there[:, slot], tier_of_slot[slot]] = slot
    return last


def _sums(row: Int32 | Int64, amount: Int32 | Int64, count: int) -> Int64:
    # Whole numbers below 2**53: float weights are exact.
    return np.bincount(row, weights=amount, minlength=count).astype(np.int64)
