"""What a calibration says in a few sentences: what the figures inform, what stays assumed, and what is met."""

from collections.abc import Iterator, Sequence

from sim.report.calibration_numbers import (
    name_of,
    shown_alone,
    shown_together,
    text_of,
    weight_on_figures,
    with_unit,
)
from sim.report.calibration_tables import SEPARATOR, CalibrationTables, FigureRow, ParameterRow
from sim.report.numbers import plain
from sim.report.wording import Wording

_MOST_NAMED = 3


def calibration_lead(tables: CalibrationTables, words: Wording) -> Iterator[str]:
    """Yield the sentences with which the report begins."""
    yield _informed(tables, words)
    yield _assumed(tables, words)
    yield words.say("sentence_separator").join(_met(tables, words))
    yield words.say("calibration_lead_delays")


def _informed(tables: CalibrationTables, words: Wording) -> str:
    informed = [row for row in tables.parameters if is_informed(row)]
    named = words.say("calibration_value_separator").join(_value(row, words) for row in informed)
    manifest = tables.manifest
    if manifest.transferred_name is not None:
        return words.say(
            "calibration_lead_transferred",
            place=text_of(manifest.transferred_name, words),
            widened=plain(manifest.widened_by, 1),
            count=len(informed),
            parameters=named or words.say("none"),
        )
    if not informed:
        return words.say("calibration_lead_none_informed")
    told = [words.say("calibration_lead_informed", count=len(informed), parameters=named)]
    if failed := [row for row in informed if row.coverage_ok is False]:
        told.append(words.say("calibration_lead_not_covered", parameters=_quoted(failed, words)))
    return words.say("sentence_separator").join(told)


def _quoted(rows: Sequence[ParameterRow], words: Wording) -> str:
    return words.join([words.say("calibration_quoted", name=name_of(row, words)) for row in rows])


def _value(row: ParameterRow, words: Wording) -> str:
    low, median, high = shown_together([row.posterior_low, row.posterior_median, row.posterior_high], row.unit)
    value = words.say("calibration_interval", median=with_unit(median, row.unit, words), low=low, high=high)
    return words.say("calibration_value", name=name_of(row, words), value=value)


def _assumed(tables: CalibrationTables, words: Wording) -> str:
    assumed = {row.parameter: row for row in tables.parameters if not is_informed(row)}
    if len(assumed) == len(tables.parameters):
        return words.say("calibration_lead_assumed_all", count=len(assumed))
    heaviest = [assumed[id_] for id_ in weight_on_figures(tables) if id_ in assumed][:_MOST_NAMED]
    if not heaviest:
        return words.say("calibration_lead_assumed", count=len(assumed))
    names = _quoted(heaviest, words)
    return words.say("calibration_lead_assumed_first", count=len(assumed), parameters=names)


def _met(tables: CalibrationTables, words: Wording) -> Iterator[str]:
    """Whether the figures are met, those held out apart, and whether any conflict."""
    if not tables.figures:
        yield words.say("calibration_lead_no_figures")
    for part, rows in (("fitted", fitted_figures(tables)), ("held", held_out_figures(tables))):
        missed = [row for row in rows if not row.within]
        if missed:
            figures = words.join([_missed(row, words) for row in missed])
            key = f"calibration_lead_{part}_missed"
            yield words.say(key, count=len(rows), missed=len(missed), figures=figures)
        elif rows:
            yield words.say(f"calibration_lead_{part}_met", count=len(rows))
    if tables.conflicts:
        sets = words.say("calibration_value_separator").join(
            conflict_names(tables, row.targets, words) for row in tables.conflicts
        )
        yield words.say("calibration_lead_conflict", count=len(tables.conflicts), conflicts=sets)
    elif fitted_figures(tables):
        yield words.say("calibration_lead_no_conflict")


def _missed(row: FigureRow, words: Wording) -> str:
    fitted, low, high = shown_together([row.fitted, row.predictive_low, row.predictive_high], row.unit)
    said = {"name": name_of(row, words), "reported": reported(row, words)}
    return words.say("calibration_missed", fitted=fitted, low=low, high=high, **said)


def is_informed(row: ParameterRow) -> bool:
    """Whether the figures inform a parameter, or those of the place that it is taken over from."""
    return row.informed or row.basis == "transferred"


def fitted_figures(tables: CalibrationTables) -> list[FigureRow]:
    """Return the figures that were fitted to."""
    return [row for row in tables.figures if not row.held_out]


def held_out_figures(tables: CalibrationTables) -> list[FigureRow]:
    """Return the figures that were held out of the fit."""
    return [row for row in tables.figures if row.held_out]


def conflict_names(tables: CalibrationTables, targets: str, words: Wording) -> str:
    """Return the names of the figures that a conflict joins."""
    names = {row.target: name_of(row, words) for row in tables.figures}
    return words.join([names.get(target, target) for target in targets.split(SEPARATOR)])


def model_value(row: FigureRow) -> str:
    """Return what the model gives."""
    return shown_together([row.fitted], row.unit)[0]


def reported(row: FigureRow, words: Wording) -> str:
    """Return the reported value as its source words it: at least, at most, about."""
    return words.say(f"calibration_bound_{row.bound}", value=shown_alone(row.reported, row.unit))


def verdict_text(row: FigureRow, words: Wording) -> str:
    """Return whether a figure is met, in the terms of its error model or its bound."""
    return words.say(f"calibration_{'within' if row.within else 'outside'}_{row.bound if row.held_out else 'fitted'}")
