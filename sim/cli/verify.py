"""`verify RUN_DIR`: runs a finished run again and compares byte for byte."""

from pathlib import Path

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import Engine, Lang, RunDir, Workers
from sim.cli.wording import LANGUAGES, CommandWords
from sim.engine.choose import DEFAULT_ENGINE, EngineName


def verify(run_dir: RunDir, workers: Workers = None, engine: Engine = DEFAULT_ENGINE, lang: Lang = None) -> None:
    """Run a finished run again in a temporary folder and compare."""
    words = words_in(lang)
    raise typer.Exit(exit_code_of(words, lambda: _verify(words, run_dir, workers, engine)))


def _verify(words: CommandWords, run_dir: Path, workers: int | None, engine: EngineName) -> int:
    from tempfile import TemporaryDirectory

    from sim.cli.answering import draw
    from sim.cli.screen import print_line
    from sim.cli.watching import watching
    from sim.errors import VerificationError
    from sim.experiment.executor import usable_cores
    from sim.experiment.manifest import read_manifest
    from sim.experiment.verify import made_by_other_code
    from sim.experiment.verify import verify as verify_folder

    manifest = read_manifest(run_dir)
    try:
        with TemporaryDirectory(prefix="verify-") as scratch, watching(words) as watcher:
            count = workers or usable_cores()
            verified = verify_folder(
                run_dir, Path(scratch), count, watcher, lambda folder: draw(folder, LANGUAGES, words), engine
            )
    except VerificationError as error:
        cause = [words.say("verification_other_code")] if made_by_other_code(manifest) else []
        raise VerificationError([*error.differences, *cause]) from error
    print_line(words.say("verified", count=len(verified.files)))
    if engine is EngineName.BOTH:
        print_line(words.say("both_agree"))
    if verified.not_compared:
        print_line(words.say("not_compared", count=len(verified.not_compared)))
    return DONE
