"""How what a posterior says is put: probabilities, verdicts across it, assumptions with their values."""

import math
from collections.abc import Mapping
from typing import Any, Final

from sim.report.headline import better_when
from sim.report.numbers import plain, significant
from sim.report.paths import path_label, unit_of_path
from sim.report.resolved_scenario import ResolvedFile
from sim.report.wording import Wording

_SHARES: Final = ("success_lost_per_10_days", "recurred_share_365d")
"""Parameters that are shares although their ids do not end in the word."""

_SIDES: Final = {"higher": "posterior_higher", "lower": "posterior_lower"}
_LEAST_TOLD: Final = 0.005


def percent(share: float) -> str:
    """Return a probability in whole per cent; what is not quite sure is not called so."""
    if not math.isfinite(share):
        return "–"
    if 0.995 <= share < 1.0:
        return ">99%"
    if 0.0 < share < 0.005:
        return "<1%"
    return f"{plain(100.0 * share, 0)}%"


def standing_text(row: Mapping[str, Any], measure: str, words: Wording) -> str:
    """Return the verdict of a difference row across the posterior, with the probabilities it rests on."""
    standing = str(row["standing"])
    if not standing:
        return words.terms.verdicts[""]
    sides = _sides(row, measure)
    if standing == "holds":
        said = max(sides, key=lambda side: sides[side])
        verdict = words.say(_SIDES[said]) if said in _SIDES else words.terms.verdicts[said]
        return words.say("posterior_holds", verdict=verdict, prob=percent(sides[said]))
    parts = [
        words.say("posterior_share", side=_short_name(side, words), prob=percent(prob))
        for side, prob in sides.items()
        if prob >= _LEAST_TOLD
    ]
    shares = words.say("posterior_share_separator").join(parts)
    return words.say({"leans": "posterior_leans", "turns": "posterior_turns"}[standing], shares=shares)


def _sides(row: Mapping[str, Any], measure: str) -> dict[str, float]:
    """Probabilities by what they say; higher and lower stand for better and worse where a measure is neither."""
    above, within, below = (float(row[f"prob_{side}"]) for side in ("above", "within", "below"))
    match better_when(measure):
        case "higher":
            return {"better": above, "within_noise": within, "worse": below}
        case "lower":
            return {"better": below, "within_noise": within, "worse": above}
        case _:
            return {"higher": above, "within_noise": within, "lower": below}


def _short_name(side: str, words: Wording) -> str:
    if side == "within_noise":
        return words.say("posterior_same")
    return words.say(_SIDES[side]) if side in _SIDES else words.terms.verdicts[side]


def parameter_name(baseline: ResolvedFile, parameter: str, words: Wording) -> str:
    """Return what an assumption is called: a key path by its parts, a parameter of a fit by its name, else its id."""
    if "." in parameter:
        return path_label(baseline, parameter, words)
    return words.sentences.get(f"parameter_{parameter}", parameter)


def parameter_name_with_unit(baseline: ResolvedFile, parameter: str, words: Wording) -> str:
    """Return what an assumption is called, with its unit where it is no share and the name does not say it."""
    name, unit = parameter_name(baseline, parameter, words), _unit_of(parameter)
    text = "" if unit in ("share", "none") else words.terms.units[unit]
    return words.say("with_unit", name=name, unit=text) if text and not name.endswith(text) else name


def parameter_number(parameter: str, value: float) -> str:
    """Return a value of an assumption without its unit; shares in per cent."""
    return f"{significant(100.0 * value)}%" if _unit_of(parameter) == "share" else significant(value)


def parameter_value(parameter: str, value: float, words: Wording) -> str:
    """Return a value of an assumption with its unit."""
    text, unit = parameter_number(parameter, value), _unit_of(parameter)
    return text if unit in ("share", "none") else words.say("value_with_unit", value=text, unit=words.terms.units[unit])


def _unit_of(parameter: str) -> str:
    """A key path has its unit; the name of a parameter of a fit says its own, but for per cent."""
    if "." in parameter:
        return unit_of_path(parameter)
    return "share" if parameter in _SHARES or unit_of_path(parameter) == "share" else "none"
