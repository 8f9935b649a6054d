"""Margins of settlement tests at age 0: ability, luck and whoever comes, less difficulty."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.sampling.cases import Cases
from sim.sampling.close_calls import LARGEST_PART_LOGIT, is_close, rough_luck
from sim.sampling.session_plan import Tests
from sim.sampling.settlement_luck import logistic_of

Float64 = NDArray[np.float64]
Comes = Sequence[Sequence[NDArray[np.bool_]]]
"""Whether each member of each slot comes, bool (n,)."""


def exact_margins(tests: Tests, cases: Cases, comes: Comes) -> Float64:
    """Return the margins of the options that lead sessions, float64 (L, n), in logits."""
    return _margins(tests, cases, comes, cases.luck.of_tests(tests.names))


def signed_margins(tests: Tests, cases: Cases, comes: Comes) -> Float64:
    """Return margins whose sign is that of the exact ones, float64 (L, n); the others cost five times as much."""
    normals = cases.luck.normals_of(tests.names)
    if max(tests.largest_part_logit, np.abs(cases.difficulty.theta0_logit).max(initial=0.0)) > LARGEST_PART_LOGIT:
        return _margins(tests, cases, comes, logistic_of(normals))
    margins_logit = _margins(tests, cases, comes, rough_luck(normals))
    close = is_close(margins_logit)
    for option, margin_logit in enumerate(margins_logit):
        places = np.flatnonzero(close[option])
        slot = option if tests.slot_of_option is None else tests.slot_of_option[option]
        # The operations of `_margins`, in its order.
        exact_logit = logistic_of(normals[slot][places])
        exact_logit -= cases.difficulty.theta0_logit[places]
        exact_logit += tests.gained_logit[slot]
        for member, come in zip(tests.attendances[slot], comes[slot], strict=True):
            exact_logit += member.bonus_logit * come[places]
        margin_logit[places] = tests.ability_logit[option].take(cases.category[places]) + exact_logit
    return margins_logit


def _margins(tests: Tests, cases: Cases, comes: Comes, luck_logit: Float64) -> Float64:
    """Return margins given the luck of each slot, (n slots, n), in whose place the margins without ability are put."""
    head_starts = luck_logit
    head_starts -= cases.difficulty.theta0_logit
    head_starts += tests.gained_logit
    for slot, members in enumerate(tests.attendances):
        for member, come in zip(members, comes[slot], strict=True):
            head_starts[slot] += member.bonus_logit * come
    margins_logit = tests.ability_logit.take(cases.category, axis=1)
    margins_logit += head_starts if tests.slot_of_option is None else head_starts.take(tests.slot_of_option, axis=0)
    return margins_logit
