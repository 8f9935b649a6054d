import os
import subprocess
import sys
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.sampling.contract import DisputeBatch
from sim.vocabulary import NEVER_S
from tests.unit.sampling.rich_place import (
    exponential_days,
    rich_groups,
    rich_scenario,
    rich_tiers,
    sampled,
    session,
)
from tests.unit.scenario_factory import make_scenario, panel, staff_group

ROOT = Path(__file__).parents[3]
BREACH: dict[str, Any] = {
    "breach_days": exponential_days(100.0),
    "durability_logit": 1.0,
    "max_episodes": 3,
    "theta_shift_logit": 0.5,
    "reopen_at": "triage",
}
FOLLOW_UP: dict[str, Any] = {
    "due_days": [30.0, 90.0],
    "effort_hours": 1.0,
    "gain_logit": 0.5,
    "skip_after_working_hours": 40.0,
}


def arrays(batch: DisputeBatch) -> dict[str, Any]:
    """The batch's arrays by name."""
    no_arrays = ("emergence_hash", "prevented", "vacancies")
    return {field.name: getattr(batch, field.name) for field in fields(batch) if field.name not in no_arrays}


def digest(batch: DisputeBatch) -> str:
    """A hash of everything in a batch."""
    parts = [f"{name}/{array.dtype}/{array.shape}".encode() + array.tobytes() for name, array in arrays(batch).items()]
    return sha256(b"".join(parts) + batch.emergence_hash.encode()).hexdigest()


def changed(before: DisputeBatch, after: DisputeBatch) -> set[str]:
    """Names of the arrays that differ."""
    assert before.emergence_hash == after.emergence_hash
    return {name for name, array in arrays(before).items() if not np.array_equal(array, arrays(after)[name])}


def test_rows_are_in_order_of_unique_ids_with_the_declared_shapes_and_types() -> None:
    batch = sampled(rich_scenario(breach=BREACH, follow_up=FOLLOW_UP))
    count, episodes, slots, options, tiers = len(batch.dispute_id), 3, 6, 7, 3
    rounds, later, trials = episodes * 2, (len(batch.dispute_id), 2), 3
    assert (np.diff(batch.dispute_id) > 0).all()
    shapes = {
        "effort_s": (count, rounds * slots),
        "gap_s": (count, rounds * slots),
        "travel_s": (count, options),
        "occupation_s": (count, rounds * options),
        "settle_until_age_s": (count, rounds * options),
        "attends": (count, 0),
        "settle_with_handler_until_age_s": (count, 0),
        "handover_delay_s": (count, rounds * tiers),
        "grade_until_age_s": (count, episodes * tiers, 3),
        "class_until_age_s": (count, episodes * tiers, 2),
        "breach_after_s": later,
        "holds_until_age_s": (count, 2 * trials),
        "referred_if_busy": (count, 0),
        "settled_on_paper": (count, 0),
        "paper_return_s": (count, 0),
    }
    shapes |= {name: later for name in arrays(batch) if name.startswith("later_")}
    types = {
        "home_unit": np.int32,
        "category": np.int32,
        "channel": np.int32,
        "entry_tier": np.int32,
        "opening": np.bool_,
        "attends": np.bool_,
        "referred_if_busy": np.bool_,
        "settled_on_paper": np.bool_,
        "surfacing": np.int8,
        "patience_choice": np.int8,
        "later_patience_choice": np.int8,
        "theta0_logit": np.float64,
    }
    for name, array in arrays(batch).items():
        assert array.shape == shapes.get(name, (count,)), name
        assert array.dtype == types.get(name, np.int64), name
        assert array.flags.f_contiguous, name


def test_every_array_lies_column_after_column_whatever_is_switched_on() -> None:
    tiers = rich_tiers(county={"panel": panel("county_centre", "town_cadres", attendance=0.7)})
    tiers["town"]["load_referral"] = {"refer_when_waiting_per_post_at_least": 1.0, "refer_prob": 0.5}
    pressure = {"paper_settlement_prob": 0.4, "return_delay_days": exponential_days(30.0), "tiers": ["town"]}
    on = {"tiers": tiers, "reporting_pressure": pressure, "first_handler_keeps": {"bonus_logit": 0.5}}
    for blocks in (on, on | {"breach": BREACH, "follow_up": FOLLOW_UP}):
        batch = sampled(rich_scenario(**blocks))
        chances = (batch.attends, batch.referred_if_busy, batch.settled_on_paper, batch.settle_with_handler_until_age_s)
        assert all(chance.any() for chance in chances)
        for name, array in arrays(batch).items():
            assert array.flags.f_contiguous, name


def test_ids_rank_by_second_unit_and_category_with_the_backlog_behind() -> None:
    batch = sampled(rich_scenario())
    backlog = slice(-40, None)
    assert np.array_equal(np.diff(batch.dispute_id[backlog]), np.ones(39))
    for rows in (slice(None, -40), backlog):
        columns = (batch.emerged_s[rows], batch.home_unit[rows], batch.category[rows])
        keys = list(zip(*(column.tolist() for column in columns), strict=True))
        assert keys == sorted(keys)


def test_the_same_question_has_the_same_answer_and_others_differ() -> None:
    digests = {(seed, r): digest(sampled(rich_scenario(), seed=seed, replication=r)) for seed in (1, 2) for r in (0, 1)}
    assert digest(sampled(rich_scenario())) == digests[1, 0]
    assert len(set(digests.values())) == 4


def test_a_session_more_at_one_tier_moves_nothing_at_the_others() -> None:
    before = sampled(rich_scenario())
    sessions = rich_tiers()["village"]["sessions"] | {"third": session("desk", "village_mediators")}
    after = sampled(rich_scenario(tiers=rich_tiers(village=sessions)))
    per_slot, per_option = {"effort_s", "gap_s"}, {"travel_s", "occupation_s", "settle_until_age_s"}
    assert changed(before, after) == per_slot | per_option
    for name in per_slot:
        assert np.array_equal(arrays(before)[name], np.delete(arrays(after)[name], [2, 7 + 2], axis=1))
    for name in per_option - {"travel_s"}:
        assert np.array_equal(arrays(before)[name], np.delete(arrays(after)[name], [3, 8 + 3], axis=1))
    assert np.array_equal(before.travel_s, np.delete(after.travel_s, 3, axis=1))


def test_a_staff_group_that_nobody_lists_moves_nothing() -> None:
    groups = {"newcomers": staff_group("county", 3, ability_logit=2.0)} | rich_groups()
    assert changed(sampled(rich_scenario()), sampled(rich_scenario(staff_groups=groups))) == set()


def test_another_group_listed_adds_its_option_and_moves_nothing_else() -> None:
    before = sampled(rich_scenario())
    county = {"desk": session("desk", "county_centre", "town_cadres")}
    after = sampled(rich_scenario(tiers=rich_tiers(county=county)))
    assert changed(before, after) == {"travel_s", "occupation_s", "settle_until_age_s"}
    for name in ("occupation_s", "settle_until_age_s"):
        assert np.array_equal(arrays(before)[name], np.delete(arrays(after)[name], [7, 15], axis=1))


@pytest.mark.parametrize(
    ("blocks", "moved"),
    [
        ({"patience": None}, {"patience_s", "patience_choice", "withdrawn_fade_s", "petition_delay_s"}),
        ({"handover": None}, {"handover_delay_s"}),
        ({"effort_growth": None}, {"effort_s", "occupation_s"}),
        ({"travel": None}, {"travel_s", "occupation_s"}),
        ({"channels": None}, {"channel", "entry_tier", "registered_s", "petition_delay_s"}),
        ({"queue": {"order": "first_come"}}, {"class_until_age_s"}),
        ({"overall_deadline": {"days": 60, "clock": "calendar"}}, set()),
        ({"tiers": rich_tiers(county={})}, {"effort_s", "gap_s", "travel_s", "occupation_s", "settle_until_age_s"}),
        (
            {"settlement": {"gain_per_session_logit": 0.0, "noise_correlation": 0.2}},
            {"settle_until_age_s", "self_settle_until_age_s"},
        ),
    ],
)
def test_a_mechanism_moves_only_what_is_its_own(blocks: dict[str, Any], moved: set[str]) -> None:
    scenario = rich_scenario(**(blocks | {"travel": blocks.get("travel", {"round_trip_hours": {"village": 0.0}})}))
    reference = rich_scenario(travel={"round_trip_hours": {"village": 0.0}})
    if "travel" in blocks:
        scenario, reference = rich_scenario(patrol=None, travel=None), rich_scenario(patrol=None)
    assert changed(sampled(reference), sampled(scenario)) == moved


def test_triage_changes_judgements_only_and_one_visit_is_the_first_of_two() -> None:
    before = sampled(rich_scenario())
    after = sampled(rich_scenario(triage={"rule": "by_channel"}))
    visited = {"effort_s", "gap_s", "occupation_s", "settle_until_age_s", "handover_delay_s"}
    assert changed(before, after) == visited | {"grade_until_age_s", "self_settle_until_age_s"}
    for name in visited:
        once = arrays(after)[name]
        # Nobody is sent down from the top without grades, so that leaving it takes no time.
        columns = slice(once.shape[1] - (name == "handover_delay_s"))
        assert np.array_equal(arrays(before)[name][:, columns], once[:, columns])


def test_a_backlog_moves_nothing_of_the_disputes_that_emerge() -> None:
    after, before = sampled(rich_scenario()), sampled(rich_scenario(opening_backlog=None))
    count = len(before.dispute_id)
    for name, array in arrays(before).items():
        assert np.array_equal(array, arrays(after)[name][:count]), name


def test_incidents_move_only_who_has_one() -> None:
    with_incidents, without = sampled(rich_scenario()), sampled(rich_scenario(incident=None))
    common, rows, others = np.intersect1d(with_incidents.dispute_id, without.dispute_id, return_indices=True)
    assert len(common) == len(with_incidents.dispute_id)
    for name in ("effort_s", "settle_until_age_s", "patience_choice", "theta0_logit", "emerged_s"):
        assert np.array_equal(arrays(with_incidents)[name][rows], arrays(without)[name][others]), name


def test_moving_posts_and_changing_who_serves_keeps_every_dispute_and_its_luck() -> None:
    groups = rich_groups() | {"town_cadres": staff_group("town", 1, posts_serve=2, ability_logit=-1.0)}
    before, after = sampled(rich_scenario(patrol=None)), sampled(rich_scenario(patrol=None, staff_groups=groups))
    assert changed(before, after) == {"settle_until_age_s", "occupation_s"}


def test_a_place_without_disputes_gives_an_empty_batch() -> None:
    none = {"rate_per_1000_per_year": 0.0}
    batch = sampled(rich_scenario(emergence=none, opening_backlog=None))
    assert len(batch.dispute_id) == 0
    assert batch.settle_until_age_s.shape == (0, 14)
    only_backlog = sampled(rich_scenario(emergence=none))
    assert only_backlog.dispute_id.tolist() == list(range(40))
    assert only_backlog.opening.all()


def test_a_plain_place_without_optional_mechanisms_is_sampled() -> None:
    batch = sampled(make_scenario())
    assert (batch.registered_s == batch.emerged_s).all()
    assert (batch.effort_s == 3_600).all()


def test_bytes_do_not_depend_on_hash_seed_or_processor_features() -> None:
    program = (
        "from tests.unit.sampling.rich_place import rich_scenario, sampled\n"
        "from tests.unit.sampling.test_sample import digest\n"
        "print(digest(sampled(rich_scenario())))\n"
    )
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    features = " ".join(found)
    answers = set()
    for changes in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "NPY_DISABLE_CPU_FEATURES": features}):
        finished = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | changes,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        answers.add(finished.stdout.strip())
    assert answers == {digest(sampled(rich_scenario()))}


def test_ages_of_a_backlog_are_before_the_start_however_long() -> None:
    backlog = {"disputes": 5, "age_days": exponential_days(1e300), "theta_shift_logit": 0.0}
    batch = sampled(rich_scenario(opening_backlog=backlog))
    assert (batch.emerged_s[-5:] < 0).all()
    assert (batch.emerged_s[-5:] == -(2**60)).all()


def test_further_episodes_move_nothing_of_the_first() -> None:
    once, again = sampled(rich_scenario()), sampled(rich_scenario(breach=BREACH, follow_up=FOLLOW_UP))
    for name, array in arrays(once).items():
        first = arrays(again)[name]
        if array.shape != first.shape:
            first = first[:, : array.shape[1]]
        assert np.array_equal(array, first), name


def test_one_episode_and_no_visits_are_as_good_as_no_blocks() -> None:
    off = rich_scenario(breach=BREACH | {"max_episodes": 1}, follow_up=FOLLOW_UP | {"due_days": []})
    assert digest(sampled(off)) == digest(sampled(rich_scenario()))


def test_fewer_episodes_are_the_first_ones_of_more() -> None:
    fewer, more = (sampled(rich_scenario(breach=BREACH | {"max_episodes": n}, follow_up=FOLLOW_UP)) for n in (2, 3))
    for name, array in arrays(fewer).items():
        width = array.shape[1] if array.ndim > 1 else None
        longer = arrays(more)[name]
        assert np.array_equal(array, longer if width is None else longer[:, :width]), name


def test_the_luck_of_an_agreement_is_logistic_and_its_own_in_every_episode() -> None:
    """Without hardening an agreement holds at any age or at none: with probability logistic(durability − θ)."""
    same = {"difficulty_mean_logit": 0.0, "difficulty_sd_logit": 0.0}
    category = {"name": {"zh": "甲", "en": "a"}, "share": 1.0, "households_involved": 1, "effort_factor": 1.0} | same
    batch = sampled(
        make_scenario(
            categories={"a": category},
            emergence={"rate_per_1000_per_year": 2_000.0},
            breach=BREACH | {"theta_shift_logit": 0.5, "durability_logit": 1.0},
            follow_up=FOLLOW_UP,
        )
    )
    holds = batch.holds_until_age_s == NEVER_S
    margins = [1.0, 1.5, 2.0, 0.5, 1.0, 1.5]
    assert np.allclose(holds.mean(axis=0), 1 / (1 + np.exp(-np.array(margins))), atol=0.02)
    assert (np.diff(holds.astype(int).reshape(-1, 2, 3), axis=2) >= 0).all(), "a visit never harms"
    assert abs(np.corrcoef(holds[:, 0], holds[:, 3])[0, 1]) < 0.03
