"""What the engine and the naive model say happened, as plain rows in one order, to be compared with `==`."""

from sim.engine.contract import Trajectory
from tests.unit.engine.naive_reference import NaiveModel

Row = tuple[int, ...]


def engine_rows(trajectory: Trajectory) -> tuple[list[Row], list[Row], list[Row]]:
    """Disputes, visits and requests of a trajectory, field by field in the order of their contract."""
    disputes, visits, requests = trajectory.disputes, trajectory.visits, trajectory.requests
    tables = [[getattr(table, name) for name in table.__dataclass_fields__] for table in (disputes, visits, requests)]
    first, second, third = ([tuple(map(int, row)) for row in zip(*table, strict=True)] for table in tables)
    return first, second, third


def naive_rows(model: NaiveModel) -> tuple[list[Row], list[Row], list[Row]]:
    """The same of the naive model, after its run."""
    disputes = [(case.fate, case.fate_s, case.tier, case.bypassed, case.withdrawn_s) for case in model.cases]
    visits = [
        (case.row, v.number, v.tier, v.unit, v.nth, v.arrived_s, v.left_s, v.departure, v.tier_due_s)
        for case in model.cases
        for v in case.visits
    ]
    requests = [
        (r.case.row, r.visit.number, r.purpose, r.slot, r.option, r.pool, r.post, r.joined_s, r.started_s, r.ended_s)
        + (r.left_s, r.outcome, r.effort_s, r.travel_s, r.occupation_s)
        for r in sorted(model.requests, key=lambda r: (r.case.row, r.joined_s, r.purpose, r.visit.number, r.slot))
    ]
    return [tuple(map(int, row)) for row in disputes], visits, requests
