"""The report of a nation as one self-contained page, in the style of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.report.figures.saving import SavedFigure
from sim.report.headline import kind_of
from sim.report.nation_folder import NationFolder, quantity_name
from sim.report.numbers import Kind, decimals_for, plain, quantity, significant
from sim.report.page import PageFigure, page_figure
from sim.report.tables import Cell, Row, Table, number
from sim.report.wording import Wording

_COUNTED: Final = ("population_persons", "committees", "mediators", "emerged_count", "known_count")
_PER_WORD: Final = {"zh": 1e4, "en": 1e6}
"""Large numbers are told in 万 and in millions."""


@dataclass(frozen=True)
class NationPage:
    """Everything that the template lays out; all of it plain text but the drawing."""

    title: str
    meta: str
    lead: tuple[str, ...]
    table: Table
    warnings: tuple[str, ...]
    stated: Table
    model: tuple[str, str]
    method: tuple[str, ...]
    figures: Mapping[str, PageFigure]
    command: str
    reproduce: str


def nation_page(folder: NationFolder, figures: Mapping[str, SavedFigure], words: Wording) -> NationPage:
    """Gather the page in a language; `figures` are those drawn in it, by name."""
    manifest, model = folder.manifest, folder.model
    return NationPage(
        title=words.say("title_nation"),
        meta=words.say(
            "meta_line_nation", run_id=manifest.run_id, seed=manifest.seed, counties=plain(manifest.counties, 0)
        ),
        lead=tuple(lead_sentences(folder, words)),
        table=_table(folder, words),
        warnings=tuple(_warnings(folder, words)),
        stated=_stated_table(folder, words),
        model=(model.text("name", words.language), model.text("place", words.language)),
        method=tuple(_method(folder, words)),
        figures={
            name: page_figure(saved, words.say(f"title_{saved.name}"), words.say(f"reading_{saved.name}"))
            for name, saved in figures.items()
        },
        command=manifest.command,
        reproduce=words.say("nation_reproduce", run_id=manifest.run_id),
    )


def lead_sentences(folder: NationFolder, words: Wording) -> Iterator[str]:
    """Say in a few sentences what became of the year's disputes and how far counties differ."""
    emerged, known = folder.row("emerged_count"), folder.row("known_count")
    yield words.say(
        "nation_lead_disputes",
        counties=plain(folder.manifest.counties, 0),
        emerged=_large(emerged["total"], words),
        known=_large(known["total"], words),
        share=_share(folder.row("surfaced_share")["mean"]),
    )
    if folder.is_whole:
        difference = quantity(abs(known["total"] / known["stated"] - 1.0), Kind.SHARE, 1)
        which = "more" if known["total"] >= known["stated"] else "fewer"
        yield words.say(f"nation_lead_stated_{which}", stated=_large(known["stated"], words), difference=difference)
    names = ("settled_share_180d", "settled_at_or_below_village_share", "reached_top_tier_share")
    settled, village, top = (_share(folder.row(name)["mean"]) for name in names)
    litigated, incident = (folder.row(name)["total"] for name in ("litigated_share_180d", "incident_share_180d"))
    yield words.say(
        "nation_lead_fates",
        settled=settled,
        village=village,
        top=top,
        days=plain(folder.row("days_unresolved_180d")["mean"], 0),
        litigated=_large(litigated, words),
        incident=_large(incident, words),
    )
    hours, cost = folder.row("staff_hours_per_settled"), folder.row("cost_yuan_per_settled")
    yield words.say(
        "nation_lead_staff",
        hours=_large(hours["total"], words),
        each=plain(hours["mean"], 1),
        cost=plain(cost["mean"], 0),
    )
    spread = folder.row("settled_share_180d")
    busy = folder.row("utilisation", "town")
    yield words.say(
        "nation_lead_spread",
        low=_share(spread["p10"]),
        high=_share(spread["p90"]),
        busy_low=_share(busy["p10"]),
        busy_high=_share(busy["p90"]),
    )


def _large(count: float, words: Wording) -> str:
    """A large number as it is told; a small one in full."""
    unit = _PER_WORD[words.language]
    if count >= unit:
        return words.say("nation_large", number=significant(count / unit))
    return words.say("nation_small", number=plain(count, 0))


def _share(share: float) -> str:
    return quantity(share, Kind.SHARE, 1 if abs(share) >= 0.1 else 2)


def _table(folder: NationFolder, words: Wording) -> Table:
    rows = []
    for _, row in folder.table.iterrows():
        is_count = row["weighted_by"] == ""
        if not is_count or row["quantity"] in _COUNTED:
            rows.append(_count_row(folder, row, words) if is_count else _measure_row(folder, row, words))
    heads = ("measure", "nation_mean", "nation_total", "nation_p10", "nation_p50", "nation_p90", "nation_stated")
    return Table(
        words.say("table_nation"),
        tuple(words.say(f"head_{head}") for head in heads),
        tuple(rows),
        words.say("table_nation_note"),
    )


def _count_row(folder: NationFolder, row: Any, words: Wording) -> Row:
    shown = ["–", plain(row["total"], 0), *(plain(row[name], 0) for name in ("p10", "p50", "p90", "stated"))]
    return Row((Cell(quantity_name(folder, row["quantity"], "", words)), *map(number, shown)))


def _measure_row(folder: NationFolder, row: Any, words: Wording) -> Row:
    kind = kind_of(row["quantity"])
    decimals = decimals_for(kind, [row["mean"]])
    mean, *quantiles = (quantity(row[name], kind, decimals) for name in ("mean", "p10", "p50", "p90"))
    shown = [mean, plain(row["total"], 0), *quantiles, "–"]
    return Row((Cell(quantity_name(folder, row["quantity"], row["tier"], words)), *map(number, shown)))


def _warnings(folder: NationFolder, words: Wording) -> Iterator[str]:
    if not folder.is_whole:
        yield words.say(
            "warning_nation_counties",
            counties=plain(folder.manifest.counties, 0),
            of=plain(folder.manifest.counties_of_nation, 0),
        )
    yield words.say("warning_nation_alike", place=folder.model.text("place", words.language))
    yield words.say("warning_nation_spread")
    if not folder.model.content["horizon"]["warmup_years"]:
        yield words.say("warning_nation_empty_desks")


def _stated_table(folder: NationFolder, words: Wording) -> Table:
    rows = []
    for stated in folder.stated.to_dict("records"):
        cells = [Cell(_stated_name(folder, stated["path"], words)), number(significant(stated["value"], 12))]
        cells += [
            Cell(words.terms.bases[stated["basis"] or "unstated"]),
            Cell(stated[f"source_{words.language}"] or "–"),
        ]
        rows.append(Row(tuple(cells)))
    heads = ("item", "value", "basis", "source")
    return Table(words.say("table_nation_stated"), tuple(words.say(f"head_{head}") for head in heads), tuple(rows))


def _stated_name(folder: NationFolder, path: str, words: Wording) -> str:
    parts = path.split(".")
    if parts[0] != "staff":
        return words.say(f"nation_{'_'.join(parts)}")
    return words.say(f"nation_staff_{parts[1]}", group=folder.model.name_of("staff_groups", parts[2], words.language))


def _method(folder: NationFolder, words: Wording) -> Sequence[str]:
    horizon, manifest = folder.model.content["horizon"], folder.manifest
    return (
        words.say("method_nation_classes", classes=plain(manifest.size_classes, 0)),
        words.say(
            "method_nation_span",
            start=horizon["start_date"],
            warmup=horizon["warmup_years"],
            cohort=horizon["cohort_years"],
            follow=horizon["follow_days"],
            latent=horizon["latent_days"],
        ),
        words.say("method_nation_means"),
        words.say("method_nation_audits", count=manifest.audits),
        words.say("method_left_out"),
    )
