"""Names, units and values of scenario keys, for people who do not read scenario files."""

from typing import Any, Final

from sim.report.numbers import plain, significant
from sim.report.resolved_scenario import ResolvedFile
from sim.report.wording import Wording

_NAMED_SECTIONS: Final = (
    *("staff_groups", "categories", "tiers", "channels", "admin_load", "programmes", "shocks", "prevention"),
)
_KEYED_BY: Final = {
    "authority_logit": "categories",
    "self_report_days": "categories",
    "multiplier": "categories",
    "attendance_prob": "staff_groups",
    "member_bonus_logit": "staff_groups",
    "classes": "categories",
    "round_trip_hours": "tiers",
    "counts": "tiers",
}
"""Mappings inside a block whose keys are ids of a named section."""

_UNIT_BY_ENDING: Final = (
    ("_per_1000_per_year", "per_1000_per_year"),
    ("_per_dispute_per_year", "per_dispute_per_year"),
    ("yuan_per_hour", "yuan_per_hour"),
    ("yuan_per_year", "yuan_per_year"),
    ("share_of_admin", "share"),
    ("logit_per_30_days", "logit_per_30_days"),
    ("hours_per_visit", "hours"),
    ("_per_logit", "none"),
    ("share", "share"),
    ("prob", "share"),
    ("_logit", "logit"),
    ("days", "days"),
    ("hours", "hours"),
    ("years", "years"),
    ("posts", "posts"),
    ("counts", "units"),
    ("posts_serve", "units"),
    ("households_involved", "households"),
    ("persons", "persons"),
    ("disputes", "disputes"),
    ("yuan", "yuan"),
)


def path_label(scenario: ResolvedFile, path: str, words: Wording) -> str:
    """Return a key path as names in a language: `staff_groups.town_cadres.posts` becomes who and what.

    A part that neither the catalogue nor the scenario names stays as it is written.
    """
    parts = path.split(".")
    labels: list[str] = []
    position = 0
    while position < len(parts):
        part, following = parts[position], parts[position + 1] if position + 1 < len(parts) else ""
        if position == 0 and part in _NAMED_SECTIONS and following:
            labels.append(scenario.name_of(part, following, words.language))
            position += 2
        elif part == "sessions" and following:
            labels.append(_session_label(scenario, parts[1], following, words))
            position += 2
        elif part in _KEYED_BY and following:
            labels += [_field(part, words), scenario.name_of(_KEYED_BY[part], following, words.language)]
            position += 2
        else:
            labels.append(_field(part, words))
            position += 1
    label = words.sentences["path_separator"].join(labels)
    return label[:1].upper() + label[1:]


def _field(part: str, words: Wording) -> str:
    return f"#{int(part) + 1}" if part.isdigit() else words.terms.fields.get(part, part)


def _session_label(scenario: ResolvedFile, tier: str, session: str, words: Wording) -> str:
    sessions = (scenario.content["tiers"].get(tier) or {}).get("sessions") or {}
    if session not in sessions:
        return session
    mode = words.terms.choices.get(str(sessions[session].get("mode")), session)
    return words.say("session_label", ordinal=list(sessions).index(session) + 1, mode=mode)


def unit_of_path(path: str) -> str:
    """Return the id of the unit of a key's value, as its last named part carries it; `none` without one."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    for part in reversed(parts[-2:]):
        for ending, unit in _UNIT_BY_ENDING:
            if part.endswith(ending):
                return unit
        if part in ("cv", "shape", "weights", "monthly_index", "noise_correlation", "effort_factor"):
            return "none"
    return "none"


def shown_value(path: str, value: Any) -> str:
    """Return a value as it is shown: shares in per cent, lists in a row, words as they are."""
    if isinstance(value, bool) or value is None:
        return "–" if value is None else str(value).lower()
    if isinstance(value, list | tuple):
        return " / ".join(shown_value(path, item) for item in value)
    if not isinstance(value, int | float):
        return str(value)
    if unit_of_path(path) == "share":
        return f"{significant(value * 100.0, 4)}%"
    return plain(value, 0) if isinstance(value, int) else significant(value)


def value_with_unit(path: str, value: Any, words: Wording) -> str:
    """Return a value as it is shown, followed by its unit where it has one that the number does not carry."""
    text, unit = shown_value(path, value), unit_of_path(path)
    return text if unit in ("share", "none") else words.say("value_with_unit", value=text, unit=words.terms.units[unit])


def shown_range(path: str, low: float | None, high: float | None, words: Wording) -> str:
    """Return both ends of a range, or a dash."""
    if low is None or high is None:
        return "–"
    return words.say("range", low=shown_value(path, low), high=shown_value(path, high))
