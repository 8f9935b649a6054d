"""What a fit needs beyond a valid targets file: the parameters, figures and blocks that the closed forms rest on."""

from collections.abc import Iterator

from calibration.fit.place import FOUND_RATE, VILLAGE_SHARE, kinds_up_to_village
from sim.errors import InputError, Problem
from sim.specification.faults import fault
from sim.specification.schema.targets import LognormalPrior
from sim.specification.targets import TargetsFile
from sim.specification.targets.vocabulary import LOWEST_TIER_PART

_HARDENING = "hardening"
_MOST_TIERS_UP_TO_VILLAGE = 2


def check_needs(file: TargetsFile) -> None:
    """Raise InputError with everything that a fit of this place lacks."""
    problems = [*_of_parameters(file), *_of_baseline(file)]
    if file.transferred_from is None:
        problems += [*_of_found_prior(file), *_of_figures(file)]
    if problems:
        raise InputError(problems)


def _of_parameters(file: TargetsFile) -> Iterator[Problem]:
    wanted = [FOUND_RATE, VILLAGE_SHARE]
    if len(kinds_up_to_village(file.resolved.scenario)) == _MOST_TIERS_UP_TO_VILLAGE:
        wanted.append(LOWEST_TIER_PART)
    for id_ in wanted:
        if id_ not in file.targets.parameters:
            yield fault("missing_key", file.key_place("parameters"), ("parameters", id_), key=id_, allowed=())


def _of_baseline(file: TargetsFile) -> Iterator[Problem]:
    where = file.place("baseline")
    if file.resolved.scenario.hardening is None:
        yield fault("fit_needs_block", where, ("baseline",), key=_HARDENING)
    kinds = kinds_up_to_village(file.resolved.scenario)
    if not 1 <= len(kinds) <= _MOST_TIERS_UP_TO_VILLAGE:
        yield fault("fit_tiers_up_to_village", where, ("baseline",), found=", ".join(kinds))


def _of_found_prior(file: TargetsFile) -> Iterator[Problem]:
    parameter = file.targets.parameters.get(FOUND_RATE)
    if parameter is not None and parameter.prior is not None and not isinstance(parameter.prior, LognormalPrior):
        path = ("parameters", FOUND_RATE, "prior", "distribution")
        found = parameter.prior.distribution
        yield fault("not_one_of", file.place(*path), path, found=found, allowed=("lognormal",), suggestion="")


def _of_figures(file: TargetsFile) -> Iterator[Problem]:
    fitted = [target for target in file.targets.targets.values() if not target.held_out]
    counts = sum(target.quantity == "disputes_found_count" for target in fitted)
    where = file.key_place("targets")
    if counts != 1:
        yield fault("fit_needs_one_count", where, ("targets",), found=counts)
    if len(fitted) == counts:
        yield fault("fit_needs_other_figure", where, ("targets",))
