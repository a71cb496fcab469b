"""Caps and floors, of numbers and of grades, and the larger or smaller of several values.

Of grades the best stands highest; a limit leaves a value outside the order alone, as it leaves 无.
"""

from __future__ import annotations

from interpreter.exact.absence import ABSENT_TYPES, reshaped, spread, undecided
from interpreter.exact.choosing import extreme
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope
from interpreter.exact.trace import Step
from policy.core import Extreme, Limited
from policy.numerals import told_value
from policy.types import Choice
from policy.values import NoneListed, Value


def limited_of(node: Limited, make: Make) -> Code:
    """A value under a cap, over a floor, or both; where the cap is below the floor, nobody can say which holds."""
    inner = make(node.of)
    cap, floor = make(node.cap) if node.cap else None, make(node.floor) if node.floor else None
    order = node.type.kind if isinstance(node.type.kind, Choice) else None

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        parts: tuple[Step, ...] = (part,)
        least = floor(scope) if floor is not None else None
        most = cap(scope) if cap is not None else None
        parts += tuple([step for step in (most, least) if step is not None])
        if least is not None:
            value = held_to(value, least.value, order, True)
        if most is not None:
            value = held_to(value, most.value, order, False)
        if least is not None and most is not None and crossed(value, most.value, least.value, order):
            kind = node.type
            value = undecided("ZS852", cap=told_value(most.value, kind), floor=told_value(least.value, kind))
        return Step(node, value, parts)

    return run


def crossed(value: Value, cap: Value, floor: Value, order: Choice | None) -> bool:
    """Whether a cap that touches a value is below its floor."""
    if any(type(each) in ABSENT_TYPES for each in (value, cap, floor)):
        return False
    if order is None:
        return bool(cap < floor)
    own, most, least = (order.rank_of(each) for each in (value, cap, floor))
    return own is not None and most is not None and least is not None and least < most


def held_to(value: Value, limit: Value, order: Choice | None, floor: bool) -> Value:
    """A value not below a floor, or not above a cap; one outside the order stays, even where the limit is open."""
    if type(value) in ABSENT_TYPES:
        return spread((value, limit)) if type(limit) in ABSENT_TYPES else reshaped(value)
    mine = None if order is None else order.rank_of(value)
    if order is not None and mine is None:
        return value
    if type(limit) in ABSENT_TYPES:
        return spread((limit,))
    if order is None:
        return (max if floor else min)(value, limit)
    bound = order.rank_of(limit)
    if mine is None or bound is None:
        return value
    return limit if (mine > bound if floor else mine < bound) else value


def extreme_of(node: Extreme, make: Make) -> Code:
    items, larger = tuple(make(item) for item in node.items), node.larger

    def run(scope: Scope) -> Step:
        parts = tuple([item(scope) for item in items])
        values = [part.value for part in parts]
        if any(type(value) in ABSENT_TYPES for value in values):
            return Step(node, spread(values), parts)
        best = extreme(values, node.type, larger)
        none = NoneListed(" ".join(node.span.text.split()), True)
        return Step(node, none if best is None else best, parts)

    return run
