"""The base of every block and the field makers that mark levers, uncertainties and structure."""

from datetime import date
from math import isfinite
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

Id = Annotated[str, Strict(), StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=2_000)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Count = Annotated[int, Strict()]
TrueOrFalse = Annotated[bool, Strict()]


def _calendar_day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and len(value) == len("2026-01-31"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("not_a_date", "must be a day written as 2026-01-31")


Date = Annotated[date, BeforeValidator(_calendar_day)]


def _one_value(value: object) -> object:
    if isinstance(value, bool | int | float | str) and (not isinstance(value, float) or isfinite(value)):
        return value
    raise PydanticCustomError("value_invalid", "must be a single value")


OneValue = Annotated[object, BeforeValidator(_one_value)]
"""A number, word or truth value; of which kind, the path says that it is put at."""

Changes = Annotated[object, "changes"]
"""A list of changes as in an overlay; read with their places where they are applied."""


class Block(BaseModel):
    """A part of a scenario: unknown keys refused, never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(Block):
    """A name in both languages."""

    zh: Text = Field(description="in Chinese")
    en: Text = Field(description="in English")


def lever(description: str, *, unit: str = "", **bounds: Any) -> Any:
    """A field that a planner can decide."""
    return Field(description=description, json_schema_extra={"unit": unit, "role": "lever"}, **bounds)


def uncertainty(description: str, *, unit: str = "", **bounds: Any) -> Any:
    """A field that nobody knows exactly."""
    return Field(description=description, json_schema_extra={"unit": unit, "role": "uncertainty"}, **bounds)


def structure(description: str, *, unit: str = "", **bounds: Any) -> Any:
    """A field that says what the place or the study is; never swept."""
    return Field(description=description, json_schema_extra={"unit": unit, "role": "structure"}, **bounds)
