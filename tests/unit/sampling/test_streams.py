from hashlib import sha256

import numpy as np
import pytest

from sim.sampling.streams import Streams


def test_a_name_gives_the_same_stream_whatever_was_drawn_before() -> None:
    first = Streams(1, 0).generator("effort/town/0/0").random(5)
    streams = Streams(1, 0)
    streams.generator("gap/town/0/1").random(1_000)
    assert np.array_equal(streams.generator("effort/town/0/0").random(5), first)


def test_names_seeds_and_replications_give_different_streams() -> None:
    drawn = [
        streams.generator(name).random()
        for streams in (Streams(1, 0), Streams(1, 1), Streams(2, 0), Streams(2**62, 0), Streams(2**32 + 1, 0))
        for name in ("luck", "effort/town/0/0", "effort/town/0/1", "effort/town/1/0", "")
    ]
    assert len(set(drawn)) == len(drawn)


def test_a_study_stream_is_shared_by_replications_and_is_none_of_theirs() -> None:
    shared = {Streams(1, replication).study_generator("frailty").random() for replication in range(3)}
    own = {Streams(1, replication).generator("frailty").random() for replication in range(3)}
    assert len(shared) == 1
    assert len(own | shared) == 4


def test_streams_of_neighbouring_names_are_uncorrelated() -> None:
    count = 20_000
    vectors = np.array([Streams(1, 0).generator(f"settlement/town/0/{k}").standard_normal(count) for k in range(6)])
    correlations = np.corrcoef(vectors)[np.triu_indices(6, 1)]
    assert np.abs(correlations).max() < 4 / np.sqrt(count)


@pytest.mark.parametrize("seed", [0, 1, 20_090_101, 2**32 - 1, 2**32, 2**62, 2**128 - 1, 2**128, 2**200 + 12_345])
@pytest.mark.parametrize("replication", [0, 1, 999, 2**32 - 1, 2**32, 2**70])
def test_a_stream_is_that_of_numpys_seed_sequence(seed: int, replication: int) -> None:
    """The address of a stream: the seed, then as spawn key 1, the replication and the first 16 bytes of a hash."""
    names = ["", "luck", "effort/town/0/0", "纠纷"]
    one_by_one, prepared = Streams(seed, replication), Streams(seed, replication)
    prepared.prepare(names)
    for name in names:
        digest = sha256(name.encode("utf-8")).digest()
        words = [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]
        found = [streams.generator(name) for streams in (one_by_one, prepared, prepared)]
        for key, generators in (((1, replication), found), ((0, 0), [prepared.study_generator(name)])):
            expected = np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=(*key, *words))).state
            assert [each.bit_generator.state for each in generators] == [expected] * len(generators), name


def test_streams_that_were_not_prepared_are_there_all_the_same() -> None:
    streams = Streams(1, 0)
    streams.prepare([])
    streams.prepare(["luck"])
    assert streams.generator("gap").random() == Streams(1, 0).generator("gap").random()
