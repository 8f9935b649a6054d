"""What is wrong with the input, in English: by code, clauses of one line.

A clause all of whose fields are empty is left out, except the first.
"""

from collections.abc import Mapping
from typing import Final

from sim.cli.wording.targets_en import TARGETS_PROBLEMS

_ALLOWED: Final = "allowed: {allowed}"
_MEANT: Final = 'did you mean "{suggestion}"?'
_IN_FILE: Final = "in {in_file}"

PROBLEMS: Final[Mapping[str, tuple[str, ...]]] = {
    # --- files ---
    "file_missing": ("there is no file {name}", _MEANT),
    "file_is_folder": ("{name} is a folder", "name a file in it"),
    "file_unreadable": ("{name} cannot be read", "check that it is a file and that you may read it"),
    "file_too_large": ("{name} is too large ({found_mib} MiB)", "allowed: at most {maximum_mib} MiB"),
    "file_not_utf8": ("from here on the file is not UTF-8 text", "save it as UTF-8"),
    "file_empty": ("the file is empty",),
    "folder_without_scenarios": ("there is no scenario file in {name}",),
    "yaml_anchor": ("anchors are not used in scenario files (&{name})", "write the value out"),
    "yaml_alias": ("aliases are not used in scenario files (*{name})", "write the value out"),
    "yaml_tag": ("tags are not used in scenario files ({tag})", "remove it"),
    "yaml_merge_key": ("the merge key << is not used in scenario files", "use `extends`"),
    "yaml_duplicate_key": ('the key "{key}" stands twice', "the first one is in line {first_line}"),
    "yaml_key_not_text": ("a key must be a single word, not a list or a block",),
    "yaml_many_documents": ("a file holds one document", "remove the second `---`"),
    "yaml_root_not_block": ("a scenario file starts with keys", "found: {found}"),
    "yaml_too_deep": ("nested too deeply", "allowed: {maximum} levels"),
    "yaml_tab": ("a tab cannot indent YAML", "use spaces"),
    "yaml_colon": ("a colon is missing or too many here", "write `key: value`, and texts with a colon in quotes"),
    "yaml_not_closed": ("a bracket or quote that opens here is not closed",),
    "yaml_indentation": ("the indentation does not fit the lines above",),
    "yaml_character": ("the character {character} is not allowed",),
    "yaml_syntax": ("this is not valid YAML",),
    # --- single values ---
    "unknown_key": ('there is no key "{key}" here', _ALLOWED, _MEANT),
    "missing_key": ('the key "{key}" is missing', _ALLOWED),
    "empty_value": ("the value is empty", "wanted: {expected}"),
    "not_a_block": ("keys are wanted here", "found: {found}"),
    "not_a_list": ("a list is wanted here", "found: {found}"),
    "not_a_number": ("a number is wanted", "found: {found}", "unit: {unit}"),
    "not_a_whole_number": ("a whole number is wanted", "found: {found}", "unit: {unit}"),
    "not_text": ("text is wanted", "found: {found}"),
    "not_true_or_false": ("true or false is wanted", "found: {found}", _MEANT),
    "not_a_date": ("a date is wanted, as 2024-12-31", "found: {found}"),
    "not_a_time_of_day": ('a time of day in quotes is wanted, from "00:00" to "24:00"', "found: {found}"),
    "not_an_id": (
        'an id is wanted: a small letter, then small letters, digits or "_", 40 at most',
        "found: {found}",
    ),
    "not_one_of": ('"{found}" is not possible', _ALLOWED, _MEANT),
    "not_finite": ("a finite number is wanted", "found: {found}"),
    "below_minimum": ("{found} is too small", "allowed: {minimum} or more", "unit: {unit}"),
    "not_above": ("{found} is too small", "allowed: more than {bound}", "unit: {unit}"),
    "above_maximum": ("{found} is too large", "allowed: at most {maximum}", "unit: {unit}"),
    "not_below": ("{found} is too large", "allowed: less than {bound}", "unit: {unit}"),
    "too_few_items": ("too few items ({found})", "allowed: {minimum} or more"),
    "too_many_items": ("too many items ({found})", "allowed: at most {maximum}"),
    "text_empty": ("the text is empty",),
    "text_too_long": ("the text is too long ({found} characters)", "allowed: at most {maximum}"),
    "schema_version_unsupported": (
        "this version of the scenario format is not known: {found}",
        "this simulator reads {supported}",
        "write `schema_version: {supported}` and mend what is then reported",
    ),
    "not_in_order": ("the values are not in order", "wanted: {keys}"),
    "weights_do_not_match": ("{weights} weights for {values} values", "wanted: as many, with a positive sum"),
    "value_invalid": ("this value is not possible", "found: {found}"),
    "record_source_missing": ('a value with the basis "{basis}" needs a `source`',),
    "record_range_invalid": ("`range` wants two numbers, the smaller first, as [2, 5]", "found: {found}"),
    "record_value_outside_range": ("the value {found} lies outside its range", "range: {low} to {high}"),
    "record_range_of_list": ("a list of values has no range",),
    "unknown_source": (
        'there is no source "{found}" in the ledger',
        "allowed: ids of calibration/figures.csv and sources.csv, or `citation: ...`",
        _MEANT,
    ),
    # --- overlays ---
    "extends_invalid": ("`extends` wants one file or a list of files", "found: {found}"),
    "extends_cycle": ("files extend each other in a circle", "{chain}"),
    "extends_too_deep": ("too many files extend one another", "allowed: {maximum} levels"),
    "extends_other_base": ("{extended} belongs to another scenario than {base}",),
    "overlay_is_complete_scenario": ("this is a complete scenario, not an overlay", "only one can be the base"),
    "scenario_is_overlay": (
        "this is an overlay, not a scenario",
        "use it with `--with`, or let it extend a scenario",
    ),
    "overlay_unknown_id": ('there is no "{key}" to change', _IN_FILE, _ALLOWED, _MEANT),
    "overlay_conflict": (
        "two overlays disagree about this value: {value} here",
        "{other_value} in {other_file}, line {other_line}",
    ),
    "change_not_one_operation": ("each change is one operation", _ALLOWED),
    "change_target_not_a_number": ("only a number can be scaled, added to or moved", "found: {found}", _IN_FILE),
    "change_target_not_a_list": ("only a list can be appended to", "found: {found}", _IN_FILE),
    "path_syntax": ("this is not a key path", "found: {found}", "write it as staff_groups.town_cadres.posts"),
    "path_unknown": ('there is no key "{key}" on this path', _IN_FILE, _ALLOWED, _MEANT),
    "path_no_match": ("nothing matches {selector}", _IN_FILE, _ALLOWED, _MEANT),
    "path_many": ("the path must lead to one value", "it leads to {matches}"),
    "move_not_counts": ("`move` is for whole numbers, such as posts",),
    "move_to_itself": ("`from` and `to` are the same",),
    "setting_syntax": ("`--set` wants key=value, as experiment.seed=7", "found: {found}"),
    # --- what must fit together ---
    "unknown_id": ('there is no {kind} "{found}"', _ALLOWED, _MEANT),
    "missing_id": ('the {kind} "{id}" is missing here',),
    "duplicate_item": ('"{found}" stands twice in the list',),
    "shares_sum": ("the shares sum to {sum}, not to 1", "they are: {keys}"),
    "staff_shares_above_one": (
        "admin_share and patrol_share sum to {sum}",
        "admin_load makes administration {level} times admin_share",
        "allowed: at most 1",
    ),
    "staff_without_casework": (
        "these people have no time for casework, yet hold the session {session}",
        "admin_load makes administration {level} times admin_share",
        "wanted: admin_share and patrol_share that sum to less than 1",
    ),
    "posts_serve_required": (
        "{posts} posts are fewer than the {units} units of {tier}",
        "add `posts_serve: n` to pool the posts of n neighbouring units",
    ),
    "too_many_disputes": (
        "about {found} disputes would emerge, more than fit into memory",
        "at most {maximum}; is the rate per 1,000 persons and year?",
    ),
    "needs_block": ("this has no effect without the block `{needed}`", "add it"),
    "window_closes_before_it_opens": ("the window opens at {opens} and closes at {closes}", "wanted: a later closing"),
    "windows_overlap": ("two windows overlap on {weekday}", "the other one is in line {other_line}"),
    "meeting_without_windows": ("{calendar} is always open: it has no meetings", "name a calendar with windows"),
    "meeting_too_short": (
        "{found} minutes for a case are more than a meeting of {minutes} minutes has",
        "shorten them, or lengthen the windows of {calendar}",
    ),
    "fewer_units_than_parents": ("{found} units cannot fill {minimum} of {parent_tier}", "wanted: {minimum} or more"),
    "no_tier_above": ("{tier} is the top tier: there is nowhere to hand up to",),
    "intake_not_first": ("an intake session is the first of its tier",),
    "session_group_below": (
        "{group} belongs to the lower tier {group_tier}",
        "allowed: groups of this tier or of one above",
    ),
    "thresholds_not_rising": ("thresholds must rise: {found} follows {previous}",),
    "days_not_rising": ("days must rise: {found} follows {previous}",),
    "calendar_years": (
        "the holidays are known from {first_year} to {last_year}",
        "this horizon needs {needed_first_year} to {needed_last_year}",
    ),
    "unit_twice": ('the unit "{unit_id}" stands twice', "the first one is in line {other_line}"),
    "unit_parent_unknown": ('there is no unit "{found}" in {parent_tier}', _MEANT),
    "unit_parent_not_above": ('"{found}" is not a unit of {parent_tier}, the tier above',),
    "unit_parent_missing": ("parent_id is empty", "wanted: a unit of {parent_tier}"),
    "unit_parent_of_top": ('a unit of the top tier has no parent, but this one has "{found}"',),
    "unit_without_children": ('the unit "{unit_id}" has no unit of {lower_tier} below it',),
    "tier_without_units": ("the tier {tier} has no unit",),
    "population_zero": ("nobody lives in the units of the lowest tier",),
    "population_not_of_children": ("{found} residents, but the units below have {sum}", "leave it empty or 0"),
    "unit_posts_of_other_tier": ("the posts of {group} are given at units of {group_tier}",),
    "unit_posts_sum": ("the units have {sum} posts of {group}", "the scenario says {posts}"),
    "unit_travel_above_lowest": ("travel hours are given at units of {lowest_tier}, the lowest tier",),
    "csv_column_missing": ('the column "{column}" is missing',),
    "csv_column_unknown": ('there is no column "{column}"', _ALLOWED, _MEANT),
    "csv_column_twice": ('the column "{column}" stands twice',),
    "csv_row_length": ("the row has {found} cells", "wanted: {expected}"),
    "csv_too_many_rows": ("too many rows", "allowed: at most {maximum}"),
    "csv_syntax": ("this is not a valid CSV row", "check the quotes"),
    # --- nations ---
    "file_is_nation": ("this is a nation, not a scenario", "run it with `nation`"),
    "nation_expected": (
        "this is no nation: it has neither `nation_version` nor `totals`",
        "run a scenario with `run`, a study with `sweep`",
    ),
    "nation_version_unsupported": (
        "this version of the nation format is not known: {found}",
        "write `nation_version: {supported}` and mend what is then reported",
    ),
    "nation_county_tiers": ("the model county has the tiers {found}", "wanted: {expected}"),
    "nation_county_units": ("the model county's units must be given by number, not unit by unit",),
    "nation_classes_divide": (
        "{counties} counties cannot be cut into {found} classes of equally many",
        "wanted: a divisor, such as {suggestion}",
    ),
    "nation_group_without_rule": (
        "nothing says how many posts a county has of {found}",
        "name it under `posts_per_unit`, `persons_per_post` or `all_others`",
    ),
    "nation_mediators_too_few": (
        "a county of {persons} people is left with {found} posts of {group}",
        "wanted: {minimum} or more, one in each of its units",
    ),
    # --- targets ---
    **TARGETS_PROBLEMS,
    # --- studies ---
    "file_is_study": ("this is a study, not a scenario", "run it with `sweep`"),
    "study_expected": (
        "this is no study: it has neither `study_version` nor `factors`",
        "run a scenario with `run`, several with `compare`",
    ),
    "study_version_unsupported": (
        "this version of the study format is not known: {found}",
        "write `study_version: {supported}` and mend what is then reported",
    ),
    "factor_value_unused": (
        "no change takes the factor's value",
        "leave out `share`, `factor`, `amount` or `value` where it is to stand",
    ),
    "factor_of_structure": (
        "{key} says what the place or the study is and is never varied",
        "allowed: levers and uncertainties (see the dictionary of keys)",
    ),
    "factor_levels_mixed": ("either all levels have a `value` or none has",),
    "study_too_many_points": ("{found} points are too many", "allowed: at most {maximum}"),
    "study_row_needs_two_factors": ("`row` compares within a row of two factors; here is one", "write `baseline`"),
    "study_point_invalid": ("at the point {point} the scenario is not possible, for what is said next ({count})",),
    "study_point_differs": (
        "at the point {point} `{key}` is another than in the baseline",
        "all points share place, span, measures, units and tiers",
    ),
    "sweep_measure_rows": ("there is no such row of {measure}", "it is there by: {allowed}"),
    "sweep_headcount_differs": (
        "at the point {point} there are {found} posts",
        "wanted as in the baseline: {expected}",
    ),
    "sweep_payroll_differs": (
        "at the point {point} the payroll is {found} yuan a year ({difference})",
        "wanted: within {allowed} of the baseline's {expected}",
    ),
    "sweep_changes_nothing": ("no point differs from what it would be compared with",),
    # --- warnings ---
    "unused_value": ("this changes nothing without {needed}",),
    "calendar_years_assumed": ("the public holidays of {years} are not announced", "fixed dates are assumed"),
    "meeting_in_working_hours": (
        "meetings may fall into the hours of {group} ({calendar})",
        "its posts then serve other cases as if there were no meeting",
    ),
    "triage_without_intake": ("no tier has an intake session: cases are triaged on registration",),
    "shock_outside_run": (
        "the shock falls outside the simulated time",
        "the run covers days {first_day} to {last_day} from the start date",
    ),
    # --- questions and run folders ---
    "folder_without_baseline": (
        "there is no baseline.yaml in this folder",
        "name a folder that has one, or two or more scenario files",
    ),
    "folder_without_policies": (
        "no other file of this folder extends something, so there is nothing to compare",
        "run one scenario with `run`",
    ),
    "compare_needs_two": ("a comparison needs two or more scenarios, or a folder", "run one scenario with `run`"),
    "scenario_twice": ('another scenario already has the id "{id}": {other_file}', "rename one of the files"),
    "tiers_differ": ("this scenario has other tiers than the first", "found: {found}", "wanted: {expected}"),
    "posterior_not_named": (
        "this baseline names no posterior sample, so there is nothing to draw from",
        "let it extend a fit, or write `experiment: {{posterior: file.csv}}`",
    ),
    "posterior_too_short": ("{found} draws are asked for and the sample has {rows}", "ask for {rows} or fewer"),
    "posterior_too_few": ("{found} draws are too few to tell what holds in 95 % of them", "allowed: {minimum} or more"),
    "posterior_replications": (
        "each draw needs a number of replications to tell chance from parameters, not {found}",
        "write `--replications {minimum}` or more, or leave it out",
    ),
    "posterior_without_records": ("with `--posterior` no records are kept", "leave out `--records`"),
    "posterior_draw_invalid": ("draw {draw} makes no valid scenario of {scenario}, for what is said next ({count})",),
    "out_not_writable": ("results cannot be written here ({reason})", "choose another place with --out"),
    "run_folder_missing_file": ("the file is missing: this is not the folder of a finished run",),
    "run_folder_unreadable": ("the file cannot be read ({reason})",),
    "run_folder_invalid": ("the file is not as a finished run leaves it ({reason})",),
    "run_folder_missing_columns": ("columns are missing: {missing}", "wanted: {needed}"),
    # --- the ledger ---
    "ledger.unreadable": ("the ledger cannot be read", "{found}"),
    "ledger.wrong_columns": ("the ledger has other columns: {found}", _ALLOWED),
    "ledger.wrong_cell_count": ("the row has {found} cells", "wanted: {allowed}"),
    "ledger.missing": ("the cell is empty",),
    "ledger.bad_id": ('"{found}" is no id', _ALLOWED),
    "ledger.duplicate": ('"{found}" stands twice',),
    "ledger.not_allowed": ('"{found}" is not possible', _ALLOWED),
    "ledger.not_a_number": ('"{found}" is no number', _ALLOWED),
    "ledger.out_of_range": ("{found} is out of range", _ALLOWED),
    "ledger.unknown_source": ('there is no source "{found}"', _MEANT),
    "ledger.unknown_figure": ('there is no figure "{found}"', _MEANT),
    "ledger.circular": ("the figure is derived from itself ({found})",),
    "ledger.derivation": ("the grade {found} does not fit the source", _ALLOWED),
    "ledger.recognised_by": ('"{found}" stands in the wrong kind of source', _ALLOWED),
}

FIELD_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "expected": {
        "number": "a number",
        "count": "a whole number",
        "text": "text",
        "id": "an id",
        "boolean": "true or false",
        "date": "a date",
        "time_of_day": "a time of day",
        "choice": "one of the words allowed here",
        "list": "a list",
        "block": "keys",
    },
    "kind": {
        "tier": "tier",
        "staff_group": "staff group",
        "calendar": "calendar",
        "category": "category",
        "session": "session",
        "unit": "unit",
    },
}
"""Words for fields whose content is a code."""
