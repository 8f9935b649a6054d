"""From a scenario to the disputes of one replication, with every chance drawn and every test decided by age."""

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_fates import draw_registrations
from sim.sampling.contract import DisputeBatch
from sim.sampling.difficulty import draw_difficulty
from sim.sampling.draws import Draws
from sim.sampling.emergence import draw_emergence
from sim.sampling.episodes import Disputes, draw_episodes
from sim.sampling.latent import LatentFates, run_latent_race
from sim.sampling.plan import plan_of
from sim.sampling.prevention import prevented_disputes, prevented_mask
from sim.sampling.session_fates import travel_seconds
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
    plan = plan_of(scenario, jurisdiction, protocol)
    streams = Streams(seed, replication)
    streams.prepare(plan.stream_names)
    disputes = draw_emergence(scenario, jurisdiction, streams)
    all_draws = Draws(streams, disputes.usual_count, disputes.backlog_count, shock_counts=disputes.shock_counts)
    all_difficulty = draw_difficulty(scenario, disputes, all_draws)
    all_latent = run_latent_race(scenario, jurisdiction, disputes, all_difficulty, all_draws)
    in_question = _reaches_the_start(all_latent) & ~disputes.spared
    prevented = in_question & prevented_mask(scenario, disputes, all_draws)
    kept = np.flatnonzero(in_question & ~prevented)

    latent, difficulty, draws = all_latent.of_rows(kept), all_difficulty.of_rows(kept), all_draws.of_rows(kept)
    home_unit, category, emerged_s = disputes.home_unit[kept], disputes.category[kept], disputes.emerged_s[kept]
    places = (home_unit.astype(np.int64), category.astype(np.int64))
    known = Disputes(*places, emerged_s, latent.surfaced_s, latent.incident_s, difficulty, draws)
    tables, cases = draw_episodes(plan, known)
    registrations = draw_registrations(scenario, jurisdiction, latent, draws)
    return DisputeBatch(
        dispute_id=kept.astype(np.int64, copy=False),
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
        patience_s=tables.patience_s[0],
        patience_choice=tables.patience_choice[0],
        withdrawn_fade_s=tables.withdrawn_fade_s[0],
        petition_delay_s=tables.petition_delay_s[0],
        effort_s=tables.effort_s.T,
        travel_s=travel_seconds(jurisdiction, protocol, known.home_unit[cases], cases, len(kept)).T,
        occupation_s=tables.occupation_s.T,
        settle_until_age_s=tables.settle_until_age_s.T,
        settle_with_handler_until_age_s=tables.settle_with_handler_until_age_s.T,
        gap_s=tables.gap_s.T,
        attends=tables.attends.T,
        handover_delay_s=tables.handover_delay_s.T,
        grade_until_age_s=tables.grade_until_age_s.T,
        self_settle_until_age_s=tables.self_settle_until_age_s[0],
        class_until_age_s=tables.class_until_age_s.T,
        referred_if_busy=tables.referred_if_busy.T,
        settled_on_paper=tables.settled_on_paper.T,
        paper_return_s=tables.paper_return_s.T,
        later_incident_s=tables.incident_s[1:].T,
        later_patience_s=tables.patience_s[1:].T,
        later_patience_choice=tables.patience_choice[1:].T,
        later_withdrawn_fade_s=tables.withdrawn_fade_s[1:].T,
        later_petition_delay_s=tables.petition_delay_s[1:].T,
        later_self_settle_until_age_s=tables.self_settle_until_age_s[1:].T,
        breach_after_s=tables.breach_after_s.T,
        holds_until_age_s=tables.holds_until_age_s.T,
        theta0_logit=difficulty.theta0_logit,
        emergence_hash=disputes.emergence_hash,
        prevented=prevented_disputes(disputes, np.flatnonzero(prevented)),
        vacancies=draw_vacancies(jurisdiction, streams),
    )


def _reaches_the_start(latent: LatentFates) -> NDArray[np.bool_]:
    """Whether a dispute is still latent at 0 or emerges later; bool (N,)."""
    first_event_s = np.minimum(np.minimum(latent.surfaced_s, latent.faded_s), latent.incident_s)
    return np.asarray(first_event_s >= 0)
