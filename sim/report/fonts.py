"""One font for every glyph: registered with matplotlib by file, and embedded in the page as a subset."""

import base64
import functools
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager

FONT_FAMILY: Final = "Noto Sans SC"
"""Latin and Chinese alike, regular weight only: emphasis is by size and colour."""

_COPYRIGHT_LICENCE_AND_ITS_PLACE: Final = (0, 13, 14)
"""Name records that the Open Font License wants kept in a subset."""


def font_file() -> Path:
    """Return the path of the font file."""
    return pylopdf_fonts_zh_cn.sans_path()


def register_with_matplotlib() -> None:
    """Make the font known to matplotlib by its file, once; no font of the machine is asked for."""
    path = str(font_file())
    if all(entry.fname != path for entry in font_manager.fontManager.ttflist):
        font_manager.fontManager.addfont(path)


@functools.cache
def _covered_code_points() -> frozenset[int]:
    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str) -> str:
    """Return each character of `text` that the font cannot show, line breaks aside, in code point order."""
    return "".join(sorted({char for char in text if char not in "\n\r\t" and ord(char) not in _covered_code_points()}))


def subset_font(text: Iterable[str]) -> bytes:
    """Return a WOFF file with the glyphs of the characters in `text`; the same bytes for the same characters.

    WOFF and not WOFF2, whose compressor is an extra package: a page may not depend on what else is installed.
    """
    options = subset.Options()
    options.flavor = "woff"
    options.hinting = False
    options.layout_features = []
    options.name_IDs = list(_COPYRIGHT_LICENCE_AND_ITS_PLACE)
    options.recalc_timestamp = False
    font = subset.load_font(str(font_file()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(char) for piece in text for char in piece}))
    subsetter.subset(font)
    target = BytesIO()
    subset.save_font(font, target, options)
    font.close()
    return target.getvalue()


def embedded_font(text: Iterable[str]) -> str:
    """Return the subset as a data address for a style sheet."""
    return "data:font/woff;base64," + base64.b64encode(subset_font(text)).decode("ascii")
