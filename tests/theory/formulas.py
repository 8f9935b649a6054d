"""Closed formulas of queueing theory, in any one unit of time; nothing here knows of the simulator.

`offered` is the offered load, arrival rate × mean service, in posts (Erlangs).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, factorial, inf, lgamma, log, prod
from typing import Final

from scipy import integrate, stats
from scipy.special import expit, gammainc

SurvivalFunction = Callable[[float], float]
"""P(duration > t) as a function of t >= 0."""

_WIDTHS: Final = 12.0
"""Standard deviations from the mean beyond which a normal density is taken for nothing."""


# --- M/M/c --------------------------------------------------------------------------------------------------------


def erlang_b(servers: int, offered: float) -> float:
    """Return the probability that all servers of a loss system are busy, server by server (Erlang 1917)."""
    inverse = 1.0
    for count in range(1, servers + 1):
        inverse = 1.0 + inverse * count / offered
    return 1.0 / inverse


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability that an arrival to M/M/c waits (Erlang 1917); `offered` below `servers`."""
    blocking = erlang_b(servers, offered)
    utilisation = offered / servers
    return blocking / (1.0 - utilisation * (1.0 - blocking))


def mmc_idle_prob(servers: int, offered: float) -> float:
    """Return the probability that nobody is present in M/M/c, from that of waiting (Kleinrock 1975, section 3.5)."""
    return erlang_c(servers, offered) * factorial(servers) * (1.0 - offered / servers) / offered**servers


def mmc_mean_wait(arrival_rate: float, mean_service: float, servers: int) -> float:
    """Return the mean wait in M/M/c, C(c, a) / (c / mean service − arrival rate) (Kleinrock 1975, section 3.5)."""
    return erlang_c(servers, arrival_rate * mean_service) / (servers / mean_service - arrival_rate)


def mmc_wait_exceeds_prob(arrival_rate: float, mean_service: float, servers: int, time: float) -> float:
    """Return the probability that a wait in M/M/c exceeds `time`; unlike the mean it tells first come, first served.

    C(c, a) · exp(−(c / mean service − arrival rate) · time) (Gross, Shortle, Thompson and Harris 2008, section 2.3).
    """
    drain_rate = servers / mean_service - arrival_rate
    return erlang_c(servers, arrival_rate * mean_service) * exp(-drain_rate * time)


def mmc_mean_queue(arrival_rate: float, mean_service: float, servers: int) -> float:
    """Return the mean number waiting in M/M/c, by Little's law (Little 1961)."""
    return arrival_rate * mmc_mean_wait(arrival_rate, mean_service, servers)


def mmc_mean_number(arrival_rate: float, mean_service: float, servers: int) -> float:
    """Return the mean number present in M/M/c, waiting or in service."""
    return mmc_mean_queue(arrival_rate, mean_service, servers) + arrival_rate * mean_service


# --- One server, any service; several priority classes -----------------------------------------------------------


def mg1_mean_wait(arrival_rate: float, mean_service: float, cv: float) -> float:
    """Return the mean wait in M/G/1 (Pollaczek 1930, Khintchine 1932); `cv` is service's sd over its mean."""
    residual_work = arrival_rate * mean_service**2 * (1.0 + cv**2) / 2.0
    return residual_work / (1.0 - arrival_rate * mean_service)


def cobham_mean_waits(
    arrival_rates: Sequence[float], mean_services: Sequence[float], cvs: Sequence[float]
) -> tuple[float, ...]:
    """Return each class's mean wait at one server, non-preemptive, the first class served first (Cobham 1954)."""
    classes = list(zip(arrival_rates, mean_services, cvs, strict=True))
    residual_work = sum(rate * mean**2 * (1.0 + cv**2) / 2.0 for rate, mean, cv in classes)
    return _by_class(residual_work, [rate * mean for rate, mean, _ in classes])


def cobham_mean_waits_of_servers(
    arrival_rates: Sequence[float], mean_service: float, servers: int
) -> tuple[float, ...]:
    """Return each class's mean wait at several servers with exponential service of one mean (Cobham 1954)."""
    all_busy_prob = erlang_c(servers, sum(arrival_rates) * mean_service)
    return _by_class(all_busy_prob * mean_service / servers, [rate * mean_service / servers for rate in arrival_rates])


def _by_class(wait_of_an_empty_queue: float, utilisations: Sequence[float]) -> tuple[float, ...]:
    """Stretch the mean time until a server is next free by the work that overtakes: of better classes and one's own."""
    waits, better = [], 0.0
    for utilisation in utilisations:
        waits.append(wait_of_an_empty_queue / ((1.0 - better) * (1.0 - better - utilisation)))
        better += utilisation
    return tuple(waits)


# --- Abandonment -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ErlangA:
    """M/M/c+M: how many wait, how many leave unserved, and the mean wait of all who join, served or not."""

    wait_prob: float
    abandonment_prob: float
    mean_wait: float


def erlang_a(arrival_rate: float, mean_service: float, servers: int, mean_patience: float) -> ErlangA:
    """Return the stationary M/M/c+M by the incomplete gamma function (Palm 1957; Mandelbaum and Zeltyn 2007).

    With x = c · patience / service and y = rate · patience, A = x eʸ y⁻ˣ γ(x, y), E = Erlang B and ρ = offered / c:
    P(wait) = A E / (1 + (A − 1) E), P(leave | wait) = 1 / (ρ A) + 1 − 1 / ρ, mean wait = P(leave) · mean patience.
    """
    x, y = servers * mean_patience / mean_service, arrival_rate * mean_patience
    a = exp(log(x) + y - x * log(y) + lgamma(x) + log(float(gammainc(x, y))))
    blocking = erlang_b(servers, arrival_rate * mean_service)
    utilisation = arrival_rate * mean_service / servers
    wait_prob = a * blocking / (1.0 + (a - 1.0) * blocking)
    abandonment_prob = wait_prob * (1.0 / (utilisation * a) + 1.0 - 1.0 / utilisation)
    return ErlangA(wait_prob, abandonment_prob, abandonment_prob * mean_patience)


# --- Competing clocks --------------------------------------------------------------------------------------------


def mean_minimum(survivals: Sequence[SurvivalFunction], until: float = inf) -> float:
    """Return E[min(durations, until)] of independent durations: the integral of the product of survival functions.

    Times the arrival rate it is the mean number present in M/G/∞ `until` after it started empty (Khintchine 1932).
    """
    return _integral(lambda time: prod(survival(time) for survival in survivals), 0.0, until)


def first_prob(density: Callable[[float], float], others: Sequence[SurvivalFunction], until: float = inf) -> float:
    """Return the probability that the duration of a density ends before independent others and before `until`."""
    return _integral(lambda time: density(time) * prod(survival(time) for survival in others), 0.0, until)


# --- Sessions with feedback, tier by tier ------------------------------------------------------------------------


def mean_sessions(settle_prob: float, sessions: int) -> float:
    """Return the mean number of sessions of at most `sessions` (> 0) that each settle with one probability."""
    return (1.0 - unsettled_prob(settle_prob, sessions)) / settle_prob


def unsettled_prob(settle_prob: float, sessions: int) -> float:
    """Return the probability that none of `sessions` independent sessions settles."""
    return (1.0 - settle_prob) ** sessions


# --- Gatekeeper --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """A gatekeeper who diagnoses everybody, treats the easy and refers the rest (Shumsky and Pinker 2003).

    Difficulty is Normal(0, `difficulty_sd`); it is treated by the gatekeeper iff below `threshold`; a treatment
    succeeds with probability logistic(ability − difficulty), and the expert takes what is referred or failed.
    """

    difficulty_sd: float
    threshold: float
    gatekeeper_ability: float
    expert_ability: float

    def treated_prob(self) -> float:
        """Return the share that the gatekeeper treats."""
        return float(stats.norm.cdf(self.threshold / self.difficulty_sd))

    def failed_prob(self) -> float:
        """Return the share that the gatekeeper treats in vain."""
        return self._share(self._gatekeeper_fails, -inf, self.threshold)

    def expert_prob(self) -> float:
        """Return the share that comes to the expert."""
        return 1.0 - self.treated_prob() + self.failed_prob()

    def referred_then_settled_prob(self) -> float:
        """Return the share that is referred at once and settled by the expert."""
        return self._share(self._expert_succeeds, self.threshold, inf)

    def failed_then_settled_prob(self) -> float:
        """Return the share that the gatekeeper treats in vain and the expert settles: the harder of the easy ones."""
        return self._share(
            lambda theta: self._gatekeeper_fails(theta) * self._expert_succeeds(theta), -inf, self.threshold
        )

    def _gatekeeper_fails(self, theta: float) -> float:
        return float(expit(theta - self.gatekeeper_ability))

    def _expert_succeeds(self, theta: float) -> float:
        return float(expit(self.expert_ability - theta))

    def _share(self, prob: Callable[[float], float], low: float, high: float) -> float:
        """Average a probability over the difficulties between two bounds, as a share of all."""
        widest = _WIDTHS * self.difficulty_sd
        density = stats.norm(0.0, self.difficulty_sd).pdf
        return _integral(lambda theta: prob(theta) * float(density(theta)), max(low, -widest), min(high, widest))


def _integral(function: Callable[[float], float], low: float, high: float) -> float:
    value, error = integrate.quad(function, low, high, epsabs=1e-12, epsrel=1e-10, limit=500)
    assert error <= 1e-6 * max(abs(value), 1e-6), "the integral did not converge"
    return float(value)
