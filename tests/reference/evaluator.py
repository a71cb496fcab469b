"""What a policy means, said as plainly as it can be: every node worked out by recursion, every time anew.

This shares nothing with the evaluator that it judges but the core. It is slow, and meant to be read beside
docs/language. A scope is the records in sight, the innermost first.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from policy import core
from policy.core import Expr
from policy.numerals import in_unit, told_value
from policy.types import Choice, Number, Reference
from policy.values import Period
from tests.reference.absence import (
    NONE,
    Absent,
    Value,
    at_least,
    holds,
    is_gone,
    is_open,
    kept_for_people,
    missing,
    spread,
    taken,
    undecided,
)
from tests.reference.exceptions import under
from tests.reference.folds import folded
from tests.reference.quotas import grades
from tests.reference.ranks import in_top, places
from tests.reference.reckoning import (
    beginning,
    compared,
    elapsed,
    first_day,
    moved,
    period_at,
    period_number,
    rounded,
    size_of,
    units_in,
)
from tests.reference.records import NotGiven, Row, Scope, called, held_to, owner_field, text_of
from tests.reference.workdays import workdays


class Evaluator:
    """A policy over records: what every definition comes to for every record."""

    def __init__(self, policy: core.Policy, rows: dict[str, list[Row]], as_of: date | None) -> None:
        self.policy = policy
        self.rows = {name: [row for row in of if row.aside is None] for name, of in rows.items()}
        self.aside = {name: [row for row in of if row.aside is not None] for name, of in rows.items()}
        self.as_of = as_of
        self.nobody = Row(core.Record("", ()), {})
        self.placed: dict[tuple[str, str], dict[int, Any]] = {}
        self.allotments: dict[tuple[str, str], list[tuple[Any, ...]]] = {}

    def listed(self, record: str) -> list[Row]:
        """What a list looks at: rows set aside too, but of the people only those who are decided about."""
        taken = self.rows.get(record, [])
        return taken if record == self.policy.main.name else [*taken, *self.aside.get(record, [])]

    # -- names ------------------------------------------------------------------------------------------------------

    def definition(self, record: str, name: str) -> core.Definition | None:
        return next((d for d in self.policy.definitions if (d.record, d.name) == (record, name)), None)

    def named(self, row: Row, name: str) -> Value:
        """A definition's value for a record, after its exceptions."""
        stated = self.definition(row.record.name, name)
        assert stated is not None, name
        if name in row.given:
            return row.given[name]
        if name not in row.known:
            row.known[name] = under(self, stated.exceptions, self.plain(row, stated), stated.type, (row,))
        return row.known[name]

    def plain(self, row: Row, stated: core.Definition) -> Value:
        """A definition's value before its exceptions."""
        if stated.body is not None:
            return self.value(stated.body, (row,))
        work_out = places if stated.ranking is not None else grades
        at = (stated.record, stated.name)
        if at not in self.placed:
            self.placed[at] = work_out(self, stated)
        return self.placed[at][id(row)].value

    def record_at(self, node: Expr, scope: Scope) -> Row | Absent:
        """The record that an expression stands for, or why there is none."""
        match node:
            case core.Me(depth=depth):
                return scope[depth]
            case core.Named(of=of):
                return self.record_at(of, scope)
            case core.Previous(of=of, steps=steps):
                row = self.record_at(of, scope)
                return self.beside(row, steps) if isinstance(row, Row) else row
            case core.Follow(of=of):
                return self.pointed_at(of, scope)
            case _:
                return self.pointed_at(node, scope)

    def pointed_at(self, node: Expr, scope: Scope) -> Row | Absent:
        key = self.value(node, scope)
        if isinstance(key, Absent):
            return spread([key])
        kind = node.type.kind
        assert isinstance(kind, Reference)
        found = next((row for row in self.rows.get(kind.record, []) if row.key == key), None)
        lost = next((row.aside for row in self.aside.get(kind.record, []) if row.key == key), None)
        return found or lost or undecided("ZS809", record=kind.record, key=key)

    def beside(self, row: Row, steps: int) -> Row | Absent:
        """The same owner's record of the calendar period before or after."""
        owner, series = owner_field(row.record), next(f.name for f in row.record.fields if f.series)
        period = row.values.get(series)
        if not isinstance(period, Period):
            return missing("")
        wanted = row.values.get(owner), period_at(period_number(period) + steps, period.grain)
        for lost in self.aside.get(row.record.name, []):
            at = lost.values.get(series)
            if lost.aside is not None and lost.values.get(owner) == wanted[0] and (at == wanted[1] or is_open(at)):
                return lost.aside
        found = [each for each in self.rows[row.record.name]
                 if (each.values.get(owner), each.values.get(series)) == wanted]  # fmt: skip
        if len(found) > 1:
            return undecided("ZS813", record=row.record.name, who=row.label)
        return found[0] if found else missing("")

    def of_record(self, node: core.Get | core.Ref, scope: Scope) -> Value:
        name = node.field if isinstance(node, core.Get) else node.name
        if isinstance(node, core.Ref) and not node.record:
            return self.named(self.nobody, name)
        row = self.record_at(node.of, scope)
        if isinstance(row, Absent):
            return missing(name) if row == missing("") else row
        if isinstance(node, core.Ref):
            found = self.named(row, name)
        else:
            found = row.values[name] if name in row.values else undecided("ZS842", name=name)
        return found

    # -- every node -------------------------------------------------------------------------------------------------

    def values(self, nodes: tuple[Expr, ...], scope: Scope) -> list[Value]:
        return [self.value(node, scope) for node in nodes]

    def value(self, node: Expr, scope: Scope) -> Value:
        match node:
            case core.Const(value=value):
                return taken(value)
            case core.AsOf():
                if self.as_of is None:
                    raise NotGiven
                return self.as_of
            case core.Me() | core.Follow() | core.Previous():
                row = self.record_at(node, scope)
                return row.key if isinstance(row, Row) else row
            case core.Get() | core.Ref():
                return self.of_record(node, scope)
            case core.Named(of=of):
                return self.value(of, scope)
            case core.Refer(outcome=outcome, reason=words):
                return kept_for_people(outcome, words)
            case core.Sum(terms=terms, signs=signs):
                found = self.values(terms, scope)
                absent = any(isinstance(value, Absent) for value in found)
                return spread(found) if absent else sum(v * s for v, s in zip(found, signs, strict=True))
            case core.Product():
                return self.product(node, scope)
            case core.Rounded(of=of, mode=mode, step=step):
                value = self.value(of, scope)
                return self.unchanged(value) if isinstance(value, Absent) else rounded(value, mode, step)
            case core.Limited():
                return self.limited(node, scope)
            case core.Units():
                return self.units(node, scope)
            case core.Compare():
                return self.comparison(node, scope)
            case core.All(items=items):
                return at_least(len(items), self.values(items, scope))
            case core.AtLeast(count=count, items=items):
                return at_least(count, self.values(items, scope))
            case core.Not(of=of):
                value = self.value(of, scope)
                return spread([value]) if isinstance(value, Absent) else not value
            case core.IsMissing():
                return self.is_missing(node, scope)
            case core.IsNone(of=of):
                value = self.value(of, scope)
                return spread([value]) if is_open(value) else value == NONE
            case core.Default(of=of, fallback=fallback):
                value = self.value(of, scope)
                return self.value(fallback, scope) if is_gone(value) else value
            case core.InTop():
                return in_top(self, node, scope)
            case core.Switch():
                return self.switch(node, scope)
            case core.Total():
                return self.total(node, scope)
            case core.Shifted():
                return self.shifted(node, scope)
            case core.Elapsed(start=start, end=end, unit=unit):
                found = self.values((start, end), scope)
                if any(isinstance(value, Absent) for value in found):
                    return spread(found)
                days = [first_day(value) if isinstance(value, Period) else value for value in found]
                return elapsed(days[0], days[1], unit, node.reckoning)
            case core.CalendarOf(of=of, part=part):
                value = self.value(of, scope)
                return spread([value]) if isinstance(value, Absent) else beginning(value, part)
            case core.OfIdentity(of=of, female=female):
                value = self.value(of, scope)
                if isinstance(value, Absent):
                    return spread([value])
                if female:
                    return value[16] in "02468"
                return date.fromisoformat(f"{value[6:10]}-{value[10:12]}-{value[12:14]}")
            case core.Workdays():
                return workdays(self, node, scope)
            case core.Extreme(items=items, larger=larger):
                found = self.values(items, scope)
                if any(isinstance(value, Absent) for value in found):
                    return spread(found)
                return self.best(found, node, larger)
            case core.Fold():
                return folded(self, node, scope)
            case core.Banded():
                return self.banded(node, scope)
            case core.Excepted(of=of, exceptions=exceptions):
                return under(self, exceptions, self.value(of, scope), node.type, scope)
            case _:
                raise AssertionError(f"no meaning for {type(node).__name__}")

    # -- numbers ----------------------------------------------------------------------------------------------------

    def unchanged(self, value: Absent) -> Absent:
        """What passes through rounding and limits: the highest of no records, and 无."""
        return value if value.kind == "nothing listed" else spread([value])

    def product(self, node: core.Product, scope: Scope) -> Value:
        """Worked out as it is written: a divisor of zero counts among what is open, unless something absent stands
        before it."""
        found = self.values(node.factors, scope)
        result: Any = 1
        for factor, value, power in zip(node.factors, found, node.powers, strict=True):
            if isinstance(value, Absent):
                return spread(found)
            if power < 0 and not value:
                return spread([*found, undecided("ZS804", divisor=text_of(factor))])
            result = result * value if power > 0 else result / Fraction(value)
        return result

    def limited(self, node: core.Limited, scope: Scope) -> Value:
        """The floor, then the cap; neither touches a grade outside the order."""
        value = self.value(node.of, scope)
        for bound, floor in ((node.floor, True), (node.cap, False)):
            if bound is not None:
                value = held_to(value, self.value(bound, scope), node, floor)
        if node.cap is None or node.floor is None or isinstance(value, Absent):
            return value
        cap, least = self.value(node.cap, scope), self.value(node.floor, scope)
        if isinstance(cap, Absent) or isinstance(least, Absent):
            return value
        kind = node.type.kind
        sizes = (
            [size_of(each, node.type) for each in (value, cap, least)] if isinstance(kind, Choice) else [0, cap, least]
        )
        if None not in sizes and sizes[1] < sizes[2]:
            return undecided("ZS852", cap=told_value(cap, node.type), floor=told_value(least, node.type))
        return value

    def units(self, node: core.Units, scope: Scope) -> Value:
        value, unit = self.values((node.of, node.unit), scope)
        if isinstance(value, Absent) or isinstance(unit, Absent):
            return spread([value, unit])
        if unit <= 0:
            return undecided("ZS814", unit=text_of(node.unit), value=told(unit, node.unit))
        return units_in(value, unit, node.reading)

    def banded(self, node: core.Banded, scope: Scope) -> Value:
        """Tiers: each slice at its own rate, or the whole amount at the rate of its band."""
        amount = self.value(node.of, scope)
        edges = [(band, self.bound(band.low, scope), self.bound(band.high, scope)) for band in node.bands]
        gone = [each for each in (amount, *(end for _, *ends in edges for end in ends)) if isinstance(each, Absent)]
        if gone:
            return spread(gone)
        marginal = node.mode == "marginal"
        for _, low, high in edges:
            least = 0 if low is None and marginal else low
            if least is not None and high is not None and least > high:
                return undecided("ZS853", low=told_value(least, node.of.type),
                                 high=told_value(high, node.of.type))  # fmt: skip
        within = [band for band, low, high in edges if lies_in(amount, band, low, high)]
        below = marginal and amount <= min(low or 0 for _, low, _ in edges)
        if not within and not below:
            return undecided("ZS808", value=told(amount, node.of))
        slices = [(band, max(0, min(amount, amount if high is None else high) - (low or 0)))
                  for band, low, high in edges] if marginal else [(within[0], amount)]  # fmt: skip
        asked = [(self.value(band.rate, scope), size) for band, size in slices if size]
        if any(isinstance(rate, Absent) for rate, _ in asked):
            return spread([rate for rate, _ in asked])
        return sum(rate * size for rate, size in asked)

    def bound(self, of: Expr | None, scope: Scope) -> Value:
        return None if of is None else self.value(of, scope)

    def best(self, found: list[Value], node: Expr, larger: bool) -> Value:
        """The best or the worst of some values; what is outside the order, and 无, do not count."""
        sized = [(size_of(value, node.type), value) for value in found if not isinstance(value, Absent)]
        known = [(size, value) for size, value in sized if size is not None]
        pick = max if larger else min
        return pick(known, key=lambda each: each[0])[1] if known else None

    # -- conditions -------------------------------------------------------------------------------------------------

    def comparison(self, node: core.Compare, scope: Scope) -> Value:
        """Comparisons with what is open are open, with 无 they are no."""
        a, b = self.values((node.left, node.right), scope)
        if is_open(a) or is_open(b):
            return spread([a, b])
        if NONE in (a, b):
            return False
        order = next((t.type.kind for t in (node.left, node.right)
                      if isinstance(t.type.kind, Choice) and t.type.kind.ordered), None)  # fmt: skip
        return compared(a, node.op, b, order)

    def is_missing(self, node: core.IsMissing, scope: Scope) -> Value:
        """Of an empty cell it is open which of the declared words would stand there."""
        value = self.value(node.of, scope)
        if not is_open(value):
            return False
        if node.code is None:
            return True if is_gone(value) else spread([value])
        return value.code == node.code if value.code else spread([value])

    # -- choosing ---------------------------------------------------------------------------------------------------

    def switch(self, node: core.Switch, scope: Scope) -> Value:
        guarded = [arm for arm in node.arms if arm.guard is not None]
        rest = next((arm for arm in node.arms if arm.guard is None), None)
        tests = [(arm, holds(self.value(arm.guard, scope))) for arm in guarded]
        if node.mode == "first":
            arm, test = next(((arm, test) for arm, test in tests if test is not False), (rest, True))
            if arm is not None:
                return self.value(arm.value, scope) if test is True else spread([test])
            return undecided("ZS806", values="…")
        doubts = [test for _, test in tests if is_open(test)]
        held = [(arm, self.value(arm.value, scope)) for arm, test in tests if test is True]
        if rest is not None and not held and not doubts:
            return self.value(rest.value, scope)
        found = [value for _, value in held]
        match node.mode:
            case "unique":
                return spread(doubts) if doubts else self.agreed(held)
            case "sum" | "highest":
                return self.of_rows(node, doubts, found)
            case _:
                raise AssertionError(node.mode)

    def of_rows(self, node: core.Switch, doubts: list[Value], found: list[Value]) -> Value:
        """Rows added up, or the highest of them; what is 无 is none of them, unless all are."""
        due = [value for value in found if value != NONE]
        if doubts or any(isinstance(value, Absent) for value in due):
            return spread([*doubts, *due])
        if node.mode == "sum":
            return NONE if found and not due else sum(due)
        best = self.best(due, node, True)
        return best if best is not None else NONE if found else undecided("ZS806", values="…")

    def agreed(self, held: list[tuple[core.Arm, Value]]) -> Value:
        """What all arms that hold give; different values are a conflict of the first and the first that differs."""
        if not held:
            return undecided("ZS806", values="…")
        other = next((arm for arm, value in held if value != held[0][1]), None)
        if other is None:
            return held[0][1]
        doubts = [value for _, value in held if is_open(value)]
        return spread(doubts) if doubts else undecided("ZS807", first=called(held[0][0]), second=called(other))

    def total(self, node: core.Total, scope: Scope) -> Value:
        """Lines that count, added up or the best of them."""
        worths = []
        for line in node.lines:
            guard = True if line.guard is None else holds(self.value(line.guard, scope))
            if guard is True:
                worths.append(self.line(line, scope))
            elif is_open(guard):
                worths.append(guard)
        if any(isinstance(worth, Absent) for worth in worths):
            return spread(worths)
        return sum(worths) if node.mode == "sum" else max(worths, default=0)

    def line(self, line: core.Line, scope: Scope) -> Value:
        """A line's value by its weight, between its own limits."""
        asked = {name: self.value(of, scope) for name in ("value", "weight", "cap", "floor")
                 if (of := getattr(line, name)) is not None}  # fmt: skip
        if any(isinstance(part, Absent) for part in asked.values()):
            return spread(list(asked.values()))
        worth, cap, floor = asked["value"] * asked.get("weight", 1), asked.get("cap"), asked.get("floor")
        if cap is not None and floor is not None and cap < floor:
            kind = line.cap.type
            return undecided("ZS852", cap=told_value(cap, kind), floor=told_value(floor, kind))
        worth = worth if floor is None else max(worth, floor)
        return line.sign * (worth if cap is None else min(worth, cap))

    def shifted(self, node: core.Shifted, scope: Scope) -> Value:
        day, by = self.values((node.of, node.by), scope)
        if isinstance(day, Absent) or isinstance(by, Absent):
            return spread([day, by])
        kind = node.by.type.kind
        in_days = isinstance(kind, Number) and kind.unit is not None and kind.unit.family == "days"
        if by != int(by):
            return undecided("ZS812")
        found = moved(day, *((0, node.sign * int(by)) if in_days else (node.sign * int(by), 0)), node.reckoning)
        return undecided("ZS812") if found == "no whole span" else undecided("ZS811") if found is None else found


def lies_in(amount: Any, band: core.Band, low: Any, high: Any) -> bool:
    above = low is None or amount > low or (band.low_in and amount == low)
    return above and (high is None or amount < high or (band.high_in and amount == high))


def told(value: Any, node: Expr) -> str:
    kind = node.type.kind
    return in_unit(value, kind.unit if isinstance(kind, Number) else None)
