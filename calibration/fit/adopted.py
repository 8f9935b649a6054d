"""Fits that were adopted: the files that baselines extend, and that places without figures take over."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from calibration.fit.place import PlaceToFit
from calibration.fit.priors import Array
from sim.errors import InputError
from sim.report.calibration_tables import PARAMETER_PREFIX, PARAMETERS_FILE, POSTERIOR_FILE
from sim.specification.faults import fault

FITTED_FOLDER: Final = "fitted"


def fitted_folder(targets_file: Path) -> Path:
    """Return the folder of adopted fits that belongs to a targets file: `fitted/` beside its own folder."""
    return targets_file.parent.parent / FITTED_FOLDER


def adopted_file(fitted: Path, place: str, name: str) -> Path:
    """Return where a result file of a place's fit stands once it is adopted."""
    return fitted / f"{place}.{name}"


@dataclass(frozen=True, slots=True)
class Adopted:
    """The fit of another place, as it was adopted.

    posterior: its sample; parameters: one row for each; taken_over: the parameters without a prior of their own here;
    digest: hash of both files, 64 hexadecimal digits.
    """

    posterior: pd.DataFrame
    parameters: pd.DataFrame
    taken_over: frozenset[str]
    digest: str

    @classmethod
    def of(cls, place: PlaceToFit, fitted: Path) -> "Adopted":
        """Read the fit that a place takes over; InputError, at the line that names it, where it is not there."""
        assert place.file.transferred_from is not None
        other = place.file.transferred_from.targets.place
        files = [adopted_file(fitted, other, name) for name in (POSTERIOR_FILE, PARAMETERS_FILE)]
        missing = [file for file in files if not file.is_file()]
        if missing:
            raise _fault(place, "transfer_not_fitted", missing=missing[0].as_posix())
        posterior, parameters = (pd.read_csv(file, encoding="utf-8-sig") for file in files)
        taken_over = [id_ for id_, stated in place.targets.parameters.items() if stated.prior is None]
        known = set(parameters["parameter"])
        unknown = [id_ for id_ in taken_over if id_ not in known or f"{PARAMETER_PREFIX}{id_}" not in posterior.columns]
        if unknown:
            raise _fault(place, "transfer_out_of_date", missing=", ".join(unknown))
        content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
        return cls(posterior, parameters, frozenset(taken_over), hashlib.sha256(content).hexdigest())

    @property
    def informed(self) -> frozenset[str]:
        """Those of the parameters taken over that the other place's figures inform."""
        is_informed = self.parameters["informed"].astype(str).str.lower() == "true"
        return self.taken_over & frozenset(self.parameters["parameter"][is_informed])

    @property
    def points(self) -> dict[str, float]:
        """What the other place's overlay takes, for each parameter taken over."""
        points = zip(self.parameters["parameter"], self.parameters["point"], strict=True)
        return {str(id_): float(point) for id_, point in points if id_ in self.taken_over}

    def numbers(self, parameter_id: str, draws: int) -> Array:
        """Return the first draws of a parameter: (draws,)."""
        return self.posterior[f"{PARAMETER_PREFIX}{parameter_id}"].to_numpy(dtype=np.float64)[:draws]


def _fault(place: PlaceToFit, code: str, missing: str) -> InputError:
    assert place.file.transferred_from is not None
    path, other = ("transferred_from", "file"), place.file.transferred_from
    fields = {"place": other.targets.place, "missing": missing, "targets": other.name}
    return InputError([fault(code, place.file.place(*path), path, **fields)])
