"""What befalls a dispute as a case, episode by episode: the first, and those after a broken agreement."""

from dataclasses import dataclass

import numpy as np

from sim.jurisdiction.contract import Jurisdiction
from sim.sampling import reach
from sim.sampling.case_fates import draw_handover_delays, draw_judgements, draw_party_fates
from sim.sampling.case_tables import CaseTables, empty_tables, put
from sim.sampling.cases import Cases
from sim.sampling.contract import Int64
from sim.sampling.critical_ages import critical_ages_s
from sim.sampling.difficulty import Difficulty
from sim.sampling.draws import Draws
from sim.sampling.handing_up_fates import draw_handing_up
from sim.sampling.incident import incident_hazard
from sim.sampling.plan import SamplingPlan
from sim.sampling.reach import Ages
from sim.sampling.session_fates import draw_session_fates
from sim.sampling.settlement_luck import SettlementLuck, draw_settlement_luck
from sim.sampling.whole_seconds import after, to_whole_seconds
from sim.specification.schema import Scenario
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY


@dataclass(frozen=True, slots=True)
class Disputes:
    """Disputes of a batch, as far as it is decided before any is a case; all (N,).

    home_unit, category, emerged_s, surfaced_s, incident_s: int64; difficulty of the first episode; draws of these
    disputes.
    """

    home_unit: Int64
    category: Int64
    emerged_s: Int64
    surfaced_s: Int64
    incident_s: Int64
    difficulty: Difficulty
    draws: Draws


def draw_episodes(plan: SamplingPlan, disputes: Disputes) -> tuple[CaseTables, Int64]:
    """Draw every episode that a dispute can have; the streams of the first bear the names they always had.

    Returns the tables of all episodes, and the rows of the disputes that become cases. Patience and incidents of the
    first episode are instants, those of others durations from the reopening.
    """
    scenario, jurisdiction, protocol = plan.scenario, plan.jurisdiction, plan.protocol
    tables = empty_tables(jurisdiction, protocol, len(disputes.emerged_s))
    becoming = rows = np.flatnonzero(reach.become_cases(disputes.surfaced_s, jurisdiction.horizon_s))
    ages = Ages(disputes.emerged_s[rows], disputes.surfaced_s[rows] - disputes.emerged_s[rows])
    episodes = protocol.after_settlement.max_episodes
    for episode in range(episodes):
        cases = _cases(scenario, disputes, rows, episode)
        own = tables.of_episode(episode, episodes)
        draw_party_fates(scenario, cases, own)
        if episode == 0:
            put(own.patience_s[0], rows, after(disputes.surfaced_s[rows], own.patience_s[0][rows]))
            put(own.incident_s[0], rows, disputes.incident_s[rows])
        else:
            # Not in the second of the reopening, which comes after every end of patience of that second.
            put(own.patience_s[0], rows, np.maximum(own.patience_s[0][rows], 1))
            put(own.incident_s[0], rows, _incident_s(scenario, cases))
        draw_judgements(scenario, jurisdiction, cases, own)
        _draw_visits(plan, cases, ages, own)
        if episode < episodes - 1:
            places, ages = _draw_trials(scenario, jurisdiction, cases, ages, own)
            rows = rows[places]
    return tables, becoming


def _cases(scenario: Scenario, disputes: Disputes, rows: Int64, episode: int) -> Cases:
    shift_logit = 0.0 if scenario.breach is None else episode * scenario.breach.theta_shift_logit
    draws = disputes.draws.of_places(rows).of_episode(episode)
    return Cases(
        rows=rows,
        home_unit=disputes.home_unit[rows],
        category=disputes.category[rows],
        difficulty=disputes.difficulty.of_rows(rows).raised(shift_logit),
        luck=draw_settlement_luck(scenario.settlement.noise_correlation, draws),
    )


def _draw_visits(plan: SamplingPlan, cases: Cases, ages: Ages, tables: CaseTables) -> None:
    """Draw the chances of each visit of a tier; those of a second one for cases that can be sent down."""
    for number, visit in enumerate(plan.visits):
        if number > 0:
            returns = reach.can_return(plan.protocol.triage, tables.grade_until_age_s, cases.rows, ages)
            cases = cases.of(np.flatnonzero(returns))
        draw_session_fates(visit.sessions, cases, tables)
        draw_handover_delays(visit.handovers, cases, tables)
        draw_handing_up(visit.handing_up, cases, tables)


def _draw_trials(
    scenario: Scenario, jurisdiction: Jurisdiction, cases: Cases, ages: Ages, tables: CaseTables
) -> tuple[Int64, Ages]:
    """When an agreement is tried, and up to what age it holds by number of completed follow-ups.

    Returns the places of the cases whose agreement can break, and when their next episode can begin.
    """
    breach, follow_up = scenario.breach, scenario.follow_up
    assert breach is not None
    rows, first = cases.rows, cases.draws.episode == 0
    breach_after_s = to_whole_seconds(cases.draws.quantities(breach.breach_days, "breach") * SECONDS_PER_DAY)
    put(tables.breach_after_s[0], rows, breach_after_s)
    # In the first episode incident and patience are instants.
    since_s = ages.origin_s if first else 0
    end_s = reach.session_ages_end_s(
        ages,
        tables.incident_s[0][rows] - since_s,
        tables.patience_s[0][rows] - since_s,
        tables.patience_choice[0][rows],
        breach_after_s,
        jurisdiction.horizon_s,
    )
    tried = np.flatnonzero(reach.can_be_tried(ages, end_s))
    # The luck of an agreement is its own: that a session settled says nothing of it.
    own_draws = cases.draws.of_places(tried)
    luck_logit = SettlementLuck(0.0, np.zeros(len(tried)), own_draws).of_test("durability")
    theta0_logit = cases.difficulty.theta0_logit[tried]
    weakest_s = np.full(len(tried), NEVER_S, dtype=np.int64)
    for completed, column in enumerate(tables.holds_until_age_s):
        gained_logit = 0.0 if follow_up is None else follow_up.gain_logit * completed
        margin_logit = breach.durability_logit + gained_logit + luck_logit - theta0_logit
        holds_until_age_s = critical_ages_s(margin_logit, scenario.hardening)
        put(column, rows[tried], holds_until_age_s)
        np.minimum(weakest_s, holds_until_age_s, out=weakest_s)
    breaking = np.flatnonzero(reach.can_break(ages.of(tried), weakest_s, end_s[tried]))
    places = tried[breaking]
    return places, reach.next_ages(ages.of(places), weakest_s[breaking], breach_after_s[places])


def _incident_s(scenario: Scenario, cases: Cases) -> Int64:
    """Time from the reopening to the incident of an episode that stays unresolved; the first is drawn while latent."""
    incident = scenario.incident
    if incident is None or incident.hazard_per_dispute_per_year == 0:
        return np.full(len(cases.rows), NEVER_S, dtype=np.int64)
    hazard = incident_hazard(incident, scenario.hardening, cases.difficulty.above_category_logit)
    at_reopening = np.zeros(len(cases.rows))
    age_days = hazard.open_age_days(cases.draws.exponentials("incident"), at_reopening, at_reopening)
    # Not in the second of the reopening, which comes after all incidents of that second.
    return np.maximum(to_whole_seconds(age_days * SECONDS_PER_DAY), 1)
