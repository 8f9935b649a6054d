"""What is wrong with a targets file, in English: by code, clauses of one line."""

from collections.abc import Mapping
from typing import Final

_ALLOWED: Final = "allowed: {allowed}"
_MEANT: Final = 'did you mean "{suggestion}"?'

TARGETS_PROBLEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_is_targets": ("these are targets of a fit, not a scenario", "fit it with `calibrate`"),
    "targets_expected": (
        "these are no targets of a fit: there is neither `targets_version` nor `parameters`",
        "run a scenario with `run`, a study with `sweep`",
    ),
    "targets_version_unsupported": (
        "this version of the targets format is not known: {found}",
        "write `targets_version: {supported}` and mend what is then reported",
    ),
    "verify_without_targets": (
        "its targets file is not here: {name}",
        "verify a fit in the folder of the project that it was made in",
    ),
    "transfer_not_fitted": (
        "{place} is not fitted yet: there is no {missing}",
        "fit it first with `calibrate {targets} --adopt`",
    ),
    "transfer_out_of_date": (
        "the fit of {place} is older than its targets file: it does not know {missing}",
        "fit it again with `calibrate {targets} --adopt`",
    ),
    "fit_needs_block": (
        "a fit derives how disputes harden with delay, and the baseline has no block `{key}`",
        "add it to the baseline",
    ),
    "fit_tiers_up_to_village": (
        "the share settled in the village is divided between one or two tiers; here disputes are heard by: {found}",
        "take a baseline with one or two such tiers",
    ),
    "fit_needs_one_count": (
        "the rate found is fitted to exactly one figure with the quantity disputes_found_count, not to {found}",
        "say `held_out: true` of any other",
    ),
    "fit_needs_other_figure": (
        "no figure is fitted besides the count of disputes found, so nothing is left to learn from simulations",
        "add one",
    ),
    "parameter_unknown": (
        'nothing is derived from a parameter "{found}"',
        "say with `sets` which values it is written to, or take one that needs no `sets`",
        _ALLOWED,
        _MEANT,
    ),
    "parameter_derives": (
        "{key} is one of the parameters from which values are derived: it sets none itself",
        "leave `sets` out, or take another id",
    ),
    "parameter_path_twice": ("{key} is already set by the parameter {found}",),
    "parameter_sets_no_number": (
        "{key} is {found}: a prior is for numbers that need not be whole",
        "whole numbers vary over their own range with `ranged_assumptions: triangular`",
    ),
    "parameter_sets_derived": (
        "{key} is derived from other values and would be written over",
        "take a parameter that it follows from, such as {suggestion}",
    ),
    "parameter_without_record": (
        "no figure here is a recorded one, so nothing depends on this parameter",
        "wanted: a target with the quantity {allowed}",
    ),
    "parameter_lowest_tier_silent": (
        "nobody hears disputes at the lowest tier ({tier}), so it settles no part of them",
        "leave this parameter out",
    ),
    "parameter_transferred_with_prior": (
        "what is transferred has no prior of its own",
        "leave `prior` out, or say on what the prior rests: reported, literature or assumed",
    ),
    "parameter_not_transferred": (
        "there is no place from which it is transferred",
        "add `transferred_from`, or give a `prior` and its basis",
    ),
    "parameter_unknown_there": (
        'there is no parameter "{found}" in {in_file} to transfer',
        "give it a `prior` of its own",
        _ALLOWED,
        _MEANT,
    ),
    "prior_without_end": (
        "a lognormal has no upper end, but the value is at most {maximum}",
        "take uniform or triangular",
    ),
    "target_figure_unknown": (
        'there is no figure "{found}" in the ledger',
        "allowed: ids of calibration/figures.csv",
        _MEANT,
    ),
    "target_figure_twice": (
        "the figure {key} is already the target {found}",
        "evidence counts once: remove one of them",
    ),
    "target_unit_differs": (
        "the figure {key} is in {found}, which {quantity} does not answer",
        "it answers figures in: {allowed}",
    ),
    "target_without_units": ("`{key}` belongs to the quantity {quantity} only", "remove it"),
    "target_without_error": (
        "a figure that is fitted needs an `error`, which says how closely it is to be met",
        "add it, or say `held_out: true`",
    ),
    "target_held_out_with_error": (
        "a figure that is held out is only compared: it has no `error`",
        "remove it, or remove `held_out`",
    ),
    "target_fitted_though_transferred": (
        "a place whose parameters are transferred is fitted to no figure",
        "say `held_out: true`, or remove `transferred_from`",
    ),
    "targets_all_held_out": (
        "no figure is fitted: every target is held out or there is none",
        "fit one, or name the place whose fit is taken over with `transferred_from`",
    ),
    "targets_without_fit": ("this has no effect with `transferred_from`: nothing is fitted", "remove it"),
    "transfer_of_transfer": ("{name} is itself transferred from another place", "name the file of a fitted place"),
    "posterior_too_few_accepted": (
        "{found} draws are more than the {maximum} rows that are accepted",
        "wanted: at most as many draws as `rows` times `accepted_share`",
    ),
}
"""Merged into the catalogue of all problems."""
