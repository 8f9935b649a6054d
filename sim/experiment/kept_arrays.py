"""Named arrays in one compressed file, to go on from after an interruption: no result file, and read by the same code.

NumPy's own archive packs and unpacks each array by itself, in Python: for the small arrays of a replication that takes
ten times as long as packing all of them at once.
"""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.experiment.whole_files import write_whole

Arrays = dict[str, NDArray[Any]]

_CODEC: Final = "zstd"


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], *, is_forced_to_disk: bool = True) -> None:
    """Write named arrays (no object arrays) as one file.

    If it is not forced to the disk, a crash of the machine may leave a part of it, which `read_arrays` refuses.
    """
    listed = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    packed = _joined(json.dumps(listed).encode("utf-8"), b"".join(array.tobytes() for array in arrays.values()))
    compressed = pa.compress(packed, codec=_CODEC, asbytes=True)
    about = json.dumps({"bytes": len(packed), "crc32": zlib.crc32(compressed)}).encode("ascii")
    write_whole(path, _joined(about, compressed), is_forced_to_disk=is_forced_to_disk)


def read_arrays(path: Path) -> Arrays:
    """Read what `write_arrays` wrote; OSError without a file, ValueError if it is not whole or not such a file."""
    about, compressed = _parted(path.read_bytes())
    said = json.loads(about)
    if not isinstance(said, dict) or said.get("crc32") != zlib.crc32(compressed):
        raise ValueError(f"{path} is not whole")
    listed, content = _parted(pa.decompress(compressed, said["bytes"], codec=_CODEC, asbytes=True))
    arrays, start = {}, 0
    for name, (dtype, shape) in json.loads(listed).items():
        flat = np.frombuffer(content, dtype, int(np.prod(shape)), start)
        arrays[name] = flat.reshape(shape).copy()  # aligned, and writable as any array
        start += flat.nbytes
    return arrays


def _joined(first_line: bytes, rest: bytes) -> bytes:
    return first_line + b"\n" + rest


def _parted(content: bytes) -> tuple[bytes, bytes]:
    first_line, _, rest = content.partition(b"\n")
    return first_line, rest
