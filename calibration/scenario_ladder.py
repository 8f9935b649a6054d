"""A scenario's tiers as the closed form of calibration/abilities.py takes them."""

from dataclasses import dataclass

from calibration.abilities import CategoryDifficulty, TierSessions
from calibration.starting_points import StartingPoints
from sim.specification.schema import Scenario
from sim.specification.schema.casework import (
    IntakeSession,
    MeetingSession,
    OutreachSession,
    PanelSession,
    Session,
    Tier,
)
from sim.specification.schema.place import StaffGroup


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers that settle anything, lowest first, with their kinds, and the disputes that come to them by category.

    The closed form shifts the mean difficulty of those disputes to 0; on the scenario's own scale, where that of all
    emerging disputes is 0, it is `mean_difficulty_logit`.
    """

    tiers: tuple[TierSessions, ...]
    kinds: tuple[str, ...]
    categories: tuple[CategoryDifficulty, ...]
    gain_logit: float
    noise_correlation: float
    mean_difficulty_logit: float = 0.0


def ladder_of(scenario: Scenario, points: StartingPoints) -> Ladder:
    """Read the ladder of a scenario for disputes met as they emerge; stated shares are those of each tier's kind.

    Raises ValueError where the staffed groups of a tier differ in ability or authority, which the closed form cannot
    tell apart.
    """
    staffed = {tier_id: scenario.tiers[tier_id] for tier_id in staffed_tiers(scenario)}
    tiers = tuple(
        TierSessions(
            tier=tier_id,
            stated_share=points.of("settled_share", tier.kind).number,
            bonuses_logit=_bonuses_logit(tier),
            authority_logit=_authority_logit(scenario, tier_id),
        )
        for tier_id, tier in staffed.items()
    )
    categories = tuple(
        CategoryDifficulty(category.share, category.difficulty_mean_logit, category.difficulty_sd_logit)
        for category in scenario.categories.values()
    )
    settlement = scenario.settlement
    kinds = tuple(tier.kind for tier in staffed.values())
    return Ladder(tiers, kinds, categories, settlement.gain_per_session_logit, settlement.noise_correlation)


def staffed_tiers(scenario: Scenario) -> tuple[str, ...]:
    """Return the tiers with settlement sessions that somebody holds, lowest first; the others pass every case up."""
    return tuple(tier_id for tier_id in scenario.tiers if _staffed_groups(scenario, tier_id))


def settling_sessions(tier: Tier) -> tuple[str, ...]:
    """Return the ids of a tier's sessions that have a settlement test, in order."""
    return tuple(name for name, session in tier.sessions.items() if not isinstance(session, IntakeSession))


def own_group(scenario: Scenario, tier_id: str) -> str:
    """Return the first staffed group that holds a tier's settlement sessions; its ability stands for the tier's."""
    return _staffed_groups(scenario, tier_id)[0]


def serving_groups(scenario: Scenario, tier_id: str) -> tuple[str, ...]:
    """Return the groups that a tier's settlement sessions name, in order, staffed or not."""
    tier = scenario.tiers[tier_id]
    named = [group_id for name in settling_sessions(tier) for group_id in _judging_groups(tier.sessions[name])]
    return tuple(dict.fromkeys(named))


def _judging_groups(session: Session) -> tuple[str, ...]:
    """Groups whose ability counts: of those that sit together, the lead."""
    return session.groups[:1] if isinstance(session, PanelSession | MeetingSession) else session.groups


def _staffed_groups(scenario: Scenario, tier_id: str) -> tuple[str, ...]:
    groups = scenario.staff_groups
    return tuple(group_id for group_id in serving_groups(scenario, tier_id) if groups[group_id].posts > 0)


def _bonuses_logit(tier: Tier) -> tuple[float, ...]:
    sessions = [tier.sessions[name] for name in settling_sessions(tier)]
    return tuple(map(_bonus_logit, sessions))


def _bonus_logit(session: Session) -> float:
    """Bonus of a session; of a panel the mean over who attends, which the closed form takes for certain."""
    if isinstance(session, PanelSession):
        return sum(session.attendance_prob[group] * bonus for group, bonus in session.member_bonus_logit.items())
    return session.bonus_logit if isinstance(session, OutreachSession | MeetingSession) else 0.0


def _authority_logit(scenario: Scenario, tier_id: str) -> tuple[float, ...]:
    own, *others = (scenario.staff_groups[group_id] for group_id in _staffed_groups(scenario, tier_id))
    authority = _authority(scenario, own)
    if any((group.tier, _authority(scenario, group)) != (own.tier, authority) for group in others):
        raise ValueError(f"tier {tier_id}: its staffed groups differ in tier or authority")
    return authority


def _authority(scenario: Scenario, group: StaffGroup) -> tuple[float, ...]:
    return tuple((group.authority_logit or {}).get(category, 0.0) for category in scenario.categories)
