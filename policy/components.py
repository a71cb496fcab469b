"""What leads back to itself: the strongly connected components of a graph (Tarjan's algorithm, without recursion)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def components(keys: Iterable[Key], leads_to: Callable[[Key], Iterable[Key]]) -> Iterator[list[Key]]:
    """The components reached from `keys`, each after those that it leads to."""
    number: dict[Key, int] = {}
    lowest: dict[Key, int] = {}
    waiting: dict[Key, None] = {}
    for root in keys:
        path: list[tuple[Key, Iterator[Key]]] = []
        follower: Key | None = None if root in number else root
        while path or follower is not None:
            if follower is not None:
                number[follower] = lowest[follower] = len(number)
                waiting[follower] = None
                path.append((follower, iter(leads_to(follower))))
                follower = None
            key, ahead = path[-1]
            for other in ahead:
                if other not in number:
                    follower = other
                    break
                if other in waiting:
                    lowest[key] = min(lowest[key], number[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[key])
                if lowest[key] == number[key]:
                    yield _closed(waiting, key)


def _closed(waiting: dict[Key, None], first: Key) -> list[Key]:
    """The component that begins with `first`, which no longer waits."""
    found: list[Key] = []
    while not found or found[-1] != first:
        found.append(waiting.popitem()[0])
    return found[::-1]
