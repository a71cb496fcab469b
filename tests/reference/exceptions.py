"""Exceptions, as docs/language/exceptions.md tells them: voided or prevailed over first, then values, steps, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy import core
from policy.types import Choice, Type
from tests.reference.absence import (
    NONE,
    Absent,
    Value,
    at_least,
    holds,
    is_open,
    kept_for_people,
    spread,
    undecided,
)
from tests.reference.folds import listed
from tests.reference.records import Scope, called, held_to

if TYPE_CHECKING:
    from tests.reference.evaluator import Evaluator


class Acting:
    """An effect of an exception on a case: whether it holds, and what it says."""

    def __init__(self, exempt: core.Exempt, effect: core.Effect, state: Value, value: Value) -> None:
        self.exempt, self.effect, self.state, self.value = exempt, effect, state, value

    @property
    def name(self) -> str:
        clause = self.effect.clause if self.effect.clause.cites else self.exempt.clause
        return "".join(clause.cites) or called(self.effect) or self.exempt.name


def attempts(world: Evaluator, exempt: core.Exempt, scope: Scope, voiding: bool) -> list[Acting]:
    """The effects that hold or may hold, of each listed record where the exception is about a list."""
    scopes = [scope] if exempt.each is None else [(row, *scope) for row in listed(world, exempt.each, scope)]
    found = []
    for inside in scopes:
        void = voided(world, exempt, inside)
        for effect in exempt.effects:
            state = holds(world.value(effect.guard, inside))
            if (effect.kind == "void") is not voiding or state is False or void is True:
                continue
            value = world.value(effect.value, inside) if effect.value is not None and state is True else None
            state = state if exempt.each is None else inside[0].in_doubt(state)
            found.append(
                Acting(exempt, effect, spread([state, void]) if is_open(state) or is_open(void) else True, value)
            )
    return found


def voided(world: Evaluator, exempt: core.Exempt, scope: Scope) -> Value:
    """Whether an exception to an exception takes it away."""
    states = [each.state for other in exempt.voided_by for each in attempts(world, other, scope, True)]
    return at_least(1, states)


def under(world: Evaluator, exceptions: tuple[core.Exempt, ...], base: Value, kind: Type, scope: Scope) -> Value:
    """A value under its exceptions."""
    found = [each for exempt in exceptions for each in attempts(world, exempt, scope, False)]
    gone = prevailed_over(exceptions, {each.exempt.name for each in found if each.state is True})
    acting = [each for each in found if each.exempt.name not in gone]
    acting.sort(key=lambda each: (each.name, str(each.value)))
    if not acting:
        return base
    doubts = [value for each in acting for value in (each.state, each.value) if is_open(value)]
    kept = [kept_for_people(each.effect.kind, each.effect.reason) for each in acting
            if each.effect.kind in ("referred", "undecided")]  # fmt: skip
    if doubts or kept:
        return spread([*doubts, *kept])
    fixed = of_kind(acting, "fix")
    other = next((each for each in fixed if each.value != fixed[0].value), None)
    if other is not None:
        return conflict(fixed[0], other)
    value = fixed[0].value if fixed else base
    if isinstance(value, Absent):
        return spread([value])
    order = kind.kind if isinstance(kind.kind, Choice) else None
    if order is not None and order.rank_of(value) is None:
        return value
    return limited(stepped(value, acting, order), acting, kind)


def of_kind(acting: list[Acting], *kinds: str) -> list[Acting]:
    return [each for each in acting if each.effect.kind in kinds]


def conflict(one: Acting, other: Acting) -> Absent:
    first, second = sorted((one.name, other.name))
    return undecided("ZS830", first=first, second=second)


def prevailed_over(exceptions: tuple[core.Exempt, ...], acting: set[str]) -> set[str]:
    """Those over which another prevails that has an effect here and is not itself prevailed over."""
    gone: set[str] = set()
    waiting = list(exceptions)
    while waiting:
        free = [e for e in waiting if not any(e.name in other.over for other in waiting if other is not e)] or waiting
        for exempt in free:
            if exempt.name in acting and exempt.name not in gone:
                gone.update(exempt.over)
        waiting = [e for e in waiting if e not in free]
    return gone


def stepped(value: Value, acting: list[Acting], order: Choice | None) -> Value:
    """All steps up and down together; grades stay within their order."""
    moves = of_kind(acting, "raise", "lower")
    if not moves:
        return value
    if any(each.value == NONE for each in moves):
        return NONE
    up = sum(each.value if each.effect.kind == "raise" else -each.value for each in moves)
    if order is None:
        return value + up
    at = order.rank_of(value)
    assert at is not None
    return order.values[min(max(at - int(up), 0), order.ordered - 1)]


def limited(value: Value, acting: list[Acting], kind: Type) -> Value:
    """The highest floor and the lowest cap; a floor above the cap, or a fixed value beyond a limit, is a conflict."""
    node = core.Const(value=None, type=kind)
    fixed = of_kind(acting, "fix")
    tightest: list[Acting] = []
    for limit, floor in (("floor", True), ("cap", False)):
        found = of_kind(acting, limit)
        best = found[:1]
        for each in found[1:]:
            if each.value != NONE and held_to(best[0].value, each.value, node, floor) != best[0].value:
                best = [each]
        tightest += best
    if len(tightest) == 2 and held_to(tightest[0].value, tightest[1].value, node, False) != tightest[0].value:
        return conflict(tightest[0], tightest[1])
    for each in tightest:
        held = held_to(value, each.value, node, each.effect.kind == "floor")
        if fixed and held != value:
            return conflict(fixed[0], each)
        value = held
    return value
