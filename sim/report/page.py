"""The report as one self-contained page: everything in it is gathered here, escaped and laid out by the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Protocol

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from sim.report.answer import Answer, answer_of, level_text
from sim.report.evidence import basis_counts_table, basis_tables, changes_table, turns_table
from sim.report.figures.saving import SavedFigure, inline_svg
from sim.report.folder import RunFolder
from sim.report.fonts import FONT_FAMILY, embedded_font
from sim.report.method import method_sentences, warning_sentences
from sim.report.numbers import plain
from sim.report.tables import (
    Table,
    category_table,
    further_table,
    group_table,
    headline_table,
    prevented_table,
    records_table,
    tier_table,
    verdict_table,
)
from sim.report.wording import Wording

_TEMPLATES: Final = "sim.report"
_FONT_PLACEHOLDER: Final = "EMBEDDED-FONT"


@dataclass(frozen=True)
class PageFigure:
    """A figure on the page: title, how to read it, its drawing and the file with its data."""

    name: str
    title: str
    reading: str
    svg: Markup
    data_file: str


@dataclass(frozen=True)
class Page:
    """Everything that the template lays out; all of it plain text but the drawings."""

    title: str
    meta: str
    asked: str
    question: str
    policies: tuple[tuple[str, str], ...]
    baseline: tuple[str, str]
    answer: Answer
    verdicts: Table | None
    warnings: tuple[str, ...]
    headline: Table
    prevented: Table | None
    records: Table | None
    tiers: tuple[Table, ...]
    turns: Table | None
    changes: Table | None
    further: Table
    basis_counts: Table
    basis_tables: tuple[Table, ...]
    value_count: str
    has_unstated: bool
    method: tuple[str, ...]
    figures: Mapping[str, PageFigure]
    command: str
    run_place: str
    reproduce: str
    environment: tuple[tuple[str, str], ...]


def page_figure(saved: SavedFigure, title: str, reading: str) -> PageFigure:
    """Return a figure as pages show it."""
    return PageFigure(
        name=saved.name,
        title=title,
        reading=reading,
        svg=Markup(inline_svg(saved, saved.name)),  # noqa: S704 -- drawn by us, its text as paths
        data_file=f"figures/{saved.name}.csv",
    )


def page_of(folder: RunFolder, figures: Mapping[str, SavedFigure], words: Wording) -> Page:
    """Gather the page of a run in a language; `figures` are those drawn in it, by name."""
    language, manifest = words.language, folder.manifest
    baseline, is_comparison = folder.baseline, bool(folder.policies)
    place = baseline.text("place", language)
    names = [(policy.text("name", language), policy.text("description", language)) for policy in folder.policies]
    own_name = baseline.text("name", language)
    run = {"run_id": manifest.run_id, "seed": manifest.seed, "count": plain(manifest.replications.count, 0)}
    by_part = (tier_table(folder, words), group_table(folder, words), category_table(folder, words))
    return Page(
        title=words.say("title_comparison" if is_comparison else "title_single", place=place),
        meta=words.say("meta_line", **run),
        asked=own_question(folder, words),
        question=words.say(
            "question_comparison" if is_comparison else "question_single",
            place=place,
            baseline=own_name,
            scenario=own_name,
            count=len(names),
        ),
        policies=tuple(names),
        baseline=(own_name, baseline.text("description", language)),
        answer=answer_of(folder, words),
        verdicts=verdict_table(folder, words) if is_comparison else None,
        warnings=warning_sentences(folder, words),
        headline=headline_table(folder, words),
        prevented=prevented_table(folder, words),
        records=records_table(folder, words),
        tiers=tuple(table for table in by_part if table is not None),
        turns=turns_table(folder, words),
        changes=changes_table(folder, words) if is_comparison else None,
        further=further_table(folder, words),
        basis_counts=basis_counts_table(folder, words),
        basis_tables=basis_tables(folder, words),
        value_count=plain(len(baseline.recorded), 0),
        has_unstated=any(value.basis == "unstated" for value in baseline.recorded),
        method=method_sentences(folder, words),
        figures={name: _page_figure(folder, saved, words) for name, saved in figures.items()},
        command=manifest.command,
        run_place=f"outputs/{manifest.study}/{manifest.run_id}",
        reproduce=words.say("reproduce_fields", **run),
        environment=tuple(folder.environment.items()),
    )


def own_question(folder: RunFolder, words: Wording) -> str:
    """Return the study's own question, '' where its baseline states none."""
    question = folder.baseline.content["experiment"].get("question")
    return str(question[words.language]) if question else ""


def _page_figure(folder: RunFolder, saved: SavedFigure, words: Wording) -> PageFigure:
    equity_tier = folder.baseline.content["measures"]["equity_tier"]
    fields = {
        "tier": folder.baseline.name_of("tiers", equity_tier, words.language),
        "level": level_text(folder),
    }
    title, reading = (words.say(f"{part}_{saved.name}", **fields) for part in ("title", "reading"))
    return page_figure(saved, title, reading)


class Drawn(Protocol):
    """A page with drawings on it."""

    @property
    def figures(self) -> Mapping[str, PageFigure]:
        """The drawings by name."""


def render_page(page: Drawn, words: Wording, template_name: str = "report.html") -> str:
    """Return the page as HTML with its style, drawings and a font of the characters it uses inside."""
    template = _environment().get_template(template_name)
    style = Markup(_template("report.css"))  # noqa: S704 -- a file of ours
    html = template.render(page=page, words=words, style=style, font_family=FONT_FAMILY)
    return html.replace(_FONT_PLACEHOLDER, embedded_font(_without_drawings(page, html)), 1)


def _without_drawings(page: Drawn, html: str) -> str:
    for figure in page.figures.values():
        html = html.replace(str(figure.svg), "")
    return html


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> str:
    return resources.files(_TEMPLATES).joinpath("templates", name).read_text(encoding="utf-8")
