"""A results folder is computed once: by one process at a time, continued after an interruption, found when finished."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sim.experiment.locking import locked
from sim.experiment.manifest import MANIFEST_FILE
from sim.experiment.whole_files import make_folder

PARTIAL: Final = "partial"
"""Folder of what is finished inside an unfinished results folder."""


def finish(folder: Path, compute: Callable[[], None]) -> bool:
    """Have a folder computed unless it is finished, which its manifest says; return whether it was.

    `compute` keeps what it finishes in `folder/partial`, which is there, and writes the manifest last. InputError where
    the folder cannot be made, FolderInUseError while another process computes it.
    """
    was_finished = _is_finished(folder)
    if not was_finished:
        make_folder(folder / PARTIAL)
        with locked(folder / PARTIAL, folder):
            was_finished = _is_finished(folder)
            if not was_finished:
                for leftover in (*folder.glob(".*.unfinished"), *(folder / PARTIAL).glob(".*.unfinished")):
                    leftover.unlink()
                compute()
    # Only now: had it been removed before the manifest, what was stopped in between would have lost everything.
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)
    return was_finished


def _is_finished(folder: Path) -> bool:
    return (folder / MANIFEST_FILE).is_file()
