"""Runs a question and reports it: what `run` and `compare` have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.cli.endings import DONE, exit_code_of
from sim.cli.screen import print_line
from sim.cli.summary import print_summary
from sim.cli.watching import busy, watching
from sim.cli.wording import LANGUAGES, CommandWords
from sim.engine.choose import EngineName
from sim.experiment.executor import usable_cores
from sim.experiment.question import Question
from sim.experiment.run import FinishedRun, kept_replications, run_question


@dataclass(slots=True)
class Answering:
    """One command that asks a question; `ask` reads the files."""

    words: CommandWords
    ask: Callable[[], Question]
    out: Path
    workers: int | None
    engine: EngineName
    _question: Question | None = field(default=None, init=False)

    def exit_code(self) -> int:
        """Answer, report, and return the exit code."""
        return exit_code_of(self.words, self._answer, self._kept)

    def _answer(self) -> int:
        question = self._question = self.ask()
        self._tell_warnings(question)
        with watching(self.words) as watcher:
            count = self.workers or usable_cores()
            finished = run_question(question, self.out, count, watcher, self.engine)
        reports = draw(finished.folder, LANGUAGES, self.words)
        self._tell(finished, reports)
        return DONE

    def _tell_warnings(self, question: Question) -> None:
        lines = dict.fromkeys(
            self.words.say("warning", text=self.words.problem_line(warning))
            for named in question.scenarios
            for warning in named.resolved.warnings
        )
        for line in lines:
            print_line(line, stderr=True)

    def _tell(self, finished: FinishedRun, reports: list[Path]) -> None:
        words = self.words
        if finished.was_already_there and self.engine is EngineName.BOTH:
            print_line(words.say("already_there_not_compared", folder=finished.folder))
        elif finished.was_already_there:
            print_line(words.say("already_there"))
        elif self.engine is EngineName.BOTH:
            print_line(words.say("both_agree"))
        tell_changed_files(finished.changed_files, words)
        print_summary(finished.folder, words)
        done = finished.manifest.replications
        precision = "" if done.relative_precision is None else f"{done.relative_precision:.3g}"
        draws = 0 if finished.manifest.posterior is None else finished.manifest.posterior.draws
        print_line(words.say(f"done_{done.cause}", count=done.count, precision=precision, draws=draws))
        print_line(words.say("results_in", folder=finished.folder))
        for report in reports:
            print_line(words.say("report_in", file=report))

    def _kept(self) -> tuple[Path, int]:
        return kept_replications(self._question, self.out) if self._question else (self.out, 0)


def tell_changed_files(names: Sequence[str], words: CommandWords) -> None:
    """Say which result files of a finished folder were changed since, if any were."""
    if names:
        print_line(words.say("changed_since", files=", ".join(names)), stderr=True)


def draw(run_dir: Path, languages: tuple[str, ...], words: CommandWords) -> list[Path]:
    """Build figures and reports of a run folder; return the reports."""
    with busy(words, "stage_report"):
        from sim.report import rebuild

        return [path for path in rebuild(run_dir, languages) if path.suffix == ".html"]
