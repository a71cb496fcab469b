"""Working days between two days: Monday to Friday, but for the days that a list of holidays names.

A year of which the list names no day at all was forgotten, not free of holidays, and leaves the count open; so does a
day that is named twice with different answers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from msgspec import Struct

from interpreter.exact.absence import ABSENT_TYPES, OPEN, of_someone, spread, undecided
from interpreter.exact.code import Code, Program
from interpreter.exact.population import Subject
from interpreter.exact.trace import Step, Worked
from policy.core import Workdays
from policy.values import Value

_ONE = timedelta(1)


class Named(Struct, eq=False):
    """The days that a list names, in order: whether one works on each, or why that is open."""

    days: list[date]
    works: list[Value]
    astray: list[tuple[date | None, Value]]
    """What is open of rows whose day is not known, or that were set aside."""


def workdays_of(node: Workdays, program: Program) -> Code:
    start, end, day, works = (program.code(e) for e in (node.start, node.end, node.day, node.works))
    both, population = node.reckoning.both_days, program.population
    named: list[Named] = []

    def run(scope: tuple[Subject, ...]) -> Step:
        one, other = start(scope), end(scope)
        if type(one.value) in ABSENT_TYPES or type(other.value) in ABSENT_TYPES:
            return Step(node, spread((one.value, other.value)), (one, other))
        if not named:
            rows = [(each, day((each,)).value, works((each,)).value) for each in population.all_of(node.record)]
            named.append(listed(node, rows))
        first, last = sorted((one.value, other.value))
        empty = first == last and not both
        counted = Worked(0, 0, 0, 0) if empty else counting(node, named[0], first if both else first + _ONE, last)
        if not isinstance(counted, Worked):
            return Step(node, counted, (one, other))
        return Step(node, counted.days if one.value <= other.value else -counted.days, (one, other), counted)

    return run


def listed(node: Workdays, rows: list[tuple[Subject, Value, Value]]) -> Named:
    """The list in order of its days; rows set aside, and those whose day is open, by themselves."""
    answers: dict[date, Value] = {}
    astray: list[tuple[date | None, Value]] = []
    for subject, day, works in rows:
        at = day if isinstance(day, date) else None
        if subject.aside is not None or at is None:
            astray.append((at, subject.aside or of_someone(node.record, day)))
        elif type(works) in OPEN:
            answers[at] = of_someone(at.isoformat(), works)
        elif at in answers and answers[at] is not works:
            answers[at] = undecided("ZS855", record=node.record, day=at.isoformat())
        else:
            answers[at] = works
    days = sorted(answers)
    return Named(days, [answers[day] for day in days], astray)


def counting(node: Workdays, named: Named, first: date, last: date) -> Worked | Value:
    """What lies from `first` to `last`, both counted; open where the list leaves it open."""
    open_ = [why for day, why in named.astray if day is None or first <= day <= last]
    here = slice(bisect_left(named.days, first), bisect_right(named.days, last))
    open_ += [works for works in named.works[here] if type(works) in OPEN]
    if open_:
        return spread(open_)
    known = {day.year for day in named.days}
    lacking = [year for year in range(first.year, last.year + 1) if year not in known]
    if lacking:
        return spread([undecided("ZS854", record=node.record, year=str(year)) for year in lacking])
    weekdays = weekdays_between(first, last)
    answers = list(zip(named.days[here], named.works[here], strict=True))
    off = sum(1 for day, works in answers if works is not True and day.weekday() < 5)
    extra = sum(1 for day, works in answers if works is True and day.weekday() >= 5)
    return Worked(weekdays - off + extra, weekdays, off, extra)


def weekdays_between(first: date, last: date) -> int:
    """Mondays to Fridays from one day to another, both counted."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum(1 for at in range(rest) if (first.weekday() + at) % 7 < 5)
