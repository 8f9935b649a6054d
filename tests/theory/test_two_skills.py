"""Staff with one skill, with two and with all: Wallace and Whitt 2005, with sessions held for some kinds of dispute."""

from collections import ChainMap
from collections.abc import Mapping
from functools import partial

import pytest

from sim.outcomes.observed import ObservedRun
from sim.specification.schema import Scenario
from tests.theory.agreement import disagreements
from tests.theory.first_come import first_come_controls
from tests.theory.formulas import mmc_mean_wait
from tests.theory.markov_chains import two_skills_mean_waits
from tests.theory.no_waiting import no_waiting_controls
from tests.theory.replications import Reading, by_replication, replications, theory_scenario, waits_hours
from tests.theory.stated import Stream, stream, together

TIER = "town"


@pytest.mark.slow
def test_specialists_and_a_mediator_of_both_skills_serve_as_their_chain_says() -> None:
    scenario = theory_scenario("two_skills")
    streams = streams_of(scenario)
    family, land = streams
    posts = {name: group.posts for name, group in scenario.staff_groups.items()}
    waits = two_skills_mean_waits(
        (family.per_hour, land.per_hour),
        family.mean_hours,
        (posts["family_specialists"], posts["land_specialists"]),
        posts["both"],
    )
    measured, *controls = by_replication(
        replications(scenario),
        mean_waits,
        partial(no_waiting_controls, streams=streams),
        first_come(streams, sum(posts.values())),
        first_come([family], posts["family_specialists"] + posts["both"]),
        first_come([land], posts["land_specialists"] + posts["both"]),
    )
    formulas = dict(zip(("family", "land"), waits, strict=True))
    assert disagreements(formulas, measured, dict(ChainMap(*controls))) == []


def test_two_skills_each_come_close_to_every_skill() -> None:
    """Nine tenths of what full flexibility saves, with the same disputes; one skill each and every skill are M/M/c."""
    waits = {}
    for name in ("skills_one_each", "skills_two_each", "skills_all"):
        (measured,) = by_replication(replications(theory_scenario(name)), mean_waits)
        waits[name] = sum(values.mean() for values in measured.values()) / len(measured)
    streams = streams_of(theory_scenario("skills_all"))
    load, own = together(streams), streams[0]
    assert abs(waits["skills_one_each"] / mmc_mean_wait(own.per_hour, own.mean_hours, 2) - 1) < 0.05
    assert abs(waits["skills_all"] / mmc_mean_wait(load.per_hour, load.mean_hours, 6) - 1) < 0.08
    saved = waits["skills_one_each"] - waits["skills_two_each"]
    assert 0.9 < saved / (waits["skills_one_each"] - waits["skills_all"]) < 1


def streams_of(scenario: Scenario) -> list[Stream]:
    return [stream(scenario, TIER, f"{category}_talks", category) for category in scenario.categories]


def mean_waits(run: ObservedRun) -> Mapping[str, float]:
    return {name: float(waits_hours(run, TIER, name).mean()) for name in run.protocol.category_ids}


def first_come(streams: list[Stream], posts: int) -> Reading:
    """Controls from the disputes of some streams at one desk where everybody can do everything."""
    load = together(streams)
    mean_wait = mmc_mean_wait(load.per_hour, load.mean_hours, posts)
    return partial(first_come_controls, streams=streams, posts=posts, mean_wait_hours=mean_wait)
