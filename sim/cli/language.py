"""The language that a user's system speaks."""

import locale
import os

from sim.cli.wording import CommandWords, command_words


def system_language() -> str:
    """Return zh if the locale is Chinese, else en."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        named = os.environ.get(variable)
        if named:
            return _language_of(named)
    return _language_of(locale.getlocale()[0] or "")


def words_in(language: str | None) -> CommandWords:
    """Return the words of a language, None for the system's."""
    return command_words(language or system_language())


def _language_of(name: str) -> str:
    return "zh" if name.casefold().startswith(("zh", "chinese")) else "en"
