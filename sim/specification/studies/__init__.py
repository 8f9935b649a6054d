"""Study files: a baseline, one or two factors, and every point of their grid as a resolved scenario."""

from sim.specification.studies.factors import FactorLevels, LevelOfFactor
from sim.specification.studies.points import StudyPoint, StudyScenarios, study_scenarios
from sim.specification.studies.reading import StudyFile, read_study

__all__ = [
    "FactorLevels",
    "LevelOfFactor",
    "StudyFile",
    "StudyPoint",
    "StudyScenarios",
    "read_study",
    "study_scenarios",
]
