"""What the closed forms say, beside what is stated and what the simulated baseline yields.

`python -m calibration.residuals scenarios/PLACE/baseline.yaml --replications 20` writes residuals/PLACE.csv.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calibration.derive import starting_points_of
from calibration.derived_values import Derivation, derive
from calibration.scenario_ladder import own_group
from calibration.simulated_flows import simulated_flows
from calibration.starting_points import StartingPoints
from sim.specification import load_scenario
from sim.specification.schema import Scenario
from sim.stats import mean_interval

FOLDER: Final = Path(__file__).parent / "residuals"
COLUMNS: Final = (
    *("quantity", "of", "unit", "stated", "closed_form", "simulated", "simulated_half_width"),
    *("closed_form_less_stated", "simulated_less_stated"),
)
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A quantity of a tier ('' for the whole place) as stated (None if nobody states it) and by the closed form."""

    quantity: str
    of: str
    unit: str
    stated: float | None
    closed_form: float

    def cells(self, flows: Sequence[Mapping[tuple[str, str], float]]) -> list[str]:
        """Return the line of the file: the simulated mean and the 95 % half-width of it go in between."""
        simulated = mean_interval([run[self.quantity, self.of] for run in flows])
        numbers = (self.stated, self.closed_form, simulated.mean, simulated.half_width)
        residuals = (self._less_stated(self.closed_form), self._less_stated(simulated.mean))
        return [self.quantity, self.of, self.unit, *map(_written, (*numbers, *residuals))]

    def _less_stated(self, number: float) -> float | None:
        return None if self.stated is None else number - self.stated


def residual_rows(scenario: Scenario, points: StartingPoints) -> tuple[Row, ...]:
    """Return every row without what was simulated; quantities are those of `simulated_flows`."""
    derivation = derive(scenario, points)
    return (*_share_rows(scenario, derivation, points), *_load_rows(scenario, derivation, points))


def _share_rows(scenario: Scenario, derivation: Derivation, points: StartingPoints) -> Iterator[Row]:
    stated_reached, stated_low, low = 1.0, 0.0, 0.0
    tier_ids = list(scenario.tiers)
    village = scenario.measures.village_tier
    for tier in derivation.tiers:
        yield Row("settled_of_reached_share", tier.tier, "share", tier.stated_share, tier.achieved_share)
        yield Row("reached_of_found_share", tier.tier, "share", stated_reached, tier.reached_share)
        if tier_ids.index(tier.tier) <= tier_ids.index(village):
            stated_low += stated_reached * tier.stated_share
            low += tier.settled_share
        stated_reached *= 1.0 - tier.stated_share
    yield Row("settled_at_or_below_of_found_share", village, "share", stated_low, low)
    rate = points.of("found_per_1000_per_year").number
    yield Row("found_per_1000_per_year", "", "per 1,000 persons per year", rate, rate)
    yield Row("found_of_emerged_share", "", "share", None, derivation.surfaced_share)
    if derivation.recurrence is not None:
        stated = points.of("recurred_share_365d").number
        yield Row("recurred_of_settled_share_365d", "", "share", stated, derivation.recurrence.recurred_share)


def _load_rows(scenario: Scenario, derivation: Derivation, points: StartingPoints) -> Iterator[Row]:
    for hours in derivation.hours:
        norm = points.of("hours_per_case", scenario.tiers[hours.tier].kind).number
        yield Row("effort_hours_per_case", hours.tier, "hours", norm, hours.effort_hours)
    for tier_id, load in derivation.load_posts_per_unit.items():
        derived_posts = {value.path: value.value for value in derivation.values}
        posts = derived_posts[f"staff_groups.{own_group(scenario, tier_id)}.posts"]
        units = scenario.units.counts[tier_id] if scenario.units.by == "count" else 1
        yield Row("utilisation_of_posts_share", tier_id, "share", None, load * units / posts)


def _written(number: float | None) -> str:
    # Adding 0.0 makes a negative zero positive.
    return "" if number is None else f"{round(number, _DECIMALS) + 0.0:.{_DECIMALS}f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate a baseline and write its residuals; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m calibration.residuals", description=__doc__)
    parser.add_argument("baseline", type=Path, help="scenarios/<place>/baseline.yaml")
    parser.add_argument("--replications", type=int, default=20)
    options = parser.parse_args(arguments)
    place = options.baseline.parent.name
    resolved = load_scenario(options.baseline)
    scenario, points = resolved.scenario, starting_points_of(options.baseline, resolved)
    flows = [simulated_flows(scenario, replication) for replication in range(options.replications)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells(flows) for row in residual_rows(scenario, points))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{place}.csv").write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    sys.stdout.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
