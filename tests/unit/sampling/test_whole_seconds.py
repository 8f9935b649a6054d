import numpy as np

from sim.sampling.whole_seconds import LONGEST_S, after, to_whole_seconds
from sim.vocabulary import NEVER_S


def test_halves_go_to_the_even_second() -> None:
    assert to_whole_seconds(np.array([0.5, 1.5, 2.5, 2.500001])).tolist() == [0, 2, 2, 3]


def test_the_longest_durations_never_end() -> None:
    seconds = np.array([LONGEST_S / 2, float(LONGEST_S), 1e300, np.inf])
    assert to_whole_seconds(seconds).tolist() == [LONGEST_S // 2, NEVER_S, NEVER_S, NEVER_S]


def test_after_never_stays_never_and_overflows_nowhere() -> None:
    instants = np.array([-5, 7, NEVER_S, NEVER_S, LONGEST_S - 1])
    durations = np.array([3, NEVER_S, 7, NEVER_S, LONGEST_S - 1])
    assert after(instants, durations).tolist() == [-2, NEVER_S, NEVER_S, NEVER_S, 2 * LONGEST_S - 2]
