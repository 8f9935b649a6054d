"""The columns of a batch as the kernel reads them: every chance of every dispute, drawn beforehand."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled_engine.compiling import compiled
from sim.engine.compiled_engine.decisions import thresholds_passed
from sim.engine.compiled_engine.memory import Record, address_of, cells_of, numbers_of, one_row
from sim.sampling.contract import DisputeBatch

_COLUMNS: Final = {
    np.int64: (
        *("dispute_id", "emerged_s", "surfaced_s", "faded_s", "incident_s", "registered_s", "patience_s"),
        *("withdrawn_fade_s", "petition_delay_s", "self_settle_until_age_s", "effort_s", "travel_s", "occupation_s"),
        *("settle_until_age_s", "settle_with_handler_until_age_s", "gap_s", "handover_delay_s", "paper_return_s"),
        *("grade_until_age_s", "class_until_age_s", "breach_after_s", "holds_until_age_s"),
        *("later_incident_s", "later_patience_s", "later_withdrawn_fade_s", "later_petition_delay_s"),
        "later_self_settle_until_age_s",
    ),
    np.int32: ("home_unit", "category", "entry_tier"),
    np.int8: ("patience_choice", "later_patience_choice"),
    np.bool_: ("attends", "referred_if_busy", "settled_on_paper"),
}

LUCK: Final = np.dtype(
    [
        (name, np.int64)
        for name in (
            "disputes",
            "judgements",
            "class_thresholds",
            "cards",
            "card_width",
            *(name for names in _COLUMNS.values() for name in names),
        )
    ]
)
"""One row: how many disputes, judgements (a tier in an episode) and thresholds of classes, then addresses of columns.

Tables of several columns lie column after column.
"""

LuckRow = Annotated[Record, LUCK]
LuckTable = Annotated[np.recarray, LUCK]
"""A table of one row."""


@dataclass(frozen=True, slots=True)
class Luck:
    """A batch as one row of `LUCK`, and the columns whose addresses stand in it."""

    row: np.recarray
    columns: dict[str, NDArray[Any]]


def luck_of(batch: DisputeBatch) -> Luck:
    """Return the columns of a batch as the kernel reads them: no copy where they lie column after column already."""
    columns: dict[str, NDArray[Any]] = {
        name: np.asfortranarray(getattr(batch, name), dtype=width)
        for width, names in _COLUMNS.items()
        for name in names
    }
    row = one_row(
        LUCK,
        disputes=len(batch.dispute_id),
        judgements=batch.grade_until_age_s.shape[1],
        class_thresholds=batch.class_until_age_s.shape[2],
        **{name: address_of(column) for name, column in columns.items()},
    )
    return Luck(row, columns)


# Columns, (luck, row) -> the number of a dispute.
dispute_id = numbers_of("dispute_id", np.int64)
emerged_s = numbers_of("emerged_s", np.int64)
surfaced_s = numbers_of("surfaced_s", np.int64)
faded_s = numbers_of("faded_s", np.int64)
incident_s = numbers_of("incident_s", np.int64)
registered_s = numbers_of("registered_s", np.int64)
patience_s = numbers_of("patience_s", np.int64)
withdrawn_fade_s = numbers_of("withdrawn_fade_s", np.int64)
petition_delay_s = numbers_of("petition_delay_s", np.int64)
self_settle_until_age_s = numbers_of("self_settle_until_age_s", np.int64)
home_unit = numbers_of("home_unit", np.int32)
category = numbers_of("category", np.int32)
entry_tier = numbers_of("entry_tier", np.int32)
patience_choice = numbers_of("patience_choice", np.int8)

# Tables, (luck, column, row) -> the number of a dispute in one of the columns.
effort_s = cells_of("effort_s", np.int64, across="disputes")
travel_s = cells_of("travel_s", np.int64, across="disputes")
occupation_s = cells_of("occupation_s", np.int64, across="disputes")
settle_until_age_s = cells_of("settle_until_age_s", np.int64, across="disputes")
settle_with_handler_until_age_s = cells_of("settle_with_handler_until_age_s", np.int64, across="disputes")
gap_s = cells_of("gap_s", np.int64, across="disputes")
handover_delay_s = cells_of("handover_delay_s", np.int64, across="disputes")
paper_return_s = cells_of("paper_return_s", np.int64, across="disputes")
grade_until_age_s = cells_of("grade_until_age_s", np.int64, across="disputes")
class_until_age_s = cells_of("class_until_age_s", np.int64, across="disputes")
breach_after_s = cells_of("breach_after_s", np.int64, across="disputes")
holds_until_age_s = cells_of("holds_until_age_s", np.int64, across="disputes")
later_incident_s = cells_of("later_incident_s", np.int64, across="disputes")
later_patience_s = cells_of("later_patience_s", np.int64, across="disputes")
later_withdrawn_fade_s = cells_of("later_withdrawn_fade_s", np.int64, across="disputes")
later_petition_delay_s = cells_of("later_petition_delay_s", np.int64, across="disputes")
later_self_settle_until_age_s = cells_of("later_self_settle_until_age_s", np.int64, across="disputes")
later_patience_choice = cells_of("later_patience_choice", np.int8, across="disputes")
attends = cells_of("attends", np.int8, across="disputes")
referred_if_busy = cells_of("referred_if_busy", np.int8, across="disputes")
settled_on_paper = cells_of("settled_on_paper", np.int8, across="disputes")


@compiled
def graded_until_age_s(luck: LuckRow, row: int, judgement: int, threshold: int) -> int:
    """Return up to which age a dispute is judged to be below a threshold of grades."""
    return grade_until_age_s(luck, threshold * luck.judgements + judgement, row)


@compiled
def perceived_thresholds(luck: LuckRow, row: int, judgement: int, age_s: int) -> int:
    """Return how many thresholds of classes a dispute is judged to have grown past at an age."""
    passed = 0
    for threshold in range(luck.class_thresholds):
        until_age_s = class_until_age_s(luck, threshold * luck.judgements + judgement, row)
        passed += thresholds_passed(age_s, (until_age_s,))
    return passed


@compiled
def petition_delay_of_episode_s(luck: LuckRow, episode: int, row: int) -> int:
    """Return the delay of a petition to the top tier."""
    return petition_delay_s(luck, row) if episode == 0 else later_petition_delay_s(luck, episode - 1, row)


@compiled
def self_settle_until_age_of_episode_s(luck: LuckRow, episode: int, row: int) -> int:
    """Return up to which age the parties settle a micro matter themselves."""
    return self_settle_until_age_s(luck, row) if episode == 0 else later_self_settle_until_age_s(luck, episode - 1, row)


@compiled
def withdrawn_fade_of_episode_s(luck: LuckRow, episode: int, row: int) -> int:
    """Return how long a quarrel lasts whose parties have given up, unless it turns violent."""
    return withdrawn_fade_s(luck, row) if episode == 0 else later_withdrawn_fade_s(luck, episode - 1, row)
