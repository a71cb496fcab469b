"""Divisions: who may take what, how much each takes, what stays together, and goals strictly in order.

Inside a division two records are in scope: what is given (Me(0)) and who takes it (Me(1)).
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from dsl.check import amounts, bands, idle
from dsl.check.context import Place, Untypable
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core, kinds, walk
from policy.core import Allocation, Expr
from policy.source import Clause, Span
from policy.types import Calendar, Choice, Number, Reference, Type, judged

_BOUNDS: Final[dict[str, kinds.Bound]] = {"EXACTLY": "exactly", "ATLEAST": "at_least", "ATMOST": "at_most"}
_GOALS: Final[dict[str, kinds.Goal]] = {
    "KEEP": "keep", "PREFER": "prefer", "BALANCE": "balance", "MOST": "most", "LEAST": "least", "BY": "by_order",
}  # fmt: skip


class _Told(Struct):
    """What a line says beside itself."""

    guard: Expr | None
    order: int | None
    clause: Clause
    span: Span


def allocation(x: Expressions, statement: s.Allocate) -> tuple[Allocation, Type]:
    """The rule of a `分配`, and the type of what an item is given to."""
    return _Division(x, statement).made()


class _Division:
    """One division while it is read."""

    def __init__(self, x: Expressions, statement: s.Allocate) -> None:
        self.x, self.statement = x, statement
        self.item, self.owner = statement.item.text, statement.owner.text
        for word in (statement.item, statement.owner):
            record = x.symbols.records.get(word.text)
            if record is None:
                near = x.symbols.near(word.text, list(x.symbols.records))
                raise x.findings.refuse("ZS202", word.span, name=word.text, near=near)
            if record.key is None:
                raise x.findings.refuse("ZS531", word.span, record=word.text)
        if self.item == self.owner:
            raise x.findings.refuse("ZS530", statement.owner.span, record=self.item)
        self.place = Place((self.item, self.owner), pair=True)
        self.fits: list[core.Fit] = []
        self.takings: list[core.Taking] = []
        self.ties: list[core.Tied] = []
        self.aims: list[core.Aim] = []
        self.numbered = 0
        self.leftovers: list[core.Arm] = []

    def made(self) -> tuple[Allocation, Type]:
        statement, failed = self.statement, False
        among = None
        try:
            among = self.x.condition(statement.among, self.place) if statement.among is not None else None
        except Untypable:
            failed = True
        for line in statement.lines:
            try:
                self.line(line)
            except Untypable:
                failed = True
        if failed:
            raise Untypable
        leftover = self.leftover()
        found = Allocation(
            self.item, self.owner, among, tuple(self.fits), tuple(self.takings), tuple(self.ties), tuple(self.aims),
            leftover,
        )  # fmt: skip
        idle.of_division(self.x, statement, found)
        none = among is not None or (leftover is not None and leftover.type.none)
        return found, Type(Reference(self.owner), none=none, open=True)

    # -- lines ---------------------------------------------------------------------------------------------------

    def line(self, line: s.AllocationLine) -> None:
        """One line, by what it says."""
        what = line.what
        if isinstance(what, s.Aim):
            assert line.goal is not None
            self.numbered += 1
            if line.goal.value != self.numbered:
                given = line.goal.span.text
                raise self.x.findings.refuse("ZS537", line.goal.span, given=given, wanted=str(self.numbered))
            self.aims.append(self.aim(what, line))
            return
        if isinstance(what, s.Refer | s.Nothing) or line.otherwise:
            self.unplaced(line)
            return
        if isinstance(what, s.Bound | s.Shift | s.Void):
            raise self.x.findings.refuse("ZS536", what.span, what=what.span.text)
        guard = self.x.condition(line.guard, self.place) if line.guard is not None else None
        told = _Told(guard, self.order(line), line.clause, line.span)
        match what:
            case s.Arity():
                self.takings += self.arity(what, told)
            case s.Together():
                by = self.about(what.by, 0, self.item)
                self.ties.append(core.Tied(by, told.guard, told.order, told.clause, told.span))
            case _:
                holds = self.x.condition(what, self.place)
                self.fits.append(core.Fit(told.guard, holds, told.order, told.clause, told.span))

    def order(self, line: s.AllocationLine) -> int | None:
        if line.order is None:
            return None
        value = line.order.value
        if not isinstance(value, int) or value < 1:
            raise self.x.findings.refuse("ZS537", line.order.span, given=line.order.span.text, wanted="1")
        return value

    def about(self, expr: s.Expr, depth: int, record: str) -> Expr:
        """A value of one of the two records alone."""
        found = self.x.value(self.x.as_name(expr, self.place), self.place)
        if walk.asks(found, 1 - depth) or not walk.asks(found, depth):
            raise self.x.findings.refuse("ZS539", expr.span, what=expr.span.text, record=record)
        return found

    def arity(self, what: s.Arity, told: _Told) -> list[core.Taking]:
        """`每个 客户经理 至多 1 户`; what is given goes to one each, so `恰好 1 名`: it must go to somebody."""
        if what.whom.text not in (self.item, self.owner):
            near = self.x.symbols.near(what.whom.text, [self.item, self.owner])
            raise self.x.findings.refuse(
                "ZS534", what.whom.span, name=what.whom.text, item=self.item, owner=self.owner, near=near
            )
        amount = self.x.number(what.amount, self.place)
        if what.whom.text == self.item:
            return self._of_item(what, amount, told)
        if walk.asks(amount, 0):
            raise self.x.findings.refuse("ZS539", amount.span, what=amount.span.text, record=self.owner)
        by = self.x.number(what.by, self.place) if what.by is not None else None
        if by is not None:
            (amount, by), _ = amounts.agree(self.x.findings, [amount, by], what.span, "compare")
            self.not_negative(by)
        else:
            self._counts(amount)
        same = tuple(self.about(path, 0, self.item) for path in what.same)
        bound = _BOUNDS[what.bound]
        return [core.Taking(self.owner, bound, amount, by, told.guard, same, told.order, told.clause, told.span)]

    def _of_item(self, what: s.Arity, amount: Expr, told: _Told) -> list[core.Taking]:
        one = isinstance(amount, core.Const) and amount.value == 1
        if not one or what.by is not None or what.same or (told.guard is not None and walk.asks(told.guard, 1)):
            raise self.x.findings.refuse("ZS532", what.span, item=self.item, owner=self.owner)
        if what.bound == "ATMOST":
            return []
        return [core.Taking(self.item, "exactly", amount, None, told.guard, (), told.order, told.clause, told.span)]

    def _counts(self, amount: Expr) -> None:
        unit = amounts.of(amount).unit
        grid = amounts.of(amount).grid
        counted = unit is None or unit.family == "places" or unit.family.startswith("count:")
        if not counted or grid is None or not isinstance(grid, int):
            raise self.x.findings.refuse("ZS533", amount.span, what=amount.span.text)

    def not_negative(self, value: Expr) -> None:
        """What is added up with a limit has an end to its decimals."""
        if amounts.of(value).grid is None:
            raise self.x.findings.refuse("ZS302", value.span, name=value.span.text)

    def unplaced(self, line: s.AllocationLine) -> None:
        """`否则：转人工 “公开竞争”`: what becomes of what nobody takes."""
        what = line.what
        if line.order is not None or not isinstance(what, s.Refer | s.Nothing):
            raise self.x.findings.refuse("ZS536", what.span, what=what.span.text)
        if self.leftovers and self.leftovers[-1].guard is None:
            raise self.x.findings.refuse("ZS538", what.span)
        guard = None
        if line.guard is not None:
            guard = self.x.condition(line.guard, self.place)
            if walk.asks(guard, 1):
                raise self.x.findings.refuse("ZS539", line.guard.span, what=line.guard.span.text, record=self.item)
        if isinstance(what, s.Refer):
            value: Expr = core.Refer(
                outcome=what.outcome, reason=what.reason, type=Type(Reference(self.owner), open=True), span=what.span
            )
        else:
            value = self.x.value(what, self.place)
        self.leftovers.append(core.Arm(guard, value, line.clause, line.span))

    def leftover(self) -> Expr | None:
        if not self.leftovers:
            return None
        arms = tuple(self.leftovers)
        types = [arm.value.type for arm in arms]
        into = Type(Reference(self.owner)).absent_as(*types, *(a.guard.type for a in arms if a.guard is not None))
        return core.Switch(mode="first", arms=arms, type=into, span=arms[0].span.to(arms[-1].span))

    # -- goals ---------------------------------------------------------------------------------------------------

    def aim(self, what: s.Aim, line: s.AllocationLine) -> core.Aim:
        """One goal."""
        kind, x = _GOALS[what.kind], self.x
        where = x.condition(what.where, self.place) if what.where is not None else None
        value, second, tolerance = None, None, None
        wishes: tuple[Expr, ...] = ()
        same = tuple(self.about(path, 1, self.owner) for path in what.same)
        match kind:
            case "keep":
                assert what.value is not None
                value = self.whom(what.value)
                me = core.Me(depth=1, type=Type(Reference(self.owner)), span=what.value.span)
                into = judged(value.type, me.type)
                value = core.Compare(left=value, op="=", right=me, type=into, span=what.value.span)
            case "prefer":
                assert what.value is not None
                value = x.condition(what.value, self.place)
            case "by_order":
                assert what.value is not None
                value = self.about(what.value, 0, self.item)
                second = self.about(what.second, 1, self.owner) if what.second is not None else None
                wishes = tuple(self.whom(path) for path in what.wishes)
                for each in (value, second) if second is not None else (value,):
                    self._orderable(each)
            case _:
                self.no_column_of_that_name(what)
                value = x.number(what.value, self.place) if what.value is not None else None
                if value is not None:
                    self.not_negative(value)
                tolerance = self._tolerance(what, value)
        return core.Aim(
            kind, value, where, same, tolerance, what.descending, second, what.second_descending, wishes, line.clause,
            line.span,
        )  # fmt: skip

    def whom(self, expr: s.Expr) -> Expr:
        """A field or definition that refers to one who could take it."""
        found = self.x.value(expr, self.place)
        if found.type.kind != Reference(self.owner):
            raise self.x.findings.refuse("ZS535", expr.span, what=expr.span.text, owner=self.owner)
        return found

    def no_column_of_that_name(self, what: s.Aim) -> None:
        """`均衡 数量` counts; where a column is called so too, it must be said which is meant."""
        word = "数量" if self.x.findings.language == "zh" else "numbers"
        if what.value is None and self.x.symbols.knows(word, self.place.records):
            raise self.x.findings.refuse("ZS544", what.span, name=word)

    def _tolerance(self, what: s.Aim, value: Expr | None) -> Expr | None:
        if what.tolerance is None:
            return None
        tolerance = self.x.number(what.tolerance, self.place)
        if value is not None:
            (_, tolerance), _ = amounts.agree(self.x.findings, [value, tolerance], what.span, "compare")
        else:
            self._counts(tolerance)
        if not bands.is_constant(tolerance) and any(walk.asks(tolerance, depth) for depth in (0, 1)):
            raise self.x.findings.refuse("ZS533", tolerance.span, what=tolerance.span.text)
        return tolerance

    def _orderable(self, found: Expr) -> None:
        kind = found.type.kind
        if not isinstance(kind, Number | Calendar) and not (isinstance(kind, Choice) and kind.ordered):
            raise self.x.findings.refuse("ZS513", found.span, what=found.span.text, kind=self.x.kind_word(kind))
