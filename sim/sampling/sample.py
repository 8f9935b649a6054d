"""From a scenario to the disputes of one replication, with every chance drawn and every test decided by age."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_fates import (
    draw_class_ages_s,
    draw_grade_ages_s,
    draw_handover_delays_s,
    draw_party_fates,
    draw_registrations,
)
from sim.sampling.contract import DisputeBatch, Int64
from sim.sampling.difficulty import draw_difficulty
from sim.sampling.draws import Draws
from sim.sampling.emergence import draw_emergence
from sim.sampling.latent import LatentFates, run_latent_race
from sim.sampling.prevention import prevented_disputes, prevented_mask
from sim.sampling.session_fates import draw_session_fates
from sim.sampling.settlement_luck import draw_settlement_luck
from sim.sampling.streams import Streams
from sim.sampling.turnover import draw_vacancies
from sim.specification.schema import Scenario


def sample_disputes(
    scenario: Scenario, jurisdiction: Jurisdiction, protocol: Protocol, seed: int, replication: int
) -> DisputeBatch:
    """Draw the disputes of a replication: the same disputes with the same luck under every policy of a place.

    Ids rank all disputes that emerge, then the opening backlog; those from before the start whose latent phase would
    end before it, that a shock spared or that were prevented leave a gap in the ids.
    """
    streams = Streams(seed, replication)
    disputes = draw_emergence(scenario, jurisdiction, streams)
    all_draws = Draws(streams, disputes.usual_count, disputes.backlog_count, shock_counts=disputes.shock_counts)
    all_difficulty = draw_difficulty(scenario, disputes, all_draws)
    all_latent = run_latent_race(scenario, jurisdiction, disputes, all_difficulty, all_draws)
    in_question = _reaches_the_start(all_latent) & ~disputes.spared
    prevented = in_question & prevented_mask(scenario, disputes, all_draws)
    kept = np.flatnonzero(in_question & ~prevented)

    latent, difficulty, draws = all_latent.of_rows(kept), all_difficulty.of_rows(kept), all_draws.of_rows(kept)
    home_unit, category, emerged_s = disputes.home_unit[kept], disputes.category[kept], disputes.emerged_s[kept]
    theta0_logit = difficulty.theta0_logit
    luck = draw_settlement_luck(scenario.settlement.noise_correlation, draws)
    registrations = draw_registrations(scenario, jurisdiction, latent, draws)
    parties = draw_party_fates(scenario, latent, theta0_logit, luck)
    sessions = draw_session_fates(scenario, jurisdiction, protocol, home_unit, category, difficulty, luck)
    return DisputeBatch(
        dispute_id=kept.astype(np.int64),
        home_unit=home_unit,
        category=category,
        opening=(emerged_s < 0) | (kept >= disputes.emerging_count),
        emerged_s=emerged_s,
        surfaced_s=latent.surfaced_s,
        surfacing=latent.surfacing,
        faded_s=latent.faded_s,
        incident_s=latent.incident_s,
        channel=registrations.channel,
        entry_tier=registrations.entry_tier,
        registered_s=registrations.registered_s,
        patience_s=parties.patience_s,
        patience_choice=parties.patience_choice,
        withdrawn_fade_s=parties.withdrawn_fade_s,
        petition_delay_s=parties.petition_delay_s,
        effort_s=sessions.effort_s,
        travel_s=sessions.travel_s,
        occupation_s=sessions.occupation_s,
        settle_until_age_s=sessions.settle_until_age_s,
        gap_s=sessions.gap_s,
        attends=sessions.attends,
        handover_delay_s=draw_handover_delays_s(scenario, jurisdiction, protocol, draws),
        grade_until_age_s=draw_grade_ages_s(scenario, jurisdiction, theta0_logit, draws),
        self_settle_until_age_s=parties.self_settle_until_age_s,
        class_until_age_s=draw_class_ages_s(scenario, jurisdiction, theta0_logit, draws),
        theta0_logit=theta0_logit,
        emergence_hash=disputes.emergence_hash,
        prevented=prevented_disputes(disputes, np.flatnonzero(prevented)),
        vacancies=draw_vacancies(jurisdiction, streams),
    )


def _reaches_the_start(latent: LatentFates) -> NDArray[np.bool_]:
    """Whether a dispute is still latent at 0 or emerges later; bool (N,)."""
    first_event_s: Int64 = np.minimum(np.minimum(latent.surfaced_s, latent.faded_s), latent.incident_s)
    return first_event_s >= 0
