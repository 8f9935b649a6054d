"""Two trajectories: any cell that is not the same is found, at the right event, and told in both languages."""

import pickle  # noqa: TID251 -- what worker processes send their errors with
from dataclasses import fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
import pytest

from sim.cli.engine_difference import difference_lines, happening_text, tell_difference
from sim.cli.wording import LANGUAGES, command_words
from sim.engine.contract import Trajectory
from sim.engine.difference import first_difference
from sim.engine.simpy_engine import simulate
from sim.errors import EngineDifference, EnginesDifferError
from sim.vocabulary import NEVER_S, Departure, Fate, Purpose, RequestOutcome
from tests.behaviour.story import HOUR, Life, place, tell
from tests.unit.engine.generated_runs import ALL_BYTES, GeneratedRun, generated_run

TABLES = tuple(table.name for table in fields(Trajectory))


def rich_run() -> tuple[GeneratedRun, Trajectory]:
    """The first generated run in which every table has rows."""
    for seed in range(100):
        run = generated_run(np.random.default_rng(seed).bytes(ALL_BYTES))
        trajectory = run.by(simulate)
        if len(trajectory.seats.request) > 2 and len(trajectory.breaches.dispute) > 1:
            return run, trajectory
    raise AssertionError("no such run")


RUN, TRAJECTORY = rich_run()
COLUMNS = [(table, column.name) for table in TABLES for column in fields(getattr(TRAJECTORY, table))]


def with_cell(trajectory: Trajectory, table: str, column: str, row: int, value: int) -> Trajectory:
    return with_column(trajectory, table, column, lambda cells: np.r_[cells[:row], [value], cells[row + 1 :]])


def with_column(trajectory: Trajectory, table: str, column: str, change: Any) -> Trajectory:
    rows: Any = getattr(trajectory, table)
    cells = getattr(rows, column)
    return replace(trajectory, **{table: replace(rows, **{column: change(cells).astype(cells.dtype)})})


def compared(other: Trajectory, one: Trajectory = TRAJECTORY, run: GeneratedRun = RUN) -> EngineDifference | None:
    return first_difference(run.jurisdiction, run.protocol, run.batch, {"simpy": one, "compiled": other})


def told(difference: EngineDifference | None, language: str = "en") -> list[str]:
    assert difference is not None
    return difference_lines(command_words(language), EnginesDifferError(difference, "Somewhere, replication 0"))


def test_the_same_run_twice_is_no_difference() -> None:
    assert compared(RUN.by(simulate)) is None


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(each) for each in COLUMNS])
def test_one_cell_anywhere_is_found_and_told(table: str, column: str, capsys: pytest.CaptureFixture[str]) -> None:
    cells = getattr(getattr(TRAJECTORY, table), column)
    for row in {0, len(cells) - 1}:
        difference = compared(with_cell(TRAJECTORY, table, column, row, (int(cells[row]) + 1) % 2**62))
        assert difference is not None
        named = {name.rpartition(".")[2].partition("[")[0] for name, _, _ in difference.columns}
        assert any(difference.first) or column in named
        for language in LANGUAGES:
            tell_difference(command_words(language), EnginesDifferError(difference, "Somewhere"))
    assert "{" not in capsys.readouterr().err


@pytest.mark.parametrize("table", TABLES)
def test_a_row_too_few_is_found(table: str) -> None:
    rows: Any = getattr(TRAJECTORY, table)
    shorter = replace(rows, **{column.name: getattr(rows, column.name)[:-1] for column in fields(rows)})
    assert compared(replace(TRAJECTORY, **{table: shorter})) is not None


def test_another_type_or_order_is_found_though_no_event_differs() -> None:
    wider = replace(TRAJECTORY.visits, tier=TRAJECTORY.visits.tier.astype(np.int64))
    difference = compared(replace(TRAJECTORY, visits=wider))
    assert difference is not None
    assert difference.first == (None, None)
    assert told(difference)[1:] == ["  not the same: visits.tier is int32 and int64"]
    turned = {column.name: getattr(TRAJECTORY.visits, column.name)[::-1] for column in fields(TRAJECTORY.visits)}
    difference = compared(replace(TRAJECTORY, visits=replace(TRAJECTORY.visits, **turned)))
    assert difference is not None
    assert difference.first == (None, None)
    assert difference.columns[0][0] == "visits.dispute[0]"


def test_a_code_or_an_index_that_means_nothing_is_still_told() -> None:
    for table, column in (("visits", "departure"), ("requests", "slot"), ("requests", "pool"), ("visits", "unit")):
        assert len(told(compared(with_cell(TRAJECTORY, table, column, 0, 99)))) > 2


# --- a difference planted into a story --------------------------------------------------------------------------------


def story() -> tuple[GeneratedRun, Trajectory]:
    """Two disputes want the one post of a village: the second waits until the first has been heard."""
    both = tell(place(), [Life(0), Life(0)])
    return GeneratedRun(both.jurisdiction, both.protocol, both.batch), both.trajectory


def test_the_first_event_in_time_is_told_with_what_each_engine_says() -> None:
    run, trajectory = story()
    started_s = trajectory.requests.started_s
    second = int(np.flatnonzero(started_s == HOUR)[-1])
    changed = with_cell(trajectory, "requests", "started_s", second, HOUR + 90)
    changed = with_cell(changed, "disputes", "bypassed", 0, 1)
    difference = compared(changed, trajectory, run)
    assert difference is not None
    assert difference.dispute_id == 1
    rest = "starts village.desk with village_mediators of village_1, post 1, until day 0 02:00:00"
    spent = "effort 1:00:00, travel 0:00:00, occupied 1:00:00"
    head, *said = told(difference)
    assert head.startswith("The engines do not agree on dispute 1 (Somewhere, replication 0).")
    assert said == [
        f"  simpy: day 0 01:00:00 {rest}; {spent}",
        f"  compiled: day 0 01:01:30 {rest}; {spent}",
        "  not the same: started_s is 3600 and 3690",
    ]


def test_the_story_stands_side_by_side_from_arrival_to_end() -> None:
    run, trajectory = story()
    changed = with_cell(trajectory, "requests", "ended_s", 0, 2 * HOUR)
    difference = compared(changed, trajectory, run)
    assert difference is not None
    english = command_words("en")
    rows = [["" if side is None else happening_text(english, side) for side in row] for row in difference.story]
    assert (
        rows[0]
        == ["day 0 00:00:00 arrives at village_1 (village), visit 1 of the case, episode 1; deadline: never"] * 2
    )
    (parted,) = [row for row in rows if "starts village.desk" in row[0]]
    assert ("until day 0 01:00:00" in parted[0], "until day 0 02:00:00" in parted[1]) == (True, True)
    assert rows[-1] == ["day 0 03:00:00 ends adjudicated; tier: county, petitioned the top tier: no"] * 2


def test_an_event_that_one_engine_does_not_have_leaves_its_side_empty() -> None:
    run, trajectory = story()
    changed = with_cell(trajectory, "requests", "started_s", 0, NEVER_S)
    difference = compared(changed, trajectory, run)
    assert difference is not None
    one, other = difference.first
    assert one is not None
    assert one.code == "starts"
    assert other is not None
    assert other.code == "ends"
    assert (one, None) in difference.story


def test_of_two_differences_in_one_second_the_rank_then_the_id_decide() -> None:
    run, trajectory = story()
    changed = with_cell(trajectory, "requests", "post", 0, 5)
    changed = with_cell(changed, "visits", "due_s", len(trajectory.visits.due_s) // 2, 7 * HOUR)
    difference = compared(changed, trajectory, run)
    assert difference is not None
    assert (difference.dispute_id, difference.columns[0][0]) == (1, "due_s")


def test_a_difference_reaches_the_user_whole_from_a_worker_process() -> None:
    run, trajectory = story()
    difference = compared(with_cell(trajectory, "disputes", "fate", 1, Fate.LITIGATED), trajectory, run)
    assert difference is not None
    sent = pickle.loads(pickle.dumps(EnginesDifferError(difference, "Somewhere, replication 3")))
    assert (sent.difference, sent.run) == (difference, "Somewhere, replication 3")
    assert "stands" in str(sent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str) -> None:
    names = command_words(language).event_names
    codes: dict[str, type[IntEnum]] = {
        "departure": Departure,
        "fate": Fate,
        "outcome": RequestOutcome,
        "purpose": Purpose,
    }
    assert {field: list(words) for field, words in names.items()} == {
        field: [code.name.lower() for code in codes[field]] for field in names
    }
    assert set(names) == set(codes)
