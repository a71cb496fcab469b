"""What the parser makes of a text: tokens, and trees of them named after the grammar's rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from msgspec import Struct

Leaf = TypeVar("Leaf", bound="Token")


class Token(str):
    """A piece of text with its terminal, and where it stands."""

    __slots__ = ("end", "start", "type")
    type: str
    start: int
    end: int

    def __new__(cls, kind: str, text: str, start: int, end: int) -> Token:
        token = super().__new__(cls, text)
        token.type, token.start, token.end = kind, start, end
        return token

    def followed_by(self, kind: str, text: str = "") -> Token:
        """A token that the text does not hold, where this one stands: an indentation, the end."""
        return Token(kind, text, self.start, self.end)


class Tree(Struct, Generic[Leaf], eq=False):
    """A rule at work: its parts in order, None where an optional one is not there.

    `start` and `end` reach over everything the rule took, what it leaves out of its parts included; None where it
    took nothing.
    """

    data: str
    children: list[Tree[Leaf] | Leaf | None]
    start: int | None = None
    end: int | None = None

    def tokens(self) -> Iterator[Leaf]:
        """Every token below, in order."""
        for child in self.children:
            if isinstance(child, Tree):
                yield from child.tokens()
            elif child is not None:
                yield child
