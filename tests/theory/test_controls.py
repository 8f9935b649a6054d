"""The two worlds that controls come from, on a few disputes worked out by hand."""

import numpy as np
import pytest

from tests.theory.first_come import waits_first_come_hours
from tests.theory.no_waiting import SessionsWithoutWaiting, sessions_without_waiting
from tests.theory.replications import replications, theory_scenario, waits_hours
from tests.theory.stated import Stream, arrivals_per_hour, stream, together


def column(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)
