"""The manifest of a nation's run: what determines its numbers, and the hash of every result file."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.errors import InputError, Problem
from sim.experiment.manifest import MANIFEST_FILE, manifest_bytes


class NationManifest(BaseModel):
    """What a finished folder says about itself; written last, so a folder is finished if and only if it has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nation_version: int = 1
    run_id: str
    study: str
    command: str
    seed: int
    counties: int
    counties_of_nation: int
    size_classes: int
    code_digest: str
    audits: int
    """Audits that every county passed."""
    files: dict[str, str]
    """SHA-256 of every result file by its name."""


def is_nation_folder(folder: Path) -> bool:
    """Say whether a folder holds a finished nation, rather than another run or none."""
    try:
        content = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "nation_version" in content


def read_nation_manifest(folder: Path) -> NationManifest:
    """Read the manifest of a finished run; InputError where there is none or it is not one of a nation."""
    path = folder / MANIFEST_FILE
    try:
        return NationManifest.model_validate_json(manifest_bytes(folder))
    except ValidationError as error:
        reason = "; ".join(fault["msg"] for fault in error.errors())
        raise InputError([Problem("run_folder_invalid", path.as_posix(), fields={"reason": reason})]) from None
