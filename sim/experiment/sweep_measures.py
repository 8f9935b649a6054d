"""Which measures a study plots and judges, and whether a run has them."""

from sim.errors import Problem
from sim.experiment.sweep_design import SweepMeasure
from sim.outcomes.definition import GROUP_PREFIX, Rows
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.specification.schema import Scenario
from sim.specification.schema.study import StudyMeasure
from sim.specification.studies import StudyFile
from sim.specification.suggestions import nearest


def measures_of(file: StudyFile, baseline: Scenario) -> tuple[list[SweepMeasure], list[Problem]]:
    """Return the measures of a study, the headline measures where it names none, and what is wrong with them."""
    if file.study.measures is None:
        return [SweepMeasure(measure=measure) for measure in HEADLINE_MEASURES], []
    measures: list[SweepMeasure] = []
    problems: list[Problem] = []
    for index, measure in enumerate(file.study.measures):
        found = _faults(file, index, measure, baseline)
        tier = measure.tier or (GROUP_PREFIX + measure.group if measure.group else "")
        wanted = SweepMeasure(measure=measure.measure, tier=tier, category=measure.category or "")
        if wanted in measures:
            found.append(_problem(file, index, "measure", "duplicate_item", {"found": measure.measure}))
        problems += found
        measures.append(wanted)
    return measures, problems


def _faults(file: StudyFile, index: int, measure: StudyMeasure, baseline: Scenario) -> list[Problem]:
    known = MEASURES.get(measure.measure)
    if known is None:
        suggestion = nearest(measure.measure, MEASURES)
        fields = {"found": measure.measure, "allowed": ", ".join(HEADLINE_MEASURES) + ", …", "suggestion": suggestion}
        return [_problem(file, index, "measure", "not_one_of", fields)]
    problems = []
    ids: dict[str, tuple[str, ...]] = {
        "tier": tuple(baseline.tiers),
        "group": tuple(baseline.staff_groups),
        "category": tuple(baseline.categories),
    }
    for key, allowed in ids.items():
        found = getattr(measure, key)
        if found is not None and found not in allowed:
            kind = "staff_group" if key == "group" else key
            fields = {
                "kind": kind,
                "found": found,
                "allowed": ", ".join(allowed),
                "suggestion": nearest(found, allowed),
            }
            problems.append(_problem(file, index, key, "unknown_id", fields))
    broken_down = [key for key in ids if getattr(measure, key) is not None]
    wanted = Rows(broken_down[0]) if len(broken_down) == 1 else Rows.WHOLE if not broken_down else None
    if wanted not in known.rows:
        fields = {"measure": measure.measure, "allowed": ", ".join(rows.value for rows in known.rows)}
        problems.append(_problem(file, index, "measure", "sweep_measure_rows", fields))
    return problems


def _problem(file: StudyFile, index: int, key: str, code: str, fields: dict[str, str]) -> Problem:
    place = file.place("measures", index, key)
    return Problem(code, place.file, place.line, place.column, f"measures.{index}.{key}", fields)
