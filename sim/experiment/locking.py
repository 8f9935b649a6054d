"""One process at a time works on a run folder; the lock ends with the process, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

LOCK_FILE: Final = "lock"


class FolderInUseError(Exception):
    """Another process is computing the same question; `folder` is where its results will be."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.as_posix())
        self.folder = folder


@contextmanager
def locked(partial: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file in `partial` while the block runs; FolderInUseError if another process holds it."""
    partial.mkdir(parents=True, exist_ok=True)
    with (partial / LOCK_FILE).open("ab") as file:
        if not _lock(file):
            raise FolderInUseError(folder)
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network drives know no locks; pieces are written whole, so two processes only waste time there.
            return True
        return True
