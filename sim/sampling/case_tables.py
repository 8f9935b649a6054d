"""The arrays of a batch that hold what befalls cases, while they are filled."""

from dataclasses import dataclass, fields
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.attendance import has_panels
from sim.sampling.contract import Int8, Int64
from sim.vocabulary import NEVER_S, TriageRule

Flags = NDArray[np.bool_]

_Value = TypeVar("_Value", np.int64, np.int8, np.bool_)

_VALUES_AT_HAND: Final = 32_768
"""256 KiB of them, as processors have in their second cache."""


@dataclass(frozen=True, slots=True)
class CaseTables:
    """What befalls cases in all episodes, or in one: the columns of the batch as rows of N values, one a dispute.

    int64, int8 or bool (columns, N); grade_until_age_s and class_until_age_s (thresholds, columns, N). What no engine
    can read is 0 or false, but NEVER_S of patience, fading, incidents, trials of agreements and the ages at which these
    hold, and −1 of the test of micro matters.
    """

    patience_s: Int64
    patience_choice: Int8
    withdrawn_fade_s: Int64
    petition_delay_s: Int64
    self_settle_until_age_s: Int64
    incident_s: Int64
    effort_s: Int64
    occupation_s: Int64
    settle_until_age_s: Int64
    settle_with_handler_until_age_s: Int64
    gap_s: Int64
    attends: Flags
    handover_delay_s: Int64
    referred_if_busy: Flags
    settled_on_paper: Flags
    paper_return_s: Int64
    breach_after_s: Int64
    holds_until_age_s: Int64
    grade_until_age_s: Int64
    class_until_age_s: Int64

    def of_episode(self, episode: int, episodes: int) -> "CaseTables":
        """Return the tables of one of so many episodes: the same memory; the last has no trial of its agreement."""
        parts = {}
        for each in fields(self):
            table = getattr(self, each.name)
            of = episodes - 1 if each.name in ("breach_after_s", "holds_until_age_s") else episodes
            width = table.shape[-2] // of if of else 0
            parts[each.name] = table[..., episode * width : (episode + 1) * width, :]
        return CaseTables(**parts)


def empty_tables(jurisdiction: Jurisdiction, protocol: Protocol, count: int) -> CaseTables:
    """Return the tables of so many disputes, with nothing in them that can be read."""
    sessions, after, tiers = protocol.sessions, protocol.after_settlement, len(jurisdiction.tier_ids)
    episodes, rounds = after.max_episodes, after.max_episodes * sessions.visits
    slots, options = rounds * len(sessions.slot_ids), rounds * len(sessions.option_group)
    with_panels, refers = has_panels(protocol), protocol.handing_up.refer_at_waiting.size > 0
    with_handlers = with_panels and protocol.first_handler_bonus_logit is not None
    papers = rounds * tiers if protocol.handing_up.is_pressed.any() else 0
    judgements = episodes * tiers
    grades = 3 if protocol.triage.rule == TriageRule.GRADED else 0
    thresholds = len(protocol.difficulty_class) - 1 if protocol.class_by_difficulty else 0

    def never(columns: int) -> Int64:
        return np.full((columns, count), NEVER_S, dtype=np.int64)

    def seconds(*shape: int) -> Int64:
        return np.zeros((*shape, count), dtype=np.int64)

    def flags(columns: int) -> Flags:
        return np.zeros((columns, count), dtype=np.bool_)

    return CaseTables(
        patience_s=never(episodes),
        patience_choice=np.zeros((episodes, count), dtype=np.int8),
        withdrawn_fade_s=never(episodes),
        petition_delay_s=seconds(episodes),
        self_settle_until_age_s=np.full((episodes, count), -1, dtype=np.int64),
        incident_s=never(episodes),
        effort_s=seconds(slots),
        occupation_s=seconds(options),
        settle_until_age_s=seconds(options),
        settle_with_handler_until_age_s=seconds(options if with_handlers else 0),
        gap_s=seconds(slots),
        attends=flags(options if with_panels else 0),
        handover_delay_s=seconds(rounds * tiers),
        referred_if_busy=flags(slots if refers else 0),
        settled_on_paper=flags(papers),
        paper_return_s=seconds(papers),
        breach_after_s=never(episodes - 1),
        holds_until_age_s=never((episodes - 1) * (len(after.follow_up_after_s) + 1)),
        grade_until_age_s=seconds(grades, judgements),
        class_until_age_s=seconds(thresholds, judgements),
    )


def block_size(count: int) -> int:
    """Return how many vectors of so many values to work out together, so that they stay close to the processor.

    Many short vectors are faster together, many long ones one by one.
    """
    return max(1, _VALUES_AT_HAND // max(1, count))


def put(column: NDArray[_Value], rows: Int64, values: NDArray[_Value]) -> None:
    """Write values into the given rows of a column; the rows rise."""
    if len(rows) == len(column):
        column[:] = values
    else:
        column[rows] = values
