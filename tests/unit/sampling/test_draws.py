import numpy as np
from pydantic import TypeAdapter

from sim.sampling.draws import Draws
from sim.sampling.streams import Streams
from sim.specification.schema.distributions import AnyDistribution, DurationDays

days: TypeAdapter[AnyDistribution] = TypeAdapter(DurationDays)
FIXED = days.validate_python({"distribution": "deterministic", "mean_days": 2.0})
EXPONENTIAL = days.validate_python({"distribution": "exponential", "mean_days": 2.0})
LOGNORMAL = days.validate_python({"distribution": "lognormal", "mean_days": 2.0, "cv": 1.0})


def test_a_backlog_moves_no_draw_of_the_disputes_that_emerge() -> None:
    without = Draws(Streams(1, 0), 10, 0)
    beside = Draws(Streams(1, 0), 10, 4)
    assert np.array_equal(beside.normals("luck")[:10], without.normals("luck"))
    assert not np.intersect1d(beside.normals("luck")[:10], beside.normals("luck")[10:]).size
    more = Draws(Streams(1, 0), 25, 4)
    assert np.array_equal(more.normals("luck")[25:], beside.normals("luck")[10:])


def test_rows_pick_from_the_draws_of_all() -> None:
    everyone = Draws(Streams(1, 0), 10, 4)
    some = everyone.of_rows(np.array([0, 3, 12]))
    assert some.count == 3
    assert np.array_equal(some.uniforms("gap"), everyone.uniforms("gap")[[0, 3, 12]])
    assert np.array_equal(some.exponentials("gap"), everyone.exponentials("gap")[[0, 3, 12]])


def test_a_fixed_value_is_the_same_for_everybody() -> None:
    assert Draws(Streams(1, 0), 3, 1).quantities(FIXED, "gap").tolist() == [2, 2, 2, 2]


def test_each_row_follows_its_own_distribution_at_its_own_quantile() -> None:
    draws = Draws(Streams(1, 0), 6, 0)
    which = np.array([0, 1, 2, -1, 1, 0])
    values = draws.quantities_by([EXPONENTIAL, LOGNORMAL, FIXED], which, "self_report")
    assert np.array_equal(values[which == 0], draws.quantities(EXPONENTIAL, "self_report")[which == 0])
    assert np.array_equal(values[which == 1], draws.quantities(LOGNORMAL, "self_report")[which == 1])
    assert values[2:4].tolist() == [2, 0]


def test_no_dispute_at_all_is_no_special_case() -> None:
    draws = Draws(Streams(1, 0), 0, 0)
    assert draws.quantities_by([EXPONENTIAL], np.zeros(0, dtype=np.int64), "x").tolist() == []
    assert draws.normals("x").tolist() == []
