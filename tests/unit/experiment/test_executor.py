"""Work is done whatever the number of workers, and the first error ends it."""

import math
import multiprocessing
import os
from collections.abc import Iterator

import pytest

from sim.errors import AuditError
from sim.experiment.executor import Workers, open_workers, usable_cores


def squared(number: int) -> int:
    return number * number


def process_of(number: int) -> int:
    del number
    return os.getpid()


def not_balanced(number: int) -> int:
    raise AuditError([f"{number} disputes are missing", "and more"])


def test_there_is_a_core_to_use() -> None:
    assert usable_cores() >= 1


def test_one_worker_does_the_work_here_in_order() -> None:
    with open_workers(1) as workers:
        assert list(workers.do(squared, [3, 1, 2])) == [(3, 9), (1, 1), (2, 4)]


def test_two_workers_do_every_piece_once() -> None:
    with open_workers(2) as workers:
        assert sorted(workers.do(math.factorial, range(20))) == [(n, math.factorial(n)) for n in range(20)]
        assert list(workers.do(math.factorial, [])) == []


def test_pieces_are_taken_as_they_are_needed() -> None:
    taken = []

    def pieces() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    for _ in Workers(1).do(squared, pieces()):
        break
    assert taken == [0]


def test_an_error_in_a_worker_process_arrives_whole() -> None:
    with pytest.raises(AuditError) as caught, open_workers(2) as workers:
        list(workers.do(not_balanced, [4]))
    assert caught.value.failures == ("4 disputes are missing", "and more")


def test_long_work_is_done_by_processes_that_are_gone_afterwards() -> None:
    with open_workers(2, is_long=True) as workers:
        processes = {process for _, process in workers.do(process_of, range(8))}
        assert os.getpid() not in processes
    assert not {child.pid for child in multiprocessing.active_children()} & processes


def test_processes_end_with_an_error_too() -> None:
    with pytest.raises(AuditError), open_workers(2, is_long=True) as workers:
        list(workers.do(not_balanced, range(8)))
    assert not multiprocessing.active_children()
