"""The rate of disputes found, in closed form: a lognormal prior and a ten-year count with lognormal error."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from calibration.fit.priors import LognormalPrior
from calibration.fit.synthetic import SyntheticCheck

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CountError:
    """Why the logarithm of a count of several years may differ from that of its expectation.

    `discrepancy_sd` is that of the record; `year_shape` and `unit_shape` are those of the gamma effects of mean 1 of
    each year and each of equally large units, None where there are none; `count` is about what is expected.
    """

    discrepancy_sd: float
    count: float
    years: int
    year_shape: float | None
    units: int
    unit_shape: float | None

    @property
    def chance_variance(self) -> float:
        """Variance of the logarithm without the discrepancy: of the years' effects, the units' and a Poisson count.

        To first order: a mean of n gamma effects of shape a has the relative variance 1 / (a n), a count 1 / its mean.
        """
        years = 0.0 if self.year_shape is None else 1.0 / (self.year_shape * self.years)
        units = 0.0 if self.unit_shape is None else 1.0 / (self.unit_shape * self.units)
        return years + units + 1.0 / self.count

    @property
    def log_variance(self) -> float:
        """Variance of the logarithm of the count about that of its expectation."""
        return self.discrepancy_sd**2 + self.chance_variance


def posterior_of_rate(
    prior: LognormalPrior, count: float, count_per_rate: float, log_variance: float
) -> LognormalPrior:
    """Return the posterior of a rate, lognormal too, given a count that is expected to be `count_per_rate` times it.

    On the log scale a normal prior meets a normal error: precisions add (Gelman et al., Bayesian Data Analysis, 2.5).
    """
    prior_precision, count_precision = prior.sigma**-2, 1.0 / log_variance
    precision = prior_precision + count_precision
    mean = (prior_precision * log(prior.median) + count_precision * log(count / count_per_rate)) / precision
    return LognormalPrior(exp(mean), precision**-0.5)


def prior_tail_probability(prior: LognormalPrior, count: float, count_per_rate: float, log_variance: float) -> float:
    """Return how likely prior and error are to give a count at least as far from the middle as this one.

    Two-sided, on the log scale; small where the figure conflicts with the prior of the rate (`conflicts`).
    """
    distance = abs(log(count / count_per_rate / prior.median))
    return float(2.0 * ndtr(-distance / (prior.own_scale_variance + log_variance) ** 0.5))


def contraction_of_rate(prior: LognormalPrior, log_variance: float) -> float:
    """1 - posterior variance / prior variance of the logarithm; the same for every count."""
    return prior.own_scale_variance / (prior.own_scale_variance + log_variance)


def check_rate(prior: LognormalPrior, error: CountError, ratios: Array, uniforms: Array) -> SyntheticCheck:
    """Fit the rate to synthetic counts whose rates are known, one for each row of the reference table.

    `ratios` (d,) are the simulated counts over the expected ones, so they bring the simulation's own scatter;
    `uniforms` (d, 2) in (0, 1) draw a rate of the prior and a discrepancy of the record. ValueError if shapes do not
    fit.
    """
    if uniforms.shape != (len(ratios), 2):
        raise ValueError(f"{len(ratios)} ratios need as many pairs of uniforms: {uniforms.shape}")
    rates = prior.quantile(uniforms[:, 0])
    log_counts = np.log(rates * ratios) + error.discrepancy_sd * ndtri(uniforms[:, 1])
    share = contraction_of_rate(prior, error.log_variance)
    means = (1.0 - share) * log(prior.median) + share * log_counts
    ranks = ndtr((np.log(rates) - means) / (prior.sigma * (1.0 - share) ** 0.5))
    return SyntheticCheck(np.full((len(ratios), 1), share), np.asarray(ranks)[:, None])
