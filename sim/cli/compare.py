"""`compare FOLDER | SCENARIO SCENARIO…`: policies against a baseline, on the same disputes."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import words_in
from sim.cli.options import DEFAULT_OUT, WORDS, Engine, Lang, Out, Posterior, Records, Replications, Seed, Workers
from sim.engine.choose import DEFAULT_ENGINE


def compare(  # noqa: PLR0913 -- an argument for each option
    scenarios: Annotated[
        list[Path], typer.Argument(metavar="SCENARIOS...", help=WORDS.say("argument_scenarios"), show_default=False)
    ],
    *,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
    records: Records = False,
    posterior: Posterior = None,
) -> None:
    """Compare policies with a baseline and write the report."""
    from sim.cli.answering import Answering
    from sim.cli.asking import Asked
    from sim.experiment.asking import ask_compare, files_to_compare

    asked = Asked("compare", scenarios, (), (), replications, seed, records, posterior)
    is_folder = len(scenarios) == 1 and scenarios[0].is_dir()
    answering = Answering(
        words_in(lang),
        lambda: ask_compare(files_to_compare(scenarios[0]) if is_folder else scenarios, asked.wanted()),
        out,
        workers,
        engine,
    )
    raise typer.Exit(answering.exit_code())
