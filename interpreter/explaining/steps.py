"""The definitions that led to a person's results, each a numbered step, in the order of the document."""

from __future__ import annotations

from interpreter.exact.arithmetic import times
from interpreter.exact.trace import Places, Seat, Standing, Step
from interpreter.explaining import choices, conditions, divisions, telling
from interpreter.explaining.model import Figure, Item, Remark, Sign, Token, Word
from interpreter.explaining.reached import body_of, nested
from interpreter.explaining.told import Setting, Told, one_line
from policy import core
from policy.core import Definition, Policy
from policy.source import Clause
from policy.types import Number, Type
from policy.units import PLACES, POINTS
from policy.values import Nil

DEEP = 3
"""Definitions of other records that are opened behind each other."""
PLACE, COUNT = Type(Number(PLACES, place=True)), Type(Number(PLACES))


def steps_of(policy: Policy, found: dict[str, Step], key: str) -> tuple[Item, ...]:
    """One item a definition, but for those told within another."""
    inside = Setting(nested(found), key, policy.main.name, DEEP)
    order = [d.name for d in policy.definitions if d.name in found and d.record == policy.main.name]
    shown = [name for name in order if name not in inside.nested]
    return tuple(step_item(found[name], number, inside) for number, name in enumerate(shown, 1))


def step_item(step: Step, number: int, inside: Setting) -> Item:
    """A definition told."""
    definition = step.expr
    assert isinstance(definition, Definition)
    into = Told(definition.name, inside)
    tell_definition(step, into)
    full = full_mark(step)
    return Item("step", definition.name, Figure(step.value, definition.type), full, into.shown_formula(), None,
                tuple(into.remarks), definition.clause, tuple(into.items), tuple(into.skipped), number,
                definition.kind)  # fmt: skip


def tell_definition(step: Step, into: Told) -> None:
    """What a definition's value was made of, then the exceptions on it."""
    body = body_of(step)
    if body is None:
        into.remark("given")
        return
    match body.expr:
        case core.Ranking():
            tell_rank(step, body, body.expr, into)
        case core.Quota():
            tell_quota(step, body, body.expr, into)
        case core.Allocation():
            divisions.tell_division(step, body, body.expr, into)
        case _:
            telling.tell_at_top(body, into)
    choices.tell_exceptions(step.parts[1:], into, body.value, step.value)


def full_mark(step: Step) -> Figure | None:
    """The full mark that a score declares."""
    body = body_of(step)
    while body is not None and isinstance(body.expr, core.Limited | core.Rounded | core.Excepted):
        body = body.parts[0]
    if body is not None and isinstance(body.expr, core.Total) and body.expr.full is not None:
        return Figure(body.expr.full, Type(Number(POINTS)))
    return None


# -- ranks and quotas ------------------------------------------------------------------------------------------------


def tell_rank(step: Step, body: Step, ranking: core.Ranking, into: Told) -> None:
    """The place, or why there is none."""
    note = step.note
    if isinstance(note, Standing):
        for order, value in zip(ranking.orders, note.values, strict=True):
            into.formula += [*([Sign("and_of")] if into.formula else []), Word(one_line(order.by.span))]
            into.formula.append(Figure(value, order.by.type))
        into.remark("standing", place=Figure(note.place, PLACE), of=note.of, tied=note.tied)
        return
    if type(step.value) is not Nil:
        return
    if ranking.among is not None and body.parts and body.parts[0].value is not True:
        conditions.tell(body.parts[0], into)
        into.remark("not_ranked")
    else:
        into.remark("left_out")


def tell_quota(step: Step, body: Step, quota: core.Quota, into: Told) -> None:
    """The places of each grade, its base, and where the person stands among the candidates."""
    seat = step.note if isinstance(step.note, Seat) else body.note
    if not isinstance(seat, Seat):
        if quota.among is not None and body.parts and body.parts[0].value is False:
            into.remark("no_candidate")
            into.items.append(conditions.condition(body.parts[0], Clause(), into))
        return
    allotment = seat.allotment
    if allotment.base is not None:
        what = one_line(quota.base.span)
        into.remark("base" if what else "base_bare", base=Figure(allotment.base.value, quota.base.type), what=what)
    if seat.at is None:
        into.remark("no_candidate")
        if quota.among is not None and body.parts:
            into.items.append(conditions.condition(body.parts[0], Clause(), into))
    else:
        mine = allotment.members[seat.at]
        into.remark("candidate", place=Figure(mine.place, PLACE), of=len(allotment.members), tied=mine.tied)
        base = Figure(allotment.base.value, quota.base.type) if allotment.base is not None else None
        into.items += [grade_item(grade, mine.key, quota, base) for grade in allotment.grades]
    if allotment.open:
        into.remark("quota_open", keys=allotment.open[:3], count=len(allotment.open))


def grade_item(places: Places, key: str, quota: core.Quota, base: Figure | None) -> Item:
    """One grade of a quota: its places, how they came about, how many took one, and what became of the person there."""
    tier = places.tier
    text = one_line(tier.span).removeprefix(tier.value).strip()
    most, whom = cut_behind(text, one_line(tier.most.span))
    formula: list[Token] = [Word(most)] if most else []
    if not isinstance(tier.most, core.Const):
        formula.append(Figure(places.most, tier.most.type))
    remarks = rounded_places(places, quota, base, formula) if base is not None and tier.share else []
    formula += [Sign(","), Word(whom)] if whom else []
    if places.carried:
        remarks.append(Remark("carried", (("places", Figure(places.carried, COUNT)),)))
    remarks.append(Remark("taken_places", (("taken", len(places.taken)),)))
    mine = "took" if key in places.taken else "tied_at_cut" if key in places.tied else ""
    mine = mine or ("surplus" if key in places.surplus else "")
    if mine:
        remarks.append(Remark(mine))
    if places.possible is not None:
        remarks.append(Remark("possible", (("places", Figure(places.possible, COUNT)),)))
    return Item("grade", tier.value, Figure(places.places, COUNT), None, tuple(formula),
                key in places.taken, tuple(remarks), tier.clause)  # fmt: skip


def cut_behind(text: str, part: str) -> tuple[str, str]:
    """A text up to the end of a part of it, and what follows."""
    end = text.find(part) + len(part) if part in text else len(text)
    return text[:end].strip(), text[end:].strip()


def rounded_places(places: Places, quota: core.Quota, base: Figure, formula: list[Token]) -> list[Remark]:
    """A share times its base, and what rounding made of it: `20% × 7`, `1.4 舍去到 1：1`."""
    formula += [Sign("×"), base]
    due, (mode, step) = times(places.most, base.value), quota.places
    now = places.places - places.carried
    if due == now:
        return []
    figures = (("by", Figure(step, COUNT)), ("was", Figure(due, COUNT)), ("now", Figure(now, COUNT)))
    return [Remark(mode, figures)]
