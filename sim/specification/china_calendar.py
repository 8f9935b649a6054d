"""China's statutory calendar, frozen as lists of days; the only place that asks the holidays package."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from sim.specification.schema import Scenario
from sim.specification.schema.casework import Deadline
from sim.specification.schema.place import ListedCalendar
from sim.vocabulary import DAYS_PER_YEAR

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2100
"""The years for which the package knows the lunar holidays."""

_SATURDAY: Final = 5


def needed_years(scenario: Scenario) -> tuple[int, int]:
    """Return the first and last year whose working days a run may ask for.

    From the latent history to the horizon, one more year, and twice the longest deadline: more calendar days than any
    number of working days takes.
    """
    horizon = scenario.horizon
    deadlines: list[Deadline | None] = [tier.deadline for tier in scenario.tiers.values()]
    longest = max((limit.days for limit in (*deadlines, scenario.overall_deadline) if limit is not None), default=0)
    years = horizon.warmup_years + horizon.cohort_years + 1
    days = years * DAYS_PER_YEAR + horizon.follow_days + 2 * longest
    first_day = horizon.start_date - timedelta(days=horizon.latent_days)
    return first_day.year, (horizon.start_date + timedelta(days=days)).year


@cache
def listed_china_calendar(first_year: int, last_year: int) -> ListedCalendar:
    """List closed weekdays and worked weekend days of every year from the first to the last, both included.

    A year that the State Council had not announced when the package was made has the holidays that the regulation
    itself fixes, no exchanged days, and is listed in `assumed_years`.
    """
    # Imported late: it costs more than reading a scenario, and only this rule needs it.
    import holidays  # noqa: PLC0415

    # The years before and after: a day may be worked in exchange for one across the new year.
    china = holidays.country_holidays("CN", years=range(first_year - 1, last_year + 2))
    announced = set(china.special_public_holidays)
    first_day, last_day = date(first_year, 1, 1), date(last_year, 12, 31)
    days = [first_day + timedelta(days=count) for count in range((last_day - first_day).days + 1)]
    return ListedCalendar(
        rule="listed",
        closed_days=tuple(day for day in days if day.weekday() < _SATURDAY and not china.is_working_day(day)),
        make_up_days=tuple(day for day in days if day.weekday() >= _SATURDAY and china.is_working_day(day)),
        assumed_years=tuple(year for year in range(first_year, last_year + 1) if year not in announced),
    )
