"""The agenda's total order: (second, rank, identity), whatever the order in which events were made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simpy import Event

from sim.engine.simpy_engine.environment import Instant, OrderedEnvironment, Waiting
from sim.vocabulary import Rank

HORIZON_S = 100
Key = tuple[int, int, int]

keys = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(Rank), st.integers(0, 3)), min_size=1, max_size=20, unique=True
)


def run_with(pushed: list[Key]) -> list[Key]:
    """Push an event for each key in the given order; return the order in which they come."""
    env, seen = OrderedEnvironment(HORIZON_S), list[Key]()

    def watch(key: Key) -> None:
        Instant(env, *key).callbacks.append(lambda _: seen.append(key))

    for key in pushed:
        watch(key)
    env.run()
    return seen


@given(pushed=keys.flatmap(st.permutations))
def test_events_come_by_second_rank_and_identity_however_they_were_pushed(pushed: list[Key]) -> None:
    assert run_with(pushed) == sorted(pushed)


@given(pushed=keys.flatmap(st.permutations), split=st.integers(0, 20))
def test_events_pushed_while_it_runs_take_their_place(pushed: list[Key], split: int) -> None:
    """The first events push the others, at their own second or later: what is pushed late cannot come earlier."""
    env, seen = OrderedEnvironment(HORIZON_S), list[Key]()
    first, late = pushed[:split], pushed[split:]

    def push(key: Key) -> None:
        Instant(env, *key).callbacks.append(lambda _: seen.append(key))

    def push_late(_: Event) -> None:
        for second, rank, identity in late:
            push((second + 4, rank, identity))

    for key in first:
        push(key)
    Instant(env, 3, Rank.DISPATCH, 99).callbacks.append(push_late)
    env.run()
    assert seen == sorted(first) + sorted((second + 4, rank, identity) for second, rank, identity in late)


def test_an_event_made_in_its_own_second_comes_by_rank_among_those_left() -> None:
    env, seen = OrderedEnvironment(HORIZON_S), list[str]()

    def say(name: str, second: int, rank: Rank) -> Instant:
        instant = Instant(env, second, rank, 0)
        instant.callbacks.append(lambda _: seen.append(name))
        return instant

    def end_a_session(_: Event) -> None:
        say("session end", 5, Rank.SESSION_END)

    say("patience", 5, Rank.PATIENCE_END).callbacks.append(end_a_session)
    say("arrival", 5, Rank.ARRIVAL)
    say("next second", 6, Rank.SESSION_END)
    env.run()
    assert seen == ["patience", "session end", "arrival", "next second"]


def test_nothing_happens_at_the_horizon_or_after() -> None:
    assert run_with([(HORIZON_S, Rank.SESSION_END, 0), (HORIZON_S - 1, Rank.DISPATCH, 0)]) == [
        (HORIZON_S - 1, Rank.DISPATCH, 0)
    ]


def test_a_process_starts_and_goes_on_in_the_second_in_which_it_is_woken() -> None:
    env, seen = OrderedEnvironment(HORIZON_S), list[tuple[int, str]]()

    def life() -> Waiting:
        seen.append((env.second, "starts"))
        rank = yield Instant(env, 7, Rank.ARRIVAL, 1)
        seen.append((env.second, Rank(rank).name))

    def opener() -> Waiting:
        yield Instant(env, 5, Rank.SURFACING, 1)
        env.process(life())

    Instant(env, 5, Rank.PATIENCE_END, 0).callbacks.append(lambda _: seen.append((env.second, "others")))
    env.process(opener())
    env.run()
    assert seen == [(5, "starts"), (5, "others"), (7, "ARRIVAL")]


def test_work_for_the_end_of_a_second_waits_for_all_its_events_and_may_make_more() -> None:
    env, seen = OrderedEnvironment(HORIZON_S), list[str]()

    def at_the_end() -> None:
        seen.append("end of second")
        Instant(env, env.second, Rank.SESSION_END, 0).callbacks.append(lambda _: seen.append("made at the end"))

    def ask(_: Event) -> None:
        seen.append("asked")
        env.before_next_second = at_the_end

    Instant(env, 5, Rank.SESSION_END, 0).callbacks.append(ask)
    Instant(env, 5, Rank.OPENING, 3).callbacks.append(lambda _: seen.append("opening"))
    Instant(env, 6, Rank.SESSION_END, 0).callbacks.append(lambda _: seen.append("next second"))
    env.run()
    assert seen == ["asked", "opening", "end of second", "made at the end", "next second"]


def test_an_error_in_a_case_is_not_hidden() -> None:
    env = OrderedEnvironment(HORIZON_S)

    def life() -> Waiting:
        yield Instant(env, 5, Rank.ARRIVAL, 1)
        raise ZeroDivisionError

    env.process(life())
    with pytest.raises(ZeroDivisionError):
        env.run()
