"""The report of a calibration as one self-contained page, in the style of the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sim.report.calibration_answer import calibration_lead, fitted_figures, held_out_figures
from sim.report.calibration_evidence import (
    assumed_table,
    conflicts_table,
    coverage_table,
    figures_table,
    files_table,
    held_out_table,
    implications_table,
    informed_table,
    pairs_table,
    reasons,
)
from sim.report.calibration_numbers import shown_together, text_of
from sim.report.calibration_tables import EMERGENCE_COLUMN, CalibrationTables
from sim.report.figures.prior_and_posterior import drawn_parameters
from sim.report.figures.saving import SavedFigure
from sim.report.numbers import Kind, plain, quantity
from sim.report.page import PageFigure, page_figure
from sim.report.tables import Table
from sim.report.wording import Wording

_ENDS: Final = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class CalibrationPage:
    """Everything that the template lays out; all of it plain text but the drawings."""

    title: str
    meta: str
    description: str
    lead: tuple[str, ...]
    fitted: Table | None
    held_out: Table | None
    reasons: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    rule: str
    informed: Table | None
    coverage: Table | None
    assumed: Table | None
    pairs: Table | None
    ridge: tuple[str, ...]
    conflicts: Table | None
    no_conflict: str
    implications: Table | None
    transferred: str
    method: tuple[str, ...]
    files: Table
    figures: Mapping[str, PageFigure]
    command: str
    reproduce: str


def calibration_page(tables: CalibrationTables, figures: Mapping[str, SavedFigure], words: Wording) -> CalibrationPage:
    """Gather the page in a language; `figures` are those drawn in it, by name."""
    manifest = tables.manifest
    return CalibrationPage(
        title=words.say("title_calibration", name=text_of(manifest.name, words)),
        meta=_meta(tables, words),
        description=text_of(manifest.description, words) if manifest.description else "",
        lead=tuple(calibration_lead(tables, words)),
        fitted=figures_table(tables, words),
        held_out=held_out_table(tables, words),
        reasons=reasons(fitted_figures(tables), words),
        notes=reasons(held_out_figures(tables), words),
        rule="" if manifest.transferred_from else _rule(tables, words),
        informed=informed_table(tables, words),
        coverage=coverage_table(tables, words),
        assumed=assumed_table(tables, words),
        pairs=pairs_table(tables, words),
        ridge=tuple(_ridge(tables, words)),
        conflicts=conflicts_table(tables, words),
        no_conflict=words.say(f"calibration_conflicts_{'unfitted' if manifest.transferred_from else 'none'}"),
        implications=implications_table(tables, words),
        transferred=_transferred(tables, words),
        method=tuple(_method(tables, words)),
        files=files_table(tables, words),
        figures={name: _page_figure(tables, saved, words) for name, saved in figures.items()},
        command=manifest.command,
        reproduce=words.say("reproduce_calibration", seed=manifest.seed),
    )


def _origin(tables: CalibrationTables, words: Wording) -> str:
    manifest = tables.manifest
    return text_of(manifest.transferred_name, words) if manifest.transferred_name else manifest.transferred_from


def _meta(tables: CalibrationTables, words: Wording) -> str:
    manifest = tables.manifest
    counts = {"seed": manifest.seed, "draws": plain(manifest.draws, 0)}
    if manifest.transferred_from:
        return words.say("meta_line_calibration_transferred", place=_origin(tables, words), **counts)
    return words.say("meta_line_calibration", rows=plain(manifest.rows, 0), **counts)


def _rule(tables: CalibrationTables, words: Wording) -> str:
    return words.say(
        "calibration_rule",
        synthetic=plain(tables.manifest.synthetic_data_sets, 0),
        threshold=plain(tables.manifest.informed_from, 1),
    )


def _ridge(tables: CalibrationTables, words: Wording) -> Iterator[str]:
    """Why emergence and surfacing cannot be told apart, and what emergence is under the assumptions."""
    has_ridge = any(EMERGENCE_COLUMN in (pair.first, pair.second) for pair in tables.pairs)
    if has_ridge and not tables.manifest.transferred_from:
        yield words.say("calibration_ridge")
        ends = tables.posterior[EMERGENCE_COLUMN].quantile(_ENDS).tolist()
        low, median, high = shown_together(ends, "per_1000_per_year")
        yield words.say("calibration_ridge_emergence", low=low, median=median, high=high)


def _transferred(tables: CalibrationTables, words: Wording) -> str:
    manifest = tables.manifest
    if not manifest.transferred_from:
        return ""
    return words.say(
        "calibration_transferred",
        place=text_of(manifest.place_name, words),
        origin=_origin(tables, words),
        widened=plain(manifest.widened_by, 1),
    )


def _page_figure(tables: CalibrationTables, saved: SavedFigure, words: Wording) -> PageFigure:
    is_fitted = not tables.manifest.transferred_from
    count, of_all = len(drawn_parameters(tables)), len(tables.parameters)
    which = "all" if count == of_all else "some" if is_fitted else "first"
    drawn = words.say(f"calibration_{which}_drawn", all=of_all, count=count)
    reading = words.say(
        f"reading_{saved.name}",
        drawn=drawn,
        threshold=plain(tables.manifest.informed_from, 1),
        before=words.say("calibration_before_fit") if is_fitted else "",
        after=words.say("calibration_after_fit" if is_fitted else "calibration_after_transfer"),
    )
    return page_figure(saved, words.say(f"title_{saved.name}"), reading)


def _method(tables: CalibrationTables, words: Wording) -> Iterator[str]:
    manifest = tables.manifest
    draws, predictive = plain(manifest.draws, 0), plain(manifest.predictive_draws, 0)
    if manifest.transferred_from:
        yield words.say(
            "method_calibration_transferred",
            draws=draws,
            place=_origin(tables, words),
            widened=plain(manifest.widened_by, 1),
            predictive=predictive,
        )
    else:
        if any(row.method == "closed_form" for row in tables.parameters):
            yield words.say("method_calibration_closed")
        yield words.say(
            "method_calibration_rows",
            rows=plain(manifest.rows, 0),
            warmup=manifest.warmup_years,
            record=manifest.record_years,
            follow=manifest.follow_days,
        )
        share = quantity(manifest.accepted / max(1, manifest.rows), Kind.SHARE, 0)
        accepted = plain(manifest.accepted, 0)
        yield words.say("method_calibration_abc", accepted=accepted, share=share, draws=draws)
        yield words.say("method_calibration_error")
        yield words.say("method_calibration_synthetic", synthetic=plain(manifest.synthetic_data_sets, 0))
        yield words.say("method_calibration_predictive", draws=predictive)
    yield words.say("method_calibration_distributions")
