"""Reads a YAML 1.2 file into a tree with positions and refuses whatever makes a file say other than it looks."""

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Final

from sim.errors import InputError, Problem
from sim.specification.faults import fault
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Place
from sim.specification.yaml_tree import read_yaml

MAXIMUM_MIB: Final = 2
"""A county given unit by unit fits many times over."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that a scenario was read from, with the SHA-256 of its bytes."""

    file: str
    sha256: str


def read_bytes(file: FilePath, blame: Place | None = None, maximum_mib: int = MAXIMUM_MIB) -> bytes:
    """Return a file's content; InputError where it is missing, a folder, unreadable or too large.

    `blame` is the place that names the file, where another file does.
    """
    name = file.as_posix()
    place = blame or Place(name, 0, 0)
    try:
        status = file.stat()
        problem = _unfit(status, place, name, maximum_mib)
        if problem is None:
            return file.read_bytes()
    except FileNotFoundError:
        problem = fault("file_missing", place, name=name, suggestion=_near_file(file))
    except (OSError, ValueError):
        problem = fault("file_unreadable", place, name=name)
    raise InputError([problem])


def _unfit(status: os.stat_result, place: Place, name: str, maximum_mib: int) -> Problem | None:
    if stat.S_ISDIR(status.st_mode):
        return fault("file_is_folder", place, name=name)
    if not stat.S_ISREG(status.st_mode):
        return fault("file_unreadable", place, name=name)
    if status.st_size > maximum_mib * 2**20:
        found_mib = f"{status.st_size / 2**20:.1f}"
        return fault("file_too_large", place, name=name, found_mib=found_mib, maximum_mib=maximum_mib)
    return None


def _near_file(file: FilePath) -> str:
    try:
        names = sorted(path.name for path in file.parent.iterdir())
    except (OSError, ValueError):
        return ""
    near = nearest(file.name, names)
    return (file.parent / near).as_posix() if near else ""


def read_scenario_file(file: FilePath, blame: Place | None = None) -> tuple[Mapping, FileRead]:
    """Read one scenario or overlay file; InputError with every fault of its YAML."""
    content = read_bytes(file, blame)
    name = file.as_posix()
    return read_mapping(decoded(content, name), name), FileRead(name, hashlib.sha256(content).hexdigest())


def is_study(root: Mapping) -> bool:
    """Whether a file is a study (of which these keys tell) rather than a scenario or an overlay."""
    return "tiers" not in root.entries and any(key in root.entries for key in ("study_version", "factors", "question"))


def is_nation(root: Mapping) -> bool:
    """Whether a file is a nation (of which these keys tell) rather than a scenario, an overlay or a study."""
    return "tiers" not in root.entries and any(key in root.entries for key in ("nation_version", "totals"))


def is_targets(root: Mapping) -> bool:
    """Whether a file holds targets of a fit (of which these keys tell) rather than a scenario or another file."""
    return "tiers" not in root.entries and any(key in root.entries for key in ("targets_version", "parameters"))


def decoded(content: bytes, name: str) -> str:
    """Decode UTF-8, with or without a byte order mark; InputError at the first wrong byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", errors="replace")) + 1
        place = Place(name, before.count(b"\n") + 1, column)
        raise InputError([fault("file_not_utf8", place)]) from None


@lru_cache(maxsize=16)
def read_mapping(text: str, name: str) -> Mapping:
    """Read the text of a scenario or overlay file; InputError with every fault of its YAML.

    The last trees are kept, which never change: the points of a study all rest on the same files.
    """
    root = read_yaml(text, name)
    if root is None:
        raise InputError([fault("file_empty", Place(name, 1, 1))])
    if not isinstance(root, Mapping):
        found = "[…]" if not hasattr(root, "value") else str(root.value)
        raise InputError([fault("yaml_root_not_block", root.place, found=found)])
    return root
