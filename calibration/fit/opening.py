"""Opens a targets file as a place to fit, in the parent and in every worker, and names the question that it puts."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import calibration
from calibration.fit.adopted import Adopted, fitted_folder
from calibration.fit.place import PlaceToFit
from calibration.fit.reading_place import place_to_fit
from calibration.ledger import load_ledger
from calibration.starting_points import STARTING_POINTS_FILE
from sim.experiment.question import code_digest
from sim.experiment.whole_files import sources_digest
from sim.specification.targets import read_targets

_DATA_THAT_DETERMINES_NUMBERS: Final = ("figures.csv", STARTING_POINTS_FILE)


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place to fit and the hash of all that determines its numbers, 64 hexadecimal digits.

    `adopted`: the fit that it takes over, None where it is fitted itself.
    """

    place: PlaceToFit
    adopted: Adopted | None
    digest: str


@lru_cache(maxsize=2)
def open_place(targets_file: Path) -> OpenPlace:
    """Read a targets file, once in each process; InputError with all its faults."""
    ledger = load_ledger()
    place = place_to_fit(read_targets(targets_file, ledger.citable, ledger.units), ledger)
    adopted = None if place.file.transferred_from is None else Adopted.of(place, fitted_folder(targets_file))
    return OpenPlace(place, adopted, place_digest(place, adopted))


def place_digest(place: PlaceToFit, adopted: Adopted | None) -> str:
    """Return the hash of what determines a fit: targets, parameters, the code, and the baseline but for what is fitted.

    Also the fit of another place that is taken over. The baseline extends the last fit, whose values every draw
    replaces: they must not name the question.
    """
    stated = {parameter.id: parameter.stated for parameter in place.parameters}
    scenario = place.scenario_at(place.values_at(stated))
    determined_by = [
        place.targets.model_dump_json(by_alias=True),
        [[p.id, repr(p.prior), p.sets, p.stated, p.is_count] for p in place.parameters],
        scenario.model_copy(update={"experiment": None}).model_dump_json(by_alias=True),
        code_digest(),
        calibration_digest(),
        "" if adopted is None else adopted.digest,
    ]
    return hashlib.sha256(json.dumps(determined_by, ensure_ascii=False).encode("utf-8")).hexdigest()


@cache
def calibration_digest() -> str:
    """Return the hash of this package's code and of the figures and starting points that it reads."""
    root = Path(calibration.__file__).parent
    return sources_digest(root, [*root.rglob("*.py"), *(root / name for name in _DATA_THAT_DETERMINES_NUMBERS)])
