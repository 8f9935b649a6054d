"""From a targets file to a place to be fitted: its parameters, stated ones and ranged assumptions alike."""

from collections.abc import Iterator

from calibration.derive import starting_points_of
from calibration.derived_values import derive_of_disputes
from calibration.fit.needs import check_needs
from calibration.fit.place import (
    STARTING_POINTS,
    VILLAGE_SHARE,
    FitParameter,
    PlaceToFit,
    kinds_up_to_village,
)
from calibration.fit.priors import TriangularPrior, prior_of
from calibration.ledger import Ledger
from calibration.starting_points import StartingPoints
from sim.report.paths import path_label
from sim.report.resolved_scenario import ResolvedFile
from sim.report.wording import wording
from sim.specification import ResolvedScenario
from sim.specification.leaves import content_of
from sim.specification.schema import targets as schema
from sim.specification.targets import TargetsFile
from sim.specification.targets.vocabulary import LOWEST_TIER_PART
from sim.specification.varying import assumed_quantities

PriorBlock = schema.UniformPrior | schema.TriangularPrior | schema.LognormalPrior


def place_to_fit(file: TargetsFile, ledger: Ledger) -> PlaceToFit:
    """Return the place of a targets file; a parameter that is taken over from another place has that place's prior.

    InputError with everything that a fit needs and the file or its baseline lacks.
    """
    check_needs(file)
    points = starting_points_of(file.baseline, file.resolved, ledger)
    stated = [
        _stated_parameter(id_, parameter, _prior_block(id_, parameter, file), file.resolved, points)
        for id_, parameter in file.targets.parameters.items()
    ]
    return PlaceToFit(file, points, (*stated, *ranged_assumptions(file, points)))


def ranged_assumptions(file: TargetsFile, points: StartingPoints) -> tuple[FitParameter, ...]:
    """Return the assumed values of the baseline that have a range, but for those that something else determines.

    Triangular: the stated value is the likeliest, the ends of its range are the ends.
    """
    if file.targets.ranged_assumptions == "none":
        return ()
    set_by_others = {path for parameter in file.targets.parameters.values() for path in parameter.sets or ()}
    derived, _ = derive_of_disputes(file.resolved.scenario, points.at({}))
    return tuple(_assumptions(file.resolved, frozenset(set_by_others) | {value.path for value in derived}))


def stated_number(id_: str, prior: PriorBlock, resolved: ResolvedScenario, points: StartingPoints) -> float:
    """Return what is taken of a parameter where no figure tells: the starting point, or the likeliest of its prior."""
    if id_ in STARTING_POINTS:
        return points.of(*STARTING_POINTS[id_]).number
    if id_ in (VILLAGE_SHARE, LOWEST_TIER_PART):
        shares = [points.of("settled_share", kind).number for kind in kinds_up_to_village(resolved.scenario)]
        left = 1.0
        for share in shares:
            left *= 1.0 - share
        return 1.0 - left if id_ == VILLAGE_SHARE else shares[0] / (1.0 - left)
    return likeliest(prior)


def likeliest(prior: PriorBlock) -> float:
    """Return the mode of a prior that states one, else its median."""
    match prior:
        case schema.TriangularPrior(mode=mode):
            return mode
        case schema.LognormalPrior(median=median):
            return median
        case schema.UniformPrior(low=low, high=high):
            return (low + high) / 2.0


def _prior_block(id_: str, parameter: schema.Parameter, file: TargetsFile) -> PriorBlock:
    if parameter.prior is not None:
        return parameter.prior
    assert file.transferred_from is not None
    return _prior_block(id_, file.transferred_from.targets.parameters[id_], file.transferred_from)


def _stated_parameter(
    id_: str, parameter: schema.Parameter, prior: PriorBlock, resolved: ResolvedScenario, points: StartingPoints
) -> FitParameter:
    return FitParameter(
        id=id_,
        name_zh=parameter.name.zh,
        name_en=parameter.name.en,
        prior=prior_of(prior),
        sets=parameter.sets or (),
        stated=stated_number(id_, prior, resolved, points),
        is_count=False,
        source=parameter.source or "",
    )


def _assumptions(resolved: ResolvedScenario, set_by_others: frozenset[str]) -> Iterator[FitParameter]:
    named = ResolvedFile("baseline", content_of(resolved.scenario), ())
    zh, en = (wording(language) for language in ("zh", "en"))
    for quantity in assumed_quantities(resolved):
        if quantity.path in set_by_others:
            continue
        yield FitParameter(
            id=quantity.path,
            name_zh=path_label(named, quantity.path, zh),
            name_en=path_label(named, quantity.path, en),
            prior=TriangularPrior(quantity.low, quantity.value, quantity.high),
            sets=(quantity.path,),
            stated=quantity.value,
            is_count=isinstance(quantity.value, int),
            source=resolved.provenance[quantity.path].source or "",
        )
