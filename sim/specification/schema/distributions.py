"""Distributions as data: mean and spread, with the unit in the key."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.specification.schema.fields import Block, Number, structure, uncertainty


class Exponential(Block):
    """Exponential with the given mean."""

    distribution: Literal["exponential"] = structure("shape")
    mean: Number = uncertainty("mean", unit="as in the key", ge=0)


class Deterministic(Block):
    """Always the given value."""

    distribution: Literal["deterministic"] = structure("shape")
    mean: Number = uncertainty("the value", unit="as in the key", ge=0)


class Lognormal(Block):
    """Lognormal with the given mean and coefficient of variation."""

    distribution: Literal["lognormal"] = structure("shape")
    mean: Number = uncertainty("mean", unit="as in the key", ge=0)
    cv: Number = uncertainty("standard deviation over mean", unit="ratio", gt=0, le=10)


class Gamma(Block):
    """Gamma with the given mean and coefficient of variation."""

    distribution: Literal["gamma"] = structure("shape")
    mean: Number = uncertainty("mean", unit="as in the key", ge=0)
    cv: Number = uncertainty("standard deviation over mean", unit="ratio", gt=0, le=10)


class Weibull(Block):
    """Weibull with the given mean and shape (shape 1 is exponential, above 1 less spread)."""

    distribution: Literal["weibull"] = structure("shape")
    mean: Number = uncertainty("mean", unit="as in the key", ge=0)
    shape: Number = uncertainty("Weibull shape", unit="ratio", gt=0.1, le=50)


class Uniform(Block):
    """Uniform between two values."""

    distribution: Literal["uniform"] = structure("shape")
    low: Number = uncertainty("smallest value", unit="as in the key", ge=0)
    high: Number = uncertainty("largest value", unit="as in the key", ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise PydanticCustomError("not_in_order", "low must not exceed high")
        return self


class Triangular(Block):
    """Triangular between two values with a most likely value."""

    distribution: Literal["triangular"] = structure("shape")
    low: Number = uncertainty("smallest value", unit="as in the key", ge=0)
    mode: Number = uncertainty("most likely value", unit="as in the key", ge=0)
    high: Number = uncertainty("largest value", unit="as in the key", ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise PydanticCustomError("not_in_order", "low, mode and high must be in order")
        return self


class Empirical(Block):
    """One of the listed values, each as likely as its weight."""

    distribution: Literal["empirical"] = structure("shape")
    values: tuple[Annotated[Number, Field(ge=0)], ...] = structure("the values", unit="as in the key", min_length=1)
    weights: tuple[Annotated[Number, Field(ge=0)], ...] = structure("weight of each value", unit="ratio", min_length=1)

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        if len(self.values) != len(self.weights) or sum(self.weights) <= 0:
            raise PydanticCustomError("weights_do_not_match", "as many weights as values, with a positive sum")
        return self


AnyDistribution = Exponential | Deterministic | Lognormal | Gamma | Weibull | Uniform | Triangular | Empirical

_WITHOUT_UNIT = ("distribution", "cv", "shape", "weights")


def _in_days(name: str) -> str:
    return name if name in _WITHOUT_UNIT else f"{name}_days"


def _in_hours(name: str) -> str:
    return name if name in _WITHOUT_UNIT else f"{name}_hours"


class ExponentialDays(Exponential):
    """Exponential in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class DeterministicDays(Deterministic):
    """Deterministic in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class LognormalDays(Lognormal):
    """Lognormal in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class GammaDays(Gamma):
    """Gamma in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class WeibullDays(Weibull):
    """Weibull in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class UniformDays(Uniform):
    """Uniform in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class TriangularDays(Triangular):
    """Triangular in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class EmpiricalDays(Empirical):
    """Empirical in days."""

    model_config = ConfigDict(alias_generator=_in_days)


class ExponentialHours(Exponential):
    """Exponential in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class DeterministicHours(Deterministic):
    """Deterministic in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class LognormalHours(Lognormal):
    """Lognormal in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class GammaHours(Gamma):
    """Gamma in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class WeibullHours(Weibull):
    """Weibull in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class UniformHours(Uniform):
    """Uniform in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class TriangularHours(Triangular):
    """Triangular in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


class EmpiricalHours(Empirical):
    """Empirical in hours."""

    model_config = ConfigDict(alias_generator=_in_hours)


DurationDays = Annotated[
    ExponentialDays
    | DeterministicDays
    | LognormalDays
    | GammaDays
    | WeibullDays
    | UniformDays
    | TriangularDays
    | EmpiricalDays,
    Discriminator("distribution"),
]
DurationHours = Annotated[
    ExponentialHours
    | DeterministicHours
    | LognormalHours
    | GammaHours
    | WeibullHours
    | UniformHours
    | TriangularHours
    | EmpiricalHours,
    Discriminator("distribution"),
]
