"""The tables of a calibration's report: figures, parameters, coverage, pairs, conflicts, implications."""

import math
from collections.abc import Sequence

from sim.report.calibration_answer import (
    conflict_names,
    fitted_figures,
    held_out_figures,
    is_informed,
    model_value,
    reported,
    verdict_text,
)
from sim.report.calibration_numbers import (
    name_in_unit,
    name_of,
    name_of_column,
    pairs_together,
    shown_correlation,
    shown_ends,
    shown_period,
    shown_residual,
    shown_together,
)
from sim.report.calibration_tables import CalibrationTables, FigureRow, ParameterRow
from sim.report.numbers import Kind, plain, quantity, significant
from sim.report.tables import Cell, Row, Table, number
from sim.report.wording import Wording


def figures_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the figures that were fitted to; None without any."""
    heads = ("figure", "definition", "reported", "fitted", "residual", "predictive", "error", "verdict")
    rows = [
        Row((*_figure_cells(row, words), _error(row, words), _verdict(row, words))) for row in fitted_figures(tables)
    ]
    note = words.say("table_calibration_figures_note")
    return _table("table_calibration_fitted", heads, rows, words, note) if rows else None


def held_out_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the figures that were held out of the fit, with a verdict by their bound; None without any."""
    heads = ("figure", "definition", "reported", "model", "residual", "predictive", "verdict")
    rows = [Row((*_figure_cells(row, words), _verdict(row, words))) for row in held_out_figures(tables)]
    note = words.say("table_calibration_held_out_note")
    return _table("table_calibration_held_out", heads, rows, words, note) if rows else None


def _figure_cells(row: FigureRow, words: Wording) -> tuple[Cell, ...]:
    definition = words.sentences.get(f"calibration_definition_{row.definition}", row.definition)
    _, margin = shown_together([row.fitted, row.fitted_half_width], row.unit)
    fitted = words.say("calibration_margin", value=model_value(row), margin=margin)
    _, low, high = shown_together([row.fitted, row.predictive_low, row.predictive_high], row.unit)
    return (
        Cell(name_in_unit(name_of(row, words), row.unit, words)),
        Cell(
            words.say("calibration_definition", definition=definition, period=shown_period(row.period, words)), "wide"
        ),
        number(reported(row, words)),
        number(fitted if math.isfinite(row.fitted_half_width) else model_value(row)),
        number(shown_residual(row)),
        number(words.say("range", low=low, high=high)),
    )


def _error(row: FigureRow, words: Wording) -> Cell:
    scale = words.sentences.get(f"calibration_scale_{row.error_scale}")
    if scale is None:
        return Cell("–")
    return Cell(words.say("calibration_error", scale=scale, sd=significant(row.discrepancy_sd)))


def _verdict(row: FigureRow, words: Wording) -> Cell:
    return Cell(verdict_text(row, words), "verdict better" if row.within else "verdict worse")


def reasons(rows: Sequence[FigureRow], words: Wording) -> tuple[tuple[str, str], ...]:
    """Return what is to be known of each figure's comparison, and its source, by name."""
    found = []
    for row in rows:
        reason, source = (row.reason_zh, row.source_zh) if words.language == "zh" else (row.reason_en, row.source_en)
        parts = [part for part in (reason, source and words.say("calibration_source", source=source)) if part]
        if parts:
            found.append((name_of(row, words), words.say("sentence_separator").join(parts)))
    return tuple(found)


def informed_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the parameters that figures inform, here or where they were taken from; None without any."""
    is_transferred = bool(tables.manifest.transferred_from)
    caption = "table_calibration_informed_transferred" if is_transferred else "table_calibration_informed"
    return _parameters([row for row in tables.parameters if is_informed(row)], caption, tables, words)


def assumed_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the parameters that stay assumptions; None without any."""
    rows = [row for row in tables.parameters if not is_informed(row)]
    return _parameters(rows, "table_calibration_assumed", tables, words)


def _parameters(
    parameters: Sequence[ParameterRow], caption: str, tables: CalibrationTables, words: Wording
) -> Table | None:
    if not parameters:
        return None
    heads = ["parameter", "prior", "posterior", "point", "contraction", "contraction_here", "basis"]
    is_transferred = bool(tables.manifest.transferred_from)
    if is_transferred:
        heads = [head for head in heads if not head.startswith("contraction")]
    rows = []
    for row in parameters:
        cells = {
            "parameter": Cell(name_in_unit(name_of(row, words), row.unit, words)),
            "prior": number(shown_ends(row.prior_low, row.prior_median, row.prior_high, row.unit, words)),
            "posterior": number(
                shown_ends(row.posterior_low, row.posterior_median, row.posterior_high, row.unit, words)
            ),
            "point": number(shown_together([row.point, row.posterior_high], row.unit)[0]),
            "contraction": number(plain(row.contraction, 2)),
            "contraction_here": number(plain(row.contraction_here, 2)),
            "basis": Cell(words.terms.bases.get(row.basis, row.basis)),
        }
        rows.append(Row(tuple(cells[head] for head in heads)))
    note = "table_calibration_transferred_note" if is_transferred else "table_calibration_parameters_note"
    return _table(caption, heads, rows, words, words.say(note))


def coverage_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the coverage of the informed parameters' intervals, with what it must be; None where none was tested."""
    heads = ("parameter", "method", "coverage_50", "coverage_90", "coverage_rows", "verdict")
    rows = []
    for row in tables.parameters:
        if row.informed and row.coverage_rows:
            method = words.sentences.get(f"calibration_method_{row.method}", row.method)
            shares = [
                _share_in(row.coverage_50, row.coverage_50_low, row.coverage_50_high, words),
                _share_in(row.coverage_90, row.coverage_90_low, row.coverage_90_high, words),
            ]
            verdict = Cell(
                words.say("calibration_coverage_ok" if row.coverage_ok else "calibration_coverage_not_ok"),
                "verdict better" if row.coverage_ok else "verdict worse",
            )
            counted = number(plain(row.coverage_rows, 0))
            rows.append(Row((Cell(name_of(row, words)), Cell(method), *shares, counted, verdict)))
    return _table("table_calibration_coverage", heads, rows, words) if rows else None


def _share_in(share: float, low: float, high: float, words: Wording) -> Cell:
    shown = [quantity(value, Kind.SHARE, 1) for value in (share, low, high)]
    return number(words.say("calibration_coverage_share", share=shown[0], low=shown[1], high=shown[2]))


def pairs_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the pairs that move together, the closest first; None without any."""
    rows = [
        Row(
            (
                Cell(name_of_column(tables, pair.first, words)),
                Cell(name_of_column(tables, pair.second, words)),
                number(shown_correlation(pair.correlation)),
            )
        )
        for pair in pairs_together(tables)
    ]
    return _table("table_calibration_pairs", ("first", "second", "correlation"), rows, words) if rows else None


def conflicts_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return the sets of figures that cannot be met together; None without any."""
    rows = [
        Row((Cell(conflict_names(tables, row.targets, words)), number(significant(row.tail_prob, 2))))
        for row in tables.conflicts
    ]
    note = words.say("table_calibration_conflicts_note")
    return _table("table_calibration_conflicts", ("conflict", "tail"), rows, words, note) if rows else None


def implications_table(tables: CalibrationTables, words: Wording) -> Table | None:
    """Return what the fit implies; None where nothing was inferred."""
    rows = [
        Row(
            (
                Cell(name_in_unit(name_of(row, words), row.unit, words)),
                number(shown_ends(row.low, row.median, row.high, row.unit, words)),
            )
        )
        for row in tables.implications
    ]
    return _table("table_calibration_implications", ("quantity", "implied"), rows, words) if rows else None


def files_table(tables: CalibrationTables, words: Wording) -> Table:
    """Return the digests of code, targets and result files."""
    manifest = tables.manifest
    digests = {
        words.say("calibration_code_digest"): manifest.code_digest,
        words.say("calibration_targets_digest"): manifest.targets_digest,
        **manifest.files,
    }
    rows = [Row((Cell(name), Cell(digest, "digest"))) for name, digest in digests.items()]
    return _table("table_calibration_files", ("file", "digest"), rows, words)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Row], words: Wording, note: str = "") -> Table:
    return Table(words.say(caption), tuple(words.say(f"head_calibration_{head}") for head in heads), tuple(rows), note)
