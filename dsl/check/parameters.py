"""Parameters: one value, or one for each span of time.

A dated line holds from the first day of what it names: `自 2024-07` and `自 2024Q3` from the first of July. Lines may
stand in any order. What a parameter goes by may be a day, month, quarter or year; a line that begins in the middle of
such a period would leave open which value the period has, and is refused, as two lines of one day are.
"""

from __future__ import annotations

from msgspec import structs

from dsl.check.context import Place, Untypable
from dsl.check.definitions import choice_of, switch
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr
from policy.diagnostic import Label
from policy.kinds import Grain
from policy.source import Span
from policy.types import Calendar, Number
from policy.values import Period, begins, date, period_from


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
    seen: dict[date, Span] = {}
    failed = False
    for line in statement.dated:
        try:
            since = _since(x, line.since, grain)
            _only_line_of(x, seen, line, statement)
            value = _as_said(x.value(line.value, place, kind))
        except Untypable:
            failed = True
            continue
        bound = core.Const(value=since, type=by.type.replaced(Calendar(grain)), span=line.since.span)
        guard = x.compared(by, "≥", bound, line.span)
        arms.append((begins(since), Arm(guard, value, line.clause, line.span)))
    if failed:
        raise Untypable
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
