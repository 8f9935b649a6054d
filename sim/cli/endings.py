"""How a command ends: 0 done, 1 a run or check failed, 2 the input is wrong, 130 interrupted; never a traceback."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from sim.cli.screen import print_line
from sim.cli.wording import CommandWords
from sim.errors import AuditError, EnginesDifferError, FiguresConflictError, InputError, VerificationError

DONE: Final = 0
FAILED: Final = 1
WRONG_INPUT: Final = 2
INTERRUPTED: Final = 130

KeptSoFar = Callable[[], tuple[Path, int]]
"""Where finished replications are kept, and how many."""


def exit_code_of(
    words: CommandWords,
    action: Callable[[], int],
    kept: KeptSoFar | None = None,
    kept_message: str = "interrupted_kept",
) -> int:
    """Do something and return its exit code; whatever goes wrong is told in the user's language on stderr.

    `kept_message` says, after an interruption, what is kept.
    """
    from sim.experiment.locking import FolderInUseError

    try:
        with _terminated_like_interrupted():
            return action()
    except InputError as error:
        tell_problems(words, error)
        return WRONG_INPUT
    except AuditError as error:
        _tell(words.say("audit_failed"), *error.failures)
    except VerificationError as error:
        _tell(words.say("verification_failed"), *error.differences)
    except EnginesDifferError as error:
        from sim.cli.engine_difference import tell_difference

        tell_difference(words, error)
    except FiguresConflictError as error:
        _tell_conflicts(words, error)
    except FolderInUseError as error:
        _tell(words.say("folder_in_use", folder=error.folder))
    except BrokenProcessPool:
        _tell(words.say("worker_died"))
    except BrokenPipeError:
        # Whoever read what we write has seen enough; nothing is said on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _tell(words.say("system_error", reason=reason_of(error)))
    except KeyboardInterrupt:
        _tell(_interruption(words, kept, kept_message))
        return INTERRUPTED
    return FAILED


def tell_problems(words: CommandWords, error: InputError) -> None:
    """Tell every problem of the input, each on one line, and that nothing was written."""
    _tell(*(words.problem_line(problem) for problem in error.problems))
    count = len(error.problems)
    _tell(words.say("one_problem") if count == 1 else words.say("problem_count", count=count))


def reason_of(error: OSError) -> str:
    """Return what the system says, with the file it is about."""
    said = error.strerror or str(error) or type(error).__name__
    return f"{said}: {error.filename}" if error.filename else said


def _tell(*lines: str) -> None:
    for line in lines:
        print_line(line, stderr=True)


def _tell_conflicts(words: CommandWords, error: FiguresConflictError) -> None:
    from sim.cli.sources import citations

    cited = citations()
    _tell(words.say("figures_conflict"))
    for figures, prob in error.conflicts:
        named = [
            f"{getattr(cited[figure], words.language) if figure in cited else figure} [{figure}]" for figure in figures
        ]
        _tell(
            words.say(
                "figures_conflict_set", figures=words.say("figures_conflict_join").join(named), prob=f"{prob:.2%}"
            )
        )
    _tell(words.say("figures_conflict_advice"))


def _interruption(words: CommandWords, kept: KeptSoFar | None, kept_message: str) -> str:
    folder, count = kept() if kept is not None else (Path(), 0)
    return words.say(kept_message, folder=folder, count=count) if count else words.say("interrupted")


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM end a command as Ctrl-C does, so that workers stop and the last line is said."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    del signal_number, frame
    raise KeyboardInterrupt
