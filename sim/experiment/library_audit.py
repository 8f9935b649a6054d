"""Audits the library: every policy of every place and every practice laid over every baseline, one run each.

`python -m sim.experiment.library_audit scenarios --share 0.05` runs them on a part of each place, as `make audit` does.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sim.engine.choose import DEFAULT_ENGINE, EngineName, choose_engine
from sim.errors import AuditError, EnginesDifferError, InputError
from sim.experiment.asking import BASELINE_FILE, files_to_compare
from sim.experiment.executor import open_workers, usable_cores
from sim.experiment.replicate import Prepared, replicate
from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.specification.layering import is_overlay_file
from sim.specification.loading import load_scenario
from sim.specification.scaling import part_of_place

PRACTICES: Final = "practices"
"""The folder of the library, beside those of the places."""

CONFLICTS: Final = ("overlay_conflict", "staff_shares_above_one")
"""Codes by which overlays are refused together: two that set one value, or that give a group more than its hours."""


@dataclass(frozen=True, slots=True, order=True)
class Laid:
    """A scenario file, with the overlays laid over it side by side."""

    file: Path
    overlays: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """The place, and what is done there."""
        done = "" if self.file.name == BASELINE_FILE else f"/{self.file.stem}"
        return " + ".join([self.file.parent.name + done, *(overlay.stem for overlay in self.overlays)])


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one run: how many disputes it had and how many audits it passed, or what is wrong.

    conflicts: overlays that do not go together, as they are told; faults: anything else that kept it from a clean run.
    """

    laid: Laid
    disputes: int = 0
    audits: int = 0
    conflicts: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def practices_in(scenarios: Path) -> list[Path]:
    """Return the overlays of the library in order of name; parts that only others extend lie in folders below."""
    return [path for path in sorted((scenarios / PRACTICES).glob("*.yaml")) if is_overlay_file(path)]


def places_in(scenarios: Path) -> list[Path]:
    """Return the folders that have a baseline, in order of name."""
    return [path.parent for path in sorted(scenarios.glob(f"*/{BASELINE_FILE}"))]


def comparisons_in(scenarios: Path) -> list[Path]:
    """Return the folders one step further down that have a baseline: comparisons that ask a question of their own."""
    return [path.parent for path in sorted(scenarios.glob(f"*/*/{BASELINE_FILE}"))]


def everything(scenarios: Path, places: Sequence[Path]) -> list[Laid]:
    """List the baseline and the policies of each place and comparison, and each practice over each place's baseline."""
    practices = practices_in(scenarios)
    found = [Laid(file) for folder in (*places, *comparisons_in(scenarios)) for file in _files_of(folder)]
    return found + [Laid(place / BASELINE_FILE, (practice,)) for place in places for practice in practices]


def _files_of(folder: Path) -> list[Path]:
    """The baseline and its policies, or the baseline alone."""
    try:
        return files_to_compare(folder)
    except InputError:
        return [folder / BASELINE_FILE]


def audited(laid: Laid, share: float, replication: int = 0, engine: EngineName = DEFAULT_ENGINE) -> Finding:
    """Run one replication of part of a place with all audits on, and say what came of it."""
    try:
        scenario = part_of_place(load_scenario(laid.file, laid.overlays).scenario, share)
        jurisdiction = build_jurisdiction(scenario)
        place = Prepared(scenario, jurisdiction, compile_protocol(scenario, jurisdiction))
        seed = scenario.experiment.seed
        outcome, records = replicate(place, seed, replication, choose_engine(engine), with_records=True)
    except InputError as error:
        said = tuple(f"{p.code} at {p.path} ({p.file}:{p.line})" for p in error.problems)
        if all(problem.code in CONFLICTS for problem in error.problems):
            return Finding(laid, conflicts=said)
        return Finding(laid, faults=said)
    except AuditError as error:
        return Finding(laid, faults=error.failures)
    except EnginesDifferError as error:
        return Finding(laid, faults=(str(error),))
    assert records is not None
    return Finding(laid, disputes=len(records.disputes), audits=len(outcome.audits))


def audit_all(
    all_laid: Iterable[Laid], share: float, workers: int, engine: EngineName = DEFAULT_ENGINE
) -> list[Finding]:
    """Audit runs on several cores; the findings are in the order asked."""
    asked = list(all_laid)
    with open_workers(workers, engine) as open_ones:
        found = dict(open_ones.do(partial(audited, share=share, engine=engine), asked))
    return [found[laid] for laid in asked]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong, and a line in sum; 0 if all runs are clean, 1 if not, 2 if there is nothing to run."""
    parser = argparse.ArgumentParser(prog="python -m sim.experiment.library_audit", description=__doc__)
    parser.add_argument("scenarios", type=Path, help="folder with the places and the practices")
    parser.add_argument("--share", type=float, default=1.0, help="part of each place that is run (1: the whole)")
    parser.add_argument("--places", nargs="*", default=[], metavar="PLACE", help="only these places")
    parser.add_argument("--workers", type=int, default=usable_cores(), help="workers at once")
    parser.add_argument(
        "--engine", type=EngineName, choices=list(EngineName), default=DEFAULT_ENGINE, help="both: compared exactly"
    )
    asked = parser.parse_args(arguments)
    places = [place for place in places_in(asked.scenarios) if not asked.places or place.name in asked.places]
    if not places or not 0 < asked.share <= 1:
        sys.stderr.write(f"{asked.scenarios}: no such places here, or a share that is none\n")
        return 2
    findings = audit_all(everything(asked.scenarios, places), asked.share, asked.workers, asked.engine)
    wrong = [finding for finding in findings if finding.faults or finding.conflicts]
    for finding in wrong:
        for what in (*finding.conflicts, *finding.faults):
            sys.stdout.write(f"{finding.laid.name}: {what}\n")
    disputes = sum(finding.disputes for finding in findings)
    sys.stdout.write(
        f"{len(findings) - len(wrong)} of {len(findings)} runs clean in {len(places)} places at a share of "
        f"{asked.share:g}: {disputes} disputes\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
