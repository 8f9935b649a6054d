"""From a scenario to the disputes of one replication, with every chance drawn and every test decided by age."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.jurisdiction.contract import Jurisdiction
from sim.protocol.contract import Protocol
from sim.sampling.case_fates import draw_registrations
from sim.sampling.contract import DisputeBatch, Int8, Int64
from sim.sampling.difficulty import draw_difficulty
from sim.sampling.draws import Draws
from sim.sampling.emergence import draw_emergence
from sim.sampling.episodes import EpisodeFates, draw_episodes
from sim.sampling.latent import LatentFates, run_latent_race
from sim.sampling.prevention import prevented_disputes, prevented_mask
from sim.sampling.streams import Streams
from sim.sampling.turnover import draw_vacancies
from sim.sampling.whole_seconds import after
from sim.specification.schema import Scenario

_Value = TypeVar("_Value", np.int64, np.bool_)


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
    registrations = draw_registrations(scenario, jurisdiction, latent, draws)
    episodes = draw_episodes(scenario, jurisdiction, protocol, home_unit, category, difficulty, draws)
    first = episodes[0]
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
        patience_s=after(latent.surfaced_s, first.parties.patience_s),
        patience_choice=first.parties.patience_choice,
        withdrawn_fade_s=first.parties.withdrawn_fade_s,
        petition_delay_s=first.parties.petition_delay_s,
        effort_s=_side_by_side([e.sessions.effort_s for e in episodes]),
        travel_s=first.sessions.travel_s,
        occupation_s=_side_by_side([e.sessions.occupation_s for e in episodes]),
        settle_until_age_s=_side_by_side([e.sessions.settle_until_age_s for e in episodes]),
        settle_with_handler_until_age_s=_side_by_side([e.sessions.settle_with_handler_until_age_s for e in episodes]),
        gap_s=_side_by_side([e.sessions.gap_s for e in episodes]),
        attends=_side_by_side([e.sessions.attends for e in episodes]),
        handover_delay_s=_side_by_side([e.handover_delay_s for e in episodes]),
        grade_until_age_s=_side_by_side([e.grade_until_age_s for e in episodes]),
        self_settle_until_age_s=first.parties.self_settle_until_age_s,
        class_until_age_s=_side_by_side([e.class_until_age_s for e in episodes]),
        referred_if_busy=_side_by_side([e.handing_up.referred_if_busy for e in episodes]),
        settled_on_paper=_side_by_side([e.handing_up.settled_on_paper for e in episodes]),
        paper_return_s=_side_by_side([e.handing_up.paper_return_s for e in episodes]),
        later_incident_s=_further(episodes, lambda e: e.incident_s),
        # Not in the second of the reopening, which comes after every end of patience of that second.
        later_patience_s=np.maximum(_further(episodes, lambda e: e.parties.patience_s), 1),
        later_patience_choice=_further(episodes, lambda e: e.parties.patience_choice).astype(np.int8),
        later_withdrawn_fade_s=_further(episodes, lambda e: e.parties.withdrawn_fade_s),
        later_petition_delay_s=_further(episodes, lambda e: e.parties.petition_delay_s),
        later_self_settle_until_age_s=_further(episodes, lambda e: e.parties.self_settle_until_age_s),
        breach_after_s=_side_by_side([e.breach_after_s for e in episodes]),
        holds_until_age_s=_side_by_side([e.holds_until_age_s for e in episodes]),
        theta0_logit=difficulty.theta0_logit,
        emergence_hash=disputes.emergence_hash,
        prevented=prevented_disputes(disputes, np.flatnonzero(prevented)),
        vacancies=draw_vacancies(jurisdiction, streams),
    )


def _side_by_side(columns: list[NDArray[_Value]]) -> NDArray[_Value]:
    """The columns of all episodes after each other: (N, episodes · width, …), in Fortran order as they are."""
    return columns[0] if len(columns) == 1 else np.concatenate([each.T for each in columns], axis=-2).T


def _further(episodes: list[EpisodeFates], fate: Callable[[EpisodeFates], Int64 | Int8]) -> Int64:
    """One fate (N,) of each episode but the first: int64 (N, episodes − 1)."""
    count = len(fate(episodes[0]))
    by_episode = np.array([fate(episode) for episode in episodes[1:]], dtype=np.int64).reshape(len(episodes) - 1, count)
    return by_episode.T


def _reaches_the_start(latent: LatentFates) -> NDArray[np.bool_]:
    """Whether a dispute is still latent at 0 or emerges later; bool (N,)."""
    first_event_s: Int64 = np.minimum(np.minimum(latent.surfaced_s, latent.faded_s), latent.incident_s)
    return first_event_s >= 0
