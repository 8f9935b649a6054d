"""The commands, gathered: each verb is a file of its own, and imports what it needs only when it is called."""

from typing import Final

import typer

from sim.cli import calibrate, compare, nation, practices, report, run, schema, show, sweep, validate, verify
from sim.cli.options import WORDS

application: Final = typer.Typer(
    help=WORDS.say("help_app"),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _verb, _command in (
    ("validate", validate.validate),
    ("show", show.show),
    ("run", run.run),
    ("compare", compare.compare),
    ("sweep", sweep.sweep),
    ("nation", nation.nation),
    ("calibrate", calibrate.calibrate),
    ("report", report.report),
    ("verify", verify.verify),
    ("schema", schema.schema),
    ("practices", practices.practices),
):
    application.command(_verb, help=WORDS.say(f"help_{_verb}"), short_help=WORDS.say(f"brief_{_verb}"))(_command)
