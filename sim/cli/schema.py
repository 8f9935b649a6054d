"""`schema`: the JSON Schema of scenario or study files for editors, or the dictionary of their keys."""

import json
from typing import Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import LANGUAGES_OF, WORDS, ReportLanguage


def schema(
    dictionary: Annotated[bool, typer.Option("--dictionary", help=WORDS.say("option_dictionary"))] = False,
    study: Annotated[bool, typer.Option("--study", help=WORDS.say("option_study"))] = False,
    lang: Annotated[
        ReportLanguage, typer.Option("--lang", help=WORDS.say("option_dictionary_lang"))
    ] = ReportLanguage.BOTH,
) -> None:
    """Print the JSON Schema, or the key dictionary as Markdown, of scenario or of study files."""
    raise typer.Exit(exit_code_of(words_in(None), lambda: _schema(dictionary, study, lang)))


def _schema(dictionary: bool, study: bool, lang: ReportLanguage) -> int:
    from sim.cli.screen import print_document
    from sim.specification.json_schema import json_schema
    from sim.specification.key_dictionary import key_dictionary_markdown
    from sim.specification.study_dictionary import study_dictionary_markdown, study_json_schema

    if dictionary:
        markdown = study_dictionary_markdown if study else key_dictionary_markdown
        print_document("\n".join(markdown(language) for language in LANGUAGES_OF[lang]))
    else:
        schema_of = study_json_schema if study else json_schema
        print_document(json.dumps(schema_of(), ensure_ascii=False, indent=1) + "\n")
    return DONE
