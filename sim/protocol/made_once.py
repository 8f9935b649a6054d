"""What follows from a place and its policy alone is made once and kept for every replication."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

_Objects = ParamSpec("_Objects")
_Made = TypeVar("_Made")

_KEPT: Final = 16


class _Same:
    """Objects as a key: equal to others only if all are the very same, which is known without looking into them."""

    __slots__ = ("objects",)

    def __init__(self, objects: tuple[object, ...]) -> None:
        self.objects = objects

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and all(a is b for a, b in zip(self.objects, other.objects, strict=True))

    def __hash__(self) -> int:
        key = 0
        for each in self.objects:
            key ^= id(each)
        return key


def made_once(make: Callable[_Objects, _Made]) -> Callable[_Objects, _Made]:
    """Let a function of frozen objects, given by position, work once for the very objects that it was last given.

    What it returns is shared by all who ask: nobody may change it.
    """

    @lru_cache(maxsize=_KEPT)
    def made(same: _Same) -> _Made:
        return make(*same.objects)  # type: ignore[arg-type, call-arg]  # the objects of one call of `asked`

    @wraps(make)
    def asked(*objects: _Objects.args, **_: _Objects.kwargs) -> _Made:
        return made(_Same(objects))

    return asked
