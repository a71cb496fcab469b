"""A division in whole numbers, as every solver here sees it: pairs that may be chosen, lines that hold, goals in order.

An item is what is given, an owner who takes it. Only eligible pairs stand in a problem, in canonical order: by item,
then by owner, both in the order of their keys. All figures are integers in the smallest unit of what they count.

Of equal divisions the one is taken that is first in this order: item by item, each to the first owner in the order
of pairs that equal divisions allow; an item goes to nobody only where no equal division gives it to somebody. Where
items take several owners, pair by pair in canonical order, chosen before not chosen.
"""

from msgspec import Struct

Terms = tuple[tuple[int, int], ...]
"""(index of a pair, coefficient): Σ coefficient over the chosen pairs."""


class Line(Struct, frozen=True):
    """low ≤ Σ terms ≤ high. A line with `order` may be given up: shortfalls are least, order by order."""

    terms: Terms
    low: int | None = None
    high: int | None = None
    order: int | None = None


class Total(Struct, frozen=True):
    """Σ terms, as large as possible (`most`) or as small."""

    terms: Terms
    most: bool = True


class Spread(Struct, frozen=True):
    """Σ over groups of max(0, largest − smallest − tolerance), as small as possible; a group is its members."""

    groups: tuple[tuple[Terms, ...], ...]
    tolerance: int = 0


class Shortfall(Struct, frozen=True):
    """Σ over the lines of one order of what they lack or exceed, as small as possible."""

    order: int


Goal = Total | Spread | Shortfall


class Problem(Struct, frozen=True):
    """`pairs[k]` = (item, owner), each numbered from 0 in the order of keys; goals strictly in order, first first."""

    items: int
    owners: int
    pairs: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...] = ()
    goals: tuple[Goal, ...] = ()


class Reached(Struct, frozen=True):
    """What a goal comes to and the best that was proved possible, given the values of the goals before it."""

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""
        return self.value == self.bound


class Forced(Struct, frozen=True):
    """The best division with a pair in it, as far as it tells it from the best of all: the first goal (by index) that
    comes to something worse and what that is, None where all come to the same; and the pairs chosen."""

    at: int | None
    value: int
    chosen: tuple[int, ...]


class Solution(Struct, frozen=True):
    """The pairs chosen, ascending; each goal; whether other divisions reach the same (None: not examined)."""

    chosen: tuple[int, ...]
    goals: tuple[Reached, ...]
    others: bool | None = None
