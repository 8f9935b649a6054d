"""The place and its protocol as the SimPy processes read them: plain lists, and pools looked up by home unit."""

from sim.engine import rules
from sim.engine.simpy_engine.cases import Choice
from sim.engine.simpy_engine.pools import Pool
from sim.jurisdiction.contract import Jurisdiction
from sim.jurisdiction.work_clock import ClockReader
from sim.protocol.contract import HandingUp, Protocol
from sim.vocabulary import NOWHERE, SECONDS_PER_DAY, SessionMode


class HandingUpRules:
    """What sends cases up or keeps them, as plain lists, and which of it there is at all."""

    def __init__(self, rules_of: HandingUp) -> None:
        self.refers_by_load = rules_of.refer_at_waiting.size > 0
        self.requires_sessions = bool(rules_of.must_have_tried.any())
        self.is_under_pressure = bool(rules_of.is_pressed.any())
        self.refer_at_waiting: list[list[int]] = rules_of.refer_at_waiting.tolist()
        self.must_have_tried: list[bool] = rules_of.must_have_tried.tolist()


class Network:
    """Tiers, session slots and pools of one place under one protocol."""

    def __init__(self, jurisdiction: Jurisdiction, protocol: Protocol) -> None:
        staff, sessions, triage = jurisdiction.staff, protocol.sessions, protocol.triage
        clocks = [ClockReader(clock) for clock in jurisdiction.clocks]
        calendar_of_group = staff.group_calendar.tolist()
        self.pools = [
            Pool(index, posts, clocks[calendar_of_group[group]])
            for index, (posts, group) in enumerate(
                zip(staff.pool_posts.tolist(), staff.pool_group.tolist(), strict=True)
            )
        ]
        self.tier_count = len(jurisdiction.tier_ids)
        self.top = self.tier_count - 1
        self.slot_count = len(sessions.slot_ids)
        self.option_count = len(sessions.option_group)
        self.first_handler_keeps = protocol.first_handler_bonus_logit is not None
        self.meeting_case_s: list[int] = sessions.meeting_case_s.tolist()
        self._meeting_calendar: list[int] = sessions.meeting_calendar.tolist()
        self._clocks = clocks
        self.mode: list[int] = sessions.mode.tolist()
        self.sits_together = any(mode in (SessionMode.PANEL, SessionMode.MEETING) for mode in self.mode)
        self.may_return: list[bool] = triage.may_return.tolist()
        self.triage_rule = triage.rule
        self.triage_after_intake = triage.after_intake
        self.grade_tier: list[int] = triage.grade_tier.tolist()
        self.self_s = triage.self_s
        self.earliest_due = protocol.earliest_due
        self.handing_up = HandingUpRules(protocol.handing_up)
        self.handover_effort_s = protocol.handover_effort_s
        self._handover_occupation_s: list[int] = protocol.handover_occupation_s.tolist()
        after = protocol.after_settlement
        self.visits_per_episode = sessions.visits
        self.max_episodes = after.max_episodes
        self.reopen_at = after.reopen_at
        self.follow_up_after_s: list[int] = after.follow_up_after_s.tolist()
        self.follow_up_effort_s = after.follow_up_effort_s
        self.skip_after_s = after.skip_after_s
        self._follow_up_travel_s: list[list[int]] = after.follow_up_travel_s.tolist()
        self._follow_up_occupation_s: list[list[int]] = after.follow_up_occupation_s.tolist()
        self._tier_offset: list[int] = sessions.tier_offset.tolist()
        self._option_offset: list[int] = sessions.option_offset.tolist()
        self._option_group: list[int] = sessions.option_group.tolist()
        self._is_member: list[bool] = sessions.is_member.tolist()
        self._group_tier: list[int] = staff.group_tier.tolist()
        self._pool_group: list[int] = staff.pool_group.tolist()
        self._pool_of_home: list[list[int]] = staff.pool_of_home.tolist()
        self._ancestor: list[list[int]] = jurisdiction.units.ancestor.tolist()
        self._tier_due_s: list[list[int]] = protocol.tier_due_s.tolist()
        self._overall_due_s: list[int] = protocol.overall_due_s.tolist()
        self._class_by_difficulty = protocol.class_by_difficulty
        self._category_class: list[int] = protocol.category_class.tolist()
        self._difficulty_class: list[int] = protocol.difficulty_class.tolist()
        self._choices: dict[tuple[int, int], list[Choice]] = {}
        self._held_for: list[list[bool]] = sessions.held_for.tolist()
        self._kind_of_category = _kinds_of_category(self._held_for, len(protocol.category_ids))
        self._staffed_slots: dict[tuple[int, int, int], list[int]] = {}
        self._members: dict[tuple[int, int], list[Choice]] = {}

    def unit(self, tier: int, home: int) -> int:
        """Return the unit of a tier above a home unit."""
        return self._ancestor[tier][home]

    def choices(self, slot: int, home: int) -> list[Choice]:
        """Return the pools that may hold a session for a home unit, preferred first, each with its option.

        Where several groups sit together, the lead's pool is the only choice.
        """
        found = self._choices.get((slot, home))
        if found is None:
            found = [choice for choice in self._pools_of_slot(slot, home) if not self._is_member[choice[1]]]
            self._choices[slot, home] = found
        return found

    def members(self, slot: int, home: int) -> list[Choice]:
        """Return the pools of all groups that sit together for a home unit, in the order in which posts are taken."""
        found = self._members.get((slot, home))
        if found is None:
            found = sorted(self._pools_of_slot(slot, home), key=lambda choice: self.order_of_taking(choice[0]))
            self._members[slot, home] = found
        return found

    def meeting_clock(self, slot: int) -> ClockReader:
        """Return the clock whose windows are a session's meetings."""
        return self._clocks[self._meeting_calendar[slot]]

    def order_of_taking(self, pool: int) -> tuple[int, int]:
        """Return a pool's place in the one order in which posts are taken: upper tiers first, then by group."""
        group = self._pool_group[pool]
        return -self._group_tier[group], group

    def _pools_of_slot(self, slot: int, home: int) -> list[Choice]:
        options = range(self._option_offset[slot], self._option_offset[slot + 1])
        pools = ((self._pool_of_home[self._option_group[option]][home], option) for option in options)
        return [(pool, option) for pool, option in pools if pool != NOWHERE]

    def staffed_slots(self, tier: int, home: int, category: int) -> list[int]:
        """Return the sessions of a tier held for a category that some pool can hold for a home unit."""
        kind = self._kind_of_category[category]
        found = self._staffed_slots.get((tier, home, kind))
        if found is None:
            slots = range(self._tier_offset[tier], self._tier_offset[tier + 1])
            found = [slot for slot in slots if self._held_for[slot][category] and self.choices(slot, home)]
            self._staffed_slots[tier, home, kind] = found
        return found

    def required_until(self, tier: int, home: int, category: int) -> int:
        """Return the last session there is for a case that must be held before it goes up, NOWHERE if none must."""
        must = self.handing_up.must_have_tried
        required = [slot for slot in self.staffed_slots(tier, home, category) if must[slot]]
        return required[-1] if required else NOWHERE

    def lowest_staffed_tier(self, home: int, category: int) -> int:
        """Return the lowest tier that can hold a session for a case; above the top if none can."""
        return next((t for t in range(self.tier_count) if self.staffed_slots(t, home, category)), self.tier_count)

    def is_diagnosed_at(self, tier: int, home: int, category: int) -> bool:
        """Whether triage of a case waits for an intake session at this tier."""
        slots = self.staffed_slots(tier, home, category)
        return self.triage_after_intake and bool(slots) and self.mode[slots[0]] == SessionMode.INTAKE

    def handover_occupation_s(self, option: int) -> int:
        """Return how long the paperwork of a handover occupies a post of an option's group."""
        return self._handover_occupation_s[self._option_group[option]]

    def follow_up_durations(self, option: int, home: int) -> tuple[int, int, int]:
        """Return how long a follow-up visit occupies a post of an option's group, its effort and its travel."""
        group = self._option_group[option]
        return (
            self._follow_up_occupation_s[group][home],
            self.follow_up_effort_s,
            self._follow_up_travel_s[group][home],
        )

    def queue_class(self, category: int, age_s: int, until_ages_s: list[int]) -> int:
        """Return the priority class of a request that joins now; a lower class is served first."""
        if self._class_by_difficulty:
            return self._difficulty_class[rules.thresholds_passed(age_s, until_ages_s)]
        return self._category_class[category]

    def judgement(self, episode: int, tier: int) -> int:
        """Return the place in the batch of what a tier perceives in an episode."""
        return episode * self.tier_count + tier

    def tier_due_s(self, tier: int, now_s: int) -> int:
        """Return when the tier's deadline of a case that arrives now passes."""
        return self._tier_due_s[tier][now_s // SECONDS_PER_DAY]

    def overall_due_s(self, now_s: int) -> int:
        """Return when the overall deadline of a case that is registered now passes."""
        return self._overall_due_s[now_s // SECONDS_PER_DAY]


def _kinds_of_category(held_for: list[list[bool]], category_count: int) -> list[int]:
    """Number the categories so that those for which the same sessions are held share a number (all, usually)."""
    held = [tuple(of_slot[category] for of_slot in held_for) for category in range(category_count)]
    return [held.index(slots) for slots in held]
