"""What befalls a dispute as a case, episode by episode: the first, and those after a broken agreement."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_fates import (
    PartyFates,
    draw_class_ages_s,
    draw_grade_ages_s,
    draw_handover_delays_s,
    draw_party_fates,
)
from sim.sampling.contract import Int32, Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.difficulty import Difficulty
from sim.sampling.draws import Draws
from sim.sampling.handing_up_fates import HandingUpFates, draw_handing_up
from sim.sampling.incident import incident_hazard
from sim.sampling.session_fates import SessionFates, draw_session_fates
from sim.sampling.settlement_luck import SettlementLuck, draw_settlement_luck
from sim.sampling.whole_seconds import to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class EpisodeFates:
    """Fates of one episode of N disputes.

    incident_s: int64 (N,), from the reopening, NEVER_S in the first episode, whose incident the latent race decides;
    handover_delay_s, grade_until_age_s, class_until_age_s as in the batch, this episode's columns only; breach_after_s:
    int64 (N, 1 or 0), from settlement to the test; holds_until_age_s: int64 (N, F + 1 or 0), by completed follow-ups,
    the age at the settling session up to which the agreement holds. Zero width in the last episode.
    """

    sessions: SessionFates
    parties: PartyFates
    incident_s: Int64
    handover_delay_s: Int64
    grade_until_age_s: Int64
    class_until_age_s: Int64
    breach_after_s: Int64
    holds_until_age_s: Int64
    handing_up: HandingUpFates


def draw_episodes(
    scenario: Scenario,
    jurisdiction: Jurisdiction,
    protocol: Protocol,
    home_unit: Int32,
    category: Int32,
    difficulty: Difficulty,
    draws: Draws,
) -> list[EpisodeFates]:
    """Draw every episode that a dispute can have; the streams of the first bear the names they always had."""
    episodes = []
    for episode in range(protocol.after_settlement.max_episodes):
        shift_logit = 0.0 if scenario.breach is None else episode * scenario.breach.theta_shift_logit
        harder, own_draws = difficulty.raised(shift_logit), draws.of_episode(episode)
        luck = draw_settlement_luck(scenario.settlement.noise_correlation, own_draws)
        parties = draw_party_fates(scenario, harder.theta0_logit, luck)
        sessions = draw_session_fates(scenario, jurisdiction, protocol, home_unit, category, harder, luck)
        breach_after_s, holds_until_age_s = _trial_of_agreement(scenario, protocol, harder, own_draws)
        episodes.append(
            EpisodeFates(
                sessions=sessions,
                parties=parties,
                incident_s=_incident_s(scenario, harder, own_draws),
                handover_delay_s=draw_handover_delays_s(scenario, jurisdiction, protocol, own_draws),
                grade_until_age_s=draw_grade_ages_s(scenario, jurisdiction, harder.theta0_logit, own_draws),
                class_until_age_s=draw_class_ages_s(scenario, jurisdiction, harder.theta0_logit, own_draws),
                breach_after_s=breach_after_s,
                holds_until_age_s=holds_until_age_s,
                handing_up=draw_handing_up(scenario, jurisdiction, protocol, own_draws),
            )
        )
    return episodes


def _trial_of_agreement(
    scenario: Scenario, protocol: Protocol, difficulty: Difficulty, draws: Draws
) -> tuple[Int64, Int64]:
    """When an agreement of this episode is tried, and up to what age it holds by number of completed follow-ups."""
    breach, follow_up = scenario.breach, scenario.follow_up
    visits = len(protocol.after_settlement.follow_up_after_s)
    if breach is None or draws.episode == breach.max_episodes - 1:
        return np.zeros((draws.count, 0), dtype=np.int64), np.zeros((draws.count, 0), dtype=np.int64)
    breach_days = draws.quantities(breach.breach_days, "breach")
    # The luck of an agreement is its own: that a session settled says nothing of it.
    luck_logit = SettlementLuck(0.0, np.zeros(draws.count), draws).of_test("durability")
    holds_until_age_s = np.empty((draws.count, visits + 1), dtype=np.int64, order="F")
    for completed in range(visits + 1):
        gained_logit = 0.0 if follow_up is None else follow_up.gain_logit * completed
        margin_logit = breach.durability_logit + gained_logit + luck_logit - difficulty.theta0_logit
        holds_until_age_s[:, completed] = critical_ages_s(margin_logit, scenario.hardening)
    return to_whole_seconds(breach_days * SECONDS_PER_DAY)[:, np.newaxis], holds_until_age_s


def _incident_s(scenario: Scenario, difficulty: Difficulty, draws: Draws) -> Int64:
    """Time from the reopening to the incident of an episode that stays unresolved; the first is not drawn here."""
    incident = scenario.incident
    if draws.episode == 0 or incident is None or incident.hazard_per_dispute_per_year == 0:
        return np.full(draws.count, NEVER_S, dtype=np.int64)
    hazard = incident_hazard(incident, scenario.hardening, difficulty.above_category_logit)
    at_reopening = np.zeros(draws.count)
    age_days = hazard.open_age_days(draws.exponentials("incident"), at_reopening, at_reopening)
    # Not in the second of the reopening, which comes after all incidents of that second.
    return np.maximum(to_whole_seconds(age_days * SECONDS_PER_DAY), 1)
