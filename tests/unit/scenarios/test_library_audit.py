"""Every policy and practice on a twentieth of Xichou and Jinjiang, and random compositions of them, pass all audits."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.experiment.library_audit import CONFLICTS, Laid, audited, everything, practices_in
from tests.unit.scenarios.places import PLACES, SCENARIOS

TWENTIETH, FIFTIETH = 0.05, 0.02
EVERYTHING = everything(SCENARIOS, [SCENARIOS / place for place in PLACES])
PRACTICES = practices_in(SCENARIOS)


@pytest.mark.parametrize("laid", EVERYTHING, ids=[laid.name for laid in EVERYTHING])
def test_every_audit_holds_for_every_policy_and_practice(laid: Laid) -> None:
    finding = audited(laid, TWENTIETH)
    assert (finding.faults, finding.conflicts) == ((), ())
    assert finding.audits
    assert finding.disputes > 200


@given(
    place=st.sampled_from(PLACES),
    practices=st.lists(st.sampled_from(PRACTICES), min_size=2, max_size=5, unique=True),
    replication=st.integers(0, 3),
)
@settings(max_examples=200)
def test_practices_laid_together_run_clean_or_say_that_they_do_not_go_together(
    place: str, practices: list[Path], replication: int
) -> None:
    finding = audited(Laid(SCENARIOS / place / "baseline.yaml", tuple(practices)), FIFTIETH, replication)
    assert finding.faults == ()
    assert all(conflict.startswith(CONFLICTS) for conflict in finding.conflicts)
    assert bool(finding.audits) != bool(finding.conflicts)
