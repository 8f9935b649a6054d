"""China's statutory calendar, frozen as lists of days; the only place that asks the holidays package."""

from datetime import date, timedelta

from sim.specification.schema.place import ListedCalendar

FIRST_YEAR = 1950
LAST_YEAR = 2100
_SATURDAY = 5


def listed_china_calendar(first_day: date, last_day: date) -> ListedCalendar:
    """List closed weekdays and worked weekend days of every year from `first_day` to `last_day`, both included.

    A year whose arrangement the State Council had not announced when the holidays package was made has the holidays
    that the regulation itself fixes, no exchanged days, and is listed in `assumed_years`.
    """
    # Imported late: it costs more than the rest of the layer, and only this rule needs it.
    import holidays  # noqa: PLC0415

    years = range(first_day.year, last_day.year + 1)
    china = holidays.country_holidays("CN", years=years)
    exchanged = holidays.country_holidays("CN").weekend_workdays | china.weekend_workdays
    days = [date(years[0], 1, 1) + timedelta(days=n) for n in range((date(years[-1], 12, 31) - date(years[0], 1, 1)).days + 1)]
    announced = {int(year) for year in getattr(china, "special_public_holidays", {})}
    return ListedCalendar(
        rule="listed",
        closed_days=tuple(d for d in days if d.weekday() < _SATURDAY and d in china),
        make_up_days=tuple(d for d in days if d.weekday() >= _SATURDAY and d in exchanged),
        assumed_years=tuple(year for year in years if year not in announced),
    )
