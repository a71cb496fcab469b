"""The calendar: spans between dates, dates moved by spans, the first days of years, quarters and months.

A date moved by months keeps its day or takes the month's last, as the document reckons; a month is complete when the
date so moved is reached.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final, assert_never

from interpreter.exact.absence import ABSENT_TYPES, spread, undecided
from interpreter.exact.code import Code, Make
from interpreter.exact.logic import first_day
from interpreter.exact.population import Scope, period_number, period_of
from interpreter.exact.trace import Step
from policy.core import CalendarOf, Elapsed, OfIdentity, Shifted
from policy.identity import birth_of, is_male
from policy.kinds import CalendarPart, Grain, Span
from policy.reckoning import BY_DEFAULT, Reckoning
from policy.types import Number, Type
from policy.units import Exact
from policy.values import Period, Value

MONTHS_OF: Final[dict[Grain, int]] = {"year": 12, "quarter": 3, "month": 1}


def moved_by_months(day: date, months: int, reckoning: Reckoning = BY_DEFAULT) -> date | None:
    """The date so many months later; None beyond the calendar."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    last = monthrange(year, month + 1)[1]
    if reckoning.leap_in_march and (day.month, day.day, month + 1, last) == (2, 29, 2, 28):
        return date(year, 3, 1)
    if reckoning.month_ends and months and day.day == monthrange(day.year, day.month)[1]:
        return date(year, month + 1, last)
    return date(year, month + 1, min(day.day, last))


def moved_by_days(day: date, days: int) -> date | None:
    number = day.toordinal() + days
    return date.fromordinal(number) if date.min.toordinal() <= number <= date.max.toordinal() else None


def moved_period(period: Period, months: int) -> Period | None:
    """The period so many months later, if that is a whole number of periods."""
    size = MONTHS_OF[period.grain]
    return None if months % size else period_of(period_number(period) + months // size, period.grain)


def completed_months(start: date, end: date, reckoning: Reckoning) -> int:
    """Whole months from one date to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = moved_by_months(start, months, reckoning)
    return months if reached is not None and reached <= end else months - 1


def in_days(kind: Type) -> bool:
    """Whether a span is told in days, not in months."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    return unit is not None and unit.family == "days"


def shifted_of(node: Shifted, make: Make) -> Code:
    inner, by = make(node.of), make(node.by)
    days, sign, reckoning = in_days(node.by.type), node.sign, node.reckoning

    def move(value: Value, span: Value) -> Value:
        if type(value) in ABSENT_TYPES or type(span) in ABSENT_TYPES:
            return spread((value, span))
        if type(span) is not int:
            return undecided("ZS812")
        if isinstance(value, Period):
            moved = None if days else moved_period(value, sign * span)
            return undecided("ZS812") if moved is None else moved
        day = moved_by_days(value, sign * span) if days else moved_by_months(value, sign * span, reckoning)
        return undecided("ZS811") if day is None else day

    def run(scope: Scope) -> Step:
        part, span = inner(scope), by(scope)
        return Step(node, move(part.value, span.value), (part, span))

    return run


def elapsed_of(node: Elapsed, make: Make) -> Code:
    """Years are counted in months, the unit of their family."""
    start, end, unit, reckoning = make(node.start), make(node.end), node.unit, node.reckoning

    def run(scope: Scope) -> Step:
        one, other = start(scope), end(scope)
        values = (one.value, other.value)
        if type(values[0]) in ABSENT_TYPES or type(values[1]) in ABSENT_TYPES:
            return Step(node, spread(values), (one, other))
        return Step(node, elapsed(day_of(values[0]), day_of(values[1]), unit, reckoning), (one, other))

    return run


def day_of(value: date | Period) -> date:
    """A day, or the first day of a period."""
    return first_day(value) if isinstance(value, Period) else value


def elapsed(start: date, end: date, unit: Span, reckoning: Reckoning) -> Exact:
    """Completed units from one date to another; to an earlier one, the negative of the contrary."""
    if end < start:
        return -elapsed(end, start, unit, reckoning)
    if unit == "days":
        return (end - start).days + reckoning.both_days
    months = completed_months(start, end, reckoning)
    match unit:
        case "months":
            return months
        case "years":
            return months - months % 12
        case _:
            assert_never(unit)


def calendar_of(node: CalendarOf, make: Make) -> Code:
    inner, part_of = make(node.of), node.part

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        if type(value) in ABSENT_TYPES:
            return Step(node, spread((value,)), (part,))
        return Step(node, beginning(day_of(value), part_of), (part,))

    return run


def beginning(day: date, part: CalendarPart) -> date | Period:
    match part:
        case "year":
            return Period(day.year, 0, "year")
        case "quarter":
            return Period(day.year, (day.month + 2) // 3, "quarter")
        case "month":
            return Period(day.year, day.month, "month")
        case "year_start":
            return date(day.year, 1, 1)
        case "quarter_start":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "month_start":
            return day.replace(day=1)
        case _:
            assert_never(part)


def identity_of(node: OfIdentity, make: Make) -> Code:
    """What an identity number says; the reading has made sure that it is one."""
    inner, female = make(node.of), node.female

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        if not isinstance(value, str):
            return Step(node, spread((value,)), (part,))
        return Step(node, not is_male(value) if female else birth_of(value), (part,))

    return run
