"""The schema of a scenario file, as frozen pydantic models; every field says what it means, its unit and its role."""

from sim.specification.schema.scenario import Scenario

__all__ = ["Scenario"]
