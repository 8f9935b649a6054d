"""English sentences of the report of a sweep."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_sweep": "{place}: {name}",
    "meta_line_sweep": "Run {run_id} | random seed {seed} | {points} points, {count} replications of each",
    "sweep_varied": 'Varied over "{baseline}":',
    "sweep_values": "values: {values}",
    "sweep_paired_baseline": (
        "Every point is compared with the unchanged baseline, on the same disputes and with the same random numbers."
    ),
    "sweep_paired_row": (
        'Every point is compared, on the same disputes and with the same random numbers, with the point at "{factor}: '
        '{level}" in its own row: so each row answers for itself whether more of it helps.'
    ),
    "sweep_equal_headcount": "Total headcount is the same at every point.",
    "sweep_equal_payroll": "The payroll differs by at most {share} between points.",
    "sweep_measure_of": "{measure}, {part}",
    "sweep_factor_at": "{factor}: {level}",
    # --- answer ---
    "sweep_gain": "gain without loss (at least one measure better, none worse) at {levels}",
    "sweep_mixed": "gain and loss (some measures better, some worse) at {levels}",
    "sweep_loss": "loss without gain (at least one measure worse, none better) at {levels}",
    "sweep_same": "not to be told apart at {levels}",
    "sweep_lead_first": "{measure}: {sentence}",
    "sweep_lead_alone": "{factor}: {parts}.",
    "sweep_lead_row": "{row_factor} {row_level}: {parts}.",
    "sweep_level_separator": ", ",
    "sweep_part_separator": "; ",
    "sweep_at_levels": "{verdict} at {levels}",
    "sweep_at_one_level": "{verdict} at {levels} ({difference})",
    "sweep_at_levels_best": "{verdict} at {levels}, most at {best} ({difference})",
    "sweep_turn": "from {before} to {after} it turns from {one} to {other}",
    "sweep_no_difference": "no difference could be judged",
    "sweep_measure_alone": "{parts}.",
    "sweep_measure_row": "{row_level}: {parts}.",
    "sweep_by_measure": "Measure by measure",
    "sweep_legend": (
        '"Better" and "worse": the sign of the difference is clear at the {level} level (Holm-adjusted over all '
        '{count} comparisons of points and measures), which does not make it large. "No real difference": the sign is '
        "not clear, and any difference is within {indifference} of the mean that the point is compared with. "
        '"Unclear": the sign is not clear and a larger difference cannot be ruled out.'
    ),
    "sweep_assumed": (
        "All this holds under the {count} assumed values of the model and no others; this sweep varied only what "
        "stands above."
    ),
    # --- headings, tables ---
    "heading_curve": "From point to point",
    "heading_points": "All points",
    "table_sweep_verdicts": "Verdict at each point",
    "table_sweep_note": (
        "In brackets: {level} confidence intervals; differences of shares are in percentage points. Intervals of "
        "levels are cut to what a measure can be. sweep.csv holds the same numbers in full precision."
    ),
    "head_difference_of_point": "Difference",
    "head_relative_of_point": "Of the reference",
    "sweep_is_reference": "the reference",
    # --- figures ---
    "title_sweep_levels": "Levels",
    "reading_sweep_levels": (
        "Each point is the mean over all replications with its {level} interval, which also holds how years differ; "
        "the dotted line is the baseline. Vertical scales differ."
    ),
    "title_sweep_differences": "Differences, point by point",
    "reading_sweep_differences": (
        "Each mark is the difference on the same disputes with its {level} interval; the line at zero is no "
        "difference. Blue circles are clearly better, orange squares clearly worse. Vertical scales differ."
    ),
    "title_sweep_map": "Differences over both factors",
    "reading_sweep_map": (
        "Each cell is the difference at a point. Blue is better and orange worse, the deeper the larger, pale where "
        "the sign is not clear (of a measure that is neither good nor bad: light blue is higher, yellow lower); the "
        "mark says whether the sign is clear. Each panel has its own scale; grey cells are what the others are "
        "compared with."
    ),
    "figure_sweep_baseline": "baseline",
    "figure_sweep_difference": "difference",
    "figure_sweep_difference_in": "difference, {unit}",
    "figure_sweep_same": "the reference of the others",
    "figure_sweep_better_when_higher": "↑ higher is better",
    "figure_sweep_better_when_lower": "↓ lower is better",
    # --- method, warnings ---
    "method_sweep_replications": "Each point is simulated {count} times. {reason}",
    "stop_sweep_criteria_met": (
        "At that number every measure at every point had a half-width of at most {precision} of the mean it is "
        "compared with, or a clear sign."
    ),
    "stop_sweep_cap_reached": "The limit of {cap} was reached while some measures were not yet precise enough.",
    "stop_sweep_fixed": "The number was given beforehand.",
    "method_sweep_paired": (
        "Points are subtracted from what they are compared with replication by replication, so intervals of "
        "differences are far narrower than those of levels. They are {level} t-intervals; verdicts are Holm-adjusted "
        "for the number of comparisons. Neighbouring points share their random numbers: what one says is no second "
        "proof of the other."
    ),
    "warning_sweep_unpaired": (
        "At {count} points other disputes arise than where they are compared with: these are compared as independent "
        "runs, with wider intervals ({points})."
    ),
    "warning_sweep_cap_reached": (
        "The limit of {cap} replications was reached while some measures were not yet precise enough: more "
        'replications may decide what is "unclear".'
    ),
    "warning_sweep_truncation_after_warmup": (
        "{tier}: at {count} of {all} scenarios the start-up looks longer than the warm-up of {warmup_days} days "
        "({points})."
    ),
    "warning_sweep_truncation_beyond_half": (
        "{tier}: at {count} of {all} scenarios no end of the start-up can be seen, so the warm-up of {warmup_days} "
        "days may be too short ({points})."
    ),
    "warning_sweep_stock_still_changing": (
        "{tier}: at {count} of {all} scenarios the backlog still changes from year to year after the warm-up of "
        "{warmup_days} days; the tier may be overloaded there ({points})."
    ),
    "sweep_baseline_point": "baseline",
    "reproduce_sweep_fields": (
        "Run {run_id}, random seed {seed}, {count} replications of each point. All values of every point stand in "
        "scenario.*.resolved.yaml in the same folder."
    ),
}
