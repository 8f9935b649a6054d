"""Whether nobody works who is not there: vacancies follow one another, and nobody takes a vacant post."""

import numpy as np

from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.vocabulary import NOWHERE


def vacant_posts(run: AuditSubject) -> list[str]:
    """Check that each post's vacancies come one after the other and that no vacant post is taken."""
    vacancies, uses, staff = run.batch.vacancies, run.uses, run.jurisdiction.staff
    if not len(vacancies.pool):
        return []
    posts_before = np.cumsum(staff.pool_posts, dtype=np.int64) - staff.pool_posts
    span = run.jurisdiction.horizon_s + 1
    post = posts_before[vacancies.pool] + vacancies.post
    from_s, until_s = vacancies.from_s, vacancies.until_s
    same = post[1:] == post[:-1]
    unsound = (from_s >= until_s) | (from_s < 0) | (from_s >= run.jurisdiction.horizon_s)
    unsound |= (vacancies.post < 0) | (vacancies.post >= staff.pool_posts[vacancies.pool])
    unsound[1:] |= (np.diff(post) < 0) | (same & (from_s[1:] <= until_s[:-1]))
    found = [f"a post's vacancies do not follow one another ({int(unsound.sum())} times)"] if unsound.any() else []
    taken = posts_before[uses.pool] + uses.post
    last = np.searchsorted(post * span + from_s, taken * span + uses.from_s, side="right") - 1
    vacant = (last >= 0) & (post[last] == taken) & (uses.from_s < until_s[last]) & (uses.post != NOWHERE)
    return found + failures("a vacant post is taken", vacant, among_rows(run.of_request, uses.request))
