"""Numbers as people read them: exact decimals without trailing zeros, in the unit of the type."""

from __future__ import annotations

from fractions import Fraction

from policy.types import Number, Type
from policy.units import Exact, Unit, singular


def decimal(value: Exact) -> str:
    """An exact decimal (60, 59.9, -0.5); a ratio that has none as `1/3`."""
    if isinstance(value, int) or value.denominator == 1:
        return str(int(value))
    sign, value = ("-", -value) if value < 0 else ("", Fraction(value))
    places, base = 0, value.denominator
    while base % 10 == 0:
        base, places = base // 10, places + 1
    for prime in (2, 5):
        while base % prime == 0:
            base, places = base // prime, places + 1
    if base != 1:
        return f"{sign}{value.numerator}/{value.denominator}"
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")


def in_unit(value: Exact, unit: Unit | None) -> str:
    """A canonical number as a bare numeral of its unit: 31222000 yuan in 万元 is 3122.2; a ratio keeps its %."""
    numeral = decimal(Fraction(value) / Fraction(unit.factor) if unit is not None and unit.factor != 1 else value)
    return f"{numeral}{unit.zh}" if unit is not None and unit.family == "ratio" else numeral


def with_unit(value: Exact, unit: Unit | None, language: str) -> str:
    """A canonical number with its unit: `60 分`, `95.5%`, `60 points`."""
    numeral = in_unit(value, unit)
    if unit is None or unit.family == "ratio":
        return numeral
    spelled = unit.spelled(language)
    return f"{numeral} {singular(spelled) if language == 'en' and numeral == '1' else spelled}"


def told_value(value: object, kind: Type) -> str:
    """A value in a reason: a number in its unit without the word for it, a date or period as it is written."""
    if isinstance(kind.kind, Number) and isinstance(value, int | Fraction):
        return in_unit(value, kind.kind.unit)
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return str(value)


def numeral(value: Exact, kind: Number) -> str:
    """A number as results show it."""
    return in_unit(value, kind.unit)
