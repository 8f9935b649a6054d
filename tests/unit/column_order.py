"""Batches that tests write by hand, in the order of memory that the batch's contract asks for."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from sim.sampling.contract import DisputeBatch


def by_column(batch: DisputeBatch) -> DisputeBatch:
    """Return the same batch with every array column after column."""
    values = {field.name: getattr(batch, field.name) for field in fields(batch)}
    arrays: dict[str, Any] = {
        name: np.asfortranarray(value) for name, value in values.items() if isinstance(value, np.ndarray)
    }
    return replace(batch, **arrays)
