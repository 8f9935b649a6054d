"""The closed form of broken agreements, against what can be worked by hand."""

from typing import Any

import pytest
from scipy.special import expit, logit

from calibration.abilities import CategoryDifficulty, TierSessions
from calibration.recurrence import RecurringLadder, share_within
from calibration.scenario_ladder import Ladder
from sim.specification.schema.after_settlement import Breach
from sim.specification.schema.distributions import Deterministic, Exponential

NO_DELAY = [[0.0], [0.0]]


def breach(**changed: Any) -> Breach:
    """Agreements that are all tried within the year."""
    usual: dict[str, Any] = {
        "breach_days": {"distribution": "deterministic", "mean_days": 30.0},
        "durability_logit": 0.0,
        "max_episodes": 2,
        "theta_shift_logit": 0.0,
        "reopen_at": "settling",
    }
    return Breach(**usual | changed)


def alike(*settled_shares: float) -> tuple[Ladder, list[float]]:
    """A ladder for disputes that are all of difficulty 0, with independent luck, and its abilities."""
    tiers = tuple(TierSessions(f"t{number}", share, (0.0,)) for number, share in enumerate(settled_shares))
    kinds = tuple(tier.tier for tier in tiers)
    ladder = Ladder(tiers, kinds, (CategoryDifficulty(1.0, 0.0, 0.0),), gain_logit=0.0, noise_correlation=0.0)
    return ladder, [float(logit(share)) for share in settled_shares]


def test_equal_disputes_break_with_the_logistic_of_the_durability() -> None:
    recurring = RecurringLadder(*alike(0.6, 0.5), NO_DELAY, per_day=0.0)
    durability_logit = recurring.durability_logit(breach(), 0.2)
    assert expit(-durability_logit) == pytest.approx(0.2, abs=1e-6)
    assert recurring.recurrence(breach(), durability_logit).recurred_share == pytest.approx(0.2, abs=1e-6)


@pytest.mark.parametrize(
    ("reopen_at", "lowest", "top"),
    [
        # Of 1,000 disputes 600 are settled below and 200 of 400 above; a fifth of each breaks: 120 and 40.
        ("settling", 1.12, (400 + 40 + 120 * 0.4) / 400),
        ("parent", 1.0, (400 + 40 + 120) / 400),
        ("triage", 1.16, (400 + 160 * 0.4) / 400),
    ],
)
def test_arrivals_of_a_second_episode_by_where_it_starts(reopen_at: str, lowest: float, top: float) -> None:
    recurring = RecurringLadder(*alike(0.6, 0.5), NO_DELAY, per_day=0.0)
    found = recurring.recurrence(breach(reopen_at=reopen_at), float(logit(0.8)))
    assert found.arrivals_factor == pytest.approx((lowest, top), abs=1e-6)


def test_each_further_episode_brings_its_share() -> None:
    recurring = RecurringLadder(*alike(0.5), [[0.0]], per_day=0.0)
    found = recurring.recurrence(breach(max_episodes=4), 0.0)
    assert found.arrivals_factor == pytest.approx((1 + 0.25 + 0.25**2 + 0.25**3,), abs=1e-6)


def test_hardening_before_the_session_weakens_the_agreement() -> None:
    recurring = RecurringLadder(*alike(0.6), [[10.0]], per_day=0.05)
    assert recurring.recurrence(breach(), 1.0).recurred_share == pytest.approx(expit(0.5 - 1.0), abs=1e-6)


def test_only_what_is_tried_within_the_year_counts() -> None:
    half = breach(breach_days={"distribution": "uniform", "low_days": 0.0, "high_days": 730.0})
    recurring = RecurringLadder(*alike(0.6), [[0.0]], per_day=0.0)
    assert recurring.recurrence(half, 0.0).recurred_share == pytest.approx(0.25, abs=1e-6)
    with pytest.raises(ValueError, match=r"0\.6 cannot break"):
        recurring.durability_logit(half, 0.6)


def test_harder_disputes_break_more_often_the_higher_they_were_settled() -> None:
    tiers = tuple(TierSessions(f"t{number}", 0.6, (0.0,)) for number in range(2))
    ladder = Ladder(tiers, ("t0", "t1"), (CategoryDifficulty(1.0, 0.0, 1.0),), 0.0, 0.0)
    recurring = RecurringLadder(ladder, [0.5, 2.0], NO_DELAY, per_day=0.0)
    by_tier = [
        (tier, (agreed * expit(theta)).sum() / agreed.sum()) for tier, agreed, theta in recurring.first.agreements
    ]
    assert by_tier[0][1] < by_tier[1][1]


def test_the_share_of_durations_within_a_time() -> None:
    exponential = Exponential(distribution="exponential", mean=120.0)
    assert share_within(exponential, 365.0) == pytest.approx(1 - 2.718281828459045 ** (-365 / 120), abs=1e-9)
    assert share_within(Deterministic(distribution="deterministic", mean=30.0), 29.0) == 0.0
    assert share_within(Deterministic(distribution="deterministic", mean=30.0), 30.0) == 1.0
