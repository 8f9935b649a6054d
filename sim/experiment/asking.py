"""From scenario files to a question: which files of a folder are compared, under which ids, in which study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem
from sim.experiment.cited_source import CitedSource
from sim.experiment.posterior_draws import wanted_draws
from sim.experiment.question import NamedScenario, Question, ReplicationRule
from sim.specification.layering import is_overlay_file
from sim.specification.loading import load_scenario
from sim.specification.reading import read_bytes, read_scenario_file
from sim.specification.resolved import ResolvedScenario
from sim.specification.schema.scenario import AutomaticReplications, FixedReplications
from sim.specification.tree import plain_value
from sim.specification.writing import to_yaml
from sim.stats import DEFAULT_RELATIVE_PRECISION, LOOKS

BASELINE_FILE: Final = "baseline.yaml"
_NOT_COMPARED: Final = "_"
"""A file whose name starts so is set aside."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks beyond the files; None leaves it to the baseline's file.

    `replications`: a number, or "auto". `citations` resolve what the scenarios name as sources. `posterior` is a number
    of draws of the sample that the baseline names.
    """

    replications: int | str | None = None
    seed: int | None = None
    with_records: bool = False
    known_sources: frozenset[str] | None = None
    citations: Mapping[str, CitedSource] | None = None
    command: str = ""
    posterior: int | None = None


def files_to_compare(folder: Path) -> list[Path]:
    """Return the folder's baseline.yaml, then in order of name every other *.yaml that is a policy for it.

    A policy extends baseline.yaml, or what extends it, first of all; its name does not start with "_". Any other file
    is a part for policies to extend, or belongs to another baseline. InputError without a baseline or a policy.
    """
    baseline = folder / BASELINE_FILE
    if not baseline.is_file():
        raise InputError([Problem("folder_without_baseline", folder.as_posix())])
    others = sorted(folder.glob("*.yaml"), key=lambda path: path.name)
    policies = [path for path in others if not path.name.startswith(_NOT_COMPARED) and _is_policy(path, baseline)]
    if not policies:
        raise InputError([Problem("folder_without_policies", folder.as_posix())])
    return [baseline, *policies]


def _is_policy(path: Path, baseline: Path) -> bool:
    """Follow what a file extends first; a file that cannot be read counts, so that loading it tells what is wrong."""
    followed: list[Path] = []
    while path.resolve() not in followed:
        followed.append(path.resolve())
        if path.resolve() == baseline.resolve():
            return len(followed) > 1
        try:
            extended = read_scenario_file(path)[0].entries.get("extends")
        except InputError:
            return True
        named = plain_value(extended) if extended is not None else None
        first = named[0] if isinstance(named, list) and named else named
        if not isinstance(first, str):
            return False
        path = path.parent / first
    return True


def ask_run(path: Path, overlays: Sequence[Path], settings: Sequence[str], wanted: Wanted) -> Question:
    """Ask about one scenario, with overlays and settings."""
    resolved = load_scenario(path, overlays, settings, wanted.known_sources)
    return _question([path], [resolved], wanted)


def ask_compare(paths: Sequence[Path], wanted: Wanted) -> Question:
    """Ask for a comparison of scenario files with the first; InputError with the problems of all of them.

    An overlay that extends no scenario, such as a practice of the library, is compared as laid over the first file.
    """
    if len(paths) < 2:
        for path in paths:
            read_bytes(path)
        raise InputError([Problem("compare_needs_two", paths[0].as_posix() if paths else "")])
    loaded: list[ResolvedScenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            below = paths[0] if loaded and is_overlay_file(path) else path
            overlays = () if below == path else (path,)
            loaded.append(load_scenario(below, overlays, known_sources=wanted.known_sources))
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    problems.extend(_equal_ids(paths))
    if not problems:
        problems.extend(_other_places(paths, loaded))
    if problems:
        raise InputError(problems)
    return _question(paths, loaded, wanted)


def _question(paths: Sequence[Path], loaded: Sequence[ResolvedScenario], wanted: Wanted) -> Question:
    baseline = loaded[0].scenario.experiment
    draws, rule = None, wanted_rule(baseline.replications, wanted.replications)
    if wanted.posterior is not None:
        file = paths[0].as_posix()
        draws = wanted_draws(loaded[0], file, wanted.posterior, wanted.replications, with_records=wanted.with_records)
        rule = FixedReplications(rule="fixed", count=draws.replications)
    return Question(
        study=study_of(paths[0]),
        scenarios=tuple(
            NamedScenario(id_of(path), resolved, to_yaml(resolved))
            for path, resolved in zip(paths, loaded, strict=True)
        ),
        seed=baseline.seed if wanted.seed is None else wanted.seed,
        rule=rule,
        with_records=wanted.with_records,
        sources=cited_sources(loaded, wanted.citations or {}),
        command=wanted.command,
        posterior=draws,
    )


def id_of(path: Path) -> str:
    """Return the id of a scenario in its study: the file's name without its ending."""
    return path.name.removesuffix(".yaml").removesuffix(".yml").removesuffix(".resolved").lstrip(".") or "scenario"


def study_of(path: Path) -> str:
    """Return the name of the study: that of the folder in which the first scenario lies."""
    return path.resolve().parent.name.lstrip(".") or "study"


def wanted_rule(rule: ReplicationRule, wanted: int | str | None) -> ReplicationRule:
    """Return the rule that a file states, or what the command line wants instead."""
    if wanted is None:
        return rule
    if isinstance(wanted, int):
        return FixedReplications(rule="fixed", count=wanted)
    if isinstance(rule, AutomaticReplications):
        return rule
    return AutomaticReplications(rule="automatic", cap=LOOKS[-1], relative_precision=DEFAULT_RELATIVE_PRECISION)


def _equal_ids(paths: Sequence[Path]) -> list[Problem]:
    first: dict[str, Path] = {}
    problems = []
    for path in paths:
        # Files are named by ids, and some systems do not tell capitals apart.
        name = id_of(path).casefold()
        if name in first:
            fields = {"other_file": first[name].as_posix(), "id": id_of(path)}
            problems.append(Problem("scenario_twice", path.as_posix(), fields=fields))
        first.setdefault(name, path)
    return problems


def _other_places(paths: Sequence[Path], loaded: Sequence[ResolvedScenario]) -> list[Problem]:
    """All scenarios of a comparison have the same tiers; anything else would not be a policy."""
    expected = tuple(loaded[0].scenario.tiers)
    return [
        Problem(
            "tiers_differ", path.as_posix(), 0, 0, "tiers", {"found": ", ".join(found), "expected": ", ".join(expected)}
        )
        for path, resolved in zip(paths, loaded, strict=True)
        if (found := tuple(resolved.scenario.tiers)) != expected
    ]


def cited_sources(loaded: Sequence[ResolvedScenario], citations: Mapping[str, CitedSource]) -> tuple[CitedSource, ...]:
    """Return what every source that scenarios name stands for; one may name several, separated by semicolons."""
    named = {stated.source for resolved in loaded for stated in resolved.provenance.values() if stated.source}
    found = []
    for source in sorted(named):
        parts = [part.strip() for part in source.split(";")]
        known = [citations.get(part) for part in parts]
        if any(known):
            zh, en = (
                "; ".join(getattr(cited, language) if cited else part for cited, part in zip(known, parts, strict=True))
                for language in ("zh", "en")
            )
            found.append(CitedSource(source, zh, en))
    return tuple(found)
