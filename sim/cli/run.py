"""`run SCENARIO`: replications of one scenario."""

from pathlib import Path

import typer

from sim.cli.language import words_in
from sim.cli.options import (
    DEFAULT_OUT,
    Lang,
    Out,
    Overlays,
    Records,
    Replications,
    Scenario,
    Seed,
    Settings,
    Workers,
)
from sim.cli.wording import CommandWords


def run(  # noqa: PLR0913 -- an argument for each option
    scenario: Scenario,
    overlays: Overlays = None,
    settings: Settings = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
    records: Records = False,
) -> None:
    """Run one scenario and write its report."""
    from sim.cli.answering import Answering
    from sim.cli.asking import command_of, wanted
    from sim.experiment.asking import ask_run

    words: CommandWords = words_in(lang)
    laid_over: list[Path] = overlays or []
    set_values: list[str] = settings or []
    details = {"with": laid_over, "set": set_values}
    asked = wanted(command_of("run", [scenario], replications, seed, records, **details), replications, seed, records)
    answering = Answering(words, lambda: ask_run(scenario, laid_over, set_values, asked), out, workers)
    raise typer.Exit(answering.exit_code())
