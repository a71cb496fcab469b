"""Cases and tables: which arms hold, and what comes of it.

An arm whose guard is open makes the whole open, unless it comes after the one that a Switch in order took.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, assert_never

from interpreter.exact.absence import OPEN, spread, truth, undecided
from interpreter.exact.arithmetic import NUMERIC, added
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope
from interpreter.exact.telling import clause_of, spelled_inputs
from interpreter.exact.trace import Step
from policy.core import Arm, Switch
from policy.kinds import Choosing
from policy.types import Choice, Type
from policy.values import NIL, Nil, Value

Looked: TypeAlias = "list[Step]"
"""The steps of the arms of a Switch, as trace describes them."""
Settle: TypeAlias = "Callable[[Switch, Looked, str], Value]"
Case: TypeAlias = "tuple[Arm, Code | None, Code]"


def switch_of(node: Switch, make: Make, language: str) -> Code:
    cases: tuple[Case, ...] = tuple((arm, make(arm.guard) if arm.guard else None, make(arm.value)) for arm in node.arms)
    guarded = tuple((arm, guard, value) for arm, guard, value in cases if guard is not None)
    otherwise = next(((arm, value) for arm, guard, value in cases if guard is None), None)
    look = look_in_order if node.mode == "first" else look_at_all
    settle = settling(node.mode)

    def run(scope: Scope) -> Step:
        looked = look(guarded, scope)
        if all(step.value is False for step in looked) and otherwise is not None:
            arm, code = otherwise
            last = code(scope)
            return Step(node, last.value, (*looked, Step(arm, True, (last,))))
        return Step(node, settle(node, looked, language), tuple(looked))

    return run


def look_at_all(guarded: tuple[tuple[Arm, Code, Code], ...], scope: Scope) -> Looked:
    looked = []
    for arm, guard, code in guarded:
        test = guard(scope)
        if test.value is True:
            looked.append(Step(arm, True, (test, code(scope))))
        else:
            looked.append(Step(arm, truth(test.value), (test,)))
    return looked


def look_in_order(guarded: tuple[tuple[Arm, Code, Code], ...], scope: Scope) -> Looked:
    """Stops at the first arm that holds, or of which it is open whether it does."""
    looked = []
    for arm, guard, code in guarded:
        test = guard(scope)
        if test.value is True:
            looked.append(Step(arm, True, (test, code(scope))))
            break
        looked.append(Step(arm, truth(test.value), (test,)))
        if type(test.value) in OPEN:
            break
    return looked


def settle_unique(node: Switch, looked: Looked, language: str) -> Value:
    held = [step for step in looked if step.value is True]
    if len(held) == 1 and all(type(step.value) is bool for step in looked):
        return held[0].parts[-1].value
    doubts = [step.value for step in looked if type(step.value) in OPEN]
    if doubts:
        return spread(doubts)
    return agreeing(node, held, language) if held else uncovered(looked, language)


def agreeing(node: Switch, held: Looked, language: str) -> Value:
    """The value that all arms that hold give; different ones are a conflict."""
    values = [step.parts[-1].value for step in held]
    other = next((i for i, value in enumerate(values) if value != values[0]), None)
    if other is None:
        return values[0]
    if any(type(value) in OPEN for value in values):
        return spread([value for value in values if type(value) in OPEN])
    return undecided("ZS807", first=arm_name(held[0]), second=arm_name(held[other]))


def arm_name(step: Step) -> str:
    arm = step.expr
    return clause_of(arm.clause, arm.span) if isinstance(arm, Arm) else ""


def uncovered(looked: Looked, language: str) -> Value:
    return undecided("ZS806", values=spelled_inputs(tuple(looked), language))


def settle_first(node: Switch, looked: Looked, language: str) -> Value:
    last = looked[-1] if looked else None
    if last is None or last.value is False:
        return uncovered(looked, language)
    return last.parts[-1].value if last.value is True else spread((last.value,))


def settle_sum(node: Switch, looked: Looked, language: str) -> Value:
    """Rows added up; what is 无 adds nothing, and where all that hold are 无, so is the whole."""
    doubts, values = taken(looked)
    due = [value for value in values if type(value) is not Nil]
    total = None if doubts or (values and not due) else added(due, [1] * len(due))
    return spread([*doubts, *values]) if total is None else total


def settle_highest(node: Switch, looked: Looked, language: str) -> Value:
    """The highest of the rows that hold; what is 无 is none of them, unless all are."""
    doubts, values = taken(looked)
    if doubts or any(type(value) in OPEN for value in values):
        return spread([*doubts, *values])
    if not values:
        return uncovered(looked, language)
    due = [value for value in values if type(value) is not Nil]
    best = extreme(due, node.type, True)
    return NIL if best is None else best


def taken(looked: Looked) -> tuple[list[Value], list[Value]]:
    """The guards of which it is open whether they hold, and the values of the rows that do."""
    doubts = [step.value for step in looked if type(step.value) in OPEN]
    return doubts, [step.parts[-1].value for step in looked if step.value is True]


def settling(mode: Choosing) -> Settle:
    """What makes one value of the cases that hold."""
    match mode:
        case "unique":
            return settle_unique
        case "first":
            return settle_first
        case "sum":
            return settle_sum
        case "highest":
            return settle_highest
        case _:
            assert_never(mode)


def extreme(values: list[Value], kind: Type, highest: bool) -> Value | None:
    """The highest or lowest of decided values, of grades the best or worst; what has no order does not count.

    None where nothing is left to choose from.
    """
    key = magnitude(kind)
    ordered = [value for value in values if type(value) is not Nil and key(value) is not None]
    if not ordered:
        return None
    return max(ordered, key=key) if highest else min(ordered, key=key)


def magnitude(kind: Type) -> Callable[[Value], Any]:
    """What values of a type are compared by, higher being better; None for a value outside the order."""
    if isinstance(kind.kind, Choice):
        order = kind.kind

        def of_grade(value: Value) -> int | None:
            at = order.rank_of(value) if isinstance(value, str) else None
            return None if at is None else -at

        return of_grade
    return plain_magnitude


def plain_magnitude(value: Value) -> Any:
    return None if type(value) not in NUMERIC and not hasattr(value, "__lt__") else value
