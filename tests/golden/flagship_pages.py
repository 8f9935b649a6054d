"""The tables of docs/flagships, made from the result files kept beside the scenarios.

`python -m tests.golden.flagship_pages` writes the tables of every text again. With `--posterior OUT` it first keeps the
files of `compare --posterior N` in that folder of results, with `--fixed OUT` those of `compare` under fixed
parameters: Part 2, run on the baseline as it was before the fit.
"""

import argparse
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from ruamel.yaml import YAML

from sim.experiment.posterior_table import (
    BETTER_THAN,
    MEASURES_FILE,
    RANKING_FILE,
    SUMMARY_COLUMNS,
    SUMMARY_FILE,
    TURNING_FILE,
)
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.report.headline import kind_of, name_with_unit
from sim.report.numbers import Kind, clipped, decimals_for, quantity, signed_quantity
from sim.report.posterior_words import parameter_number, percent, standing_text
from sim.report.wording import wording
from sim.specification import load_scenario
from sim.stats import Direction, PosteriorDifference, VarianceSplit, difference_across, split_variance

ROOT: Final = Path(__file__).parents[2]
TEXTS: Final = ROOT / "docs" / "flagships"
FLAGSHIP: Final = ROOT / "scenarios" / "flagship"
QUESTIONS: Final = {
    "sink_share": ROOT / "scenarios" / "xichou",
    "four_clinics": FLAGSHIP / "four_clinics",
    "nothing_handed_up": FLAGSHIP / "nothing_handed_up",
    "fixed_meetings": FLAGSHIP / "fixed_meetings",
    "one_stop_centre": FLAGSHIP / "one_stop_centre",
    "relief_or_hiring": FLAGSHIP / "relief_or_hiring",
    "follow_up_visits": FLAGSHIP / "follow_up_visits",
}
"""The folder whose comparison answers each question; the first is also asked by sweeps."""

OTHER_MEASURES: Final = {
    "four_clinics": ("recurrence_share_365d", "total_cost_yuan_per_year"),
    "nothing_handed_up": (
        *("recorded_settled_share_180d", "handed_up_per_1000_per_year", "recorded_handed_up_per_1000_per_year"),
    ),
    "fixed_meetings": ("total_cost_yuan_per_year",),
    "one_stop_centre": ("adjudicated_share_180d", "open_share_180d"),
    "relief_or_hiring": ("total_cost_yuan_per_year",),
    "follow_up_visits": ("recurrence_share_365d",),
    "sink_share": ("total_cost_yuan_per_year",),
}
"""What a question turns on and is no headline measure."""

TURNING_OF: Final = {"sink_share": ("sink_staff_to_grids",)}
"""The policies whose turning values a text shows, if not all."""

OTHER_FILE: Final = "posterior_other.csv"
FIXED_FILE: Final = "fixed_parameters.csv"
FIXED_COLUMNS: Final = ("scenario", "measure", "n", "difference", "half_width", "verdict")
SURE: Final = 0.95
LEAST_SHARE: Final = 0.1
"""Of the variance; what an assumption with less than that does to a difference is told in the file alone."""
WORDS: Final = wording("en")

Rows = list[dict[str, object]]


# --- what is kept ---


def keep_posterior(question: str, run: Path) -> None:
    """Copy the tables of a run over a posterior, and judge the question's other measures in the same way."""
    kept = QUESTIONS[question]
    for name in (SUMMARY_FILE, RANKING_FILE, TURNING_FILE):
        (kept / name).write_bytes((run / name).read_bytes())
    measures = pd.read_parquet(run / MEASURES_FILE)
    rows: Rows = []
    for measure in OTHER_MEASURES[question]:
        drawn = {str(id_): _by_draw(of) for id_, of in measures[measures["measure"] == measure].groupby("scenario")}
        baseline = drawn.pop("baseline")
        rows.append(_kept("baseline", measure, "level", split_variance(baseline), None))
        for policy, values in drawn.items():
            judged = difference_across(
                values,
                baseline,
                direction=Direction(MEASURES[measure].direction.value),
                relative_indifference=0.01,
            )
            rows.append(_kept(policy, measure, "difference", judged.split, judged))
    pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS)).to_csv(kept / OTHER_FILE, index=False, encoding="utf-8-sig")


def _by_draw(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    values: npt.NDArray[np.float64] = table.pivot(index="draw", columns="replication", values="value").to_numpy(
        dtype=np.float64
    )
    return values


def _kept(
    scenario: str, measure: str, kind: str, split: VarianceSplit, judged: PosteriorDifference | None
) -> dict[str, object]:
    row: dict[str, object] = {"scenario": scenario, "measure": measure, "kind": kind}
    row |= {name: getattr(split, name) for name in SUMMARY_COLUMNS[3:12] if hasattr(split, name)}
    row |= {"parameter_sd": math.sqrt(split.between), "noise_sd": math.sqrt(split.within)}
    row["parameter_share"] = split.parameter_share
    if judged is not None:
        names = ("indifference_half_width", "prob_better", "prob_above", "prob_within", "prob_below")
        row |= {name: getattr(judged, name) for name in names}
        row |= {"verdict": judged.verdict.value, "standing": "" if judged.standing is None else judged.standing.value}
    return row


def keep_fixed(question: str, run: Path) -> None:
    """Keep the differences and verdicts of a comparison under fixed parameters."""
    table = pd.read_csv(run / "comparison.csv", encoding="utf-8-sig", keep_default_na=False)
    is_kept = (table["tier"] == "") & (table["category"] == "") & table["measure"].isin(HEADLINE_MEASURES)
    kept = table[is_kept].rename(columns={"policy": "scenario", "n_policy": "n"})[list(FIXED_COLUMNS)]
    kept.to_csv(QUESTIONS[question] / FIXED_FILE, index=False, encoding="utf-8-sig")


def table_of(question: str, name: str) -> pd.DataFrame:
    """Read a file that is kept for a question; empty cells of words are empty, of numbers NaN."""
    table = pd.read_csv(QUESTIONS[question] / name, encoding="utf-8-sig")
    for column in ("verdict", "standing", "parameter"):
        if column in table:
            table[column] = table[column].fillna("").astype(str)
    return table


# --- the tables of a text ---


def survival(before: str, row: Mapping[str, object]) -> str:
    """Say what becomes of a verdict under fixed parameters: `before` is its code, `row` the posterior's."""
    verdict, better = str(row["verdict"]), float(str(row["prob_better"]))
    if before in ("better", "worse"):
        if verdict == before:
            return "survives"
        sure = better >= SURE if before == "better" else 1.0 - better >= SURE
        return "sign only" if sure else "does not survive"
    if before == "within_noise":
        return "survives" if verdict == before else "does not survive"
    return "still open" if verdict == "unclear" else "now decided"


def tables(question: str) -> str:
    """Return the tables of a question's text: differences, order, turning values."""
    names = scenario_names(question)
    parts = (_differences(question, names), _ranking(question, names), _turning(question, names), _held_out())
    return "\n\n".join("\n".join(part) for part in parts)


def scenario_names(question: str) -> dict[str, str]:
    """Return the English name of every scenario of a question by its id."""
    ids = table_of(question, SUMMARY_FILE)["scenario"].unique()
    return {str(id_): _name_in(QUESTIONS[question] / f"{id_}.yaml") for id_ in ids}


def _name_in(file: Path) -> str:
    """Without loading the scenario, where the file itself says its name."""
    name = YAML(typ="safe").load(file).get("name")
    return str(name["en"]) if name else load_scenario(file).scenario.name.en


def _differences(question: str, names: Mapping[str, str]) -> Iterator[str]:
    summary, fixed = table_of(question, SUMMARY_FILE), table_of(question, FIXED_FILE)
    draws, each = (int(summary[column].iloc[0]) for column in ("draws", "replications"))
    yield (
        f"**Table 1. Differences from the baseline.** {draws} draws of the posterior, {each} replications of each; "
        f"under fixed parameters {int(fixed['n'].iloc[0])} replications. Shares: percentage points. Intervals: 95 %."
    )
    yield ""
    heads = ("Part 2: fixed parameters", "posterior mean ± simulation", "from parameters", "one run")
    yield _row("", *heads, "better in", "verdict on the posterior", "verdict of Part 2")
    yield _row("---", *["---"] * 7)
    for table in (summary, table_of(question, OTHER_FILE)):
        for measure in table["measure"].unique():
            yield from _of_measure(table[table["measure"] == measure], fixed, str(measure), names)


def _of_measure(table: pd.DataFrame, fixed: pd.DataFrame, measure: str, names: Mapping[str, str]) -> Iterator[str]:
    kind = kind_of(measure)
    level = table[(table["kind"] == "level") & (table["scenario"] == "baseline")].iloc[0]
    of_level = decimals_for(kind, [level["mean"]], [level["half_width"]])
    low, high = (quantity(clipped(level[f"parameter_{end}"], kind), kind, of_level) for end in ("low", "high"))
    mean = f"{quantity(level['mean'], kind, of_level)} ± {quantity(level['half_width'], kind, of_level)}"
    yield _row(f"**{name_with_unit(measure, WORDS)}**: baseline", "", mean, f"{low} to {high}", "", "", "", "")
    rows = table[table["kind"] == "difference"]
    # Digits for the most exact difference, but not for one that hardly exists.
    widths = rows["half_width"].clip(lower=rows["half_width"].median() / 4)
    decimals = decimals_for(kind, rows["mean"], widths)

    def shown(value: float) -> str:
        return signed_quantity(float(value), kind, decimals)

    for row in _records(rows):
        policy = str(row["scenario"])
        before = _fixed(fixed, policy, measure)
        yield _row(
            names[policy],
            _fixed_text(before, kind, decimals),
            f"{shown(row['mean'])} ± {shown(row['half_width']).removeprefix('+')}",
            *(f"{shown(row[f'{of}_low'])} to {shown(row[f'{of}_high'])}" for of in ("parameter", "predictive")),
            percent(float(row["prob_better"])),
            standing_text(row, measure, WORDS),
            "" if before is None else survival(str(before["verdict"]), row),
        )


def _fixed(fixed: pd.DataFrame, policy: str, measure: str) -> Mapping[str, object] | None:
    is_it = (fixed["scenario"] == policy) & (fixed["measure"] == measure)
    return _records(fixed[is_it])[0] if is_it.any() else None


def _fixed_text(row: Mapping[str, object] | None, kind: Kind, decimals: int) -> str:
    if row is None:
        return ""
    difference, half_width = (float(str(row[name])) for name in ("difference", "half_width"))
    width = signed_quantity(half_width, kind, decimals).removeprefix("+")
    return f"{signed_quantity(difference, kind, decimals)} ± {width}, {WORDS.terms.verdicts[str(row['verdict'])]}"


def _ranking(question: str, names: Mapping[str, str]) -> Iterator[str]:
    ranking = table_of(question, RANKING_FILE)
    measure = str(ranking["measure"].iloc[0])
    kind = kind_of(measure)
    decimals = max(2, decimals_for(kind, ranking["mean"]))
    yield f"**Table 2. Order by {name_with_unit(measure, WORDS).lower()}.** Probabilities over the posterior."
    yield ""
    yield _row("", "mean", "best of all in", "better than the next in")
    yield _row(*["---"] * 4)
    rows = ranking.to_dict("records")
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        ahead = "" if after is None else percent(float(row[BETTER_THAN + str(after["scenario"])]))
        mean = quantity(float(row["mean"]), kind, decimals)
        yield _row(names[str(row["scenario"])], mean, percent(float(row["prob_best"])), ahead)


def _turning(question: str, names: Mapping[str, str]) -> Iterator[str]:
    """Of each policy the measure that policies are ranked by, and every measure whose verdict does not hold."""
    turning, summary = table_of(question, TURNING_FILE), table_of(question, SUMMARY_FILE)
    focus = str(table_of(question, RANKING_FILE)["measure"].iloc[0])
    open_rows = summary[summary["standing"].isin(("leans", "turns"))]
    is_open = set(zip(open_rows["scenario"], open_rows["measure"], strict=True))
    called = parameter_names()
    noise: set[str] = set()
    yield (
        "**Table 3. Assumptions that carry a difference.** R² is cross-validated; in brackets what noise leaves to "
        "be explained. Below 10% nothing is said. Shown: the measure of table 2 and every verdict that does not hold; "
        "assumptions with at least 10% of the variance. An R² above what noise leaves is not believed."
    )
    yield ""
    yield _row(
        "policy, measure", "R²", "assumption", "of the variance", "a higher value", "median", "range", "turns at"
    )
    yield _row(*["---"] * 8)
    for row in turning.to_dict("records"):
        policy, measure = str(row["scenario"]), str(row["measure"])
        if measure != focus and (policy, measure) not in is_open:
            continue
        if policy not in TURNING_OF.get(question, (policy,)):
            continue
        head = f"{names[policy]}, {WORDS.measure(measure)}"
        fit = f"{percent(float(row['r2']))} ({percent(float(row['attainable_r2']))})"
        parameter = str(row["parameter"])
        if parameter and float(row["r2"]) > float(row["attainable_r2"]):
            if head not in noise:
                yield _row(head, fit, "not told apart from noise", *[""] * 5)
            noise.add(head)
            continue
        if parameter and float(row["variance_share"]) < LEAST_SHARE:
            continue
        if not parameter:
            yield _row(head, fit, "none stands out", *[""] * 5)
            continue
        low, median, high, turns_at = (
            parameter_number(parameter, float(row[column])) for column in ("low", "median", "high", "turning_value")
        )
        is_inside = math.isfinite(float(row["turning_value"]))
        yield _row(
            *(head, fit, called[parameter], percent(float(row["variance_share"]))),
            WORDS.say("slope_up" if float(row["standardised"]) > 0.0 else "slope_down"),
            *(median, f"{low} to {high}", turns_at if is_inside else "nowhere in the range"),
        )


def _held_out() -> Iterator[str]:
    figures = pd.read_csv(ROOT / "calibration" / "fitted" / "xichou.figures.csv", encoding="utf-8-sig")
    yield "**Table 4. Figures that the fit did not use**, as reported and as the fit predicts them (90 % in brackets)."
    yield ""
    yield _row("figure", "reported", "at the fit", "over the posterior", "met")
    yield _row(*["---"] * 5)
    for row in _records(figures[figures["held_out"]]):
        numbers = ("reported", "fitted", "predictive_median", "predictive_low", "predictive_high")
        reported, fitted, median, low, high = (_figure(float(row[name]), str(row["unit"])) for name in numbers)
        bound = {"at_least": "at least ", "about": "about "}[str(row["bound"])]
        is_met = "yes" if row["within"] else "no"
        yield _row(str(row["name_en"]), bound + reported, fitted, f"{median} ({low} to {high})", is_met)


def _figure(value: float, unit: str) -> str:
    return quantity(value, Kind.SHARE, 0) if unit == "share" else quantity(value, Kind.PLAIN, 0)


def parameter_names() -> dict[str, str]:
    """Return the English name of every parameter of Xichou's fit by its id, with its unit where it has one."""
    table = pd.read_csv(ROOT / "calibration" / "fitted" / "xichou.parameters.csv", encoding="utf-8-sig")
    return {str(row["parameter"]): str(row["name_en"]) for row in table.to_dict("records")}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


# --- the texts ---

START: Final = "<!-- tables: python -m tests.golden.flagship_pages -->"
END: Final = "<!-- end of tables -->"


def text_of(question: str) -> str:
    """Return a question's text as it is."""
    return (TEXTS / f"{question}.md").read_text(encoding="utf-8")


def parts_of(text: str) -> tuple[str, str, str]:
    """Cut a text into what stands before its tables, the tables, and what stands after them."""
    before, rest = text.split(START)
    inside, after = rest.split(END)
    return before, inside.strip("\n"), after


def write_tables(question: str) -> None:
    """Write the tables of a question's text anew."""
    before, _, after = parts_of(text_of(question))
    written = f"{before}{START}\n\n{tables(question)}\n\n{END}{after}"
    (TEXTS / f"{question}.md").write_text(written, encoding="utf-8", newline="\n")


def _latest(out: Path, question: str) -> Path:
    (run,) = (out / ("xichou" if question == "sink_share" else question)).iterdir()
    return run


def main() -> None:
    """Keep result files if asked, then write every table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posterior", type=Path, help="output folder of compare --posterior")
    asked.add_argument("--fixed", type=Path, help="output folder of compare under fixed parameters")
    asked.add_argument("--only", nargs="*", default=list(QUESTIONS))
    wanted = asked.parse_args()
    for question in wanted.only:
        if wanted.posterior:
            keep_posterior(question, _latest(wanted.posterior, question))
        if wanted.fixed:
            keep_fixed(question, _latest(wanted.fixed, question))
        write_tables(question)


if __name__ == "__main__":
    main()
