"""Counties in size classes: whole numbers of residents, units and posts that add up to the national totals."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, gcd, log, sqrt
from statistics import NormalDist
from typing import Final

from sim.specification.schema import Scenario
from sim.specification.schema.nation import Nation
from sim.specification.schema.place import UnitsByCount

HOME_TIER, VILLAGE_TIER, TOWN_TIER, COUNTY_TIER = range(4)
TIER_KINDS: Final = ("grid", "village", "town", "county")
"""What the tiers of a model county must be, lowest first."""

_GOLDEN_SECTION: Final = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class CountyClass:
    """What all counties of a size class have: residents, units by tier, posts by staff group."""

    number: int
    population_persons: int
    units: dict[str, int]
    posts: dict[str, int]

    @property
    def committees(self) -> int:
        """Mediation committees of a county: one in each of its villages and towns, and its own."""
        return sum(list(self.units.values())[VILLAGE_TIER:])

    @property
    def mediators(self) -> int:
        """Mediators of a county, a post each."""
        return sum(self.posts.values())

    def scenario(self, model: Scenario) -> Scenario:
        """Return the model county with the units, residents and posts of this class."""
        assert isinstance(model.units, UnitsByCount)
        sized = {"counts": dict(self.units), "population_persons": self.population_persons}
        groups = {
            group_id: group.model_copy(update={"posts": self.posts.get(group_id, 0)})
            for group_id, group in model.staff_groups.items()
        }
        return model.model_copy(update={"units": model.units.model_copy(update=sized), "staff_groups": groups})


def class_of_county(county: int, classes: int) -> int:
    """Return the class, from 0, of a county by its number, from 0.

    Any run of as many counties as there are classes has one of each, and a shorter one is spread over the sizes, the
    middle first: so a few counties stand for all, and the row goes on beyond the nation's number.
    """
    step = max(1, round(classes * _GOLDEN_SECTION))
    while gcd(step, classes) > 1:
        step -= 1
    return (classes // 2 + county * step) % classes


def county_classes(nation: Nation, model: Scenario) -> list[CountyClass]:
    """Return the classes, the smallest counties first.

    Times the counties of a class they add up to the totals but for half the counties of a class. A class can come out
    impossible (posts below 0, villages fewer than towns) where the totals do not fit together.
    """
    totals, in_class = nation.totals, nation.totals.counties // nation.sizes.classes
    sizes = _relative_sizes(nation.sizes.classes, nation.sizes.population_cv)
    persons = _rounded_to_total(sizes, totals.population_persons, in_class)
    towns = [
        max(1, count) for count in _rounded_to_total(sizes, nation.units.towns_per_county * totals.counties, in_class)
    ]
    village_committees = totals.committees - in_class * sum(count + 1 for count in towns)
    villages = _rounded_to_total(sizes, village_committees, in_class)
    units = [
        dict(zip(model.tiers, (nation.units.grids_per_village * village, village, town, 1), strict=True))
        for village, town in zip(villages, towns, strict=True)
    ]
    ruled = [_ruled_posts(nation, model, *sized) for sized in zip(persons, units, strict=True)]
    left = totals.mediators - in_class * sum(sum(posts.values()) for posts in ruled)
    others = _rounded_to_total(sizes, left, in_class)
    return [
        CountyClass(number, residents, sized, {**posts, nation.staff.all_others: rest})
        for number, residents, sized, posts, rest in zip(
            range(1, len(sizes) + 1), persons, units, ruled, others, strict=True
        )
    ]


def _ruled_posts(nation: Nation, model: Scenario, persons: int, units: dict[str, int]) -> dict[str, int]:
    staff = nation.staff
    per_unit = {
        group_id: posts * units[model.staff_groups[group_id].tier] for group_id, posts in staff.posts_per_unit.items()
    }
    return per_unit | {group_id: ceil(persons / each) for group_id, each in staff.persons_per_post.items()}


def _relative_sizes(classes: int, cv: float) -> list[float]:
    """Mean size of each of equally many counties, in order, over the mean of all: a lognormal cut at its quantiles."""
    sigma, normal = sqrt(log(1 + cv * cv)), NormalDist()
    cuts = [normal.inv_cdf(k / classes) for k in range(1, classes)]
    # The part of all residents below a quantile z of the standard normal is that of counties below z - sigma.
    below = [0.0, *(normal.cdf(cut - sigma) for cut in cuts), 1.0]
    return [classes * (upper - lower) for lower, upper in pairwise(below)]


def _rounded_to_total(relative: list[float], total: float, in_class: int) -> list[int]:
    """Give each class a whole number for each of its counties, near its share of a total, and near the total in all."""
    mean = total / (in_class * len(relative))
    numbers: list[int] = []
    wanted = given = 0.0
    for size in relative:
        wanted += mean * size
        numbers.append(floor(wanted - given + 0.5))
        given += numbers[-1]
    return numbers
