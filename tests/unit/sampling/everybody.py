"""Sampling as if an engine could read the fates of every dispute in every episode and visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

from sim.sampling import reach
from sim.sampling.reach import Ages, Mask


@contextmanager
def everybody_drawn() -> Iterator[None]:
    """Let sampling draw the fates of all disputes, so that a test can look at any of them."""

    def everybody(instants_s: "np.ndarray[Any, Any]", *_: object) -> Mask:
        return np.ones(len(instants_s), dtype=np.bool_)

    def every_case(ages: Ages, *_: object) -> Mask:
        return np.ones(len(ages.first_s), dtype=np.bool_)

    def every_returning(_triage: object, _grades: object, _rows: object, ages: Ages) -> Mask:
        return every_case(ages)

    with patch.multiple(
        reach, become_cases=everybody, can_be_tried=every_case, can_break=every_case, can_return=every_returning
    ):
        yield
