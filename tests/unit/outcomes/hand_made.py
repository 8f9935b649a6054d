"""A place of two villages with eight disputes, worked by hand: every instant below can be checked with a pencil.

Days count from the start; the warm-up lasts 365 days, the cohort emerges in days 365 to 729, the run ends with day 909.
Village 1 has 1,000 residents, village 2 has 3,000; one town, one county; one desk session a tier. Village and county
staff are always there, the town's two posts from 9 to 17. Paperwork of a handover takes one hour. The town's post 0 is
given up at 379 10:00, in a session, and filled anew half an hour later, before it ends; its post 1 stands vacant from
day 400 to 410.

id  home  what happens (day, hour)
0   v1    emerges 375, known 377 0:00, session 0:00-4:00, settled in the village
1   v1    emerges 376, known 377 1:00, waits until 4:00, session 4:00-8:00 in vain; handed up, two days on the way;
          town 379 8:00, waits for 9:00, session until 11:00 in vain; handed up, a day on the way;
          county 380 11:00, session until 16:00, settled
2   v2    emerges 385, known 395 0:00, waits for the village's only post, gives up 396 0:00, fades 416 0:00
3   v2    emerges 394, known 394 23:00, session of 100 hours from then; incident at 397 0:00
4   v2    emerges 405, fades unseen at 465
5   v1    opening (emerged day -5), known day 3, taken to court day 4 on the way to the desk (due there on day 5)
6   v2    emerges 735 (after the cohort), known 905 0:00, registered 909 23:00, session still under way at the end
7   v1    emerges 865, latent at the end
"""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.engine.contract import Breaches, DisputeOutcomes, Requests, Seats, Trajectory, Visits
from sim.jurisdiction.contract import Jurisdiction, Programmes, Staff, Units, WorkClock
from sim.outcomes.observed import ObservedRun, observe
from sim.protocol.contract import AfterSettlement, HandingUp, Protocol, Sessions, TriagePlan
from sim.sampling.contract import DisputeBatch, Vacancies
from sim.specification.schema.scenario import Measures
from sim.vocabulary import (
    NEVER_S,
    NOWHERE,
    Departure,
    Fate,
    PatienceChoice,
    Purpose,
    ReopenAt,
    RequestOutcome,
    SessionMode,
    Surfacing,
    TriageRule,
)

HOUR = 3_600
DAY = 24 * HOUR
HORIZON_DAYS = 910
NON_WORKING_DAY = 379

CHOICES = Measures(equity_tier="village", village_tier="village", indifference_share=0.05)


def at(day: float, hour: float = 0) -> int:
    """Return a second from day and hour."""
    return round(day * DAY + hour * HOUR)


def _whole(*values: Any) -> Any:
    return np.array(values, dtype=np.int64)


def _short(*values: Any) -> Any:
    return np.array(values, dtype=np.int32)


def office_clock(opens: int, closes: int, days: int) -> WorkClock:
    """Return a clock open every day from `opens` to `closes` o'clock."""
    day = np.arange(days, dtype=np.int64)
    return WorkClock(
        open_s=day * DAY + opens * HOUR,
        close_s=day * DAY + closes * HOUR,
        worked_before_s=day * (closes - opens) * HOUR,
    )


def jurisdiction() -> Jurisdiction:
    """Return the place: groups 0 village mediators, 1 town cadres, 2 county centre; calendars 0 always, 1 office."""
    days = HORIZON_DAYS + 765
    working_day = np.ones(days, dtype=np.bool_)
    working_day[NON_WORKING_DAY] = False
    units = Units(
        ids=("v1", "v2", "town", "county"),
        tier=_short(0, 0, 1, 2),
        parent=_short(2, 2, 3, NOWHERE),
        offset=_short(0, 2, 3, 4),
        population_persons=_whole(1_000, 3_000),
        households=np.array([250.0, 750.0]),
        ancestor=np.array([[0, 1], [2, 2], [3, 3]], dtype=np.int32),
    )
    staff = Staff(
        group_ids=("village_mediators", "town_cadres", "county_centre"),
        group_tier=_short(0, 1, 2),
        group_calendar=_short(0, 1, 0),
        group_base_tier=_short(0, 1, 2),
        admin_share=np.array([0.0, 0.5, 0.0]),
        patrol_share=np.array([0.25, 0.0, 0.0]),
        casework_share=np.array([0.75, 0.5, 1.0]),
        wage_yuan_per_hour=np.array([10.0, 20.0, 40.0]),
        pool_group=_short(0, 0, 1, 2),
        pool_posts=_short(1, 1, 2, 1),
        pool_unit=_short(0, 1, 2, 3),
        pool_of_home=np.array([[0, 1], [2, 2], [3, 3]], dtype=np.int32),
        travel_hours=np.zeros((3, 2)),
        open_hours_per_day=np.array([24.0, 8.0, 24.0]),
        filled_days=np.array([np.inf, 300.0, np.inf]),
        vacant_days=np.array([0.0, 100.0, 0.0]),
        hire_cost_yuan=np.array([0.0, 900.0, 0.0]),
    )
    always = WorkClock(open_s=_whole(0), close_s=_whole(NEVER_S), worked_before_s=_whole(0))
    return Jurisdiction(
        tier_ids=("village", "town", "county"),
        tier_kinds=("village", "town", "county"),
        units=units,
        staff=staff,
        programmes=Programmes(ids=("platform",), yuan_per_year=np.array([5_000.0]), start_up_yuan=np.array([30_000.0])),
        calendar_ids=("always", "office"),
        clocks=(always, office_clock(9, 17, days)),
        working_day=working_day,
        month_of_day=np.zeros(HORIZON_DAYS, dtype=np.int8),
        horizon_s=at(HORIZON_DAYS),
        warmup_s=at(365),
        cohort_end_s=at(730),
        latent_s=0,
    )


def protocol() -> Protocol:
    """Return the rules: lowest tier first, town deadline 24:00 of the next day, overall deadline of two days."""
    days = np.arange(HORIZON_DAYS + 765, dtype=np.int64)
    never = np.full(len(days), NEVER_S, dtype=np.int64)
    return Protocol(
        category_ids=("neighbours", "land"),
        channel_ids=("walk_in",),
        sessions=Sessions(
            slot_ids=("desk", "desk", "desk"),
            tier_offset=_short(0, 1, 2, 3),
            mode=_short(*[SessionMode.DESK] * 3),
            settlement_ordinal=_short(0, 0, 0),
            option_offset=_short(0, 1, 2, 3),
            option_group=_short(0, 1, 2),
            option_slot=_short(0, 1, 2),
            bonus_logit=np.zeros(3),
            ability_logit=np.zeros((3, 2)),
            held_for=np.ones((3, 2), dtype=np.bool_),
            visits=1,
            travels=np.zeros(3, dtype=np.bool_),
            is_member=np.zeros(3, dtype=np.bool_),
            attendance_prob=np.ones(3),
            member_bonus_logit=np.zeros(3),
            meeting_calendar=_short(*[NOWHERE] * 3),
            meeting_case_s=np.zeros(3, dtype=np.int64),
        ),
        triage=TriagePlan(
            rule=TriageRule.LOWEST_FIRST,
            after_intake=False,
            grade_tier=_short(0, 0, 0, 0),
            may_return=np.zeros(3, dtype=np.bool_),
            self_s=NEVER_S,
        ),
        earliest_due=False,
        class_by_difficulty=False,
        category_class=_short(0, 0),
        difficulty_class=_short(0),
        tier_due_s=np.stack([never, (days + 2) * DAY, never]),
        overall_due_s=(days + 3) * DAY,
        handover_occupation_s=_whole(HOUR, HOUR, HOUR),
        handover_effort_s=HOUR,
        first_handler_bonus_logit=None,
        after_settlement=AfterSettlement(
            max_episodes=1,
            reopen_at=ReopenAt.SETTLING,
            follow_up_after_s=_whole(),
            follow_up_effort_s=0,
            follow_up_travel_s=np.zeros((0, 0), dtype=np.int64),
            follow_up_occupation_s=np.zeros((0, 0), dtype=np.int64),
            skip_after_s=0,
        ),
        handing_up=HandingUp(
            refer_at_waiting=np.zeros((0, 0), dtype=np.int64),
            must_have_tried=np.array([True, True, False]),
            is_pressed=np.zeros(3, dtype=np.bool_),
        ),
    )


def batch() -> DisputeBatch:
    """Return the eight disputes."""
    count = 8
    registered = _whole(at(377), at(377, 1), at(395), at(394, 23), NEVER_S, at(5), at(909, 23), NEVER_S)
    effort = np.full((count, 3), HOUR, dtype=np.int64)
    occupation = np.full((count, 3), HOUR, dtype=np.int64)
    travel = np.zeros((count, 3), dtype=np.int64)
    effort[0, 0], travel[0, 0], occupation[0, 0] = 2 * HOUR, HOUR, 4 * HOUR
    effort[1], occupation[1] = (3 * HOUR, HOUR, 5 * HOUR), (4 * HOUR, 2 * HOUR, 5 * HOUR)
    effort[3, 0], occupation[3, 0] = 75 * HOUR, 100 * HOUR
    effort[6, 0], occupation[6, 0] = 9 * HOUR, 12 * HOUR
    settle_until = np.full((count, 3), -1, dtype=np.int64)
    settle_until[0, 0] = settle_until[1, 2] = NEVER_S
    delay = np.zeros((count, 3), dtype=np.int64)
    delay[1] = (2 * DAY, 1 * DAY, 0)
    patience = _whole(*[NEVER_S] * 2, at(396), *[NEVER_S] * 2, at(4), *[NEVER_S] * 2)
    choice = np.full(count, PatienceChoice.WITHDRAW, dtype=np.int8)
    choice[5] = PatienceChoice.LITIGATE
    surfacing = np.array([1, 1, 1, 1, 0, 1, 1, 0], dtype=np.int8)
    surfacing[1] = Surfacing.PATROL
    return DisputeBatch(
        dispute_id=np.arange(count, dtype=np.int64),
        home_unit=_short(0, 0, 1, 1, 1, 0, 1, 0),
        category=_short(0, 1, 0, 1, 0, 0, 1, 0),
        opening=np.arange(count) == 5,
        emerged_s=_whole(at(375), at(376), at(385), at(394), at(405), at(-5), at(735), at(865)),
        surfaced_s=_whole(at(377), at(377, 1), at(395), at(394, 23), NEVER_S, at(3), at(905), at(2_000)),
        surfacing=surfacing,
        faded_s=_whole(*[NEVER_S] * 4, at(465), *[NEVER_S] * 3),
        incident_s=_whole(*[NEVER_S] * 3, at(397), *[NEVER_S] * 4),
        channel=_short(0, NOWHERE, 0, 0, NOWHERE, 0, 0, NOWHERE),
        entry_tier=_short(*[0] * count),
        registered_s=registered,
        patience_s=patience,
        patience_choice=choice,
        withdrawn_fade_s=np.full(count, 20 * DAY, dtype=np.int64),
        petition_delay_s=np.zeros(count, dtype=np.int64),
        effort_s=effort,
        travel_s=travel,
        occupation_s=occupation,
        settle_until_age_s=settle_until,
        gap_s=np.zeros((count, 3), dtype=np.int64),
        attends=np.zeros((count, 0), dtype=np.bool_),
        settle_with_handler_until_age_s=np.zeros((count, 0), dtype=np.int64),
        handover_delay_s=delay,
        grade_until_age_s=np.zeros((count, 3, 3), dtype=np.int64),
        self_settle_until_age_s=np.full(count, -1, dtype=np.int64),
        class_until_age_s=np.zeros((count, 3, 0), dtype=np.int64),
        **no_further_episodes(count),
        referred_if_busy=np.zeros((count, 0), dtype=np.bool_),
        settled_on_paper=np.zeros((count, 0), dtype=np.bool_),
        paper_return_s=np.zeros((count, 0), dtype=np.int64),
        theta0_logit=np.zeros(count),
        emergence_hash="by hand",
        vacancies=Vacancies(_short(2, 2), _short(0, 1), _whole(at(379, 10), at(400)), _whole(at(379, 10.5), at(410))),
    )


def no_further_episodes(count: int) -> dict[str, Any]:
    """Return the columns of the batch that speak of broken agreements, of a place where all agreements last."""
    none = np.zeros((count, 0), dtype=np.int64)
    names = ("incident_s", "patience_s", "withdrawn_fade_s", "petition_delay_s", "self_settle_until_age_s")
    columns = {f"later_{name}": none for name in names} | {"later_patience_choice": none.astype(np.int8)}
    return columns | {"breach_after_s": none, "holds_until_age_s": none}


def trajectory() -> Trajectory:
    """Return what happens to them."""
    return Trajectory(
        disputes=_outcomes(), visits=_visits(), requests=_requests(), seats=no_seats(), breaches=no_breaches()
    )


def no_seats() -> Seats:
    """Return that nobody sat together."""
    index, second = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return Seats(
        request=second,
        pool=index,
        post=index,
        taken_s=second,
        released_s=second,
        effort_s=second,
        travel_s=second,
        occupation_s=second,
    )


def observed(choices: Measures = CHOICES) -> ObservedRun:
    """Return the run as measures see it."""
    return observe(jurisdiction(), protocol(), batch(), trajectory(), choices)


def no_breaches() -> Breaches:
    """Return the table of a run in which every agreement lasts."""
    whole, short = _whole(), np.zeros(0, dtype=np.int8)
    return Breaches(whole, short, whole, _short(), whole, np.zeros(0, dtype=np.bool_))


def _outcomes() -> DisputeOutcomes:
    fates = (
        Fate.SETTLED,
        Fate.SETTLED,
        Fate.WITHDRAWN_FADED,
        Fate.INCIDENT,
        Fate.FADED,
        Fate.LITIGATED,
        Fate.OPEN,
        Fate.LATENT,
    )
    return DisputeOutcomes(
        fate=np.array(fates, dtype=np.int8),
        fate_s=_whole(at(377, 4), at(380, 16), at(416), at(397), at(465), at(4), NEVER_S, NEVER_S),
        fate_tier=_short(0, 2, 0, 0, NOWHERE, NOWHERE, 0, NOWHERE),
        bypassed=np.zeros(8, dtype=np.bool_),
        withdrawn_s=_whole(*[NEVER_S] * 2, at(396), *[NEVER_S] * 5),
    )


def _visits() -> Visits:
    """Rows: 0 of dispute 0; 1, 2, 3 of dispute 1; 4, 5, 6 of disputes 2, 3, 6."""
    departures = (
        Departure.SETTLED,
        Departure.ESCALATED_EXHAUSTED,
        Departure.ESCALATED_EXHAUSTED,
        Departure.SETTLED,
        Departure.WITHDRAWN,
        Departure.INCIDENT,
        Departure.PRESENT,
    )
    return Visits(
        dispute=_whole(0, 1, 1, 1, 2, 3, 6),
        number=_short(0, 0, 1, 2, 0, 0, 0),
        episode=np.zeros(7, dtype=np.int8),
        tier=_short(0, 0, 1, 2, 0, 0, 0),
        unit=_short(0, 0, 2, 3, 1, 1, 1),
        tier_visit=np.zeros(7, dtype=np.int8),
        arrived_s=_whole(at(377), at(377, 1), at(379, 8), at(380, 11), at(395), at(394, 23), at(909, 23)),
        left_s=_whole(at(377, 4), at(377, 8), at(379, 11), at(380, 16), at(396), at(397), NEVER_S),
        departure=np.array(departures, dtype=np.int8),
        due_s=_whole(NEVER_S, NEVER_S, at(381), *[NEVER_S] * 4),
    )


def _requests() -> Requests:
    """Rows: 0 of dispute 0; 1 to 5 of dispute 1 (2 and 4 are paperwork); 6, 7, 8 of disputes 2, 3, 6."""
    outcome = np.full(9, RequestOutcome.NOT_SETTLED, dtype=np.int8)
    outcome[[0, 5]] = RequestOutcome.SETTLED
    outcome[6], outcome[8] = RequestOutcome.LEFT_QUEUE, RequestOutcome.IN_SESSION
    purpose = np.full(9, Purpose.CASEWORK, dtype=np.int8)
    purpose[[2, 4]] = Purpose.HANDOVER
    joined = (at(377), at(377, 1), at(377, 8), at(379, 8), at(379, 11), at(380, 11), at(395), at(394, 23), at(909, 23))
    started = (at(377), at(377, 4), at(377, 8), at(379, 9), at(379, 11), at(380, 11), NEVER_S, at(394, 23), at(909, 23))
    occupation = _whole(*(hours * HOUR for hours in (4, 4, 1, 2, 1, 5, 0, 100, 12)))
    left = np.full(9, NEVER_S, dtype=np.int64)
    left[6] = at(396)
    return Requests(
        dispute=_whole(0, 1, 1, 1, 1, 1, 2, 3, 6),
        visit_number=_short(0, 0, 0, 1, 1, 2, 0, 0, 0),
        purpose=purpose,
        slot=_short(0, 0, 0, 1, 1, 2, 0, 0, 0),
        option=_short(0, 0, 0, 1, 1, 2, NOWHERE, 0, 0),
        pool=_short(0, 0, 0, 2, 2, 3, NOWHERE, 1, 1),
        post=_short(0, 0, 0, 0, 0, 0, NOWHERE, 0, 0),
        joined_s=_whole(*joined),
        started_s=_whole(*started),
        ended_s=np.where(left == NEVER_S, _whole(*started) + occupation, NEVER_S),
        left_s=left,
        outcome=outcome,
        effort_s=_whole(*(hours * HOUR for hours in (2, 3, 1, 1, 1, 5, 0, 75, 9))),
        travel_s=_whole(HOUR, *[0] * 8),
        occupation_s=occupation,
    )


_WHOLE = ("emergence_hash", "prevented", "vacancies")
"""What a batch holds that has no row per dispute."""


def nothing() -> tuple[DisputeBatch, Trajectory]:
    """Return a year in which nobody quarrels."""
    disputes, happened = batch(), trajectory()
    columns = {name: getattr(disputes, name)[:0] for name in disputes.__slots__ if name not in _WHOLE}
    return (
        replace(disputes, **columns),
        Trajectory(
            disputes=_first_rows(happened.disputes),
            visits=_first_rows(happened.visits),
            requests=_first_rows(happened.requests),
            seats=no_seats(),
            breaches=happened.breaches,
        ),
    )


def _first_rows(records: Any, count: int = 0) -> Any:
    return replace(records, **{name: getattr(records, name)[:count] for name in records.__slots__})
