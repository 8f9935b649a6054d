from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.vocabulary import NEVER_S, NOWHERE, SECONDS_PER_DAY, PatienceChoice, Surfacing
from tests.unit.sampling.rich_place import exponential_days, rich_blocks, rich_scenario, sampled
from tests.unit.sampling.test_sample import digest
from tests.unit.scenario_factory import category, days, make_scenario, name

MANY = {"rate_per_1000_per_year": 1_500.0}
PATIENCE: dict[str, Any] = rich_blocks()["patience"]
GRADED: dict[str, Any] = rich_blocks()["triage"]


def test_self_reports_choose_channels_by_share_and_wait_for_their_delay() -> None:
    batch = sampled(rich_scenario(emergence=MANY))
    reports = batch.surfacing == Surfacing.SELF_REPORT
    letters = (batch.channel == 1)[reports]
    assert letters.mean() == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / len(letters)))
    assert (batch.entry_tier[reports] == np.where(letters, 2, 0)).all()
    delay_days = (batch.registered_s - batch.surfaced_s)[reports] / SECONDS_PER_DAY
    for chosen, mean in ((letters, 10.0), (~letters, 1.0)):
        assert delay_days[chosen].mean() == pytest.approx(mean, abs=4 * mean / np.sqrt(chosen.sum()))


def channels_with(**changes: dict[str, Any]) -> dict[str, Any]:
    """The rich place's channels with some keys changed."""
    channels: dict[str, Any] = rich_blocks()["channels"]
    return {channel_id: channel | changes.get(channel_id, {}) for channel_id, channel in channels.items()}


def test_a_wrong_door_costs_the_delay_of_one_handover_and_only_those_who_came_by_that_channel() -> None:
    before = sampled(rich_scenario(emergence=MANY))
    after = sampled(rich_scenario(emergence=MANY, channels=channels_with(hall={"misroute_prob": 0.3})))
    lost_days = (after.registered_s - before.registered_s)[before.channel == 0] / SECONDS_PER_DAY
    lost = lost_days > 0
    assert lost.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / len(lost)))
    assert lost_days[lost].mean() == pytest.approx(2.0, abs=4 * 2 / np.sqrt(lost.sum()))
    assert np.array_equal(after.registered_s[before.channel != 0], before.registered_s[before.channel != 0])
    handover_days = after.handover_delay_s[before.channel == 0][lost] / SECONDS_PER_DAY
    assert np.abs(np.corrcoef(lost_days[lost], handover_days, rowvar=False)[0, 1:]).max() < 5 / np.sqrt(lost.sum())


def test_who_is_found_on_patrol_comes_to_no_wrong_door() -> None:
    batch = sampled(rich_scenario(channels=channels_with(hall={"misroute_prob": 1.0}, letters={"misroute_prob": 1.0})))
    unasked = batch.channel == NOWHERE
    assert (batch.surfaced_s[unasked] < NEVER_S).any()
    assert np.array_equal(batch.registered_s[unasked], batch.surfaced_s[unasked])


def test_more_wrong_doors_send_the_same_people_and_more_to_them() -> None:
    registered_s = [
        sampled(rich_scenario(channels=channels_with(hall={"misroute_prob": prob}))).registered_s
        for prob in (0.0, 0.2, 0.6, 1.0)
    ]
    for fewer, more in pairwise(registered_s):
        assert (more >= fewer).all()
        assert (more > fewer).any()


def test_wrong_doors_cost_nothing_where_handovers_do_not() -> None:
    channels = channels_with(hall={"misroute_prob": 1.0})
    free, none = (sampled(rich_scenario(handover=None, channels=c)) for c in (channels, channels_with()))
    assert np.array_equal(free.registered_s, none.registered_s)


@pytest.mark.parametrize("kind", ["hotline", "online"])
def test_a_hotline_or_an_online_desk_is_a_way_in_like_a_walk_in(kind: str) -> None:
    assert digest(sampled(rich_scenario(channels=channels_with(hall={"kind": kind})))) == digest(
        sampled(rich_scenario())
    )


def test_patrolled_and_backlog_cases_enter_at_the_lowest_tier_at_once_by_no_channel() -> None:
    batch = sampled(rich_scenario())
    for kind in (Surfacing.PATROL, Surfacing.OPENING_BACKLOG):
        of_kind = batch.surfacing == kind
        assert of_kind.any()
        assert (batch.channel[of_kind] == NOWHERE).all()
        assert (batch.entry_tier[of_kind] == 0).all()
        assert np.array_equal(batch.registered_s[of_kind], batch.surfaced_s[of_kind])


def test_what_never_surfaces_is_never_registered_and_needs_no_patience() -> None:
    batch = sampled(rich_scenario())
    unknown = batch.surfacing == Surfacing.NOT
    assert unknown.any()
    assert (batch.registered_s[unknown] == NEVER_S).all()
    assert (batch.patience_s[unknown] == NEVER_S).all()
    assert (batch.channel[unknown] == NOWHERE).all()


def test_without_channels_all_walk_in_at_the_lowest_tier_at_once() -> None:
    batch = sampled(rich_scenario(channels=None))
    assert (batch.channel == NOWHERE).all()
    assert not batch.entry_tier.any()
    assert np.array_equal(batch.registered_s, batch.surfaced_s)
    assert not batch.petition_delay_s.any()


def test_patience_runs_from_surfacing_and_one_draw_decides_what_follows() -> None:
    batch = sampled(rich_scenario(emergence=MANY))
    known = batch.surfaced_s < NEVER_S
    patience_days = (batch.patience_s - batch.surfaced_s)[known] / SECONDS_PER_DAY
    assert patience_days.mean() == pytest.approx(90.0, abs=4 * 90 / np.sqrt(len(patience_days)))
    found = np.bincount(batch.patience_choice, minlength=3) / len(batch.patience_choice)
    assert found == pytest.approx([0.5, 0.3, 0.2], abs=4 * np.sqrt(0.25 / len(batch.patience_choice)))
    assert list(PatienceChoice) == [PatienceChoice.WITHDRAW, PatienceChoice.LITIGATE, PatienceChoice.BYPASS]


def test_withdrawn_quarrels_fade_and_petitions_take_the_delay_of_their_channel() -> None:
    batch = sampled(rich_scenario(emergence=MANY))
    withdraw = batch.patience_choice == PatienceChoice.WITHDRAW
    bypass = batch.patience_choice == PatienceChoice.BYPASS
    assert (batch.withdrawn_fade_s[~withdraw] == NEVER_S).all()
    assert not batch.petition_delay_s[~bypass].any()
    for seconds, mean in ((batch.withdrawn_fade_s[withdraw], 200.0), (batch.petition_delay_s[bypass], 10.0)):
        of_days = seconds / SECONDS_PER_DAY
        assert of_days.mean() == pytest.approx(mean, abs=4 * mean / np.sqrt(len(of_days)))


def test_a_bypass_takes_no_time_where_no_petition_channel_exists() -> None:
    walk_in = {"kind": "walk_in", "name": name("hall"), "share": 1.0, "entry_tier": "village", "delay_days": days(1.0)}
    batch = sampled(rich_scenario(channels={"hall": walk_in}))
    assert not batch.petition_delay_s.any()
    reports = batch.surfacing == Surfacing.SELF_REPORT
    assert (batch.channel[reports] == 0).all()
    assert ((batch.registered_s - batch.surfaced_s)[reports] == SECONDS_PER_DAY).all()


def test_endless_patience_never_ends() -> None:
    batch = sampled(rich_scenario(patience=None))
    assert (batch.patience_s == NEVER_S).all()
    assert (batch.withdrawn_fade_s == NEVER_S).all()


def test_handover_delays_have_a_column_for_every_visit_and_tier_left() -> None:
    batch = sampled(rich_scenario(emergence=MANY))
    of_days = batch.handover_delay_s / SECONDS_PER_DAY
    assert of_days.shape[1] == 2 * 3
    assert of_days.mean(axis=0) == pytest.approx(np.full(6, 2.0), abs=5 * 2 / np.sqrt(len(of_days)))
    assert np.abs(np.corrcoef(of_days, rowvar=False) - np.eye(6)).max() < 5 / np.sqrt(len(of_days))
    assert not sampled(rich_scenario(handover=None)).handover_delay_s.any()


def grades_at_age_zero(until_age_s: Any) -> Any:
    """0 micro, 1 small, 2 large, 3 hard, by tier."""
    return np.where(
        until_age_s[..., 0] >= 0, 0, np.where(until_age_s[..., 1] >= 0, 1, np.where(until_age_s[..., 2] >= 0, 2, 3))
    )


def test_grades_fall_as_often_as_noisy_difficulty_lies_between_the_thresholds() -> None:
    batch = sampled(
        rich_scenario(
            emergence=MANY, categories={"only": category(1.0)}, latent=None, patrol=None, opening_backlog=None
        )
    )
    grades = grades_at_age_zero(batch.grade_until_age_s)
    expected = np.diff([0, *stats.norm.cdf(np.array([-1.5, 0.0, 1.0]), scale=np.sqrt(1.25)), 1])
    for tier in range(3):
        found = np.bincount(grades[:, tier], minlength=4) / len(grades)
        assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / len(grades)))
    assert (grades[:, 0] != grades[:, 1]).any()


def test_the_noise_of_a_tier_is_one_for_all_its_thresholds() -> None:
    ages = sampled(rich_scenario()).grade_until_age_s
    assert (ages[..., 0] <= ages[..., 1]).all()
    assert (ages[..., 1] <= ages[..., 2]).all()


def test_without_noise_every_tier_judges_by_difficulty_alone() -> None:
    batch = sampled(rich_scenario(triage=GRADED | {"noise_sd_logit": 0.0}))
    assert (batch.grade_until_age_s == batch.grade_until_age_s[:, :1]).all()
    assert np.array_equal(batch.grade_until_age_s[:, 0, 1] >= 0, batch.theta0_logit < 0.0)


def test_without_micro_matters_none_is_graded_so_nor_settled_by_the_parties() -> None:
    batch = sampled(rich_scenario(triage=GRADED | {"micro": None}))
    assert (batch.grade_until_age_s[..., 0] == -1).all()
    assert (batch.self_settle_until_age_s == -1).all()
    with_micro = sampled(rich_scenario())
    assert np.array_equal(batch.grade_until_age_s[..., 1:], with_micro.grade_until_age_s[..., 1:])


def test_parties_settle_micro_matters_with_their_own_ability() -> None:
    weak = sampled(rich_scenario()).self_settle_until_age_s
    micro = GRADED["micro"] | {"self_ability_logit": 1.2}
    strong = sampled(rich_scenario(triage=GRADED | {"micro": micro})).self_settle_until_age_s
    assert (strong >= weak).all()
    assert ((weak >= 0).mean(), (strong >= 0).mean()) == pytest.approx((0.54, 0.71), abs=0.06)


def test_grades_and_classes_have_no_columns_where_nobody_judges() -> None:
    batch = sampled(make_scenario())
    count = len(batch.dispute_id)
    assert batch.grade_until_age_s.shape == batch.class_until_age_s.shape == (count, 3, 0)


def test_classes_by_difficulty_have_a_critical_age_for_every_threshold() -> None:
    batch = sampled(
        rich_scenario(
            emergence=MANY, categories={"only": category(1.0)}, latent=None, patrol=None, opening_backlog=None
        )
    )
    passed = (batch.class_until_age_s < 0).sum(axis=2)
    expected = np.diff([0, *stats.norm.cdf(np.array([0.0, 1.0]), scale=np.sqrt(1.09)), 1])
    assert np.bincount(passed[:, 1]) / len(passed) == pytest.approx(expected, abs=4 * np.sqrt(0.25 / len(passed)))
    assert (batch.class_until_age_s[..., 0] <= batch.class_until_age_s[..., 1]).all()


def test_a_longer_mean_never_brings_an_instant_forward() -> None:
    longer_patience = PATIENCE | {"days": {"distribution": "lognormal", "mean_days": 120.0, "cv": 1.0}}
    handover = {"delay_days": exponential_days(4.0), "hours": 0.5}
    before = sampled(rich_scenario())
    after = sampled(rich_scenario(patience=longer_patience, handover=handover))
    assert (after.patience_s >= before.patience_s).all()
    assert (after.handover_delay_s >= before.handover_delay_s).all()
    assert np.array_equal(after.patience_choice, before.patience_choice)
