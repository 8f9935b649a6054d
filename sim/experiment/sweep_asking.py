"""From a study file to a question: every point a scenario, and what each is compared with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem
from sim.experiment.asking import Wanted, cited_sources, id_of, wanted_rule
from sim.experiment.pieces import hash_of_scenario
from sim.experiment.question import NamedScenario, Question
from sim.experiment.sweep_constraints import broken_constraints
from sim.experiment.sweep_design import SweepDesign, SweepFactor, SweepLevel, SweepMeasure, SweepPoint, Texts
from sim.experiment.sweep_measures import measures_of
from sim.specification.schema.fields import Name
from sim.specification.studies import FactorLevels, StudyFile, StudyScenarios, read_study, study_scenarios
from sim.specification.writing import to_yaml

BASELINE_ID: Final = "baseline"


def ask_sweep(path: Path, wanted: Wanted) -> Question:
    """Ask for the sweep of a study file; InputError with what is wrong with the file, or else with its points."""
    file = read_study(path)
    scenarios = study_scenarios(file, wanted.known_sources)
    measures, problems = measures_of(file, scenarios.baseline.scenario)
    problems = [*problems, *broken_constraints(file, scenarios)]
    design = None if problems else _design(file, scenarios, measures)
    if design is not None and not design.references:
        place = file.places.key_place(("factors",))
        problems.append(Problem("sweep_changes_nothing", place.file, place.line, place.column, "factors"))
    if problems or design is None:
        raise InputError(problems)
    named = [
        NamedScenario(BASELINE_ID, scenarios.baseline, to_yaml(scenarios.baseline)),
        *(
            NamedScenario(designed.scenario, point.resolved, to_yaml(point.resolved))
            for designed, point in zip(design.points, scenarios.points, strict=True)
        ),
    ]
    experiment = scenarios.baseline.scenario.experiment
    seed = experiment.seed if file.study.seed is None else file.study.seed
    rule = file.study.replications or experiment.replications
    return Question(
        study=id_of(path),
        scenarios=tuple(named),
        seed=seed if wanted.seed is None else wanted.seed,
        rule=wanted_rule(rule, wanted.replications),
        sources=cited_sources([one.resolved for one in named], wanted.citations or {}),
        command=wanted.command,
        sweep=design,
    )


def _design(file: StudyFile, scenarios: StudyScenarios, measures: Sequence[SweepMeasure]) -> SweepDesign:
    study, constraints = file.study, file.study.constraints
    return SweepDesign(
        name=_texts(study.name),
        question=_texts(study.question),
        factors=tuple(_factor(factor) for factor in file.factors),
        points=tuple(_points(file, scenarios)),
        measures=tuple(measures),
        paired_with=study.paired_with,
        equal_headcount=constraints is not None and constraints.equal_headcount,
        equal_payroll_share=None if constraints is None else constraints.equal_payroll_share,
    )


def _factor(factor: FactorLevels) -> SweepFactor:
    levels = tuple(
        SweepLevel(id=level.id, value=level.value, name=None if level.name is None else _texts(level.name))
        for level in factor.levels
    )
    return SweepFactor(
        id=factor.id, name=_texts(factor.name), operation=factor.operation, path=factor.path, levels=levels
    )


def _points(file: StudyFile, scenarios: StudyScenarios) -> list[SweepPoint]:
    """Number the points by their levels: the third level of the first factor and the first of the second are 3_1."""
    numbers = [{level.id: n for n, level in enumerate(factor.levels, start=1)} for factor in file.factors]
    hashes = {BASELINE_ID: hash_of_scenario(scenarios.baseline.scenario)}
    points = []
    for point in scenarios.points:
        at = [of_factor[level.id] for of_factor, level in zip(numbers, point.levels, strict=True)]
        scenario = _point_id(at)
        hashes[scenario] = hash_of_scenario(point.resolved.scenario)
        reference = BASELINE_ID if file.study.paired_with == "baseline" else _point_id([1, *at[1:]])
        levels = tuple(level.id for level in point.levels)
        points.append(SweepPoint(scenario=scenario, levels=levels, reference=reference, is_reference=False))
    return [
        point.model_copy(update={"is_reference": hashes[point.scenario] == hashes[point.reference]}) for point in points
    ]


def _point_id(at: Sequence[int]) -> str:
    return "point_" + "_".join(str(number) for number in at)


def _texts(name: Name) -> Texts:
    return Texts(zh=name.zh, en=name.en)
