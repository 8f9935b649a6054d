"""Arrays come back as they were written, or are refused."""

from pathlib import Path

import numpy as np
import pytest

from sim.experiment.kept_arrays import Arrays, read_arrays, write_arrays

ARRAYS: Arrays = {
    "text": np.array(["县", ""], dtype=np.str_),
    "one": np.array("whole", dtype=np.str_),
    "bytes": np.frombuffer(b"odd", dtype=np.uint8),
    "numbers": np.array([[0.1, float("nan")], [-0.0, 1e300]]),
    "transposed": np.arange(6, dtype=np.int32).reshape(2, 3).T,
    "nothing": np.zeros((0, 3), dtype=np.int64),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_arrays(tmp_path / "some.arrays", ARRAYS)
    return tmp_path / "some.arrays"


def test_arrays_come_back_with_their_types_and_shapes(file: Path) -> None:
    back = read_arrays(file)
    assert list(back) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert (back[name].dtype, back[name].shape) == (array.dtype, array.shape)
        assert back[name].tobytes() == array.tobytes()
        assert back[name].flags.writeable
        assert back[name].flags.aligned


def test_none_is_forced_to_the_disk_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr("os.fsync", forced.append)
    write_arrays(tmp_path / "some.arrays", ARRAYS, is_forced_to_disk=False)
    assert not forced
    write_arrays(tmp_path / "some.arrays", ARRAYS)
    assert len(forced) == 1


def test_the_same_arrays_are_the_same_bytes(file: Path, tmp_path: Path) -> None:
    write_arrays(tmp_path / "again", ARRAYS)
    assert (tmp_path / "again").read_bytes() == file.read_bytes()


def test_what_is_not_whole_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    changed = bytes([*whole[:-1], whole[-1] ^ 1])
    for broken in (b"", b"\n", b"{}\n", whole[:-1], whole[: len(whole) // 2], b"\0" * len(whole), changed, b"7\n7"):
        file.write_bytes(broken)
        with pytest.raises(ValueError, match=r"."):
            read_arrays(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "absent")
