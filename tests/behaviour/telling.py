"""Tells a trajectory as lines `day time #dispute what`, in the order of time, dispute and the steps of its case."""

from collections.abc import Iterator

from sim.engine.contract import Trajectory
from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, Departure, Fate, Purpose, RequestOutcome

LAST = 1_000_000
START, END = 1_000, 1_001
"""Parts of a step: joining is the first, then come the seats in order of taking."""
_OF_PURPOSE = {Purpose.CASEWORK: "", Purpose.HANDOVER: "paperwork of ", Purpose.FOLLOW_UP: "follow-up of "}

Line = tuple[int, int, int, int, int, str]
"""Second, dispute row, number of the visit, number of the step in it, part of the step, what happened."""


def events_of(jurisdiction: Jurisdiction, protocol: Protocol, trajectory: Trajectory) -> list[str]:
    """Return everything that happened, and at the horizon how the disputes stand that have not ended."""
    told = [
        *_visits(jurisdiction, trajectory),
        *_requests(jurisdiction, protocol, trajectory),
        *_seats(jurisdiction, protocol, trajectory),
        *_breaches(trajectory),
        *_ends(jurisdiction, trajectory),
    ]
    return [f"{clock(second)} #{dispute} {what}" for second, dispute, _, _, _, what in sorted(told)]


def clock(second: int) -> str:
    """Day and time of day, seconds only where there are any."""
    day, rest = divmod(int(second), SECONDS_PER_DAY)
    hours, minutes, seconds = rest // 3_600, rest // 60 % 60, rest % 60
    return f"{day}d {hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def _visits(jurisdiction: Jurisdiction, trajectory: Trajectory) -> Iterator[Line]:
    visits = trajectory.visits
    for i in range(len(visits.dispute)):
        dispute, number, unit = int(visits.dispute[i]), int(visits.number[i]), jurisdiction.units.ids[visits.unit[i]]
        yield int(visits.arrived_s[i]), dispute, number, -1, 0, f"arrives at {unit}"
        departure = Departure(int(visits.departure[i]))
        if departure is not Departure.PRESENT:
            yield int(visits.left_s[i]), dispute, number, LAST, 0, f"leaves {unit}: {departure.name.lower()}"


def _requests(jurisdiction: Jurisdiction, protocol: Protocol, trajectory: Trajectory) -> Iterator[Line]:
    requests = trajectory.requests
    for i in range(len(requests.dispute)):
        slot_id, purpose = protocol.sessions.slot_ids[requests.slot[i]], Purpose(int(requests.purpose[i]))
        is_casework, what = purpose is Purpose.CASEWORK, f"{_OF_PURPOSE[purpose]}{slot_id}"
        step = (int(requests.dispute[i]), int(requests.visit_number[i]), i if is_casework else LAST + i)
        yield int(requests.joined_s[i]), *step, 1, f"queues for {what}"
        if requests.started_s[i] != NEVER_S:
            who = _member(jurisdiction, int(requests.pool[i]), int(requests.post[i]))
            yield int(requests.started_s[i]), *step, START, f"starts {what} with {who}"
        if requests.outcome[i] in (RequestOutcome.SETTLED, RequestOutcome.NOT_SETTLED):
            yield int(requests.ended_s[i]), *step, END, f"ends {what}"
        if requests.outcome[i] == RequestOutcome.LEFT_QUEUE:
            yield int(requests.left_s[i]), *step, END, f"leaves the queue for {what}"
        if requests.outcome[i] == RequestOutcome.SKIPPED:
            yield int(requests.left_s[i]), *step, END, f"skips {what}"


def _seats(jurisdiction: Jurisdiction, protocol: Protocol, trajectory: Trajectory) -> Iterator[Line]:
    requests, seats = trajectory.requests, trajectory.seats
    for number, i in enumerate(seats.request.tolist()):
        slot_id, step = (
            protocol.sessions.slot_ids[requests.slot[i]],
            (int(requests.dispute[i]), int(requests.visit_number[i]), i),
        )
        who = _member(jurisdiction, int(seats.pool[number]), int(seats.post[number]))
        yield (
            int(seats.taken_s[number]),
            *step,
            2 + number - seats.request.tolist().index(i),
            f"seats {who} for {slot_id}",
        )
        if requests.left_s[i] != NEVER_S:
            yield int(seats.released_s[number]), *step, END, f"lets {who} go"


def _breaches(trajectory: Trajectory) -> Iterator[Line]:
    breaches, visits = trajectory.breaches, trajectory.visits
    for dispute, episode, second in zip(breaches.dispute, breaches.episode, breaches.breached_s, strict=True):
        earlier = int(((visits.dispute == dispute) & (visits.episode <= episode)).sum())
        yield int(second), int(dispute), earlier - 1, 2 * LAST, 0, f"is back, agreement {episode + 1} has broken"


def _member(jurisdiction: Jurisdiction, pool: int, post: int) -> str:
    """The group, and which of its posts; at a meeting none is taken."""
    group = jurisdiction.staff.group_ids[jurisdiction.staff.pool_group[pool]]
    return group if post == NOWHERE else f"{group} {post}"


def _ends(jurisdiction: Jurisdiction, trajectory: Trajectory) -> Iterator[Line]:
    ends = trajectory.disputes
    for dispute in range(len(ends.fate)):
        fate, tier = Fate(int(ends.fate[dispute])), int(ends.fate_tier[dispute])
        second = int(ends.fate_s[dispute]) if ends.fate_s[dispute] != NEVER_S else jurisdiction.horizon_s
        where = f" at {jurisdiction.tier_ids[tier]}" if tier != NOWHERE else ""
        how = ", bypassed" if ends.bypassed[dispute] else ""
        yield second, dispute, LAST, 1, 0, f"is {fate.name.lower()}{where}{how}"
        if ends.withdrawn_s[dispute] != NEVER_S:
            yield int(ends.withdrawn_s[dispute]), dispute, LAST, 0, 0, "gives up"
