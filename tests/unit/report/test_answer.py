from dataclasses import replace

import pytest

from sim.report import RunFolder
from sim.report.answer import answer_of
from sim.report.wording import LANGUAGES, wording

SETTLED = "settled_share_180d"


def with_verdicts(folder: RunFolder, verdicts: dict[str, str]) -> RunFolder:
    """Return the folder with other verdicts of one policy, by measure; every other policy is unclear throughout."""
    comparison = folder.comparison.copy()
    judged = comparison["verdict"] != ""
    comparison.loc[judged, "verdict"] = "unclear"
    for measure, verdict in verdicts.items():
        chosen = judged & (comparison["policy"] == "strengthen_town") & (comparison["measure"] == measure)
        comparison.loc[chosen, "verdict"] = verdict
    return replace(folder, comparison=comparison)


@pytest.mark.parametrize(
    ("verdicts", "kind"),
    [
        ({SETTLED: "better"}, "answer_gain"),
        ({SETTLED: "better", "cost_yuan_per_settled": "worse"}, "answer_mixed"),
        ({"cost_yuan_per_settled": "worse"}, "answer_loss"),
        ({SETTLED: "within_noise"}, "answer_same"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lead_sorts_policies_by_gain_and_loss(
    folder: RunFolder, verdicts: dict[str, str], kind: str, language: str
) -> None:
    words = wording(language)
    lead = answer_of(with_verdicts(folder, verdicts), words).lead
    opening = words.sentences[kind].split("{")[0]
    name = {"zh": "做强乡镇", "en": "Strengthen towns"}[language]
    (sentence,) = [sentence for sentence in lead if name in sentence]
    assert sentence.startswith(opening)


@pytest.mark.parametrize("verdict", ["better", "worse", "differs", "unclear", "within_noise"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_verdict_is_said_of_its_measure(folder: RunFolder, verdict: str, language: str) -> None:
    words = wording(language)
    policies = answer_of(with_verdicts(folder, {SETTLED: verdict}), words).policies
    parts = next(policy.parts for policy in policies if policy.name in ("做强乡镇", "Strengthen towns"))
    said = [part for part in parts if words.measure(SETTLED) in part]
    assert len(said) == 1
    assert said[0].startswith(words.terms.verdicts[verdict])
    has_number = "+2" in said[0] or "−2" in said[0]
    assert has_number == (verdict in ("better", "worse", "differs")), "a clear verdict comes with its difference"


def test_differences_of_shares_are_said_in_points_with_their_sign(folder: RunFolder) -> None:
    rows = folder.comparison
    row = rows[(rows["policy"] == "strengthen_town") & (rows["measure"] == SETTLED)].iloc[0]
    points = f"{abs(row['difference']) * 100:.2f} 个百分点"
    policies = answer_of(folder, wording("zh")).policies
    (said,) = [policy for policy in policies if policy.name == "做强乡镇"]
    assert any(points in part for part in said.parts)


def test_what_changes_the_answer_stands_up_front_with_the_gravest_turn_first(folder: RunFolder) -> None:
    answer = answer_of(folder, wording("en"))
    assert answer.turns_intro == wording("en").say("turns_found")
    assert answer.turns[0].lead == '"Town cadres / posts", here 90 posts, range 60 to 140:'
    assert answer.turns[0].changes[0].startswith("Relieve administration – Settlement rate within 180 days; ")
    assert answer.turns[0].changes[0].endswith(": worse → better → better")
    assert answer.turns[0].changes[1].startswith("Graded triage – ")
    assert answer.turns[0].changes[1].endswith(": worse → unclear → better")
    assert any("2 assumed values have no range" in sentence for sentence in answer.turns_outro)


def test_what_becomes_clear_is_told_of_the_policy_in_focus_alone(folder: RunFolder) -> None:
    table = folder.robustness.assign(verdict="unclear")
    at_high_end = (table["path"] == "patrol.find_prob") & (table["end"] == "high") & (table["measure"] == SETTLED)
    table.loc[at_high_end, "verdict"] = "worse"
    (item,) = answer_of(replace(folder, robustness=table), wording("en")).turns
    assert item.changes == ("Sink staff into grids – Settlement rate within 180 days: unclear → unclear → worse",)


def test_a_run_without_stress_test_says_so(folder: RunFolder) -> None:
    untested = replace(folder, robustness=folder.robustness.iloc[:0])
    assert answer_of(untested, wording("zh")).turns_intro == wording("zh").say("turns_none_tested")


def test_a_stress_test_that_turns_nothing_says_so(folder: RunFolder) -> None:
    firm = replace(folder, robustness=folder.robustness.assign(verdict="better"))
    answer = answer_of(firm, wording("en"))
    assert answer.turns == ()
    assert answer.turns_intro == wording("en").say("turns_none_found", count=5)


def test_a_single_scenario_has_levels_and_no_verdict(single: RunFolder) -> None:
    answer = answer_of(single, wording("en"))
    assert len(answer.lead) == 6
    assert answer.lead[0].startswith("Settlement rate within 180 days: 56.")
    assert (answer.turns, answer.policies, answer.legend) == ((), (), "")
