"""Both engines on generated places: every mechanism on and off in every mixture, and whole seconds full of ties."""

import os
import subprocess
import sys
from collections import Counter
from enum import IntEnum
from pathlib import Path

import numpy as np
from hypothesis import given

from sim.vocabulary import Departure, Fate, Purpose, RequestOutcome
from tests.equivalence.both_engines import by_both
from tests.unit.engine.generated_runs import ALL_BYTES, chances, examples, generated_run
from tests.unit.engine.what_happened import named, what_happened

EXAMPLES = 400
WITHOUT_COMPILATION = 15
ROOT = Path(__file__).parents[2]


def test_both_engines_tell_the_same_of_generated_places_in_which_everything_happens() -> None:
    happened: Counter[str] = Counter()
    tied = 0

    @given(chance=chances)
    @examples(EXAMPLES)
    def compare(chance: bytes) -> None:
        nonlocal tied
        run = generated_run(chance)
        trajectory = by_both(run)
        happened.update(what_happened(trajectory))
        joined_s = trajectory.requests.joined_s
        tied += len(np.unique(joined_s)) < len(joined_s)

    compare()
    kinds: tuple[type[IntEnum], ...] = (Departure, Fate, RequestOutcome, Purpose)
    everything = [name for kind in kinds for name in named(kind, kind)]
    everything += ["waited", "flagged", "episode 0 broke", "was heard after others", "sat together", "was held in vain"]
    assert [what for what in everything if happened[what] < 10] == []
    assert tied > EXAMPLES / 2


def compare_without_compilation() -> None:
    """Compare runs in this process; called with NUMBA_DISABLE_JIT=1."""
    for seed in range(WITHOUT_COMPILATION):
        by_both(generated_run(np.random.default_rng(seed).bytes(ALL_BYTES)))


def test_the_kernel_is_plain_python_that_gives_the_same_without_compilation() -> None:
    call = "from tests.equivalence.test_generated_places import compare_without_compilation as compare; compare()"
    variables = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", call], env=variables, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
