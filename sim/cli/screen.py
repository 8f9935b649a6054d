"""Where the command line writes: never a failure over a letter that the terminal does not have."""

import io
import sys

from rich.console import Console

_WIDTH_OF_A_FILE = 120
"""Columns of what is written to a file or a pipe, which have no width of their own."""


def never_fail_on_letters() -> None:
    """Let stdout and stderr write ? for what their encoding lacks (cp936, ascii) instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def console(*, stderr: bool = False) -> Console:
    """Return a console for results (stdout) or for progress and problems (stderr); plain text, no markup."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH_OF_A_FILE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_line(text: str, *, stderr: bool = False) -> None:
    """Print one line unwrapped, so that paths can be copied and lines searched."""
    console(stderr=stderr).print(text, soft_wrap=True)


def print_document(text: str) -> None:
    """Print a document as it is; into a file or a pipe always as UTF-8, whatever the system's own encoding."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
