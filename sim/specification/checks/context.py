"""What all checks share: the scenario, where its values stand, and the faults found so far."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sim.errors import Problem
from sim.specification.faults import fault, found_text
from sim.specification.places import Places
from sim.specification.schema import Scenario
from sim.specification.suggestions import nearest
from sim.specification.tree import Path

SHARE_TOLERANCE = 1e-6


@dataclass(slots=True)
class Check:
    """A scenario under check."""

    scenario: Scenario
    places: Places
    problems: list[Problem] = field(default_factory=list)

    @property
    def tier_ids(self) -> tuple[str, ...]:
        """Tiers, lowest first."""
        return tuple(self.scenario.tiers)

    def level(self, tier: str) -> int | None:
        """Return a tier's rank from below, None if there is no such tier."""
        return self.tier_ids.index(tier) if tier in self.scenario.tiers else None

    def report(
        self, code: str, path: Path, /, *, at_key: bool = False, with_values: Sequence[Path] = (), **fields: object
    ) -> None:
        """Report a fault at a value, or at its key; `with_values` are others that make it: the latest one is blamed."""
        if with_values:
            place = self.places.latest(path, with_values)
        else:
            place = self.places.key_place(path) if at_key else self.places.place(path)
        self.problems.append(fault(code, place, path, **fields))

    def known(self, kind: str, found: str, known: Collection[str], path: Path, *, at_key: bool = False) -> bool:
        """Report a reference to an id that does not exist; return whether it does."""
        if found in known:
            return True
        allowed = tuple(known)
        suggestion = nearest(found, allowed)
        self.report(
            "unknown_id",
            path,
            at_key=at_key,
            kind=kind,
            found=found_text(found),
            allowed=allowed,
            suggestion=suggestion,
        )
        return False

    def keyed_by(
        self, kind: str, keys: Iterable[str], known: Sequence[str], path: Path, required: Sequence[str] | None = None
    ) -> None:
        """Report keys of a block that are no ids, and required ids (all, unless given) without a key.

        A misspelt key is one fault: the id it was meant for is not missing.
        """
        given = tuple(keys)
        missing = [name for name in (known if required is None else required) if name not in given]
        for key in given:
            if key not in known:
                suggestion = nearest(key, [name for name in known if name not in given]) or nearest(key, known)
                self.report(
                    "unknown_id",
                    (*path, key),
                    at_key=True,
                    kind=kind,
                    found=found_text(key),
                    allowed=tuple(known),
                    suggestion=suggestion,
                )
                missing = [name for name in missing if name != suggestion]
        for name in missing:
            self.report("missing_id", path, with_values=[(*path, name)], kind=kind, id=name)

    def no_duplicates(self, items: Sequence[str], path: Path) -> None:
        """Report items that a list holds twice."""
        for index, item in enumerate(items):
            if item in items[:index]:
                self.report("duplicate_item", (*path, index), found=item)

    def shares_sum_to_one(self, shares: dict[Path, float], path: Path) -> None:
        """Report shares that do not sum to 1, at the block that holds them."""
        total = sum(shares.values())
        if abs(total - 1) > SHARE_TOLERANCE:
            keys = [".".join(map(str, share)) for share in shares]
            self.report("shares_sum", path, with_values=list(shares), sum=f"{total:.6g}", keys=keys)
