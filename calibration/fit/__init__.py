"""The statistics of the fit: pure functions over arrays, deterministic, with every uniform handed in."""
