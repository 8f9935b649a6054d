"""The page of the library: every practice of the sources with overlay, lever, evidence, test and measured effect."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sim.outcomes.measures import MEASURES
from sim.report.numbers import Kind, decimals_for, signed_quantity
from sim.report.practice_words import PRACTICE_WORDS
from sim.report.wording import Wording, wording
from sim.specification.practice_library import CatalogueRow
from sim.specification.practice_numbers import StatedNumber
from sim.specification.schema.fields import Name
from sim.specification.schema.practice import Practice

EFFECT_TEST: Final = "tests/unit/scenarios/test_practice_effects.py"
LEVER_TEST: Final = "tests/unit/scenarios/test_practices.py"
OVERLAY_FOLDER: Final = "../scenarios/practices"


@dataclass(frozen=True, slots=True)
class ShownPractice:
    """An overlay as the page shows it; `numbers` are those that its file states."""

    slug: str
    practice: Practice
    numbers: Sequence[StatedNumber]


@dataclass(frozen=True, slots=True)
class Library:
    """All that the page shows; `citations` by source key in the page's language, `places` and `shares` by folder."""

    rows: Sequence[CatalogueRow]
    practices: Mapping[str, ShownPractice]
    effects: pd.DataFrame
    citations: Mapping[str, str]
    places: Mapping[str, Name]
    shares: Mapping[str, float]


def practices_page(library: Library, language: str) -> str:
    """Return the page as Markdown."""
    page = _Page(library, wording(language), PRACTICE_WORDS[language])
    return "\n".join(page.lines()) + "\n"


_OF_STAFF_AND_MONEY: Final = ("payroll_", "cost_", "total_cost_", "staff_hours_", "patrol_hours_", "utilisation")


def has_effect(effects: pd.DataFrame, slug: str) -> bool:
    """Whether at any place an interval leaves out zero, of a measure that tells of disputes, not of staff or money."""
    of_practice = effects[(effects["practice"] == slug) & ~effects["measure"].str.startswith(_OF_STAFF_AND_MONEY)]
    return any(_is_clear(row) for row in of_practice.itertuples())


def _is_clear(row: object) -> bool:
    low, high = float(str(_cell(row, "low"))), float(str(_cell(row, "high")))
    return low > 0.0 or high < 0.0


def _cell(row: object, column: str) -> object:
    return getattr(row, column)


@dataclass(frozen=True, slots=True)
class _Page:
    library: Library
    words: Wording
    own: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        library, own = self.library, self.own
        expressed = sum(bool(row.overlays) for row in library.rows)
        counts = {"all": len(library.rows), "expressed": expressed, "overlays": len(library.practices)}
        yield own["title"]
        yield ""
        yield from own["introduction"].format(**counts, replications=self._replications()).splitlines()
        yield ""
        places = [self._name(name) for name in library.places.values()]
        header = [own[key] for key in ("number", "practice", "overlay", "lever", "evidence", "test")]
        yield _row([*header, *(own["effect_on"].format(place=place) for place in places)])
        yield _row(["---"] * (len(header) + len(places)))
        for row in library.rows:
            yield self._practice_row(row)
        yield ""
        yield own["overlays_title"]
        for slug in library.practices:
            yield from self._overlay(slug)
        yield ""
        yield own["documents_title"]
        yield ""
        for source in dict.fromkeys(key for row in library.rows for key in row.documents):
            yield f"- {library.citations.get(source, source)}"

    def _replications(self) -> str:
        counts = self.library.effects.groupby("place", sort=False)["replications"].max()
        shares = {
            place: "" if share == 1 else self.own["share"].format(percent=f"{share:.0%}")
            for place, share in self.library.shares.items()
        }
        listed = [
            f"{self._name(self.library.places[str(place)])}{shares[str(place)]} {count}"
            for place, count in counts.items()
        ]
        return self.words.join(listed)

    def _practice_row(self, row: CatalogueRow) -> str:
        name = row.name_zh if self.words.language == "zh" else row.name_en
        cited = self.words.join([self._short(key) for key in row.documents])
        head = [row.id.upper(), f"{name}<br>{cited}"]
        places = self.library.places
        if not row.overlays:
            reason = row.reason_zh if self.words.language == "zh" else row.reason_en
            return _row([*head, self.own["not_expressed"].format(reason=reason), *["–"] * (3 + len(places))])
        shown = [self.library.practices[slug] for slug in row.overlays]
        cells = [
            _stacked(f"[{each.slug}](#{each.slug})" for each in shown),
            _stacked(", ".join(f"`{lever}`" for lever in each.practice.levers) for each in shown),
            _stacked(self.own[each.practice.evidence.kind] for each in shown),
            _stacked(self._test(each) for each in shown),
        ]
        effects = [_stacked(self._effects(slug, place) for slug in row.overlays) for place in places]
        return _row([*head, *cells, *effects])

    def _short(self, source: str) -> str:
        """Author and year of a citation: what stands before its first comma."""
        return re.split(r", |，", self.library.citations.get(source, source), maxsplit=1)[0]

    def _test(self, shown: ShownPractice) -> str:
        directed = any(direction != "either" for direction in shown.practice.shows_in.values())
        file = EFFECT_TEST if directed else LEVER_TEST
        return f"[{file.rsplit('/', maxsplit=1)[-1]}](../{file}) `[{shown.slug}]`"

    def _effects(self, slug: str, place: str) -> str:
        effects = self.library.effects
        rows = effects[(effects["practice"] == slug) & (effects["place"] == place)]
        return self.own["semicolon"].join(map(self._effect, rows.itertuples())) or self.own["not_measured"]

    def _effect(self, row: object) -> str:
        measure, tier = str(_cell(row, "measure")), str(_cell(row, "tier"))
        difference, low, high, mean = (
            float(str(_cell(row, column))) for column in ("difference", "low", "high", "reference_mean")
        )
        unit = MEASURES[measure].unit
        kind = Kind.SHARE if unit == "share" else Kind.PLAIN
        half_widths = [(high - low) / 2]
        decimals = decimals_for(kind, [difference], half_widths) if difference else decimals_for(kind, [mean])
        number, ends = (
            signed_quantity(difference, kind, decimals),
            [signed_quantity(end, kind, decimals) for end in (low, high)],
        )
        where = f" ({tier.removeprefix('group:')})" if tier else ""
        points = self.own["points"] if kind is Kind.SHARE else f" {self.words.terms.units.get(unit, unit)}"
        verdict = "" if low > 0 or high < 0 else self.own["no_effect_mark"]
        return (
            f"{self.words.measure(measure)}{where}{self.own['colon']}{number}{points} [{ends[0]}, {ends[1]}]{verdict}"
        )

    def _overlay(self, slug: str) -> Iterator[str]:
        shown, own = self.library.practices[slug], self.own
        practice = shown.practice
        served = self.words.join([id_.upper() for id_ in practice.serves])
        yield ""
        yield f"### {slug}"
        yield ""
        said = {"name": self._name(practice.name), "place": self._name(practice.place), "served": served}
        yield own["heading"].format(**said, file=f"{OVERLAY_FOLDER}/{slug}.yaml")
        yield ""
        figures = "".join(f" `{figure}`" for figure in practice.evidence.figures)
        evidence = own["in_brackets"].format(said=own["evidence"], more=own[practice.evidence.kind])
        yield self._line(evidence, f"{self._name(practice.evidence.statement)}{figures}")
        mechanisms = self.words.join([own[mechanism] for mechanism in practice.mechanisms])
        yield self._line(own["mechanisms"], mechanisms)
        if practice.measured_over:
            over = practice.measured_over
            yield self._line(own["measured_over"], f"[{over}]({OVERLAY_FOLDER}/{over})")
        if practice.remark is not None:
            yield self._line(own["remark"], self._name(practice.remark))
        if len(self.library.effects) and not has_effect(self.library.effects, slug):
            yield f"- {own['no_measurable_effect']}"
        for number in shown.numbers:
            yield f"- {self._number(number)}"
        for place, name in self.library.places.items():
            yield self._line(own["effect_on"].format(place=self._name(name)), self._effects(slug, place))

    def _line(self, what: str, said: str) -> str:
        return f"- {what}{self.own['colon']}{said}"

    def _number(self, number: StatedNumber) -> str:
        own = self.own
        span = f" [{plain_text(number.range[0])}, {plain_text(number.range[1])}]" if number.range else ""
        source = f", `{number.source}`" if number.source else ""
        said = own[number.operation].format(value=number.text, per=number.per)
        return own["in_brackets"].format(
            said=f"`{number.path}` {said}{span}", more=f"{own[f'basis_{number.basis}']}{source}"
        )

    def _name(self, name: Name) -> str:
        return name.zh if self.words.language == "zh" else name.en


def plain_text(value: float) -> str:
    """Return a number as a person writes it."""
    return f"{value:.10g}"


def _stacked(cells: Iterable[str]) -> str:
    return "<br>".join(cells)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
