"""Every word of a report, in Chinese and English, in one place."""

from typing import Final

from sim.report.wording import (
    calibration_en,
    calibration_zh,
    en,
    en_terms,
    nation_en,
    nation_zh,
    posterior_en,
    posterior_zh,
    sweep_en,
    sweep_zh,
    zh,
    zh_terms,
)
from sim.report.wording.catalogue import Wording

LANGUAGES: Final = ("zh", "en")

_ZH: Final = {
    **zh.SENTENCES,
    **sweep_zh.SENTENCES,
    **nation_zh.SENTENCES,
    **calibration_zh.SENTENCES,
    **posterior_zh.SENTENCES,
}
_EN: Final = {
    **en.SENTENCES,
    **sweep_en.SENTENCES,
    **nation_en.SENTENCES,
    **calibration_en.SENTENCES,
    **posterior_en.SENTENCES,
}
_CATALOGUES: Final = {"zh": Wording("zh", _ZH, zh_terms.TERMS), "en": Wording("en", _EN, en_terms.TERMS)}


def wording(language: str) -> Wording:
    """Return the wording of a language; ValueError unless it is one of LANGUAGES."""
    if language not in _CATALOGUES:
        raise ValueError(f"no wording in {language!r}; there is {', '.join(LANGUAGES)}")
    return _CATALOGUES[language]


__all__ = ["LANGUAGES", "Wording", "wording"]
