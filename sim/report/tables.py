"""The tables of results: verdicts, headline measures, tiers, staff groups, kinds of dispute, further measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sim.outcomes.definition import GROUP_PREFIX
from sim.outcomes.measures import MEASURES
from sim.report.answer import difference_decimals, level_text
from sim.report.folder import RunFolder
from sim.report.headline import (
    headline_comparison,
    headline_measures,
    kind_of,
    levels,
    name_with_unit,
)
from sim.report.numbers import Kind, clipped, decimals_for, plain, quantity, signed_quantity
from sim.report.resolved_scenario import ResolvedFile
from sim.report.wording import Wording
from sim.stats import MeasureSummary

TIER_MEASURES: Final = (
    "entered_per_1000_per_year",
    "settled_at_tier_share_180d",
    "utilisation",
    "backlog_mean_count",
    "waiting_working_hours_mean",
    "on_time_share",
    "escalations_per_1000_per_year",
)
"""What the table by tier shows; measures.parquet has the rest."""

_RECORDS_BESIDE_TRUTH: Final = (
    "settled_share_180d",
    "recorded_settled_share_180d",
    "untrue_record_share",
    "handed_up_per_1000_per_year",
    "recorded_handed_up_per_1000_per_year",
    "units_none_handed_up_share",
    "recorded_units_none_handed_up_share",
    "units_no_case_above_village_share",
    "recorded_units_no_case_above_village_share",
    "units_no_case_at_top_share",
    "recorded_units_no_case_at_top_share",
)
"""Truth first, then the record of it."""

GROUP_MEASURES: Final = ("utilisation", "staff_hours_per_year", "patrol_hours_per_year")
PREVENTION_MEASURES: Final = ("prevented_per_1000_per_year", "prevented_share", "emerged_per_1000_per_year")
CATEGORY_MEASURES: Final = ("settled_share_180d", "incident_share_180d", "days_unresolved_180d")


@dataclass(frozen=True)
class Cell:
    """A cell's text and its class: `number`, `verdict <code>`, `framed`, or nothing."""

    text: str
    css: str = ""


@dataclass(frozen=True)
class Row:
    """A row: its first cell is its head; `is_group` marks a heading over the rows that follow."""

    cells: tuple[Cell, ...]
    is_group: bool = False


@dataclass(frozen=True)
class Table:
    """A table with caption, column heads and a note below it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def number(text: str) -> Cell:
    """Return a cell that is set as a number."""
    return Cell(text, "number")


def verdict_cell(verdict: str, words: Wording, *, framed: bool = False) -> Cell:
    """Return a cell with a verdict's name; its colour and mark come from the style sheet."""
    return Cell(words.terms.verdicts.get(verdict, verdict), f"verdict {verdict}" + (" framed" if framed else ""))


def group_row(text: str) -> Row:
    """Return a heading over the rows that follow."""
    return Row((Cell(text),), is_group=True)


def names_of(folder: RunFolder, words: Wording) -> dict[str, str]:
    """Return the scenarios' names by id, the baseline first."""
    return {scenario.id: scenario.text("name", words.language) for scenario in folder.scenarios}


def verdict_table(folder: RunFolder, words: Wording) -> Table:
    """Return verdicts, one row per policy and one column per headline measure."""
    judged = headline_comparison(folder)
    measures = list(dict.fromkeys(judged["measure"]))
    verdicts = judged.set_index(["policy", "measure"])["verdict"].to_dict()
    names = names_of(folder, words)
    rows = [
        Row((Cell(names[policy.id]), *(verdict_cell(verdicts.get((policy.id, m), ""), words) for m in measures)))
        for policy in folder.policies
    ]
    heads = (words.say("head_policy"), *(words.measure(measure) for measure in measures))
    return Table(words.say("answer_verdict_table"), heads, tuple(rows))


def headline_table(folder: RunFolder, words: Wording) -> Table:
    """Return levels, differences, what one more year may bring, and verdicts, by measure and scenario."""
    measures = headline_measures(folder)
    found = levels(folder, measures)
    judged = headline_comparison(folder)
    one_more = _one_more_head(folder, words)
    heads = [words.say("head_scenario" if folder.policies else "head_measure"), words.say("head_level")]
    if folder.policies:
        heads += [words.say("head_difference"), words.say("head_relative")]
    heads.append(one_more)
    if folder.policies:
        heads.append(words.say("head_verdict"))
    rows: list[Row] = []
    for measure in measures:
        of_measure = [found[s.id, measure] for s in folder.scenarios if (s.id, measure) in found]
        if folder.policies:
            rows.append(group_row(name_with_unit(measure, words)))
        rows += [_headline_row(folder, level, of_measure, judged, words) for level in of_measure]
    caption = words.say("table_headline" if folder.policies else "table_headline_single")
    note_key = "table_headline_note" if folder.policies else "table_headline_note_single"
    note = words.say(note_key, level=level_text(folder), one_more=one_more)
    return Table(caption, tuple(heads), tuple(rows), note)


def prevented_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return what prevention kept from emerging, which is in no other share; None where no scenario prevents any."""
    means = _means(folder)
    if not any(value > 0.0 for value in means.get((PREVENTION_MEASURES[0], "", ""), {}).values()):
        return None
    keys = [((measure, "", ""), name_with_unit(measure, words)) for measure in PREVENTION_MEASURES]
    heads = (words.say("head_measure"), *names_of(folder, words).values())
    rows = tuple(_mean_rows(folder, means, keys))
    return Table(words.say("table_prevented"), heads, rows, words.say("table_prevented_note"))


def records_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return what the records say beside what is true; None where no scenario has a settlement on paper."""
    means = _means(folder)
    if not any(value > 0.0 for value in means.get(("untrue_record_share", "", ""), {}).values()):
        return None
    keys = [((measure, "", ""), name_with_unit(measure, words)) for measure in _RECORDS_BESIDE_TRUTH]
    heads = (words.say("head_measure"), *names_of(folder, words).values())
    rows = tuple(_mean_rows(folder, means, keys))
    return Table(words.say("table_records"), heads, rows, words.say("table_records_note"))


def _one_more_head(folder: RunFolder, words: Wording) -> str:
    years = int(folder.baseline.content["horizon"]["cohort_years"])
    return words.say("head_one_more") if years == 1 else words.say("head_one_more_years", years=years)


def _headline_row(
    folder: RunFolder, level: MeasureSummary, of_measure: Sequence[MeasureSummary], judged: pd.DataFrame, words: Wording
) -> Row:
    measure = level.key.measure
    kind = kind_of(measure)
    decimals = max(
        decimals_for(kind, [x.mean.mean for x in of_measure], [x.mean.half_width for x in of_measure]),
        min(difference_decimals(measure, judged), decimals_for(kind, [x.mean.mean for x in of_measure])),
    )
    low, high = (quantity(clipped(end, kind), kind, decimals) for end in (level.mean.low, level.mean.high))
    shown_level = words.say("interval", mean=quantity(level.mean.mean, kind, decimals), low=low, high=high)
    low, high = (quantity(clipped(end, kind), kind, decimals) for end in (level.prediction.low, level.prediction.high))
    one_more = number(words.say("range", low=low, high=high))
    if not folder.policies:
        return Row((Cell(name_with_unit(measure, words)), number(shown_level), one_more))
    name = names_of(folder, words)[level.scenario]
    rows = judged[(judged["measure"] == measure) & (judged["policy"] == level.scenario)]
    if rows.empty:
        dash = number("–")
        return Row((Cell(name), number(shown_level), dash, dash, one_more, Cell("")))
    row = rows.iloc[0]
    digits = difference_decimals(measure, judged)
    ends = [signed_quantity(float(row[end]), kind, digits) for end in ("low", "high")]
    difference = signed_quantity(float(row["difference"]), kind, digits)
    shown = words.say("interval", mean=difference, low=ends[0], high=ends[1])
    base = abs(float(row["baseline_mean"]))
    relative = 100.0 * float(row["difference"]) / base if base > 0.0 else float("nan")
    relative_text = plain(relative, 1 if abs(relative) < 10 else 0, signed=True)
    relative_cell = number(relative_text + "%" if base > 0.0 else "–")
    verdict = verdict_cell(str(row["verdict"]), words)
    return Row((Cell(name), number(shown_level), number(shown), relative_cell, one_more, verdict))


def tier_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return means by tier; None if the run has none."""
    tiers = [(tier, folder.baseline.name_of("tiers", tier, words.language)) for tier in folder.baseline.tier_ids]
    return _broken_down(folder, words, "tier", TIER_MEASURES, tiers)


def group_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return means by staff group; groups that only a policy has stand after the baseline's."""
    groups = _ids_of(folder, "staff_groups")
    named = [
        (GROUP_PREFIX + group, owner.name_of("staff_groups", group, words.language)) for group, owner in groups.items()
    ]
    return _broken_down(folder, words, "group", GROUP_MEASURES, named)


def category_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return means by kind of dispute."""
    categories = _ids_of(folder, "categories")
    named = [(id_, owner.name_of("categories", id_, words.language)) for id_, owner in categories.items()]
    return _broken_down(folder, words, "category", CATEGORY_MEASURES, named)


def _ids_of(folder: RunFolder, section: str) -> dict[str, ResolvedFile]:
    """Ids of a section in all scenarios, each with the first scenario that has it."""
    found: dict[str, ResolvedFile] = {}
    for scenario in folder.scenarios:
        for id_ in scenario.content.get(section) or {}:
            found.setdefault(str(id_), scenario)
    return found


def _broken_down(
    folder: RunFolder, words: Wording, what: str, measures: Sequence[str], parts: Sequence[tuple[str, str]]
) -> Table | None:
    means = _means(folder)
    rows: list[Row] = []
    for measure in measures:
        keys = [(measure, "", part) if what == "category" else (measure, part, "") for part, _ in parts]
        of_measure = _mean_rows(folder, means, list(zip(keys, (name for _, name in parts), strict=True)))
        if of_measure:
            rows += [group_row(name_with_unit(measure, words)), *of_measure]
    if not rows:
        return None
    caption = {"tier": "table_tiers", "group": "table_groups", "category": "table_categories"}[what]
    heads = (words.say(f"head_{what}"), *names_of(folder, words).values())
    return Table(words.say(caption), heads, tuple(rows))


def further_table(folder: RunFolder, words: Wording) -> Table:
    """Return means of every measure of the whole place that is no headline measure."""
    headline = headline_measures(folder)
    means = _means(folder)
    present = dict.fromkeys(measure for measure, tier, category in means if tier == category == "")
    known = [measure for measure in MEASURES if measure in present and measure not in headline]
    unknown = [measure for measure in present if measure not in MEASURES and measure not in headline]
    keys = [((measure, "", ""), name_with_unit(measure, words)) for measure in [*known, *unknown]]
    heads = (words.say("head_measure"), *names_of(folder, words).values())
    rows = _mean_rows(folder, means, keys)
    return Table(words.say("table_further"), heads, tuple(rows), words.say("table_further_note"))


_Key = tuple[str, str, str]
"""Measure, tier and category."""


def _means(folder: RunFolder) -> dict[_Key, dict[str, float]]:
    """Means over replications by measure, tier and category, then by scenario; NaN where there never is a value."""
    found: dict[_Key, dict[str, float]] = {}
    columns = ["scenario", "measure", "tier", "category"]
    means = folder.measures.groupby(columns, sort=False)["value"].mean()
    for (scenario, *key), mean in zip(means.index.tolist(), means.tolist(), strict=True):
        measure, tier, category = key
        found.setdefault((measure, tier, category), {})[scenario] = mean
    return found


def _mean_rows(folder: RunFolder, means: dict[_Key, dict[str, float]], named: Sequence[tuple[_Key, str]]) -> list[Row]:
    """One named row per key with a mean per scenario; keys without any value are left out."""
    rows = []
    for key, name in named:
        by_scenario = means.get(key, {})
        values = [by_scenario.get(scenario.id, math.nan) for scenario in folder.scenarios]
        if not all(math.isnan(value) for value in values):
            kind = kind_of(key[0])
            decimals = _decimals_of_row(values, kind)
            rows.append(Row((Cell(name), *(number(quantity(value, kind, decimals)) for value in values))))
    return rows


def _decimals_of_row(values: Sequence[float], kind: Kind) -> int:
    """Three digits of the largest value; a share one decimal, or two digits where it is small."""
    decimals = decimals_for(kind, values)
    return max(min(decimals, 1), decimals - 1) if kind is Kind.SHARE else decimals
