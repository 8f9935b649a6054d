"""A nation file: counties made in sizes from a few national totals, each like one model county."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sim.specification.schema.fields import Block, Count, Id, Name, Number, Text, structure
from sim.specification.schema.scenario import whole_number

MOST_COUNTIES = 100_000


class Totals(Block):
    """What the counties add up to."""

    counties: Annotated[Count, Field(ge=1, le=MOST_COUNTIES)] = structure("counties and districts", unit="units")
    population_persons: Annotated[Count, Field(ge=1, le=2_000_000_000)] = structure("residents", unit="persons")
    committees: Annotated[Count, Field(ge=1, le=10_000_000)] = structure(
        "mediation committees: one in each village, town and county of the model", unit="units"
    )
    mediators: Annotated[Count, Field(ge=1, le=100_000_000)] = structure("mediators, a post each", unit="posts")
    disputes_known_per_year: Annotated[Count, Field(ge=1, le=1_000_000_000)] = structure(
        "disputes that became known to mediators in a year; what is simulated is compared with it", unit="disputes"
    )


class Sizes(Block):
    """How unequal counties are: lognormal in residents, cut into classes of equally many counties."""

    classes: Annotated[Count, Field(ge=1, le=1_000)] = structure(
        "size classes, of which the number of counties is a multiple; all counties of a class have the same units and "
        "posts and each its own disputes",
        unit="units",
    )
    population_cv: Annotated[Number, Field(ge=0, le=3)] = structure(
        "standard deviation of residents between counties over their mean", unit="ratio"
    )


class CountyUnits(Block):
    """How a county divides; larger counties have more towns and villages in proportion."""

    towns_per_county: Annotated[Number, Field(gt=0, le=1_000)] = structure("towns of a mean county", unit="units")
    grids_per_village: Annotated[Count, Field(ge=1, le=100)] = structure("grids of each village", unit="units")


class CountyStaff(Block):
    """How the mediators split over the staff groups of the model county; groups that it leaves empty stay so."""

    posts_per_unit: dict[Id, Annotated[Count, Field(ge=0, le=1_000)]] = structure(
        "posts in each unit of the group's tier", unit="posts"
    )
    persons_per_post: dict[Id, Annotated[Count, Field(ge=1, le=100_000_000)]] = structure(
        "residents for each of whose multiples begun there is a post", unit="persons"
    )
    all_others: Id = structure("the group of all mediators that the others leave, in proportion to residents")


class Nation(Block):
    """A complete nation file."""

    nation_version: Annotated[Literal[1], BeforeValidator(whole_number)] = structure("version of this format")
    name: Name = structure("title of the study")
    description: Name = structure("what it is, in a sentence or two")
    county: Text = structure("the scenario file of the model county, relative to this file")
    seed: Annotated[Count, Field(ge=0, lt=2**63)] = structure("seed of all random draws")
    totals: Totals = structure("what the counties add up to")
    sizes: Sizes = structure("how unequal they are")
    units: CountyUnits = structure("how they divide")
    staff: CountyStaff = structure("how their mediators split")
