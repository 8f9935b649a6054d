"""When an unresolved dispute would turn violent: the hazard that grows with hardening, inverted in closed form."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.sampling.contract import Int64
from sim.sampling.distributions import exponential_of
from sim.specification.schema.disputes import Hardening, Incident
from sim.vocabulary import DAYS_PER_MONTH_OF_HARDENING, DAYS_PER_YEAR

Float64 = NDArray[np.float64]

_LARGEST_LOG_GROWTH: Final = 600.0
"""Growth of the log hazard beyond which floats overflow; an incident has long been certain by then."""


@dataclass(frozen=True, slots=True)
class IncidentHazard:
    """Hazard per day at age a: initial · m · exp(growth · min(a, cap)), m = 1 while latent, open_multiplier afterwards.

    initial_per_day: float64 (N,); growth_per_day = difficulty exponent × hardening ÷ 30.
    Exposure is ∫₀ᵃ exp(growth · min(x, cap)) dx in days: hazard accumulated at m = 1, per unit of initial hazard.
    """

    initial_per_day: Float64
    growth_per_day: float
    cap_days: float
    open_multiplier: float

    def exposure_days(self, age_days: Float64) -> Float64:
        """Return the exposure at an age."""
        if self.growth_per_day == 0:
            return age_days
        if not age_days.any():
            return np.zeros(age_days.shape)
        growing = np.asarray(np.minimum(age_days, self.cap_days))
        growing *= self.growth_per_day
        special.expm1(growing, out=growing)
        growing /= self.growth_per_day
        growing += np.maximum(age_days - self.cap_days, 0.0) * self._rate_at_cap
        return growing

    def age_days_at(self, exposure_days: Float64) -> Float64:
        """Return the age at which an exposure is reached: the inverse of `exposure_days`, infinity included."""
        if self.growth_per_day == 0:
            return exposure_days
        at_cap = float(self.exposure_days(np.array(self.cap_days)))
        growing = np.asarray(np.minimum(exposure_days, at_cap))
        growing *= self.growth_per_day
        special.log1p(growing, out=growing)
        growing /= self.growth_per_day
        growing += np.maximum(exposure_days - at_cap, 0.0) / self._rate_at_cap
        return growing

    def of_rows(self, rows: Int64) -> "IncidentHazard":
        """Return the hazard of the given disputes only."""
        return replace(self, initial_per_day=self.initial_per_day[rows])

    def latent_age_days(self, unit_exponentials: Float64, from_age_days: Float64) -> Float64:
        """Return the age at the incident of a dispute that stays latent from an age on."""
        return self.age_days_at(self.exposure_days(from_age_days) + self._waited_days(unit_exponentials))

    def open_age_days(self, unit_exponentials: Float64, from_age_days: Float64, surfaced_age_days: Float64) -> Float64:
        """Return the age at the incident of a dispute that is latent from an age on and surfaces without one."""
        if self.open_multiplier == 0:
            return np.full(unit_exponentials.shape, np.inf)
        at_surfacing = self.exposure_days(surfaced_age_days)
        left = self.exposure_days(from_age_days) + self._waited_days(unit_exponentials) - at_surfacing
        return self.age_days_at(at_surfacing + np.maximum(left, 0.0) / self.open_multiplier)

    @property
    def _rate_at_cap(self) -> float:
        return float(exponential_of(np.array(self.growth_per_day * self.cap_days)))

    def _waited_days(self, unit_exponentials: Float64) -> Float64:
        waited = np.full(unit_exponentials.shape, np.inf)
        np.divide(unit_exponentials, self.initial_per_day, out=waited, where=self.initial_per_day > 0)
        return waited


def incident_hazard(incident: Incident, hardening: Hardening | None, above_category_logit: Float64) -> IncidentHazard:
    """Return the hazard of disputes by their difficulty above the mean of their category, float64 (N,)."""
    initial = incident.hazard_per_dispute_per_year / DAYS_PER_YEAR
    growth, cap_days = 0.0, 0.0
    if hardening is not None:
        growth = incident.difficulty_exponent * hardening.logit_per_30_days / DAYS_PER_MONTH_OF_HARDENING
        cap_days = hardening.cap_days if growth == 0 else min(hardening.cap_days, _LARGEST_LOG_GROWTH / growth)
    return IncidentHazard(
        initial_per_day=initial * exponential_of(incident.difficulty_exponent * above_category_logit),
        growth_per_day=growth,
        cap_days=cap_days,
        open_multiplier=incident.open_multiplier,
    )
