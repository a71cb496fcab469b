"""What chooses and adds up, told line by line: cases and rows, scores, tiers, exceptions."""

from __future__ import annotations

from fractions import Fraction

from msgspec import structs

from interpreter.exact.arithmetic import times
from interpreter.exact.trace import Acting, Step
from interpreter.explaining import conditions, steps, telling
from interpreter.explaining.model import Figure, Item, Remark, Sign
from interpreter.explaining.reached import own_definition, value_of_line
from interpreter.explaining.told import Told, one_line, type_of, words_of
from policy import core
from policy.core import Arm, Line
from policy.source import Clause
from policy.types import Number, Type
from policy.units import POINTS
from policy.values import ABSENT, Value

POINT = Type(Number(POINTS))
ANYTHING = ("任意", "any")
"""What a cell says that asks for nothing."""


# -- cases and rows --------------------------------------------------------------------------------------------------


def tell_switch(step: Step, node: core.Switch, into: Told) -> None:
    """The arms taken, and the neighbours of the one taken: by them one sees how near the other outcome was."""
    if node.arms[0].span is node.span and step.parts:
        tell_next_grade(step, into)
        return
    looked = {id(part.expr): part for part in step.parts}
    taken = [at for at, arm in enumerate(node.arms) if id(arm) in looked and looked[id(arm)].value is True]
    if node.mode in ("sum", "highest"):
        into.remark("adds_rows" if node.mode == "sum" else "highest_row")
    for at, arm in enumerate(node.arms):
        part = looked.get(id(arm))
        if at in taken and part is not None:
            into.items.append(row_taken(part, arm, into))
        elif part is not None and isinstance(part.value, ABSENT):
            into.items.append(row_open(part, arm, into))
        elif len(taken) == 1 and abs(at - taken[0]) == 1:
            into.items.append(row_passed(part, arm, into))
    if not taken:
        into.skipped += [row_text(arm) for arm in node.arms if id(arm) in looked and looked[id(arm)].value is False][:6]


def tell_next_grade(step: Step, into: Told) -> None:
    """`高一档(现等级)`: from which grade to which, and where it ends."""
    compared = step.parts[-1].parts[0]
    telling.tell(compared.parts[0], into)
    if compared.parts[0].value == step.value:
        into.remark("last_grade")
        return
    into.sign("→")
    into.figure(step)


def row_taken(step: Step, arm: Arm, into: Told) -> Item:
    """`| 6..10 || 二级 |`: 6 ≤ 名次 7 ≤ 10."""
    value = telling.told(step.parts[-1], "", into.inside)
    remarks = list(value.remarks)
    formula = value.shown_formula()
    items = list(value.items)
    if arm.guard is None:
        remarks.insert(0, Remark("otherwise"))
    else:
        test = Told("", into.inside)
        conditions.tell(step.parts[0], test)
        formula = (*test.formula, *((Sign("→"), *formula) if formula else ()))
        items = [*test.items, *items]
    return Item("row", row_text(arm), figure_of(step.parts[-1]), None, formula, True, tuple(remarks), arm.clause,
                tuple(items), tuple(value.skipped))  # fmt: skip


def row_open(step: Step, arm: Arm, into: Told) -> Item:
    test = Told("", into.inside)
    conditions.tell(step.parts[0], test)
    return Item("row", row_text(arm), None, None, tuple(test.formula), step.value, (), arm.clause, tuple(test.items))


def row_passed(step: Step | None, arm: Arm, into: Told) -> Item:
    """A row beside the one taken: what it asks for and is not so, or that nobody looked at it."""
    if step is None or not step.parts:
        return Item("passed", row_text(arm), remarks=(Remark("not_reached"),), clause=arm.clause)
    test = Told("", into.inside)
    conditions.tell_failing(step.parts[0], test)
    return Item("passed", row_text(arm), None, None, tuple(test.formula), False, (), arm.clause, tuple(test.items))


def row_text(arm: Arm) -> str:
    """A row of a table as `6..10 → 二级`; a case as it is written."""
    text = one_line(arm.span)
    if not text.startswith("|"):
        return text
    left, _, right = text.strip("| ").partition("||")
    asked = [cell.strip() for cell in left.split("|")]
    said = [cell for cell in asked if cell and cell not in ANYTHING] or asked[:1]
    cells = (", " if left.isascii() else "，").join(said)
    value = " ".join(arm.value.span.text.split()).strip('"“”') or right.strip(" |")
    return f"{cells} → {value}" if right else text


def figure_of(step: Step) -> Figure:
    return Figure(step.value, type_of(step))


# -- scores ----------------------------------------------------------------------------------------------------------


def tell_total(step: Step, node: core.Total, into: Told) -> None:
    """The lines that applied; of the best of several, the one that counts."""
    applied = [part for part in step.parts if part.value is not None]
    for part in step.parts:
        line = part.expr
        if not isinstance(line, Line):
            continue
        if part.value is None:
            into.skipped.append(line.label)
        else:
            chosen = node.mode == "highest" and part is next((p for p in applied if p.value == step.value), None)
            into.items.append(line_item(part, line, into, (node.type, chosen)))
    if node.mode == "highest":
        into.remark("highest_line", of=len(step.parts))


def line_item(step: Step, line: Line, into: Told, among: tuple[Type, bool]) -> Item:
    """One line of a score: what it is worth, how, and out of how much; `among` is the score's type, and whether this
    line is the one of several that counts."""
    of = value_of_line(step)
    full = Figure(line.full, POINT) if line.full is not None else None
    if of is None:
        return open_line(step, line, into)
    found = Told(line.label, into.inside)
    clause = line.clause
    definition = own_definition(of)
    if definition is not None and isinstance(definition.expr, core.Definition):
        clause = tell_nested(of, definition, definition.expr, found, clause)
    else:
        telling.tell_at_top(of, found)
    if line.weight is not None:
        tell_weight(of, step.parts[step.parts.index(of) + 1], found)
        tell_held(step, line, of, found)
    remarks = ([Remark("chosen")] if among[1] else []) + found.remarks
    kind = "deduct" if line.sign < 0 else "bonus" if line.full is None and line.weight is None else "part"
    return Item("line", line.label, Figure(step.value, among[0]), full, found.shown_formula(), None,
                tuple(remarks), clause, tuple(found.items), tuple(found.skipped), kind=kind)  # fmt: skip


def tell_nested(of: Step, step: Step, definition: core.Definition, found: Told, clause: Clause) -> Clause:
    """A line that is a definition: a score is told here, in full; of others the value stands."""
    if found.inside.nested.get(definition.name):
        steps.tell_definition(step, found)
        return definition.clause
    telling.tell(of, found)
    return clause


def tell_weight(of: Step, weight: Step, found: Told) -> None:
    """`86 × 60%`."""
    if not found.formula:
        found.formula.append(figure_of(of))
    if sum(isinstance(token, Sign) for token in found.formula):
        found.formula = [Sign("("), *found.formula, Sign(")")]
    found.sign("×")
    if not isinstance(weight.expr, core.Switch):
        telling.tell(weight, found)
        return
    found.figure(weight)
    if weight.parts and weight.parts[-1].expr is not weight.expr.arms[-1]:
        found.remark("weight_moved", weight=figure_of(weight))


def tell_held(step: Step, line: Line, of: Step, found: Told) -> None:
    """Where a line's own limit changed what it comes to."""
    at = step.parts.index(of)
    weight, limits = step.parts[at + 1], step.parts[at + 2 :]
    if not limits or not all(isinstance(p.value, int | Fraction) for p in (of, weight, step)):
        return
    was, now = times(of.value, weight.value), step.value * line.sign
    if was != now:
        kind = type_of(limits[0])
        figures = Figure(was, kind), Figure(now, kind)
        found.remark("capped" if now < was else "floored", was=figures[0], bound=figures[1])


def open_line(step: Step, line: Line, into: Told) -> Item:
    """A line of which it is not known whether it applies."""
    test = Told("", into.inside)
    if step.parts:
        conditions.tell(step.parts[0], test)
    return Item("line", line.label, Figure(step.value, line.value.type), None, tuple(test.formula), step.value,
                (), line.clause, tuple(test.items))  # fmt: skip


# -- tiers -----------------------------------------------------------------------------------------------------------


def tell_bands(step: Step, node: core.Banded, into: Told) -> None:
    """Each band reached: its slice times its rate."""
    telling.tell(step.parts[0], into)
    into.remark(node.mode)
    amount = type_of(step.parts[0])
    for part in step.parts[1:]:
        band = part.expr
        if not isinstance(band, core.Band):
            into.items.append(telling.item("detail", part, words_of(part), into.inside))
            continue
        size = Figure(part.note, amount)
        formula = (size, Sign("×"), figure_of(part.parts[0]))
        value = Figure(part.value, node.type)
        into.items.append(Item("band", band_text(band), value, None, formula, clause=band.clause))


def band_text(band: core.Band) -> str:
    text = one_line(band.span)
    return text.strip("| ").partition("||")[0].strip(" |") if text.startswith("|") else text


# -- exceptions ------------------------------------------------------------------------------------------------------


def tell_exceptions(tried: tuple[Step, ...], into: Told, was: Value = None, now: Value = None) -> None:
    """The exceptions that acted, were voided or prevailed over; those that do not concern the case only by name.

    `was` and `now` are the value before them and after, where they bear on one.
    """
    concerned = {part.note.exemption for part in tried if isinstance(part.note, Acting) and part.note.fate != "idle"}
    for part in tried:
        effect, acting = part.expr, part.note
        if not isinstance(effect, core.Effect) or not isinstance(acting, Acting):
            continue
        if acting.fate == "idle":
            if acting.exemption not in concerned and acting.exemption not in into.skipped:
                into.skipped.append(acting.exemption)
            continue
        item = exception_item(part, effect, acting, into)
        into.items.append(without_effect(item) if changes_nothing(part, effect, acting, (was, now)) else item)


def changes_nothing(step: Step, effect: core.Effect, acting: Acting, values: tuple[Value, Value]) -> bool:
    """Whether an effect leaves the value as it was: a cap that is not reached, a grade that was so anyway."""
    was, now = values
    if acting.fate != "acts" or was is None or isinstance(was, ABSENT) or isinstance(now, ABSENT):
        return False
    if effect.kind in ("cap", "floor"):
        bound = value_of_effect(step, effect)
        return was == now or (bound is not None and bound.value != now)
    return effect.kind in ("fix", "lower", "raise") and was == now


def without_effect(item: Item) -> Item:
    fate = item.remarks[0]
    return structs.replace(item, remarks=(Remark("acts_idly", fate.arguments), *item.remarks[1:]))


def exception_item(step: Step, effect: core.Effect, acting: Acting, into: Told) -> Item:
    test = Told("", into.inside)
    conditions.tell(step.parts[0], test)
    key = "" if acting.key == into.inside.key else acting.key
    fate = Remark(acting.fate, (("by", acting.by), ("reason", effect.reason), ("key", key)))
    value = value_of_effect(step, effect)
    return Item("exception", acting.exemption, value, None, tuple(test.formula), step.value, (fate,), effect.clause,
                tuple(test.items), kind=effect.kind)  # fmt: skip


def value_of_effect(step: Step, effect: core.Effect) -> Figure | None:
    """What an effect fixes, caps or moves by: as worked out, else as it is written."""
    if effect.value is None:
        return None
    if len(step.parts) > 1 and step.parts[1].expr is effect.value:
        return figure_of(step.parts[1])
    return Figure(effect.value.value, effect.value.type) if isinstance(effect.value, core.Const) else None
