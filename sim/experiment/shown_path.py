"""How results name a file of the project: the same wherever it was typed, and no place of a machine."""

from pathlib import Path
from typing import Final

_FOLDERS: Final = ("scenarios", "calibration")


def shown_path(path: Path) -> str:
    """Return a path from a folder of the project on; outside of them the name alone."""
    parts = path.resolve().parts
    for folder in _FOLDERS:
        if folder in parts:
            return "/".join(parts[parts.index(folder) :])
    return path.resolve().name
