"""The only maker of random generators: every draw has an address, so that no draw moves another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

_EVERY_REPLICATION = 0
_ONE_REPLICATION = 1
_HASH_BYTES = 16

# The constants of NumPy's SeedSequence, an algorithm that NumPy promises not to change (its NEP 19).
_WORD_BITS: Final = 32
_POOL_WORDS: Final = 4
_ABSORBING: Final = (0x43B0D7E5, 0x931E8875)
_GIVING: Final = (0x8B51F9DD, 0x58F38DED)
_MIX_OLD: Final = np.uint32(0xCA01F9DD)
_MIX_NEW: Final = np.uint32(0x4973F715)
_SHIFT: Final = np.uint32(16)

UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Streams:
    """Random streams of one replication of a study, addressed by name.

    A name gives the same stream whatever else is drawn, in whatever order: NumPy's SeedSequence is fed with the study's
    seed, the replication and a hash of the name that does not depend on PYTHONHASHSEED.
    """

    seed: int
    replication: int
    _seeds: dict[str, UInt64] = field(init=False, repr=False, compare=False, default_factory=dict)

    def generator(self, name: str) -> np.random.Generator:
        """Return a fresh generator at the start of the named stream of this replication."""
        seed = self._seeds.get(name)
        if seed is None:
            return _generator(self.seed, (_ONE_REPLICATION, self.replication, *_words(name)))
        # NumPy takes any ISeedSequence, as its documentation says; its type hints know only its own.
        return np.random.Generator(np.random.PCG64DXSM(_Seed(seed)))  # type: ignore[arg-type]

    def prepare(self, names: Sequence[str]) -> None:
        """Seed many streams at once, much faster than one by one; others can be asked for all the same."""
        common = _Absorbed.of(self.seed, (_ONE_REPLICATION, self.replication))
        self._seeds.update(zip(names, common.seeds(_words_of(tuple(names))), strict=True))

    def study_generator(self, name: str) -> np.random.Generator:
        """Return a fresh generator at the start of the named stream that all replications share."""
        return _generator(self.seed, (_EVERY_REPLICATION, 0, *_words(name)))


@lru_cache(maxsize=64)
def _words_of(names: tuple[str, ...]) -> UInt32:
    """The words of 32 bits by which names are addressed, uint32 (names, 4)."""
    digests = b"".join(sha256(name.encode("utf-8")).digest()[:_HASH_BYTES] for name in names)
    return np.frombuffer(digests, dtype="<u4").astype(np.uint32).reshape(len(names), _HASH_BYTES // 4)


def _words(name: str) -> list[int]:
    words: list[int] = _words_of((name,))[0].tolist()
    return words


def _generator(seed: int, address: tuple[int, ...]) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=address)))


@dataclass(frozen=True, slots=True)
class _Absorbed:
    """NumPy's SeedSequence in the middle of its work: it absorbs words one by one, here those of many names at once.

    pool: uint32 (4,); constants: uint32 (17,), the hash constants that come next, one for each word and place of the
    pool, and one more.
    """

    pool: UInt32
    constants: UInt32

    @classmethod
    def of(cls, seed: int, beginning: tuple[int, ...]) -> "_Absorbed":
        """Absorb a seed and the beginning of the spawn keys that all streams share."""
        words = max(_word_count(seed), _POOL_WORDS) + sum(map(_word_count, beginning))
        # One constant is used up for each word and place of the pool; the first words take the place of the pool.
        used = _POOL_WORDS * words
        pool = np.random.SeedSequence(seed, spawn_key=beginning).pool
        return cls(pool, _constants(_ABSORBING, used, _HASH_BYTES // 4 * _POOL_WORDS + 1))

    def seeds(self, words: UInt32) -> UInt64:
        """Absorb the words of each name, (names, 4), and return what comes out, uint64 (names, 4)."""
        by_place = (words.shape[1], _POOL_WORDS, 1)
        hashed = words.T[:, np.newaxis] ^ self.constants[:-1].reshape(by_place)
        hashed = _folded(hashed * self.constants[1:].reshape(by_place))
        pool = self.pool[:, np.newaxis]
        for word in hashed:
            pool = _folded(_MIX_OLD * pool - _MIX_NEW * word)
        given = np.concatenate((pool, pool)) ^ _GIVEN[:-1, np.newaxis]
        given = _folded(given * _GIVEN[1:, np.newaxis]).astype(np.uint64)
        return np.ascontiguousarray((given[0::2] | given[1::2] << np.uint64(_WORD_BITS)).T)


class _Seed(ISeedSequence):
    """A seed that is known already."""

    __slots__ = ("_words",)

    def __init__(self, words: UInt64) -> None:
        self._words = words

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> UInt64:
        """Return the seed, which is four words of 64 bits, as PCG64DXSM asks for."""
        if n_words != _POOL_WORDS or dtype is not np.uint64:
            raise ValueError("a seed for PCG64DXSM only")
        return self._words


@lru_cache(maxsize=8)
def _constants(series: tuple[int, int], first: int, count: int) -> UInt32:
    """The hash constants of a series from the given one on (uint32): start · factor^k modulo 2^32."""
    start, factor = series
    modulus = 2**_WORD_BITS
    return np.array([start * pow(factor, k, modulus) % modulus for k in range(first, first + count)], dtype=np.uint32)


_GIVEN: Final = _constants(_GIVING, 0, 2 * _POOL_WORDS + 1)


def _folded(words: UInt32) -> UInt32:
    return words ^ (words >> _SHIFT)


def _word_count(number: int) -> int:
    return max(1, -(-number.bit_length() // _WORD_BITS))
