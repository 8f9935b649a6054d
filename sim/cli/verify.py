"""`verify RUN_DIR`: runs a finished run again and compares byte for byte."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import Engine, Lang, RunDir, Workers
from sim.cli.wording import LANGUAGES, CommandWords
from sim.engine.choose import DEFAULT_ENGINE, EngineName

if TYPE_CHECKING:
    from sim.experiment.verify import Verified


def verify(run_dir: RunDir, workers: Workers = None, engine: Engine = DEFAULT_ENGINE, lang: Lang = None) -> None:
    """Run a finished run again in a temporary folder and compare."""
    words = words_in(lang)
    raise typer.Exit(exit_code_of(words, lambda: _verify(words, run_dir, workers, engine)))


def _verify(words: CommandWords, run_dir: Path, workers: int | None, engine: EngineName) -> int:
    from sim.cli.screen import print_line
    from sim.errors import VerificationError
    from sim.experiment.manifest import read_manifest
    from sim.experiment.nation_manifest import is_nation_folder, read_nation_manifest
    from sim.experiment.question import code_digest
    from sim.report.calibration_folder import is_calibration_folder, read_calibration_manifest

    made_by: str
    if is_nation_folder(run_dir):
        again, made_by = _nation_again, read_nation_manifest(run_dir).code_digest
    elif is_calibration_folder(run_dir):
        again, made_by = _calibration_again, read_calibration_manifest(run_dir).code_digest
    else:
        again, made_by = _run_again, read_manifest(run_dir).code_digest
    try:
        verified = again(words, run_dir, workers, engine)
    except VerificationError as error:
        by_other_code = made_by != code_digest()
        cause = [words.say("verification_other_code")] if by_other_code else []
        raise VerificationError([*error.differences, *cause]) from error
    print_line(words.say("verified", count=len(verified.files)))
    if engine is EngineName.BOTH:
        print_line(words.say("both_agree"))
    if verified.not_compared:
        print_line(words.say("not_compared", count=len(verified.not_compared)))
    return DONE


def _run_again(words: CommandWords, run_dir: Path, workers: int | None, engine: EngineName) -> "Verified":
    from sim.cli.answering import draw
    from sim.experiment.verify import verify as verify_folder

    return _again(verify_folder, draw, words, run_dir, workers, engine)


def _nation_again(words: CommandWords, run_dir: Path, workers: int | None, engine: EngineName) -> "Verified":
    from sim.cli.nation import draw_nation
    from sim.experiment.nation_verify import verify_nation

    return _again(verify_nation, draw_nation, words, run_dir, workers, engine)


def _calibration_again(words: CommandWords, run_dir: Path, workers: int | None, engine: EngineName) -> "Verified":
    from calibration.fit.verifying import verify_calibration
    from sim.cli.answering import draw

    return _again(verify_calibration, draw, words, run_dir, workers, engine)


def _again(
    verify_again: Callable[..., "Verified"],
    draw_again: Callable[[Path, tuple[str, ...], CommandWords], object],
    words: CommandWords,
    run_dir: Path,
    workers: int | None,
    engine: EngineName,
) -> "Verified":
    from tempfile import TemporaryDirectory

    from sim.cli.watching import watching
    from sim.experiment.executor import usable_cores

    with TemporaryDirectory(prefix="verify-") as scratch, watching(words) as watcher:
        count = workers or usable_cores()
        return verify_again(
            run_dir, Path(scratch), count, watcher, lambda folder: draw_again(folder, LANGUAGES, words), engine
        )
