"""A source as it is cited, apart from what is asked about: naming sources loads no statistics."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as scenarios name it, with what it stands for in both languages."""

    id: str
    zh: str
    en: str
