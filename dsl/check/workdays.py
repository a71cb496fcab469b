"""Working days by a list of holidays given as data: `工作日(收件日，办结日，节假日.上班)`."""

from __future__ import annotations

from dsl.check.context import Place
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr
from policy.types import Calendar, Number, Reference, Type, YesNo
from policy.units import DAYS


def workdays(x: Expressions, call: s.Call, place: Place) -> Expr:
    """The working days between two days; the third argument names the list and its yes or no of working."""
    if len(call.arguments) != 3:
        raise x.findings.refuse("ZS197", call.span, name=call.name.text)
    start, end = (x.value(argument, place) for argument in call.arguments[:2])
    for each in (start, end):
        if each.type.kind != Calendar("day"):
            raise x.findings.refuse("ZS322", call.span)
    path = call.arguments[2]
    names = path.names if isinstance(path, s.Path) else ()
    if len(names) != 2 or names[0].text not in x.symbols.records:
        raise x.findings.refuse("ZS386", path.span, what=path.span.text)
    record = names[0].text
    me = core.Me(depth=0, type=Type(Reference(record)), span=path.span)
    days = [f for f in x.symbols.records[record].fields if f.type.kind == Calendar("day")]
    works = x.member(me, record, names[1])
    if len(days) != 1 or works is None or not isinstance(works.type.kind, YesNo):
        raise x.findings.refuse("ZS386", path.span, what=path.span.text)
    day = core.Get(of=me, field=days[0].name, type=days[0].type, span=path.span)
    into = Type(Number(DAYS, 1), open=True).absent_as(start.type, end.type)
    into = Type(into.kind, into.missing, into.codes, into.none, True)
    return core.Workdays(start=start, end=end, record=record, day=day, works=works,
                         reckoning=x.findings.reckoning, type=into, span=call.span)  # fmt: skip


FUNCTIONS = {"WORKDAYS": workdays}
"""Functions one of whose arguments names a list."""
