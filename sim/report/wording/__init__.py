"""Every word of a report, in Chinese and English, in one place."""

from typing import Final

from sim.report.wording import en, en_terms, nation_en, nation_zh, sweep_en, sweep_zh, zh, zh_terms
from sim.report.wording.catalogue import Wording

LANGUAGES: Final = ("zh", "en")

_CATALOGUES: Final = {
    "zh": Wording("zh", {**zh.SENTENCES, **sweep_zh.SENTENCES, **nation_zh.SENTENCES}, zh_terms.TERMS),
    "en": Wording("en", {**en.SENTENCES, **sweep_en.SENTENCES, **nation_en.SENTENCES}, en_terms.TERMS),
}


def wording(language: str) -> Wording:
    """Return the wording of a language; ValueError unless it is one of LANGUAGES."""
    if language not in _CATALOGUES:
        raise ValueError(f"no wording in {language!r}; there is {', '.join(LANGUAGES)}")
    return _CATALOGUES[language]


__all__ = ["LANGUAGES", "Wording", "wording"]
