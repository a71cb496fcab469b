"""Lists made into one value, as docs/language/lists.md tells it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import structs

from policy import core, walk
from policy.numerals import told_value
from policy.values import Period
from tests.reference.absence import (
    NONE,
    Absent,
    Value,
    at_least,
    is_open,
    nothing_listed,
    of_someone,
    spread,
    undecided,
)
from tests.reference.reckoning import is_number, period_number, size_of
from tests.reference.records import Row, Scope, text_of

if TYPE_CHECKING:
    from tests.reference.evaluator import Evaluator


def listed(world: Evaluator, node: core.Fold, scope: Scope) -> list[Row]:
    """The records that belong to whom the list is of, or everybody's."""
    rows = world.listed(node.record)
    if node.mine is None:
        return rows
    mine = world.record_at(node.mine, scope)
    return [row for row in rows if isinstance(mine, Row) and row.values.get(node.owner) == mine.key]


def folded(world: Evaluator, node: core.Fold, scope: Scope) -> Value:
    """Whoever's own 同 is open has an open list; a record that 其中 leaves out is out whatever its 同 is."""
    asked = [world.value(outer, scope) for _, outer in node.same]
    if any(is_open(value) for value in asked):
        return spread(asked)
    doubts: list[Value] = []
    kept: list[tuple[Row, Value]] = []
    for row in listed(world, node, scope):
        inside = (row, *scope)
        alike = [same(world.value(inner, inside), mine) for (inner, _), mine in zip(node.same, asked, strict=True)]
        where = True if node.where is None else world.value(node.where, inside)
        member = row.in_doubt(at_least(len(alike) + 1, [*alike, where]))
        if node.kind in ("longest_run", "in_a_row") and member is False and at_least(len(alike), alike) is True:
            kept.append((row, False))
        elif is_open(member):
            doubts.append(told(world, node, inside, member))
        elif member is True:
            kept.append((row, True))
    if node.kind == "exists" and any(member for _, member in kept):
        return True
    if doubts:
        return spread(doubts)
    return of_kept(world, node, [Kept(world, node, row, scope, member) for row, member in kept])


def told(world: Evaluator, node: core.Fold, inside: Scope, value: Value) -> Value:
    """An open value of a record among all: what the asker brings along is the asker's, the rest is told by name."""
    if node.mine is not None or not is_open(value):
        return value
    read = [part for part in (node.where, node.item, node.by, node.each) if part is not None]
    mine = doubts_of(world, [each for part in read for each in walk.about_outside(part)], inside)
    theirs = doubts_of(world, [each for part in read for each in walk.about_listed(part)], inside) if mine else mine
    kept = value.reasons & spread(mine).reasons
    named = value.reasons - kept | kept & spread(theirs).reasons
    parts = [of_someone(inside[0].label, structs.replace(value, reasons=named))] if named else []
    own = Absent("referred" if value.kind == "referred" else "undecided", kept, own=all(each.own for each in mine))
    return spread([*parts, own]) if kept else parts[0]


def doubts_of(world: Evaluator, parts: list[core.Expr], scope: Scope) -> list[Value]:
    return [value for part in parts if is_open(value := world.value(part, scope))]


def same(theirs: Value, mine: Value) -> Value:
    return spread([theirs]) if is_open(theirs) else theirs == mine


class Kept:
    """A record that a list keeps: its item, what it is ordered by, which group it is of."""

    def __init__(self, world: Evaluator, node: core.Fold, row: Row, scope: Scope, member: bool) -> None:
        inside = (row, *scope)
        self.member = member
        self.by = world.value(node.by, inside) if node.by is not None else None
        self.group = world.value(node.each, inside) if node.each is not None else None
        self.item: Value = True
        if node.item is not None and member:
            item = world.value(node.item, inside)
            self.item = told(world, node, inside, item)


def of_kept(world: Evaluator, node: core.Fold, kept: list[Kept]) -> Value:
    if node.count is not None and node.newest:
        chosen = last_few(node, kept)
        if not isinstance(chosen, list):
            return chosen
        kept = chosen
    elif node.count is not None:
        doubts = [value for each in kept for value in (each.item, each.group) if is_open(value)]
        if doubts:
            return spread(doubts)
        kept = best_few(node, kept)
    match node.kind:
        case "exists":
            return False
        case "count":
            return len(kept)
        case "latest":
            return latest(node, kept)
        case "longest_run" | "in_a_row":
            return longest_run(kept, at_the_end=node.kind == "in_a_row")
    items = [each.item for each in kept]
    if any(is_open(item) for item in items):
        return spread(items)
    due = [item for item in items if item != NONE]
    match node.kind:
        case "sum":
            return sum(due)
        case "median":
            ranked = sorted(due)
            half = len(ranked) // 2
            return Fraction(ranked[half] + ranked[-1 - half]) / 2 if ranked else empty(node)
        case "most_frequent":
            return commonest(node, due) if due else empty(node)
        case "average" | "share":
            return sum(due) / Fraction(len(due)) if due else empty(node)
        case "highest" | "lowest":
            best = world.best(due, node.item or node, node.kind == "highest")
            return empty(node) if best is None else best
        case _:
            raise AssertionError(node.kind)


def empty(node: core.Fold) -> Absent:
    return nothing_listed(text_of(node) or node.record, own=node.mine is not None)


def best_few(node: core.Fold, kept: list[Kept]) -> list[Kept]:
    """The best or worst few of each group; 无 and what is outside the order is never among them."""
    kind = (node.item or node).type
    found: list[Kept] = []
    for group in {each.group for each in kept}:
        sized = [(size, each) for each in kept if each.group == group and each.item != NONE
                 and (size := size_of(each.item, kind)) is not None]  # fmt: skip
        sized.sort(key=lambda pair: pair[0], reverse=node.best)
        found += [each for _, each in sized[: node.count]]
    return found


def commonest(node: core.Fold, due: list[Any]) -> Value:
    """The one that occurs most often, undecided if several do."""
    often = {item: due.count(item) for item in due}
    first = [item for item, count in often.items() if count == max(often.values())]
    if len(first) == 1:
        return first[0]
    kind = (node.item or node).type
    said = " / ".join(sorted(told_value(item, kind) for item in first))
    return undecided("ZS845", list=node.record, values=said, count=str(max(often.values())))


def last_few(node: core.Fold, kept: list[Kept]) -> list[Kept] | Value:
    """The last few of each group, undecided where equals stand on both sides of the cut."""
    doubts = [value for each in kept for value in (each.by, each.group) if is_open(value)]
    if doubts:
        return spread(doubts)
    assert node.count is not None
    assert node.by is not None
    found: list[Kept] = []
    for group in {each.group: None for each in kept}:
        members = [each for each in kept if each.group == group and each.by != NONE]
        for each in members:
            later = sum(other.by > each.by for other in members)
            alike = sum(other.by == each.by for other in members)
            if later < node.count < later + alike:
                at = told_value(each.by, node.by.type)
                return undecided("ZS846", list=node.record, count=str(node.count), at=at)
            if later < node.count:
                found.append(each)
    return found


def latest(node: core.Fold, kept: list[Kept]) -> Value:
    """What the record that comes last says, as it is; where several come last, they must agree."""
    if any(is_open(each.by) for each in kept):
        return spread([each.by for each in kept])
    dated = [each for each in kept if each.by != NONE]
    if not dated:
        return empty(node)
    last = max(each.by for each in dated)
    items = [each.item for each in dated if each.by == last]
    if all(item == items[0] for item in items):
        return items[0]
    return spread(items) if any(is_open(item) for item in items) else undecided("ZS810", list=node.record)


def longest_run(kept: list[Kept], *, at_the_end: bool = False) -> Value:
    """How many periods in a row hold: one without a record ends a run, one of several records holds if all do."""
    if any(is_open(each.by) for each in kept):
        return spread([each.by for each in kept])
    periods: dict[Any, bool] = {}
    for each in kept:
        if each.by != NONE:
            at = period_number(each.by) if isinstance(each.by, Period) else each.by
            periods[at] = periods.get(at, True) and each.member
    longest, run, last = 0, 0, None
    for at in sorted(periods):
        broken = last is not None and is_number(at) and at == int(at) and at != last + 1
        run = (1 if broken else run + 1) if periods[at] else 0
        longest, last = max(longest, run), at
    return run if at_the_end else longest
