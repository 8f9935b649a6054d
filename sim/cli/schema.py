"""`schema`: the JSON Schema of scenario files for editors, or the dictionary of their keys."""

import json
from typing import Annotated

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import LANGUAGES_OF, WORDS, ReportLanguage


def schema(
    dictionary: Annotated[bool, typer.Option("--dictionary", help=WORDS.say("option_dictionary"))] = False,
    lang: Annotated[
        ReportLanguage, typer.Option("--lang", help=WORDS.say("option_dictionary_lang"))
    ] = ReportLanguage.BOTH,
) -> None:
    """Print the JSON Schema, or the key dictionary as Markdown."""
    raise typer.Exit(exit_code_of(words_in(None), lambda: _schema(dictionary, lang)))


def _schema(dictionary: bool, lang: ReportLanguage) -> int:
    from sim.cli.screen import print_document

    if dictionary:
        from sim.specification.key_dictionary import key_dictionary_markdown

        print_document("\n".join(key_dictionary_markdown(language) for language in LANGUAGES_OF[lang]))
    else:
        from sim.specification.json_schema import json_schema

        print_document(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")
    return DONE
