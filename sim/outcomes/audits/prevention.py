"""Whether prevented disputes are kept apart from those that emerged."""

import numpy as np

from sim.outcomes.audits.subject import AuditSubject, failures


def prevented_apart(run: AuditSubject) -> list[str]:
    """Check that no dispute both emerged and was prevented, and that none was prevented twice or outside the run."""
    batch, prevented = run.batch, run.batch.prevented
    horizon_s, latent_s = run.jurisdiction.horizon_s, run.jurisdiction.latent_s
    lengths = {len(prevented.dispute_id), len(prevented.home_unit), len(prevented.category), len(prevented.emerged_s)}
    if len(lengths) > 1:
        return ["the columns of the prevented disputes differ in length"]
    if lengths == {0}:
        return []
    also_emerged = np.isin(prevented.dispute_id, batch.dispute_id)
    again = np.diff(prevented.dispute_id, prepend=np.int64(-1)) <= 0
    outside = (prevented.emerged_s < -latent_s) | (prevented.emerged_s >= horizon_s)

    def owner(row: int) -> int:
        return int(prevented.dispute_id[row])

    return [
        *failures("a dispute emerged although it was prevented", also_emerged, owner),
        *failures("a dispute is prevented twice or out of order", again, owner),
        *failures("a prevented dispute lies outside the run", outside, owner),
    ]
