"""Known parameters are recovered from real simulations of the small place.

Each row of the table is taken for the data in turn and fitted on all others; the intervals of what is informed must
hold the truth as often as they say. This tests the code and what such figures can tell, not the model.
"""

from pathlib import Path

import numpy as np
import pytest

from calibration.fit.fitting import fit
from calibration.fit.opening import open_place
from calibration.fit.simulated_draws import DrawSimulator
from calibration.fit.synthetic import coverage_bounds
from sim.engine.choose import EngineName
from sim.experiment.executor import open_workers, usable_cores
from sim.experiment.progress import Unwatched
from tests.unit.calibration.fit.small_place import TARGETS, changed, figures_of, write_place

FEW, MANY = 120, 1_200


@pytest.mark.parametrize("rows", [FEW, pytest.param(MANY, marks=pytest.mark.slow, id="by sheer number")])
def test_informed_parameters_are_recovered_as_often_as_their_intervals_say(rows: int, tmp_path: Path) -> None:
    targets = changed(
        TARGETS,
        ("rows: 60", f"rows: {rows}"),
        ("draws: 20, accepted_share: 0.5", f"draws: 40, accepted_share: {0.4 if rows == FEW else 0.25}"),
    )
    targets_file = write_place(tmp_path, targets)
    opened = open_place(targets_file)
    workers, folder = (1 if rows == FEW else usable_cores()), tmp_path / "partial"
    folder.mkdir()
    with open_workers(workers, EngineName.COMPILED, is_long=True) as pool:
        simulator = DrawSimulator(targets_file, opened.digest, folder, pool, EngineName.COMPILED, Unwatched())
        outcome = fit(opened.place, figures_of(opened.place), simulator)
    informed = {
        id_: finding for id_, finding in zip(opened.place.ids, outcome.findings, strict=True) if finding.informed
    }
    assert {"found_per_1000_per_year", "settled_in_village_share"} <= set(informed)
    for id_, finding in informed.items():
        assert finding.coverage_rows == rows
        for level, coverage in ((0.5, finding.coverage_50), (0.9, finding.coverage_90)):
            low, high = coverage_bounds(level, rows)
            assert low <= coverage <= high, (id_, level)
    village = outcome.posterior_numbers[:, opened.place.ids.index("settled_in_village_share")]
    low, high = np.quantile(village, [0.05, 0.95])
    assert low < 0.83 < high
