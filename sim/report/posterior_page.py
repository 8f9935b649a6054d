"""The report of a run over a posterior as one self-contained page, in the style of the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.report.evidence import basis_counts_table, basis_tables, changes_table
from sim.report.figures.saving import SavedFigure
from sim.report.method import warning_sentences
from sim.report.numbers import plain
from sim.report.page import PageFigure, own_question, page_figure
from sim.report.posterior_answer import PosteriorAnswer, posterior_answer
from sim.report.posterior_folder import PosteriorFolder
from sim.report.posterior_tables import (
    differences_table,
    levels_table,
    ranking_table,
    standing_table,
    turning_table,
)
from sim.report.tables import Table
from sim.report.wording import Wording


@dataclass(frozen=True)
class PosteriorPage:
    """Everything that the template lays out; all of it plain text but the drawings."""

    title: str
    meta: str
    asked: str
    question: str
    policies: tuple[tuple[str, str], ...]
    baseline: tuple[str, str]
    carried: str
    answer: PosteriorAnswer
    standings: Table | None
    warnings: tuple[str, ...]
    differences: Table | None
    levels: Table
    ranking: Table | None
    turning: Table | None
    changes: Table | None
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


def posterior_page(folder: PosteriorFolder, figures: Mapping[str, SavedFigure], words: Wording) -> PosteriorPage:
    """Gather the page of a run over a posterior in a language; `figures` are those drawn in it, by name."""
    run, done, manifest, language = folder.run, folder.done, folder.manifest, words.language
    place, own_name = run.baseline.text("place", language), run.baseline.text("name", language)
    policies = tuple((policy.text("name", language), policy.text("description", language)) for policy in run.policies)
    counts = {"draws": plain(done.draws, 0), "count": plain(done.replications, 0)}
    ids = {"run_id": manifest.run_id, "seed": manifest.seed, **counts}
    fields = {"place": place, "baseline": own_name, "scenario": own_name, "count": len(policies)}
    return PosteriorPage(
        title=words.say("title_posterior" if policies else "title_posterior_single", place=place),
        meta=words.say("meta_line_posterior", **ids),
        asked=own_question(run, words),
        question=words.say("question_comparison" if policies else "question_single", **fields),
        policies=policies,
        baseline=(own_name, run.baseline.text("description", language)),
        carried=words.say(
            "posterior_carried",
            file=done.file,
            parameters=plain(done.parameters, 0),
            values=plain(done.values, 0),
            **counts,
        ),
        answer=posterior_answer(folder, words),
        standings=standing_table(folder, words) if policies else None,
        warnings=warning_sentences(run, words),
        differences=differences_table(folder, words) if policies else None,
        levels=levels_table(folder, words),
        ranking=ranking_table(folder, words),
        turning=turning_table(folder, words),
        changes=changes_table(run, words) if policies else None,
        basis_counts=basis_counts_table(run, words),
        basis_tables=basis_tables(run, words),
        value_count=plain(len(run.baseline.recorded), 0),
        has_unstated=any(value.basis == "unstated" for value in run.baseline.recorded),
        method=_method(folder, words),
        figures={name: _page_figure(saved, words, is_comparison=bool(policies)) for name, saved in figures.items()},
        command=manifest.command,
        run_place=f"outputs/{manifest.study}/{manifest.run_id}",
        reproduce=words.say("reproduce_posterior_fields", **ids),
        environment=tuple(run.environment.items()),
    )


def _page_figure(saved: SavedFigure, words: Wording, *, is_comparison: bool) -> PageFigure:
    kind = "" if is_comparison else "_single"
    return page_figure(saved, words.say(f"title_{saved.name}{kind}"), words.say(f"reading_{saved.name}{kind}"))


def _method(folder: PosteriorFolder, words: Wording) -> tuple[str, ...]:
    horizon, done = folder.run.baseline.content["horizon"], folder.done
    span = {"warmup": horizon["warmup_years"], "cohort": horizon["cohort_years"], "follow": horizon["follow_days"]}
    counts = {"draws": plain(done.draws, 0), "count": plain(done.replications, 0)}
    sentences = [
        words.say("method_span", start=horizon["start_date"], **span),
        words.say("method_cohort", cohort=horizon["cohort_years"]),
        words.say("method_posterior_draws", **counts),
        words.say("method_posterior_split", cohort=horizon["cohort_years"]),
    ]
    if folder.run.policies:
        sentences += [words.say("method_posterior_paired"), words.say("method_posterior_turning")]
    return (*sentences, words.say("audits_passed", count=folder.manifest.audits), words.say("method_left_out"))
