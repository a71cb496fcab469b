"""Scores: which lines count, what each comes to, and their sum or the best of them.

A line whose guard is open makes the whole open.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from interpreter.exact.absence import OPEN, spread, undecided
from interpreter.exact.arithmetic import NUMERIC, added, times
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope
from interpreter.exact.trace import Step
from policy.core import Expr, Line, Total
from policy.numerals import told_value
from policy.units import Exact
from policy.values import Value


class Item(Struct, frozen=True, eq=False):
    """A line with what evaluates its parts."""

    line: Line
    guard: Code | None
    weight: Code | None
    cap: Code | None
    floor: Code | None
    value: Code


def total_of(node: Total, make: Make) -> Code:
    def made(expr: Expr | None) -> Code | None:
        return make(expr) if expr is not None else None

    items = tuple(
        Item(line, made(line.guard), made(line.weight), made(line.cap), made(line.floor), make(line.value))
        for line in node.lines
    )
    add_up = node.mode == "sum"

    def run(scope: Scope) -> Step:
        parts = tuple([line_step(item, scope) for item in items])
        worths = [part.value for part in parts if part.value is not None]
        if add_up:
            value: Value = added(worths, [1] * len(worths))
        elif all(type(worth) in NUMERIC for worth in worths):
            value = max(worths, default=0)
        else:
            value = None
        return Step(node, spread(worths) if value is None else value, parts)

    return run


def line_step(item: Item, scope: Scope) -> Step:
    """What one line contributes; None where it does not apply."""
    line = item.line
    if item.guard is None:
        if item.weight is None and line.sign > 0:
            of = item.value(scope)
            return Step(line, of.value, (of,))
        return weighed(item, (), scope)
    test = item.guard(scope)
    if test.value is True:
        return weighed(item, (test,), scope)
    return Step(line, spread((test.value,)) if type(test.value) in OPEN else None, (test,))


def weighed(item: Item, before: tuple[Step, ...], scope: Scope) -> Step:
    """A line's value times its weight, held by its own limits, taken away where it is a deduction."""
    of = item.value(scope)
    rest = tuple([code(scope) for code in (item.weight, item.cap, item.floor) if code is not None])
    parts, worth, line = (*before, of, *rest), of.value, item.line
    values = [worth, *(step.value for step in rest)]
    if any(type(value) not in NUMERIC for value in values):
        return Step(line, spread(values) if rest else worth, parts)
    if item.weight is not None:
        worth = held(line, times(worth, rest[0].value), values[2:])
    return Step(line, -worth if line.sign < 0 and type(worth) in NUMERIC else worth, parts)


def held(line: Line, worth: Exact, bounds: Sequence[Exact]) -> Value:
    """What a weighted line comes to, not above its cap and not below its floor."""
    cap, floor = bounds[0] if line.cap is not None else None, bounds[-1] if line.floor is not None else None
    if cap is not None and floor is not None and cap < floor:
        kind = (line.cap or line.value).type
        return undecided("ZS852", cap=told_value(cap, kind), floor=told_value(floor, kind))
    least = worth if floor is None else max(worth, floor)
    return least if cap is None else min(least, cap)
