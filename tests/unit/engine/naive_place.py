"""A place as the naive model reads it: nothing prepared, every question answered by looking through everything."""

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, SessionMode

_DAYS_READ = 400
"""Windows that open later than so many days after the horizon are not read: no session of a small example lasts."""


class Place:
    """Tiers, sessions, pools and their opening hours."""

    def __init__(self, jurisdiction: Jurisdiction, protocol: Protocol) -> None:
        staff, sessions = jurisdiction.staff, protocol.sessions
        self.top = len(jurisdiction.tier_ids) - 1
        self.mode = sessions.mode.tolist()
        self.slot_count = len(sessions.slot_ids)
        self.option_count = len(sessions.option_group)
        self.visits = sessions.visits
        self.follow_up_count = len(protocol.after_settlement.follow_up_after_s)
        self.posts = staff.pool_posts.tolist()
        self._sessions = sessions
        self._pool_of_home = staff.pool_of_home.tolist()
        self._group_tier = staff.group_tier.tolist()
        self._pool_group = staff.pool_group.tolist()
        self._ancestor = jurisdiction.units.ancestor.tolist()
        last_s = jurisdiction.horizon_s + _DAYS_READ * SECONDS_PER_DAY
        windows = [
            [window for window in zip(clock.open_s.tolist(), clock.close_s.tolist(), strict=True) if window[0] < last_s]
            for clock in jurisdiction.clocks
        ]
        self._meetings = [windows[calendar] if calendar != NOWHERE else [] for calendar in sessions.meeting_calendar]
        self.case_s = sessions.meeting_case_s.tolist()
        self._windows: list[list[tuple[int, int]]] = [windows[staff.group_calendar[g]] for g in staff.pool_group]

    def unit(self, tier: int, home: int) -> int:
        return int(self._ancestor[tier][home])

    def group(self, option: int) -> int:
        return int(self._sessions.option_group[option])

    def choices(self, slot: int, home: int) -> list[tuple[int, int]]:
        """Pools that can hold a session for a home unit in the listed order, each with its option.

        A panel or meeting can be held by its lead's pool, the first listed, and by no other.
        """
        pools = [(self.pool(option, home), option) for option in self.options(slot)]
        if self.mode[slot] in (SessionMode.PANEL, SessionMode.MEETING):
            del pools[1:]
        return [(pool, option) for pool, option in pools if pool != NOWHERE]

    def options(self, slot: int) -> list[int]:
        """Options of the groups of a session, in the listed order."""
        return [option for option in range(self.option_count) if self._sessions.option_slot[option] == slot]

    def pool(self, option: int, home: int) -> int:
        """The pool of an option's group that serves a home unit."""
        return int(self._pool_of_home[self.group(option)][home])

    def from_the_top(self, pool: int) -> tuple[int, int]:
        """Where a pool stands when posts are taken from the top tier down, in a tier as the place lists its groups."""
        return self.top - self._group_tier[self._pool_group[pool]], self._pool_group[pool]

    def slots(self, tier: int, home: int, category: int) -> list[int]:
        """Sessions of a tier that are meant for a kind of dispute and that somebody can hold for a home unit."""
        first, end = self._sessions.tier_offset[tier], self._sessions.tier_offset[tier + 1]
        meant = [slot for slot in range(first, end) if self._sessions.held_for[slot, category]]
        return [slot for slot in meant if self.choices(slot, home)]

    def lowest_staffed(self, home: int, category: int) -> int:
        return min(tier for tier in range(self.top + 1) if self.slots(tier, home, category))

    def next_meeting(self, slot: int, from_s: int) -> tuple[int, int]:
        """When the next meeting of a session that opens from a second on opens and closes."""
        windows = self._meetings[slot]
        return next(((opens, closes) for opens, closes in windows if opens >= from_s), (NEVER_S, NEVER_S))

    def next_open_s(self, pool: int, now_s: int) -> int:
        """The first second from now on at which a pool's office is open."""
        return next((max(opens, now_s) for opens, closes in self._windows[pool] if closes > now_s), NEVER_S)

    def finish_s(self, pool: int, start_s: int, work_s: int) -> int:
        """When work is done that goes on in working hours only."""
        for opens, closes in self._windows[pool]:
            stretch_s = closes - max(opens, start_s)
            if work_s == 0:
                break
            if stretch_s <= 0:
                continue
            if work_s <= stretch_s:
                return max(opens, start_s) + work_s
            work_s -= stretch_s
        assert work_s == 0, "the example is too long for the windows read"
        return start_s
