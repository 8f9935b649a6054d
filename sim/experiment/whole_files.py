"""Writes files whole or not at all, and tables always as the same bytes."""

import hashlib
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError, Problem

_PARQUET: Final[dict[str, Any]] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "store_schema": False,
}
"""Fixed, so that the same rows are the same bytes; pandas' own notes (with its version) are left out."""


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, unless it is there; InputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("out_not_writable", folder.as_posix(), fields={"reason": reason})]) from None


def write_whole(path: Path, content: bytes, *, is_forced_to_disk: bool = True) -> None:
    """Write a file under another name and put it in place at once; a reader sees all of it or nothing.

    Unless it is forced to the disk, that holds only until the machine crashes.
    """
    unfinished = _unfinished(path)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            if is_forced_to_disk:
                file.flush()
                os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table for people."""
    write_whole(path, csv_bytes(table))


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table for people: a byte order mark lets Excel show Chinese; numbers in full precision."""
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def write_parquet(path: Path, parts: Iterable[pd.DataFrame | pa.Table]) -> None:
    """Write one table whose parts (at least one, of the same columns) come one after another, a row group each."""
    unfinished = _unfinished(path)
    writer: pq.ParquetWriter | None = None
    try:
        for part in parts:
            rows = part if isinstance(part, pa.Table) else _arrow_table(part)
            if writer is None:
                writer = pq.ParquetWriter(unfinished, rows.schema, **_PARQUET)
            writer.write_table(rows)
        assert writer is not None
        writer.close()
        unfinished.replace(path)
    finally:
        if writer is not None:
            writer.close()
        unfinished.unlink(missing_ok=True)


def sources_digest(root: Path, files: Iterable[Path]) -> str:
    """Return the hash of text files below a folder, names included, 64 hexadecimal digits; line ends do not count."""
    digest = hashlib.sha256()
    for name, file in sorted((file.relative_to(root).as_posix(), file) for file in files):
        digest.update(name.encode("utf-8") + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.unfinished")


def _arrow_table(part: pd.DataFrame) -> pa.Table:
    """Columns as plain Arrow types: text is text however pandas holds it."""
    return pa.table({str(name): _plain(pa.array(part[name], from_pandas=True)) for name in part.columns})


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    is_text = pa.types.is_dictionary(column.type) or pa.types.is_large_string(column.type)
    return column.cast(pa.string()) if is_text else column
