"""`validate PATH…`: checks scenario and overlay files, studies, nations and targets of fits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import WORDS, Lang
from sim.cli.wording import CommandWords

if TYPE_CHECKING:
    from sim.specification.checking import FileCheck


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
    from sim.cli.sources import known_figures, known_sources
    from sim.errors import InputError, Problem
    from sim.specification.checking import validate_path

    known, figures = known_sources(), known_figures()
    problems: list[Problem] = []
    for path in paths:
        try:
            checks = validate_path(path, known, figures)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        for check in (_with_points(check, known) for check in checks):
            problems += [problem for problem in check.problems if problem not in problems]
            if not check.problems:
                print_line(words.say(f"{'file' if check.kind == 'scenario' else check.kind}_is_valid", file=check.file))
            for warning in check.warnings:
                print_line(words.say("warning", text=words.problem_line(warning)))
    if problems:
        raise InputError(problems)
    return DONE


def _with_points(check: "FileCheck", known_sources: frozenset[str]) -> "FileCheck":
    """Check the points of a study too: each is a scenario, and all must keep the study's constraints."""
    from dataclasses import replace

    from sim.errors import InputError

    if check.kind != "study" or check.problems:
        return check
    from sim.experiment.asking import Wanted
    from sim.experiment.sweep_asking import ask_sweep

    try:
        ask_sweep(Path(check.file), Wanted(known_sources=known_sources))
    except InputError as error:
        return replace(check, problems=error.problems)
    return check
