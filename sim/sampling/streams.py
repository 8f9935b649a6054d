"""The only maker of random generators: every draw has an address, so that no draw moves another."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

_EVERY_REPLICATION = 0
_ONE_REPLICATION = 1
_HASH_BYTES = 16


@dataclass(frozen=True, slots=True)
class Streams:
    """Random streams of one replication of a study, addressed by name.

    A name gives the same stream whatever else is drawn, in whatever order: NumPy's SeedSequence is fed with the study's
    seed, the replication and a hash of the name that does not depend on PYTHONHASHSEED.
    """

    seed: int
    replication: int

    def generator(self, name: str) -> np.random.Generator:
        """Return a fresh generator at the start of the named stream of this replication."""
        return _generator(self.seed, (_ONE_REPLICATION, self.replication, *_words(name)))

    def study_generator(self, name: str) -> np.random.Generator:
        """Return a fresh generator at the start of the named stream that all replications share."""
        return _generator(self.seed, (_EVERY_REPLICATION, 0, *_words(name)))


def _words(name: str) -> list[int]:
    digest = sha256(name.encode("utf-8")).digest()[:_HASH_BYTES]
    return [int.from_bytes(digest[i : i + 4], "little") for i in range(0, _HASH_BYTES, 4)]


def _generator(seed: int, address: tuple[int, ...]) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=address)))
