"""Margins of settlement tests at age 0: ability, luck and whoever comes, less difficulty."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.sampling.cases import Cases
from sim.sampling.close_calls import LARGEST_PART_LOGIT, is_close, rough_luck
from sim.sampling.contract import Int64
from sim.sampling.session_plan import SettlementTests
from sim.sampling.settlement_luck import logistic_of

Float64 = NDArray[np.float64]
Comes = Sequence[Sequence[NDArray[np.bool_]]]
"""Whether each member of each slot comes, bool (n,)."""


class _Tested(NamedTuple):
    """What a margin is made of besides luck and ability: theta0_logit (n,), category (n,), and who comes."""

    theta0_logit: Float64
    category: Int64
    comes: Comes

    def of(self, places: Int64) -> "_Tested":
        """Return some of the cases, by their places."""
        comes = [[come.take(places) for come in members] for members in self.comes]
        return _Tested(self.theta0_logit.take(places), self.category.take(places), comes)


def exact_margins(tests: SettlementTests, cases: Cases, comes: Comes) -> Float64:
    """Return the margins of the options that lead sessions, float64 (L, n), in logits."""
    tested = _Tested(cases.difficulty.theta0_logit, cases.category, comes)
    return _margins(tests, tested, cases.luck.of_tests(tests.names))


def signed_margins(tests: SettlementTests, cases: Cases, comes: Comes) -> Float64:
    """Return margins with the sign of the exact ones, float64 (L, n), for a fraction of the work."""
    normals = cases.luck.normals_of(tests.names)
    tested = _Tested(cases.difficulty.theta0_logit, cases.category, comes)
    if max(tests.largest_part_logit, np.abs(tested.theta0_logit).max(initial=0.0)) > LARGEST_PART_LOGIT:
        return _margins(tests, tested, logistic_of(normals))
    margins_logit = _margins(tests, tested, rough_luck(normals))
    close = np.flatnonzero(is_close(margins_logit).any(axis=0))
    margins_logit[:, close] = _margins(tests, tested.of(close), logistic_of(normals.take(close, axis=1)))
    return margins_logit


def _margins(tests: SettlementTests, tested: _Tested, luck_logit: Float64) -> Float64:
    """Return margins given the luck of each slot, (n slots, n), in whose place the margins without ability are put."""
    head_starts = luck_logit
    head_starts -= tested.theta0_logit
    head_starts += tests.gained_logit
    for slot, members in enumerate(tests.attendances):
        for member, come in zip(members, tested.comes[slot], strict=True):
            head_starts[slot] += member.bonus_logit * come
    margins_logit = tests.ability_logit.take(tested.category, axis=1)
    margins_logit += head_starts if tests.slot_of_option is None else head_starts.take(tests.slot_of_option, axis=0)
    return margins_logit
