"""`nation NATION`: a year of the nation, county by county."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import DEFAULT_OUT, WORDS, Engine, Lang, Out, Seed, Workers
from sim.cli.wording import LANGUAGES, CommandWords
from sim.engine.choose import DEFAULT_ENGINE, EngineName

if TYPE_CHECKING:
    from sim.experiment.nation import FinishedNation, NationQuestion

_MOST_COUNTIES = 100_000


def nation(
    nation_file: Annotated[
        Path, typer.Argument(metavar="NATION", help=WORDS.say("argument_nation"), show_default=False)
    ],
    counties: Annotated[
        int | None,
        typer.Option(
            "--counties",
            metavar="N",
            min=1,
            max=_MOST_COUNTIES,
            help=WORDS.say("option_counties"),
            show_default=False,
        ),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
) -> None:
    """Simulate a nation and write its report."""
    answering = _NationAnswering(words_in(lang), nation_file, counties, seed, out, workers, engine)
    raise typer.Exit(answering.exit_code())


@dataclass(slots=True)
class _NationAnswering:
    words: CommandWords
    path: Path
    counties: int | None
    seed: int | None
    out: Path
    workers: int | None
    engine: EngineName
    _question: "NationQuestion | None" = field(default=None, init=False)

    def exit_code(self) -> int:
        return exit_code_of(self.words, self._answer, self._kept, "interrupted_counties")

    def _answer(self) -> int:
        from sim.cli.watching import watching
        from sim.experiment.executor import usable_cores
        from sim.experiment.nation import run_nation

        question = self._question = self._asked()
        with watching(self.words) as watcher:
            started = time.perf_counter()
            count = self.workers or usable_cores()
            finished = run_nation(question, self.out, count, watcher, self.engine)
            seconds = time.perf_counter() - started
        reports = draw_nation(finished.folder, LANGUAGES, self.words)
        self._tell(finished, seconds, reports)
        return DONE

    def _asked(self) -> "NationQuestion":
        from sim.cli.asking import Asked
        from sim.cli.sources import citations
        from sim.experiment.nation import ask_nation
        from sim.specification.nations import read_nation

        cited = citations()
        file = read_nation(self.path, frozenset(cited))
        asked = Asked("nation", [self.path], seed=self.seed)
        number = [] if self.counties is None else ["--counties", str(self.counties)]
        return ask_nation(
            file,
            "nation",
            counties=self.counties,
            seed=self.seed,
            sources=tuple(cited.values()),
            command=" ".join([asked.command(), *number]),
        )

    def _tell(self, finished: "FinishedNation", seconds: float, reports: list[Path]) -> None:
        from sim.cli.screen import print_line
        from sim.report.nation_report import nation_lines

        words = self.words
        if finished.done_now == 0:
            print_line(words.say("already_there"))
        elif self.engine is EngineName.BOTH:
            print_line(words.say("both_agree"))
        for line in nation_lines(finished.folder, words.language):
            print_line(line)
        if finished.done_now == finished.manifest.counties:
            print_line(words.say("done_nation", **_speed(finished, seconds)))
        print_line(words.say("results_in", folder=finished.folder))
        for report in reports:
            print_line(words.say("report_in", file=report))

    def _kept(self) -> tuple[Path, int]:
        from sim.experiment.nation import kept_counties

        return kept_counties(self._question, self.out) if self._question else (self.out, 0)


def draw_nation(run_dir: Path, languages: tuple[str, ...], words: CommandWords) -> list[Path]:
    """Build the figure and the reports of a nation's folder; return the reports."""
    from sim.cli.watching import busy

    with busy(words, "stage_report"):
        from sim.report.nation_report import rebuild_nation

        return [path for path in rebuild_nation(run_dir, languages) if path.suffix == ".html"]


def _speed(finished: "FinishedNation", seconds: float) -> dict[str, str]:
    """Counties, disputes and time, as they are told."""
    import pandas as pd

    from sim.experiment.nation import NATION_FILE

    table = pd.read_csv(finished.folder / NATION_FILE, encoding="utf-8-sig").set_index("quantity")["total"]
    simulated = float(table["simulated_count"])
    return {
        "counties": f"{finished.manifest.counties:,}",
        "seconds": f"{seconds:.1f}",
        "emerged": f"{float(table['emerged_count']):,.0f}",
        "simulated": f"{simulated:,.0f}",
        "each": f"{seconds / simulated * 1e6:.2f}",
    }
