"""`practices`: measures what the practices of the library do, and writes the page that lists them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import DEFAULT_OUT, WORDS, Engine, Lang, Out, Workers
from sim.cli.wording import CommandWords
from sim.engine.choose import DEFAULT_ENGINE, EngineName

if TYPE_CHECKING:
    from sim.experiment.practice_effects import PracticeCase

SCENARIOS: Final = Path("scenarios")
LIBRARY: Final = SCENARIOS / "practices"
EFFECTS_FILE: Final = Path("docs/practices_effects.csv")
PAGES: Final = {"en": Path("docs/practices.md"), "zh": Path("docs/practices.zh-CN.md")}
PLACES: Final = {"xichou": 0.25, "jinjiang": 0.05}
"""Where effects are measured, and on what share of the place, by whole villages: so the table takes minutes."""

Count = Annotated[int, typer.Option("--replications", metavar="N", min=2, help=WORDS.say("option_practice_count"))]


def practices(
    replications: Count = 10,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    place: Annotated[list[str] | None, typer.Option("--place", help=WORDS.say("option_practice_place"))] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help=WORDS.say("option_practice_only"))] = None,
    page_only: Annotated[bool, typer.Option("--page-only", help=WORDS.say("option_page_only"))] = False,
    lang: Lang = None,
) -> None:
    """Measure the practices whose stored effects are out of date, and write the pages."""
    words = words_in(lang)
    asked = (replications, workers, engine, out, tuple(place or PLACES), frozenset(only or ()), page_only)
    raise typer.Exit(exit_code_of(words, lambda: _practices(words, *asked)))


def _practices(
    words: CommandWords,
    replications: int,
    workers: int | None,
    engine: EngineName,
    out: Path,
    places: tuple[str, ...],
    only: frozenset[str],
    page_only: bool,
) -> int:
    from sim.cli.screen import print_line

    if not page_only:
        _measure(words, replications, workers, engine, out, places, only)
    for language in PAGES:
        _write_page(language)
        print_line(words.say("practices_page_in", file=PAGES[language]))
    return DONE


def _measure(
    words: CommandWords,
    replications: int,
    workers: int | None,
    engine: EngineName,
    out: Path,
    places: tuple[str, ...],
    only: frozenset[str],
) -> None:
    from sim.cli.watching import watching
    from sim.experiment.executor import open_workers, usable_cores
    from sim.experiment.practice_effects import measure_effects, merged_effects, read_effects, staleness, write_effects

    stored = read_effects(EFFECTS_FILE)
    stale = [case for case in cases_of(places, only) if staleness(case, stored, replications)]
    with watching(words) as watcher, open_workers(workers or usable_cores(), engine, watcher) as pool:
        for place in places:
            of_place = [case for case in stale if case.place == place]
            folder = out / "practices" / place
            measured = measure_effects(of_place, folder, replications, pool, watcher, engine)
            # Written place by place, so that an interruption loses none that is finished.
            stored = merged_effects(stored, measured)
            write_effects(EFFECTS_FILE, stored)


def cases_of(places: tuple[str, ...], only: frozenset[str]) -> list["PracticeCase"]:
    """Return every practice (or those named) laid over each place, as it is measured."""
    from sim.cli.sources import known_sources
    from sim.experiment.practice_effects import practice_case
    from sim.specification.practice_library import practice_overlays

    known = known_sources()
    return [
        practice_case(slug, overlay, SCENARIOS / place / "baseline.yaml", known, PLACES.get(place, 1.0))
        for place in places
        for slug, overlay in practice_overlays(LIBRARY).items()
        if not only or slug in only
    ]


def _write_page(language: str) -> None:
    PAGES[language].write_text(page_text(language), encoding="utf-8", newline="\n")


def page_text(language: str) -> str:
    """Return the page as it would be written now."""
    from sim.cli.sources import citations, known_sources
    from sim.experiment.practice_effects import read_effects
    from sim.report.practices_page import Library, ShownPractice, practices_page
    from sim.specification.loading import load_scenario
    from sim.specification.practice_library import practice_overlays, read_catalogue
    from sim.specification.practice_numbers import stated_numbers

    known, baselines = known_sources(), {place: SCENARIOS / place / "baseline.yaml" for place in PLACES}
    shown = {}
    for slug, overlay in practice_overlays(LIBRARY).items():
        resolved = load_scenario(baselines["xichou"], [overlay], known_sources=known)
        shown[slug] = ShownPractice(slug, resolved.practices[-1], stated_numbers(overlay))
    cited = {key: source.zh if language == "zh" else source.en for key, source in citations().items()}
    return practices_page(
        Library(
            rows=read_catalogue(LIBRARY),
            practices=shown,
            effects=read_effects(EFFECTS_FILE),
            citations=cited,
            places={place: load_scenario(path).scenario.place for place, path in baselines.items()},
            shares=PLACES,
        ),
        language,
    )
