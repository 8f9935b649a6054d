"""A batch of disputes whose every chance is already drawn: what an engine takes.

All instants are whole seconds since the start; NEVER_S is an instant that does not come. An age is seconds since
emergence, in a further episode since the reopening. A critical age L answers a test by `age <= L` (−1: never,
NEVER_S: always).

Every array of two or three dimensions is Fortran-ordered: what is drawn together, one value for each dispute, lies
together. Vectors are contiguous.

What no engine can read is not drawn (`sim.sampling.reach`): fates of disputes that do not surface before the horizon,
of episodes and second visits that cannot come, of sessions that nobody can hold and of choices not made. There a
duration, a test at a session, a judgement or a choice is 0, a micro matter's test −1, a chance false, and patience,
fading, incidents of further episodes, trials of agreements and the ages at which these hold are NEVER_S.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Int8 = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class PreventedDisputes:
    """Disputes that would have emerged but for prevention, in order of id; no engine sees them.

    dispute_id, emerged_s: int64 (Q,); home_unit, category: int32 (Q,).
    """

    dispute_id: Int64
    home_unit: Int32
    category: Int32
    emerged_s: Int64


def _nothing_prevented() -> PreventedDisputes:
    nobody, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    return PreventedDisputes(nobody, nowhere, nowhere, nobody)


@dataclass(frozen=True, slots=True)
class Vacancies:
    """When posts stand vacant, in order of (pool, post, from_s): pool, post: int32 (K,); from_s, until_s: int64 (K,).

    From `from_s` on, or once a session of that second's post has ended, nobody is there until somebody is found at
    `until_s`, which may lie after the horizon. A post that is vacant at the start is so from 0 on.
    """

    pool: Int32
    post: Int32
    from_s: Int64
    until_s: Int64


def no_vacancies() -> Vacancies:
    """Return no vacancy at all."""
    nobody, never = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return Vacancies(nobody, nobody, never, never)


@dataclass(frozen=True, slots=True)
class DisputeBatch:
    """N disputes in order of id: R rounds (episode · V + visit of a tier), E episodes, S slots, O options, T tiers.

    dispute_id: int64 (N,); home_unit, category: int32 (N,); opening: bool (N,), there before the start (opening backlog
    or still latent at 0), so never of the cohort; emerged_s, surfaced_s, faded_s, incident_s: int64 (N,), faded_s only
    where it fades unseen before surfacing, incident_s after surfaced_s where both come;
    surfacing: int8 (N,) of Surfacing; channel: int32 (N,) or NOWHERE; entry_tier: int32 (N,); registered_s: int64 (N,),
    when it reaches the desk that registers it; patience_s: int64 (N,), patience_choice: int8 (N,);
    withdrawn_fade_s: int64 (N,), time from withdrawal to fading; petition_delay_s: int64 (N,), delay of a bypass;
    effort_s: int64 (N, R·S); occupation_s: int64 (N, R·O); settle_until_age_s: int64 (N, R·O), critical age of the
    settlement test at a session's start; gap_s: int64 (N, R·S), time before joining a slot but its tier's first;
    handover_delay_s: int64 (N, R·T), on leaving a tier in that round; grade_until_age_s: int64 (N, E·T, 3), judged at a
    tier in an episode: grade MICRO while age <= [0], SMALL while age <= [1], LARGE while age <= [2], else HARD (zero
    width without graded triage); self_settle_until_age_s: int64 (N,), the test of a micro matter after its self days;
    class_until_age_s: int64 (N, E·T, C − 1), the number of thresholds passed at joining is the count of age > L
    (zero width unless classes are by difficulty). travel_s: int64 (N, O), travel within the effort of an option;
    attends: bool (N, R·O), whether the option's group comes to its panel (zero width without panels; read for members
    of panels only, false where the group has no pool for the home unit); settle_with_handler_until_age_s: int64
    (N, R·O), the test of a panel at which the first handler sits (zero width unless first handlers keep their cases);
    referred_if_busy: bool (N, R·S), handed up if the session's staff are busy on joining (zero width without load
    referral); settled_on_paper: bool (N, R·T), recorded as settled if due to be handed up, and paper_return_s: int64
    (N, R·T), how long until it comes back at the parent (zero width without reporting pressure).
    later_incident_s, later_patience_s, later_patience_choice (int8), later_withdrawn_fade_s, later_petition_delay_s,
    later_self_settle_until_age_s: (N, E − 1), the same for further episodes, with durations from the reopening in place
    of instants; breach_after_s: int64 (N, E − 1), from the settlement of an episode to the test of its agreement, which
    holds iff the age at the start of the settling session is at most holds_until_age_s, int64 (N, (E − 1)·(F + 1)),
    episode by episode by the number of completed follow-ups.
    theta0_logit: float64 (N,), of the first episode, for reports and tests only: engines do not read it.
    emergence_hash: of the undiminished disputes; prevented: those of them that prevention took away. vacancies: of
    posts, not of disputes.
    """

    dispute_id: Int64
    home_unit: Int32
    category: Int32
    opening: NDArray[np.bool_]
    emerged_s: Int64
    surfaced_s: Int64
    surfacing: Int8
    faded_s: Int64
    incident_s: Int64
    channel: Int32
    entry_tier: Int32
    registered_s: Int64
    patience_s: Int64
    patience_choice: Int8
    withdrawn_fade_s: Int64
    petition_delay_s: Int64
    effort_s: Int64
    travel_s: Int64
    occupation_s: Int64
    settle_until_age_s: Int64
    settle_with_handler_until_age_s: Int64
    gap_s: Int64
    handover_delay_s: Int64
    grade_until_age_s: Int64
    self_settle_until_age_s: Int64
    class_until_age_s: Int64
    attends: NDArray[np.bool_]
    referred_if_busy: NDArray[np.bool_]
    settled_on_paper: NDArray[np.bool_]
    paper_return_s: Int64
    later_incident_s: Int64
    later_patience_s: Int64
    later_patience_choice: Int8
    later_withdrawn_fade_s: Int64
    later_petition_delay_s: Int64
    later_self_settle_until_age_s: Int64
    breach_after_s: Int64
    holds_until_age_s: Int64
    theta0_logit: NDArray[np.float64]
    emergence_hash: str
    prevented: PreventedDisputes = field(default_factory=_nothing_prevented)
    vacancies: Vacancies = field(default_factory=no_vacancies)
