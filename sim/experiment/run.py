"""Answers a question: replications until the rule is content, comparison, stress test, result files, manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.engine.choose import DEFAULT_ENGINE, EngineName
from sim.errors import InputError, Problem
from sim.experiment.comparison import compare
from sim.experiment.environment import write_environment
from sim.experiment.executor import Workers, open_workers
from sim.experiment.finishing import PARTIAL, finish
from sim.experiment.looks import Looks
from sim.experiment.manifest import Manifest, ReplicationsDone, RunWarning, read_manifest, write_manifest
from sim.experiment.pieces import PieceStore, hash_of_scenario
from sim.experiment.posterior import each_draw, posterior_done, replicate_draws, values_without_effect
from sim.experiment.posterior_draws import PosteriorDraws
from sim.experiment.posterior_table import POSTERIOR_FILES, write_posterior
from sim.experiment.progress import Progress, Stage, Unwatched
from sim.experiment.question import Question, code_digest
from sim.experiment.replications import HEADLINE_KEYS, Replicated
from sim.experiment.results import scenario_file, write_measures, write_records, write_scenarios, write_sums
from sim.experiment.robustness import Stress, StressResult
from sim.experiment.sweep_table import write_sweep
from sim.experiment.whole_files import sha256_of, write_csv, write_parquet
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.specification.schema.scenario import FixedReplications
from sim.specification.suggestions import nearest
from sim.stats import LOOKS, comparison_table

_REPLICATIONS_FOR_THREADS: Final = 100
"""As measured on two cores; more are done sooner by processes, which draw and audit side by side but start late."""


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run folder with its manifest.

    `was_already_there`: nothing was computed; then `changed_files` are the result files that are no longer as the
    manifest says (somebody has worked on them).
    """

    folder: Path
    manifest: Manifest
    was_already_there: bool
    changed_files: tuple[str, ...] = ()


def run_question(
    question: Question,
    out_root: Path,
    workers: int,
    progress: Progress | None = None,
    engine: EngineName = DEFAULT_ENGINE,
) -> FinishedRun:
    """Answer a question in `out_root/<study>/<run id>`, unless the answer is there already: the same by any engine.

    Finished replications are kept as they come: asked again after an interruption, the question continues from them.
    InputError on an impossible question or an `out_root` that cannot be written, AuditError on a void replication,
    EnginesDifferError where both engines are asked and do not agree, FolderInUseError while another process works on
    the same question.
    """
    check_question(question)
    folder = out_root / question.study / question.run_id()
    was_already_there = finish(folder, lambda: _compute(question, folder, workers, progress or Unwatched(), engine))
    manifest = read_manifest(folder)
    return FinishedRun(
        folder, manifest, was_already_there, changed_files(folder, manifest.files) if was_already_there else ()
    )


def kept_replications(question: Question, out_root: Path) -> tuple[Path, int]:
    """Return the folder of a question and how many finished replications an interrupted run has left in it."""
    folder = out_root / question.study / question.run_id()
    return folder, _store(question, folder, DEFAULT_ENGINE).count()


def changed_files(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Return the result files that are missing or no longer what a manifest's `files` say, in its order."""
    return tuple(
        name for name, digest in files.items() if not (folder / name).is_file() or sha256_of(folder / name) != digest
    )


def check_question(question: Question) -> None:
    """Raise InputError where the baseline asks for a stress test on a measure that is no headline measure."""
    plan = question.baseline.scenario.experiment.robustness if question.posterior is not None else question.robustness
    if plan is not None and plan.focus_measure not in HEADLINE_MEASURES:
        path = "experiment.robustness.focus_measure"
        place = question.baseline.resolved.provenance.get(path)
        found = plan.focus_measure
        fields = {
            "found": found,
            "allowed": ", ".join(HEADLINE_MEASURES),
            "suggestion": nearest(found, HEADLINE_MEASURES),
        }
        where = (place.file, place.line, place.column) if place else (scenario_file(question.baseline.id), 0, 0)
        raise InputError([Problem("not_one_of", *where, path, fields)])


def _store(question: Question, folder: Path, engine: EngineName) -> PieceStore:
    whole = frozenset(hash_of_scenario(named.scenario) for named in question.scenarios)
    return PieceStore(folder / PARTIAL, question.seed, code_digest(), whole, question.with_records, engine)


def _compute(question: Question, folder: Path, workers: int, progress: Progress, engine: EngineName) -> None:
    if question.posterior is None:
        _compute_as_stated(question, folder, workers, progress, engine)
    else:
        _compute_draws(question, question.posterior, folder, workers, progress, engine)


def _compute_draws(
    question: Question, draws: PosteriorDraws, folder: Path, workers: int, progress: Progress, engine: EngineName
) -> None:
    store = PieceStore(folder / PARTIAL, question.seed, code_digest(), engine=engine)
    with open_workers(workers, engine, progress, is_long=_is_long(question)) as pool:
        drawn = replicate_draws(question, draws, store, pool, progress)
    progress.begin(Stage.WRITING, 1)
    write_scenarios(folder, question)
    write_posterior(folder, question, drawn)
    write_environment(folder, workers, engine)
    warnings = values_without_effect(question, draws)
    write_manifest(folder, _manifest(question, drawn.replicated, each_draw(draws), None, warnings, folder))
    progress.advance()


def _compute_as_stated(question: Question, folder: Path, workers: int, progress: Progress, engine: EngineName) -> None:
    store = _store(question, folder, engine)
    hashes = {named.id: store.add_scenario(named.scenario) for named in question.scenarios}
    with open_workers(workers, engine, progress, is_long=_is_long(question)) as pool:
        replicated, done = Looks(store, hashes, pool, progress, question.sweep).replicate(question.rule)
        stress = _stress(question, store, hashes, pool, progress)
    progress.begin(Stage.WRITING, 1)
    write_scenarios(folder, question)
    write_measures(folder, replicated)
    if question.sweep is not None:
        write_sweep(folder, question.sweep, question.baseline.scenario, replicated, done)
    elif question.policies:
        _write_comparison(folder, question, replicated, done)
    if stress is not None:
        _write_stress(folder, stress)
    warnings = write_sums(folder, question, store, hashes, done.count)
    if question.with_records:
        write_records(folder, store, hashes, done.count)
    write_environment(folder, workers, engine)
    write_manifest(folder, _manifest(question, replicated, done, stress, warnings, folder))
    progress.advance()


def _is_long(question: Question) -> bool:
    """Say whether so much is to be replicated that processes, which take seconds to start, are worth it."""
    first_look = question.rule.count if isinstance(question.rule, FixedReplications) else LOOKS[0]
    if question.posterior is not None:
        first_look = question.posterior.replications_in_all
    return question.robustness is not None or len(question.scenarios) * first_look > _REPLICATIONS_FOR_THREADS


def _stress(
    question: Question, store: PieceStore, hashes: dict[str, str], workers: Workers, progress: Progress
) -> StressResult | None:
    plan = question.robustness
    return None if plan is None else Stress(question, plan, store, hashes, workers, progress).run()


def _write_comparison(folder: Path, question: Question, replicated: Replicated, done: ReplicationsDone) -> None:
    family = frozenset(HEADLINE_KEYS)
    others = [key for key in replicated.shared_keys() if key not in family]
    indifference_share = question.baseline.scenario.measures.indifference_share
    comparisons = compare(replicated, indifference_share, others=others, looks=done.looks)
    write_csv(folder / "comparison.csv", comparison_table(comparisons))


def _write_stress(folder: Path, stress: StressResult) -> None:
    write_csv(folder / "screening.csv", stress.screening)
    if len(stress.robustness):
        write_parquet(folder / "robustness.parquet", [stress.robustness])


def _manifest(
    question: Question,
    replicated: Replicated,
    done: ReplicationsDone,
    stress: StressResult | None,
    warnings: list[RunWarning],
    folder: Path,
) -> Manifest:
    manifest = Manifest(
        run_id=question.run_id(),
        study=question.study,
        command=question.command,
        scenarios=tuple(named.id for named in question.scenarios),
        seed=question.seed,
        rule=question.rule,
        with_records=question.with_records,
        code_digest=code_digest(),
        replications=done,
        emergence=replicated.emergence(),
        unpaired=replicated.unpaired(question.references),
        warnings=tuple(warnings),
        audits=len(replicated.kept[question.baseline.id][0].audits),
        robustness=None if stress is None else stress.done,
        sweep=question.sweep,
        posterior=None if question.posterior is None else posterior_done(question, question.posterior),
        files={},
    )
    names = [name for name in result_files(manifest) if (folder / name).is_file()]
    return manifest.model_copy(update={"files": {name: sha256_of(folder / name) for name in names}})


def result_files(manifest: Manifest) -> tuple[str, ...]:
    """Return the files that hold results, in the manifest's order: those that are compared and hashed."""
    return (
        *(scenario_file(scenario) for scenario in manifest.scenarios),
        *("sources.csv", "measures.parquet", "summary.csv", "comparison.csv", "sweep.csv"),
        *("units.parquet", "series.parquet", "distributions.parquet"),
        *("screening.csv", "robustness.parquet", "disputes.parquet", "sessions.parquet"),
        *("seats.parquet", *POSTERIOR_FILES),
    )
