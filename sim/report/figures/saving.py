"""A figure as bytes: SVG with its text as paths, PNG, and the CSV it was drawn from; the same bytes every time."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from matplotlib.figure import Figure

from sim.report.figures.style import FigureTable, report_style

_NO_DATE_NO_SOFTWARE: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_REFERENCES: Final = re.compile(r'(?P<before>\bid="|href="#|url\(#)(?P<id>[^")]+)')
_PROLOGUE: Final = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_METADATA: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_OPENING_TAG: Final = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX: Final = re.compile(r'viewBox="(?P<box>[^"]+)"')


@dataclass(frozen=True)
class SavedFigure:
    """One figure in one language, ready to be written: `name` is the file stem, without language."""

    name: str
    svg: bytes
    png: bytes
    csv: bytes


def save_figure(figure: Figure, drawn: FigureTable) -> SavedFigure:
    """Return a drawn figure as bytes, without date, software or random ids."""
    with report_style():
        # Laid out once: both files show the same, and the layout takes longer than the drawing.
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        svg, png = BytesIO(), BytesIO()
        figure.savefig(svg, format="svg", metadata=_NO_DATE_NO_SOFTWARE)
        figure.savefig(png, format="png", metadata={"Software": None})
    # Excel takes a CSV for UTF-8, and shows Chinese, only with a byte order mark.
    csv = drawn.table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return SavedFigure(drawn.name, svg.getvalue(), png.getvalue(), csv)


def inline_svg(saved: SavedFigure, prefix: str) -> str:
    """Return the SVG as an element for a page: ids made unique by `prefix`, no prologue, name space or fixed size.

    The element is decoration to a screen reader; the page gives it a text alternative.
    """
    text = _METADATA.sub("", _PROLOGUE.sub("", saved.svg.decode("utf-8"), count=1))
    text = text.replace("xlink:href", "href")
    box = _VIEW_BOX.search(text)
    assert box is not None
    opening = f'<svg viewBox="{box["box"]}" aria-hidden="true" focusable="false">'
    text = _OPENING_TAG.sub(lambda _: opening, text, count=1)
    return _REFERENCES.sub(lambda found: f"{found['before']}{prefix}-{found['id']}", text)
