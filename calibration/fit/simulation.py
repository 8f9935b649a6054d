"""One simulation of the place at a draw: from its values to the answers to all figures, with every audit."""

from collections.abc import Mapping

from calibration.fit.place import PlaceToFit
from calibration.fit.record import answer, implied
from sim.engine.choose import EngineName, choose_engine
from sim.errors import AuditError
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.audits import audited
from sim.outcomes.observed import observed
from sim.outcomes.place import lay_out
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes


def simulated_answers(
    place: PlaceToFit, values: Mapping[str, float], replication: int, engine: EngineName
) -> dict[str, float]:
    """Simulate the place with a draw's values; return answers by target id, then what is implied by name.

    AuditError if the accounts do not balance, EnginesDifferError where both engines are asked and do not agree.
    """
    scenario = place.scenario_at(values)
    jurisdiction = build_jurisdiction(scenario)
    protocol = compile_protocol(scenario, jurisdiction)
    batch = sample_disputes(scenario, jurisdiction, protocol, place.targets.seed, replication)
    trajectory = choose_engine(engine)(jurisdiction, protocol, batch)
    try:
        _, finished = audited(lay_out(jurisdiction, protocol), batch, trajectory)
    except AuditError as error:
        raise AuditError([f"replication {replication}: {failure}" for failure in error.failures]) from error
    run = observed(finished, scenario.measures)
    answers = {id_: answer(target, run, scenario) for id_, target in place.targets.targets.items()}
    return answers | implied(run)
