"""A place without figures of its own: another place's posterior, widened, on this place's structure."""

import numpy as np
import pandas as pd

from calibration.fit.adopted import Adopted
from calibration.fit.fitting import simulate_point
from calibration.fit.learning import FIRST_POSTERIOR_REPLICATION
from calibration.fit.observation import Observation
from calibration.fit.outcome import Array, Finding, Outcome
from calibration.fit.place import FitParameter, PlaceToFit
from calibration.fit.prior_draws import all_rounded, prior_draws
from calibration.fit.simulated_draws import Draws, DrawSimulator, values_of
from calibration.fit.synthetic import INFORMED_FROM


def transfer(place: PlaceToFit, seen: tuple[Observation, ...], other: Adopted, simulator: DrawSimulator) -> Outcome:
    """Take a posterior over: that of the other place, spread wider."""
    targets = place.targets
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
    drawn = all_rounded(drawn)
    replications = np.arange(draws, dtype=np.int64) + FIRST_POSTERIOR_REPLICATION
    posterior = simulator.simulate(
        Draws("posterior", drawn, replications, min(targets.posterior.predictive_draws, draws))
    )
    points, informed = other.points, other.informed
    point = np.array([points.get(parameter.id, parameter.stated) for parameter in place.parameters])
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
            Finding("prior", "transferred" if parameter.id in informed else "assumed", informed=False)
            for parameter in place.parameters
        ),
        value_basis=_value_bases(place, drawn, informed, values_of(posterior)),
        rows=0,
        accepted=0,
        synthetic=0,
    )


def _widened(parameter: FitParameter, numbers: Array, factor: float) -> Array:
    """Spread draws about their median, on the scale on which the prior is standard normal, but not beyond the prior."""
    scores = parameter.prior.to_scale(numbers)
    middle, spread = float(np.median(scores)), float(scores.std())
    at_most = max(1.0, 1.0 / spread) if spread > 0.0 else 1.0
    return parameter.prior.from_scale(middle + min(factor, at_most) * (scores - middle))


def _value_bases(place: PlaceToFit, numbers: Array, informed: frozenset[str], values: pd.DataFrame) -> dict[str, str]:
    """A value is transferred if what the other place's figures inform explains at least half of its variance."""
    by_id = place.by_id(numbers)
    columns = np.column_stack([np.ones(len(numbers)), *(by_id[id_] for id_ in sorted(informed))])
    bases = {}
    for path in values.columns:
        value = values[path].to_numpy()
        left = value - columns @ np.linalg.lstsq(columns, value, rcond=None)[0]
        is_explained = float(np.var(left)) <= (1.0 - INFORMED_FROM) * float(np.var(value)) and np.ptp(value) > 0.0
        bases[str(path)] = "transferred" if is_explained else "assumed"
    return bases
