"""The answer of a sweep in plain words: where it helps, where it harms, and where one turns into the other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sim.report.answer import difference_text, level_text
from sim.report.headline import kind_of
from sim.report.numbers import decimals_for, plain, significant
from sim.report.sweep_folder import SweepFolder, factor_name, level_label
from sim.report.wording import Wording
from sim.stats import MeasureKey

_CLEAR: Final = ("better", "worse", "differs")
_VERDICTS_IN_ORDER: Final = (*_CLEAR, "unclear", "within_noise")
_KINDS: Final = ("sweep_gain", "sweep_mixed", "sweep_loss", "sweep_same")


@dataclass(frozen=True)
class MeasureAnswer:
    """One measure, with a sentence for each row of the grid."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SweepAnswer:
    """The answer: a lead sentence for each row of the grid, then each measure, and what the verdicts mean."""

    lead: tuple[str, ...]
    measures: tuple[MeasureAnswer, ...]
    legend: str
    assumed: str


@dataclass(frozen=True)
class _AtLevel:
    """A point of one row: the label of the first factor's level there, and the row of the table for a measure."""

    label: str
    row: dict[str, Any]

    @property
    def verdict(self) -> str:
        return str(self.row["verdict"])

    @property
    def is_judged(self) -> bool:
        return is_judged(self.row)


def is_judged(row: Mapping[str, Any]) -> bool:
    """Whether there is a difference to be judged: not at a reference, nor where a measure is not defined."""
    return bool(row["method"] != "same") and math.isfinite(float(row["difference"]))


def sweep_answer(folder: SweepFolder, words: Wording) -> SweepAnswer:
    """Return the answer of a sweep in a language."""
    design = folder.design
    count = sum(not point.is_reference for point in design.points) * len(design.keys)
    indifference = float(folder.run.baseline.content["measures"]["indifference_share"])
    assumed = sum(value.basis == "assumed" for value in folder.run.baseline.recorded)
    return SweepAnswer(
        lead=tuple(_lead(folder, words)),
        measures=tuple(_measure(folder, key, words) for key in design.keys),
        legend=words.say(
            "sweep_legend",
            level=level_text(folder.run),
            count=count,
            indifference=f"{significant(100.0 * indifference)}%",
        ),
        assumed=words.say("sweep_assumed", count=plain(assumed, 0)),
    )


def _rows_of_grid(folder: SweepFolder, key: MeasureKey, words: Wording) -> list[tuple[str, list[_AtLevel]]]:
    """The points of each row of the grid, with the label of the row ('' where there is one row)."""
    factor, row_factor = folder.columns_factor, folder.rows_factor
    grid = []
    for row_level in folder.row_levels():
        points = [
            _AtLevel(level_label(factor, level, words), folder.row_of(folder.point_at(level, row_level), key))
            for level in factor.levels
        ]
        label = "" if row_factor is None or row_level is None else level_label(row_factor, row_level, words)
        grid.append((label, points))
    return grid


def _lead(folder: SweepFolder, words: Wording) -> list[str]:
    by_measure = [_rows_of_grid(folder, key, words) for key in folder.design.keys]
    sentences = []
    for number, (label, points) in enumerate(by_measure[0]):
        levels: dict[str, list[str]] = {kind: [] for kind in _KINDS}
        for column, point in enumerate(points):
            if point.is_judged:
                verdicts = {rows[number][1][column].verdict for rows in by_measure}
                levels[_kind(verdicts)].append(point.label)
        parts = [words.say(kind, levels=_listed(names, words)) for kind, names in levels.items() if names]
        joined = words.say("sweep_part_separator").join(parts) or words.say("sweep_no_difference")
        if folder.rows_factor is None:
            first = folder.design.keys[0]
            (of_first,) = _measure(folder, first, words).sentences
            sentences.append(
                words.say("sweep_lead_first", measure=folder.measure_name(first, words), sentence=of_first)
            )
            factor = factor_name(folder.columns_factor, words)
            sentences.append(words.say("sweep_lead_alone", factor=factor, parts=joined))
        else:
            row_factor = factor_name(folder.rows_factor, words)
            sentences.append(words.say("sweep_lead_row", row_factor=row_factor, row_level=label, parts=joined))
    return sentences


def _listed(levels: Sequence[str], words: Wording) -> str:
    return words.say("sweep_level_separator").join(levels)


def _kind(verdicts: set[str]) -> str:
    better, worse = "better" in verdicts, "worse" in verdicts
    if better and worse:
        return "sweep_mixed"
    return "sweep_gain" if better else "sweep_loss" if worse else "sweep_same"


def _measure(folder: SweepFolder, key: MeasureKey, words: Wording) -> MeasureAnswer:
    sentences = []
    for label, points in _rows_of_grid(folder, key, words):
        parts = [*_at_levels(folder, key, points, words), *_turns(points, words)]
        joined = words.say("sweep_part_separator").join(parts) or words.say("sweep_no_difference")
        if folder.rows_factor is None:
            sentences.append(words.say("sweep_measure_alone", parts=joined))
        else:
            sentences.append(words.say("sweep_measure_row", row_level=label, parts=joined))
    return MeasureAnswer(folder.measure_name(key, words), tuple(sentences))


def _at_levels(folder: SweepFolder, key: MeasureKey, points: Sequence[_AtLevel], words: Wording) -> list[str]:
    """For each verdict where it holds; a clear one with its largest difference."""
    decimals = difference_decimals(folder, key)
    parts = []
    for verdict in _VERDICTS_IN_ORDER:
        here = [point for point in points if point.is_judged and point.verdict == verdict]
        if not here:
            continue
        fields = {"verdict": words.terms.verdicts[verdict], "levels": _listed([point.label for point in here], words)}
        if verdict not in _CLEAR:
            parts.append(words.say("sweep_at_levels", **fields))
            continue
        most = max(here, key=lambda point: abs(float(point.row["difference"])))
        fields["difference"] = difference_text(key.measure, float(most.row["difference"]), decimals, words)
        if len(here) == 1:
            parts.append(words.say("sweep_at_one_level", **fields))
        else:
            parts.append(words.say("sweep_at_levels_best", best=most.label, **fields))
    return parts


def _turns(points: Sequence[_AtLevel], words: Wording) -> list[str]:
    """Where, from one clear verdict to the next, better turns into worse or the other way round."""
    clear = [point for point in points if point.is_judged and point.verdict in ("better", "worse")]
    names = words.terms.verdicts
    return [
        words.say("sweep_turn", before=one.label, after=other.label, one=names[one.verdict], other=names[other.verdict])
        for one, other in pairwise(clear)
        if one.verdict != other.verdict
    ]


def difference_decimals(folder: SweepFolder, key: MeasureKey) -> int:
    """Return the decimals of a measure's differences, alike at all points."""
    rows = [folder.row_of(point, key) for point in folder.design.points if not point.is_reference]
    differences = [float(row["difference"]) for row in rows]
    half_widths = [float(row["difference_high"]) - float(row["difference"]) for row in rows]
    return decimals_for(kind_of(key.measure), differences, half_widths)
