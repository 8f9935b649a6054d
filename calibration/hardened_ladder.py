"""The ladder for disputes as its tiers meet them: those that surface, hardened by the time that has passed."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

from calibration.abilities import CategoryDifficulty, TierSessions
from calibration.elapsed_days import days_before_sessions
from calibration.latent_race import Surfaced
from calibration.scenario_ladder import Ladder
from sim.jurisdiction.contract import Jurisdiction
from sim.specification.schema import Scenario
from sim.vocabulary import DAYS_PER_MONTH_OF_HARDENING


def hardened(
    ladder: Ladder,
    surfaced: Sequence[Surfaced],
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    hardening_logit_per_30_days: float,
) -> Ladder:
    """Return the ladder for the disputes that surface: their mix, their age on surfacing, and the days until a session.

    The age on surfacing shifts a category's difficulty and, being exponential, widens it; the days after it count
    against a session's bonus. The cap of hardening is left out.
    """
    per_day = hardening_logit_per_30_days / DAYS_PER_MONTH_OF_HARDENING
    all_surfaced = sum(
        category.share * heard.share for category, heard in zip(ladder.categories, surfaced, strict=True)
    )
    mean_emerging = sum(category.share * category.mean_logit for category in ladder.categories)
    categories = tuple(
        CategoryDifficulty(
            share=category.share * heard.share / all_surfaced,
            mean_logit=category.mean_logit - mean_emerging + per_day * heard.age_days,
            sd_logit=hypot(category.sd_logit, per_day * heard.age_days),
        )
        for category, heard in zip(ladder.categories, surfaced, strict=True)
    )
    begins_days = days_before_sessions(scenario, jurisdiction)
    tiers = tuple(_delayed(tier, begins_days[tier.tier], per_day) for tier in ladder.tiers)
    mean_difficulty = sum(category.share * category.mean_logit for category in categories)
    return replace(ladder, tiers=tiers, categories=categories, mean_difficulty_logit=mean_difficulty)


def _delayed(tier: TierSessions, begins_days: Sequence[float], per_day: float) -> TierSessions:
    bonuses = (bonus - per_day * days for bonus, days in zip(tier.bonuses_logit, begins_days, strict=True))
    return replace(tier, bonuses_logit=tuple(bonuses))
