"""What differs between two listings of keyed things: what to write, and what to close."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Changes", "Placed", "changes"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A thing and its place in the listed order."""

    ordinal: int
    thing: T


@dataclass(frozen=True, slots=True)
class Changes(Generic[K, T]):
    """`put` is new or differs, in listed order; `superseded` names what was known and is so no longer; `gone`: those
    of them that the new listing no longer has."""

    put: tuple[Placed[T], ...]
    superseded: tuple[K, ...]
    gone: tuple[K, ...]

    def __bool__(self) -> bool:
        return bool(self.put or self.gone)


def changes(old: Sequence[T], new: Sequence[T], *, key: Callable[[T], K]) -> Changes[K, T]:
    """Compare by key; a thing that only moved is put again, because listed order carries meaning.

    >>> moved = changes(["a", "b"], ["b", "c"], key=str)
    >>> [(placed.ordinal, placed.thing) for placed in moved.put], moved.superseded, moved.gone
    ([(0, 'b'), (1, 'c')], ('a', 'b'), ('a',))
    """
    before = {key(thing): (ordinal, thing) for ordinal, thing in enumerate(old)}
    after = {key(thing): (ordinal, thing) for ordinal, thing in enumerate(new)}
    put = tuple(Placed(*placed) for name, placed in after.items() if before.get(name) != placed)
    superseded = tuple(name for name, placed in before.items() if after.get(name) != placed)
    return Changes(put, superseded, tuple(name for name in before if name not in after))
