"""The method in short, what to beware of, and how to reproduce the run."""

from collections.abc import Iterator

from sim.experiment.manifest import RunWarning
from sim.report.answer import level_text
from sim.report.folder import RunFolder
from sim.report.numbers import Kind, plain, quantity
from sim.report.paths import path_label
from sim.report.resolved_scenario import UNSTATED
from sim.report.wording import Wording

_WARMUP_CODES = ("truncation_after_warmup", "truncation_beyond_half", "stock_still_changing")


def method_sentences(folder: RunFolder, words: Wording) -> tuple[str, ...]:
    """Return how the run was done: span, cohort, replications and why they stopped, pairing, and what is left out."""
    horizon, replications = folder.baseline.content["horizon"], folder.manifest.replications
    span = {"warmup": horizon["warmup_years"], "cohort": horizon["cohort_years"], "follow": horizon["follow_days"]}
    cause = f"stop_{replications.cause}"
    reason = words.say(
        cause if cause in words.sentences else "stop_",
        precision=quantity(replications.relative_precision or 0.0, Kind.SHARE, 0),
        cap=replications.cap or replications.count,
    )
    sentences = [
        words.say("method_span", start=horizon["start_date"], **span),
        words.say("method_cohort", cohort=horizon["cohort_years"]),
        words.say("method_replications", count=plain(replications.count, 0), reason=reason).strip(),
    ]
    if folder.policies:
        sentences.append(words.say("method_paired", level=level_text(folder)))
    return (*sentences, words.say("audits_passed", count=folder.manifest.audits), words.say("method_left_out"))


def warning_sentences(folder: RunFolder, words: Wording) -> tuple[str, ...]:
    """Return everything that weakens the run, each once: unpaired policies, warm-up, holidays, replications, bases."""
    return tuple(dict.fromkeys(_warnings(folder, words)))


def _warnings(folder: RunFolder, words: Wording) -> Iterator[str]:
    names = {scenario.id: scenario.text("name", words.language) for scenario in folder.scenarios}
    welch = folder.comparison.loc[folder.comparison["method"] == "welch", "policy"]
    for policy in dict.fromkeys([*folder.manifest.unpaired, *welch]):
        yield words.say("warning_unpaired", scenario=names.get(policy, policy))
    replications = folder.manifest.replications
    if replications.cause == "cap_reached":
        yield words.say("warning_cap_reached", cap=replications.cap or replications.count)
    if replications.cause == "interrupted":
        yield words.say("warning_interrupted")
    for warning in folder.manifest.warnings:
        yield _warning(folder, warning, names, words)
    years = folder.baseline.content["statutory_calendar"].get("assumed_years") or []
    if years:
        yield words.say("warning_assumed_holidays", years=words.join([str(year) for year in years]))
    unstated = sum(value.basis == UNSTATED for value in folder.baseline.recorded)
    if unstated:
        yield words.say("warning_unstated", count=plain(unstated, 0))


def _warning(folder: RunFolder, warning: RunWarning, names: dict[str, str], words: Wording) -> str:
    scenario = names.get(warning.scenario, warning.scenario)
    if warning.code == "unpaired":
        return words.say("warning_unpaired", scenario=scenario)
    if warning.code in _WARMUP_CODES:
        tier = folder.baseline.name_of("tiers", warning.tier, words.language)
        fields = {"warmup_days": "–", "truncation_days": "–", **warning.fields}
        return words.say(
            f"warning_{warning.code}", scenario=scenario, tier=tier or words.say("warning_all_tiers"), **fields
        )
    if warning.code == "posterior_values_lacking":
        labels = [path_label(folder.baseline, path, words) for path in str(warning.fields["paths"]).split(", ")]
        return words.say("warning_posterior_values_lacking", paths=words.join(labels))
    details = words.join([f"{key} {value}" for key, value in warning.fields.items()])
    return words.say("warning_other", code=warning.code, details=details).strip()
