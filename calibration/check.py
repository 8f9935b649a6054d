"""Looks figures that are cited to documents up in a folder of documents: `python -m calibration.check FOLDER`."""

import argparse
import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from calibration.figure import Figure, Source, SourceKind
from calibration.ledger import Ledger, load_ledger

DOCUMENT_PATTERN: Final = "*.txt"

_PINYIN_IN_BRACKETS: Final = re.compile(r"\([^\W\d_]*[à-öø-ɏ][^\W\d_]*\)")
_QUOTES: Final = re.compile("[“”‘’\"'「」『』]")
_DASHES: Final = re.compile("[‐-―−~〜]+")
_SPACE_BESIDE_CJK: Final = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_THOUSANDS: Final = re.compile(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_LARGE_UNIT: Final = re.compile(r"(\d+(?:\.\d+)?)([余餘多]?)([万萬亿億])")
_LARGE_UNIT_POWER: Final = {"万": 4, "萬": 4, "亿": 8, "億": 8}


@dataclass(frozen=True, slots=True)
class Locator:
    """What to search for (any of the alternatives) and, in words, where in the document it stands."""

    alternatives: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """How often a figure's locator occurs in the documents of its source; `documents` is empty for an absent source."""

    figure: Figure
    documents: tuple[str, ...]
    places_count: int

    @property
    def is_found(self) -> bool:
        """Whether the figure is in a document of its source at all."""
        return self.places_count > 0


def normalise(text: str) -> str:
    """One spelling of a text: full-width forms, quotes, dashes, thousands separators and 万 are written out.

    Pinyin that a conversion left in brackets is dropped, and so is white space beside Chinese characters.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _PINYIN_IN_BRACKETS.sub("", text)
    text = _QUOTES.sub("", text)
    text = _DASHES.sub("-", text)
    text = _SPACE_BESIDE_CJK.sub("", text)
    text = _THOUSANDS.sub(lambda match: re.sub("[, ]", "", match[0]), text)
    return _LARGE_UNIT.sub(_write_out, text)


def _write_out(match: re.Match[str]) -> str:
    number, about, unit = match.groups()
    written = f"{Decimal(number).scaleb(_LARGE_UNIT_POWER[unit]):f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) + about


def parse_locator(locator: str) -> Locator:
    """Read `literal|other literal @ where`; raises ValueError where there is nothing to search for."""
    literals, _, where = locator.partition(" @ ")
    alternatives = tuple(part.strip() for part in literals.split("|") if part.strip())
    if not alternatives:
        raise ValueError(f"the locator {locator!r} names nothing to search for")
    return Locator(alternatives, where.strip())


def count_places(alternatives: Iterable[str], normalised_text: str) -> int:
    """How often any of the alternatives occurs in a normalised text; digits match whole numbers only."""
    patterns = (_pattern(normalise(literal)) for literal in alternatives)
    return sum(len(re.findall(pattern, normalised_text)) for pattern in sorted(set(patterns)))


def _pattern(literal: str) -> str:
    before = r"(?<!\d)(?<!\d\.)" if literal[0].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if literal[-1].isdigit() else ""
    return before + re.escape(literal) + after


def read_document(path: Path) -> str:
    """Text of a file in UTF-8, UTF-16 or GB18030; bytes that fit none are replaced."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def look_up_figures(ledger: Ledger, texts: Mapping[str, str]) -> tuple[LookUp, ...]:
    """Look up every figure whose source is a document, in ledger order; `texts` maps a file's name to its text."""
    normalised = {name: normalise(text) for name, text in texts.items()}
    documents = {
        source.key: _documents_of(source, normalised)
        for source in ledger.sources.values()
        if source.kind is SourceKind.DOCUMENT
    }
    look_ups = []
    for figure in ledger.figures.values():
        if figure.source in documents:
            names = documents[figure.source]
            alternatives = parse_locator(figure.locator).alternatives
            places = sum(count_places(alternatives, normalised[name]) for name in names)
            look_ups.append(LookUp(figure, names, places))
    return tuple(look_ups)


def _documents_of(source: Source, normalised: Mapping[str, str]) -> tuple[str, ...]:
    marks = [normalise(mark) for mark in source.recognised_by]
    return tuple(name for name, text in normalised.items() if any(mark in text for mark in marks))


def describe(look_up: LookUp) -> str:
    """One line on a figure: found or not, how often, where to look."""
    figure = look_up.figure
    if not look_up.documents:
        return f"NO DOCUMENT {figure.id}: none of the files is {figure.source}"
    locator = parse_locator(figure.locator)
    status = "found      " if look_up.is_found else "NOT FOUND  "
    return f"{status} {figure.id}: {' or '.join(locator.alternatives)} x{look_up.places_count} ({locator.where})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per figure; 0 if all are found, 1 if one is not, 2 if the folder holds no documents."""
    parser = argparse.ArgumentParser(prog="python -m calibration.check", description=__doc__)
    parser.add_argument("folder", type=Path, help=f"folder with the documents as text files ({DOCUMENT_PATTERN})")
    folder: Path = parser.parse_args(arguments).folder
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    paths = sorted(folder.glob(DOCUMENT_PATTERN))
    if not paths:
        sys.stderr.write(f"{folder}: no {DOCUMENT_PATTERN} files here\n")
        return 2
    look_ups = look_up_figures(load_ledger(), {path.name: read_document(path) for path in paths})
    found_count = sum(look_up.is_found for look_up in look_ups)
    lines = [describe(look_up) for look_up in look_ups]
    lines.append(f"{found_count} of {len(look_ups)} figures found in {len(paths)} files")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if found_count == len(look_ups) else 1


if __name__ == "__main__":
    sys.exit(main())
