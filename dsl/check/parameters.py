"""Parameters: one value, or one for each span of time.

A dated line holds from the first day of what it names: `自 2024-07` and `自 2024Q3` from the first of July; until the
next line begins, or the end of what it names behind 至. Lines may stand in any order. What a parameter goes by may be a
day, month, quarter or year; a line that begins in the middle of such a period would leave open which value the period
has, and is refused, as two lines of one day are.
"""

from __future__ import annotations

from msgspec import structs

from dsl.check.context import Place, Untypable
from dsl.check.definitions import both, choice_of, switch
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr
from policy.diagnostic import Label
from policy.kinds import Grain
from policy.source import Span
from policy.types import Calendar, Number
from policy.values import Period, begins, date, ends, period_from, period_of_day


def parameter(x: Expressions, statement: s.Param, place: Place) -> Expr:
    """The value of a `参数`, or the cases by date of a dated one."""
    written = [statement.value] if statement.value is not None else [line.value for line in statement.dated]
    kind = choice_of(x, list(written), place, statement.name.span)
    if statement.value is not None:
        return _as_said(x.value(statement.value, place, kind))
    assert statement.by is not None
    by = x.value(statement.by, place)
    grain = _grain(x, by, statement)
    arms: list[tuple[date, Arm]] = []
    spans: list[tuple[date, date | None, s.Dated]] = []
    seen: dict[date, Span] = {}
    failed = False
    for line in statement.dated:
        try:
            since = _since(x, line.since, grain)
            until = _until(x, line.until, grain) if line.until is not None else None
            _only_line_of(x, seen, line, statement)
            value = _as_said(x.value(line.value, place, kind))
        except Untypable:
            failed = True
            continue
        bound = core.Const(value=since, type=by.type.replaced(Calendar(grain)), span=line.since.span)
        guard: Expr | None = x.compared(by, "≥", bound, line.span)
        if until is not None and line.until is not None:
            last = core.Const(value=until, type=by.type.replaced(Calendar(grain)), span=line.until.span)
            guard = both(guard, x.compared(by, "≤", last, line.span))
        spans.append((begins(since), None if line.until is None else ends(line.until.value), line))
        arms.append((begins(since), Arm(guard, value, line.clause, line.span)))
    if failed:
        raise Untypable
    _end_in_time(x, spans, statement)
    latest_first = sorted(arms, key=lambda pair: pair[0], reverse=True)
    return switch(x, "first", [arm for _, arm in latest_first], statement.span)


def _grain(x: Expressions, by: Expr, statement: s.Param) -> Grain:
    """What a dated parameter goes by is a point of the calendar."""
    if not isinstance(by.type.kind, Calendar):
        kind = x.kind_word(by.type.kind)
        raise x.findings.refuse("ZS350", by.span, name=statement.name.text, by=by.span.text, kind=kind)
    return by.type.kind.grain


def _since(x: Expressions, since: s.Moment, grain: Grain) -> date | Period:
    """The first day, month, quarter or year that a line holds for."""
    day = begins(since.value)
    if grain == "day":
        return day
    found = period_from(day, grain)
    if found is None:
        raise x.findings.refuse("ZS351", since.span, since=since.span.text, grain=x.kind_word(Calendar(grain)))
    return found


def _until(x: Expressions, until: s.Moment, grain: Grain) -> date | Period:
    """The last day, month, quarter or year that a line holds for."""
    day = ends(until.value)
    if grain == "day":
        return day
    found = period_of_day(day, grain)
    if ends(found) != day:
        raise x.findings.refuse("ZS353", until.span, until=until.span.text, grain=x.kind_word(Calendar(grain)))
    return found


def _end_in_time(x: Expressions, spans: list[tuple[date, date | None, s.Dated]], statement: s.Param) -> None:
    """A line ends after it begins and before the next does; days between the two have no value."""
    ordered = sorted(spans, key=lambda span: span[0])
    for at, (since, until, line) in enumerate(ordered):
        if until is None or line.until is None:
            continue
        if until < since:
            since_text = line.since.span.text
            raise x.findings.refuse("ZS354", line.until.span, since=since_text, until=line.until.span.text)
        following = ordered[at + 1] if at + 1 < len(ordered) else None
        if following is None:
            continue
        given: dict[str, str] = {
            "name": statement.name.text,
            "until": line.until.span.text,
            "since": following[2].since.span.text,
        }
        label = Label(following[2].since.span, "other_row")
        if until >= following[0]:
            raise x.findings.refuse("ZS355", line.until.span, labels=(label,), fix=None, **given)
        if until.toordinal() + 1 < following[0].toordinal():
            x.findings.report("ZS356", line.until.span, labels=(label,), fix=None, **given)


def _only_line_of(x: Expressions, seen: dict[date, Span], line: s.Dated, statement: s.Param) -> None:
    day = begins(line.since.value)
    if day in seen:
        first = seen[day]
        raise x.findings.refuse(
            "ZS352",
            line.since.span,
            labels=(Label(first, "first"),),
            name=statement.name.text,
            since=line.since.span.text,
            line=str(first.line),
        )
    seen[day] = line.since.span


def _as_said(value: Expr) -> Expr:
    """A parameter is what it says: without a unit it is a plain number, it takes no neighbour's unit."""
    kind = value.type.kind
    if isinstance(kind, Number) and kind.bare:
        return structs.replace(value, type=value.type.replaced(structs.replace(kind, bare=False)))
    return value
