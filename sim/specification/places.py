"""Where keys and values stand, for whoever reports a fault."""

from collections.abc import Sequence
from typing import Protocol

from sim.specification.tree import Path, Place


class Places(Protocol):
    """Finds the place of a key path."""

    def place(self, path: Path) -> Place:
        """Return the place of a value, or of what is nearest above it."""
        ...

    def key_place(self, path: Path) -> Place:
        """Return the place of a key, or of the value where it has no key."""
        ...

    def latest(self, path: Path, others: Sequence[Path]) -> Place:
        """Return the key place of a path, or of what was stated in a later file: of another path, or of its removal."""
        ...

    def is_doubtful(self, path: Path) -> bool:
        """Whether a fault already reported hides what stands at this path."""
        ...
