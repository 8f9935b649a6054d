"""What chance has in store for one episode of a dispute, cut out of the batch."""

from typing import Any

import numpy as np

from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S
from tests.unit.engine.naive_place import Place

_DURATIONS = ("incident_s", "patience_s")
_AS_THEY_ARE = ("patience_choice", "withdrawn_fade_s", "petition_delay_s", "self_settle_until_age_s")


def chances_of_rows(batch: DisputeBatch) -> list[dict[str, Any]]:
    """All columns of the batch, dispute by dispute."""
    values = {name: getattr(batch, name) for name in batch.__dataclass_fields__}
    columns = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    return [{name: column[row].tolist() for name, column in columns.items()} for row in range(len(batch.dispute_id))]


def chances_of_episode(place: Place, drawn: dict[str, Any], episode: int, reopened_s: int = 0) -> dict[str, Any]:
    """Columns as a batch of that episode alone would have them; instants count from the reopening."""
    fixed = dict(drawn)
    tiers, visits = place.top + 1, place.visits
    widths = {
        "effort_s": visits * place.slot_count,
        "gap_s": visits * place.slot_count,
        "occupation_s": visits * place.option_count,
        "settle_until_age_s": visits * place.option_count,
        "settle_with_handler_until_age_s": visits * place.option_count,
        "attends": visits * place.option_count,
        "handover_delay_s": visits * tiers,
        "referred_if_busy": visits * place.slot_count,
        "settled_on_paper": visits * tiers,
        "paper_return_s": visits * tiers,
        "grade_until_age_s": tiers,
        "class_until_age_s": tiers,
        "holds_until_age_s": place.follow_up_count + 1,
    }
    for name, width in widths.items():
        fixed[name] = drawn[name][episode * width : (episode + 1) * width]
    fixed["breach_after_s"] = (*drawn["breach_after_s"], NEVER_S)[episode]
    if episode > 0:
        later = {name: drawn[f"later_{name}"][episode - 1] for name in (*_DURATIONS, *_AS_THEY_ARE)}
        fixed |= later | {"emerged_s": reopened_s}
        fixed |= {name: min(NEVER_S, reopened_s + later[name]) for name in _DURATIONS}
    return fixed
