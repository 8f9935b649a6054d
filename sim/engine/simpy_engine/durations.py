"""What serving a request takes: sessions as drawn, paperwork and follow-up visits as the scenario says."""

from sim.engine.simpy_engine.batch_rows import BatchRows
from sim.engine.simpy_engine.cases import Request
from sim.engine.simpy_engine.network import Network
from sim.vocabulary import Purpose

PURPOSE_CASEWORK = int(Purpose.CASEWORK)
PURPOSE_HANDOVER = int(Purpose.HANDOVER)


class Durations:
    """Looks up how long an option would serve a request: seconds of occupation, effort and travel."""

    def __init__(self, network: Network, rows: BatchRows) -> None:
        self.network = network
        self.rows = rows

    def __call__(self, request: Request, option: int) -> tuple[int, int, int]:
        """Return occupation, effort and travel of a request served by an option."""
        network, rows, row = self.network, self.rows, request.row
        if request.purpose == PURPOSE_CASEWORK:
            visit_round = request.visit.round
            return (
                rows.occupation_s[row][visit_round * network.option_count + option],
                rows.effort_s[row][visit_round * network.slot_count + request.slot],
                rows.travel_s[row][option],
            )
        if request.purpose == PURPOSE_HANDOVER:
            return network.handover_occupation_s(option), network.handover_effort_s, 0
        return network.follow_up_durations(option, rows.home_unit[row])
