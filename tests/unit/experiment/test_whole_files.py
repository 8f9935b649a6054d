"""Files are whole or absent, and the same rows are the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.whole_files import sha256_of, write_csv, write_parquet, write_whole


def rows(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"text": ["", "县"], "number": [0.1, float("nan")]} | columns)


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    def breaks() -> Iterator[pd.DataFrame]:
        yield rows()
        raise RuntimeError

    target = tmp_path / "a.parquet"
    write_parquet(target, [rows()])
    before = target.read_bytes()
    with pytest.raises(RuntimeError):
        write_parquet(target, breaks())
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_the_same_rows_are_the_same_bytes_however_pandas_holds_text(tmp_path: Path) -> None:
    for name, dtype in (("a", "object"), ("b", "str"), ("c", "category")):
        write_parquet(tmp_path / name, [rows().astype({"text": dtype})])
    assert sha256_of(tmp_path / "a") == sha256_of(tmp_path / "b") == sha256_of(tmp_path / "c")


def test_parquet_gives_back_text_numbers_and_gaps_and_names_no_pandas_version(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a", [rows(), rows()])
    back = pd.read_parquet(tmp_path / "a")
    assert back["text"].tolist() == ["", "县", "", "县"]
    assert back["number"].isna().tolist() == [False, True, False, True]
    assert b"pandas" not in (tmp_path / "a").read_bytes()


def test_a_column_of_whole_numbers_with_gaps_stays_one_of_whole_numbers(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a", [rows(when=pd.array([2**60 + 1, None], dtype="Int64"))])
    assert pd.read_parquet(tmp_path / "a", dtype_backend="numpy_nullable")["when"].tolist()[0] == 2**60 + 1


def test_csv_starts_with_a_byte_order_mark_and_keeps_every_digit(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", rows(number=[0.1 + 0.2, 1.0]))
    assert (tmp_path / "a.csv").read_bytes() == "\ufefftext,number\n,0.30000000000000004\n县,1.0\n".encode()
