"""Which files are compared, under which ids, and what the options change."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.asking import Wanted, ask_compare, ask_run, files_to_compare, id_of, study_of
from sim.experiment.cited_source import CitedSource
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications


def codes(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_folder_gives_its_baseline_then_its_policies_by_name(tiny_county: Path) -> None:
    names = [path.name for path in files_to_compare(tiny_county)]
    assert names == ["baseline.yaml", "busier.yaml", "more_town.yaml"]


def test_a_baseline_that_extends_a_shared_base_has_policies_like_any_other(tiny_county: Path) -> None:
    base = tiny_county / "baseline.yaml"
    (tiny_county.parent / "shared.yaml").write_bytes(base.read_bytes())
    base.write_text("extends: ../shared.yaml\nplace: {zh: 某县, en: County}\n", encoding="utf-8")
    names = [path.name for path in files_to_compare(tiny_county)]
    assert names == ["baseline.yaml", "busier.yaml", "more_town.yaml"]


def test_an_overlay_of_an_overlay_is_no_policy(tiny_county: Path) -> None:
    (tiny_county / "another_part.yaml").write_text("extends: parts.yaml\nseason: ~\n", encoding="utf-8")
    assert "another_part.yaml" not in [path.name for path in files_to_compare(tiny_county)]


def test_a_policy_that_cannot_be_read_is_reported_and_not_skipped(tiny_county: Path) -> None:
    (tiny_county / "typing.yaml").write_text("extends: baseline.yaml\nname: {zh: [\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ask_compare(files_to_compare(tiny_county), Wanted())
    assert caught.value.problems[0].file.endswith("typing.yaml")


def test_a_folder_without_baseline_or_policies_is_refused(tiny_county: Path) -> None:
    for policy in ("busier.yaml", "more_town.yaml"):
        (tiny_county / policy).unlink()
    with pytest.raises(InputError) as caught:
        files_to_compare(tiny_county)
    assert codes(caught) == ["folder_without_policies"]
    (tiny_county / "baseline.yaml").unlink()
    with pytest.raises(InputError) as caught:
        files_to_compare(tiny_county)
    assert codes(caught) == ["folder_without_baseline"]


def test_a_comparison_wants_two_scenarios_with_ids_of_their_own(tiny_county: Path) -> None:
    baseline, *_ = files_to_compare(tiny_county)
    with pytest.raises(InputError) as caught:
        ask_compare([baseline], Wanted())
    assert codes(caught) == ["compare_needs_two"]
    with pytest.raises(InputError) as caught:
        ask_compare([baseline, baseline], Wanted())
    assert codes(caught) == ["scenario_twice"]


def test_problems_of_all_files_are_told_at_once_and_each_once(tiny_county: Path) -> None:
    baseline, *policies = files_to_compare(tiny_county)
    text = baseline.read_text(encoding="utf-8")
    baseline.write_text(text.replace("posts: 1", "posts: -1"), encoding="utf-8")
    (tiny_county / "more_town.yaml").write_text("extends: baseline.yaml\nhorizn: {}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ask_compare([baseline, *policies], Wanted())
    assert sorted(codes(caught)) == ["below_minimum", "unknown_key"]


def test_scenarios_with_other_tiers_are_not_compared(tiny_county: Path) -> None:
    baseline, *policies = files_to_compare(tiny_county)
    text = baseline.read_text(encoding="utf-8").replace("village: 3", "hamlet: 3")
    other = text.replace("\n  village:\n", "\n  hamlet:\n").replace("_tier: village", "_tier: hamlet")
    other = other.replace("tier: village", "tier: hamlet").replace("based_at: village", "based_at: hamlet")
    (tiny_county / "other.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ask_compare([baseline, tiny_county / "other.yaml", *policies], Wanted())
    assert codes(caught) == ["tiers_differ"]
    assert caught.value.problems[0].fields == {"found": "hamlet, county", "expected": "village, county"}


def test_options_override_what_the_baseline_says(tiny_county: Path) -> None:
    path = tiny_county / "baseline.yaml"
    as_written = ask_run(path, [], [], Wanted())
    assert (as_written.seed, as_written.rule) == (7, FixedReplications(rule="fixed", count=3))
    asked = ask_run(path, [], [], Wanted(replications=5, seed=9, with_records=True))
    assert (asked.seed, asked.rule) == (9, FixedReplications(rule="fixed", count=5))
    assert asked.with_records
    automatic = ask_run(path, [], [], Wanted(replications="auto"))
    assert automatic.rule == AutomaticReplications(rule="automatic", cap=200, relative_precision=0.05)


def test_auto_keeps_the_cap_of_a_baseline_that_has_one(tiny_county: Path) -> None:
    rule = "experiment.replications={rule: automatic, cap: 20, relative_precision: 0.1}"
    question = ask_run(tiny_county / "baseline.yaml", [], [rule], Wanted(replications="auto"))
    assert question.rule == AutomaticReplications(rule="automatic", cap=20, relative_precision=0.1)


def test_overlays_and_settings_reach_the_scenario(tiny_county: Path) -> None:
    settings = ["staff_groups.centre.posts=4"]
    question = ask_run(tiny_county / "baseline.yaml", [tiny_county / "parts.yaml"], settings, Wanted())
    assert question.baseline.scenario.emergence.rate_per_1000_per_year == 25
    assert question.baseline.scenario.staff_groups["centre"].posts == 4
    assert "posts: 4" in question.baseline.text


def test_ids_and_studies_come_from_names(tmp_path: Path) -> None:
    assert id_of(Path("a/sink_staff.yaml")) == "sink_staff"
    assert id_of(Path("scenario.baseline.resolved.yaml")) == "scenario.baseline"
    assert study_of(tmp_path / "西畴" / "baseline.yaml") == "西畴"
    assert study_of(Path("/baseline.yaml")) == "study"


def test_sources_are_resolved_one_by_one(tiny_county: Path) -> None:
    path = tiny_county / "baseline.yaml"
    text = path.read_text(encoding="utf-8").replace('"citation: made up for tests"', "staff_a; staff_b")
    path.write_text(text, encoding="utf-8")
    known = {"staff_a": CitedSource("staff_a", "甲", "A"), "staff_b": CitedSource("staff_b", "乙", "B")}
    question = ask_run(path, [], [], Wanted(known_sources=frozenset(known), citations=known))
    assert question.sources == (CitedSource("staff_a; staff_b", "甲; 乙", "A; B"),)
    with pytest.raises(InputError) as caught:
        ask_run(path, [], [], Wanted(known_sources=frozenset({"staff_a"})))
    assert codes(caught) == ["unknown_source"]
