"""Measures what each practice of the library does to a place: paired replications against the place without it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.engine.choose import DEFAULT_ENGINE, EngineName
from sim.experiment.executor import Workers
from sim.experiment.pieces import KeptMeasures, Piece, PieceStore
from sim.experiment.progress import Progress, Stage
from sim.experiment.question import code_digest
from sim.experiment.replications import run_missing
from sim.experiment.whole_files import write_csv
from sim.specification import ResolvedScenario, load_scenario
from sim.specification.scaling import part_of_place
from sim.specification.schema.practice import Practice
from sim.stats import MeasureKey
from sim.stats.differences import DifferenceEstimate, paired_difference, welch_difference
from sim.stats.measure_samples import ReplicationSample

COMMON_MEASURE: Final = "days_unresolved_180d"
"""Measured of every practice, beside what the practice is about."""

EFFECT_COLUMNS: Final = (
    *("practice", "place", "measured_over", "measure", "tier", "method", "replications"),
    *("reference_mean", "difference", "low", "high", "inputs"),
)

_SAYS_NOTHING_ABOUT_NUMBERS: Final = frozenset({"name", "description", "place", "experiment"})


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """A practice laid over a place's baseline, and what it is measured against: the baseline, or what it remedies."""

    slug: str
    place: str
    practice: Practice
    laid: ResolvedScenario
    reference: ResolvedScenario

    @property
    def keys(self) -> tuple[MeasureKey, ...]:
        """What is measured: what the practice is about, then the measure common to all."""
        own = tuple(_key(name) for name in self.practice.shows_in)
        return own if MeasureKey(COMMON_MEASURE) in own else (*own, MeasureKey(COMMON_MEASURE))

    @property
    def inputs(self) -> str:
        """Return a hash of the values of both scenarios: neither of code nor of names, nor of keys that are off."""
        contents = [_values(resolved) for resolved in (self.laid, self.reference)]
        said = json.dumps([contents, self.seed], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]

    @property
    def seed(self) -> int:
        """The seed of the place's baseline."""
        return self.reference.scenario.experiment.seed


def practice_case(
    slug: str, overlay: Path, baseline: Path, known_sources: frozenset[str] | None = None, share: float = 1.0
) -> PracticeCase:
    """Lay a practice over a baseline, and take a share of the place.

    InputError where the practice does not fit, ValueError if the file is no practice.
    """
    laid = load_scenario(baseline, [overlay], known_sources=known_sources)
    if not laid.practices:
        raise ValueError(f"{overlay} says of no practice that it expresses it")
    practice = laid.practices[-1]
    over = [overlay.parent / practice.measured_over] if practice.measured_over else []
    reference = load_scenario(baseline, over, known_sources=known_sources)
    parts = (replace(whole, scenario=part_of_place(whole.scenario, share)) for whole in (laid, reference))
    return PracticeCase(slug, baseline.parent.name, practice, *parts)


def measure_effects(
    cases: Sequence[PracticeCase],
    folder: Path,
    replications: int,
    workers: Workers,
    progress: Progress,
    engine: EngineName = DEFAULT_ENGINE,
) -> pd.DataFrame:
    """Replicate practices and what they are measured against; columns EFFECT_COLUMNS, a row for each measure.

    Finished replications are kept in `folder` and found again. AuditError if the accounts of one do not balance.
    """
    stores = {case.seed: PieceStore(folder, case.seed, code_digest(), engine=engine) for case in cases}
    pairs = {
        (case.slug, case.place): (
            stores[case.seed].add_scenario(case.laid.scenario),
            stores[case.seed].add_scenario(case.reference.scenario),
        )
        for case in cases
    }
    for seed, store in stores.items():
        of_seed = [pairs[case.slug, case.place] for case in cases if case.seed == seed]
        hashes = dict.fromkeys(name for pair in of_seed for name in pair)
        pieces = [Piece(name, replication) for name in hashes for replication in range(replications)]
        run_missing(store, pieces, workers, Stage.REPLICATIONS, progress)
    rows = []
    for case in cases:
        read = (_kept(stores[case.seed], name, replications) for name in pairs[case.slug, case.place])
        rows += _effects(case, *read)
    return pd.DataFrame(rows, columns=list(EFFECT_COLUMNS))


def _kept(store: PieceStore, scenario_hash: str, replications: int) -> list[KeptMeasures]:
    return [store.measures(Piece(scenario_hash, replication)) for replication in range(replications)]


def _effects(
    case: PracticeCase, laid: Sequence[KeptMeasures], reference: Sequence[KeptMeasures]
) -> list[tuple[object, ...]]:
    paired = [part.emergence_hash for part in laid] == [part.emergence_hash for part in reference]
    rows: list[tuple[object, ...]] = []
    for key in case.keys:
        of_practice, of_reference = _sample(laid, key), _sample(reference, key)
        found = (paired_difference if paired else _independent)(of_practice, of_reference)
        over = Path(case.practice.measured_over or "").stem
        rows.append(
            (
                *(case.slug, case.place, over, key.measure, key.tier, found.method.value, len(laid)),
                *(_six_digits(number) for number in (found.baseline_mean, found.difference, found.low, found.high)),
                case.inputs,
            )
        )
    return rows


def _six_digits(number: float) -> float:
    return float(f"{number:.6g}")


def _independent(policy: ReplicationSample, baseline: ReplicationSample) -> DifferenceEstimate:
    return welch_difference(policy.observed, baseline.observed)


def _sample(kept: Sequence[KeptMeasures], key: MeasureKey) -> ReplicationSample:
    """Return the values of a measure by replication; 0 where a place without a practice has no such staff."""
    values: npt.NDArray[np.float64] = np.zeros(len(kept))
    for number, part in enumerate(kept):
        if key in part.keys:
            values[number] = part.observed[part.keys.index(key)]
    return ReplicationSample(np.arange(len(kept), dtype=np.int64), values)


def _key(name: str) -> MeasureKey:
    measure, _, tier = name.partition("@")
    return MeasureKey(measure, tier)


def _values(resolved: ResolvedScenario) -> object:
    return _without_names(resolved.scenario.model_dump(mode="json", by_alias=True, exclude_none=True))


def _without_names(content: object) -> object:
    if isinstance(content, Mapping):
        return {key: _without_names(below) for key, below in content.items() if key not in _SAYS_NOTHING_ABOUT_NUMBERS}
    return [_without_names(item) for item in content] if isinstance(content, list) else content


Staleness = Literal["missing", "changed", "few", ""]


def staleness(case: PracticeCase, effects: pd.DataFrame, replications: int) -> Staleness:
    """Say why a stored table does not tell the effect of a practice; empty where it does."""
    of_case = effects[(effects["practice"] == case.slug) & (effects["place"] == case.place)]
    stored = [MeasureKey(*key) for key in of_case[["measure", "tier"]].itertuples(index=False)]
    if stored != list(case.keys):
        return "missing"
    if set(of_case["inputs"]) != {case.inputs}:
        return "changed"
    return "few" if int(of_case["replications"].min()) < replications else ""


def read_effects(file: Path) -> pd.DataFrame:
    """Read a stored table of effects; none where there is no file."""
    if not file.is_file():
        return pd.DataFrame(columns=list(EFFECT_COLUMNS))
    text = ["practice", "place", "measured_over", "measure", "tier", "method", "inputs"]
    effects = pd.read_csv(file, encoding="utf-8-sig", dtype=dict.fromkeys(text, str))
    return effects.assign(**{column: effects[column].fillna("") for column in text})


def merged_effects(stored: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Put measured effects in the place of those stored for the same practices and places, in order of both."""
    if not len(measured):
        return stored
    again = set(measured[["practice", "place"]].itertuples(index=False, name=None))
    kept = [row not in again for row in stored[["practice", "place"]].itertuples(index=False, name=None)]
    both = pd.concat([stored[kept], measured]) if any(kept) else measured
    return both.sort_values(["practice", "place"], kind="stable", ignore_index=True)


def write_effects(file: Path, effects: pd.DataFrame) -> None:
    """Write a table of effects."""
    write_csv(file, effects)
