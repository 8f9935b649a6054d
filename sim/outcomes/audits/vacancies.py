"""Whether nobody works who is not there: vacancies follow one another, and nobody takes a vacant post."""

import numpy as np

from sim.jurisdiction.contract import Int64
from sim.outcomes.audits.subject import AuditSubject, among_rows, failures
from sim.outcomes.columns import Mask
from sim.vocabulary import NOWHERE


def vacant_posts(run: AuditSubject) -> list[str]:
    """Check that each post's vacancies come one after the other and that no vacant post is taken."""
    vacancies, uses = run.batch.vacancies, run.uses
    unsound = unsound_vacancies(run)
    if not (unsound.any() or taken_while_vacant(run).any()):
        return []
    found = [f"a post's vacancies do not follow one another ({int(unsound.sum())} times)"] if unsound.any() else []
    post, span_s = _post_of_vacancy(run), run.line.span_s
    taken = run.place.posts_before[uses.pool] + uses.post
    last = np.searchsorted(post * span_s + vacancies.from_s, taken * span_s + uses.from_s, side="right") - 1
    vacant = (last >= 0) & (post[last] == taken) & (uses.from_s < vacancies.until_s[last]) & (uses.post != NOWHERE)
    return found + failures("a vacant post is taken", vacant, among_rows(run.of_request, uses.request))


def unsound_vacancies(run: AuditSubject) -> Mask:
    """Which vacancies last no time, lie outside the run, are of no post or do not follow the one before: bool (K,)."""
    vacancies, pool_posts = run.batch.vacancies, run.jurisdiction.staff.pool_posts
    from_s, until_s = vacancies.from_s, vacancies.until_s
    if not len(from_s):
        return np.zeros(0, dtype=np.bool_)
    post = _post_of_vacancy(run)
    same = post[1:] == post[:-1]
    unsound: Mask = (from_s >= until_s) | (from_s < 0) | (from_s >= run.jurisdiction.horizon_s)
    unsound |= (vacancies.post < 0) | (vacancies.post >= pool_posts.take(vacancies.pool))
    unsound[1:] |= (post[1:] < post[:-1]) | (same & (from_s[1:] <= until_s[:-1]))
    return unsound


def taken_while_vacant(run: AuditSubject) -> Mask:
    """During which vacancies, if they are sound, their post is taken: bool (K,)."""
    vacancies, line = run.batch.vacancies, run.line
    if not len(vacancies.from_s):
        return np.zeros(0, dtype=np.bool_)
    first = _post_of_vacancy(run) * line.span_s
    until = first + np.minimum(vacancies.until_s, line.span_s)
    return np.searchsorted(line.taken, until) > np.searchsorted(line.taken, first + vacancies.from_s)


def _post_of_vacancy(run: AuditSubject) -> Int64:
    """Number of each vacancy's post among those of all pools: int64 (K,)."""
    vacancies = run.batch.vacancies
    return run.place.posts_before.take(vacancies.pool) + vacancies.post
