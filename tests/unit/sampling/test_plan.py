"""What is made of a place once is made of that very place and policy."""

from sim.jurisdiction import build_jurisdiction
from sim.protocol import compile_protocol
from sim.sampling.plan import plan_of
from sim.sampling.slots import held_slots
from tests.unit.sampling.rich_place import rich_scenario


def test_a_plan_is_made_once_and_never_for_a_place_that_is_only_equal() -> None:
    scenario, equal = rich_scenario(), rich_scenario()
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    plan = plan_of(scenario, jurisdiction, protocol)
    assert plan_of(scenario, jurisdiction, protocol) is plan
    for other in (
        plan_of(equal, jurisdiction, protocol),
        plan_of(scenario, build_jurisdiction(scenario), protocol),
        plan_of(scenario, jurisdiction, compile_protocol(scenario, jurisdiction)),
    ):
        assert other is not plan


def test_a_plan_has_the_held_slots_of_both_visits() -> None:
    scenario = rich_scenario()
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    plan = plan_of(scenario, jurisdiction, protocol)
    assert [list(visit.sessions.slots) for visit in plan.visits] == [
        list(held_slots(scenario, jurisdiction, protocol, visit)) for visit in (0, 1)
    ]
