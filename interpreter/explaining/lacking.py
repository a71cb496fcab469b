"""What stands between a person and a value: the rows that give it, what their conditions lack, and what those are of.

Read from the recorded steps. Only a row that was never looked at, because one before it was taken, is tested anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct, structs

from interpreter.exact.trace import Acting, Allotment, Member, Seat, Standing, Step
from interpreter.explaining import choices, conditions, places, steps
from interpreter.explaining.model import Figure, Item, Neighbour, Remark
from interpreter.explaining.reached import body_of, lines_of, own_definition, value_of_line
from interpreter.explaining.told import ALONE, Setting, Told
from policy import core
from policy.core import Arm, Definition
from policy.source import NO_CLAUSE
from policy.types import Number
from policy.units import Exact
from policy.values import ABSENT, Nil, Value

DEEPEST = 6
"""Definitions that are followed down from a condition."""
ACTING = ("acts", "open")
"""What becomes of an exception that stands in the way."""
Test: TypeAlias = Callable[[core.Expr], Step]
"""Works out an expression about the person."""


class Sought(Struct, frozen=True):
    """The value that is asked for, and how to test what was not looked at."""

    value: Value
    test: Test
    key: str = ""


def blocking(step: Step, sought: Sought, depth: int = DEEPEST) -> tuple[Item, ...]:
    """What keeps a definition from having the value sought."""
    found = list(acting(step.parts[1:], sought))
    at = body_of(step)
    while at is not None and isinstance(at.expr, core.Named | core.Limited | core.Rounded | core.Excepted):
        if isinstance(at.expr, core.Excepted):
            found += acting(at.parts[1:], sought)
        at = at.parts[0]
    if at is None:
        return tuple(found)
    if isinstance(at.expr, core.Switch):
        found += rows(at, at.expr, sought, depth)
    elif isinstance(at.expr, core.Quota):
        found += seats(step, at, at.expr, sought, depth)
    elif (definition := own_definition(at)) is not None and depth:
        found += blocking(definition, sought, depth - 1)
    return tuple(found)


def acting(tried: tuple[Step, ...], sought: Sought) -> Iterator[Item]:
    """Exceptions that act on the value."""
    into = Told("", Setting(key=sought.key))
    choices.tell_exceptions(tuple(t for t in tried if isinstance(t.note, Acting) and t.note.fate in ACTING), into)
    yield from into.items


# -- rows ------------------------------------------------------------------------------------------------------------


def rows(step: Step, node: core.Switch, sought: Sought, depth: int) -> Iterator[Item]:
    """The rows that give the value, each with what it lacks."""
    looked = {id(part.expr): part for part in step.parts}
    taken = next((part for part in step.parts if part.value is True), None)
    for arm in node.arms:
        if gives(arm, looked.get(id(arm)), sought.value):
            yield row(arm, looked.get(id(arm)), taken, sought, depth)


def gives(arm: Arm, step: Step | None, value: Value) -> bool:
    """Whether an arm gives a value, as far as its text or its step says."""
    if isinstance(arm.value, core.Const):
        return bool(arm.value.value == value)
    return step is not None and step.value is True and bool(step.parts[-1].value == value)


def row(arm: Arm, step: Step | None, taken: Step | None, sought: Sought, depth: int) -> Item:
    lacks: list[Item] = []
    if arm.guard is not None:
        guard = step.parts[0] if step is not None and step.parts else sought.test(arm.guard)
        lacks = [lack(failed, depth) for failed in conditions.failing(guard)]
    remarks: tuple[Remark, ...] = ()
    if taken is not None and isinstance(taken.expr, Arm) and taken.expr is not arm and (not lacks or arm.guard is None):
        remarks = (Remark("taken_first", (("row", choices.row_text(taken.expr)),)),)
    return Item("lacking", choices.row_text(arm), None, None, (), False, remarks, arm.clause, tuple(lacks))


def lack(step: Step, depth: int) -> Item:
    """A condition that fails, followed down into what it is about."""
    into = Told("", ALONE)
    conditions.tell_whole(step, into)
    return Item("condition", "", None, None, tuple(into.formula), step.value, tuple(into.remarks), NO_CLAUSE,
                tuple(beneath(step, depth)))  # fmt: skip


def beneath(step: Step, depth: int) -> Iterator[Item]:
    """What the definitions in a failing condition were made of."""
    asked = step.expr
    if not depth:
        return
    if isinstance(step.expr, core.AtLeast | core.All):
        if conditions.as_range(step) is None:
            yield from (lack(failed, depth - 1) for part in step.parts for failed in conditions.failing(part))
            return
        step = step.parts[0]
    for part in (step, *step.parts[:2]):
        definition = own_definition(part)
        if definition is not None and isinstance(definition.expr, Definition):
            yield from within(definition, definition.expr, asked, depth - 1)
            return


def within(step: Step, definition: Definition, asked: object, depth: int) -> Iterator[Item]:
    """A definition that a failing condition is about: a place, a condition, a score."""
    if definition.ranking is not None:
        yield from behind(step, definition, definition.ranking, asked, depth)
        return
    body = body_of(step)
    if body is None:
        return
    if step.value is False:
        for failed in conditions.failing(body):
            item = lack(failed, depth)
            yield structs.replace(item, clause=definition.clause)
    elif isinstance(step.value, ABSENT) or not isinstance(definition.type.kind, Number):
        return
    else:
        yield from rooms(step)


# -- places ----------------------------------------------------------------------------------------------------------


def behind(step: Step, definition: Definition, ranking: core.Ranking, asked: object, depth: int) -> Iterator[Item]:
    """Why a place is not what is needed: not ranked, or others stand before."""
    body = body_of(step)
    note = step.note
    if type(step.value) is Nil and body is not None and ranking.among is not None:
        yield from (lack(failed, depth) for failed in conditions.failing(body.parts[0]))
    if not isinstance(note, Standing):
        return
    bounds = places.interval(asked, definition.name)
    if bounds is None or bounds[1] >= note.place:
        return
    other = places.last_within(note.cohort, bounds[1])
    gap = places.neighbour(ranking, note.mine, other)
    if gap is None or body is None:
        return
    orders = body.parts[-len(ranking.orders) :]
    at = len(gap.equal)
    remark = ahead(gap)
    below = own_definition(orders[at]) if at < len(orders) else None
    items = tuple(rooms(below)) if below is not None else ()
    yield Item("passes", definition.name, Figure(step.value, definition.type), None, (), False, (remark,),
               definition.clause, items)  # fmt: skip


def ahead(gap: Neighbour) -> Remark:
    arguments: tuple[tuple[str, Figure | str | int | tuple[str, ...]], ...] = (
        ("place", gap.place), ("key", gap.key), ("by", gap.by), ("theirs", gap.theirs), ("mine", gap.mine),
    )  # fmt: skip
    if gap.distance is None:
        return Remark("ahead_of_by", arguments)
    return Remark("ahead_of", (*arguments, ("distance", gap.distance)))


def rooms(step: Step) -> Iterator[Item]:
    """The parts of a score that could still rise, with how much; lines that do not apply are none of them."""
    for part in lines_of(step):
        line, of = part.expr, value_of_line(part)
        if not isinstance(line, core.Line) or of is None or part.value is None or line.sign < 0:
            continue
        kind = line.value.type
        most = most_of(line)
        if most is None or isinstance(of.value, ABSENT) or most <= of.value:
            continue
        figures = (("most", Figure(most, kind)), ("left", Figure(most - of.value, kind)))
        definition = own_definition(of)
        deeper = tuple(rooms(definition)) if definition is not None else ()
        yield Item("room", line.label, Figure(of.value, kind), None, (), None, (Remark("room", figures),), items=deeper)


def most_of(line: core.Line) -> Exact | None:
    """The most that a line can reach, as the checker knows it, not above its full mark."""
    kind = line.value.type.kind
    high = kind.high if isinstance(kind, Number) else None
    known = [bound for bound in (high, line.full) if bound is not None]
    return min(known) if known else None


# -- quotas ----------------------------------------------------------------------------------------------------------


def seats(step: Step, body: Step, quota: core.Quota, sought: Sought, depth: int) -> Iterator[Item]:
    """Why a quota did not give a grade: no candidate, or its places are taken."""
    seat = step.note if isinstance(step.note, Seat) else body.note
    if not isinstance(seat, Seat) or seat.at is None:
        if quota.among is not None and body.parts:
            yield from (lack(failed, depth) for failed in conditions.failing(body.parts[0]))
        return
    mine = seat.allotment.members[seat.at]
    for grade in seat.allotment.grades:
        if grade.tier.value != sought.value:
            continue
        base = seat.allotment.base
        shared = Figure(base.value, quota.base.type) if base is not None else None
        item = steps.grade_item(grade, mine.key, quota, shared)
        lacks = []
        if grade.tier.among is not None:
            lacks = [lack(failed, depth) for failed in conditions.failing(sought.test(grade.tier.among))]
        lacks += cut(seat.allotment, grade.taken, mine, quota)
        yield structs.replace(item, role="lacking", holds=False, formula=(), items=tuple(lacks))


def cut(allotment: Allotment, taken: tuple[str, ...], mine: Member, quota: core.Quota) -> Iterator[Item]:
    """The last who took a place, if that one stands before."""
    last = next((m for m in reversed(allotment.members) if m.key in taken), None)
    gap = places.neighbour(quota, mine, last)
    if gap is not None and last is not None and last.ahead < mine.ahead:
        yield Item("passes", allotment.name, None, None, (), False, (ahead(gap),))
