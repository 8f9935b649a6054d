"""Every kind of fault that a scenario file can have, with the fields that its wording may use."""

from collections.abc import Mapping
from typing import Final

from sim.errors import Problem
from sim.specification.tree import Path, Place, dotted

FILE_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_missing": ("name", "suggestion"),
    "file_is_folder": ("name",),
    "file_unreadable": ("name",),
    "file_too_large": ("name", "found_mib", "maximum_mib"),
    "file_not_utf8": (),
    "file_empty": (),
    "folder_without_scenarios": ("name",),
    "yaml_anchor": ("name",),
    "yaml_alias": ("name",),
    "yaml_tag": ("tag",),
    "yaml_merge_key": (),
    "yaml_duplicate_key": ("key", "first_line"),
    "yaml_key_not_text": (),
    "yaml_many_documents": (),
    "yaml_root_not_block": ("found",),
    "yaml_too_deep": ("maximum",),
    "yaml_tab": (),
    "yaml_colon": (),
    "yaml_not_closed": (),
    "yaml_indentation": (),
    "yaml_character": ("character",),
    "yaml_syntax": (),
}
"""A file that cannot be read at all."""

VALUE_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "unknown_key": ("key", "allowed", "suggestion"),
    "missing_key": ("key", "allowed"),
    "empty_value": ("expected",),
    "not_a_block": ("found",),
    "not_a_list": ("found",),
    "not_a_number": ("found", "unit"),
    "not_a_whole_number": ("found", "unit"),
    "not_text": ("found",),
    "not_true_or_false": ("found", "suggestion"),
    "not_a_date": ("found",),
    "not_a_time_of_day": ("found",),
    "not_an_id": ("found",),
    "not_one_of": ("found", "allowed", "suggestion"),
    "not_finite": ("found",),
    "below_minimum": ("found", "minimum", "unit"),
    "not_above": ("found", "bound", "unit"),
    "above_maximum": ("found", "maximum", "unit"),
    "not_below": ("found", "bound", "unit"),
    "too_few_items": ("found", "minimum"),
    "too_many_items": ("found", "maximum"),
    "text_empty": (),
    "text_too_long": ("found", "maximum"),
    "schema_version_unsupported": ("found", "supported"),
    "not_in_order": ("keys",),
    "weights_do_not_match": ("values", "weights"),
    "value_invalid": ("found",),
    "record_source_missing": ("basis",),
    "record_range_invalid": ("found",),
    "record_value_outside_range": ("found", "low", "high"),
    "record_range_of_list": (),
    "unknown_source": ("found", "suggestion"),
}
"""A key or value that the schema does not allow."""

OVERLAY_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "extends_invalid": ("found",),
    "extends_cycle": ("chain",),
    "extends_too_deep": ("maximum",),
    "extends_other_base": ("extended", "base"),
    "overlay_is_complete_scenario": (),
    "scenario_is_overlay": (),
    "overlay_unknown_id": ("key", "in_file", "allowed", "suggestion"),
    "overlay_conflict": ("value", "other_value", "other_file", "other_line"),
    "change_not_one_operation": ("allowed",),
    "change_target_not_a_number": ("found", "in_file"),
    "change_target_not_a_list": ("found", "in_file"),
    "path_syntax": ("found",),
    "path_unknown": ("key", "in_file", "allowed", "suggestion"),
    "path_no_match": ("selector", "in_file", "allowed", "suggestion"),
    "path_many": ("matches",),
    "move_not_counts": (),
    "move_to_itself": (),
    "setting_syntax": ("found",),
}
"""A change that the scenario below it cannot take."""

CROSS_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "unknown_id": ("kind", "found", "allowed", "suggestion"),
    "missing_id": ("kind", "id"),
    "duplicate_item": ("found",),
    "shares_sum": ("sum", "keys"),
    "staff_shares_above_one": ("sum", "level"),
    "staff_without_casework": ("session", "level"),
    "posts_serve_required": ("posts", "units", "tier"),
    "needs_block": ("needed",),
    "too_many_disputes": ("found", "maximum"),
    "window_closes_before_it_opens": ("opens", "closes"),
    "windows_overlap": ("weekday", "other_line"),
    "meeting_without_windows": ("calendar",),
    "meeting_too_short": ("found", "calendar", "minutes"),
    "fewer_units_than_parents": ("found", "minimum", "parent_tier"),
    "intake_not_first": (),
    "no_tier_above": ("tier",),
    "session_group_below": ("group", "group_tier"),
    "thresholds_not_rising": ("found", "previous"),
    "days_not_rising": ("found", "previous"),
    "calendar_years": ("first_year", "last_year", "needed_first_year", "needed_last_year"),
    "unit_twice": ("unit_id", "other_line"),
    "unit_parent_unknown": ("found", "parent_tier", "suggestion"),
    "unit_parent_not_above": ("found", "parent_tier"),
    "unit_parent_missing": ("parent_tier",),
    "unit_parent_of_top": ("found",),
    "unit_without_children": ("unit_id", "lower_tier"),
    "tier_without_units": ("tier",),
    "population_zero": (),
    "population_not_of_children": ("found", "sum"),
    "unit_posts_of_other_tier": ("group", "group_tier"),
    "unit_posts_sum": ("group", "sum", "posts"),
    "unit_travel_above_lowest": ("lowest_tier",),
    "csv_column_missing": ("column",),
    "csv_column_unknown": ("column", "allowed", "suggestion"),
    "csv_column_twice": ("column",),
    "csv_row_length": ("found", "expected"),
    "csv_too_many_rows": ("maximum",),
    "csv_syntax": (),
}
"""Values that are allowed one by one and do not fit together."""

STUDY_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_is_study": (),
    "study_expected": (),
    "study_version_unsupported": ("found", "supported"),
    "factor_value_unused": (),
    "factor_of_structure": ("key",),
    "factor_levels_mixed": (),
    "study_too_many_points": ("found", "maximum"),
    "study_row_needs_two_factors": (),
    "study_point_invalid": ("point", "count"),
    "study_point_differs": ("point", "key"),
}
"""A study file whose values are allowed one by one and that cannot be swept."""

NATION_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_is_nation": (),
    "nation_expected": (),
    "nation_version_unsupported": ("found", "supported"),
    "nation_county_tiers": ("found", "expected"),
    "nation_county_units": (),
    "nation_classes_divide": ("found", "counties", "suggestion"),
    "nation_group_without_rule": ("found",),
    "nation_mediators_too_few": ("group", "found", "minimum", "persons"),
}
"""A nation file whose values are allowed one by one and do not fit together, or not the model county."""

TARGETS_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_is_targets": (),
    "targets_expected": (),
    "targets_version_unsupported": ("found", "supported"),
    "transfer_not_fitted": ("place", "missing", "targets"),
    "transfer_out_of_date": ("place", "missing", "targets"),
    "fit_needs_block": ("key",),
    "fit_tiers_up_to_village": ("found",),
    "fit_needs_one_count": ("found",),
    "fit_needs_other_figure": (),
    "parameter_unknown": ("found", "allowed", "suggestion"),
    "parameter_derives": ("key",),
    "parameter_path_twice": ("key", "found"),
    "parameter_sets_no_number": ("key", "found"),
    "parameter_sets_derived": ("key", "suggestion"),
    "parameter_without_record": ("allowed",),
    "parameter_lowest_tier_silent": ("tier",),
    "parameter_transferred_with_prior": (),
    "parameter_not_transferred": (),
    "parameter_unknown_there": ("found", "in_file", "allowed", "suggestion"),
    "prior_without_end": ("maximum",),
    "target_figure_unknown": ("found", "suggestion"),
    "target_figure_twice": ("key", "found"),
    "target_unit_differs": ("key", "found", "quantity", "allowed"),
    "target_without_units": ("key", "quantity"),
    "target_without_error": (),
    "target_held_out_with_error": (),
    "target_fitted_though_transferred": (),
    "targets_all_held_out": (),
    "targets_without_fit": (),
    "transfer_of_transfer": ("name",),
    "posterior_too_few_accepted": ("found", "maximum"),
}
"""A targets file whose values are allowed one by one and do not fit together, the baseline or the ledger."""

WARNINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "unused_value": ("needed",),
    "calendar_years_assumed": ("years",),
    "triage_without_intake": (),
    "meeting_in_working_hours": ("calendar", "group"),
    "shock_outside_run": ("first_day", "last_day"),
}
"""What is allowed but probably not meant."""

FAULT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    **FILE_FAULTS,
    **VALUE_FAULTS,
    **OVERLAY_FAULTS,
    **CROSS_FAULTS,
    **STUDY_FAULTS,
    **NATION_FAULTS,
    **TARGETS_FAULTS,
    **WARNINGS,
}
"""The fields of every code; a field without content is the empty string."""


def fault(code: str, place: Place, path: Path = (), /, **fields: object) -> Problem:
    """Make a problem of a known kind; a float is written as a person writes it."""
    assert set(fields) == set(FAULT_FIELDS[code]), (code, sorted(fields))
    texts = {name: _text(fields[name]) for name in FAULT_FIELDS[code]}
    return Problem(code, place.file, place.line, place.column, dotted(path), texts)


def found_text(value: object) -> str:
    """Say what was found: the value itself if it is short, as YAML would have it, else its kind."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value)
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            text = _text(value)
            return text if len(text) <= 60 else f"{text[:57]}…"


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)
