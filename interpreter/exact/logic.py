"""Conditions in three values: true, false, or open (undecided or referred).

A condition is open only where what is open could change it: false and open is false, true or open is true. A condition
that comes to 无 does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any, Final

from interpreter.exact.absence import ABSENT_TYPES, OPEN, is_gone, spread
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.population import Scope, period_number, period_of
from interpreter.exact.trace import Step
from policy.core import All, AtLeast, Compare, Const, Default, IsMissing, IsNone, Not
from policy.types import Choice, Type
from policy.values import Missing, Nil, Period, Value

if TYPE_CHECKING:
    from interpreter.exact.compiled import Code, Make

Test = Callable[[Any, Any], bool]

TESTS: Final[dict[str, Test]] = {"=": eq, "≠": ne, "<": lt, "≤": le, ">": gt, "≥": ge}


def truth(value: Value) -> Value:
    """What a guard comes to: True, False, or open."""
    return value if value is True or type(value) in OPEN else False


def holding(values: list[Value], needed: int) -> Value:
    """Whether at least `needed` of some conditions hold, open only where that depends on the open ones."""
    held = values.count(True)
    if held >= needed:
        return True
    doubts = [value for value in values if type(value) in OPEN]
    return spread(doubts) if held + len(doubts) >= needed else False


def all_of(node: All, make: Make) -> Code:
    items, needed = tuple(make(item) for item in node.items), len(node.items)

    def run(scope: Scope) -> Step:
        parts = tuple([item(scope) for item in items])
        values = [part.value for part in parts]
        return Step(node, False if False in values else holding(values, needed), parts)

    return run


def at_least(node: AtLeast, make: Make) -> Code:
    items, needed = tuple(make(item) for item in node.items), node.count

    def run(scope: Scope) -> Step:
        parts = tuple([item(scope) for item in items])
        return Step(node, holding([part.value for part in parts], needed), parts)

    return run


def not_of(node: Not, make: Make) -> Code:
    inner = make(node.of)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        return Step(node, (not value) if type(value) is bool else spread((value,)), (part,))

    return run


def is_missing(node: IsMissing, make: Make) -> Code:
    inner, code = make(node.of), node.code

    def holds(value: Value) -> Value:
        if type(value) not in OPEN:
            return False
        if code is None:
            return True if is_gone(value) else spread((value,))
        return value.code == code if type(value) is Missing else spread((value,))

    def run(scope: Scope) -> Step:
        part = inner(scope)
        return Step(node, holds(part.value), (part,))

    return run


def is_none(node: IsNone, make: Make) -> Code:
    inner = make(node.of)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        return Step(node, spread((value,)) if type(value) in OPEN else type(value) is Nil, (part,))

    return run


def default_of(node: Default, make: Make) -> Code:
    inner, fallback = make(node.of), make(node.fallback)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        if type(part.value) in OPEN and is_gone(part.value):
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


def across_calendar(a: date | Period, b: date | Period, op: str) -> bool:
    """A day against a period: before it, within it or after it."""
    if isinstance(a, Period):
        mirrored = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}.get(op, op)
        return across_calendar(b, a, mirrored)
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
