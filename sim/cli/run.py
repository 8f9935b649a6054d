"""`run SCENARIO`: replications of one scenario."""

import typer

from sim.cli.language import words_in
from sim.cli.options import (
    DEFAULT_OUT,
    Engine,
    Lang,
    Out,
    Overlays,
    Posterior,
    Records,
    Replications,
    Scenario,
    Seed,
    Settings,
    Workers,
)
from sim.engine.choose import DEFAULT_ENGINE


def run(  # noqa: PLR0913 -- an argument for each option
    scenario: Scenario,
    *,
    overlays: Overlays = None,
    settings: Settings = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: Engine = DEFAULT_ENGINE,
    out: Out = DEFAULT_OUT,
    lang: Lang = None,
    records: Records = False,
    posterior: Posterior = None,
) -> None:
    """Run one scenario and write its report."""
    from sim.cli.answering import Answering
    from sim.cli.asking import Asked
    from sim.experiment.asking import ask_run

    asked = Asked("run", [scenario], overlays or [], settings or [], replications, seed, records, posterior)
    answering = Answering(
        words_in(lang), lambda: ask_run(scenario, asked.overlays, asked.settings, asked.wanted()), out, workers, engine
    )
    raise typer.Exit(answering.exit_code())
