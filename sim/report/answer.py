"""The answer in plain words: what would change it, which policies do better or worse, and on what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sim.report.folder import RunFolder
from sim.report.headline import (
    headline_comparison,
    headline_measures,
    kind_of,
    levels,
    name_with_unit,
    unit_of,
)
from sim.report.numbers import Kind, clipped, decimals_for, plain, quantity, signed_quantity, significant
from sim.report.paths import path_label, shown_range, value_with_unit
from sim.report.turning_points import StressedDifference, Turn, gravest_turn, stressed_differences
from sim.report.wording import Wording

VERDICTS_IN_ORDER: Final = ("better", "worse", "differs", "unclear", "within_noise")


@dataclass(frozen=True)
class TurnItem:
    """One assumed value with its range, and the verdicts that it turns."""

    lead: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class PolicyAnswer:
    """One policy: its verdicts, each with the measures it holds for."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The answer: lead sentences, what would change it, and each policy (or the levels of a single scenario)."""

    lead: tuple[str, ...]
    turns_intro: str
    turns: tuple[TurnItem, ...]
    turns_outro: tuple[str, ...]
    policies: tuple[PolicyAnswer, ...]
    legend: str


def answer_of(folder: RunFolder, words: Wording) -> Answer:
    """Return the answer of a run in a language."""
    if not folder.policies:
        return Answer(_level_sentences(folder, words), "", (), (_assumed_count(folder, words),), (), "")
    judged = headline_comparison(folder)
    stressed = stressed_differences(folder)
    turns = _turn_items(folder, stressed, words)
    intro = "turns_none_tested" if not stressed else "turns_none_found" if not turns else "turns_found"
    return Answer(
        lead=_lead_sentences(folder, judged, words),
        turns_intro=words.say(intro, count=len({item.path for item in stressed})),
        turns=tuple(turns),
        turns_outro=(*_tested(folder, words), _assumed_count(folder, words)),
        policies=tuple(_policy_answer(folder, policy.id, judged, words) for policy in folder.policies),
        legend=_legend(folder, judged, words),
    )


def level_text(folder: RunFolder) -> str:
    """Return the confidence level as it is shown, such as 95%."""
    return quantity(folder.manifest.replications.level, Kind.SHARE, 0)


def difference_text(measure: str, difference: float, decimals: int, words: Wording) -> str:
    """Return a difference with its sign and unit."""
    text = signed_quantity(difference, kind_of(measure), decimals)
    if kind_of(measure) is Kind.SHARE:
        return words.say("difference_in_points", difference=text)
    unit = words.terms.units[unit_of(measure)]
    return words.say("difference_in_unit", difference=text, unit=unit) if unit else text


def difference_decimals(measure: str, judged: pd.DataFrame) -> int:
    """Return the decimals of a measure's differences, alike for all policies."""
    rows = judged[judged["measure"] == measure]
    return decimals_for(kind_of(measure), rows["difference"], rows["half_width"])


def _lead_sentences(folder: RunFolder, judged: pd.DataFrame, words: Wording) -> tuple[str, ...]:
    kinds: dict[str, list[str]] = {"answer_gain": [], "answer_mixed": [], "answer_loss": [], "answer_same": []}
    for policy in folder.policies:
        verdicts = set(judged.loc[judged["policy"] == policy.id, "verdict"])
        better, worse = "better" in verdicts, "worse" in verdicts
        kind = (
            "answer_mixed"
            if better and worse
            else "answer_gain"
            if better
            else "answer_loss"
            if worse
            else "answer_same"
        )
        kinds[kind].append(policy.text("name", words.language))
    return tuple(words.say(kind, policies=words.join(names)) for kind, names in kinds.items() if names)


def _level_sentences(folder: RunFolder, words: Wording) -> tuple[str, ...]:
    measures = headline_measures(folder)
    found = levels(folder, measures)
    sentences = []
    for measure in measures:
        mean = found[folder.baseline.id, measure].mean
        kind = kind_of(measure)
        decimals = decimals_for(kind, [mean.mean], [mean.half_width])
        ends = [quantity(clipped(end, kind), kind, decimals) for end in (mean.low, mean.high)]
        value = words.say("interval", mean=quantity(mean.mean, kind, decimals), low=ends[0], high=ends[1])
        sentences.append(words.say("answer_level", measure=name_with_unit(measure, words), value=value))
    return tuple(sentences)


def _policy_answer(folder: RunFolder, policy: str, judged: pd.DataFrame, words: Wording) -> PolicyAnswer:
    rows = judged[judged["policy"] == policy]
    parts = []
    for verdict in VERDICTS_IN_ORDER:
        of_verdict = rows[rows["verdict"] == verdict]
        if of_verdict.empty:
            continue
        is_clear = verdict in ("better", "worse", "differs")
        measures = [_measure_text(row, is_clear, judged, words) for row in of_verdict.to_dict("records")]
        name = words.terms.verdicts[verdict]
        parts.append(words.say("answer_policy_part", verdict=name, count=len(measures), measures=words.join(measures)))
    name = next(scenario for scenario in folder.scenarios if scenario.id == policy).text("name", words.language)
    return PolicyAnswer(name, tuple(parts))


def _measure_text(row: dict[Any, Any], is_clear: bool, judged: pd.DataFrame, words: Wording) -> str:
    measure = str(row["measure"])
    if not is_clear:
        return words.measure(measure)
    difference = difference_text(measure, float(row["difference"]), difference_decimals(measure, judged), words)
    return words.say("answer_measure_with_difference", measure=words.measure(measure), difference=difference)


def _turn_items(folder: RunFolder, stressed: Sequence[StressedDifference], words: Wording) -> list[TurnItem]:
    """One item per assumed value that turns a verdict; the gravest turns and the policy in focus come first.

    That an unclear verdict becomes clear at one end is told of the policy in focus alone; the table has the others.
    """
    focus = folder.manifest.robustness.focus_policy if folder.manifest.robustness else ""
    told = [item for item in stressed if _is_told(item, focus)]
    by_path: dict[str, list[StressedDifference]] = {}
    for item in sorted(told, key=lambda item: (gravest_turn(item) or Turn.REVERSED, item.policy != focus)):
        by_path.setdefault(item.path, []).append(item)
    return [_turn_item(folder, path, items, words) for path, items in by_path.items()]


def _is_told(item: StressedDifference, focus: str) -> bool:
    turn = gravest_turn(item)
    return turn in (Turn.REVERSED, Turn.OPPOSED, Turn.LOST) or (turn is Turn.GAINED and item.policy == focus)


def _turn_item(folder: RunFolder, path: str, items: Sequence[StressedDifference], words: Wording) -> TurnItem:
    names = {scenario.id: scenario.text("name", words.language) for scenario in folder.scenarios}
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for item in items:
        verdicts = (item.low_end.verdict, item.base.verdict, item.high_end.verdict)
        alike.setdefault((item.policy, *verdicts), []).append(words.measure(item.measure))
    low, base, high = (end.value for end in (items[0].low_end, items[0].base, items[0].high_end))
    label, span = path_label(folder.baseline, path, words), shown_range(path, low, high, words)
    changes = []
    for (policy, *codes), measures in alike.items():
        at = dict(zip(("low", "base", "high"), (words.terms.verdicts[code] for code in codes), strict=True))
        changes.append(words.say("turns_change", policy=names[policy], measures=words.join(measures), **at))
    return TurnItem(
        words.say("turns_item", path=label, range=span, base=value_with_unit(path, base, words)), tuple(changes)
    )


def _tested(folder: RunFolder, words: Wording) -> list[str]:
    """What the stress test covered, and what it did not."""
    done = folder.manifest.robustness
    if done is None or not folder.policies:
        return []
    policy = next((s.text("name", words.language) for s in folder.policies if s.id == done.focus_policy), "")
    fields = {
        "screened": done.screened_count,
        "count": len(done.values),
        "policy": policy,
        "replications": done.verdict_replications,
    }
    sentences = [words.say("turns_tested", measure=words.measure(done.focus_measure), **fields)]
    if done.without_range:
        sentences.append(words.say("turns_not_tested", count=len(done.without_range)))
    paths = [
        path_label(folder.baseline, path, words) for path in dict.fromkeys(item.path for item in done.not_possible)
    ]
    if paths:
        sentences.append(words.say("turns_not_possible", count=len(paths), paths=words.join(paths)))
    return sentences


def _assumed_count(folder: RunFolder, words: Wording) -> str:
    count = sum(value.basis == "assumed" for value in folder.baseline.recorded)
    return words.say("turns_assumed_count", count=plain(count, 0))


def _legend(folder: RunFolder, judged: pd.DataFrame, words: Wording) -> str:
    indifference = float(folder.baseline.content["measures"]["indifference_share"])
    return words.say(
        "answer_verdict_legend",
        level=level_text(folder),
        count=len(judged),
        indifference=f"{significant(100.0 * indifference)}%",
    )
