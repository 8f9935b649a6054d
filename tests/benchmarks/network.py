"""The core network of the benchmarks, in hours: what core_network.yaml says, for the programs of other libraries."""

TIER_UNITS = (1772, 72, 1)
TIER_POSTS = (1, 1, 4)
"""Posts of each unit of a tier: one pool a unit, served first come, first served."""

MEAN_HOURS = (8.0, 12.0, 24.0)
MEAN_GAP_HOURS = 72.0
"""Between two sessions at one tier; a case handed up joins the next queue at once."""

SESSIONS = 3
SETTLED_PROB = 0.31002551887238755
"""Of each session: the logistic function of the staff's ability, −0.8."""

DISPUTES_PER_YEAR = 2_500
"""Of whatever size a run is, so that every run has the same load; it lasts so much longer."""

HOURS_PER_YEAR = 8_760.0


def path_of(group: int) -> tuple[int, int, int]:
    """Return the units through which a dispute of a group goes, by tier."""
    return group, group * TIER_UNITS[1] // TIER_UNITS[0], 0


def hours_of(disputes: int) -> float:
    """Return how many hours it takes for so many disputes to emerge."""
    return disputes / DISPUTES_PER_YEAR * HOURS_PER_YEAR
