"""Conditions in three values: true, false, or open (undecided or referred).

A condition is open only where what is open could change it: false and open is false, true or open is true. A condition
that comes to 无 does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from interpreter.exact.absence import (
    ABSENT_TYPES,
    GONE,
    OPEN,
    all_hold,
    enough_hold,
    is_coded,
    is_gone,
    is_nil,
    negated,
    spread,
)
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope, period_number, period_of
from interpreter.exact.trace import Step
from policy.core import All, AtLeast, Compare, Const, Default, Expr, IsMissing, IsNone, Not
from policy.kinds import Operator
from policy.types import Choice, Type
from policy.values import Period, Value

Test = Callable[[Any, Any], bool]

MIRRORED: Final[dict[Operator, Operator]] = {"=": "=", "≠": "≠", "<": ">", "≤": "≥", ">": "<", "≥": "≤"}
TESTS: Final[dict[Operator, Test]] = {"=": eq, "≠": ne, "<": lt, "≤": le, ">": gt, "≥": ge}


def all_of(node: All, make: Make) -> Code:
    items = tuple(make(item) for item in node.items)

    def run(scope: Scope) -> Step:
        parts = tuple([item(scope) for item in items])
        values = [part.value for part in parts]
        return Step(node, all_hold(values), parts)

    return run


def at_least(node: AtLeast, make: Make) -> Code:
    items, needed = tuple(make(item) for item in node.items), node.count

    def run(scope: Scope) -> Step:
        parts = tuple([item(scope) for item in items])
        return Step(node, enough_hold([part.value for part in parts], needed), parts)

    return run


def not_of(node: Not, make: Make) -> Code:
    return judged(node, node.of, negated, make)


def is_missing(node: IsMissing, make: Make) -> Code:
    code = node.code
    return judged(node, node.of, is_gone if code is None else lambda value: is_coded(value, code), make)


def is_none(node: IsNone, make: Make) -> Code:
    return judged(node, node.of, is_nil, make)


def judged(node: Not | IsMissing | IsNone, of: Expr, judge: Callable[[Value], Value], make: Make) -> Code:
    """A question about one value."""
    inner = make(of)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        return Step(node, judge(part.value), (part,))

    return run


def default_of(node: Default, make: Make) -> Code:
    inner, fallback = make(node.of), make(node.fallback)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        if type(part.value) in GONE:
            instead = fallback(scope)
            return Step(node, instead.value, (part, instead))
        return Step(node, part.value, (part,))

    return run


def compare(node: Compare, make: Make) -> Code:
    left, right, test = make(node.left), make(node.right), TESTS[node.op]
    slow = comparing(node)
    if isinstance(node.right, Const) and type(node.right.value) is int:
        return compare_with(node, left, Step(node.right, node.right.value), slow)

    def run(scope: Scope) -> Step:
        one, other = left(scope), right(scope)
        a, b = one.value, other.value
        if type(a) is int and type(b) is int:
            return Step(node, test(a, b), (one, other))
        return Step(node, slow(a, b), (one, other))

    return run


def compare_with(node: Compare, left: Code, fixed: Step, slow: Callable[[Value, Value], Value]) -> Code:
    """A comparison with a number written in the text: the commonest."""
    test, bound = TESTS[node.op], fixed.value

    def run(scope: Scope) -> Step:
        one = left(scope)
        value = one.value
        return Step(node, test(value, bound) if type(value) is int else slow(value, bound), (one, fixed))

    return run


def comparing(node: Compare) -> Callable[[Value, Value], Value]:
    """The comparison of any two values of the node's kind, absent ones too."""
    test, order = TESTS[node.op], choice_of(node.left.type, node.right.type)
    by_order = order is not None and node.op not in ("=", "≠")

    def run(a: Value, b: Value) -> Value:
        if type(a) in NUMERIC and type(b) in NUMERIC:
            return test(a.numerator * b.denominator, b.numerator * a.denominator)
        if type(a) in ABSENT_TYPES or type(b) in ABSENT_TYPES:
            return spread((a, b)) if type(a) in OPEN or type(b) in OPEN else False
        if by_order and order is not None:
            return in_order(order, a, b, test)
        if type(a) is not type(b) and {type(a), type(b)} == {date, Period}:
            return across_calendar(a, b, node.op)
        return test(a, b)

    return run


def choice_of(*types: Type) -> Choice | None:
    """The choice whose order decides, None where neither side has one."""
    kinds = (kind.kind for kind in types)
    return next((kind for kind in kinds if isinstance(kind, Choice) and kind.ordered), None)


def in_order(order: Choice, a: str, b: str, test: Test) -> bool:
    """Grades compare by their order, best first; one outside the order is neither above nor below any."""
    first, second = order.rank_of(a), order.rank_of(b)
    return first is not None and second is not None and test(-first, -second)


def across_calendar(a: date | Period, b: date | Period, op: Operator) -> bool:
    """A day against a period: before it, within it or after it."""
    if isinstance(a, Period):
        return across_calendar(b, a, MIRRORED[op])
    first, last = days_of(b) if isinstance(b, Period) else (b, b)
    where = -1 if a < first else 1 if a > last else 0
    return TESTS[op](where, 0)


def days_of(period: Period) -> tuple[date, date]:
    """The first and the last day of a period."""
    following = period_of(period_number(period) + 1, period.grain)
    last = date.max if following.year > date.max.year else first_day(following) - timedelta(days=1)
    return first_day(period), last


def first_day(period: Period) -> date:
    month = {"year": 1, "quarter": 3 * period.part - 2, "month": period.part}[period.grain]
    return date(period.year, month, 1)
