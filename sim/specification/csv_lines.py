"""Lines of a CSV file with the place of every cell, in the encodings that spreadsheets of Chinese offices write."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from sim.errors import InputError
from sim.specification.faults import fault
from sim.specification.tree import Place


@dataclass(frozen=True, slots=True)
class CsvLine:
    """The cells of one line, and where they stand."""

    cells: list[str]
    file: str
    number: int
    text: str

    def place(self, index: int) -> Place:
        """Return where a cell starts; in a line with quotes, where the line starts."""
        is_plain = '"' not in self.text
        before = sum(len(cell) + 1 for cell in self.cells[:index]) if is_plain else 0
        return Place(self.file, self.number, before + 1)


def csv_lines(content: bytes, name: str) -> Iterator[CsvLine]:
    """Yield the lines of a file, UTF-8 or GB18030, with or without a byte order mark; InputError where it is no CSV."""
    text = _decoded(content, name)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError([fault("yaml_character", Place(name, line, 1), character="U+0000")])
    source = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""))
    start = 1
    try:
        for cells in reader:
            shown = source[start - 1] if start <= len(source) else ""
            yield CsvLine(cells, name, start, shown)
            start = reader.line_num + 1
    except csv.Error:
        raise InputError([fault("csv_syntax", Place(name, reader.line_num, 1))]) from None


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError([fault("file_not_utf8", Place(name, line, 1))]) from None
