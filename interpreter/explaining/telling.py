"""One recorded step told: its formula in figures, what is remarked of it, and the items under it.

Arithmetic is told in the formula; what chooses or adds up line by line becomes items; what is too much for a formula
becomes an item of its own, labelled by the words of the document. This module and those by topic (choices, conditions,
lists) call each other, as the expressions they tell hold each other.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import structs

from interpreter.exact.trace import Step, Worked
from interpreter.explaining import choices, conditions, lists, steps
from interpreter.explaining.model import Figure, Item, Word
from interpreter.explaining.told import Setting, Told, name_of, type_of, words_of
from policy import core


def told(step: Step, label: str, inside: Setting) -> Told:
    """One value told by itself."""
    found = Told(label, inside)
    tell_at_top(step, found)
    return found


def item(role: str, step: Step, label: str, inside: Setting) -> Item:
    """A value as an item of its own."""
    found = told(step, label, inside)
    return Item(role, label, Figure(step.value, type_of(step)), None, found.shown_formula(), None, tuple(found.remarks),
                items=tuple(found.items), skipped=tuple(found.skipped))  # fmt: skip


def tell_at_top(step: Step, into: Told) -> None:
    """The outermost node of a value: rounding and limits are remarks, choices and lists items."""
    match step.expr:
        case core.Rounded():
            tell_rounded(step, step.expr, into)
        case core.Limited():
            tell_limited(step, into)
        case core.Default():
            tell_default(step, into)
        case core.Named():
            tell_at_top(step.parts[0], into)
        case core.Switch():
            choices.tell_switch(step, step.expr, into)
        case core.Total():
            choices.tell_total(step, step.expr, into)
        case core.Banded():
            choices.tell_bands(step, step.expr, into)
        case core.Fold():
            lists.tell_fold(step, step.expr, into)
        case core.Excepted():
            tell_at_top(step.parts[0], into)
            choices.tell_exceptions(step.parts[1:], into, step.parts[0].value, step.value)
        case core.Refer():
            into.remark(step.expr.outcome, reason=step.expr.reason)
        case core.All() | core.AtLeast():
            conditions.tell_requirement(step, into)
        case core.Compare() | core.Not() | core.InTop() | core.IsMissing() | core.IsNone():
            conditions.tell_one(step, into)
        case core.Elapsed() | core.Shifted() | core.CalendarOf() | core.OfIdentity() | core.Workdays():
            tell_calendar(step, into)
        case _:
            tell(step, into)


def tell(step: Step, into: Told) -> None:
    """A value within a formula."""
    match step.expr:
        case core.Const() | core.Me() | core.Follow() | core.Previous():
            into.figure(step)
        case core.Get() | core.Ref() | core.AsOf():
            tell_name(step, into)
        case core.Sum():
            tell_sum(step, step.expr, into)
        case core.Product():
            tell_product(step, step.expr, into)
        case core.Units():
            tell_units(step, step.expr, into)
        case core.Elapsed() | core.Shifted() | core.Workdays():
            into.sign("(")
            tell_calendar(step, into)
            into.sign("→")
            into.figure(step)
            into.sign(")")
        case core.CalendarOf() | core.OfIdentity():
            into.sign("(")
            tell_calendar(step, into)
            into.sign(")")
        case core.Extreme():
            tell_extreme(step, step.expr, into)
        case core.Default():
            tell_replaced(step, into)
        case core.All() | core.AtLeast() | core.Compare() | core.Not() | core.InTop():
            conditions.tell(step, into)
        case core.IsMissing() | core.IsNone():
            conditions.tell(step, into)
        case _:
            tell_apart(step, into)


def tell_apart(step: Step, into: Told) -> None:
    """What is too much for a formula: its figure there, and an item of its own."""
    label = words_of(step)
    if " " in label:
        into.sign("(")
        into.formula.append(Word(label))
        into.sign("→")
        into.figure(step)
        into.sign(")")
    else:
        into.formula += [Word(label)] if label else []
        into.figure(step)
    if label not in (known.label for known in into.items):
        into.items.append(item("detail", step, label, into.inside))


def tell_name(step: Step, into: Told) -> None:
    name = name_of(step)
    if name and name != into.label:
        into.formula.append(Word(name))
    into.figure(step)
    open_definition(step, into)


def open_definition(step: Step, into: Told) -> None:
    """How a definition of another record came about, once in what is told."""
    inside = into.inside
    made = next((part for part in step.parts if isinstance(part.expr, core.Definition)), None)
    if made is None or not isinstance(made.expr, core.Definition) or not inside.deep or not made.parts:
        return
    label = name_of(step)
    if made.expr.record in ("", inside.main) or label in (known.label for known in into.items):
        return
    found = Told(label, structs.replace(inside, deep=inside.deep - 1))
    steps.tell_definition(made, found)
    formula = found.shown_formula()
    if formula or found.items or found.remarks:
        value, clause = Figure(made.value, made.expr.type), made.expr.clause
        into.items.append(Item("detail", label, value, None, formula, None, tuple(found.remarks), clause,
                               tuple(found.items), tuple(found.skipped)))  # fmt: skip


def tell_sum(step: Step, node: core.Sum, into: Told) -> None:
    for at, (part, sign) in enumerate(zip(step.parts, node.signs, strict=True)):
        if at or sign < 0:
            into.sign("+" if sign > 0 else "-")
        tell_enclosed(part, into, at > 0 and sign < 0)


def tell_product(step: Step, node: core.Product, into: Told) -> None:
    for at, (part, power) in enumerate(zip(step.parts, node.powers, strict=True)):
        if at or power < 0:
            into.sign("×" if power > 0 else "÷")
        tell_enclosed(part, into, True, divisor=power < 0)


def tell_enclosed(part: Step, into: Told, enclose: bool, *, divisor: bool = False) -> None:
    """A sum inside a product, or behind a minus, and a product that divides, stand in brackets."""
    several = isinstance(part.expr, core.Sum) or (divisor and isinstance(part.expr, core.Product))
    enclose = enclose and several and len(part.parts) > 1
    if enclose:
        into.sign("(")
    tell(part, into)
    if enclose:
        into.sign(")")


def tell_units(step: Step, node: core.Units, into: Told) -> None:
    """`11.9 年 ÷ 1 年 → 11`; a quantity below zero holds no units, `-100 元 ÷ 1 元 → 0`."""
    tell(step.parts[0], into)
    into.sign("÷")
    tell(step.parts[1], into)
    quantity = step.parts[0].value
    if node.reading != "every" or (isinstance(quantity, int | Fraction) and quantity < 0):
        into.sign("→")
        into.figure(step)


def tell_calendar(step: Step, into: Told) -> None:
    """Dates, with what lies between them or how far they are moved."""
    match step.expr:
        case core.Elapsed() | core.Workdays():
            tell(step.parts[0], into)
            into.sign("to")
            tell(step.parts[1], into)
            tell_counted(step, into)
        case core.Shifted(sign=sign):
            tell(step.parts[0], into)
            into.sign("+" if sign > 0 else "-")
            tell(step.parts[1], into)
        case _:
            tell(step.parts[0], into)
            into.sign("→")
            into.figure(step)


def tell_counted(step: Step, into: Told) -> None:
    """How days were counted, where that is not plain."""
    node, note = step.expr, step.note
    assert isinstance(node, core.Elapsed | core.Workdays)
    if node.reckoning.both_days and (isinstance(node, core.Workdays) or node.unit == "days"):
        into.remark("both_days")
    if isinstance(note, Worked):
        into.remark("worked", weekdays=note.weekdays, off=note.off, extra=note.extra)


def tell_extreme(step: Step, node: core.Extreme, into: Told) -> None:
    into.sign("larger" if node.larger else "smaller")
    into.sign("(")
    for at, part in enumerate(step.parts):
        if at:
            into.sign(",")
        tell(part, into)
    into.sign(")")


def tell_rounded(step: Step, node: core.Rounded, into: Told) -> None:
    inner = step.parts[0]
    tell_at_top(inner, into)
    if inner.value == step.value:
        return
    by, was, now = Figure(node.step, node.type), Figure(inner.value, node.type), Figure(step.value, node.type)
    shown = into.shown_formula() and into.formula[-1] == Figure(inner.value, type_of(inner))
    if shown and all(isinstance(token, Word) for token in into.formula[:-1]):
        into.remark(f"{node.mode}_of_it", by=by, now=now)
    else:
        into.remark(node.mode, by=by, was=was, now=now)


def tell_limited(step: Step, into: Told) -> None:
    """A cap or floor is told where it changed the value."""
    inner = step.parts[0]
    tell_at_top(inner, into)
    if inner.value == step.value:
        return
    node = step.expr
    bound = Figure(step.value, type_of(step))
    was = Figure(inner.value, type_of(inner))
    capped = isinstance(node, core.Limited) and node.cap is not None and step.parts[1].value == step.value
    into.remark("capped" if capped else "floored", was=was, bound=bound)


def tell_replaced(step: Step, into: Told) -> None:
    """`附加 缺，按 0`; what is there stands as it is."""
    if len(step.parts) == 1:
        tell(step.parts[0], into)
        return
    into.formula.append(Word(words_of(step.parts[0])))
    into.sign("taken_as")
    into.figure(step)


def tell_default(step: Step, into: Told) -> None:
    tell_at_top(step.parts[-1], into)
    if len(step.parts) > 1:
        into.remark("defaulted", what=words_of(step.parts[0]), value=Figure(step.value, type_of(step)))
