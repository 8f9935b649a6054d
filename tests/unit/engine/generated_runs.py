"""Small places and batches made from bytes: few disputes, few seconds to meet in, every mechanism in every mixture.

A byte picks one of a handful of values. Instants are multiples of a grain of some hours, so that most things tie.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch, Vacancies
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, PatienceChoice, Surfacing
from tests.unit.column_order import by_column
from tests.unit.scenario_factory import days, desk, intake, make_scenario, meeting, outreach, panel, staff_group, tier

T = TypeVar("T")
Int64 = NDArray[np.int64]

HALF_DAY_S = SECONDS_PER_DAY // 2
GRAINS_S = (HALF_DAY_S // 2, HALF_DAY_S // 2, HALF_DAY_S // 4, 7_919)
"""Six hours meet opening, closing and midnight; a prime number of seconds meets nothing."""
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PLACE_BYTES, DISPUTE_BYTES, MOST_DISPUTES = 170, 440, 8

VACANCY_BYTES = 60

ALL_BYTES = PLACE_BYTES + MOST_DISPUTES * DISPUTE_BYTES + VACANCY_BYTES
chances = st.binary(min_size=ALL_BYTES, max_size=ALL_BYTES)


def examples(count: int) -> settings:
    """So many runs. A failure is not shrunk: that takes minutes, and a few disputes can be read as they are."""
    slow = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]
    return settings(max_examples=count, phases=[Phase.generate], suppress_health_check=slow)


@dataclass(frozen=True)
class GeneratedRun:
    """What an engine takes."""

    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch

    def by(self, engine: Callable[[Jurisdiction, Protocol, DisputeBatch], Trajectory]) -> Trajectory:
        """Let an engine run it."""
        return engine(self.jurisdiction, self.protocol, self.batch)


class Picks:
    """Picks values by bytes."""

    def __init__(self, chance: bytes) -> None:
        self._bytes = iter(chance)

    def pick(self, *values: T) -> T:
        return values[next(self._bytes, 0) % len(values)]

    def table(self, rows: int, columns: int, *values: int) -> list[list[int]]:
        return [[self.pick(*values) for _ in range(columns)] for _ in range(rows)]

    def some(self, values: Sequence[str]) -> list[str]:
        """At least one of the values, in any order."""
        chosen = list(values)
        for _ in range(len(values) - 1):
            if self.pick(True, False):
                chosen.remove(self.pick(*chosen))
        return chosen if self.pick(True, False) else chosen[::-1]


def generated_run(chance: bytes) -> GeneratedRun:
    """Make a place and its disputes from bytes."""
    place = Picks(chance[:PLACE_BYTES])
    scenario = make_scenario(**_blocks(place))
    jurisdiction = replace(build_jurisdiction(scenario), horizon_s=place.pick(10, 6, 20) * SECONDS_PER_DAY)
    protocol = compile_protocol(scenario, jurisdiction)
    grain_s = place.pick(*GRAINS_S)
    count = place.pick(3, 4, 5, 6, 7, 8)
    disputes = [
        Picks(chance[start : start + DISPUTE_BYTES])
        for start in range(PLACE_BYTES, PLACE_BYTES + count * DISPUTE_BYTES, DISPUTE_BYTES)
    ]
    vacancies = _vacancies(Picks(chance[-VACANCY_BYTES:]), jurisdiction, grain_s)
    batch = by_column(replace(_batch(disputes, jurisdiction, protocol, grain_s), vacancies=vacancies))
    return GeneratedRun(jurisdiction, protocol, batch)


# --- places -----------------------------------------------------------------------------------------------------------


def _blocks(place: Picks) -> dict[str, Any]:
    tier_ids = place.pick(["village", "town", "county"], ["village", "town"], ["village", "county"])
    counts = place.pick([2, 1, 1], [1, 1, 1], [3, 2, 1], [4, 2, 2], [2, 2, 2])
    groups = _groups(place, tier_ids)
    return {
        "measures": {"equity_tier": tier_ids[0], "village_tier": tier_ids[0], "indifference_share": 0.05},
        "statutory_calendar": {
            "rule": "listed",
            "closed_days": ["2024-01-03"],
            "make_up_days": ["2024-01-06"],
            "assumed_years": [],
        },
        "calendars": _calendars(),
        "units": {"by": "count", "counts": dict(zip(tier_ids, counts, strict=False)), "population_persons": 800},
        "staff_groups": groups,
        "tiers": {tier_id: _tier(place, tier_id, tier_ids, groups) for tier_id in tier_ids},
        "triage": _triage(place, tier_ids),
        "queue": {"order": place.pick("first_come", "earliest_due")} | _priority(place),
        "handover": place.pick(None, {"delay_days": days(0), "hours": 6.0}, {"delay_days": days(0), "hours": 3.0}),
        "first_handler_keeps": place.pick(None, {"bonus_logit": 0.5}),
        "overall_deadline": _deadline(place),
        "breach": _breach(place),
        "follow_up": _follow_up(place),
        "reporting_pressure": _pressure(place, tier_ids),
    }


def _pressure(place: Picks, tier_ids: list[str]) -> dict[str, Any] | None:
    tiers = place.pick(tier_ids[:-1], tier_ids[:1])
    pressure = {"paper_settlement_prob": 0.5, "return_delay_days": days(0), "tiers": tiers}
    return place.pick(None, None, pressure)


def _calendars() -> dict[str, Any]:
    def weekly(weekdays: list[str], *hours: tuple[str, str]) -> dict[str, Any]:
        windows = [{"days": weekdays, "opens": opens, "closes": closes} for opens, closes in hours]
        return {"kind": "weekly", "windows": windows, "statutory": len(weekdays) == 5, "make_up_as": "mon"}

    return {
        "always": {"kind": "always"},
        "office": weekly(EVERY_DAY[:5], ("06:00", "12:00"), ("15:00", "18:00")),
        "evening": weekly(EVERY_DAY, ("18:00", "24:00")),
        "day": weekly(EVERY_DAY, ("06:00", "18:00")),
        "market_days": {
            "kind": "monthly",
            "windows": [
                {"by": "last_digit", "days": [2, 4, 7], "opens": "12:00", "closes": "18:00"},
                {"by": "number", "days": [2, 3, 11], "opens": "18:00", "closes": "24:00"},
            ],
        },
    }


def _groups(place: Picks, tier_ids: list[str]) -> dict[str, Any]:
    groups = {}
    for group, of_tier in [(f"{tier_id}_staff", tier_id) for tier_id in tier_ids] + [("roving", tier_ids[-1])]:
        groups[group] = staff_group(
            of_tier,
            place.pick(2, 1, 3, 0, 4),
            posts_serve=place.pick(1, 1, 2, 4),
            calendar=place.pick("always", "always", "office", "evening", "day"),
            admin_share=place.pick(0.0, 0.0, 0.5),
        )
    return groups


def _tier(place: Picks, tier_id: str, tier_ids: list[str], groups: dict[str, Any]) -> dict[str, Any]:
    level = tier_ids.index(tier_id)
    eligible = [group for group, block in groups.items() if tier_ids.index(block["tier"]) >= level]
    makers: list[Callable[..., dict[str, Any]]] = place.pick(
        [desk],
        [desk, desk],
        [intake, desk],
        [intake],
        [outreach, desk, desk],
        [intake, desk, outreach],
        [],
        [panel],
        [panel, panel],
        [desk, panel],
        [intake, panel],
        [_meeting],
        [_meeting, desk],
        [intake, _meeting, panel],
    )
    sessions = {}
    for number, make in enumerate(makers):
        sits_together = make in (panel, _meeting)
        chosen = _sitting(place, eligible, groups) if sits_together else place.some(eligible)
        sessions[f"s{number}"] = make(*chosen) | _filter(place)
    block = tier(tier_id, sessions, deadline=_deadline(place))
    return block if level == len(tier_ids) - 1 else block | _handing_up(place, sessions)


def _handing_up(place: Picks, sessions: dict[str, Any]) -> dict[str, Any]:
    referral = {"refer_when_waiting_per_post_at_least": place.pick(0.5, 0.0, 1.0, 0.4, 2.0), "refer_prob": 0.5}
    required = [session_id for session_id in sessions if place.pick(False, True)]
    return {
        "load_referral": place.pick(None, None, referral),
        "must_have_tried": place.pick(None, None, required),
    }


def _filter(place: Picks) -> dict[str, Any]:
    categories = place.pick(None, None, None, ["land"], ["neighbours"], ["land", "neighbours"])
    return {} if categories is None else {"categories": categories}


def _meeting(*groups: str) -> dict[str, Any]:
    """A meeting of one to four cases, by who leads it; on the evenings, its windows touch and are one."""
    number = len(groups[0]) + len(groups)
    calendar = ("market_days", "evening", "market_days", "day")[number % 4]
    return meeting(*groups, calendar=calendar, minutes_per_case=(180, 360, 100, 360)[number % 4])


def _sitting(place: Picks, eligible: list[str], groups: dict[str, Any]) -> list[str]:
    """A lead of this tier or above, and others of any tier, those below included."""
    lead = place.pick(*eligible)
    others = place.some([group for group in groups if group != lead])
    return [lead, *others[: place.pick(2, 3, 1, 0)]]


def _deadline(place: Picks) -> dict[str, Any] | None:
    number = place.pick(None, None, 0, 1, 2, 3)
    clock = place.pick("calendar", "working")
    return None if number is None else {"days": number, "clock": clock}


def _triage(place: Picks, tier_ids: list[str]) -> dict[str, Any]:
    rule = place.pick("lowest_first", "by_channel", "graded", "graded", "graded")
    if rule != "graded":
        return {"rule": rule}
    micro = {"below_logit": -2.0, "self_days": place.pick(1.0, 0.5, 0.0), "self_ability_logit": 0.0}
    return {
        "rule": "graded",
        "when": place.pick("registration", "after_intake"),
        "noise_sd_logit": 0.0,
        "micro": place.pick(None, micro),
        "small": {"below_logit": -1.0, "tier": place.pick(*tier_ids)},
        "large": {"below_logit": 1.0, "tier": place.pick(*tier_ids[1:], tier_ids[0])},
        "hard": {"tier": place.pick(*tier_ids[::-1])},
        "may_return": place.pick([], tier_ids, tier_ids[1:], tier_ids[-1:]),
    }


def _breach(place: Picks) -> dict[str, Any] | None:
    breach = {
        "breach_days": days(0),
        "durability_logit": 0.0,
        "max_episodes": place.pick(2, 3, 4, 4),
        "theta_shift_logit": 0.0,
        "reopen_at": place.pick("settling", "parent", "triage"),
    }
    return place.pick(None, breach, breach)


def _follow_up(place: Picks) -> dict[str, Any] | None:
    due_days = place.pick([1.0], [0.5, 1.5], [0.25, 0.5, 1.0], [])
    hours = {"effort_hours": place.pick(3.0, 6.0), "skip_after_working_hours": place.pick(6.0, 3.0, 24.0)}
    return place.pick(None, {"due_days": due_days, "gain_logit": 0.0} | hours)


def _priority(place: Picks) -> dict[str, Any]:
    by_category = {"by": "category", "classes": {"neighbours": 1, "land": 0}}
    by_difficulty = {"by": "difficulty", "thresholds_logit": [-1.0, 1.0], "noise_sd_logit": 0.0}
    by_difficulty["first"] = place.pick("hardest", "easiest")
    priority = place.pick(None, by_category, by_difficulty)
    return {} if priority is None else {"priority": priority}


# --- disputes ---------------------------------------------------------------------------------------------------------


def _batch(disputes: list[Picks], jurisdiction: Jurisdiction, protocol: Protocol, grain_s: int) -> DisputeBatch:
    sessions, tier_count, homes = protocol.sessions, len(jurisdiction.tier_ids), jurisdiction.units.offset[1]
    slots, options, episodes = (
        len(sessions.slot_ids),
        len(sessions.option_group),
        protocol.after_settlement.max_episodes,
    )
    rounds, further = episodes * sessions.visits, episodes - 1
    trials = further * (len(protocol.after_settlement.follow_up_after_s) + 1)
    ages = (-1, NEVER_S, 0, grain_s, 2 * grain_s, 4 * grain_s, 8 * grain_s)
    thresholds = len(protocol.difficulty_class) - 1
    grades = 3 if protocol.triage.grade_tier[0] != NOWHERE else 0
    times = np.array([_times(dispute, grain_s) for dispute in disputes], dtype=np.int64).T
    count = len(disputes)

    def column(*values: int) -> Int64:
        return np.array([dispute.pick(*values) for dispute in disputes], dtype=np.int64)

    def table(columns: int, *values: int) -> Int64:
        rows = [dispute.table(1, columns, *values)[0] for dispute in disputes]
        return np.array(rows, dtype=np.int64).reshape(count, columns)

    spans = tuple(length * grain_s for length in range(7))
    home_unit = column(*range(int(homes))).astype(np.int32)
    groups = np.tile(sessions.option_group, rounds)
    has_pool = (jurisdiction.staff.pool_of_home[groups][:, home_unit] != NOWHERE).T
    referrals = rounds * slots * bool(protocol.handing_up.refer_at_waiting.size)
    papers = rounds * tier_count * bool(protocol.handing_up.is_pressed.any())
    marks = np.arange(count * rounds * max(slots, options)).reshape(count, -1)
    helped = protocol.first_handler_bonus_logit is not None
    return DisputeBatch(
        dispute_id=np.cumsum(column(1, 2)),
        home_unit=home_unit,
        category=column(0, 1).astype(np.int32),
        opening=times[0] < 0,
        emerged_s=times[0],
        surfaced_s=times[1],
        surfacing=np.where(times[1] < NEVER_S, Surfacing.SELF_REPORT, Surfacing.NOT).astype(np.int8),
        registered_s=times[2],
        incident_s=times[3],
        patience_s=times[4],
        faded_s=times[5],
        channel=np.full(count, NOWHERE, dtype=np.int32),
        entry_tier=column(0, *range(tier_count)).astype(np.int32),
        patience_choice=column(*PatienceChoice).astype(np.int8),
        withdrawn_fade_s=column(NEVER_S, *spans),
        petition_delay_s=column(*spans[:3]),
        gap_s=table(rounds * slots, *spans[:3]),
        handover_delay_s=table(rounds * tier_count, *spans[:3]),
        effort_s=100 + marks[:, : rounds * slots],
        travel_s=5_000 + marks[:, :options],
        occupation_s=table(rounds * options, *spans),
        settle_until_age_s=table(rounds * options, *ages),
        settle_with_handler_until_age_s=table(rounds * options if helped else 0, *ages),
        attends=table(rounds * options, 1, 1, 0).astype(np.bool_) & has_pool,
        grade_until_age_s=np.sort(
            table(episodes * tier_count * grades, *ages).reshape(count, episodes * tier_count, grades), axis=2
        ),
        self_settle_until_age_s=column(*ages),
        class_until_age_s=np.sort(
            table(episodes * tier_count * thresholds, *ages).reshape(count, episodes * tier_count, -1), axis=2
        ),
        later_incident_s=table(further, NEVER_S, NEVER_S, *(length * grain_s for length in range(1, 12))),
        later_patience_s=table(further, NEVER_S, *(length * grain_s for length in range(1, 12))),
        later_patience_choice=table(further, *PatienceChoice).astype(np.int8),
        later_withdrawn_fade_s=table(further, NEVER_S, *spans),
        later_petition_delay_s=table(further, *spans[:3]),
        later_self_settle_until_age_s=table(further, *ages),
        breach_after_s=table(further, *spans[:4], *spans[:4], NEVER_S),
        holds_until_age_s=table(trials, -1, -1, -1, -1, -1, *ages),
        referred_if_busy=table(referrals, 0, 1, 1).astype(np.bool_),
        settled_on_paper=table(papers, 0, 1).astype(np.bool_)
        & np.tile(protocol.handing_up.is_pressed, rounds if papers else 0),
        paper_return_s=table(papers, *spans[:4]),
        theta0_logit=np.zeros(count),
        emergence_hash="",
    )


def _vacancies(picks: Picks, jurisdiction: Jurisdiction, grain_s: int) -> Vacancies:
    """Most posts are always filled, some are vacant once or several times, and in half of the runs none ever is."""
    rows = []
    spells = picks.pick((0,), (0, 0, 1, 1, 3))
    for pool, posts in enumerate(jurisdiction.staff.pool_posts.tolist()):
        for post in range(posts):
            from_s = 0
            for _ in range(picks.pick(*spells)):
                from_s += picks.pick(*range(1, 12), 0) * grain_s
                until_s = from_s + picks.pick(1, 2, 4, 8) * grain_s
                rows.append((pool, post, from_s, until_s))
                from_s = until_s + grain_s
    rows = [row for row in rows if row[2] < jurisdiction.horizon_s]
    pool_, post_, from_, until_ = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Vacancies(pool_.astype(np.int32), post_.astype(np.int32), from_, until_)


def _times(dispute: Picks, grain_s: int) -> tuple[int, ...]:
    """Emergence, surfacing, registration, incident, end of patience and fading unseen."""
    surfaced_s = dispute.pick(*range(6), *range(6), 9, 12, 120) * grain_s
    emerged_s = min(surfaced_s, 12 * grain_s) - dispute.pick(0, 0, 1, 2, 5, 20) * grain_s
    registered_s = surfaced_s + dispute.pick(0, 0, 0, 1, 2) * grain_s
    patience_s = surfaced_s + dispute.pick(*range(16), 20, 24) * grain_s if dispute.pick(False, True) else NEVER_S
    incident_s = surfaced_s + dispute.pick(*range(1, 24)) * grain_s if dispute.pick(False, False, True) else NEVER_S
    ends_unknown = dispute.pick(*("no",) * 14, "fades", "incident")
    if ends_unknown == "no":
        return emerged_s, surfaced_s, registered_s, incident_s, patience_s, NEVER_S
    if ends_unknown == "fades":
        return emerged_s, NEVER_S, NEVER_S, NEVER_S, NEVER_S, surfaced_s
    return emerged_s, NEVER_S, NEVER_S, surfaced_s, NEVER_S, NEVER_S
