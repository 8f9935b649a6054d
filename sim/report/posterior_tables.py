"""The tables of a run over a posterior: verdicts, levels, differences, ranking, and what turns a verdict."""

import math
from collections.abc import Iterator
from typing import Any

from sim.experiment.posterior_table import BETTER_THAN
from sim.report.headline import kind_of, name_with_unit
from sim.report.numbers import Kind, clipped, decimals_for, quantity, signed_quantity
from sim.report.posterior_folder import PosteriorFolder
from sim.report.posterior_words import parameter_name_with_unit, parameter_number, percent, standing_text
from sim.report.tables import Cell, Row, Table, group_row, names_of, number
from sim.report.wording import Wording


def standing_table(folder: PosteriorFolder, words: Wording) -> Table:
    """Return verdicts across the posterior, one row per policy and one column per headline measure."""
    names = names_of(folder.run, words)
    rows = [
        Row(
            (
                Cell(names[policy.id]),
                *(_standing_cell(folder.difference(policy.id, m), m, words) for m in folder.measures),
            )
        )
        for policy in folder.run.policies
    ]
    heads = (words.say("head_policy"), *(words.measure(measure) for measure in folder.measures))
    return Table(words.say("table_standings"), heads, tuple(rows))


def _standing_cell(row: dict[str, Any], measure: str, words: Wording) -> Cell:
    return Cell(standing_text(row, measure, words), f"verdict across {row['verdict']}".strip())


def levels_table(folder: PosteriorFolder, words: Wording) -> Table:
    """Return every scenario's level on each headline measure: mean, both intervals, and what parameters account for."""
    names = names_of(folder.run, words)
    rows: list[Row] = []
    for measure in folder.measures:
        rows.append(group_row(name_with_unit(measure, words)))
        found = {scenario.id: folder.level(scenario.id, measure) for scenario in folder.run.scenarios}
        decimals = _decimals(measure, list(found.values()))
        rows += [_numbers_row(names[id_], row, measure, decimals, words) for id_, row in found.items()]
    heads = ("head_scenario", "head_mean", "head_parameter_interval", "head_one_year", "head_parameter_share")
    return Table(
        words.say("table_posterior_levels"),
        tuple(words.say(head) for head in heads),
        tuple(rows),
        words.say("table_posterior_note"),
    )


def differences_table(folder: PosteriorFolder, words: Wording) -> Table:
    """Return every policy's difference from the baseline on each headline measure, split as the levels are."""
    names = names_of(folder.run, words)
    rows: list[Row] = []
    for measure in folder.measures:
        rows.append(group_row(_name_with_unit_of_difference(measure, words)))
        found = {policy.id: folder.difference(policy.id, measure) for policy in folder.run.policies}
        decimals = _decimals(measure, list(found.values()))
        for id_, row in found.items():
            plain_row = _numbers_row(names[id_], row, measure, decimals, words, signed=True)
            better = number(percent(float(row["prob_better"])))
            rows.append(Row((*plain_row.cells, better, _standing_cell(row, measure, words))))
    heads = ("head_policy", "head_difference", "head_parameter_interval", "head_one_year", "head_parameter_share")
    return Table(
        words.say("table_posterior_differences"),
        tuple(words.say(head) for head in (*heads, "head_prob_better", "head_verdict")),
        tuple(rows),
        words.say("table_posterior_differences_note"),
    )


def _name_with_unit_of_difference(measure: str, words: Wording) -> str:
    if kind_of(measure) is Kind.SHARE:
        return words.say("with_unit", name=words.measure(measure), unit=words.say("figure_points"))
    return name_with_unit(measure, words)


def _decimals(measure: str, rows: list[dict[str, Any]]) -> int:
    return decimals_for(kind_of(measure), (row["mean"] for row in rows), (row["half_width"] for row in rows))


def _numbers_row(
    name: str, row: dict[str, Any], measure: str, decimals: int, words: Wording, *, signed: bool = False
) -> Row:
    kind = kind_of(measure)

    def shown(value: float) -> str:
        return signed_quantity(value, kind, decimals) if signed else quantity(clipped(value, kind), kind, decimals)

    mean = words.say("posterior_mean", mean=shown(row["mean"]), half_width=_half_width(row, kind, decimals))
    intervals = [
        words.say("range", low=shown(row[f"{of}_low"]), high=shown(row[f"{of}_high"]))
        for of in ("parameter", "predictive")
    ]
    return Row((Cell(name), number(mean), *map(number, intervals), number(percent(float(row["parameter_share"])))))


def _half_width(row: dict[str, Any], kind: Kind, decimals: int) -> str:
    return signed_quantity(row["half_width"], kind, decimals).removeprefix("+")


def ranking_table(folder: PosteriorFolder, words: Wording) -> Table | None:
    """Return scenarios from the best on: probability of being the best and of being better than each other one."""
    table = folder.ranking
    if table.empty:
        return None
    measure = str(table["measure"].iloc[0])
    names = names_of(folder.run, words)
    ordered = table.to_dict("records")
    kind = kind_of(measure)
    decimals = decimals_for(kind, (float(row["mean"]) for row in ordered))
    rows = []
    for rank, row in enumerate(ordered, start=1):
        pairs = [number(percent(float(row[BETTER_THAN + str(other["scenario"])]))) for other in ordered]
        label = words.say("posterior_rank", rank=rank, name=names[str(row["scenario"])])
        mean = number(quantity(float(row["mean"]), kind, decimals))
        rows.append(Row((Cell(label), mean, number(percent(float(row["prob_best"]))), *pairs)))
    better_than = (words.say("head_better_than", rank=rank) for rank in range(1, len(ordered) + 1))
    heads = (words.say("head_scenario"), words.say("head_mean"), words.say("head_prob_best"), *better_than)
    caption = words.say("table_ranking", measure=name_with_unit(measure, words))
    return Table(caption, heads, tuple(rows), words.say("table_ranking_note"))


def turning_table(folder: PosteriorFolder, words: Wording) -> Table | None:
    """Return the assumptions that carry a difference and where each would turn it, by policy and measure.

    Told of the measure that policies are ranked by, and of every difference whose verdict does not hold.
    """
    if folder.turning.empty:
        return None
    rows = list(_turning_rows(folder, words))
    heads = ("head_assumption", "head_variance_share", "head_slope", "head_median", "head_range", "head_turning_value")
    return Table(
        words.say("table_turning"),
        tuple(words.say(head) for head in heads),
        tuple(rows),
        words.say("table_turning_note"),
    )


def _turning_rows(folder: PosteriorFolder, words: Wording) -> Iterator[Row]:
    names = names_of(folder.run, words)
    for policy in folder.run.policies:
        for measure in folder.measures:
            standing = folder.difference(policy.id, measure)["standing"]
            if measure != folder.done.focus_measure and standing not in ("leans", "turns"):
                continue
            table = folder.turning
            found = table[(table["scenario"] == policy.id) & (table["measure"] == measure)].to_dict("records")
            name, of = names[policy.id], words.measure(measure)
            if not found or not str(found[0]["parameter"]):
                yield group_row(words.say("turning_of_nothing", policy=name, measure=of))
                continue
            yield group_row(words.say("turning_of", policy=name, measure=of, r2=percent(float(found[0]["r2"]))))
            for row in found:
                yield _turning_row(folder, {str(key): value for key, value in row.items()}, words)


def _turning_row(folder: PosteriorFolder, row: dict[str, Any], words: Wording) -> Row:
    parameter = str(row["parameter"])
    low, median, high, turning = (
        parameter_number(parameter, float(row[column])) for column in ("low", "median", "high", "turning_value")
    )
    has_turning_value = math.isfinite(float(row["turning_value"]))
    rises = words.say("slope_up" if float(row["standardised"]) > 0.0 else "slope_down")
    return Row(
        (
            Cell(parameter_name_with_unit(folder.run.baseline, parameter, words)),
            number(percent(float(row["variance_share"]))),
            Cell(rises),
            number(median),
            number(words.say("range", low=low, high=high)),
            number(turning if has_turning_value else words.say("turning_none")),
        )
    )
