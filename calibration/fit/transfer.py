"""A place without figures of its own: another place's posterior, widened, on this place's structure."""

from pathlib import Path

import numpy as np
import pandas as pd

from calibration.fit.fitting import simulate_point
from calibration.fit.learning import FIRST_POSTERIOR_REPLICATION
from calibration.fit.observation import Observation
from calibration.fit.outcome import Array, Finding, Outcome, ValueFinding
from calibration.fit.place import FitParameter, PlaceToFit
from calibration.fit.prior_draws import prior_draws, rounded
from calibration.fit.simulated_draws import Draws, DrawSimulator, values_of
from calibration.fit.synthetic import INFORMED_FROM
from sim.errors import InputError, Problem
from sim.report.calibration_tables import PARAMETER_PREFIX


def transfer(place: PlaceToFit, seen: tuple[Observation, ...], fitted: Path, simulator: DrawSimulator) -> Outcome:
    """Take a posterior over; `fitted` is the folder of adopted fits. InputError where the other place is not fitted."""
    targets = place.targets
    other = Adopted.of(place, fitted)
    draws = min(targets.posterior.draws, len(other.posterior))
    own = prior_draws(place.parameters, targets.seed, draws)
    assert targets.transferred_from is not None
    drawn = np.column_stack(
        [
            _widened(parameter, other.numbers(parameter.id, draws), targets.transferred_from.widened_by)
            if parameter.id in other.taken_over
            else own[:, position]
            for position, parameter in enumerate(place.parameters)
        ]
    )
    drawn = rounded(drawn)
    replications = np.arange(draws, dtype=np.int64) + FIRST_POSTERIOR_REPLICATION
    posterior = simulator.simulate(
        Draws("posterior", drawn, replications, min(targets.posterior.predictive_draws, draws))
    )
    prior_values = values_of(simulator.simulate(Draws("prior", own, np.arange(draws, dtype=np.int64), 0)))
    point = np.array([other.points.get(parameter.id, parameter.stated) for parameter in place.parameters])
    return Outcome(
        place=place,
        observations=seen,
        prior_numbers=own,
        table_numbers=own,
        prior_answers=None,
        posterior_numbers=drawn,
        posterior=posterior,
        posterior_replications=replications,
        point_numbers=point,
        point=simulate_point(simulator, point),
        findings=tuple(
            Finding("prior", "transferred" if parameter.id in other.informed else "assumed", informed=False)
            for parameter in place.parameters
        ),
        values=_value_findings(prior_values, values_of(posterior)),
        rows=0,
        accepted=0,
        synthetic=0,
    )


class Adopted:
    """The fit of the other place, as it was adopted.

    posterior: its sample; taken_over: the parameters without a prior of their own here; informed: those of them that
    its figures inform; points: what its overlay takes, by parameter.
    """

    def __init__(self, posterior: pd.DataFrame, parameters: pd.DataFrame, taken_over: frozenset[str]) -> None:
        """Take the adopted tables."""
        self.posterior = posterior
        self.taken_over = taken_over
        known = parameters[parameters["parameter"].isin(taken_over)].set_index("parameter")
        self.informed = frozenset(known.index[known["informed"].astype(str).str.lower() == "true"])
        self.points = {str(id_): float(point) for id_, point in known["point"].items()}

    @classmethod
    def of(cls, place: PlaceToFit, fitted: Path) -> "Adopted":
        """Read the fit that a place takes over; InputError, at the line that names it, where it is not there."""
        assert place.file.transferred_from is not None
        name = place.file.transferred_from.targets.place
        try:
            posterior = pd.read_csv(fitted / f"{name}.posterior.csv", encoding="utf-8-sig")
            parameters = pd.read_csv(fitted / f"{name}.parameters.csv", encoding="utf-8-sig")
        except FileNotFoundError as error:
            where = place.file.place("transferred_from", "file")
            fields = {"place": name, "missing": str(error.filename), "targets": place.file.transferred_from.name}
            problem = Problem(
                "transfer_not_fitted", where.file, where.line, where.column, "transferred_from.file", fields
            )
            raise InputError([problem]) from None
        taken_over = frozenset(id_ for id_, stated in place.targets.parameters.items() if stated.prior is None)
        return cls(posterior, parameters, taken_over)

    def numbers(self, parameter_id: str, draws: int) -> Array:
        """Return the first draws of a parameter: (draws,)."""
        return self.posterior[f"{PARAMETER_PREFIX}{parameter_id}"].to_numpy(dtype=np.float64)[:draws]


def _widened(parameter: FitParameter, numbers: Array, factor: float) -> Array:
    """Spread draws about their median, on the scale on which the prior is standard normal, but not beyond the prior."""
    scores = parameter.prior.to_scale(numbers)
    middle, spread = float(np.median(scores)), float(scores.std())
    at_most = max(1.0, 1.0 / spread) if spread > 0.0 else 1.0
    return parameter.prior.from_scale(middle + min(factor, at_most) * (scores - middle))


def _value_findings(prior: pd.DataFrame, posterior: pd.DataFrame) -> dict[str, ValueFinding]:
    """A value is transferred if what is taken over leaves no more than half of the variance that it had before."""
    findings = {}
    for path in prior.columns:
        before = float(prior[path].var())
        contraction = 1.0 - float(posterior[path].var()) / before if before > 0 else 0.0
        findings[str(path)] = ValueFinding("transferred" if contraction >= INFORMED_FROM else "assumed", contraction)
    return findings
