"""Did you mean …? The nearest known name by edit distance, swapped letters counting as one edit."""

from collections.abc import Iterable


def edit_distance(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)."""
    before_previous: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        current = [i]
        for j, b in enumerate(other, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before_previous[j - 2] + 1)
            current.append(cost)
        before_previous, previous = previous, current
    return previous[-1]


def nearest(found: object, known: Iterable[str]) -> str:
    """Return the known name nearest to what was found, the earlier at a tie, or "" where none is near.

    Near means at most one edit for every three letters (at least one), or the same letters in another case or with
    other separators.
    """
    text = str(found)
    if len(text) > 100:
        return ""
    best, best_distance = "", max(1, len(text) // 3) + 1
    for name in known:
        if _folded(name) == _folded(text):
            return name
        if abs(len(name) - len(text)) < best_distance:
            distance = edit_distance(text, name)
            if distance < best_distance and distance < max(len(text), len(name)):
                best, best_distance = name, distance
    return best


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
