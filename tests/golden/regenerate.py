"""Writes the golden results again: `python -m tests.golden.regenerate`; read the difference like code."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.experiment.asking import Wanted
from sim.experiment.run import run_question
from sim.experiment.sweep_asking import ask_sweep

HERE = Path(__file__).parent
STUDY = HERE.parent / "end_to_end" / "tiny_studies" / "posts_moved.yaml"
GOLDEN_SWEEP = HERE / "sweep.posts_moved.csv"


def sweep_table(scratch: Path) -> Path:
    """Run the study of the tiny county and return its table."""
    return run_question(ask_sweep(STUDY, Wanted()), scratch, workers=1).folder / "sweep.csv"


if __name__ == "__main__":
    with TemporaryDirectory() as scratch_folder:
        shutil.copyfile(sweep_table(Path(scratch_folder)), GOLDEN_SWEEP)
