"""A made-up county of three tiers, 120 groups and 200 disputes, with what it is fitted to; it takes 50 ms to simulate.

Figures must stand in the ledger, so figures of elsewhere are borrowed for their size.
"""

from pathlib import Path

from calibration.fit.observation import Observation, observations
from calibration.fit.place import PlaceToFit
from calibration.fit.reading_place import place_to_fit
from calibration.ledger import load_ledger
from sim.cli.sources import known_figures, known_sources
from sim.specification.targets import read_targets

ROOT = Path(__file__).parents[4]
LEDGER = load_ledger()

BASELINE = """\
schema_version: 1
place: {zh: 小县, en: Small county}
name: {zh: 基线方案, en: Baseline}
description: {zh: 测试用的小县, en: A small county for tests.}
horizon: {start_date: 2024-01-01, warmup_years: 0, cohort_years: 1, follow_days: 180, latent_days: 90}
experiment: {seed: 7, replications: {rule: fixed, count: 2}}
measures: {equity_tier: village, village_tier: village, indifference_share: 0.05}
statutory_calendar: {rule: every_day}
calendars: {always: {kind: always}}
tiers:
  grid:
    kind: grid
    name: {zh: 村组, en: Group}
    sessions: {talk: {mode: desk, groups: [neighbours], effort_hours: {distribution: exponential, mean_hours: 2}}}
  village:
    kind: village
    name: {zh: 村, en: Village}
    sessions: {talk: {mode: desk, groups: [cadres], effort_hours: {distribution: exponential, mean_hours: 5}}}
  county:
    kind: county
    name: {zh: 县, en: County}
    sessions: {talk: {mode: desk, groups: [centre], effort_hours: {distribution: exponential, mean_hours: 40}}}
units: {by: count, counts: {grid: 120, village: 6, county: 1}, population_persons: 5000}
household: {persons: 4}
staff_groups:
  neighbours:
    name: {zh: 村组调解员, en: Group mediators}
    tier: grid
    posts: 120
    calendar: always
    admin_share: 0
    patrol_share: 0.1
    based_at: grid
    ability_logit: {value: 1, basis: assumed, range: [0, 2]}
    wage_yuan_per_hour: 5
  cadres:
    name: {zh: 村干部, en: Cadres}
    tier: village
    posts: 12
    calendar: always
    admin_share: {value: 0.5, basis: assumed, range: [0.3, 0.7]}
    patrol_share: 0
    based_at: village
    ability_logit: 1
    wage_yuan_per_hour: 20
  centre:
    name: {zh: 县中心, en: County centre}
    tier: county
    posts: {value: 2, basis: assumed, range: [1, 4]}
    calendar: always
    admin_share: 0
    patrol_share: 0
    based_at: county
    ability_logit: 2
    wage_yuan_per_hour: 40
emergence: {rate_per_1000_per_year: {value: 20, basis: assumed, range: [10, 40]}}
frailty: {shape: {value: 2, basis: assumed, range: [1, 3]}, fixed: false}
categories:
  all:
    name: {zh: 各类, en: All}
    share: 1
    households_involved: 1
    difficulty_mean_logit: 0
    difficulty_sd_logit: {value: 1, basis: assumed, range: [0.7, 1.4]}
    effort_factor: 1
latent:
  self_report_days: {all: {distribution: exponential, mean_days: 30}}
  fade_days: {distribution: exponential, mean_days: {value: 120, basis: assumed, range: [60, 240]}}
hardening: {logit_per_30_days: {value: 0.3, basis: assumed, range: [0, 1]}, cap_days: 365}
patrol: {hours_per_visit: 0.5, find_prob: 0.2}
triage: {rule: lowest_first}
queue: {order: first_come}
settlement: {gain_per_session_logit: 0, noise_correlation: {value: 0.5, basis: assumed, range: [0.2, 0.8]}}
"""

TARGETS = """\
targets_version: 1
place: small
name: {zh: 小县校准, en: Small county fitted}
baseline: ../../scenarios/small/baseline.yaml
seed: 7
window: {warmup_years: 0, record_years: 2, follow_days: 180}
reference_table: {rows: 60}
posterior: {draws: 20, accepted_share: 0.5, predictive_draws: 10}
ranged_assumptions: triangular
parameters:
  found_per_1000_per_year:
    name: {zh: 发现率, en: Found}
    prior: {distribution: lognormal, median: 15, within_90: [5, 45]}
    basis: assumed
  recorded_share:
    name: {zh: 登记率, en: Recorded}
    prior: {distribution: triangular, low: 0.7, mode: 0.9, high: 1}
    basis: assumed
  settled_in_village_share:
    name: {zh: 村内化解, en: Settled in the village}
    prior: {distribution: uniform, low: 0.3, high: 0.98}
    basis: assumed
  lowest_tier_part_of_village_share:
    name: {zh: 其中村组化解, en: Of that by the group}
    prior: {distribution: triangular, low: 0.602, mode: 0.723, high: 0.833}
    basis: assumed
  over_reporting_share:
    name: {zh: 虚报, en: Over-reporting}
    prior: {distribution: triangular, low: 0, mode: 0, high: 0.1}
    basis: assumed
  frailty_shape:
    name: {zh: 村组间差异, en: Spread between groups}
    sets: [frailty.shape]
    prior: {distribution: lognormal, median: 0.6, within_90: [0.2, 2]}
    basis: assumed
    source: 'citation: what "people" say'
targets:
  found:
    figure: xichou_county_cases_10y_if_poisson  # 199.9 disputes
    quantity: disputes_found_count
    error: {scale: log, discrepancy_sd: 0.05, reason: {zh: 因, en: why}}
  in_village:
    figure: xichou_settled_in_village_share  # 0.83
    quantity: recorded_settled_in_village_share
    error: {scale: logit, discrepancy_sd: 0.15, reason: {zh: 因, en: why}}
  spared:
    figure: licheng_community_grids  # 85
    quantity: units_without_event_count
    tier: grid
    events: [left_village]
    error: {scale: logit, discrepancy_sd: 0.15, reason: {zh: 因, en: why}}
  handled: {figure: xichou_peoples_mediation_cases_per_year, quantity: mediated_settled_per_year, held_out: true}
  social: {figure: xichou_social_forces_share, quantity: social_forces_share, held_out: true}
"""
FOUND, IN_VILLAGE, SPARED = 199.9, 0.83, 85.0
"""What the figures say."""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with some of its passages replaced, each of which must be there."""
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def write_place(folder: Path, targets: str = TARGETS, baseline: str = BASELINE, place: str = "small") -> Path:
    """Write the baseline and the targets file of a place as a project has them; return the targets file."""
    for path, text in (
        (folder / "scenarios" / place / "baseline.yaml", baseline),
        (folder / "calibration" / "targets" / f"{place}.yaml", targets),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return path


def open_small(folder: Path, targets: str = TARGETS, baseline: str = BASELINE) -> PlaceToFit:
    """Write a place and return it, ready to be fitted."""
    return place_to_fit(read_targets(write_place(folder, targets, baseline), known_sources(), known_figures()), LEDGER)


def figures_of(place: PlaceToFit) -> tuple[Observation, ...]:
    """Return the figures of a place."""
    return observations(place.targets.targets, place.baseline.scenario, LEDGER)
