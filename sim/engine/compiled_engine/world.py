"""What changes in a run, as tables of records: cases, visits, requests, posts, and the agenda of what is to come.

An index of -1 (`NO_ONE`) names no row. Nothing grows inside the kernel: it stops where a table might not take what the
next event adds, and goes on once the tables have been made larger.
"""

from collections.abc import Iterable
from typing import Annotated, Final

import numpy as np

from sim.engine.compiled_engine.memory import BYTE, INTEGER, SHORT_INTEGER, Record, fetching, records_of


def _columns(width: type[np.integer], names: str) -> Iterable[tuple[str, type[np.integer]]]:
    return ((name, width) for name in names.split())


CASE: Final = np.dtype(
    [
        *_columns(np.int64, "dispute_id emerged_s incident_s patience_s overall_due_s fate_s withdrawn_s exit_key"),
        *_columns(np.int32, "home category tier slot visit visit_count first_request agreement handovers follow_ups"),
        *_columns(np.int8, "patience_choice awaits fate episode"),
        *_columns(np.int8, "awaits_diagnosis came_from_below is_bypassed was_returned"),
    ],
    align=True,
)
"""One row per dispute; instants, `visit` (the latest), `first_request` and `agreement` are of the episode under way."""

VISIT: Final = np.dtype(
    [
        *_columns(np.int64, "arrived_s left_s due_s running_due_s acting_due_s running_patience_s exit_s"),
        *_columns(np.int32, "row number tier unit round_number request previous required_until avoided_slot"),
        *_columns(np.int8, "episode tier_visit departure exit_rank"),
    ],
    align=True,
)
"""`request`: the latest for a session; `previous`: the visit before this one in its episode."""

REQUEST: Final = np.dtype(
    [
        *_columns(np.int64, "due_s joined_s started_s ended_s left_s effort_s travel_s occupation_s"),
        *_columns(np.int32, "queue_class dispute_id number row visit option pool post"),
        *_columns(np.int32, "lead_pool lead_option first_seat previous stamp"),
        *_columns(np.int16, "slot seats seats_taken"),
        *_columns(np.int8, "purpose outcome over_by sits has_first_handler"),
    ],
    align=True,
)
"""Two cache lines. Its key is (queue_class, due_s, joined_s, dispute_id, number): lower ones are served first.

`previous`: the follow-up visit before this one.
"""

SEAT: Final = np.dtype(
    [
        *_columns(np.int64, "taken_s released_s effort_s travel_s occupation_s"),
        *_columns(np.int32, "pool post option"),
    ],
    align=True,
)
AGREEMENT: Final = np.dtype([*_columns(np.int32, "row visit session last_follow_up is_broken")], align=True)
BREACH: Final = np.dtype([*_columns(np.int64, "row episode settled_s tier breached_s bypassed")])
POOL: Final = np.dtype(
    [*_columns(np.int32, "first_post free filled head clock taking_order is_touched is_opening_planned")], align=True
)
"""`first_post`: where its posts begin among those of all pools; `head`: the first entry of its queue."""

DOCKET: Final = np.dtype([*_columns(np.int64, "met_s planned_s head")])
AGENDA_ENTRY: Final = np.dtype([*_columns(np.int64, "key event")])
LATER_ENTRY: Final = np.dtype([*_columns(np.int64, "key event following")])
"""`following`: the next entry of its page, or of those that are free."""

LINK: Final = np.dtype([*_columns(np.int32, "child sibling")])
"""Entries of queues: that of a request at its k-th choice is number request << choice_bits | k."""

READY: Final = np.dtype([*_columns(np.int32, "pool request")])
SURFACING: Final = np.dtype([*_columns(np.int64, "key row")])
VACANCY: Final = np.dtype([*_columns(np.int64, "pool post number from_s until_s")])
"""`number`: of the post, counted over all pools."""


GROWING: Final = {"visits": VISIT, "requests": REQUEST, "seats": SEAT, "agreements": AGREEMENT, "breaches": BREACH}
"""Tables that grow during a run: the world has a column `<name>_room` and `<name>_used` for each."""

WORLD: Final = np.dtype(
    [
        *_columns(np.int64, "horizon_s second surfaced touched_used opened_used is_dispatch_due stamp"),
        *_columns(np.int64, "page entries_used put_off later_used later_free vacancies_planned"),
        *_columns(np.int64, " ".join(f"{name} {name}_used {name}_room" for name in GROWING)),
        *_columns(
            np.int64, "cases agenda later pages links stack pools free_posts leaving touched ready dockets opened"
        ),
        *_columns(np.int64, "clock_windows surfacing surfacing_room vacancies vacancies_room"),
    ]
)
"""One row: the clock, how much of each table is in use, and the address of each table.

free_posts: a heap of post numbers for each pool; leaving: busy posts that stand vacant once given back; touched,
opened: pools and dockets to look at when the second is over; ready: pools that can serve, with whom; clock_windows: the
last window of each clock that has opened; surfacing: cases to come, in order; stack: what a step is about to look at;
pages: the first entry of each page in `later`.
"""

WorldRow = Annotated[Record, WORLD]
WorldTable = Annotated[np.recarray, WORLD]
"""A table of one row."""

VisitRow = Annotated[Record, VISIT]

case_at = records_of("cases", CASE)
visit_at = records_of("visits", VISIT)
request_at = records_of("requests", REQUEST)
seat_at = records_of("seats", SEAT)
agreement_at = records_of("agreements", AGREEMENT)
breach_at = records_of("breaches", BREACH)
pool_at = records_of("pools", POOL)
docket_at = records_of("dockets", DOCKET)
agenda_at = records_of("agenda", AGENDA_ENTRY)
later_at = records_of("later", LATER_ENTRY)
page_at = records_of("pages", SHORT_INTEGER)
link_at = records_of("links", LINK)
ready_at = records_of("ready", READY)
surfacing_at = records_of("surfacing", SURFACING)
vacancy_at = records_of("vacancies", VACANCY)
touched_at = records_of("touched", SHORT_INTEGER)
opened_at = records_of("opened", SHORT_INTEGER)
stacked_at = records_of("stack", SHORT_INTEGER)
free_post_at = records_of("free_posts", SHORT_INTEGER)
leaving_at = records_of("leaving", BYTE)
clock_window_at = records_of("clock_windows", INTEGER)

fetch_case = fetching("cases", CASE)
fetch_request = fetching("requests", REQUEST)
fetch_agreement = fetching("agreements", AGREEMENT)
