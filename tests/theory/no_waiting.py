"""The same disputes in a world where nobody ever waits: what chance dealt, before any engine made something of it.

In that world every tier has as many posts as it takes (M/G/∞), so the number in session is Poisson whatever the
distribution of effort. What is counted there depends on the draws alone, has a known mean, and goes up and down with
the waits of the real world: controls for `tests.theory.agreement`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.outcomes.observed import ObservedRun
from sim.vocabulary import NOWHERE, SECONDS_PER_HOUR, SessionMode
from tests.theory.replications import window_hours
from tests.theory.stated import Stream

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SessionsWithoutWaiting:
    """Sessions (n,) that follow each other without waiting; seconds of start and end, tier and category."""

    start_s: Int64
    end_s: Int64
    tier: Int64
    category: Int64

    def of_tier(self, tier: int) -> "SessionsWithoutWaiting":
        """Return the sessions of one tier."""
        here = self.tier == tier
        return SessionsWithoutWaiting(*(getattr(self, column.name)[here] for column in fields(self)))

    def others_under_way(self) -> Int64:
        """Return how many other sessions are under way when each begins; Poisson too, by Slivnyak's theorem."""
        begun = np.searchsorted(np.sort(self.start_s), self.start_s)
        over = np.searchsorted(np.sort(self.end_s), self.start_s, side="right")
        return np.asarray(begun - over)

    def seconds_times_excess(self, posts: int, from_s: int, to_s: int) -> int:
        """Return the integral over a span of time of the number under way beyond `posts`."""
        changes_s = np.concatenate((self.start_s, self.end_s))
        order = np.argsort(changes_s, kind="stable")
        number = np.cumsum(np.repeat((1, -1), len(self.start_s))[order])
        lasting_s = np.diff(np.append(np.clip(changes_s[order], from_s, to_s), to_s))
        return int((np.maximum(number - posts, 0) * lasting_s).sum())


def sessions_without_waiting(run: ObservedRun) -> SessionsWithoutWaiting:
    """Hold every session of every dispute at once; without hardening it settles and its agreement holds ever or never.

    Broken agreements are taken up at the lowest tier.
    """
    sessions, batch = run.protocol.sessions, run.batch
    instant_s, is_open = batch.registered_s.copy(), np.ones(len(batch.dispute_id), dtype=np.bool_)
    is_begun = is_open
    columns: list[tuple[Int64, ...]] = []
    for episode in range(run.protocol.after_settlement.max_episodes):
        if episode:
            comes_back = is_begun & ~is_open & (batch.holds_until_age_s[:, episode - 1] == NOWHERE)
            instant_s, is_open = instant_s + batch.breach_after_s[:, episode - 1], comes_back
        is_begun = is_open.copy()
        for tier in range(len(run.jurisdiction.tier_ids)):
            for slot in range(sessions.tier_offset[tier], sessions.tier_offset[tier + 1]):
                option = episode * len(sessions.option_group) + sessions.option_offset[slot]
                row = np.flatnonzero(is_open & sessions.held_for[slot, batch.category])
                end_s = instant_s[row] + batch.occupation_s[row, option]
                columns.append((instant_s[row], end_s, np.full(len(row), tier), batch.category[row].astype(np.int64)))
                instant_s[row] = end_s
                if sessions.mode[slot] != SessionMode.INTAKE:
                    is_open[row] &= batch.settle_until_age_s[row, option] == NOWHERE
    return SessionsWithoutWaiting(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def no_waiting_controls(run: ObservedRun, streams: Sequence[Stream]) -> dict[str, float]:
    """Return deviations from their known means after the warm-up, by name.

    Of every stream: sessions begun, their effort and its square where it is random, and the crowd they meet, which is
    sessions under way beyond those that would leave a post free. Of every tier: the time integral of sessions under
    way beyond its posts.
    """
    everywhere, hours = sessions_without_waiting(run), window_hours(run)
    deviations = {}
    for tier_id in dict.fromkeys(stream.tier for stream in streams):
        tier = run.jurisdiction.tier_ids.index(tier_id)
        sessions, posts = everywhere.of_tier(tier), _posts(run, tier)
        here = [stream for stream in streams if stream.tier == tier_id]
        under_way = stats.poisson(sum(stream.load for stream in here))
        crowd = np.maximum(sessions.others_under_way() - posts + 1, 0)
        for stream in here:
            begun = run.is_in_window(sessions.start_s)
            begun &= sessions.category == run.protocol.category_ids.index(stream.category)
            effort_hours = (sessions.end_s - sessions.start_s)[begun] / SECONDS_PER_HOUR
            of, expected = f"of {stream.category} at {tier_id}", stream.per_hour * hours
            square = stream.mean_hours**2 * (1 + stream.cv**2)
            deviations[f"sessions {of}"] = len(effort_hours) - expected
            deviations[f"crowd met {of}"] = crowd[begun].sum() - expected * _mean_above(under_way, posts - 1)
            if stream.cv > 0:
                deviations[f"effort {of}"] = effort_hours.sum() - expected * stream.mean_hours
                deviations[f"squared effort {of}"] = (effort_hours**2).sum() - expected * square
        excess_s = sessions.seconds_times_excess(posts, run.jurisdiction.warmup_s, run.jurisdiction.horizon_s)
        deviations[f"excess at {tier_id}"] = excess_s / SECONDS_PER_HOUR - _mean_above(under_way, posts) * hours
    return deviations


def _mean_above(law: Any, level: int) -> float:
    """Mean of max(0, N − level) of a Poisson N."""
    above = np.arange(level + 1, int(law.ppf(1 - 1e-15)) + 2)
    return float(((above - level) * law.pmf(above)).sum())


def _posts(run: ObservedRun, tier: int) -> int:
    staff = run.jurisdiction.staff
    return int(staff.pool_posts[staff.group_tier[staff.pool_group] == tier].sum())
