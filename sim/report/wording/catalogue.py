"""What wording a language has: sentences by key, and the names of everything that a report shows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_SHARE_BY_AGE: Final = re.compile(r"^(?P<state>[a-z]+)_share_(?P<days>\d+)d$")


@dataclass(frozen=True)
class Terms:
    """Names by id; the languages have the same ids."""

    states: Mapping[str, str]
    measures: Mapping[str, str]
    share_by_age: str
    verdicts: Mapping[str, str]
    bases: Mapping[str, str]
    modes: Mapping[str, str]
    units: Mapping[str, str]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """One language: its code, its sentences and its terms."""

    language: str
    sentences: Mapping[str, str]
    terms: Terms

    def say(self, key: str, **fields: object) -> str:
        """Return a sentence with its fields filled in; KeyError on a key or field that is missing."""
        return self.sentences[key].format(**fields)

    def measure(self, measure: str) -> str:
        """Return the name of a measure; its id where the catalogue has none."""
        by_age = _SHARE_BY_AGE.match(measure)
        if by_age and by_age["state"] in self.terms.states:
            return self.terms.share_by_age.format(state=self.terms.states[by_age["state"]], days=by_age["days"])
        return self.terms.measures.get(measure, measure)

    def knows_measure(self, measure: str) -> bool:
        """Say whether a measure has a name of its own."""
        return self.measure(measure) != measure

    def join(self, items: Sequence[str]) -> str:
        """Return items as they are listed in a sentence."""
        return self.sentences["list_separator"].join(items)


def width_em(text: str) -> float:
    """Return about how wide a text is, in em: a Chinese character 1, any other a little more than half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in text)
