import pytest

from sim.report import RunFolder
from sim.report.paths import path_label, shown_range, shown_value, unit_of_path, value_with_unit
from sim.report.wording import wording


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("staff_groups.town_cadres.posts", "乡镇综治干部 · 人数", "Town cadres / posts"),
        (
            "staff_groups.town_cadres.authority_logit.land",
            "乡镇综治干部 · 职权增减 · 土地山林",
            "Town cadres / authority / Land and forest",
        ),
        (
            "tiers.town.sessions.talk.effort_hours.mean_hours",
            "乡镇 · 第 1 环节（坐班调解） · 办理耗时 · 均值",
            "Town / session 1 (at the desk) / effort / mean",
        ),
        ("patrol.find_prob", "入户排查 · 入户发现概率", "Household visits / probability that a visit finds a dispute"),
        (
            "prevention.lectures.multiplier.land",
            "Lectures · 发生率倍数 · 土地山林",
            "Lectures / factor on the rate / Land and forest",
        ),
        ("triage.may_return.0", "分流办法 · 可退回下级的层级 · #1", "Triage / tiers that may send back down / #1"),
        ("later_block.new_key", "Later_block · new_key", "Later_block / new_key"),
    ],
)
def test_a_key_path_is_named_in_both_languages(folder: RunFolder, path: str, zh: str, en: str) -> None:
    assert path_label(folder.baseline, path, wording("zh")) == zh
    assert path_label(folder.baseline, path, wording("en")) == en


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("emergence.rate_per_1000_per_year", "per_1000_per_year"),
        ("incident.hazard_per_dispute_per_year", "per_dispute_per_year"),
        ("incident.difficulty_exponent", "none"),
        ("effort_growth.log_slope_per_logit", "none"),
        ("hardening.logit_per_30_days", "logit_per_30_days"),
        ("patrol.hours_per_visit", "hours"),
        ("patrol.find_prob", "share"),
        ("staff_groups.a.admin_share", "share"),
        ("staff_groups.a.authority_logit.land", "logit"),
        ("latent.self_report_days.land.mean_days", "days"),
        ("latent.self_report_days.land.cv", "none"),
        ("travel.round_trip_hours.town", "hours"),
        ("staff_groups.a.posts_serve", "units"),
        ("settlement.noise_correlation", "none"),
        ("queue.priority.thresholds_logit.1", "logit"),
        ("units.counts.village", "units"),
        ("admin_load.meetings.share_of_admin", "share"),
        ("admin_load.meetings.level", "none"),
        ("programmes.platform.yuan_per_year", "yuan_per_year"),
        ("programmes.platform.start_up_yuan", "yuan"),
    ],
)
def test_the_unit_of_a_value_is_read_from_its_key(path: str, unit: str) -> None:
    assert unit_of_path(path) == unit


def test_values_are_shown_with_their_units() -> None:
    assert shown_value("patrol.find_prob", 0.3) == "30%"
    assert shown_value("season.monthly_index", [1.2, 1]) == "1.2 / 1"
    assert shown_value("frailty.fixed", True) == "true"
    assert shown_value("staff_groups.a.posts_serve", None) == "–"
    assert value_with_unit("staff_groups.a.posts", 1200, wording("zh")) == "1,200 人"
    assert value_with_unit("patrol.find_prob", 0.3, wording("en")) == "30%"
    assert shown_range("hardening.cap_days", 30.0, 90.0, wording("en")) == "30 to 90"
    assert shown_range("hardening.cap_days", None, 90.0, wording("en")) == "–"
