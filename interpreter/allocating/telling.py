"""What can be said of a division once it stands: what each goal comes to, what another choice would cost, why not."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias

from msgspec import Struct

from interpreter.allocating import solve
from interpreter.allocating.model import Total
from interpreter.allocating.posing import Posed, Sides, conjuncts
from interpreter.exact.absence import reasons_of, truth
from interpreter.exact.code import Program
from interpreter.exact.trace import Division
from policy.core import Aim, Allocation, Expr
from policy.diagnostic import Reason
from policy.source import Clause, Span
from policy.units import Exact

Standing: TypeAlias = Literal["given", "outside", "open", "unknown", "refused", "doubtful", "could"]
"""What a pair is: given so, left out, open, not known, refused by conditions, or one that could be."""


class GoalTold(Struct, frozen=True, eq=False):
    """A goal: what it comes to, in its own unit, the best that could be proved, and of how many (None: no count).

    `number` counts from 1; of goals by order `value` is how many of the items were given out at all.
    """

    number: int
    aim: Aim
    value: Exact
    bound: Exact
    proven: bool
    of: int | None


class Price(Struct, frozen=True, eq=False):
    """What it would cost to give an item to another: the first goal that gets worse, from what to what. `number` is 0
    where none does, None where no division has it so. `moved` are the other items that would go elsewhere; of a goal by
    order `items` are those whose turn comes to somebody further back; `shortfall` says that a line has to yield."""

    owner: str
    number: int | None
    was: Exact = 0
    now: Exact = 0
    moved: tuple[tuple[str, str, str], ...] = ()
    items: tuple[str, ...] = ()
    shortfall: bool = False


class Refusal(Struct, frozen=True, eq=False):
    """One condition that a pair does not meet, as it is written."""

    condition: Expr
    guard: Expr | None
    clause: Clause
    span: Span


class Answer(Struct, frozen=True, eq=False):
    """Why an item does not go to somebody."""

    item: str
    owner: str
    standing: Standing
    refusals: tuple[Refusal, ...] = ()
    reasons: tuple[Reason, ...] = ()
    price: Price | None = None
    instead: str = ""


def goals(division: Division) -> tuple[GoalTold, ...]:
    """Every goal of the text in order."""
    posed, solution = division.posed, division.solution
    if solution is None:
        return ()
    told = []
    for number, (aim, at, scale) in enumerate(zip(posed.allocation.aims, posed.aims, posed.scales, strict=True), 1):
        parts = [(posed.problem.goals[k], solution.goals[k]) for k in at]
        proven = all(reached.proven for _, reached in parts)
        if aim.kind == "by_order":
            given = sum(any(pair in solution.chosen for pair, _ in g.terms) for g, _ in parts if isinstance(g, Total))
            told.append(GoalTold(number, aim, given, given, proven, len(parts)))
            continue
        ((goal, reached),) = parts
        count = None
        if aim.kind in ("keep", "prefer") and isinstance(goal, Total):
            count = len({posed.problem.pairs[k][0] for k, _ in goal.terms})
        told.append(GoalTold(number, aim, own(reached.value, scale), own(reached.bound, scale), proven, count))
    return tuple(told)


def own(value: int, scale: int) -> Exact:
    """A figure of the problem in its own unit."""
    found = Fraction(value, scale)
    return found.numerator if found.denominator == 1 else found


# -- another choice --------------------------------------------------------------------------------------------------


def prices(division: Division, item: str, most: int = 3) -> tuple[Price, ...]:
    """The best others to whom an item could go, and what each would cost; the cheapest first."""
    posed = division.posed
    if division.solution is None or item not in posed.items:
        return ()
    at, given = posed.items.index(item), division.placed.get(item, "")
    pairs = [k for k, (i, o) in enumerate(posed.problem.pairs) if i == at and posed.owners[o] != given]
    found = [(price(division, k, near=False), k) for k in pairs]
    cheapest = _cheapest(division)
    kept = sorted(((cheapest(each), k) for each, k in found if each.number is not None))[:most]
    return tuple(price(division, k) for _, k in kept)


def _cheapest(division: Division):  # type: ignore[no-untyped-def]
    last = len(division.posed.allocation.aims) + 1

    def key(each: Price) -> tuple[bool, int, Exact, str]:
        return each.shortfall, -(each.number or last), abs(Fraction(each.now) - Fraction(each.was)), each.owner

    return key


def price(division: Division, k: int, *, near: bool = True) -> Price:
    """What choosing a pair would cost; who else would move is told of the nearest such division alone."""
    posed, solution = division.posed, division.solution
    assert solution is not None
    item, owner = posed.problem.pairs[k]
    found = solve.forced(posed.problem, solution, k, near=near)
    if found is None:
        return Price(posed.owners[owner], None)
    moved = tuple(
        (posed.items[i], division.placed.get(posed.items[i], ""), to)
        for i, to in sorted(_owners(posed, found.chosen).items())
        if i != item and division.placed.get(posed.items[i], "") != to
    )
    if found.at is None:
        return Price(posed.owners[owner], 0, moved=moved)
    number, scale = number_of(posed, found.at)
    goal = posed.problem.goals[found.at]
    turn = sorted({posed.problem.pairs[each][0] for each, _ in goal.terms}) if isinstance(goal, Total) else []
    was, now = own(solution.goals[found.at].value, scale), own(found.value, scale)
    return Price(posed.owners[owner], number, was, now, moved, tuple(posed.items[i] for i in turn),
                 shortfall=number == 0)  # fmt: skip


def _owners(posed: Posed, chosen: Iterable[int]) -> dict[int, str]:
    """To whom each item goes, by number; empty for nobody."""
    found = dict.fromkeys(range(len(posed.items)), "")
    for k in chosen:
        item, owner = posed.problem.pairs[k]
        found[item] = posed.owners[owner]
    return found


def number_of(posed: Posed, at: int) -> tuple[int, int]:
    """Which goal of the text, from 1, one of the problem's is; 0 where it is for lines that yield or what is kept."""
    for number, (mine, scale) in enumerate(zip(posed.aims, posed.scales, strict=True), 1):
        if at in mine:
            return number, scale
    return 0, 1


# -- why not ---------------------------------------------------------------------------------------------------------


def why_not(division: Division, item: str, owner: str, program: Program, *, priced: bool = True) -> Answer:
    """Why an item does not go to somebody: by the conditions, else, where it is to be `priced`, by deciding again with
    it so."""
    posed, population = division.posed, program.population
    allocation = posed.allocation
    mine, theirs = population.find(allocation.item, item), population.find(allocation.owner, owner)
    instead = division.placed.get(item, "")
    if division.placed.get(item) == owner:
        return Answer(item, owner, "given", instead=instead)
    if mine is None or theirs is None:
        return Answer(item, owner, "unknown", instead=instead)
    if item in posed.open_items or owner in posed.open_owners:
        value = posed.open_items.get(item, posed.open_owners.get(owner))
        return Answer(item, owner, "open", reasons=reasons_of(value), instead=instead)
    found = refusals(allocation, Sides(program.code), mine, theirs)
    if found:
        return Answer(item, owner, "outside" if item in posed.outside else "refused", found, instead=instead)
    if (item, owner) in posed.doubtful:
        return Answer(item, owner, "doubtful", instead=instead)
    pair = (posed.items.index(item), posed.owners.index(owner))
    k = posed.problem.pairs.index(pair)
    cost = price(division, k) if priced and division.solution is not None else None
    return Answer(item, owner, "could", price=cost, instead=instead)


def refusals(allocation: Allocation, ask: Sides, item: object, owner: object) -> tuple[Refusal, ...]:
    """The conditions that a pair does not meet, each by itself."""
    found = [
        Refusal(each, None, NONE, each.span)
        for each in conjuncts(allocation.among)
        if truth(ask(each).of(item, owner)) is False  # type: ignore[arg-type]
    ]
    for fit in allocation.fits:
        if fit.order is not None or any(truth(ask(g).of(item, owner)) is not True for g in conjuncts(fit.guard)):  # type: ignore[arg-type]
            continue
        found += [
            Refusal(each, fit.guard, fit.clause, fit.span)
            for each in conjuncts(fit.holds)
            if truth(ask(each).of(item, owner)) is False  # type: ignore[arg-type]
        ]
    return tuple(found)


NONE = Clause()
