"""Writes a made-up run folder, complete but without any engine: a county of 4 towns and 24 villages, six scenarios."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from sim.experiment.manifest import Manifest, ReplicationsDone, RunWarning, StressDone, write_manifest
from sim.outcomes.definition import GROUP_PREFIX, Rows
from sim.outcomes.measures import HEADLINE_MEASURES, MEASURES
from sim.specification.schema.scenario import AutomaticReplications
from sim.stats import MeasureKey, compare_with_baseline, comparison_table

QUESTION = {"zh": "干部下沉是否值得？", "en": "Is sinking staff worth it?"}
TIERS = {"grid": ("网格", "Grid"), "village": ("村", "Village"), "town": ("乡镇", "Town"), "county": ("县", "County")}
CATEGORIES = {"neighbours": ("邻里纠纷", "Neighbours"), "land": ("土地山林", "Land and forest")}
GROUPS = {
    "grid_workers": ("grid", "专职网格员", "Grid workers"),
    "village_mediators": ("village", "村级人民调解员", "Village mediators"),
    "town_cadres": ("town", "乡镇综治干部", "Town cadres"),
    "county_centre": ("county", "县级矛调中心", "County mediation centre"),
}
SCENARIOS = {
    "baseline": ("基线方案", "Baseline", 0.0),
    "sink_staff_to_grids": ("人员下沉网格", "Sink staff into grids", -0.05),
    "relieve_admin": ("为基层减负", "Relieve administration", 0.03),
    "graded_triage": ("分级分流", "Graded triage", 0.01),
    "strengthen_town": ("做强乡镇", "Strengthen towns", 0.05),
    "all_round_desk": ("一专多能窗口", "All-round desk", 0.0),
}
UNPAIRED = "all_round_desk"
REPLICATIONS = 20
VILLAGES = 24
DAYS = 3 * 365
SHARES = {
    "settled_share_180d": 0.562,
    "settled_by_parties_share_180d": 0.01,
    "settled_at_tier_share_180d": 0.12,
    "adjudicated_share_180d": 0.02,
    "withdrawn_share_180d": 0.12,
    "faded_share_180d": 0.15,
    "incident_share_180d": 0.004,
    "open_share_180d": 0.084,
}
STRESSED = {
    "staff_groups.town_cadres.posts": (60, 90, 140),
    "staff_groups.town_cadres.admin_share": (0.3, 0.45, 0.7),
    "tiers.town.sessions.talk.effort_hours.mean_hours": (12.0, 25.0, 50.0),
    "hardening.logit_per_30_days": (0.0, 0.15, 0.45),
    "patrol.find_prob": (0.1, 0.3, 0.6),
}


def assumed(value: Any, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """Return a record with basis assumed."""
    record = {"value": value, "basis": "assumed", "source": "made up for this test"}
    return record | ({} if low is None else {"range": [low, high]})


def resolved(scenario: str, *, hostile: bool = False) -> dict[str, Any]:
    """Return the content of a resolved scenario file; `hostile` puts mark-up into every name."""
    zh, en, _ = SCENARIOS[scenario]
    wrap = "<script>alert('{}')</script> & \"{}\"" if hostile else "{}"

    def name(chinese: str, english: str) -> dict[str, str]:
        return {"zh": wrap.replace("{}", chinese), "en": wrap.replace("{}", english)}

    posts = 60 if scenario == "sink_staff_to_grids" else 90
    return {
        "schema_version": 1,
        "place": name("样例县", "Sample County"),
        "name": name(zh, en),
        "description": name(f"虚构数据：{zh}。", f"Made-up figures: {en}."),
        "horizon": {
            "start_date": "2024-01-01",
            "warmup_years": 1,
            "cohort_years": 1,
            "follow_days": 365,
            "latent_days": 365,
        },
        "experiment": {
            "seed": 7,
            "replications": {"rule": "automatic", "cap": 40, "relative_precision": 0.05},
            "question": QUESTION,
        },
        "measures": {"equity_tier": "village", "village_tier": "village", "indifference_share": 0.01},
        "statutory_calendar": {"rule": "listed", "closed_days": [], "make_up_days": [], "assumed_years": [2027]},
        "tiers": {id_: _tier(id_, name(*names)) for id_, names in TIERS.items()},
        "units": {"by": "table", "rows": [{"unit_id": "v1", "tier": "village", "population_persons": 10}]},
        "household": {"persons": {"value": 3.2, "basis": "reported", "source": "figure-12"}},
        "staff_groups": {
            id_: {
                "name": name(chinese, english),
                "tier": tier,
                "posts": assumed(posts if tier == "town" else 40, 30, 140),
                "admin_share": assumed(0.25 if scenario == "relieve_admin" else 0.45, 0.25, 0.7),
                "patrol_share": {"value": 0.1, "basis": "literature", "source": "Freeman 2017"},
                "ability_logit": {"value": 0.4, "basis": "fitted", "source": "closed form"},
                "authority_logit": {category: assumed(0.2) for category in CATEGORIES},
                "wage_yuan_per_hour": {"value": 25, "basis": "transferred", "source": "figure-3"},
            }
            for id_, (tier, chinese, english) in GROUPS.items()
        },
        "emergence": {"rate_per_1000_per_year": {"value": 9.25, "basis": "reported", "source": "figure-1"}},
        "season": {"monthly_index": assumed([1.2, 1.1, 1, 1, 1, 1, 1, 1, 0.9, 0.9, 1, 1.1])},
        "categories": {
            id_: {"name": name(*names), "share": assumed(0.5), "households_involved": 2}
            for id_, names in CATEGORIES.items()
        },
        "patrol": {"hours_per_visit": assumed(0.5, 0.25, 1.0), "find_prob": assumed(0.3, 0.1, 0.6)},
        "hardening": {"logit_per_30_days": assumed(0.15, 0.0, 0.45), "cap_days": assumed(720)},
        "triage": {"rule": "graded" if scenario == "graded_triage" else "lowest_first"},
    }


def _tier(tier: str, name: dict[str, str]) -> dict[str, Any]:
    effort = {"distribution": "lognormal", "mean_hours": assumed(25.0, 12.0, 50.0), "cv": assumed(0.8)}
    talk = {
        "mode": "desk",
        "groups": [group for group, (home, *_) in GROUPS.items() if home == tier],
        "effort_hours": effort,
    }
    return {"kind": tier, "name": name, "sessions": {} if tier == "grid" else {"talk": talk}}


def write_run_folder(
    path: Path, *, scenarios: tuple[str, ...] = tuple(SCENARIOS), robustness: bool = True, hostile: bool = False
) -> Path:
    """Write a run folder of the given scenarios, the first the baseline; return its path."""
    path.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(11)
    luck = rng.normal(size=(len(MEASURES), REPLICATIONS))
    measures = pd.concat([_measures(scenario, luck) for scenario in scenarios], ignore_index=True)
    measures.to_parquet(path / "measures.parquet", index=False)
    _units(scenarios, rng).to_parquet(path / "units.parquet", index=False)
    _series(scenarios).to_parquet(path / "series.parquet", index=False)
    _distributions(scenarios).to_parquet(path / "distributions.parquet", index=False)
    if len(scenarios) > 1:
        _comparison(measures, scenarios).to_csv(path / "comparison.csv", index=False, encoding="utf-8-sig")
    if robustness and len(scenarios) > 1:
        _robustness(scenarios).to_parquet(path / "robustness.parquet", index=False)
        screening = pd.DataFrame({"path": list(STRESSED), "swing": [0.12 / (n + 1) for n in range(len(STRESSED))]})
        screening.to_csv(path / "screening.csv", index=False, encoding="utf-8-sig")
    sources = pd.DataFrame(
        {
            "id": ["figure-1", "figure-3"],
            "citation_zh": ["样例统计，表一", "样例工资表"],
            "citation_en": ["Sample statistics, table one", "Sample wages"],
        }
    )
    sources.to_csv(path / "sources.csv", index=False, encoding="utf-8-sig")
    yaml = YAML(typ="safe", pure=True)
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    for scenario in scenarios:
        with (path / f"scenario.{scenario}.resolved.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(resolved(scenario, hostile=hostile), file)
    write_manifest(path, _manifest(scenarios, robustness=robustness and len(scenarios) > 1))
    environment = {"engine": "simpy", "python": "3.11.9", "packages": {"numpy": "2.4.6", "simpy": "4.1.2"}}
    (path / "environment.json").write_text(json.dumps(environment), encoding="utf-8")
    return path


def _manifest(scenarios: tuple[str, ...], *, robustness: bool) -> Manifest:
    warning = RunWarning(
        code="truncation_after_warmup",
        scenario="baseline",
        tier="county",
        fields={"warmup_days": 365, "truncation_days": 410, "suggested_warmup_days": 730},
    )
    stress = StressDone(
        focus_policy="sink_staff_to_grids",
        focus_measure="settled_share_180d",
        screen_replications=4,
        verdict_replications=10,
        screened_count=8,
        without_range=("season.monthly_index", "hardening.cap_days"),
        not_possible=(),
        values=tuple(STRESSED),
    )
    return Manifest(
        run_id="0123456789abcdef",
        study="sample",
        command="python run_sim.py compare scenarios/sample",
        scenarios=scenarios,
        seed=7,
        rule=AutomaticReplications(rule="automatic", cap=40, relative_precision=0.05),
        with_records=False,
        code_digest="0" * 64,
        replications=ReplicationsDone(
            rule="automatic",
            count=REPLICATIONS,
            cause="criteria_met",
            cap=40,
            relative_precision=0.05,
            level=0.95,
            looks=6,
        ),
        emergence=dict.fromkeys(scenarios, "0" * 64),
        unpaired=tuple(scenario for scenario in scenarios if scenario == UNPAIRED),
        warnings=(warning,),
        audits=6,
        robustness=stress if robustness else None,
        files={},
    )


def _measures(scenario: str, luck: np.ndarray) -> pd.DataFrame:
    """Levels that differ by scenario, tier and category, with the same luck in every scenario."""
    effect = SCENARIOS[scenario][2]
    rows: list[tuple[str, int, str, str, str, float]] = []
    for position, measure in enumerate(MEASURES.values()):
        keys = []
        for kind in measure.rows:
            keys += {
                Rows.WHOLE: [("", "")],
                Rows.CATEGORY: [("", category) for category in CATEGORIES],
                Rows.TIER: [(tier, "") for tier in TIERS],
                Rows.GROUP: [(GROUP_PREFIX + group, "") for group in GROUPS],
            }[kind]
        for place, (tier, category) in enumerate(keys):
            level = _level(measure.id, measure.unit) * (1 + 0.1 * place)
            sign = -1 if measure.direction.value == "lower" else 1
            for replication in range(REPLICATIONS):
                own = 0.004 * np.sin(17 * replication + 5 * position + 29 * effect + len(scenario))
                value = level * (1 + sign * effect * (1 - position % 3) + 0.03 * luck[position, replication] + own)
                rows.append((scenario, replication, measure.id, tier, category, float(value)))
    return pd.DataFrame(rows, columns=["scenario", "replication", "measure", "tier", "category", "value"])


def _level(measure: str, unit: str) -> float:
    if unit == "share":
        return SHARES.get(measure, 0.06)
    return {"ratio": 0.2, "yuan": 830.0, "days": 62.0, "yuan per year": 8_400_000.0, "hours per year": 41_000.0}.get(
        unit, 7.0
    )


def _comparison(measures: pd.DataFrame, scenarios: tuple[str, ...]) -> pd.DataFrame:
    directions = {measure: MEASURES[measure].direction.value for measure in HEADLINE_MEASURES}
    return comparison_table(
        compare_with_baseline(
            measures,
            baseline=scenarios[0],
            policies=scenarios[1:],
            family=[MeasureKey(measure) for measure in HEADLINE_MEASURES],
            others=[MeasureKey("open_share_180d")],
            directions=directions,
            unpaired_policies=[policy for policy in scenarios[1:] if policy == UNPAIRED],
            relative_indifference=0.01,
        )
    )


def _units(scenarios: tuple[str, ...], rng: np.random.Generator) -> pd.DataFrame:
    spread = rng.normal(0, 0.05, VILLAGES)
    tables = []
    for scenario in scenarios:
        emerged = 300 + 25 * np.arange(VILLAGES)
        chance = np.clip(0.55 + SCENARIOS[scenario][2] + spread, 0, 1)
        table = pd.DataFrame({"unit_id": [f"v{n}" for n in range(VILLAGES)], "tier": "village", "persons": emerged * 4})
        table["emerged_count"] = emerged
        table["surfaced_count"] = (emerged * 0.8).astype(int)
        table["settled_180d_count"] = (emerged * chance).astype(int)
        tables.append(table.assign(scenario=scenario))
    return pd.concat(tables, ignore_index=True)


def _series(scenarios: tuple[str, ...]) -> pd.DataFrame:
    day = np.arange(DAYS)
    tables = []
    for scenario in scenarios:
        for position, tier in enumerate(TIERS):
            rise = (1 - np.exp(-day / 200)) * (1 + 2 * SCENARIOS[scenario][2]) * (position > 0)
            use = np.where(day % 7 < 5, 0.2 * position * rise * (1 + 0.1 * np.sin(day / 58)), np.nan)
            backlog = 30 * (4 - position) * rise * (1 + 0.1 * np.sin(day / 58))
            tables.append(
                pd.DataFrame(
                    {
                        "scenario": scenario,
                        "tier": tier,
                        "day": day,
                        "backlog": backlog,
                        "queue": backlog / 2,
                        "utilisation": use,
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)


def _distributions(scenarios: tuple[str, ...]) -> pd.DataFrame:
    low_days = np.arange(365.0)
    tables = []
    for scenario in scenarios:
        for quantity, scale in (("settlement", 0.55), ("resolution", 0.85)):
            until = 20_000 * (scale + SCENARIOS[scenario][2]) * (1 - np.exp(-np.arange(366) / 70))
            count = np.diff(until.astype(int))
            table = pd.DataFrame({"quantity": quantity, "bin_low_days": low_days, "count": count, "of": 20_000})
            tables.append(table.assign(scenario=scenario))
    return pd.concat(tables, ignore_index=True)


def _robustness(scenarios: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for number, (path, (low, base, high)) in enumerate(STRESSED.items()):
        for policy in scenarios[1:]:
            for measure in HEADLINE_MEASURES:
                scale = _level(measure, MEASURES[measure].unit)
                for end, value, shift in (("low", low, -1), ("base", base, 0), ("high", high, 1)):
                    sign = -1 if MEASURES[measure].direction.value == "lower" else 1
                    better_by = SCENARIOS[policy][2] + shift * 0.06 / (number + 1)
                    verdict = "better" if better_by > 0.012 else "worse" if better_by < -0.012 else "unclear"
                    difference = sign * scale * better_by
                    ends = (difference - 0.012 * scale, difference + 0.012 * scale)
                    rows.append(
                        (path, end, float(value), policy, measure, difference, *ends, verdict, 0.12 / (number + 1))
                    )
    columns = ["path", "end", "value", "scenario", "measure", "difference", "low", "high", "verdict", "swing"]
    return pd.DataFrame(rows, columns=columns)
