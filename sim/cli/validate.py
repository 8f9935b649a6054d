"""`validate PATH…`: checks scenario and overlay files."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import WORDS, Lang
from sim.cli.wording import CommandWords


def validate(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help=WORDS.say("argument_paths"), show_default=False)
    ],
    lang: Lang = None,
) -> None:
    """Check files and say of each whether it is valid."""
    words = words_in(lang)
    raise typer.Exit(exit_code_of(words, lambda: _validate(words, paths)))


def _validate(words: CommandWords, paths: list[Path]) -> int:
    from sim.cli.screen import print_line
    from sim.cli.sources import known_sources
    from sim.errors import InputError, Problem
    from sim.specification.checking import validate_path

    known = known_sources()
    problems: list[Problem] = []
    for path in paths:
        try:
            checks = validate_path(path, known)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        for check in checks:
            problems += [problem for problem in check.problems if problem not in problems]
            if not check.problems:
                print_line(words.say(f"{'file' if check.kind == 'scenario' else check.kind}_is_valid", file=check.file))
            for warning in check.warnings:
                print_line(words.say("warning", text=words.problem_line(warning)))
    if problems:
        raise InputError(problems)
    return DONE
