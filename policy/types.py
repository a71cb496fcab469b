"""Types: what the checker knows of a value before any data is read.

A number's type carries its unit, its grid (every value is a multiple of it; None where decimals could be endless)
and its range. Range and grid are in canonical units.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct, structs

from policy.kinds import Grain
from policy.units import Exact, Unit


class Number(Struct, frozen=True):
    """A number. `unit` None is a pure number; `bare` marks a literal that takes the unit of the other side.

    `low` and `high` are inclusive bounds, None where unbounded; `place` marks the place given by a rank.
    """

    unit: Unit | None = None
    grid: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    bare: bool = False
    place: bool = False


class Text(Struct, frozen=True):
    """Text, compared only for being the same; `identity` says that it is an identity number."""

    identity: bool = False


class YesNo(Struct, frozen=True):
    """Yes or no."""


class Calendar(Struct, frozen=True):
    """A point of the calendar."""

    grain: Grain = "day"


class Choice(Struct, frozen=True):
    """One of `values`; the first `ordered` of them stand best first, the others outside the order."""

    name: str
    values: tuple[str, ...]
    ordered: int = 0

    def rank_of(self, value: str) -> int | None:
        """0 for the best, None for a value outside the order."""
        at = self.values.index(value) if value in self.values else self.ordered
        return at if at < self.ordered else None


class Reference(Struct, frozen=True):
    """A reference to a record of another kind, told by that record's key."""

    record: str


class Nothing(Struct, frozen=True):
    """The type of `无` alone."""


Kind: TypeAlias = Number | Text | YesNo | Calendar | Choice | Reference | Nothing


class Type(Struct, frozen=True):
    """A kind, and the ways in which a value of it may be absent.

    `missing`: the data may lack it; `codes`: the declared words for that; `none`: it may be 无, decided but not due;
    `open`: it may be undecided or referred for a reason of its own.
    """

    kind: Kind
    missing: bool = False
    codes: tuple[str, ...] = ()
    none: bool = False
    open: bool = False

    def replaced(self, kind: Kind) -> Type:
        return Type(kind, self.missing, (), self.none, self.open)

    def absent_as(self, *others: Type) -> Type:
        """This type, which may also be absent in each way that one of `others` may be."""
        return Type(
            self.kind,
            self.missing or any(o.missing for o in others),
            self.codes,
            self.none or any(o.none for o in others),
            self.open or any(o.open for o in others),
        )


YES_NO = Type(YesNo())
TEXT = Type(Text())
DAY = Type(Calendar("day"))
NONE = Type(Nothing(), none=True)


def judged(*types: Type) -> Type:
    """The type of a condition on values of these types: open where they are, never 无."""
    return structs.replace(YES_NO.absent_as(*types), none=False)


def number(unit: Unit | None, grid: Exact | None = None, low: Exact | None = None, high: Exact | None = None) -> Type:
    return Type(Number(unit, grid, low, high))


def common_grid(left: Exact | None, right: Exact | None) -> Exact | None:
    """The largest step of which every multiple of either is a multiple."""
    if left is None or right is None:
        return None
    a, b = Fraction(left), Fraction(right)
    if not a or not b:
        return a or b
    from math import gcd, lcm

    step = Fraction(gcd(a.numerator, b.numerator), lcm(a.denominator, b.denominator))
    return step.numerator if step.denominator == 1 else step


def least(values: list[Exact | None]) -> Exact | None:
    """The lowest of several lower bounds, None where one is unbounded."""
    known = [v for v in values if v is not None]
    return min(known) if known and len(known) == len(values) else None


def greatest(values: list[Exact | None]) -> Exact | None:
    """The highest of several upper bounds, None where one is unbounded."""
    known = [v for v in values if v is not None]
    return max(known) if known and len(known) == len(values) else None


def with_range(of: Number, low: Exact | None, high: Exact | None) -> Number:
    return structs.replace(of, low=low, high=high)


def decimals(of: Number) -> int | None:
    """How many decimals a value of this type can need in its unit, None where they could be endless."""
    if of.grid is None:
        return None
    step = Fraction(of.grid) / Fraction(of.unit.factor if of.unit else 1)
    places, base = 0, step.denominator
    while base % 10 == 0:
        base //= 10
        places += 1
    for prime in (2, 5):
        while base % prime == 0:
            base //= prime
            places += 1
    return places if base == 1 else None
