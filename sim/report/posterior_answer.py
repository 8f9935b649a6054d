"""The answer of a run over a posterior in plain words: what holds, who is best, what would turn it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sim.report.headline import kind_of, name_with_unit
from sim.report.numbers import clipped, decimals_for, plain, quantity
from sim.report.posterior_folder import PosteriorFolder
from sim.report.posterior_words import parameter_name, parameter_value, percent
from sim.report.tables import names_of
from sim.report.wording import Wording
from sim.stats import SURE

_GROUPS: Final = ("better", "worse", "differs", "within_noise", "leans", "turns")


@dataclass(frozen=True)
class PosteriorAnswer:
    """Sentences: the lead (what holds, policy by policy), the ranking, what turns a verdict, what the words mean."""

    lead: tuple[str, ...]
    ranking: tuple[str, ...]
    turning: tuple[str, ...]
    legend: str


def posterior_answer(folder: PosteriorFolder, words: Wording) -> PosteriorAnswer:
    """Return the answer of a run over a posterior in a language."""
    if not folder.run.policies:
        return PosteriorAnswer(tuple(_level_sentences(folder, words)), (), (), "")
    indifference = float(folder.run.baseline.content["measures"]["indifference_share"])
    chance = math.sqrt(SURE * (1.0 - SURE) / folder.done.draws)
    return PosteriorAnswer(
        lead=tuple(_policy_sentence(folder, policy.id, words) for policy in folder.run.policies),
        ranking=tuple(_ranking_sentences(folder, words)),
        turning=tuple(_turning_sentences(folder, words)),
        legend=words.say(
            "posterior_legend",
            indifference=f"{plain(100.0 * indifference, 0)}%",
            draws=folder.done.draws,
            points=plain(196.0 * chance, 0),
        ),
    )


def _level_sentences(folder: PosteriorFolder, words: Wording) -> Iterator[str]:
    for measure in folder.measures:
        row, kind = folder.level(folder.run.baseline.id, measure), kind_of(measure)
        decimals = decimals_for(kind, [row["mean"]], [row["half_width"]])
        mean, low, high = (
            quantity(clipped(float(row[column]), kind), kind, decimals)
            for column in ("mean", "parameter_low", "parameter_high")
        )
        yield words.say("posterior_level", measure=name_with_unit(measure, words), mean=mean, low=low, high=high)


def _policy_sentence(folder: PosteriorFolder, policy: str, words: Wording) -> str:
    groups: dict[str, list[str]] = {group: [] for group in _GROUPS}
    for measure in folder.measures:
        row = folder.difference(policy, measure)
        group = str(row["verdict"]) if row["standing"] == "holds" else str(row["standing"])
        if group in groups:
            groups[group].append(words.measure(measure))
    parts = [
        words.say(f"posterior_lead_{group}", measures=words.join(measures))
        for group, measures in groups.items()
        if measures
    ]
    name = names_of(folder.run, words)[policy]
    return words.say("posterior_lead", policy=name, parts=words.say("posterior_part_separator").join(parts))


def _ranking_sentences(folder: PosteriorFolder, words: Wording) -> Iterator[str]:
    rows = folder.ranking.to_dict("records")
    if not rows:
        yield words.say("posterior_no_ranking")
        return
    names, measure = names_of(folder.run, words), words.measure(folder.done.focus_measure)
    best = rows[0]
    if float(best["prob_best"]) >= SURE:
        first = names[str(best["scenario"])]
        yield words.say("posterior_best_holds", measure=measure, policy=first, prob=percent(float(best["prob_best"])))
    else:
        likely = sorted(rows, key=lambda row: -float(row["prob_best"]))
        listed = [
            words.say("posterior_best_share", policy=names[str(row["scenario"])], prob=percent(float(row["prob_best"])))
            for row in likely
            if float(row["prob_best"]) >= 1.0 - SURE
        ]
        yield words.say("posterior_best_open", measure=measure, shares=words.join(listed))
    unsure = [
        words.say(
            "posterior_pair", first=names[str(one["scenario"])], second=names[str(other["scenario"])], prob=percent(p)
        )
        for one, other in pairwise(rows)
        if (p := float(one[f"better_than:{other['scenario']}"])) < SURE
    ]
    if unsure:
        yield words.say("posterior_order_open", pairs=words.join(unsure))
    else:
        yield words.say("posterior_order_holds")


def _turning_sentences(folder: PosteriorFolder, words: Wording) -> Iterator[str]:
    """Tell of each policy, on the measure that policies are ranked by, what would turn its difference around."""
    measure, table = folder.done.focus_measure, folder.turning
    for policy in folder.run.policies:
        found = table[(table["scenario"] == policy.id) & (table["measure"] == measure)].to_dict("records")
        fields: dict[str, Any] = {
            "policy": names_of(folder.run, words)[policy.id],
            "measure": words.measure(measure),
        }
        if not found or not str(found[0]["parameter"]):
            yield words.say("posterior_turning_unknown", **fields)
            continue
        turning = [row for row in found if math.isfinite(float(row["turning_value"]))]
        if not turning:
            yield words.say("posterior_turning_none", **fields)
            continue
        items = [
            words.say(
                "posterior_turning_item",
                parameter=parameter_name(folder.run.baseline, str(row["parameter"]), words),
                value=parameter_value(str(row["parameter"]), float(row["turning_value"]), words),
                median=parameter_value(str(row["parameter"]), float(row["median"]), words),
            )
            for row in turning
        ]
        yield words.say("posterior_turning_found", items=words.say("posterior_turning_separator").join(items), **fields)
