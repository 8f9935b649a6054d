"""What is made once is made anew for other objects, however equal they are."""

from sim.protocol.made_once import made_once


class Thing:
    """An object that is equal to every other."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_only_the_very_same_objects_are_given_what_was_made_before() -> None:
    calls: list[tuple[object, object]] = []

    @made_once
    def number_of_calls(one: Thing, other: Thing) -> int:
        calls.append((one, other))
        return len(calls)

    one, other, third = Thing(), Thing(), Thing()
    assert [number_of_calls(one, other), number_of_calls(one, other)] == [1, 1]
    assert [number_of_calls(one, third), number_of_calls(other, one), number_of_calls(one, one)] == [2, 3, 4]
    assert number_of_calls(one, other) == 1
    assert len(calls) == 4
