"""Stories of a few disputes: lives and places written by hand, and what both engines make of them as readable lines.

A story is told as `tell(place(...), [Life(...), ...]).events == lines('''...''')`. A line is `day time #dispute what`;
what stands after `--` is a comment. Disputes are numbered as the lives are listed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.contract import Trajectory
from sim.jurisdiction import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch, Vacancies
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, SECONDS_PER_HOUR, PatienceChoice, Surfacing
from tests.behaviour.telling import events_of
from tests.equivalence.both_engines import by_both
from tests.unit.column_order import by_column
from tests.unit.engine.generated_runs import GeneratedRun
from tests.unit.scenario_factory import desk, make_scenario, staff_group, tier

HOUR = SECONDS_PER_HOUR
DAY = SECONDS_PER_DAY
ALWAYS = NEVER_S
"""Critical age of a test that is passed at any age."""
NEVER = -1
"""Critical age of a test that is passed at no age."""

MICRO, SMALL, LARGE, HARD = (
    (ALWAYS, ALWAYS, ALWAYS),
    (NEVER, ALWAYS, ALWAYS),
    (NEVER, NEVER, ALWAYS),
    (NEVER, NEVER, NEVER),
)
"""Critical ages of the three thresholds of a dispute whose grade does not change."""


@dataclass(frozen=True)
class Life:
    """What chance has in store for one dispute: instants and durations in seconds, tests as critical ages.

    `effort_s` and `settles` are by session, written `village.desk`; `village.desk@roving` is that session held by one
    of its groups, `village.desk#2` at the second visit. A session left out takes an hour and settles nothing.
    `settles_with_first_handler` is the same for panels at which the first handler sits. `absent` names the groups that
    do not come to a panel, written `county.panel@town_cadres`.
    `classes` are critical ages of the thresholds of difficulty; `grades`, by tier, those of triage (a tier left out
    sees a hard matter). `refers` names the sessions (1) at which it is handed up if they are busy, `on_paper` the tiers
    that record it as settled when it is due to be handed up, with the seconds until it comes back.
    An agreement is tried `tried_after_s` after the settlement and holds by `holds`, critical ages
    by the number of visits completed. `again` are further episodes: lives whose instants count from the reopening.
    """

    surfaced_s: int
    home: int = 0
    category: int = 0
    emerged_s: int | None = None
    registered_s: int | None = None
    entry_tier: int = 0
    incident_s: int = NEVER_S
    faded_s: int = NEVER_S
    patience_s: int = NEVER_S
    choice: PatienceChoice = PatienceChoice.WITHDRAW
    withdrawn_fade_s: int = 1_000 * DAY
    petition_delay_s: int = 0
    effort_s: Mapping[str, int] = field(default_factory=dict)
    settles: Mapping[str, int] = field(default_factory=dict)
    settles_with_first_handler: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    gap_s: int = 0
    handover_delay_s: int = 0
    grades: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    self_settles: int = NEVER
    classes: tuple[int, ...] = ()
    refers: Mapping[str, int] = field(default_factory=dict)
    on_paper: Mapping[str, int] = field(default_factory=dict)
    tried_after_s: int = NEVER_S
    holds: tuple[int, ...] = ()
    again: tuple["Life", ...] = ()

    def episode(self, number: int) -> "Life":
        """The life of an episode; one that is not told takes an hour at each session and settles nothing."""
        return self if number == 0 else (*self.again, *[Life(0)] * number)[number - 1]


@dataclass(frozen=True)
class Told:
    """A run and its events."""

    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch
    trajectory: Trajectory
    events: list[str]


@dataclass(frozen=True)
class Vacancy:
    """A post of a group that serves a home unit stands vacant between two times such as `2d 09:30`."""

    group: str
    since: str
    until: str
    post: int = 0
    home: int = 0


def tell(scenario: Scenario, lives: Sequence[Life], horizon_days: int = 100, vacancies: Sequence[Vacancy] = ()) -> Told:
    """Run hand-written lives through a scenario and tell what happened; vacancies are listed in order of posts."""
    jurisdiction = replace(build_jurisdiction(scenario), horizon_s=horizon_days * DAY)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = by_column(batch_of(lives, jurisdiction, protocol))
    batch = replace(batch, vacancies=vacancies_of(vacancies, jurisdiction))
    trajectory = by_both(GeneratedRun(jurisdiction, protocol, batch))
    return Told(jurisdiction, protocol, batch, trajectory, events_of(jurisdiction, protocol, trajectory))


def only(what: str, told: Told) -> list[str]:
    """Return the lines of a story that speak of one thing, such as `starts`."""
    return [line for line in told.events if what in line]


def lines(text: str) -> list[str]:
    """Return the lines of a story without blank lines, comments and indentation."""
    bare = (line.partition("--")[0].strip() for line in text.splitlines())
    return [line for line in bare if line]


def at(time: str) -> int:
    """Return the second of a time such as `2d 09:30` or `2d 09:30:01`."""
    found = re.fullmatch(r"(\d+)d (\d\d):(\d\d)(?::(\d\d))?", time)
    if found is None:
        raise ValueError(f"no time: {time}")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return days * DAY + hours * HOUR + minutes * 60 + seconds


# --- places -----------------------------------------------------------------------------------------------------------


def place(**blocks: Any) -> Scenario:
    """One village under one town under one county, one post and one desk each, always open; blocks replaced whole."""
    own: dict[str, Any] = {
        "units": {"by": "count", "counts": {"village": 1, "town": 1, "county": 1}, "population_persons": 1000},
        "staff_groups": staff(),
    }
    return make_scenario(**own | blocks)


def staff(**changed: dict[str, Any]) -> dict[str, Any]:
    """One post at each tier; a group given replaces or joins them."""
    groups = {
        "village_mediators": staff_group("village", 1),
        "town_cadres": staff_group("town", 1),
        "county_centre": staff_group("county", 1),
    }
    return groups | changed


def tiers(**changed: dict[str, Any]) -> dict[str, Any]:
    """One desk at each tier; a tier given replaces it."""
    usual = {
        "village": tier("village", {"desk": desk("village_mediators")}),
        "town": tier("town", {"desk": desk("town_cadres")}),
        "county": tier("county", {"desk": desk("county_centre")}),
    }
    return usual | changed


def calendar_days(days: int) -> dict[str, Any]:
    """A limit that ends at 24:00 of the n-th day after the first."""
    return {"days": days, "clock": "calendar"}


def graded(**changed: Any) -> dict[str, Any]:
    """Small matters to the village, large ones to the town, hard ones to the county; micro matters take a day."""
    rule = {
        "rule": "graded",
        "when": "registration",
        "noise_sd_logit": 0.0,
        "micro": {"below_logit": -2.0, "self_days": 1.0, "self_ability_logit": 0.0},
        "small": {"below_logit": -1.0, "tier": "village"},
        "large": {"below_logit": 1.0, "tier": "town"},
        "hard": {"tier": "county"},
        "may_return": [],
    }
    return rule | changed


# --- batches ----------------------------------------------------------------------------------------------------------


def batch_of(lives: Sequence[Life], jurisdiction: Jurisdiction, protocol: Protocol) -> DisputeBatch:
    """Write a batch by hand."""
    sessions, count, tier_count = protocol.sessions, len(lives), len(jurisdiction.tier_ids)
    episodes = protocol.after_settlement.max_episodes
    by_episode = [[life.episode(number) for life in lives] for number in range(episodes)]

    def columns(table: Callable[[list[Life]], NDArray[np.int64]], of: int = episodes) -> NDArray[np.int64]:
        return np.concatenate([np.zeros((count, 0), dtype=np.int64), *map(table, by_episode[:of])], axis=1)

    def later(chance: Callable[[Life], int]) -> NDArray[np.int64]:
        rows = [[chance(life.episode(number)) for number in range(1, episodes)] for life in lives]
        return np.array(rows, dtype=np.int64).reshape(count, episodes - 1)

    by_slot, by_option = session_names(jurisdiction, protocol), option_names(jurisdiction, protocol)
    option_effort_s = columns(lambda lived: _table(lived, "effort_s", HOUR, by_option))
    shares = np.tile(jurisdiction.staff.casework_share[sessions.option_group], episodes * sessions.visits)
    grades = [
        [life.episode(e).grades.get(number, HARD) for e in range(episodes) for number in range(tier_count)]
        for life in lives
    ]
    classes = [
        [life.episode(e).classes or life.classes for e in range(episodes) for _ in range(tier_count)] for life in lives
    ]
    visits = len(protocol.after_settlement.follow_up_after_s)
    emerged = [life.surfaced_s if life.emerged_s is None else life.emerged_s for life in lives]
    registered = [life.surfaced_s if life.registered_s is None else life.registered_s for life in lives]
    surfacing = [Surfacing.SELF_REPORT if life.surfaced_s < NEVER_S else Surfacing.NOT for life in lives]
    by_tier = [[tier_id] for tier_id in jurisdiction.tier_ids] * sessions.visits
    on_paper = columns(lambda lived: _table(lived, "on_paper", -1, by_tier))
    handler_width = 0 if protocol.first_handler_bonus_logit is None else len(by_option)
    return DisputeBatch(
        dispute_id=np.arange(count, dtype=np.int64),
        home_unit=_column([life.home for life in lives]).astype(np.int32),
        category=_column([life.category for life in lives]).astype(np.int32),
        opening=np.zeros(count, dtype=np.bool_),
        emerged_s=_column(emerged),
        surfaced_s=_column([life.surfaced_s for life in lives]),
        surfacing=np.array(surfacing, dtype=np.int8),
        faded_s=_column([life.faded_s for life in lives]),
        incident_s=_column([life.incident_s for life in lives]),
        channel=np.full(count, NOWHERE, dtype=np.int32),
        entry_tier=_column([life.entry_tier for life in lives]).astype(np.int32),
        registered_s=_column(registered),
        patience_s=_column([life.patience_s for life in lives]),
        patience_choice=_column([life.choice for life in lives]).astype(np.int8),
        withdrawn_fade_s=_column([life.withdrawn_fade_s for life in lives]),
        petition_delay_s=_column([life.petition_delay_s for life in lives]),
        effort_s=columns(lambda lived: _table(lived, "effort_s", HOUR, by_slot)),
        travel_s=np.zeros((count, len(sessions.option_group)), dtype=np.int64),
        occupation_s=np.rint(option_effort_s / shares).astype(np.int64),
        settle_until_age_s=columns(lambda lived: _table(lived, "settles", NEVER, by_option)),
        settle_with_handler_until_age_s=columns(
            lambda lived: _table(lived, "settles_with_first_handler", NEVER, by_option)[:, :handler_width]
        ),
        attends=np.concatenate([_attendance(lived, by_option) for lived in by_episode], axis=1),
        gap_s=columns(lambda lived: _repeated([life.gap_s for life in lived], len(by_slot))),
        handover_delay_s=columns(
            lambda lived: _repeated([life.handover_delay_s for life in lived], sessions.visits * tier_count)
        ),
        grade_until_age_s=np.array(grades, dtype=np.int64).reshape(count, episodes * tier_count, 3),
        self_settle_until_age_s=_column([life.self_settles for life in lives]),
        class_until_age_s=np.array(classes, dtype=np.int64).reshape(
            (count, episodes * tier_count, len(lives[0].classes) if lives else 0)
        ),
        later_incident_s=later(lambda life: life.incident_s),
        later_patience_s=later(lambda life: life.patience_s),
        later_patience_choice=later(lambda life: life.choice).astype(np.int8),
        later_withdrawn_fade_s=later(lambda life: life.withdrawn_fade_s),
        later_petition_delay_s=later(lambda life: life.petition_delay_s),
        later_self_settle_until_age_s=later(lambda life: life.self_settles),
        breach_after_s=columns(lambda lived: _repeated([life.tried_after_s for life in lived], 1), episodes - 1),
        holds_until_age_s=columns(
            lambda lived: np.array([(*life.holds, *[ALWAYS] * (visits + 1))[: visits + 1] for life in lived]),
            episodes - 1,
        ),
        referred_if_busy=columns(lambda lived: _table(lived, "refers", 0, by_slot)).astype(np.bool_),
        settled_on_paper=on_paper >= 0,
        paper_return_s=on_paper,
        theta0_logit=np.zeros(count),
        emergence_hash="",
    )


def vacancies_of(vacancies: Sequence[Vacancy], jurisdiction: Jurisdiction) -> Vacancies:
    """Write vacancies by hand."""
    staff = jurisdiction.staff
    pools = [staff.pool_of_home[staff.group_ids.index(vacancy.group), vacancy.home] for vacancy in vacancies]
    return Vacancies(
        pool=np.array(pools, dtype=np.int32),
        post=np.array([vacancy.post for vacancy in vacancies], dtype=np.int32),
        from_s=_column([at(vacancy.since) for vacancy in vacancies]),
        until_s=_column([at(vacancy.until) for vacancy in vacancies]),
    )


def session_names(jurisdiction: Jurisdiction, protocol: Protocol) -> list[list[str]]:
    """Names of the columns by slot, those of the second visit after the first's; the most telling name first."""
    sessions = protocol.sessions
    tier_of_slot = np.repeat(np.arange(len(jurisdiction.tier_ids)), np.diff(sessions.tier_offset))
    names = [
        f"{jurisdiction.tier_ids[number]}.{slot_id}"
        for number, slot_id in zip(tier_of_slot, sessions.slot_ids, strict=True)
    ]
    return [[f"{name}#{visit + 1}", name] for visit in range(sessions.visits) for name in names]


def option_names(jurisdiction: Jurisdiction, protocol: Protocol) -> list[list[str]]:
    """Names of the columns by option: those of the slot, and with the group."""
    sessions, of_slot = protocol.sessions, session_names(jurisdiction, protocol)
    slot_count, found = len(sessions.slot_ids), []
    for visit in range(sessions.visits):
        for slot, group in zip(sessions.option_slot, sessions.option_group, strict=True):
            names = of_slot[visit * slot_count + slot]
            found.append([f"{name}@{jurisdiction.staff.group_ids[group]}" for name in names] + names)
    return found


def _table(lives: Sequence[Life], key: str, usual: int, names: list[list[str]]) -> NDArray[np.int64]:
    known = sorted({name for column in names for name in column})
    if unknown := [name for life in lives for name in getattr(life, key) if name not in known]:
        raise ValueError(f"no session {unknown}, only {known}")

    def value(given: Mapping[str, int], column: list[str]) -> int:
        return next((given[name] for name in column if name in given), usual)

    rows = [[value(getattr(life, key), column) for column in names] for life in lives]
    return np.array(rows, dtype=np.int64).reshape(len(lives), len(names))


def _attendance(lives: Sequence[Life], names: list[list[str]]) -> NDArray[np.bool_]:
    rows = [[life.absent.isdisjoint(column) for column in names] for life in lives]
    return np.array(rows, dtype=np.bool_).reshape(len(lives), len(names))


def _column(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _repeated(values: Sequence[int], width: int) -> NDArray[np.int64]:
    return np.repeat(_column(values)[:, None], width, axis=1)
