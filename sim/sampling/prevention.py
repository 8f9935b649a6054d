"""Prevention: which disputes do not emerge because of measures that a planner takes."""

import numpy as np
from numpy.typing import NDArray

from sim.sampling.contract import Int64, PreventedDisputes
from sim.sampling.draws import Draws
from sim.sampling.emergence import EmergedDisputes
from sim.specification.schema import Scenario

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


def emerging_share(scenario: Scenario) -> Float64:
    """Return the share of disputes that emerge in spite of all measures, by category, float64 (K,).

    The product of 1 − coverage · (1 − multiplier) over the measures: they act independently.
    """
    share = np.ones(len(scenario.categories))
    for measure in (scenario.prevention or {}).values():
        multiplier = np.array([measure.multiplier.get(category_id, 1.0) for category_id in scenario.categories])
        share *= 1 - measure.coverage_share * (1 - multiplier)
    return share


def prevented_mask(scenario: Scenario, disputes: EmergedDisputes, draws: Draws) -> Mask:
    """Say which disputes are prevented, bool (N,); none of the opening backlog, which has emerged already.

    A dispute is kept iff its one uniform is below the share, so that a stronger measure prevents the same and more.
    """
    share = emerging_share(scenario)
    if (share >= 1).all():
        return np.zeros(draws.count, dtype=np.bool_)
    prevented = draws.uniforms("prevention") >= share[disputes.category]
    prevented[disputes.emerging_count :] = False
    return prevented


def prevented_disputes(disputes: EmergedDisputes, rows: Int64) -> PreventedDisputes:
    """Return what is known of the disputes of the given rows, which have been prevented."""
    return PreventedDisputes(
        dispute_id=rows.astype(np.int64),
        home_unit=disputes.home_unit[rows],
        category=disputes.category[rows],
        emerged_s=disputes.emerged_s[rows],
    )
