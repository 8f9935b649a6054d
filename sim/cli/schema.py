"""`schema`: the JSON Schema of scenario, study or targets files for editors, or the dictionary of their keys."""

import json
from typing import Annotated, Literal

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import LANGUAGES_OF, WORDS, ReportLanguage


def schema(
    dictionary: Annotated[bool, typer.Option("--dictionary", help=WORDS.say("option_dictionary"))] = False,
    study: Annotated[bool, typer.Option("--study", help=WORDS.say("option_study"))] = False,
    targets: Annotated[bool, typer.Option("--targets", help=WORDS.say("option_targets"))] = False,
    lang: Annotated[
        ReportLanguage, typer.Option("--lang", help=WORDS.say("option_dictionary_lang"))
    ] = ReportLanguage.BOTH,
) -> None:
    """Print the JSON Schema, or the key dictionary as Markdown, of scenario, study or targets files."""
    if study and targets:
        raise typer.BadParameter(WORDS.say("bad_format"))
    format_of: Literal["scenario", "study", "targets"] = "study" if study else "targets" if targets else "scenario"
    raise typer.Exit(exit_code_of(words_in(None), lambda: _schema(dictionary, format_of, lang)))


def _schema(dictionary: bool, format_of: Literal["scenario", "study", "targets"], lang: ReportLanguage) -> int:
    from sim.cli.screen import print_document
    from sim.specification.json_schema import json_schema
    from sim.specification.key_dictionary import key_dictionary_markdown
    from sim.specification.study_dictionary import study_dictionary_markdown, study_json_schema
    from sim.specification.targets_dictionary import targets_dictionary_markdown, targets_json_schema

    markdown, schema_of = {
        "scenario": (key_dictionary_markdown, json_schema),
        "study": (study_dictionary_markdown, study_json_schema),
        "targets": (targets_dictionary_markdown, targets_json_schema),
    }[format_of]
    if dictionary:
        print_document("\n".join(markdown(language) for language in LANGUAGES_OF[lang]))
    else:
        print_document(json.dumps(schema_of(), ensure_ascii=False, indent=1) + "\n")
    return DONE
