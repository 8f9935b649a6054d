"""`calibrate TARGETS`: fits a place to reported figures, says what they tell and what stays assumed."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.endings import DONE, FAILED, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import DEFAULT_OUT, WORDS, Engine, Lang, Out, Workers
from sim.cli.wording import LANGUAGES, CommandWords
from sim.engine.choose import DEFAULT_ENGINE, EngineName

if TYPE_CHECKING:
    from calibration.fit.calibrating import FinishedCalibration


def calibrate(
    targets_file: Annotated[
        Path, typer.Argument(metavar="TARGETS", help=WORDS.say("argument_targets"), show_default=False)
    ],
    adopt: Annotated[bool, typer.Option("--adopt", help=WORDS.say("option_adopt"))] = False,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
) -> None:
    """Fit a place to its reported figures and write the report."""
    calibrating = _Calibrating(words_in(lang), targets_file, adopt, workers, engine, out)
    raise typer.Exit(calibrating.exit_code())


@dataclass(frozen=True, slots=True)
class _Calibrating:
    words: CommandWords
    targets_file: Path
    adopt: bool
    workers: int | None
    engine: EngineName
    out: Path

    def exit_code(self) -> int:
        return exit_code_of(self.words, self._answer, self._kept, "interrupted_fit")

    def _answer(self) -> int:
        from calibration.fit.calibrating import adopt, calibrate
        from sim.cli.answering import draw
        from sim.cli.asking import Asked
        from sim.cli.screen import print_line
        from sim.cli.watching import watching
        from sim.experiment.executor import usable_cores

        command = Asked("calibrate", [self.targets_file]).command()
        count = self.workers or usable_cores()
        with watching(self.words) as watcher:
            started = time.perf_counter()
            finished = calibrate(self.targets_file, self.out, count, watcher, self.engine, command)
            seconds = time.perf_counter() - started
        reports = draw(finished.folder, LANGUAGES, self.words)
        self._tell(finished, seconds, reports)
        if self.adopt and finished.changed_files:
            print_line(self.words.say("not_adopted"), stderr=True)
            return FAILED
        if self.adopt:
            for path in adopt(finished, self.targets_file):
                print_line(self.words.say("adopted", file=path))
        return DONE

    def _tell(self, finished: "FinishedCalibration", seconds: float, reports: list[Path]) -> None:
        from sim.cli.answering import tell_changed_files
        from sim.cli.screen import print_line
        from sim.report.calibration_report import calibration_lines

        if finished.was_already_there:
            print_line(self.words.say("already_there"))
        tell_changed_files(finished.changed_files, self.words)
        for line in calibration_lines(finished.folder, self.words.language):
            print_line(line)
        if not finished.was_already_there:
            print_line(self.words.say("done_fit", rows=finished.manifest.rows, seconds=f"{seconds:.0f}"))
        print_line(self.words.say("results_in", folder=finished.folder))
        for report in reports:
            print_line(self.words.say("report_in", file=report))

    def _kept(self) -> tuple[Path, int]:
        from calibration.fit.calibrating import kept_simulations

        return kept_simulations(self.targets_file, self.out)
