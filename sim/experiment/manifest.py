"""The manifest of a finished run: what determines its numbers, how it went, and the hash of every result file.

It is written last: a run folder is finished if and only if it has one. It holds no clock time, path or host name.
"""

import json
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sim.errors import InputError, Problem
from sim.experiment.question import ReplicationRule
from sim.experiment.sweep_design import SweepDesign
from sim.experiment.whole_files import write_whole

MANIFEST_FILE: Final = "manifest.json"


FileNamePart = Annotated[str, StringConstraints(pattern=r"^[^./\\][^/\\]*$")]
"""Text that stands in the name of a file or folder, and leads nowhere else."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReplicationsDone(_Entry):
    """How many replications were done and why no more: cause is fixed, criteria_met, cap_reached or each_draw.

    `level` is that of every interval, held over all `looks` that the rule could take.
    """

    rule: str
    count: int
    cause: str
    cap: int | None
    relative_precision: float | None
    level: float
    looks: int


class RunWarning(_Entry):
    """Something that weakens the run."""

    code: str
    scenario: str = ""
    tier: str = ""
    fields: dict[str, int | float | str] = {}


class StressNotPossible(_Entry):
    """An end of a range at which a scenario would not be valid, with the codes of what is wrong."""

    path: str
    end: str
    scenario: str
    problems: tuple[str, ...]


class StressDone(_Entry):
    """How the verdict was stressed: how many assumed values were screened, which were not and which moved it most."""

    focus_policy: str
    focus_measure: str
    screen_replications: int
    verdict_replications: int
    screened_count: int
    without_range: tuple[str, ...]
    not_possible: tuple[StressNotPossible, ...]
    values: tuple[str, ...]


class PosteriorDone(_Entry):
    """How a posterior was carried through: draws, the replications of each, and the measure that policies rank by.

    `file` is the name of the file that the draws came from; `parameters` and `values` count what varies.
    """

    file: str
    draws: int
    replications: int
    parameters: int
    values: int
    focus_measure: str


class Manifest(_Entry):
    """What a finished run folder says about itself; `files` has the SHA-256 of every result file by its name."""

    schema_version: int = 1
    run_id: str
    study: FileNamePart
    command: str
    scenarios: Annotated[tuple[FileNamePart, ...], Field(min_length=1)]
    seed: int
    rule: ReplicationRule
    with_records: bool
    code_digest: str
    replications: ReplicationsDone
    emergence: dict[str, str]
    """Hash by scenario of what emerged in all replications: equal where scenarios are paired."""
    unpaired: tuple[str, ...]
    warnings: tuple[RunWarning, ...]
    audits: int
    robustness: StressDone | None
    sweep: SweepDesign | None = None
    """The design of a sweep; None for runs and comparisons."""
    posterior: PosteriorDone | None = None
    """None where scenarios ran with their values as stated."""
    files: dict[str, str]


def write_manifest(folder: Path, manifest: BaseModel) -> None:
    """Write the manifest of whatever kind of run, which marks the folder as finished."""
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(folder / MANIFEST_FILE, (text + "\n").encode("utf-8"))


def manifest_bytes(folder: Path) -> bytes:
    """Return a manifest's content; InputError where there is none or it cannot be read."""
    path = folder / MANIFEST_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError([Problem("run_folder_missing_file", path.as_posix())]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("run_folder_unreadable", path.as_posix(), fields={"reason": reason})]) from None


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a finished run; InputError where there is none or it is not one of ours."""
    path = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate_json(manifest_bytes(folder))
    except ValidationError as error:
        problems = [
            Problem(
                "run_folder_invalid",
                path.as_posix(),
                path=".".join(str(part) for part in fault["loc"]),
                fields={"reason": fault["msg"]},
            )
            for fault in error.errors()
        ]
        raise InputError(problems) from None
