"""Percentages without a sign: 0.9 in a column of percentages may be 0.9% or 90%, and a file alone seldom tells.

Each plain number is held against the declared range in both readings, as the number in front of the sign (0.9%) and as
the ratio that a spreadsheet keeps (90%). Zero is the same in both. A number that fits the range in one reading alone
has that reading; one that fits in both leaves the column in doubt, and so do numbers of both kinds in one column. No
plain number beyond HIGHEST_RATIO, ten times the whole, is taken for a ratio, whatever the range. What is in doubt is
asked.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from interpreter.reading.dataset import DataError, Place, because, stop
from interpreter.reading.parsed import Flaw, Parsed
from interpreter.reading.settled import Scale
from policy.core import Field
from policy.types import Number
from policy.units import Exact, Unit

HIGHEST_RATIO = 10
_OUT_OF_RANGE = ("ZS714", "ZS733", "ZS734")
_SHOWN = 3
"""How many doubtful numbers a question shows."""

Judge = Callable[[str, str], Parsed]
"""From signed digits and decimals, in the unit of the field, to the value or its flaw."""


class Scales:
    """The plain numbers of one column of percentages, as far as they are read."""

    def __init__(self, unit: Unit, kind: Number, settled: Scale | None) -> None:
        self.unit, self.low, self.high, self.settled = unit, kind.low, kind.high, settled
        self.places = len(str(Fraction(1, 1) / Fraction(unit.factor))) - 1
        self.doubtful: list[str] = []
        self.ratios: list[str] = []
        self.units: list[str] = []

    def read(self, digits: str, decimals: str, judge: Judge) -> Parsed:
        """The value of a plain number in the one reading that it has; in doubt, for the time being, as it stands."""
        as_ratio = self.shifted(digits, decimals)
        if self.settled == "ratio":
            return self._judged_as_ratio(digits, decimals, judge)
        if self.settled is None:
            number = Fraction(f"{digits}.{decimals or '0'}")
            fits = self._within(number * Fraction(self.unit.factor)), self._is_ratio(number)
            if fits == (False, True):
                _remember(self.ratios, digits, decimals)
                return judge(*as_ratio)
            if number and fits[0]:
                _remember(self.doubtful if fits[1] else self.units, digits, decimals)
        return judge(digits, decimals)

    def _judged_as_ratio(self, digits: str, decimals: str, judge: Judge) -> Parsed:
        """What is out of range as the ratio that the user says it is, is told as it stands and as it is read."""
        found = judge(*self.shifted(digits, decimals))
        if isinstance(found, Flaw) and found.reason.code in _OUT_OF_RANGE:
            given = f"{digits}.{decimals}" if decimals else digits
            return Flaw(because("ZS741", given=given, told=self._told(given)))
        return found

    def _is_ratio(self, number: Fraction) -> bool:
        return -HIGHEST_RATIO <= number <= HIGHEST_RATIO and self._within(number)

    def _within(self, value: Exact) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def shifted(self, digits: str, decimals: str) -> tuple[str, str]:
        """A ratio in front of the sign: 0.955 is 95.5%."""
        sign = "-" if digits.startswith("-") else ""
        moved = decimals[: self.places].ljust(self.places, "0")
        return sign + ((digits.removeprefix("-") + moved).lstrip("0") or "0"), decimals[self.places :]

    def question(self, field: Field, title: str, place: Place) -> DataError | None:
        """What must be asked of the user before the column can be used."""
        if self.doubtful:
            example = self.doubtful[0]
            told = {"example": example, "unit": example + self.unit.zh, "ratio": self._told(example)}
            return stop("ZS690", place, column=title, field=field.name, examples="、".join(self.doubtful), **told)
        if self.ratios and self.units:
            one, other = self.ratios[0], self.units[0]
            told = {"one": one, "ratio": self._told(one), "other": other, "unit": other + self.unit.zh}
            return stop("ZS649", place, column=title, field=field.name, **told)
        return None

    def _told(self, number: str) -> str:
        """A ratio with the sign of the unit."""
        digits, _, decimals = number.partition(".")
        whole, rest = self.shifted(digits, decimals)
        return f"{whole}.{rest}{self.unit.zh}" if rest.strip("0") else f"{whole}{self.unit.zh}"


def scales_of(field: Field, settled: Scale | None) -> Scales | None:
    """What watches the column of a field; None where numbers have but one reading."""
    kind = field.type.kind
    unit = field.unit or (kind.unit if isinstance(kind, Number) else None)
    if not isinstance(kind, Number) or unit is None or unit.family != "ratio":
        return None
    return Scales(unit, kind, settled)


def _remember(seen: list[str], digits: str, decimals: str) -> None:
    text = f"{digits}.{decimals}" if decimals else digits
    if len(seen) < _SHOWN and text not in seen:
        seen.append(text)
