"""What the command line says, in Chinese and English."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.cli.wording import events_en, events_zh, messages_en, messages_zh, problems_en, problems_zh
from sim.errors import Problem

LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class CommandWords:
    """One language of the command line."""

    language: str
    messages: Mapping[str, str]
    problems: Mapping[str, tuple[str, ...]]
    field_values: Mapping[str, Mapping[str, str]]
    between_clauses: str
    events: Mapping[str, str]
    event_names: Mapping[str, Mapping[str, str]]

    def say(self, key: str, **fields: object) -> str:
        """Return a message with its fields filled in; KeyError on a key or field that is missing."""
        return self.messages[key].format(**fields)

    def problem_line(self, problem: Problem) -> str:
        """Return one line: `file:line:column key.path: what is wrong; what is allowed; did you mean …?`."""
        place = ":".join([problem.file, str(problem.line), str(problem.column)] if problem.line else [problem.file])
        where = " ".join(part for part in (place, problem.path) if part)
        what = self.between_clauses.join(self._clauses(problem))
        return f"{where}: {what}" if where else what

    def _clauses(self, problem: Problem) -> list[str]:
        clauses = self.problems.get(problem.code)
        if clauses is None:
            # An unworded code still tells its fields; a test keeps the catalogues complete.
            details = ", ".join(f"{name} {value}" for name, value in problem.fields.items() if value)
            return [f"{problem.code} ({details})" if details else problem.code]
        fields = {name: self._value(name, value) for name, value in problem.fields.items()}
        return [
            clause.format(**fields)
            for number, clause in enumerate(clauses)
            if number == 0 or not (names := field_names(clause)) or any(fields.get(name) for name in names)
        ]

    def _value(self, name: str, value: str) -> str:
        said = self._unit(value) if name == "unit" else self.field_values.get(name, {}).get(value, value)
        return " ".join(said.split())

    def _unit(self, unit: str) -> str:
        if self.language != "zh":
            return unit
        from sim.specification.key_units_zh import UNITS_ZH

        return UNITS_ZH.get(unit, unit)


def field_names(text: str) -> tuple[str, ...]:
    """Return the names of the fields that a text has places for."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name)


_BY_LANGUAGE: Final = {
    language: CommandWords(
        language,
        messages.MESSAGES,
        problems.PROBLEMS,
        problems.FIELD_VALUES,
        between_clauses,
        events.EVENTS,
        events.NAMES,
    )
    for language, messages, problems, events, between_clauses in (
        ("zh", messages_zh, problems_zh, events_zh, "；"),
        ("en", messages_en, problems_en, events_en, "; "),
    )
}


def command_words(language: str) -> CommandWords:
    """Return the words of a language; KeyError unless it is one of LANGUAGES."""
    return _BY_LANGUAGE[language]
