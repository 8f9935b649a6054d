"""A targets file: which reported figures a place is to meet, how closely, and what is varied to meet them."""

from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.specification.schema.fields import Block, Count, Id, Name, Number, Text, TrueOrFalse, structure
from sim.specification.schema.scenario import whole_number

Quantity = Literal[
    "disputes_found_count",
    "recorded_settled_in_village_share",
    "units_without_event_count",
    "mediated_settled_per_year",
    "cases_per_full_time_mediator_per_year",
    "social_forces_share",
]
"""What of a simulation answers a figure."""

Event = Literal["left_village", "handed_to_county", "incident", "group_petition"]
"""What a unit can have been spared."""

PriorBasis = Literal["reported", "literature", "assumed", "transferred"]

UNIT_OF_VALUE: Final = "its unit"


def _not_in_order(wanted: str) -> PydanticCustomError:
    return PydanticCustomError("prior_not_in_order", "wanted: {wanted}", {"wanted": wanted})


class UniformPrior(Block):
    """Every value between the ends is as likely as any other."""

    distribution: Literal["uniform"] = structure("shape")
    low: Number = structure("smallest value", unit=UNIT_OF_VALUE)
    high: Number = structure("largest value", unit=UNIT_OF_VALUE)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise _not_in_order("low < high")
        return self


class TriangularPrior(Block):
    """Likeliest at the mode, less likely towards the ends."""

    distribution: Literal["triangular"] = structure("shape")
    low: Number = structure("smallest value", unit=UNIT_OF_VALUE)
    mode: Number = structure("most likely value", unit=UNIT_OF_VALUE)
    high: Number = structure("largest value", unit=UNIT_OF_VALUE)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise _not_in_order("low < high")
        if not self.low <= self.mode <= self.high:
            raise _not_in_order("low ≤ mode ≤ high")
        return self


class LognormalPrior(Block):
    """Lognormal with the given median and so wide that 90 % lie between two values."""

    distribution: Literal["lognormal"] = structure("shape")
    median: Number = structure("median", unit=UNIT_OF_VALUE, gt=0)
    within_90: tuple[Annotated[Number, Field(gt=0)], ...] = structure(
        "two values between which 90 % lie, on either side of the median",
        unit=UNIT_OF_VALUE,
        min_length=2,
        max_length=2,
    )

    @model_validator(mode="after")
    def _around_median(self) -> Self:
        low, high = self.within_90
        if not low < self.median < high:
            raise _not_in_order("within_90[0] < median < within_90[1]")
        return self


Prior = Annotated[UniformPrior | TriangularPrior | LognormalPrior, Discriminator("distribution")]


class Parameter(Block):
    """A quantity that nobody knows and that the figures may tell something about."""

    name: Name = structure("name")
    sets: Annotated[tuple[Text, ...] | None, Field(min_length=1, max_length=50)] = structure(
        "paths of the values of the scenario that it is written to, all the same; without it the parameter is one of "
        "those from which abilities, hardening, durability and the rate of emergence are derived",
        default=None,
    )
    prior: Prior | None = structure(
        "what is known of it before the figures; without it, what another place's figures leave of it, widened",
        unit=UNIT_OF_VALUE,
        default=None,
    )
    basis: PriorBasis = structure("on what the prior rests; `transferred`: on the fit of another place")
    source: Text | None = structure(
        "figures or sources of the ledger, or `citation: …`; only what is assumed or transferred goes without",
        default=None,
    )


class ErrorModel(Block):
    """How far the model's answer may lie from the figure, counting errors of the simulation apart."""

    scale: Literal["log", "logit"] = structure(
        "the scale on which both are compared: log of a count or rate, logit of a share (of a count of units: of all)"
    )
    discrepancy_sd: Annotated[Number, Field(gt=0, le=3)] = structure(
        "standard deviation of the difference that remains because the record is not the truth and the model is not "
        "the place",
        unit="as the scale",
    )
    reason: Name = structure("why so much")


class Target(Block):
    """A reported figure and what of the simulation answers it."""

    figure: Text = structure("id of the figure in the ledger, which has its value, unit and bound")
    quantity: Quantity = structure("what of the simulation answers it")
    tier: Id | None = structure("of whose units; only of units without an event", default=None)
    events: Annotated[tuple[Event, ...] | None, Field(min_length=1, max_length=4)] = structure(
        "what none of them may have had, all together; only of units without an event", default=None
    )
    held_out: TrueOrFalse = structure("not fitted to, only compared with", default=False)
    error: ErrorModel | None = structure("how closely it is to be met; not for a figure held out", default=None)
    note: Name | None = structure("what a reader must know of the comparison; nothing without it", default=None)


class Window(Block):
    """The span that is simulated, from the baseline's start date."""

    warmup_years: Annotated[Count, Field(ge=0, le=50)] = structure("whole years before the record", unit="years")
    record_years: Annotated[Count, Field(ge=1, le=100)] = structure(
        "years of the record that the figures are of", unit="years"
    )
    follow_days: Annotated[Count, Field(ge=180, le=3_650)] = structure(
        "days after the record in which its last disputes end", unit="days"
    )


class ReferenceTable(Block):
    """Simulations with values drawn from the priors; every one is a row."""

    rows: Annotated[Count, Field(ge=20, le=1_000_000)] = structure("simulations", unit="simulations")


class Posterior(Block):
    """How values are drawn that fit the figures."""

    draws: Annotated[Count, Field(ge=10, le=100_000)] = structure("draws that are kept", unit="draws")
    accepted_share: Annotated[Number | None, Field(gt=0, le=1)] = structure(
        "part of the rows that lie nearest to the figures and from which it is drawn; not where nothing is fitted",
        unit="share",
        default=None,
    )
    predictive_draws: Annotated[Count, Field(ge=10, le=100_000)] = structure(
        "of these draws, those that are simulated again for what the fit implies", unit="draws"
    )


class Transfer(Block):
    """The place whose posterior is taken over, its own figures saying nothing."""

    file: Text = structure("that place's targets file, relative to this file")
    widened_by: Annotated[Number, Field(ge=1, le=10)] = structure(
        "factor on the spread of every parameter that is taken over, on its own scale", unit="ratio"
    )


class Targets(Block):
    """A complete targets file."""

    targets_version: Annotated[Literal[1], BeforeValidator(whole_number)] = structure("version of this format")
    place: Id = structure("id of the place; what is fitted is named by it")
    name: Name = structure("title of the fit")
    description: Name | None = structure("what it is, in a sentence or two; nothing without it", default=None)
    baseline: Text = structure("the baseline's scenario file, relative to this file")
    seed: Annotated[Count, Field(ge=0, lt=2**63)] = structure("seed of all random draws")
    window: Window = structure("the span that is simulated")
    reference_table: ReferenceTable | None = structure(
        "the prior simulations; not where nothing is fitted", default=None
    )
    posterior: Posterior = structure("the posterior sample")
    ranged_assumptions: Literal["triangular", "none"] = structure(
        "whether every other assumed value of the baseline that has a range varies too, its stated value the "
        "likeliest and its range the ends"
    )
    transferred_from: Transfer | None = structure(
        "the place whose posterior is taken over; the place is fitted to its own figures without it", default=None
    )
    parameters: dict[Id, Parameter] = structure("parameters by id", min_length=1, max_length=50)
    targets: dict[Id, Target] = structure(
        "figures by id, fitted or held out; none without it", default_factory=dict, max_length=50
    )
