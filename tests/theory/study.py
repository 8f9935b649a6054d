"""Theory by the ordinary path: a scenario file is loaded, sampled, simulated and measured, replication by replication."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.engine.simpy_engine import simulate
from sim.jurisdiction import build_jurisdiction
from sim.outcomes.observed import ObservedRun, observe
from sim.outcomes.tiers import tier_rows
from sim.outcomes.workload import workload_rows
from sim.protocol import compile_protocol
from sim.sampling import sample_disputes
from sim.specification import load_scenario
from sim.specification.schema import Scenario
from sim.specification.schema.scenario import FixedReplications
