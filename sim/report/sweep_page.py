"""The report of a sweep as one self-contained page, in the style of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.report.answer import level_text
from sim.report.evidence import basis_counts_table, basis_tables
from sim.report.figures.saving import SavedFigure
from sim.report.numbers import Kind, plain, quantity, significant
from sim.report.page import PageFigure, page_figure
from sim.report.sweep_answer import SweepAnswer, sweep_answer
from sim.report.sweep_folder import SweepFolder, factor_name, level_label
from sim.report.sweep_tables import sweep_points_tables, sweep_verdict_table
from sim.report.tables import Table
from sim.report.wording import Wording

_WARMUP_CODES = ("truncation_after_warmup", "truncation_beyond_half", "stock_still_changing")
_MOST_POINTS_NAMED = 8


@dataclass(frozen=True)
class SweepPage:
    """Everything that the template lays out; all of it plain text but the drawings."""

    title: str
    meta: str
    asked: str
    varied: str
    factors: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    answer: SweepAnswer
    verdicts: Table
    warnings: tuple[str, ...]
    points: tuple[Table, ...]
    baseline: tuple[str, str]
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


def sweep_page(folder: SweepFolder, figures: Mapping[str, SavedFigure], words: Wording) -> SweepPage:
    """Gather the page of a sweep in a language; `figures` are those drawn in it, by name."""
    run, design, manifest, language = folder.run, folder.design, folder.manifest, words.language
    place, own_name = run.baseline.text("place", language), run.baseline.text("name", language)
    ids = {"run_id": manifest.run_id, "seed": manifest.seed, "count": plain(manifest.replications.count, 0)}
    name = design.name.zh if language == "zh" else design.name.en
    return SweepPage(
        title=words.say("title_sweep", place=place, name=name),
        meta=words.say("meta_line_sweep", points=len(design.points), **ids),
        asked=design.question.zh if language == "zh" else design.question.en,
        varied=words.say("sweep_varied", baseline=own_name),
        factors=tuple(_factors(folder, words)),
        rules=tuple(_rules(folder, words)),
        answer=sweep_answer(folder, words),
        verdicts=sweep_verdict_table(folder, words),
        warnings=tuple(_warnings(folder, words)),
        points=sweep_points_tables(folder, words),
        baseline=(own_name, run.baseline.text("description", language)),
        basis_counts=basis_counts_table(run, words),
        basis_tables=basis_tables(run, words),
        value_count=plain(len(run.baseline.recorded), 0),
        has_unstated=any(value.basis == "unstated" for value in run.baseline.recorded),
        method=tuple(_method(folder, words)),
        figures={name: _page_figure(folder, saved, words) for name, saved in figures.items()},
        command=manifest.command,
        run_place=f"outputs/{manifest.study}/{manifest.run_id}",
        reproduce=words.say("reproduce_sweep_fields", **ids),
        environment=tuple(run.environment.items()),
    )


def _factors(folder: SweepFolder, words: Wording) -> Iterator[tuple[str, str]]:
    for factor in folder.design.factors:
        labels = [level_label(factor, level, words) for level in factor.levels]
        values = words.say("sweep_level_separator").join(labels)
        yield factor_name(factor, words), words.say("sweep_values", values=values)


def _rules(folder: SweepFolder, words: Wording) -> Iterator[str]:
    """What each point is compared with, and what all points share."""
    design, factor = folder.design, folder.columns_factor
    if design.paired_with == "baseline":
        yield words.say("sweep_paired_baseline")
    else:
        first = level_label(factor, factor.levels[0], words)
        yield words.say("sweep_paired_row", factor=factor_name(factor, words), level=first)
    if design.equal_headcount:
        yield words.say("sweep_equal_headcount")
    if design.equal_payroll_share is not None:
        share = f"{significant(100.0 * design.equal_payroll_share)}%"
        yield words.say("sweep_equal_payroll", share=share)


def _page_figure(folder: SweepFolder, saved: SavedFigure, words: Wording) -> PageFigure:
    reading = words.say(f"reading_{saved.name}", level=level_text(folder.run))
    return page_figure(saved, words.say(f"title_{saved.name}"), reading)


def _method(folder: SweepFolder, words: Wording) -> Iterator[str]:
    horizon, replications = folder.run.baseline.content["horizon"], folder.manifest.replications
    span = {"warmup": horizon["warmup_years"], "cohort": horizon["cohort_years"], "follow": horizon["follow_days"]}
    reason = words.say(
        f"stop_sweep_{replications.cause}",
        precision=quantity(replications.relative_precision or 0.0, Kind.SHARE, 0),
        cap=replications.cap or replications.count,
    )
    yield words.say("method_span", start=horizon["start_date"], **span)
    yield words.say("method_cohort", cohort=horizon["cohort_years"])
    yield words.say("method_sweep_replications", count=plain(replications.count, 0), reason=reason)
    yield words.say("method_sweep_paired", level=level_text(folder.run))
    yield words.say("audits_passed", count=folder.manifest.audits)
    yield words.say("method_left_out")


def _warnings(folder: SweepFolder, words: Wording) -> Iterator[str]:
    """Everything that weakens the sweep: unpaired points, replications, warm-up by tier, holidays, bases."""
    manifest, baseline = folder.manifest, folder.run.baseline
    if manifest.unpaired:
        points = _named_points(folder, manifest.unpaired, words)
        yield words.say("warning_sweep_unpaired", count=len(manifest.unpaired), points=points)
    if manifest.replications.cause == "cap_reached":
        yield words.say("warning_sweep_cap_reached", cap=manifest.replications.cap or manifest.replications.count)
    distinct = [scenario for scenario in manifest.scenarios if not _is_the_baseline(folder, scenario)]
    by_kind: dict[tuple[str, str], list[str]] = {}
    for warning in manifest.warnings:
        if warning.scenario in distinct:
            by_kind.setdefault((warning.code, warning.tier), []).append(warning.scenario)
    for (code, tier), scenarios in by_kind.items():
        if code in _WARMUP_CODES:
            yield words.say(
                f"warning_sweep_{code}",
                tier=baseline.name_of("tiers", tier, words.language),
                count=len(scenarios),
                all=len(distinct),
                warmup_days=365 * int(baseline.content["horizon"]["warmup_years"]),
                points=_named_points(folder, scenarios, words),
            )
    years = baseline.content["statutory_calendar"].get("assumed_years") or []
    if years:
        yield words.say("warning_assumed_holidays", years=words.join([str(year) for year in years]))
    unstated = sum(value.basis == "unstated" for value in baseline.recorded)
    if unstated:
        yield words.say("warning_unstated", count=plain(unstated, 0))


def _is_the_baseline(folder: SweepFolder, scenario: str) -> bool:
    """Whether a point is the baseline over again."""
    baseline = folder.manifest.scenarios[0]
    return any(p.scenario == scenario and p.is_reference and p.reference == baseline for p in folder.design.points)


def _named_points(folder: SweepFolder, scenarios: Sequence[str], words: Wording) -> str:
    """Name points by their levels; of many the first few."""
    names = []
    for scenario in scenarios:
        point = next((point for point in folder.design.points if point.scenario == scenario), None)
        if point is None:
            names.append(words.say("sweep_baseline_point"))
            continue
        labels = [
            level_label(factor, next(level for level in factor.levels if level.id == id_), words)
            for factor, id_ in zip(folder.design.factors, point.levels, strict=True)
        ]
        names.append(" / ".join(labels))
    more = ["…"] if len(names) > _MOST_POINTS_NAMED else []
    return words.join([*names[:_MOST_POINTS_NAMED], *more])
