"""Writes a made-up result folder of a calibration, complete but without any simulation: a fitted county."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.report.calibration_tables import (
    CONFLICT_COLUMNS,
    FIGURE_COLUMNS,
    PAIR_COLUMNS,
    PARAMETER_COLUMNS,
    CalibrationManifest,
    ConflictRow,
    FigureRow,
    LocalText,
    PairRow,
    ParameterRow,
)

DRAWS, PREDICTIVE_DRAWS, ROWS, ACCEPTED = 500, 200, 3000, 600
EMERGENCE = "value:emergence.rate_per_1000_per_year"
XICHOU = LocalText(zh="云南省西畴县", en="Xichou county, Yunnan")
FIT = LocalText(zh="西畴县校准", en="Xichou county fitted to its reported figures")
READING = LocalText(
    zh="1583个村组按“十年无上交县处理纠纷”理解。", en="The 1,583 groups are those of which nothing went to the county."
)
FOLDER = Path(__file__).parent / "made_up_calibration"
WEIGHTY = "recurred_share_365d"
PARAMETERS = pd.read_csv(FOLDER / "parameters.csv", encoding="utf-8").set_index("parameter", drop=False)
"""Medians and standard deviations, the latter on the parameter's scale."""
TARGETS = pd.read_csv(FOLDER / "targets.csv", encoding="utf-8", keep_default_na=False).set_index("target", drop=False)
"""The mediation cases and the lower end of a mediator's cases are missed."""
COVERAGE = {f"coverage_50{end}": share for end, share in (("", 0.507), ("_low", 0.459), ("_high", 0.541))}
COVERAGE |= {f"coverage_90{end}": share for end, share in (("", 0.894), ("_low", 0.875), ("_high", 0.923))}
INFORMED = tuple(PARAMETERS["parameter"][PARAMETERS["informed"]])


def write_calibration(
    path: Path,
    *,
    informed: tuple[str, ...] = INFORMED,
    conflicts: tuple[ConflictRow, ...] = (),
    transferred: bool = False,
    names: dict[str, str] | None = None,
) -> Path:
    """Write the folder and return it; a transferred place has held-out figures only, and nothing accepted."""
    path.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(20181231)
    targets = TARGETS[TARGETS["held_out"]] if transferred else TARGETS
    draws = {kind: _draws(generator, kind, informed) for kind in ("prior", "posterior")}
    parameters = [
        _parameter(row, draws, is_informed=id_ in informed, transferred=transferred, names=names or {})
        for id_, row in PARAMETERS.iterrows()
    ]
    rows: dict[str, tuple[tuple[str, ...], list[Any]]] = {
        "figures.csv": (FIGURE_COLUMNS, [_figure(row) for _, row in targets.iterrows()]),
        "parameters.csv": (PARAMETER_COLUMNS, parameters),
        "pairs.csv": (PAIR_COLUMNS, _pairs(draws["posterior"])),
        "conflicts.csv": (CONFLICT_COLUMNS, list(conflicts)),
    }
    for file, (columns, records) in rows.items():
        table = pd.DataFrame([asdict(record) for record in records], columns=list(columns))
        flags = table.select_dtypes("bool").columns
        write(path / file, table.assign(**{flag: table[flag].map({True: "true", False: "false"}) for flag in flags}))
    write(path / "implications.csv", pd.read_csv(FOLDER / "implications.csv", encoding="utf-8", dtype=str))
    for kind, table in draws.items():
        write(path / f"{kind}.csv", table)
    write(path / "predictive.csv", _predictive(generator, targets, draws, transferred=transferred))
    _write_manifest(path, transferred=transferred)
    return path


def write(path: Path, table: pd.DataFrame) -> None:
    """Write a table as the folder has it."""
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _draws(generator: np.random.Generator, kind: str, informed: tuple[str, ...]) -> pd.DataFrame:
    columns: dict[str, Any] = {"draw": np.arange(DRAWS)}
    for id_, row in PARAMETERS.iterrows():
        taken = "posterior" if kind == "posterior" and (id_ in informed or not row["informed"]) else "prior"
        middle, spread = row[f"{taken}_median"], row[f"{taken}_sd"] * generator.standard_normal(DRAWS)
        values = middle * np.exp(spread) if row["scale"] == "log" else middle + spread
        columns[f"parameter:{id_}"] = np.clip(values, 0.001, 0.999 if row["unit"] == "share" else np.inf)
    table = pd.DataFrame(columns)
    if kind == "posterior":
        village, town = (f"parameter:{id_}" for id_ in ("settled_in_village_share", "settled_at_town_share"))
        table[town] = np.clip(0.915 - 0.9 * (table[village] - 0.8) + 0.3 * (table[town] - 0.915), 0.0, 1.0)
        found, surfaced = (f"parameter:{id_}" for id_ in ("found_per_1000_per_year", "surfaced_share"))
        table[EMERGENCE] = table[found] / table[surfaced]
    return table


def _parameter(
    row: Any, draws: dict[str, pd.DataFrame], *, is_informed: bool, transferred: bool, names: dict[str, str]
) -> ParameterRow:
    id_, nothing = str(row["parameter"]), float("nan")
    samples = {kind: table[f"parameter:{id_}"].to_numpy() for kind, table in draws.items()}
    ends = {kind: np.quantile(values, (0.05, 0.5, 0.95)).tolist() for kind, values in samples.items()}
    before, after = (np.var(np.log(values) if row["scale"] == "log" else values) for values in samples.values())
    is_tested = is_informed and not transferred
    contraction = nothing if transferred else 1.0 - float(after / before)
    values: dict[str, Any] = {
        **{column: row[column] for column in ("parameter", "name_zh", "name_en", "unit", "scale")},
        **{f"{kind}_{end}": ends[kind][k] for kind in ends for k, end in enumerate(("low", "median", "high"))},
        "method": "prior" if transferred else "closed_form" if id_ == "found_per_1000_per_year" else "abc",
        "basis": ("transferred" if transferred else "fitted") if is_informed else "assumed",
        "informed": is_informed and not transferred,
        "point": ends["posterior" if is_informed else "prior"][1],
        "contraction": 0.97 * contraction,
        "contraction_here": contraction,
        **{column: tested if is_tested else nothing for column, tested in COVERAGE.items()},
        "coverage_rows": 1000 if is_tested else 0,
        "coverage_ok": True if is_tested else None,
        "sets": "",
        "source": "xichou_settled_in_village_share" if is_informed else "",
    }
    return ParameterRow(**values | names)


def _figure(row: Any) -> FigureRow:
    fitted, reported, spread = row["fitted"], row["reported"], 1.64 * row["relative_sd"]
    is_met = {"at_least": fitted >= reported, "at_most": fitted <= reported}.get(row["bound"], True)
    given = ("target", "figure", "quantity", "unit", "definition", "held_out", "bound", "name_zh", "name_en")
    return FigureRow(
        **{column: row[column] for column in given},
        period="2020" if row["held_out"] else "10 years to about 2018",
        reported=reported,
        fitted=fitted,
        fitted_half_width=fitted * 0.004,
        residual=fitted - reported,
        predictive_low=fitted * (1.0 - spread),
        predictive_median=fitted,
        predictive_high=min(fitted * (1.0 + spread), 0.99 if row["unit"] == "share" else np.inf),
        error_scale=row["error_scale"],
        discrepancy_sd=float(row["discrepancy_sd"] or "nan"),
        within=bool(is_met),
        reason_zh="" if row["held_out"] else "统计口径和人口基数各不相同，二项误差过窄。",
        reason_en="" if row["held_out"] else "Definitions and populations differ; a binomial error is false precision.",
        source_zh="云南省创新实践调研（约2019年）",
        source_en="Survey of Yunnan's practices (about 2019)",
    )


def _pairs(posterior: pd.DataFrame) -> list[PairRow]:
    pairs = [("settled_in_village_share", "settled_at_town_share"), (EMERGENCE, "surfaced_share")]
    names = [tuple(name if name in posterior else f"parameter:{name}" for name in pair) for pair in pairs]
    return [
        PairRow(*pair, float(np.corrcoef(posterior[first], posterior[second])[0, 1]))
        for pair, (first, second) in zip(pairs, names, strict=True)
    ]


def _predictive(
    generator: np.random.Generator, targets: pd.DataFrame, draws: dict[str, pd.DataFrame], *, transferred: bool
) -> pd.DataFrame:
    """What is predicted follows the parameter WEIGHTY besides chance."""
    tables = []
    for kind, widening in (("posterior", 1.0),) if transferred else (("prior", 5.0), ("posterior", 1.0)):
        columns: dict[str, Any] = {"kind": kind, "draw": np.arange(PREDICTIVE_DRAWS)}
        weighty = draws[kind][f"parameter:{WEIGHTY}"][:PREDICTIVE_DRAWS].to_numpy()
        weight = np.sqrt(0.5) * (weighty - weighty.mean()) / weighty.std()
        for id_, row in targets.iterrows():
            centre = row["fitted"] if kind == "posterior" else row["fitted"] * 0.9
            chance = np.sqrt(0.5) * generator.standard_normal(PREDICTIVE_DRAWS)
            values = centre * np.exp(row["relative_sd"] * widening * (weight + chance))
            columns[str(id_)] = np.minimum(values, {"share": 0.999, "groups": 1772}.get(row["unit"], np.inf))
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _write_manifest(path: Path, *, transferred: bool) -> None:
    manifest = CalibrationManifest(
        place="jinjiang" if transferred else "xichou",
        place_name=LocalText(zh="晋江市", en="Jinjiang") if transferred else XICHOU,
        name=LocalText(zh="晋江市（借用）", en="Jinjiang, transferred") if transferred else FIT,
        description=None if transferred else READING,
        command="python run_sim.py calibrate calibration/targets/xichou.yaml",
        targets_file="calibration/targets/xichou.yaml",
        seed=20181231,
        rows=0 if transferred else ROWS,
        draws=DRAWS,
        accepted=0 if transferred else ACCEPTED,
        predictive_draws=PREDICTIVE_DRAWS,
        warmup_years=1,
        record_years=10,
        follow_days=180,
        informed_from=0.5,
        synthetic_data_sets=0 if transferred else 1000,
        transferred_from="xichou" if transferred else "",
        transferred_name=FIT if transferred else None,
        widened_by=1.5 if transferred else 1.0,
        code_digest="5f" * 32,
        targets_digest="a7" * 32,
        files={file.name: "0c" * 32 for file in sorted(path.glob("*.csv"))},
    )
    content = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=2)
    (path / "manifest.json").write_text(content, encoding="utf-8")
