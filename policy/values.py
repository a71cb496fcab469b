"""Values at run time, and the ways of not being one.

A present value is an exact number (int or Fraction), a str (text, or a value of a choice), a bool, a date, a Period or
a record. Everything else is Absent: missing in the data, none by rule, referred to a person, or undecided.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, TypeAlias

from msgspec import Struct

from policy.diagnostic import Reason
from policy.kinds import Grain
from policy.units import Exact


class Period(Struct, frozen=True, order=True):
    """A period: 2025 is (2025, 0, "year"), its March (2025, 3, "month"), its first quarter (2025, 1, "quarter")."""

    year: int
    part: int
    grain: Grain

    @property
    def first_day(self) -> date:
        month = {"year": 1, "quarter": 3 * self.part - 2, "month": self.part}[self.grain]
        return date(self.year, month, 1)


def begins(at: date | Period) -> date:
    """The day on which a day or a period begins."""
    return at.first_day if isinstance(at, Period) else at


def ends(at: date | Period) -> date:
    """The day on which a day or a period ends."""
    if not isinstance(at, Period):
        return at
    months = {"year": 12, "quarter": 3, "month": 1}[at.grain]
    year, month = divmod(at.first_day.year * 12 + at.first_day.month - 1 + months, 12)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1) if year <= date.max.year else date.max


def period_of_day(day: date, grain: Grain) -> Period:
    """The month, quarter or year in which a day lies."""
    part = {"year": 0, "quarter": (day.month + 2) // 3, "month": day.month, "day": 0}[grain]
    return Period(day.year, part, grain)


def period_from(day: date, grain: Grain) -> Period | None:
    """The period of a grain that begins on a day, None if none does."""
    found = period_of_day(day, grain)
    return found if found.first_day == day else None


class Missing(Struct, frozen=True):
    """Not in the data. `code` is the declared word found in its place (缺考), empty where the cell was empty."""

    field: str
    code: str = ""


class NoneListed(Struct, frozen=True):
    """The average, highest, lowest or latest of no records: `list` as the author calls it; `own` if it is one's own."""

    list: str
    own: bool


class Nil(Struct, frozen=True):
    """无: decided, and nothing is due."""


class Undecided(Struct, frozen=True):
    """Cannot be decided, for these reasons."""

    reasons: tuple[Reason, ...]


class Referred(Struct, frozen=True):
    """A person decides, for these reasons."""

    reasons: tuple[Reason, ...]


Absent: TypeAlias = Missing | NoneListed | Nil | Undecided | Referred
Value: TypeAlias = Any
"""Exact | str | bool | date | Period | record | Absent; the checker has made sure which."""

NIL: Final = Nil()
ABSENT: Final = (Missing, NoneListed, Nil, Undecided, Referred)

__all__ = [
    "ABSENT", "NIL", "Absent", "Exact", "Missing", "Nil", "NoneListed", "Period", "Referred", "Undecided", "Value",
    "begins", "date", "period_from",
]  # fmt: skip
