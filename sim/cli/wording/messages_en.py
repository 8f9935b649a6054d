"""Everything that the command line says besides problems of the input, in English."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # --- help ---
    "help_app": "A simulator of China's tiered dispute mediation: from a scenario file to a comparison of policies.",
    "help_validate": "Check scenario, overlay, study and targets files; a folder is checked with all files in it.",
    "help_show": "Show a scenario complete, or where each of its values comes from.",
    "help_run": "Run the replications of one scenario and write a report.",
    "help_compare": (
        "Compare policies with a baseline on the same disputes and write a report. SCENARIOS: a folder (its "
        "baseline.yaml, then in order of name each other *.yaml that extends it; a name that starts with _ is set "
        "aside), or two or more scenario files, the baseline first."
    ),
    "help_sweep": (
        "Run every point of a study (one or two factors varied over a baseline, on the same disputes) and write a "
        "report with a table of all points, lines with intervals or a heat map."
    ),
    "help_nation": (
        "Simulate a year of the nation county by county and write a table of the counties, one of the nation and a "
        "report."
    ),
    "help_calibrate": (
        "Fit a place to its reported figures; say which parameters they inform, which stay assumed and whether the "
        "figures can be met together."
    ),
    "help_report": "Build figures and reports of a finished run again, from its folder alone.",
    "help_verify": "Run a finished run again in a temporary folder and compare byte for byte.",
    "help_schema": "Print the JSON Schema of scenario files, or the dictionary of their keys.",
    "help_practices": "Measure what the practices of scenarios/practices do, and write docs/practices.md.",
    "brief_validate": "Check scenario files.",
    "brief_show": "Show a scenario complete.",
    "brief_run": "Run one scenario.",
    "brief_compare": "Compare policies with a baseline.",
    "brief_sweep": "Vary one or two factors over a baseline.",
    "brief_nation": "A year of the nation, county by county.",
    "brief_calibrate": "Fit a place to reported figures.",
    "brief_report": "Build a report again.",
    "brief_verify": "Run again and compare byte for byte.",
    "brief_schema": "Print the format of scenario files.",
    "brief_practices": "Measure the library of practices and write its page.",
    "argument_paths": "Files or folders to check.",
    "argument_scenario": "A scenario file.",
    "argument_scenarios": "A folder, or two or more scenario files.",
    "argument_study": "A study file.",
    "argument_nation": "A nation file.",
    "argument_targets": "A targets file.",
    "argument_run_dir": "The folder of a finished run.",
    "option_with": "An overlay to lay over the scenario; may be given several times.",
    "option_set": "A value to set, such as staff_groups.town_cadres.posts=12; may be given several times.",
    "option_counties": "How many counties; without it, all of the nation. More are possible: the row goes on.",
    "option_adopt": "Put the fit into the folder `fitted` beside that of the targets file, where baselines extend it.",
    "option_provenance": "Show for each value where it stands and on what it rests.",
    "option_replications": "A number, or auto; without it, what the (first) scenario says.",
    "option_posterior": (
        "Carry the first N draws of the baseline's posterior sample (experiment.posterior) through every scenario; "
        "--replications then counts those of each draw, 2 without it."
    ),
    "option_seed": "Seed of all random draws; without it, what the (first) scenario says.",
    "option_workers": "Replications at once; without it, one for each core.",
    "option_engine": (
        "compiled: the fast engine; simpy: the reference, about a hundred times slower; both: every replication by "
        "both, compared. Results are the same."
    ),
    "option_out": "Folder for results.",
    "option_lang": "Language of messages: zh or en; without it, that of the system.",
    "option_report_lang": "Language of the report: zh, en or both.",
    "option_records": "Also keep a row for each dispute and session of every replication.",
    "option_dictionary": "Print the dictionary of keys (Markdown) instead.",
    "option_study": "The format of study files instead.",
    "option_targets": "The format of targets files instead.",
    "option_dictionary_lang": "Language of the dictionary: zh, en or both.",
    "option_practice_count": "Replications of each practice; stored effects with as many are kept.",
    "option_practice_place": "A place to measure at (again for another); by default xichou and jinjiang.",
    "option_practice_only": "A practice to measure (again for another); by default all.",
    "option_page_only": "Only write the page from the stored effects.",
    "bad_format": "only one of --study and --targets is possible",
    "bad_replications": "a whole number from 1 to 100,000, or auto, is wanted",
    # --- checking and showing ---
    "file_is_valid": "{file}: valid scenario",
    "overlay_is_valid": "{file}: valid overlay (checked by itself)",
    "study_is_valid": "{file}: valid study, all its points checked",
    "targets_is_valid": "{file}: valid targets of a fit",
    "nation_is_valid": "{file}: valid nation, with its model county",
    "warning": "note: {text}",
    "problem_count": "{count} problems; nothing was written.",
    "one_problem": "1 problem; nothing was written.",
    "value_unstated": "basis unstated",
    "value_set_by": "set by {set_by}",
    # --- progress ---
    "stage_compiling": "Compiling the engine",
    "compiling": "The engine is compiled first, once for this version of it: up to a minute.",
    "stage_counties": "Counties",
    "stage_fitting": "Simulating draws",
    "stage_replications": "Replications",
    "stage_draws": "Scenarios of each draw",
    "stage_screening": "Screening assumed values",
    "stage_stress": "Stress test of the verdict",
    "stage_writing": "Writing results",
    "stage_report": "Drawing figures and reports",
    "kept_before": "{count} of {total} were finished before and are kept.",
    "progress_line": "{stage}: {done} of {total} done, about {left} left",
    "left": "about {left} left",
    "looked": "After {count} replications {met} of {all} comparisons are precise enough or clear.",
    "seconds": "{count} s",
    "minutes": "{count} min",
    "hours": "{count} h",
    # --- results ---
    "done_fixed": "{count} replications of each scenario, as asked.",
    "done_each_draw": "{draws} draws of the posterior, {count} replications of each for every scenario.",
    "done_criteria_met": (
        "{count} replications of each scenario: by then every headline measure was precise enough "
        "(half-width at most {precision} of the baseline's mean) or its sign was clear."
    ),
    "done_cap_reached": (
        "{count} replications of each scenario: the limit was reached before every headline measure was precise "
        "enough (half-width at most {precision} of the baseline's mean) or its sign clear."
    ),
    "done_nation": (
        "{counties} counties simulated in {seconds} s: {emerged} disputes emerged in the year, {simulated} were "
        "simulated in all, in {each} microseconds each."
    ),
    "done_fit": "Fitted in {seconds} s on {rows} simulations of the reference table.",
    "adopted": "Adopted: {file}",
    "not_adopted": "Nothing was adopted: the files are no longer what the fit wrote.",
    "already_there": "This question was answered before; nothing was computed, only the report is built again.",
    "already_there_not_compared": (
        "This question was answered before; nothing was computed, so no engines were compared. To compare them, type: "
        "python run_sim.py verify {folder} --engine both"
    ),
    "both_agree": "Both engines agreed on every replication, to the last bit.",
    "changed_since": (
        "Changed or missing since the run was finished: {files}. Delete the folder and run again for the original."
    ),
    "results_in": "Results: {folder}",
    "report_in": "Report: {file}",
    "practices_page_in": "Page: {file}",
    "verified": "Verified: run again, {count} files are equal byte for byte.",
    "not_compared": (
        "Not compared, since drawn on another platform or with other versions: {count} figures and reports."
    ),
    # --- ends ---
    "interrupted": "Interrupted.",
    "interrupted_kept": (
        "Interrupted: {count} finished replications are kept in {folder}; the same command continues from there."
    ),
    "interrupted_counties": (
        "Interrupted: {count} finished counties are kept in {folder}; the same command continues from there."
    ),
    "interrupted_fit": (
        "Interrupted: {count} finished parts of the simulations are kept in {folder}; the same command continues "
        "from there."
    ),
    "figures_conflict": "These figures cannot be met together, whatever the parameters are; nothing was fitted:",
    "figures_conflict_set": "  {figures} (as far off as that: {prob} of what the priors can give)",
    "figures_conflict_join": " with ",
    "figures_conflict_advice": (
        "Either a figure is read wrongly (its definition, period or error model) or a prior leaves out what is true."
    ),
    "audit_failed": "The accounts of a run do not balance; its results are void:",
    "verification_failed": "Not verified. These files are not what the question gives when it is run again:",
    "verification_other_code": (
        "The likely cause: the simulator's own files have changed since the run (manifest.json has their hash)."
    ),
    "engines_differ": (
        "The engines do not agree on dispute {dispute} ({run}). The first difference; days are counted from 0:"
    ),
    "engines_one_tells": "  {engine}: {what}",
    "engines_nothing_more": "nothing more happens to this dispute",
    "engines_cell": "  not the same: {column} is {one} and {other}",
    "engines_no_cell": "missing",
    "engines_story": "The dispute's story in both; * marks where they differ",
    "engines_same": "the same",
    "engines_event": "{when} {what}",
    "day_and_time": "day {day} {time}",
    "never": "never",
    "nowhere": "none",
    "yes": "yes",
    "no": "no",
    "folder_in_use": "Another process is working on this question already; its results will be in {folder}",
    "worker_died": (
        "A worker process ended unexpectedly, perhaps for want of memory. Finished replications are kept; the same "
        "command continues from there, with --workers 1 if it happens again."
    ),
    "system_error": "The system reports: {reason}. Finished replications are kept; the same command continues.",
}
