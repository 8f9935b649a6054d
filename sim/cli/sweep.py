"""`sweep STUDY`: one or two factors varied over a baseline, every point on the same disputes."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import words_in
from sim.cli.options import DEFAULT_OUT, WORDS, Engine, Lang, Out, Replications, Seed, Workers
from sim.engine.choose import DEFAULT_ENGINE


def sweep(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help=WORDS.say("argument_study"), show_default=False)],
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
) -> None:
    """Run every point of a study and write its report."""
    from sim.cli.answering import Answering
    from sim.cli.asking import Asked
    from sim.experiment.sweep_asking import ask_sweep

    asked = Asked("sweep", [study], (), (), replications, seed)
    answering = Answering(words_in(lang), lambda: ask_sweep(study, asked.wanted()), out, workers, engine)
    raise typer.Exit(answering.exit_code())
