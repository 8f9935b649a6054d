"""English sentences, headings and column heads; the names of measures and keys are in en_terms.py."""

from typing import Final

SENTENCES: Final = {
    # --- joining ---
    "list_separator": "; ",
    "path_separator": " / ",
    "sentence_separator": " ",
    "with_unit": "{name} ({unit})",
    "interval": "{mean} ({low} to {high})",
    "range": "{low} to {high}",
    "difference_in_points": "{difference} points",
    "difference_in_unit": "{difference} {unit}",
    "session_label": "session {ordinal} ({mode})",
    "stress_end": "{item}: {value}",
    "value_with_unit": "{value} {unit}",
    "none": "none",
    # --- page ---
    "html_language": "en",
    "title_comparison": "{place}: policies for tiered dispute mediation compared",
    "title_single": "{place}: tiered dispute mediation simulated",
    "meta_line": "Run {run_id} | random seed {seed} | {count} replications of each scenario",
    "skip_to_answer": "Skip to the answer",
    "figure_data": "Data of this figure: {file}",
    "figure_alternative": "Figure: {title}. {reading}",
    "footer_font": "Embedded font: a subset of Noto Sans SC, under the SIL Open Font License 1.1.",
    "footer_model": (
        "These numbers come from a model and are no statistics; a true settlement rate is not the rate in the books."
    ),
    # --- headings ---
    "heading_question": "The question",
    "heading_answer": "The answer",
    "heading_turns": "What would change it",
    "heading_policies": "Policy by policy",
    "heading_headline": "Headline measures",
    "heading_ends": "Where disputes end",
    "heading_days": "How long they last",
    "heading_load": "Workload and backlog",
    "heading_tiers": "Tier by tier",
    "heading_equity": "Equity between units",
    "heading_robustness": "How firm the answer is",
    "heading_changes": "What each policy changes",
    "heading_further": "Further measures",
    "heading_assumptions": "Evidence and assumptions",
    "heading_method": "Method in short",
    "heading_warnings": "Before you use this",
    "heading_reproduce": "How to reproduce it",
    # --- question ---
    "question_comparison": (
        'In {place}, compared with "{baseline}": do the following {count} policies settle more disputes, and sooner, '
        "with fewer incidents, court cases and cases at the top tier, and at no greater cost in staff?"
    ),
    "question_single": (
        'What becomes of disputes in {place} under "{scenario}": how many are settled and how soon, and how many turn '
        "into incidents, go to court or reach the top tier?"
    ),
    "question_baseline": "For comparison:",
    # --- answer ---
    "answer_gain": "Gain without loss (at least one headline measure better, none worse): {policies}.",
    "answer_mixed": "Gain and loss (some headline measures better, some worse): {policies}.",
    "answer_loss": "Loss without gain (at least one headline measure worse, none better): {policies}.",
    "answer_same": "Not to be told apart from the baseline: {policies}.",
    "answer_level": "{measure}: {value}",
    "answer_policy_part": "{verdict} on {count}: {measures}",
    "answer_measure_with_difference": "{measure} ({difference})",
    "answer_verdict_table": "Verdict on each policy by headline measure",
    "answer_verdict_legend": (
        '"Better" and "worse": the sign of the difference is clear at the {level} level (Holm-adjusted over all {count}'
        ' comparisons), which does not make it large. "No real difference": the sign is not clear, and any difference '
        'is within {indifference} of the baseline\'s mean. "Unclear": the sign is not clear and a larger difference '
        "cannot be ruled out."
    ),
    "turns_none_tested": (
        "This run did not test what assumed values do to the verdicts: they hold under the assumptions listed here and "
        "no others."
    ),
    "turns_none_found": (
        "With each of the {count} most influential assumed values at either end of its range, no clear verdict changes."
    ),
    "turns_found": (
        "These values are assumed, not measured; at one end of their range the answer changes (arrows: verdict at the "
        "low end, at the value used, at the high end):"
    ),
    "turns_item": '"{path}", here {base}, range {range}:',
    "turns_change": "{policy} – {measures}: {low} → {base} → {high}",
    "turns_tested": (
        '{screened} assumed values with a range were tested (by what they do to the difference that "{policy}" makes '
        'to "{measure}"); verdicts were repeated for the {count} that matter most. Each repetition rests on '
        "{replications} replications, the tables below on more, so fewer differences are clear here than there."
    ),
    "turns_not_tested": "{count} assumed values have no range and were not tested.",
    "turns_not_possible": "{count} assumed values make a scenario impossible at one end and were not tested: {paths}.",
    "turns_assumed_count": '{count} values of the model are assumed, see "Evidence and assumptions".',
    # --- tables ---
    "table_headline": "Headline measures: level, difference from the baseline, verdict",
    "table_headline_single": "Headline measures",
    "table_headline_note": (
        "In brackets: {level} confidence intervals. Differences are taken replication by replication over the same "
        'disputes; those of shares are in percentage points. "{one_more}" is a {level} prediction interval: years '
        "differ in disputes and luck, and more replications do not narrow it. Intervals are cut to what a measure can "
        "be."
    ),
    "table_headline_note_single": (
        'In brackets: {level} confidence intervals. "{one_more}" is a {level} prediction interval: years differ in '
        "disputes and luck, and more replications do not narrow it. Intervals are cut to what a measure can be."
    ),
    "table_tiers": "By tier (means over replications)",
    "table_groups": "By staff group (means over replications)",
    "table_categories": "By kind of dispute (means over replications)",
    "table_records": "What the records say, and what is true (means over replications)",
    "table_records_note": (
        "Under reporting pressure a case due to be handed up may be recorded as settled; in truth it is open, goes on "
        "hardening and comes back at the tier above. Each line of truth is followed by the record of it. A record is "
        "never corrected, also when an agreement breaks: the recorded share is above the true one then as well."
    ),
    "table_prevented": "Disputes prevented (means over replications)",
    "table_prevented_note": (
        "Prevented disputes never emerge, so they are counted here and in no share above: those are of the disputes "
        "that did emerge. What prevention takes away are not average disputes, so shares can move although nothing is "
        "handled better."
    ),
    "table_further": "Further measures (means over replications)",
    "table_further_note": (
        "Measures that condition on settlement or registration (such as days from registration to settlement, or the "
        "settlement rate at or below the village) favour policies that lose their hard cases: for information only. "
        'Values "under equal risk" deal the same outcomes out to units at random: small units differ by chance, and '
        "only what exceeds this is inequity."
    ),
    "table_changes": "Where the policies differ from the baseline",
    "table_changes_none": "no value differs",
    "table_bases": "What the values rest on",
    "table_assumed": "Assumed values",
    "table_of_basis": 'Values whose basis is "{basis}"',
    "table_turns": "Verdicts with an assumed value at either end of its range",
    "table_turns_note": (
        "The stress test has fewer replications of its own, so its verdicts are compared with its own verdicts at the "
        "values used here, not with those above. A framed verdict differs from the one at the value used."
    ),
    "table_environment": "Environment of the run",
    "head_scenario": "Scenario",
    "head_policy": "Policy",
    "head_measure": "Measure",
    "head_tier": "Tier",
    "head_group": "Staff group",
    "head_category": "Kind of dispute",
    "head_level": "Level",
    "head_difference": "Difference from baseline",
    "head_relative": "Of baseline",
    "head_one_more": "One single year may lie between",
    "head_one_more_years": "Another {years} years may lie between",
    "head_verdict": "Verdict",
    "head_item": "Item",
    "head_value": "Value",
    "head_unit": "Unit",
    "head_range": "Range",
    "head_source": "Source",
    "head_basis": "Basis",
    "head_count": "Values",
    "head_baseline_value": "Baseline",
    "head_policy_value": "This policy",
    "head_swing": "Effect",
    "table_assumed_note": (
        '"Effect" is how far the difference between "{policy}" and the baseline ({measure}) moves as the value goes '
        "from the low to the high end of its range; a dash: not tested."
    ),
    "head_base": "As used",
    "head_name": "Name",
    # --- how to read the figures ---
    "title_where_disputes_end": "Where disputes stand 180 days after they arise",
    "reading_where_disputes_end": (
        "Each bar is all disputes under one scenario, those nobody hears of included; its parts sum to 100%. Blue, "
        "from light to dark, is settlement at the tiers from the lowest up."
    ),
    "title_days_to_settlement": "How soon disputes are settled and resolved",
    "reading_days_to_settlement": (
        "Across: days since the dispute arose. Left: share truly settled, the higher the better. Right: share "
        "unresolved (not settled, adjudicated, taken to court or faded), the lower the better."
    ),
    "title_load_over_time": "Workload and backlog by tier",
    "reading_load_over_time": (
        "Each point averages 28 days. Utilisation is the part of posts' working time that is occupied (administration "
        "counted in proportion); backlog is the number of cases in hand. Vertical scales differ."
    ),
    "title_paired_differences": "Differences from the baseline and their intervals",
    "reading_paired_differences": (
        "Each mark is a policy's difference in per cent of the baseline's mean, with its {level} interval; the "
        "vertical line is zero, no difference. Horizontal scales differ."
    ),
    "title_equity_over_units": "Settlement rate of each unit ({tier})",
    "reading_equity_over_units": (
        "Each dot is one unit ({tier}), from the lowest to the highest share settled within 180 days. The dashed line "
        "is what chance alone would give if all units had the same risk: dots steeper than it mean that units do "
        "differ."
    ),
    "title_robustness_of_verdicts": "Differences as assumed values vary",
    "reading_robustness_of_verdicts": (
        "Each bar shows how a policy's difference from the baseline moves as an assumed value goes from the low to the "
        "high end of its range; the short line is the value used. The number above a bar is the low end, the one below "
        "it the high end."
    ),
    # --- inside the figures ---
    "figure_settled_at": "settled, {tier}",
    "figure_settled_by_parties": "settled by the parties",
    "figure_share_of_cohort": "share of all disputes",
    "figure_settled_share": "Share settled",
    "figure_unresolved_share": "Share unresolved",
    "figure_age_days": "days since the dispute arose",
    "figure_utilisation": "{tier}: utilisation",
    "figure_backlog": "{tier}: backlog (cases)",
    "figure_years_since_start": "years since the start of the simulation",
    "figure_warmup": "warm-up (not counted)",
    "figure_better_when_higher": "higher is better →",
    "figure_better_when_lower": "← lower is better",
    "figure_percent_of_baseline": "per cent of the baseline's mean",
    "figure_equity_units": "units under this scenario",
    "figure_equity_equal_risk": "under equal risk",
    "figure_equity_baseline": "baseline",
    "figure_equity_rank": "rank, lowest first",
    "figure_equity_share": "share settled within 180 days",
    "figure_points": "percentage points",
    "figure_difference_of": "{measure}: difference from the baseline ({unit})",
    # --- assumptions ---
    "assumptions_intro": (
        '"{scenario}" has {count} values, by basis as follows. What is assumed was not measured, and the answer holds '
        "only as far as it does."
    ),
    "assumptions_unstated": '"Unstated" values say nothing about their basis.',
    "source_missing": "not stated",
    # --- method ---
    "method_span": (
        "Time runs from {start}. The first {warmup} years let the system settle in and are not counted; disputes that "
        "arise in the {cohort} years after them are followed one by one, the last of them for at least {follow} days."
    ),
    "method_cohort": (
        "Headline measures are per dispute that arises in these {cohort} years, those nobody hears of included: the "
        'same disputes under every scenario. "Settled" means truly settled, not closed in the books.'
    ),
    "method_replications": "Each scenario is simulated {count} times. {reason}",
    "stop_criteria_met": (
        "At that number every headline measure had a half-width of at most {precision} of the baseline's mean, or a "
        "clear sign."
    ),
    "stop_cap_reached": "The limit of {cap} was reached while some headline measures were not yet precise enough.",
    "stop_fixed": "The number was given beforehand.",
    "stop_interrupted": "The run was interrupted; it holds what was finished.",
    "stop_": "",
    "method_paired": (
        "All scenarios see the same disputes and the same random numbers and are subtracted replication by "
        "replication, so intervals are far narrower than between independent runs. Intervals of differences are {level}"
        " t-intervals; verdicts are Holm-adjusted for the number of comparisons."
    ),
    "method_left_out": (
        "Not in the model: whether better mediation brings more disputes, learning, trust, contagion between disputes, "
        "and casework crowding out patrol."
    ),
    # --- warnings ---
    "warning_none": "Nothing to warn of.",
    "warning_unpaired": (
        '"{scenario}" and the baseline do not see the same disputes: they are compared as independent runs, with wider '
        "intervals."
    ),
    "warning_assumed_holidays": (
        "The public holidays of {years} were not announced: those with fixed dates are assumed, without make-up days."
    ),
    "warning_cap_reached": (
        "The limit of {cap} replications was reached while some headline measures were not yet precise enough: more "
        'replications may decide what is "unclear".'
    ),
    "warning_interrupted": "The run was interrupted: fewer replications than asked for.",
    "warning_truncation_after_warmup": (
        '"{scenario}", {tier}: the first {truncation_days} days look like start-up, more than the warm-up of '
        "{warmup_days} days."
    ),
    "warning_truncation_beyond_half": (
        '"{scenario}", {tier}: no end of the start-up can be seen, so the warm-up of {warmup_days} days may be too '
        "short."
    ),
    "warning_stock_still_changing": (
        '"{scenario}", {tier}: after the warm-up of {warmup_days} days the backlog still changes from year to year; '
        "the tier may be overloaded."
    ),
    "warning_unstated": "{count} values do not state their basis.",
    "warning_other": "Also: {code} {details}",
    "warning_all_tiers": "all tiers",
    "audits_passed": (
        "Every replication passed {count} audits of its accounts (disputes against their fates, flows through tiers, "
        "occupied staff); one failure would have voided the run."
    ),
    # --- how to reproduce ---
    "reproduce_command": "In the project's folder, type:",
    "reproduce_verify": "To check that this run repeats byte for byte:",
    "reproduce_report": "To rebuild only figures and reports:",
    "reproduce_fields": (
        "Run {run_id}, random seed {seed}, {count} replications of each scenario. All values of a scenario stand in "
        "scenario.*.resolved.yaml in the same folder."
    ),
}
