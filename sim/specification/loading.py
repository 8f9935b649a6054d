"""Loads scenario files: layers, walk beside the schema, validation, checks, frozen calendar and units."""

import os.path
from collections.abc import Iterable, Sequence
from pathlib import Path as FilePath

from sim.errors import InputError, Problem
from sim.specification.changes import Change
from sim.specification.checks import cross_faults, warnings_about
from sim.specification.china_calendar import FIRST_YEAR, LAST_YEAR, listed_china_calendar, needed_years
from sim.specification.conforming import Conformed, conform
from sim.specification.derivation import Derivation, read_derivation
from sim.specification.faults import fault
from sim.specification.layering import Layers, layered
from sim.specification.posterior_file import PosteriorSample, read_posterior_file
from sim.specification.practice import read_practice
from sim.specification.reading import FileRead
from sim.specification.records import Record
from sim.specification.resolved import Provenance, ResolvedScenario
from sim.specification.schema import Scenario
from sim.specification.schema.fields import Name
from sim.specification.schema.place import ChinaCalendar
from sim.specification.schema.practice import Practice
from sim.specification.shape import scenario_shape
from sim.specification.tree import OPTION, Mapping, Path, Place, dotted
from sim.specification.units_file import read_units_file
from sim.specification.validation import validated

_UNIT_ROWS = ("units", "rows")
_POSTERIOR: Path = ("experiment", "posterior")


def load_scenario(
    path: FilePath | str,
    overlays: Sequence[FilePath | str] = (),
    settings: Sequence[str] = (),
    known_sources: frozenset[str] | None = None,
    changes: Sequence[Change] = (),
) -> ResolvedScenario:
    """Load a scenario file with what it extends, overlays side by side, and settings such as `experiment.seed=7`.

    `changes` are made after the overlays and before the settings, as if an overlay held them.
    `known_sources` are the ids that a `source` may name beside free citations; None accepts any. Raises InputError
    with every problem found, in the order in which the files were read.
    """
    layers = layered(FilePath(path), [FilePath(overlay) for overlay in overlays], settings, changes)
    assert layers.root is not None
    if any(problem.code == "overlay_conflict" for problem in layers.problems):
        raise InputError(in_reading_order(layers.problems, layers.files))
    conformed = conform(layers.root, scenario_shape(), known_sources)
    conformed.removed = layers.removed
    conformed.file_order = layers.laid
    problems = [*layers.problems, *conformed.problems, *_take_units_file(conformed, layers)]
    posterior, of_posterior = take_posterior_file(conformed, layers.files)
    problems += of_posterior
    derivation, more = _derivation(layers, layers.root)
    scenario, faults = validated(conformed)
    practices, of_practices = _practices(layers, known_sources)
    problems += [*more, *faults, *of_practices]
    if scenario is not None:
        problems += cross_faults(scenario, conformed)
        problems += _calendar_faults(scenario, conformed)
    if problems or scenario is None:
        raise InputError(in_reading_order(problems, layers.files))
    scenario = _named_after(_with_listed_calendar(scenario), practices, conformed, layers)
    return ResolvedScenario(
        scenario=scenario,
        provenance=_provenance(conformed),
        files=tuple(layers.files),
        warnings=tuple(in_reading_order(warnings_about(scenario, conformed), layers.files)),
        derivation=derivation,
        practices=practices,
        posterior=posterior,
    )


def in_reading_order(problems: Iterable[Problem], files: Sequence[FileRead]) -> list[Problem]:
    """Sort problems by file as read, then options, then line and column; the same problem counts once."""
    order = {read.file: number for number, read in enumerate(files)}
    unique: list[Problem] = []
    for problem in problems:
        if problem not in unique:
            unique.append(problem)
    return sorted(unique, key=lambda problem: (order.get(problem.file, len(order)), problem.line, problem.column))


def _take_units_file(conformed: Conformed, layers: Layers) -> list[Problem]:
    """Put the rows of a units file in the place of its name."""
    units = conformed.content.get("units")
    if not (isinstance(units, dict) and units.get("by") == "file" and isinstance(units.get("path"), str)):
        return []
    blame = conformed.place(("units", "path"))
    try:
        table = read_units_file(_folder_of(blame) / units["path"], blame)
    except InputError as error:
        conformed.doubtful.add(("units",))
        return list(error.problems)
    assert table.read is not None
    layers.files.append(table.read)
    conformed.content["units"] = {"by": "table", "rows": table.rows}
    conformed.values[_UNIT_ROWS] = conformed.keys[_UNIT_ROWS] = Place(table.read.file, 1, 1)
    for path, place in table.places.items():
        conformed.values[*_UNIT_ROWS, *path] = place
    conformed.leaves = [path for path in conformed.leaves if path != ("units", "path")]
    return []


def take_posterior_file(conformed: Conformed, files: list[FileRead]) -> tuple[PosteriorSample | None, list[Problem]]:
    """Read the posterior sample and take its name out of the content: in another folder it would lead nowhere."""
    experiment = conformed.content.get("experiment")
    named = experiment.get("posterior") if isinstance(experiment, dict) else None
    if not (isinstance(experiment, dict) and isinstance(named, str) and named):
        return None, []
    blame = conformed.place(_POSTERIOR)
    del experiment["posterior"]
    conformed.leaves = [path for path in conformed.leaves if path != _POSTERIOR]
    try:
        sample = read_posterior_file(FilePath(os.path.normpath(_folder_of(blame) / named)), blame)
    except InputError as error:
        return None, list(error.problems)
    files.append(sample.read)
    return sample, []


def _folder_of(blame: Place) -> FilePath:
    """Return the folder from which the file at this place names others; of an option, the current one."""
    return FilePath() if blame.file.startswith(f"{OPTION} ") else FilePath(blame.file).parent


def _derivation(layers: Layers, root: Mapping) -> tuple[Derivation, list[Problem]]:
    if layers.derivation is None:
        return layers.recorder.derivation(root), []
    try:
        return read_derivation(layers.derivation, root), []
    except InputError as error:
        return Derivation(), list(error.problems)


def _practices(layers: Layers, known_sources: frozenset[str] | None) -> tuple[tuple[Practice, ...], list[Problem]]:
    read = [read_practice(written, known_sources) for written in layers.practices]
    practices = tuple(practice for practice, _ in read if practice is not None)
    return practices, [problem for _, problems in read for problem in problems]


def _named_after(scenario: Scenario, practices: Sequence[Practice], conformed: Conformed, layers: Layers) -> Scenario:
    """Name a baseline after the practices laid over it, unless a file laid later gives a name of its own."""
    first = min((layers.laid[written.key_place.file] for written in layers.practices), default=0)
    if not practices or layers.laid.get(conformed.place(("name", "en")).file, first) >= first:
        return scenario
    names = [scenario.name, *(practice.name for practice in practices)]
    name = Name(zh="＋".join(name.zh for name in names)[:2_000], en=" + ".join(name.en for name in names)[:2_000])
    return scenario.model_copy(update={"name": name})


def _calendar_faults(scenario: Scenario, conformed: Conformed) -> list[Problem]:
    if not isinstance(scenario.statutory_calendar, ChinaCalendar):
        return []
    first, last = needed_years(scenario)
    if first >= FIRST_YEAR and last <= LAST_YEAR:
        return []
    fields = {"first_year": FIRST_YEAR, "last_year": LAST_YEAR, "needed_first_year": first, "needed_last_year": last}
    path = ("horizon", "start_date")
    return [fault("calendar_years", conformed.place(path), path, **fields)]


def _with_listed_calendar(scenario: Scenario) -> Scenario:
    if not isinstance(scenario.statutory_calendar, ChinaCalendar):
        return scenario
    return scenario.model_copy(update={"statutory_calendar": listed_china_calendar(*needed_years(scenario))})


def _provenance(conformed: Conformed) -> dict[str, Provenance]:
    provenance = {}
    for path in [*conformed.leaves, *(path for path in conformed.records if path not in conformed.leaves)]:
        record = conformed.records.get(path)
        if path[:2] == _UNIT_ROWS and record is None:
            continue
        provenance[dotted(path)] = _stated_at(conformed.place(path), record)
    if _UNIT_ROWS in conformed.values:
        provenance[dotted(_UNIT_ROWS)] = _stated_at(conformed.values[_UNIT_ROWS], None)
    return provenance


def _stated_at(place: Place, record: Record | None) -> Provenance:
    return Provenance(
        file=place.file,
        line=place.line,
        column=place.column,
        basis=record.basis if record else None,
        source=record.source if record else None,
        range=record.range if record else None,
        set_by=OPTION if place.file.startswith(f"{OPTION} ") else place.file,
    )
