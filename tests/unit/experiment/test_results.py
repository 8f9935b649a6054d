"""Warnings about the warm-up come from the backlog of every tier."""

import numpy as np

from sim.experiment.question import Question
from sim.experiment.results import warmup_warnings


def test_a_tier_whose_backlog_keeps_growing_is_warned_of(question: Question) -> None:
    days = 5 * 365
    present_s = np.zeros((3, 2, days), dtype=np.int64)
    present_s[:, 1] = np.arange(days) * 86_400 + np.arange(3)[:, np.newaxis] * 1_000
    (warning,) = warmup_warnings(question.baseline, ("village", "county"), present_s)
    assert (warning.code, warning.scenario, warning.tier) == ("stock_still_changing", "baseline", "county")
    assert warning.fields["warmup_days"] == 0
