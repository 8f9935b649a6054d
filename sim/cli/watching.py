"""Progress with the time left: a bar on a terminal, a plain line now and then elsewhere; nothing under two seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from sim.cli.screen import console
from sim.cli.wording import CommandWords
from sim.experiment.progress import Stage
from sim.stats import StoppingDecision

_SILENT_S: Final = 2.0
_LINE_EVERY_S: Final = 10.0
_STEPS_TO_JUDGE_BY: Final = 3


class Watcher:
    """Shows the progress of a run on stderr; a `Progress` of `sim.experiment`."""

    def __init__(self, words: CommandWords, bar: Progress | None) -> None:
        self._words = words
        self._bar = bar
        self._task: TaskID | None = None
        self._started = self._last_line = time.monotonic()
        self._label, self._total, self._done, self._counted_from = "", 0, 0, 0
        self._first_done: float | None = None
        self._has_begun = False

    def begin(self, stage: Stage, total: int, already_done: int = 0) -> None:
        """A stage of `total` steps begins; `already_done` of them were kept from an interrupted run."""
        if stage is Stage.COMPILING:
            self._print(self._words.say("compiling"))
        else:
            if not self._has_begun and already_done:
                self._print(self._words.say("kept_before", count=already_done, total=total))
            self._has_begun = True
        self._label = self._words.say(f"stage_{stage.value}")
        self._total, self._done, self._first_done = total, already_done, None
        self._started = self._last_line = time.monotonic()
        if self._bar is not None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(self._label, total=total, completed=already_done, left="")

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done, all at once."""
        self._done += steps
        now = time.monotonic()
        if self._first_done is None:
            self._first_done, self._counted_from = now, self._done
        seconds_left = self._seconds_left(now)
        left = "" if seconds_left is None else duration_text(seconds_left, self._words)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, left=left)
            return
        is_due = now - self._last_line >= (_SILENT_S if self._last_line == self._started else _LINE_EVERY_S)
        if is_due and left and self._done < self._total:
            self._last_line = now
            counts = {"done": self._done, "total": self._total, "left": left}
            self._print(self._words.say("progress_line", stage=self._label, **counts))

    def looked(self, decision: StoppingDecision) -> None:
        """A look was taken."""
        met = sum(criterion.is_met for criterion in decision.criteria)
        self._print(self._words.say("looked", count=decision.n, met=met, all=len(decision.criteria)))

    def _seconds_left(self, now: float) -> float | None:
        """Judge by the steps after the first, which also waits for workers to start."""
        steps = self._done - self._counted_from
        if self._first_done is None or steps < _STEPS_TO_JUDGE_BY:
            return None
        return (now - self._first_done) / steps * (self._total - self._done)

    def _print(self, text: str) -> None:
        where = self._bar.console if self._bar is not None else console(stderr=True)
        where.print(text, soft_wrap=True)


class _LeftColumn(ProgressColumn):
    def __init__(self, words: CommandWords) -> None:
        super().__init__()
        self._words = words

    def render(self, task: Task) -> Text:
        """Show the time left."""
        left = str(task.fields.get("left", ""))
        return Text(self._words.say("left", left=left) if left else "")


@contextmanager
def watching(words: CommandWords) -> Iterator[Watcher]:
    """Watch a run: a bar on a terminal, lines elsewhere."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield Watcher(words, None)
        return
    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), _LeftColumn(words), console=screen, transient=True) as bar:
        yield Watcher(words, bar)


@contextmanager
def busy(words: CommandWords, message: str) -> Iterator[None]:
    """Show on a terminal that something without steps is being done."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield
        return
    with screen.status(words.say(message), spinner="line"):
        yield


def duration_text(seconds: float, words: CommandWords) -> str:
    """Return a duration in the largest unit that leaves at least two of it."""
    if seconds < 120:
        return words.say("seconds", count=round(seconds))
    if seconds < 7_200:
        return words.say("minutes", count=round(seconds / 60))
    return words.say("hours", count=round(seconds / 3_600))
