"""The one call an experiment makes, on runs of the reference engine."""

from dataclasses import dataclass, replace
from multiprocessing.reduction import ForkingPickler

import numpy as np
import pandas as pd
import pytest

from sim.engine.contract import Trajectory
from sim.engine.simpy_engine import simulate
from sim.jurisdiction.build import build_jurisdiction
from sim.jurisdiction.contract import Jurisdiction
from sim.outcomes.audits import AUDITS
from sim.outcomes.definition import GROUP_PREFIX
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.place import lay_out
from sim.outcomes.replication import ReplicationOutcome, Sums, summarise
from sim.outcomes.tables import dispute_table, session_table, visit_table
from sim.protocol.build import compile_protocol
from sim.protocol.contract import Protocol
from sim.sampling.contract import DisputeBatch
from sim.sampling.sample import sample_disputes
from sim.specification.schema import Scenario
from sim.vocabulary import SECONDS_PER_HOUR, Departure, Fate
from tests.unit.outcomes import hand_made
from tests.unit.outcomes.busy_place import AFTER_SETTLEMENT, TRIAGES, busy_scenario


@dataclass(frozen=True)
class Run:
    scenario: Scenario
    jurisdiction: Jurisdiction
    protocol: Protocol
    batch: DisputeBatch
    trajectory: Trajectory

    def summarise(self) -> ReplicationOutcome:
        parts = (self.scenario, self.jurisdiction, self.protocol, self.batch, self.trajectory)
        return summarise(*parts, np.random.default_rng(1))

    def observe(self) -> ObservedRun:
        parts = (self.jurisdiction, self.protocol, self.batch, self.trajectory)
        return observe(*parts, self.scenario.measures)


def _run(scenario: Scenario) -> Run:
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, seed=3, replication=0)
    return Run(scenario, jurisdiction, protocol, batch, simulate(jurisdiction, protocol, batch))


def _sums(run: Run) -> Sums:
    sums = run.summarise().sums
    assert sums is not None
    return sums


@pytest.fixture(scope="module", params=TRIAGES)
def run(request: pytest.FixtureRequest) -> Run:
    return _run(busy_scenario(request.param, **AFTER_SETTLEMENT))


@pytest.fixture(scope="module")
def graded() -> Run:
    return _run(busy_scenario("graded"))


def test_engine_gives_the_run_worked_by_hand() -> None:
    found = simulate(hand_made.jurisdiction(), hand_made.protocol(), hand_made.batch())
    expected = hand_made.trajectory()
    # Where a quarrel was when it faded after a withdrawal is of no consequence.
    compared = expected.disputes.fate != Fate.WITHDRAWN_FADED
    assert np.array_equal(found.disputes.fate_tier[compared], expected.disputes.fate_tier[compared])
    for table in ("disputes", "visits", "requests"):
        by_engine, by_hand = getattr(found, table), getattr(expected, table)
        for column in by_hand.__slots__:
            if column != "fate_tier":
                assert np.array_equal(getattr(by_engine, column), getattr(by_hand, column)), f"{table}.{column}"


def test_run_of_the_engine_passes_every_audit_under_every_triage(run: Run) -> None:
    assert run.summarise().audits == AUDITS


def test_the_busy_place_exercises_what_the_audits_guard(graded: Run) -> None:
    visits = graded.trajectory.visits
    assert set(np.unique(graded.trajectory.disputes.fate)) == {int(fate) for fate in Fate}
    by_other_means = (Departure.REFERRED_BY_LOAD, Departure.PAPER_SETTLED)
    elsewhere = {int(way) for way in (Departure.REFERRED_UP, Departure.PASSED_THROUGH, *by_other_means)}
    assert set(np.unique(visits.departure)) >= {int(way) for way in Departure} - elsewhere
    assert set(np.unique(visits.tier_visit)) == {0, 1}


def test_same_run_gives_the_same_measures(graded: Run) -> None:
    first, second = graded.summarise(), graded.summarise()
    pd.testing.assert_frame_equal(first.measures, second.measures)


def test_outcome_travels_between_processes(graded: Run) -> None:
    outcome = graded.summarise()
    assert outcome.sums is not None
    copy = ForkingPickler.loads(ForkingPickler.dumps(outcome))
    pd.testing.assert_frame_equal(copy.measures, outcome.measures)
    assert np.array_equal(copy.sums.series.busy_s, outcome.sums.series.busy_s)


def test_little_number_waiting_is_rate_times_wait(run: Run) -> None:
    # Over the whole run, exactly: arrivals x mean wait = mean number x time.
    observed = run.observe()
    series = _sums(run).series
    for tier in range(len(run.jurisdiction.tier_ids)):
        here = observed.casework & (observed.request_tier == tier)
        waits_s = (observed.queue_end_s - run.trajectory.requests.joined_s)[here]
        assert int(series.waiting_s[tier].sum()) == int(waits_s.sum())


def test_measures_stay_within_their_bounds(run: Run) -> None:
    values = run.summarise().measures.set_index(["measure", "tier", "category"])["value"]
    shares = values[values.index.get_level_values("measure").str.contains("share")].dropna()
    assert bool(shares.between(0, 1).all())
    assert bool(values.loc["utilisation"].dropna().between(0, 1).all())
    assert 0 < values.loc["days_unresolved_180d", "", ""] < 180
    groups = {GROUP_PREFIX + group for group in run.jurisdiction.staff.group_ids}
    assert groups <= set(values.loc["utilisation"].index.get_level_values("tier"))


def test_tables_agree_with_the_measures(graded: Run) -> None:
    observed = graded.observe()
    disputes, visits, sessions = dispute_table(observed), visit_table(observed), session_table(observed)
    values = graded.summarise().measures.set_index(["measure", "tier", "category"])["value"]
    cohort = disputes[disputes["cohort"]]
    assert (cohort["highest_tier"] == "county").mean() == pytest.approx(values.loc["reached_top_tier_share", "", ""])
    cost = cohort["cost_yuan"].sum() / (cohort["fate"] == "settled").sum()
    assert cost == pytest.approx(values.loc["cost_yuan_per_settled", "", ""])
    waits = sessions[(sessions["purpose"] == "casework") & (sessions["tier"] == "village")]
    waits = waits[waits["joined_s"] >= graded.jurisdiction.warmup_s]
    mean_hours = waits["waited_s"].mean() / SECONDS_PER_HOUR
    assert mean_hours == pytest.approx(values.loc["waiting_hours_mean", "village", ""])
    assert len(visits) == disputes["visit_count"].sum()


def test_units_of_home_and_equity_tier_both_add_up_to_the_cohort(graded: Run) -> None:
    sums, observed = _sums(graded).units, graded.observe()
    is_home = graded.jurisdiction.units.tier[sums.unit] == 0
    assert int(sums.emerged_count[is_home].sum()) == int(sums.emerged_count[~is_home].sum()) == observed.cohort_count
    assert int(sums.persons[is_home].sum()) == int(sums.persons[~is_home].sum()) == 16_000


def test_a_place_is_laid_out_once_and_only_the_last_few_are_kept(graded: Run) -> None:
    place = lay_out(graded.jurisdiction, graded.protocol)
    assert lay_out(graded.jurisdiction, graded.protocol) is place
    # Equal is not enough: what was changed by hand is another place.
    assert lay_out(graded.jurisdiction, replace(graded.protocol)) is not place
    for _ in range(20):
        lay_out(graded.jurisdiction, replace(graded.protocol))
    assert lay_out(graded.jurisdiction, graded.protocol) is not place


def test_without_sums_the_measures_and_audits_are_the_same(graded: Run) -> None:
    parts = (graded.scenario, graded.jurisdiction, graded.protocol, graded.batch, graded.trajectory)
    whole, lean = graded.summarise(), summarise(*parts, np.random.default_rng(1), with_sums=False)
    assert lean.sums is None
    assert (lean.measured.keys, lean.audits) == (whole.measured.keys, whole.audits)
    assert np.array_equal(lean.measured.value, whole.measured.value, equal_nan=True)
