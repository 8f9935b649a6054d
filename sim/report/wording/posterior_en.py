"""English sentences of the report of a run over a posterior."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_posterior": "{place}: which verdicts on policies survive what nobody knows",
    "title_posterior_single": "{place}: tiered dispute mediation, with what nobody knows",
    "meta_line_posterior": (
        "Run {run_id} | random seed {seed} | {draws} draws of the posterior, {count} replications of each"
    ),
    "posterior_carried": (
        "Nobody knows the values of a model like this exactly. So every scenario was run not once as stated but with "
        "{draws} sets of values, drawn from what the fit leaves possible (the posterior, {file}): {parameters}"
        " parameters vary, and {values} values of the scenario with them. What a policy states outright stays; what "
        "it scales, adds or moves is computed anew from each draw."
    ),
    # --- answer ---
    "posterior_level": "{measure}: {mean} (parameters alone put it between {low} and {high})",
    "posterior_lead": "{policy} – {parts}.",
    "posterior_part_separator": "; ",
    "posterior_lead_better": "better whatever the parameters: {measures}",
    "posterior_lead_worse": "worse whatever the parameters: {measures}",
    "posterior_lead_differs": "differs whatever the parameters: {measures}",
    "posterior_lead_within_noise": "no real difference whatever the parameters: {measures}",
    "posterior_lead_leans": "depends on the parameters: {measures}",
    "posterior_lead_turns": "turns around with the parameters: {measures}",
    "posterior_legend": (
        "A difference counts where it exceeds {indifference} of the baseline's mean. A verdict stands where it is so "
        'in at least 95% of the posterior (its share in brackets); "depends" where it is not, but the opposite has no '
        'more than 5%; "turns" where better and worse have more than 5% each. With {draws} draws such a share is '
        "known to about {points} points. Noise of single runs is taken out; no correction is made for the number of "
        "comparisons."
    ),
    "posterior_who_is_best": "Who is best, and does the order hold?",
    "posterior_best_holds": 'By "{measure}", {policy} is the best in {prob} of the posterior: that holds.',
    "posterior_best_open": 'By "{measure}", who is best depends on the parameters: {shares}.',
    "posterior_best_share": "{policy} in {prob}",
    "posterior_order_holds": (
        "The whole order below holds: each is better than the next in at least 95% of the posterior."
    ),
    "posterior_order_open": "The order below does not hold throughout; of neighbours, not sure: {pairs}.",
    "posterior_pair": "{first} before {second} in {prob}",
    "posterior_no_ranking": "There is no ranking: the measure in question is neither good nor bad, or not defined.",
    "posterior_turning_found": '{policy}, "{measure}": the difference would turn around with {items}.',
    "posterior_turning_separator": ", or with ",
    "posterior_turning_item": "{parameter} at {value} (median {median})",
    "posterior_turning_none": (
        '{policy}, "{measure}": no single assumption turns the difference around anywhere in its range, the others at '
        "their medians."
    ),
    "posterior_turning_unknown": (
        '{policy}, "{measure}": what the draws do to the difference cannot be traced to single assumptions by a '
        "straight line (cross-validated, under a tenth of its spread)."
    ),
    # --- verdicts ---
    "posterior_holds": "{verdict} ({prob})",
    "posterior_leans": "depends ({shares})",
    "posterior_turns": "turns ({shares})",
    "posterior_share": "{side} {prob}",
    "posterior_share_separator": ", ",
    "posterior_same": "same",
    "posterior_higher": "higher",
    "posterior_lower": "lower",
    # --- headings, tables ---
    "heading_two_uncertainties": "Two kinds of uncertainty",
    "heading_ranking": "The order of the policies",
    "heading_turning": "Which assumption would have to take which value",
    "table_standings": "Verdict on each policy across the posterior",
    "table_posterior_differences": "Differences from the baseline, with parameter uncertainty and noise apart",
    "table_posterior_differences_note": (
        "Differences of shares are in percentage points. The probability of being better counts any difference, "
        "however small."
    ),
    "table_posterior_levels": "Levels, with parameter uncertainty and noise apart",
    "table_posterior_note": (
        "± is the 95% simulation error of the mean: more draws or replications make it smaller, and nothing else. The "
        "interval from parameters (95%) is what the reported figures leave open, with chance averaged out; that of "
        "one year is what a planner would see in a single year. The last column is the part of a single year's "
        "variance that is due to parameters: where it is high, better data helps; where it is low, years simply "
        "differ."
    ),
    "table_ranking": "Order by {measure}",
    "table_ranking_note": (
        "Means over the whole posterior. To the right: in how much of the posterior the scenario of the row is better "
        "than that of the column; in the first of these columns, the best of all."
    ),
    "table_turning": "Assumptions that carry a difference, and where each would turn it around",
    "table_turning_note": (
        "From a linear regression of the draws' mean differences on all varied parameters, at most five chosen. R² is "
        "cross-validated, choice included; with less than 10% nothing is said. The turning value is where the fitted "
        "difference is 0 with the other assumptions of the table at their medians; it is given only inside the range "
        "of the draws. Shown are the measure that policies are ranked by and every verdict that does not stand."
    ),
    "turning_of": "{policy} – {measure} (R² {r2})",
    "turning_of_nothing": "{policy} – {measure}: no assumption stands out",
    "turning_none": "none in its range",
    "slope_up": "raises it",
    "slope_down": "lowers it",
    "posterior_rank": "{rank}. {name}",
    "posterior_mean": "{mean} ± {half_width}",
    "head_mean": "Mean",
    "head_parameter_interval": "From parameters",
    "head_one_year": "One year may lie between",
    "head_parameter_share": "Due to parameters",
    "head_prob_better": "Better in",
    "head_prob_best": "Best in",
    "head_better_than": "Better than no. {rank}",
    "head_assumption": "Assumption",
    "head_variance_share": "Share of variance",
    "head_slope": "A higher value",
    "head_median": "Median",
    "head_turning_value": "Turns at",
    # --- figure ---
    "title_posterior_intervals": (
        "Differences from the baseline: what parameters leave open, and what a single year adds"
    ),
    "reading_posterior_intervals": (
        "The mark is the mean over the posterior, its shape and colour the verdict. The thick bar holds 95% of what "
        "parameters do, chance averaged out; the thin line is where a single year lies (95%). The grey band around 0 "
        "are differences too small to matter. A thick bar on one side of the band is a verdict that stands."
    ),
    "title_posterior_intervals_single": "Headline measures: what parameters leave open, and what a single year adds",
    "reading_posterior_intervals_single": (
        "The mark is the mean over the posterior. The thick bar holds 95% of what parameters do, chance averaged out; "
        "the thin line is where a single year lies (95%)."
    ),
    "figure_parameter_interval": "parameters (95%)",
    "figure_one_year": "with a single year's chance (95%)",
    "figure_indifference": "too small to matter",
    # --- method, warnings, end ---
    "method_posterior_draws": (
        "{draws} draws of the posterior, {count} replications of each scenario in each. Under one draw all scenarios "
        "see the same disputes and the same random numbers; no two draws share any, so that the noise of one says "
        "nothing of the noise of another."
    ),
    "method_posterior_split": (
        "Variance is split by one-way random effects: what replications of one draw differ by is noise, what the "
        "draws' means differ by beyond that is due to parameters. The draws' means are pulled towards their mean "
        "until their variance is that of the parameters alone (Louis 1984); probabilities and the interval from "
        "parameters are taken from these. One year here is one run, of {cohort} cohort years."
    ),
    "method_posterior_paired": (
        "Differences are taken replication by replication within a draw. The posterior takes the place of the stress "
        "test: all assumptions vary at once, as much as the figures allow, instead of one by one over their ranges."
    ),
    "method_posterior_turning": (
        "Turning values rest on straight lines through the draws: good for saying what matters and about where, not "
        "for the second digit. Parameters that the figures tie together cannot be told apart by it."
    ),
    "warning_posterior_values_lacking": "The posterior varies values that the baseline does not have: {paths}.",
    "reproduce_posterior_fields": (
        "Run {run_id}, random seed {seed}, {draws} draws, {count} replications of each. The draws stand in "
        "posterior.csv, every outcome in posterior_measures.parquet, in the same folder."
    ),
    # --- parameters of the repository's fits ---
    "parameter_found_per_1000_per_year": "Disputes found per 1,000 people a year",
    "parameter_recorded_share": "Share of what surfaces that is recorded",
    "parameter_settled_in_village_share": "Share truly settled in the village",
    "parameter_lowest_tier_part_of_village_share": "Of what the village settles, the lowest tier's part",
    "parameter_settled_at_town_share": "Share settled of what reaches the town",
    "parameter_settled_at_county_share": "Share settled of what reaches the county",
    "parameter_success_lost_per_10_days": "Success lost by ten days of delay",
    "parameter_recurred_share_365d": "Agreements that break within a year",
    "parameter_weight_of_town_ability": "Ability of cadres sent down (0 the group's, 1 the town's)",
    "parameter_over_reporting_share": "Unsettled cases recorded as settled in the village",
    "parameter_frailty_shape": "Shape of the spread between units (lower: more uneven)",
    "parameter_difficulty_sd_logit": "Spread of difficulty between disputes",
    "parameter_administrative_share": "Share of time taken by administration",
}
