"""What wording a language has: sentences by key, and the names of everything that a report shows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_SHARE_BY_AGE: Final = re.compile(r"^(?P<state>[a-z]+)_share_(?P<days>\d+)d$")
_EQUAL_RISK: Final = "_equal_risk"


@dataclass(frozen=True)
class Terms:
    """Names by id; the languages have the same ids."""

    states: Mapping[str, str]
    measures: Mapping[str, str]
    share_by_age: str
    equity: str
    equity_outcomes: Mapping[str, str]
    equity_statistics: Mapping[str, str]
    equal_risk: str
    verdicts: Mapping[str, str]
    bases: Mapping[str, str]
    units: Mapping[str, str]
    choices: Mapping[str, str]
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
        terms = self.terms
        if measure in terms.measures:
            return terms.measures[measure]
        by_age = _SHARE_BY_AGE.match(measure)
        if by_age and by_age["state"] in terms.states:
            return terms.share_by_age.format(state=terms.states[by_age["state"]], days=by_age["days"])
        if measure.startswith("equity_") and measure.endswith(_EQUAL_RISK):
            return terms.equal_risk.format(name=self.measure(measure.removesuffix(_EQUAL_RISK)))
        for outcome, outcome_name in terms.equity_outcomes.items():
            statistic = measure.removeprefix(f"equity_{outcome}_")
            if statistic != measure and statistic in terms.equity_statistics:
                return terms.equity.format(outcome=outcome_name, statistic=terms.equity_statistics[statistic])
        return measure

    def knows_measure(self, measure: str) -> bool:
        """Say whether a measure has a name of its own."""
        return self.measure(measure) != measure

    def join(self, items: Sequence[str]) -> str:
        """Return items as they are listed in a sentence."""
        return self.sentences["list_separator"].join(items)


def width_em(text: str) -> float:
    """Return about how wide a text is, in em: a Chinese character 1, any other a little more than half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in text)
