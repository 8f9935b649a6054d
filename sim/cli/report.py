"""`report RUN_DIR`: figures and reports again, from a run folder alone."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import LANGUAGES_OF, WORDS, ReportLanguage, RunDir
from sim.cli.wording import CommandWords


def report(
    run_dir: RunDir,
    lang: Annotated[ReportLanguage, typer.Option("--lang", help=WORDS.say("option_report_lang"))] = ReportLanguage.BOTH,
) -> None:
    """Build figures and reports of a finished run again."""
    words = words_in(None if lang is ReportLanguage.BOTH else lang.value)
    raise typer.Exit(exit_code_of(words, lambda: _report(words, run_dir, LANGUAGES_OF[lang])))


def _report(words: CommandWords, run_dir: Path, languages: tuple[str, ...]) -> int:
    from sim.cli.answering import draw, tell_changed_files
    from sim.cli.screen import print_line
    from sim.experiment.manifest import read_manifest
    from sim.experiment.nation_manifest import is_nation_folder
    from sim.experiment.run import changed_files
    from sim.report.calibration_folder import is_calibration_folder, read_calibration_manifest

    if is_nation_folder(run_dir):
        from sim.cli.nation import draw_nation

        for path in draw_nation(run_dir, languages, words):
            print_line(words.say("report_in", file=path))
        return DONE
    is_fit = is_calibration_folder(run_dir)
    manifest = read_calibration_manifest(run_dir) if is_fit else read_manifest(run_dir)
    tell_changed_files(changed_files(run_dir, manifest.files), words)
    for path in draw(run_dir, languages, words):
        print_line(words.say("report_in", file=path))
    return DONE
