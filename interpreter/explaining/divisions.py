"""What a division did with one item: the conditions that allowed it, the goals it served, what another would cost."""

from __future__ import annotations

from msgspec import structs

from interpreter.allocating import solve, telling
from interpreter.allocating.posing import Posed
from interpreter.exact.trace import Division, Share, Step
from interpreter.explaining import conditions
from interpreter.explaining.model import Figure, Item, Remark, Word
from interpreter.explaining.told import Told, one_line
from policy import core
from policy.core import Aim, Allocation
from policy.source import NO_CLAUSE
from policy.types import Number, Type
from policy.values import Nil

OTHERS = 3
"""Others who could take it that are told with what it would cost."""


def tell_division(step: Step, body: Step, allocation: Allocation, into: Told) -> None:
    """To whom an item goes and why, or why to nobody."""
    note = step.note if isinstance(step.note, Share) else body.note
    if not isinstance(note, Share):
        return
    division, posed = note.division, note.division.posed
    if isinstance(body.value, Nil) and note.item in posed.outside:
        into.remark("not_divided")
        return
    if note.item in posed.open_items:
        into.remark("division_open")
        return
    may = len(posed.owners_of(note.item))
    into.remark("may_take", count=may, owner=allocation.owner)
    if not isinstance(body.value, str):
        if division.solution is None:
            into.remark("no_division")
        tell_prices(division, note.item, into)
        return
    into.items += [allowed(part, into) for part in body.parts]
    into.items += [served(division, note.item, number, aim) for number, aim in enumerate(allocation.aims, 1)]
    tell_prices(division, note.item, into)
    if division.solution is not None and division.solution.others:
        into.remark("others_equal")


def allowed(part: Step, into: Told) -> Item:
    """A condition that let the item go there, with when it is asked."""
    fit = part.expr
    if not isinstance(fit, core.Fit):
        return conditions.condition(part, NO_CLAUSE, into)
    item = conditions.condition(part.parts[-1], fit.clause, into)
    if fit.guard is None:
        return item
    when = Remark("asked_when", (("guard", one_line(fit.guard.span)),))
    return structs.replace(item, remarks=(*item.remarks, when))


def served(division: Division, item: str, number: int, aim: Aim) -> Item:
    """What an item's share does for a goal."""
    posed, solution = division.posed, division.solution
    assert solution is not None
    label, words = named(aim)
    mine = [k for k in solution.chosen if posed.items[posed.problem.pairs[k][0]] == item]
    remarks: tuple[Remark, ...] = ()
    if aim.kind in ("keep", "prefer"):
        goal = posed.problem.goals[posed.aims[number - 1][0]]
        counts = any(k in mine for k, _ in getattr(goal, "terms", ()))
        remarks = (Remark("goal_served" if counts else "goal_missed"),)
    return Item("goal", label, None, None, (Word(words),), None, remarks, aim.clause)


def named(aim: Aim) -> tuple[str, str]:
    """A goal's number as it is written, and the rest of its line."""
    text = one_line(aim.span)
    for colon in ("：", ":"):
        head, found, rest = text.partition(colon)
        if found:
            return head.strip(), rest.split("【")[0].strip()
    return text, ""


def tell_prices(division: Division, item: str, into: Told) -> None:
    """The best others, each with what it would cost, where that is asked for."""
    if not (solve.ASKED.get() or solve.Asked()).priced:
        return
    for price in telling.prices(division, item, OTHERS):
        into.items.append(Item("other", price.owner, None, None, (), None, price_remarks(division, price)))


def price_remarks(division: Division, price: telling.Price) -> tuple[Remark, ...]:
    """What another choice would cost, and what else would move."""
    remarks = [price_remark(division.posed, price)]
    if price.moved:
        first = price.moved[0]
        remarks.append(Remark("moving", (("count", len(price.moved)), ("item", first[0]), ("was", first[1] or "—"),
                                         ("now", first[2] or "—"))))  # fmt: skip
    return tuple(remarks)


def price_remark(posed: Posed, price: telling.Price) -> Remark:
    """The first goal that would come to something worse."""
    if price.number is None:
        return Remark("costs_all")
    if price.shortfall:
        return Remark("costs_line")
    if not price.number:
        return Remark("costs_nothing")
    aim = posed.allocation.aims[price.number - 1]
    if aim.kind == "by_order":
        return Remark("costs_order", (("number", price.number), ("items", price.items)))
    kind = aim.value.type if aim.value is not None and isinstance(aim.value.type.kind, Number) else Type(Number())
    figures = (("was", Figure(price.was, kind)), ("now", Figure(price.now, kind)))
    code = "costs_kept" if aim.kind == "keep" else "costs_goal"
    return Remark(code, (("number", price.number), ("less", Figure(abs(price.was - price.now), kind)), *figures))
