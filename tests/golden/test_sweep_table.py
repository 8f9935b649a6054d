"""The table of a small sweep is what it was when somebody last looked at it."""

from pathlib import Path

import pandas as pd

from tests.golden.regenerate import GOLDEN_SWEEP, sweep_table


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])


def test_the_table_of_a_small_sweep_has_not_changed(tmp_path: Path) -> None:
    pd.testing.assert_frame_equal(read(sweep_table(tmp_path)), read(GOLDEN_SWEEP), rtol=1e-9)
