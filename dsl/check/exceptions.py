"""Exceptions: what acts on a value, on another exception, or on the whole outcome, and for whom."""

from __future__ import annotations

from pathlib import Path

from dsl.check import amounts, contradictions, lists, mixing, tests
from dsl.check.context import Place, Untypable
from dsl.check.definitions import both
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core
from policy.core import Effect, Exempt, Expr, Fold
from policy.source import Clause, Span
from policy.types import YES_NO, Choice, Kind, Number, Type, YesNo, common_grid


class Exceptions:
    """The exceptions of a document, by what they act on."""

    def __init__(self, document: s.Document, x: Expressions) -> None:
        self.x = x
        self.by_name: dict[str, s.Exempting] = {}
        for statement in document.statements:
            if isinstance(statement, s.Exempting):
                self._register(statement)
        self.by_target: dict[tuple[str, str], list[s.Exempting]] = {}
        self.voiding: dict[str, list[s.Exempting]] = {}
        for statement in self.by_name.values():
            if statement.target is not None:
                self.by_target.setdefault(self._owner_and_name(statement.target), []).append(statement)
                self.voiding.setdefault(statement.target.text, []).append(statement)

    def _register(self, statement: s.Exempting) -> None:
        name = statement.name.text
        self.x.findings.statement = statement
        if name in self.by_name:
            line = str(self.by_name[name].span.line)
            self.x.findings.report("ZS203", statement.name.span, name=name, line=line)
        self.by_name.setdefault(name, statement)

    def check_targets(self) -> None:
        """Every exception acts on something that is there, and every `优先于` names an exception."""
        for statement in self.by_name.values():
            self.x.findings.statement = statement
            for word in statement.over:
                if word.text not in self.by_name:
                    near = self.x.symbols.near(word.text, list(self.by_name))
                    self.x.findings.report("ZS340", word.span, name=word.text, near=near)
            if statement.target is not None and not self._known(statement.target):
                known = [*self.by_name, *self.x.symbols.names_at((self.x.symbols.main,))]
                below = self.x.symbols.below.definitions.get(self._owner_and_name(statement.target))
                if below is not None:
                    file = Path(below.span.source.name).name
                    self.x.findings.report("ZS257", statement.target.span, name=statement.target.text, file=file)
                    continue
                near = self.x.symbols.near(statement.target.names[-1].text, known)
                self.x.findings.report("ZS341", statement.target.span, name=statement.target.text, near=near)

    def _known(self, target: s.Path) -> bool:
        owner, name = self._owner_and_name(target)
        if len(target.names) == 1 and name in self.by_name:
            return True
        return (owner, name) in self.x.symbols.owned or (owner, name) in self.x.symbols.outputs

    def _owner_and_name(self, target: s.Path) -> tuple[str, str]:
        if len(target.names) == 2 and target.names[0].text in self.x.symbols.records:
            return target.names[0].text, target.names[1].text
        return self.x.symbols.main, target.names[-1].text

    def on(self, record: str, name: str, into: Type) -> tuple[Exempt, ...]:
        """The exceptions on a definition, whose value is of type `into`."""
        found = [] if name in self.by_name else self.by_target.get((record, name), [])
        made = self._all(found, into, Place((record,)))
        contradictions.check(self.x, made, into)
        return made

    def overall(self) -> tuple[Exempt, ...]:
        """The exceptions on 结果."""
        found = [st for st in self.by_name.values() if st.target is None]
        return self._all(found, YES_NO, Place((self.x.symbols.main,)))

    def _all(self, found: list[s.Exempting], into: Type, place: Place) -> tuple[Exempt, ...]:
        made, failed = [], False
        for statement in found:
            before = self.x.findings.statement
            try:
                made.append(self._exempt(statement, into, place, set()))
            except Untypable:
                failed = True
            finally:
                self.x.findings.statement = before
        if failed:
            raise Untypable
        return tuple(made)

    # -- one exception ---------------------------------------------------------------------------------------------

    def _exempt(self, statement: s.Exempting, into: Type, place: Place, above: set[str]) -> Exempt:
        name = statement.name.text
        self.x.findings.statement = statement
        if name in above:
            raise self.x.findings.refuse("ZS217", statement.name.span, circle=" → ".join([*sorted(above), name]))
        each = self._each(statement, place)
        inside = place.listing(each.record) if each is not None else place
        effects = self._effects(statement, into, inside)
        voiding = [st for st in self.voiding.get(name, ()) if st is not statement]
        voided_by = tuple(self._exempt(st, Type(YesNo()), inside, above | {name}) for st in voiding)
        self.x.findings.statement = statement
        over = tuple(word.text for word in statement.over)
        return Exempt(name, effects, each, over, voided_by, statement.clause, statement.span)

    def _each(self, statement: s.Exempting, place: Place) -> Fold | None:
        if statement.each is None:
            return None
        if statement.each.text not in self.x.symbols.records:
            near = self.x.symbols.near(statement.each.text, list(self.x.symbols.records))
            raise self.x.findings.refuse("ZS202", statement.each.span, name=statement.each.text, near=near)
        source = lists.belonging(self.x, statement.each, place)
        return Fold(
            kind="exists",
            record=source.record,
            mine=source.mine,
            owner=source.owner,
            type=Type(YesNo()),
            span=statement.each.span,
        )

    def _effects(self, statement: s.Exempting, into: Type, place: Place) -> tuple[Effect, ...]:
        effects: list[Effect] = []
        if statement.rows:
            self._of_rows(statement, into, place, effects)
        else:
            self._of_cases(statement.cases, into, place, (None, statement.clause), effects)
        if not effects:
            raise self.x.findings.refuse("ZS342", statement.name.span, name=statement.name.text)
        return tuple(effects)

    def _of_cases(
        self,
        cases: tuple[s.Case, ...],
        into: Type,
        place: Place,
        under: tuple[Expr | None, Clause],
        effects: list[Effect],
    ) -> None:
        failed = False
        for case in cases:
            try:
                if case.guard is None:
                    raise self.x.findings.refuse("ZS343", case.span)
                guard = both(under[0], self.x.condition(case.guard, place))
                clause = case.clause.within(under[1])
                if case.cases:
                    self._of_cases(case.cases, into, place, (guard, clause), effects)
                    continue
                assert guard is not None
                with self.x.findings.under((guard, True)):
                    effects.append(self._effect(case.value, guard, into, place, (clause, case.span)))
            except Untypable:
                failed = True
        if failed:
            raise Untypable

    def _of_rows(self, statement: s.Exempting, into: Type, place: Place, effects: list[Effect]) -> None:
        """A table of effects; 不适用 in a cell is no effect."""
        heads = [self.x.value(head, place) for head in statement.heads]
        across = self.x.value(statement.across, place) if statement.across is not None else None
        for row in statement.rows:
            if row.tests is None or len(row.tests) != len(heads) or len(row.values) != len(statement.outputs):
                found = len(row.tests or ()) + len(row.values)
                raise self.x.findings.refuse(
                    "ZS404", row.span, found=found, wanted=len(heads) + len(statement.outputs), side=""
                )
            guard: Expr | None = None
            for head, cell in zip(heads, row.tests, strict=True):
                guard = both(guard, tests.any_of(self.x, head, cell, place))
            for output, value in zip(statement.outputs, row.values, strict=True):
                if isinstance(value, s.Void):
                    continue
                right = tests.any_of(self.x, across, output, place) if across is not None else None
                held = both(guard, right) or core.Const(value=True, type=YES_NO, span=row.span)
                where = row.clause.within(statement.clause), row.span
                with self.x.findings.under((held, True)):
                    effects.append(self._effect(value, held, into, place, where))

    def _effect(
        self, value: s.Outcome | None, guard: Expr, into: Type, place: Place, where: tuple[Clause, Span]
    ) -> Effect:
        match value:
            case s.Void():
                return Effect(guard, "void", None, "", *where)
            case s.Refer():
                return Effect(guard, value.outcome, None, value.reason, *where)
            case s.Bound():
                self._ordered(value, into)
                return Effect(
                    guard, "cap" if value.cap else "floor", self._fitting(value.value, into, place), "", *where
                )
            case s.Shift():
                return Effect(guard, "lower" if value.down else "raise", self._step(value, into, place), "", *where)
            case None:
                raise AssertionError("a case has a value or cases")
            case _:
                return Effect(guard, "fix", self._fitting(value, into, place), "", *where)

    def _ordered(self, value: s.Bound, into: Type) -> None:
        """Nothing stands above or below a value of a choice without an order."""
        if isinstance(into.kind, Choice) and not into.kind.ordered:
            raise self.x.findings.refuse("ZS314", value.span, op=value.span.text, what=into.kind.name)

    def _fitting(self, value: s.Expr, into: Type, place: Place) -> Expr:
        """A value of the target's kind and unit."""
        found = self.x.value(value, place, into.kind)
        if found.type.none and not isinstance(found.type.kind, type(into.kind)):
            return found
        like = core.Const(value=None, type=into, span=value.span)
        self.x.same_kind(like, found, value.span)
        if isinstance(into.kind, Number):
            (_, found), _ = amounts.agree(self.x.findings, [like, found], value.span, "exception")
        return found

    def _step(self, value: s.Shift, into: Type, place: Place) -> Expr:
        """How far: grades where the target is a grade, else an amount of its unit."""
        found = self.x.value(value.by, place)
        if isinstance(into.kind, Choice):
            if not into.kind.ordered:
                raise self.x.findings.refuse("ZS314", value.span, op=value.span.text, what=value.span.text)
            return found
        return self._fitting(value.by, into, place)


def covering(into: Type, exempts: tuple[Exempt, ...]) -> Type:
    """The type of a value that exceptions may change."""
    if not exempts:
        return into
    kind: Kind = into.kind
    values = [e.value for exempt in exempts for e in exempt.effects if e.value is not None]
    if isinstance(kind, Number):
        numbers = [v.type.kind for v in values if isinstance(v.type.kind, Number)]
        grid = kind.grid
        for other in numbers:
            grid = common_grid(grid, other.grid)
        unit = kind.unit
        for other in numbers:
            unit = mixing.beside(unit, other.unit)
        kind = Number(unit, grid, None, None, False, kind.place) if numbers else kind
    return Type(kind, into.missing, into.codes, into.none or any(v.type.none for v in values), True)
