"""A run over a posterior with chosen outcomes: written by the code that writes real ones, without simulating."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.experiment.asking import Wanted
from sim.experiment.manifest import Manifest, RunWarning, write_manifest
from sim.experiment.pieces import KeptMeasures
from sim.experiment.posterior import DrawnOutcomes, each_draw, posterior_done
from sim.experiment.posterior_table import write_posterior
from sim.experiment.question import Question
from sim.experiment.replications import Replicated
from sim.experiment.results import write_scenarios
from sim.outcomes.measures import HEADLINE_MEASURES
from sim.stats import MeasureKey
from tests.unit.experiment.tiny_posterior import DRAWS, comparison, county_with_posterior, single

REPLICATIONS = 2
BASE = {
    "settled_share_180d": 0.8,
    "litigated_share_180d": 0.01,
    "incident_share_180d": 0.002,
    "days_unresolved_180d": 40.0,
    "reached_top_tier_share": 0.1,
    "cost_yuan_per_settled": 300.0,
}


def write_posterior_folder(folder: Path, *, is_comparison: bool = True) -> Path:
    """Write the folder; more_town turns with the rate on days unresolved, busier settles more whatever the draw."""
    county = county_with_posterior(folder)
    wanted = Wanted(posterior=DRAWS, command="python run_sim.py compare scenarios/tiny_county --posterior 24")
    question = (comparison if is_comparison else single)(county, wanted)
    draws = question.posterior
    assert draws is not None
    measures = {named.id: _outcomes(named.id, question) for named in question.scenarios}
    kept = KeptMeasures((MeasureKey("settled_share_180d"),), np.array([0.0]), ("balance",), "0")
    replicated = Replicated({id_: [kept] for id_ in measures})
    path = folder / "run"
    path.mkdir()
    write_scenarios(path, question)
    write_posterior(path, question, DrawnOutcomes(draws, replicated, measures))
    warning = RunWarning(code="posterior_values_lacking", scenario="baseline", fields={"paths": "queue.quantum_hours"})
    manifest = Manifest(
        run_id=question.run_id(),
        study=question.study,
        command=question.command,
        scenarios=tuple(measures),
        seed=question.seed,
        rule=question.rule,
        with_records=False,
        code_digest="0" * 64,
        replications=each_draw(draws),
        emergence={},
        unpaired=("busier",) if is_comparison else (),
        warnings=(warning,),
        audits=1,
        robustness=None,
        posterior=posterior_done(question, draws),
        files={},
    )
    write_manifest(path, manifest)
    return path


def _outcomes(scenario: str, question: Question) -> dict[str, NDArray[np.float64]]:
    draws = question.posterior
    assert draws is not None
    rates = np.array(draws.sample.parameters["found_per_1000_per_year"]) - 22.0
    # Half up, half down: noise that every draw has alike and that averages out.
    noise = np.tile([-0.01, 0.01], (DRAWS, 1))
    outcomes = {measure: base * (1.0 + noise) + np.zeros((DRAWS, 1)) for measure, base in BASE.items()}
    assert tuple(outcomes) == HEADLINE_MEASURES
    outcomes["days_unresolved_180d"] += rates[:, None] / 4.0
    if scenario == "busier":
        outcomes["settled_share_180d"] += 0.1
        outcomes["cost_yuan_per_settled"] += np.where(rates > 5.0, 30.0, 0.0)[:, None]
    if scenario == "more_town":
        outcomes["days_unresolved_180d"] += rates[:, None]
        outcomes["incident_share_180d"] *= np.nan
    return outcomes
