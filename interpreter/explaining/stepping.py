"""The step of a range that reaches what is sought: the nearest of all, or found by halving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from interpreter.explaining.changes import Goal

SAMPLES = 16
"""Points that are looked at on the way to an end of a range, where there are too many steps to try them all."""
UNREACHED, UNCLEAR = -1, -2
"""No step gives the value sought; it could not be told whether one does."""

At: TypeAlias = Callable[[int], "int | None"]
"""The order of the result so many steps from the lowest value; 0 is best, None not decided."""


def scan(at: At, start: int, last: int, goal: Goal) -> int:
    """The nearest of all steps that reaches the value sought."""
    for distance in range(1, last + 1):
        for steps in (start + distance, start - distance):
            if 0 <= steps <= last and goal.reached(at(steps)):
                return steps
    return UNREACHED


def halving(at: At, start: int, last: int, goal: Goal) -> int:
    """The nearest step in either direction, found by halving."""
    ways = [way(at, start, end, goal) for end in (last, 0) if end != start]
    reached = [found for found in ways if found >= 0]
    if reached:
        return min(reached, key=lambda steps: abs(steps - start))
    return UNCLEAR if UNCLEAR in ways else UNREACHED


def way(at: At, start: int, end: int, goal: Goal) -> int:
    """The nearest step from `start` towards `end` that gives the value sought; UNREACHED or UNCLEAR if none."""
    points = sorted({start + (end - start) * i // SAMPLES for i in range(SAMPLES + 1)}, reverse=end < start)
    orders = [at(point) for point in points]
    if not one_way(orders):
        return UNCLEAR
    first = next((i for i, order in enumerate(orders) if goal.reached(order)), None)
    if first is None:
        return UNREACHED
    found = halved(at, (points[first - 1], points[first]), goal) if first else points[0]
    return found if goal.reached(at(found)) else UNREACHED


def one_way(orders: list[int | None]) -> bool:
    """Whether results only rise or only fall, and are all decided."""
    known = [order for order in orders if order is not None]
    return len(known) == len(orders) and (known == sorted(known) or known == sorted(known, reverse=True))


def halved(at: At, between: tuple[int, int], goal: Goal) -> int:
    """The first step that reaches, between one that does not and one that does."""
    short, there = between
    while abs(there - short) > 1:
        middle = (short + there) // 2
        if goal.reached(at(middle)):
            there = middle
        else:
            short = middle
    return there


def best_of(at: At, start: int, last: int, goal: Goal, *, through: bool) -> int:
    """The step that comes nearest to what is sought, of several the nearest; of the ends, where not all were tried."""
    tried = range(last + 1) if through else (start, last, 0)
    return min(tried, key=lambda steps: (goal.gap(at(steps)), abs(steps - start)))
