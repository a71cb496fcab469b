"""Numbers and the calendar, as docs/language/numbers.md and lists.md tell them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from policy.reckoning import BY_DEFAULT, Reckoning
from policy.types import Choice, Type
from policy.values import Period

PARTS = {"year": 1, "quarter": 4, "month": 12}


def is_number(value: Any) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def rounded(value: Any, mode: str, step: Any) -> Fraction:
    """To a multiple of `step`; half_up and up go away from zero, down goes towards it."""
    steps = Fraction(value) / Fraction(step)
    size = abs(steps)
    match mode:
        case "down":
            whole = floor(size)
        case "up":
            whole = ceil(size)
        case "half_up":
            whole = floor(size + Fraction(1, 2))
        case "half_even":
            whole = round(size)
        case _:
            raise AssertionError(mode)
    return Fraction(step) * (whole if steps >= 0 else -whole)


def units_in(value: Any, unit: Any, reading: str) -> Any:
    """How many units are in a quantity: pro rata, full ones only, or started ones too; none in one below zero."""
    if value <= 0:
        return 0
    match reading:
        case "every":
            return Fraction(value) / Fraction(unit)
        case "every_full":
            return floor(Fraction(value) / Fraction(unit))
        case "every_started":
            return ceil(Fraction(value) / Fraction(unit))
        case _:
            raise AssertionError(reading)


def size_of(value: Any, kind: Type) -> Any:
    """What a value is compared by, the better grade being larger; None for a grade outside the order."""
    if isinstance(kind.kind, Choice):
        at = kind.kind.rank_of(value)
        return None if at is None else -at
    return period_number(value) if isinstance(value, Period) else value


def period_number(period: Period) -> int:
    return period.year * PARTS[period.grain] + max(period.part - 1, 0)


def period_at(number: int, grain: str) -> Period:
    year, part = divmod(number, PARTS[grain])
    return Period(year, 0 if grain == "year" else part + 1, grain)


def first_day(period: Period) -> date:
    return date(period.year, 1 if period.grain == "year" else (period.part - 1) * (12 // PARTS[period.grain]) + 1, 1)


def last_day(period: Period) -> date:
    following = period_at(period_number(period) + 1, period.grain)
    return first_day(following) - timedelta(days=1) if following.year <= 9999 else date.max


def moved(day: Any, months: int, days: int, how: Reckoning = BY_DEFAULT) -> Any:
    """A date so much later; None beyond the calendar. The day is kept, or is the month's last."""
    if isinstance(day, Period):
        size = 12 // PARTS[day.grain]
        return "no whole span" if days or months % size else period_at(period_number(day) + months // size, day.grain)
    if days:
        at = day.toordinal() + days
        return date.fromordinal(at) if 1 <= at <= date.max.toordinal() else None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    length = monthrange(year, month + 1)[1]
    if how.leap_in_march and day.month == 2 and day.day == 29 and month == 1 and length == 28:
        return date(year, 3, 1)
    is_last = months != 0 and (day + timedelta(1)).day == 1
    return date(year, month + 1, length if how.month_ends and is_last else min(day.day, length))


def elapsed(start: date, end: date, unit: str, how: Reckoning = BY_DEFAULT) -> int:
    """Completed units; a date before the start counts backwards. Years are told in months."""
    if end < start:
        return -elapsed(end, start, unit, how)
    if unit == "days":
        return (end - start).days + (1 if how.both_days else 0)
    months = 0
    while (reached := moved(start, months + 1, 0, how)) is not None and reached <= end:
        months += 1
    return months - months % 12 if unit == "years" else months


def beginning(day: Any, part: str) -> Any:
    day = first_day(day) if isinstance(day, Period) else day
    match part:
        case "year":
            return Period(day.year, 0, "year")
        case "quarter":
            return Period(day.year, (day.month - 1) // 3 + 1, "quarter")
        case "month":
            return Period(day.year, day.month, "month")
        case "year_start":
            return date(day.year, 1, 1)
        case "quarter_start":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "month_start":
            return date(day.year, day.month, 1)
        case _:
            raise AssertionError(part)


def compared(a: Any, op: str, b: Any, order: Choice | None) -> bool:
    """Two values of one kind. A grade outside the order is neither above nor below any."""
    if isinstance(a, date) and isinstance(b, Period):
        a, b = (-1 if a < first_day(b) else 1 if a > last_day(b) else 0), 0
    elif isinstance(a, Period) and isinstance(b, date):
        a, b = (1 if b < first_day(a) else -1 if b > last_day(a) else 0), 0
    elif order is not None and op not in ("=", "≠"):
        at, other = order.rank_of(a), order.rank_of(b)
        if at is None or other is None:
            return False
        a, b = -at, -other
    match op:
        case "=":
            return bool(a == b)
        case "≠":
            return bool(a != b)
        case "<":
            return bool(a < b)
        case "≤":
            return bool(a <= b)
        case ">":
            return bool(a > b)
        case "≥":
            return bool(a >= b)
        case _:
            raise AssertionError(op)
