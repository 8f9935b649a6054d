"""English sentences of the report of a calibration."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_calibration": "{name}: the figures and the model",
    "meta_line_calibration": "Random seed {seed} | reference table of {rows} simulations | {draws} posterior draws",
    "meta_line_calibration_transferred": 'Posterior of "{place}", widened | random seed {seed} | {draws} draws',
    "calibration_value": "{name}: {value}",
    "calibration_interval": "{median} (90% interval {low} to {high})",
    "calibration_ends": "{median} ({low} to {high})",
    "calibration_value_separator": "; ",
    "calibration_quoted": '"{name}"',
    "calibration_source": "Source: {source}.",
    "calibration_margin": "{value} ± {margin}",
    # --- answer ---
    "calibration_lead_informed": "The reported figures inform {count} of the parameters. {parameters}.",
    "calibration_lead_not_covered": "The intervals of {parameters} fail the check of coverage and must not be quoted.",
    "calibration_lead_none_informed": "The reported figures inform no parameter to the degree that was asked for.",
    "calibration_lead_transferred": (
        "The place reports no outcome to fit to, and nothing was fitted. Informed elsewhere and taken over, from the "
        'posterior of "{place}" with its spread times {widened}: {count}. {parameters}.'
    ),
    "calibration_lead_assumed": (
        "The other {count} remain assumptions and do not follow from the figures, even where their posterior moved."
    ),
    "calibration_lead_assumed_first": (
        "The other {count} remain assumptions and do not follow from the figures, even where their posterior moved; "
        "those on which the figures below depend most are: {parameters}."
    ),
    "calibration_lead_assumed_all": "All {count} parameters are assumptions.",
    "calibration_lead_fitted_met": "All {count} figures that were fitted to lie within their error models.",
    "calibration_lead_fitted_missed": (
        "Not all {count} figures that were fitted to are met. Outside the error model ({missed}): {figures}."
    ),
    "calibration_lead_held_met": "All {count} figures held out of the fit agree with it.",
    "calibration_lead_held_missed": (
        "Not all {count} figures held out of the fit agree with it. Those that do not ({missed}): {figures}."
    ),
    "calibration_lead_conflict": "Sets of figures that cannot be met together: {count} ({conflicts}).",
    "calibration_lead_no_conflict": "No figures were found to conflict.",
    "calibration_lead_no_figures": (
        "There is no figure to compare with: no figure of the place tested what the model gives."
    ),
    "calibration_lead_delays": (
        "No reported figure is a delay, a backlog or a utilisation: all that the model says of how long things take "
        "and how busy people are comes from assumptions, and no figure tested it."
    ),
    # --- headings ---
    "heading_figures": "Figure by figure: reported and model",
    "heading_parameters": "Parameters: prior and posterior",
    "heading_identifiability": "What cannot be told apart",
    "heading_conflicts": "Figures that conflict",
    "heading_implications": "What the fit implies",
    "heading_transferred": "How it was taken over",
    "heading_held_out": "Figures held out of the fit",
    "heading_fitted": "Figures fitted to",
    "heading_reasons": "Why the errors are what they are",
    "heading_notes": "What to know of the comparison",
    # --- figures ---
    "calibration_none_fitted": "No figure was fitted to.",
    "calibration_none_held_out": "No figure was held out.",
    "table_calibration_fitted": "Figures fitted to: reported and fitted",
    "table_calibration_held_out": "Figures held out: reported and model",
    "table_calibration_figures_note": (
        "Fitted: simulated at the values used; ±: the simulation's own error (95%). The predictive interval is that of "
        "the posterior, in which all assumptions vary too, with the error model and chance, so its middle may lie "
        "elsewhere. Residual: fitted less reported, for shares in percentage points. Within the error: the fitted "
        "value lies in the middle 90% of the error model. Most reported figures are records of those who are judged by "
        "them, in definitions that differ; they are not the truth."
    ),
    "table_calibration_held_out_note": (
        "Model, ± and residual: as for figures fitted to. There is no error model: the predictive interval holds what "
        "is not known of the parameters, and chance. Bounds are taken at their word, without any margin; every other "
        "figure agrees if it lies in the 90% predictive interval."
    ),
    "head_calibration_figure": "Figure",
    "head_calibration_definition": "Definition, period",
    "head_calibration_reported": "Reported",
    "head_calibration_fitted": "Fitted",
    "head_calibration_model": "Model",
    "head_calibration_residual": "Residual",
    "head_calibration_predictive": "90% predictive interval",
    "head_calibration_error": "Error model",
    "head_calibration_verdict": "Verdict",
    "calibration_definition": "{definition}, {period}",
    "calibration_error": "{scale} scale, sd {sd}",
    "calibration_scale_log": "log",
    "calibration_scale_logit": "logit",
    "calibration_scale_natural": "natural",
    "calibration_bound_exact": "{value}",
    "calibration_bound_about": "about {value}",
    "calibration_bound_at_least": "at least {value}",
    "calibration_bound_at_most": "at most {value}",
    "calibration_within_fitted": "within the error",
    "calibration_outside_fitted": "outside the error",
    "calibration_within_exact": "agrees",
    "calibration_outside_exact": "does not agree",
    "calibration_within_about": "agrees roughly",
    "calibration_outside_about": "too far off",
    "calibration_within_at_least": "met: at least that",
    "calibration_outside_at_least": "missed: below it",
    "calibration_within_at_most": "met: at most that",
    "calibration_outside_at_most": "missed: above it",
    "calibration_missed": '"{name}" (reported {reported}; model {fitted}, 90% predictive interval {low} to {high})',
    "calibration_period_years_about": "{years} years to about {year}",
    "calibration_period_years": "{years} years to {year}",
    "calibration_period_about": "about {period}",
    "calibration_period_year": "{period}",
    "calibration_period_not_stated": "period not stated",
    # --- parameters ---
    "calibration_rule": (
        'A parameter is called "informed" only if its contraction (1 − posterior variance / prior variance) has a '
        "median of at least {threshold} over {synthetic} synthetic data sets. The rule was fixed before the fit; what "
        "does not meet it is assumed, even if its posterior moved, and is no finding."
    ),
    "calibration_coverage": (
        "Coverage: rows of the reference table are left out one by one and taken for the reported figures; it is the "
        "share of them whose true value lies in the 50% or 90% interval, in brackets where that share must lie for so "
        "many rows (99%). This tests the code, not the model: it does not show that the model is like the place."
    ),
    "calibration_coverage_none": "No parameter is informed, so there is no coverage to report.",
    "table_calibration_informed": "Informed parameters",
    "table_calibration_informed_transferred": "Parameters taken over",
    "table_calibration_coverage": "Informed parameters: coverage",
    "table_calibration_assumed": "Assumed parameters",
    "table_calibration_parameters_note": (
        "Prior and posterior: median, in brackets the 5% and 95% quantiles. Value used: what the fitted baseline "
        "takes. Parameters of the targets file on which a figure bears take the value expected given the figures, all "
        "others the value stated, so that the baseline meets the figures; those that are not informed remain "
        "assumptions all the same. Contraction is on the parameter's own scale: 0 means that the figures tell nothing "
        "of it; a little below 0 is sampling error."
    ),
    "table_calibration_transferred_note": (
        "Prior and posterior: median, in brackets the 5% and 95% quantiles. Value used: what the baseline here takes; "
        "for parameters taken over the value used there, for all others the assumed value as before."
    ),
    "head_calibration_parameter": "Parameter",
    "head_calibration_prior": "Prior",
    "head_calibration_posterior": "Posterior",
    "head_calibration_point": "Value used",
    "head_calibration_contraction": "Contraction (median, synthetic data)",
    "head_calibration_contraction_here": "Contraction (figures here)",
    "head_calibration_coverage_50": "Coverage of 50% intervals",
    "head_calibration_coverage_90": "Coverage of 90% intervals",
    "head_calibration_coverage_rows": "Rows tested",
    "head_calibration_basis": "Basis",
    "head_calibration_method": "Found by",
    "calibration_method_closed_form": "formula",
    "calibration_method_abc": "simulation",
    "calibration_method_prior": "not fitted",
    "calibration_coverage_ok": "as it must be",
    "calibration_coverage_not_ok": "outside",
    "calibration_coverage_share": "{share} (must lie in {low} to {high})",
    # --- identifiability ---
    "calibration_pairs": (
        "In the posterior each of these pairs moves together (a correlation that is far from 0): the figures settle a "
        "combination of the two, not each of them. Do not quote either alone; to tell them apart takes other data."
    ),
    "calibration_pairs_none": "No parameters were found that cannot be told apart.",
    "calibration_ridge": (
        "How many disputes emerge, and what share of them surfaces: what is reported is the number found, the product "
        "of the two. Many disputes of which few surface leave the same record as few of which most do, so the figures "
        "cannot say which it is. The posterior of the rate of emergence comes from what is assumed of the share, and "
        "is no measurement; to tell them apart takes data that do not pass through mediators, such as a household "
        "survey."
    ),
    "calibration_ridge_emergence": (
        "Under those assumptions {median} disputes emerge per 1,000 people a year (90% interval {low} to {high})."
    ),
    "table_calibration_pairs": "Pairs that cannot be told apart",
    "head_calibration_first": "One",
    "head_calibration_second": "Other",
    "head_calibration_correlation": "Posterior correlation",
    "calibration_emergence": "Disputes that emerge per 1,000 people a year",
    "calibration_surfaced": "Share of these that surfaces",
    # --- conflicts, implications, transfer ---
    "calibration_conflicts_none": "None: the figures that were fitted to can be met together.",
    "calibration_conflicts_unfitted": "Nothing was fitted, so this cannot be told.",
    "table_calibration_conflicts": "Figures that cannot be met together",
    "table_calibration_conflicts_note": (
        "Probability: that the model lies at least so far from these figures, over all values that the priors allow."
    ),
    "head_calibration_conflict": "Figures",
    "head_calibration_tail": "Probability",
    "calibration_implications": (
        "Nobody reported the following; it is what the posterior implies. It rests on all the assumptions as well, and "
        "is for discussion, not to be quoted as statistics."
    ),
    "calibration_implications_none": "Nothing was inferred.",
    "table_calibration_implications": "What the posterior implies (median; in brackets the 5% and 95% quantiles)",
    "head_calibration_quantity": "Quantity",
    "head_calibration_implied": "Implied",
    "calibration_transferred": (
        "{place} reports no outcome, and nothing on this page was fitted. The parameters are those of the posterior of "
        '"{origin}", the spread of each times {widened} on its own scale (but never beyond its prior), since the '
        'places differ; that factor is itself an assumption. Their basis is "transferred from elsewhere" or "assumed": '
        "none may be quoted as measured in {place}."
    ),
    # --- how to read the charts ---
    "title_predictive_checks": "Reported figures and what the model predicts",
    "reading_predictive_checks": (
        "A panel for each figure: the black line is the figure as reported, with an arrow where it was reported as a "
        "lower or upper bound. {before}Coloured: {after} (blue for figures fitted to, green for those held out); where "
        "the line stands in it, the model can give that number. Each curve is drawn to the same height: compare where "
        "they lie and how wide they are."
    ),
    "calibration_before_fit": (
        "Grey: what the model gives before the fit (the rate found already from its closed form, all else from the "
        "priors); a line in the grey part only is a number that the fitted model cannot give. "
    ),
    "calibration_after_fit": "after the fit",
    "calibration_after_transfer": "what the parameters taken over give",
    "title_prior_and_posterior": "Prior and posterior of each parameter",
    "reading_prior_and_posterior": (
        "Grey: prior. Solid blue: posterior of a parameter that is informed (or taken over). Dashed: posterior of an "
        "assumed one; where it hardly differs from the prior, the figures tell nothing. The triangle is the value "
        "used. Each curve is drawn to the same height: compare where they lie and how wide they are. {drawn}"
    ),
    "calibration_all_drawn": "All parameters are shown.",
    "calibration_some_drawn": (
        "Of {all} parameters {count} are shown: those informed, and of the others those whose posterior moved most; "
        "the tables hold all of them."
    ),
    "calibration_first_drawn": (
        "Of {all} parameters the first {count} are shown, those taken over before the others; the tables hold all of "
        "them."
    ),
    "title_contraction": "How much the figures tell of each parameter (contraction)",
    "reading_contraction": (
        "0: nothing; 1: everything. The dashed line is the limit of {threshold} that was fixed beforehand. Filled blue "
        "dots reach it and are informed; hollow dots are assumed. A cross is the contraction with the figures as "
        "reported here, for information only."
    ),
    "title_identifiability": "Pairs that cannot be told apart",
    "reading_identifiability": (
        "A panel for each pair, a dot for each draw: blue for the posterior, grey for the prior (not where there is no "
        "sample of it). Where the blue dots form a slanting line, the figures settle a combination of the two only: "
        "anywhere along the line the model agrees with them as well."
    ),
    # --- inside the charts ---
    "figure_calibration_prior": "prior",
    "figure_calibration_prior_predictive": "prior predictive",
    "figure_calibration_posterior_fitted": "posterior predictive (fitted to)",
    "figure_calibration_posterior_held_out": "posterior predictive (held out)",
    "figure_calibration_reported": "reported",
    "figure_calibration_bound": "reported as a bound",
    "figure_calibration_informed": "posterior (informed)",
    "figure_calibration_assumed": "posterior (assumed)",
    "figure_calibration_transferred": "posterior taken over, widened",
    "figure_calibration_point": "value used",
    "figure_calibration_of_fitted": "{name}\nreported {reported}, fitted {fitted}: {verdict}",
    "figure_calibration_of_held_out": "Held out: {name}\nreported {reported}, model {fitted}: {verdict}",
    "figure_calibration_contraction": "contraction",
    "figure_contraction_informed": "informed (median reaches the limit)",
    "figure_contraction_assumed": "assumed (does not)",
    "figure_contraction_here": "with the figures here",
    "figure_contraction_threshold": "limit",
    "figure_calibration_draws": "posterior",
    "figure_calibration_correlation": "correlation {correlation}",
    # --- method ---
    "method_calibration_closed": (
        "The rate found has a closed form: the number reported over people and years, with its error model, and no "
        "simulation. In the reference table it is drawn from that posterior."
    ),
    "method_calibration_rows": (
        "All others rest on a reference table: {rows} sets of values drawn from the priors, each simulated once (years "
        "of warm-up: {warmup}, of record: {record}; days of follow-up: {follow}), with the statistics that answer the "
        "reported figures."
    ),
    "method_calibration_abc": (
        "Approximate Bayesian computation: the {accepted} rows ({share}) whose statistics lie nearest to the figures "
        "are accepted and adjusted by local regression for what still separates them, which gives {draws} posterior "
        "draws."
    ),
    "method_calibration_error": (
        "What lies between figure and model is the error model's: a record is not the truth and a model not the place, "
        "so no binomial error is used. Figures held out take no part in the fit."
    ),
    "method_calibration_synthetic": (
        "Contraction and coverage come from {synthetic} synthetic data sets: each is a row of the reference table "
        "taken for the figures and fitted to with all other rows."
    ),
    "method_calibration_predictive": (
        "Predictive intervals and what is implied come from simulating {draws} draws again, the error model added."
    ),
    "method_calibration_transferred": (
        'There is no reference table and no fit: the {draws} draws are those of "{place}", widened by {widened}. What '
        "is compared comes from simulating {predictive} of them."
    ),
    "method_calibration_distributions": (
        "The priors stand in the targets file; where each figure comes from stands in the ledger "
        "(calibration/figures.csv)."
    ),
    # --- how to reproduce ---
    "reproduce_calibration": (
        "Random seed {seed}. The same command gives the same files, byte for byte, with any number of workers."
    ),
    "table_calibration_files": "Result files and their digests",
    "head_calibration_file": "File",
    "head_calibration_digest": "SHA-256",
    "calibration_code_digest": "code",
    "calibration_targets_digest": "targets file",
    "footer_calibration": (
        'These numbers come from a model and a few reported figures and are no statistics; "informed" means that the '
        "figures tell something of a parameter, not that it is proven."
    ),
    # --- units, definitions ---
    "calibration_unit_disputes": "disputes",
    "calibration_unit_disputes_per_year": "disputes a year",
    "calibration_unit_cases": "cases",
    "calibration_unit_cases_per_year": "cases a year",
    "calibration_unit_groups": "groups",
    "calibration_unit_villages": "villages",
    "calibration_unit_communities": "communities",
    "calibration_unit_grids": "grids",
    "calibration_unit_incidents_per_year": "incidents a year",
    "calibration_unit_per_1000_per_year": "",
    "calibration_unit_per_year": "a year",
    "calibration_unit_shape": "",
    "calibration_unit_ratio": "",
    "calibration_definition_found": "found",
    "calibration_definition_handled": "taken up",
    "calibration_definition_settled": "settled, not by the office's own record",
    "calibration_definition_recorded": "recorded by those judged by it",
    "calibration_definition_without_case": "units in which nothing happened",
    "calibration_definition_workload": "workload",
    "calibration_definition_rate": "rate",
}
