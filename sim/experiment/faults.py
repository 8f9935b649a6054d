"""Every kind of fault that a question can have, with the fields that its wording may use."""

from collections.abc import Mapping
from typing import Final

QUESTION_FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "folder_without_baseline": (),
    "folder_without_policies": (),
    "compare_needs_two": (),
    "scenario_twice": ("other_file", "id"),
    "tiers_differ": ("found", "expected"),
    "sweep_measure_rows": ("measure", "allowed"),
    "sweep_headcount_differs": ("point", "found", "expected"),
    "sweep_payroll_differs": ("point", "found", "expected", "difference", "allowed"),
    "sweep_changes_nothing": (),
    "posterior_not_named": (),
    "posterior_too_short": ("found", "rows"),
    "posterior_too_few": ("found", "minimum"),
    "posterior_replications": ("found", "minimum"),
    "posterior_without_records": (),
    "posterior_draw_invalid": ("draw", "scenario", "count"),
    "out_not_writable": ("reason",),
    "run_folder_missing_file": (),
    "run_folder_unreadable": ("reason",),
    "run_folder_invalid": ("reason",),
}
"""A question that cannot be asked, or an answer that cannot be read or written."""
