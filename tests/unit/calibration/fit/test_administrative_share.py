import numpy as np
import pytest

from calibration.fit.administrative_share import Duty, administrative_share, duties
from calibration.fit.priors import TriangularPrior
from calibration.ledger import load_ledger
from calibration.starting_points import load_starting_points

LEDGER = load_ledger()
POINTS = load_starting_points("quanzhou")


def test_hours_of_a_duty_by_hand() -> None:
    duty = Duty(2.0, (TriangularPrior(1.0, 2.0, 4.0), TriangularPrior(0.5, 0.5, 1.0)))
    assert duty.stated_hours == 2.0
    assert duty.ends_hours == (1.0, 8.0)
    # Means of triangular lengths: 7/3 and 2/3.
    assert float(np.mean(duty.hours())) == pytest.approx(2.0 * 7 / 3 * 2 / 3, rel=0.005)


def test_the_stated_lengths_lie_between_the_ledgers_two_ends() -> None:
    share = administrative_share(LEDGER, POINTS)
    low, high = (LEDGER.figure(f"admin_share_{end}").number for end in ("low", "high"))
    assert low < share.stated < high
    assert share.stated == pytest.approx((10 * 4 + 52 / 12 * 0.667 * 4 + 21.75 * 10 * 7 / 60) / 174)


def test_the_ledgers_ends_follow_from_the_lengths_they_name() -> None:
    each = duties(LEDGER, POINTS)
    month = 21.75 * 8
    inspections, meeting = each["inspections"].known * 4, each["meetings"].known * 4
    low = inspections + meeting * LEDGER.figure("quanzhou_weekly_meeting_share").number + 21.75 * 10 * 6 / 60
    assert low / month == pytest.approx(LEDGER.figure("admin_share_low").number, abs=0.002)
    high = inspections + meeting + 21.75 * 10 * 8 / 60
    assert high / month == pytest.approx(LEDGER.figure("admin_share_high").number, abs=0.002)


def test_the_prior_of_the_share_is_wider_than_what_the_duties_give() -> None:
    share = administrative_share(LEDGER, POINTS)
    assert (share.low, share.median, share.high) == pytest.approx((0.38, 0.48, 0.60), abs=0.006)
    assert share.shortest < share.low < share.stated < share.high < share.longest
    prior = TriangularPrior(0.25, 0.45, 0.70)
    assert float(prior.quantile(0.05)) < share.low
    assert share.high < float(prior.quantile(0.95))


def test_parts_are_shares_of_the_stated_total() -> None:
    parts = administrative_share(LEDGER, POINTS).parts
    assert sum(parts.values()) == pytest.approx(1.0)
    assert parts["inspections"] == pytest.approx(0.52, abs=0.005)
