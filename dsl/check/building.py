"""Definitions elaborated, each after those it builds on, however many build on each other.

Whatever asks for the type of a definition that is not there yet is given up and taken up again when it is; the order in
which definitions are taken (order.py) makes that rare. So nothing here recurses along a chain of definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from msgspec import structs

from dsl.check import (
    acceptances,
    allocations,
    calendar,
    definitions,
    lists,
    parameters,
    quotas,
    ranks,
    scores,
    tables,
    workdays,
)
from dsl.check.context import Findings, Needs, Place, Untypable
from dsl.check.exceptions import Exceptions, covering
from dsl.check.expressions import Expressions
from dsl.check.facts import Bodies
from dsl.check.order import Group, Reach, groups
from dsl.check.symbols import Rules, Symbols, output_name
from dsl.syntax import surface as s
from policy import core
from policy.core import Definition, Expr, Key
from policy.diagnostic import Acceptance, replaced
from policy.kinds import Statement
from policy.source import Span
from policy.types import Number, Type, YesNo

_KINDS: Final[dict[type, Statement]] = {
    s.Define: "define",
    s.Table: "table",
    s.Score: "score",
    s.Require: "requirement",
    s.Rank: "rank",
    s.Quota: "quota",
    s.Allocate: "allocate",
}
ROUNDS = 4
"""How often definitions that look at their own past are read until their types no longer change."""
DEEPEST_CALLS = 20
MOST_CALLS = 2000
"""How deep definitions with inputs may use each other, and how many such uses one definition may come to."""
_SHOWN = 12
"""Names of a circle that are shown; of a longer one, the first and the last."""

Found = TypeVar("Found")


class Building:
    """The definitions of a document; says to the expressions what the names in them mean."""

    def __init__(self, document: s.Document, findings: Findings) -> None:
        self.findings = findings
        findings.bodies = Bodies(self._body_of)
        self.symbols = Symbols(document, findings)
        self.expressions = Expressions(self.symbols, findings, self)
        self.exceptions = Exceptions(document, self.expressions)
        self.built: dict[Key, Definition | None] = dict(self.symbols.below.definitions)
        self.assumed: dict[Key, Type] = {}
        self.serial: frozenset[Key] = frozenset()
        self.circular: set[Key] = set()
        self.passing: set[Key] = set()
        self.calls: list[str] = []
        self.called = 0
        self.columns: dict[int, list[Key]] = {}
        for key, (owner, _) in self.symbols.outputs.items():
            self.columns.setdefault(id(owner), []).append(key)

    def build(self, statements: tuple[s.Statement, ...]) -> list[Definition]:
        """All definitions that have a meaning, in the order of the text."""
        keys = {key: st for st in statements for key in self._keys_of(st)}
        targets: dict[str, list[s.Exempting]] = {}
        for exception in self.exceptions.by_name.values():
            if exception.target is not None:
                targets.setdefault(exception.target.names[-1].text, []).append(exception)
        for group in groups(list(keys), Reach(self.symbols, targets)):
            if group.serial:
                self._build_series(group, keys)
            else:
                for key in group.keys:
                    self._build(key, keys[key].span)
        return [found for key in keys if (found := self.built[key]) is not None]

    def _keys_of(self, statement: s.Statement) -> list[Key]:
        match statement:
            case s.Param():
                personal = (self.symbols.main, statement.name.text)
                return [personal if personal in self.symbols.owned else ("", statement.name.text)]
            case s.Define() | s.Table() | s.Score() | s.Require() | s.Rank() | s.Quota() | s.Allocate():
                if statement.head.inputs:
                    return []
                owner, name, _ = self.symbols.owner_of(statement.head)
                return self.columns.get(id(statement)) or [(owner, name)]
            case _:
                return []

    # -- one after the other -----------------------------------------------------------------------------------------

    def settled(self, work: Callable[[], Found]) -> Found:
        """What `work` comes to once all that it needs is built."""
        while True:
            found, self.called = len(self.findings.found), 0
            try:
                return work()
            except Needs as need:
                self.findings.rewind(found)
                self._build(need.key, need.used)

    def _build(self, key: Key, used: Span) -> None:
        """A definition and whatever it turns out to need, without recursion."""
        waiting = {key: used} if key not in self.built else {}
        while waiting:
            at = next(reversed(waiting))
            found = len(self.findings.found)
            try:
                definition = self.built[at] = self._alone(at, waiting[at])
                if definition and definition.body and not definition.exceptions:
                    self.passing.update([at] if self.expressions.passes(definition.body) else [])
                waiting.popitem()
            except Needs as need:
                self.findings.rewind(found)
                if need.key in waiting:
                    self.circular.add(need.key)
                    self._circle([*waiting, need.key], need, self.symbols.statement_of(at))
                else:
                    waiting[need.key] = need.used
                continue
            self.circular.clear()

    def _alone(self, key: Key, used: Span) -> Definition | None:
        before, self.called = self.findings.statement, 0
        try:
            return self._elaborated(key, used)
        except Untypable:
            return None
        finally:
            self.findings.statement = before

    def _build_series(self, group: Group, keys: dict[Key, s.Statement]) -> None:
        """Definitions that look at their own past are read again until their types no longer change."""
        self.serial = frozenset(group.keys)
        found, known = len(self.findings.found), set(self.built)
        for _ in range(ROUNDS):
            self.findings.rewind(found)
            for key in [key for key in self.built if key not in known]:
                del self.built[key]
            for key in group.keys:
                self._build(key, keys[key].span)
            kept = {key: self.built[key] for key in self.assumed if key in self.serial}
            types = {key: widened(d.type) for key, d in kept.items() if d is not None}
            if all(self.assumed[key] == into for key, into in types.items()):
                break
            self.assumed.update(types)
        self.serial = frozenset()

    def _circle(self, path: list[Key], need: Needs, statement: s.Statement | None) -> None:
        circle = [name for _, name in path[path.index(need.key) :]]
        if len(circle) > _SHOWN:
            circle = [*circle[: _SHOWN - 2], "…", *circle[-2:]]
        with self._checking(statement):
            self.findings.report("ZS217", need.used, circle=" → ".join(circle))

    @contextmanager
    def _checking(self, statement: s.Statement | None) -> Iterator[None]:
        before, self.findings.statement = self.findings.statement, statement
        try:
            yield
        finally:
            self.findings.statement = before

    # -- what expressions ask ------------------------------------------------------------------------------------------

    def type_of(self, record: str, name: str, used: Span) -> Type:
        """The type of a definition or parameter; raises Untypable where it has none, Needs where it is not built."""
        key = (record, name)
        if key not in self.built:
            if key in self.circular:
                raise Untypable(name)
            raise Needs(record, name, used)
        definition = self.built[key]
        if definition is None:
            raise Untypable(name)
        return definition.type

    def type_before(self, record: str, name: str) -> Type | None:
        """What is assumed of a definition of the period before that comes back to the one being read; else None."""
        key = (record, name)
        return structs.replace(self._assumed(key), missing=True) if key in self.serial else None

    def _body_of(self, ref: core.Ref) -> Expr | None:
        """What a definition of the record in scope, which no exception changes, says; None while that is not known."""
        definition = self.built.get(ref.key) if isinstance(ref.of, core.Me) and not ref.of.depth else None
        return None if definition is None or definition.exceptions else definition.body

    def passes(self, key: Key) -> bool:
        """Whether a definition gives what it lacks on as it is."""
        return key in self.passing

    def _assumed(self, key: Key) -> Type:
        """What a definition that comes back to itself through the period before is first taken for."""
        statement = self.symbols.owned.get(key)
        if isinstance(statement, s.Require):
            return self.assumed.setdefault(key, Type(YesNo()))
        choice = self.symbols.choices.get(key[1])
        return self.assumed.setdefault(key, Type(choice or Number(None, 0, None, None, bare=True)))

    def call(self, call: s.Call, place: Place) -> Expr:
        """`档(听)`: the definition's text read with its inputs; or a function of the calendar."""
        if call.function in workdays.FUNCTIONS:
            return workdays.FUNCTIONS[call.function](self.expressions, call, place)
        owned = None if call.function else self._callable(call, place)
        arguments = [self.expressions.value(a, place) for a in call.arguments]
        if owned is None:
            return calendar.FUNCTIONS[call.function](self.findings, call.function, arguments, call.span)
        if len(arguments) != len(owned.head.inputs):
            raise self.findings.refuse(
                "ZS220", call.span, name=call.name.text, found=len(arguments), wanted=len(owned.head.inputs)
            )
        self._not_endless(call)
        inside = Place(place.records, tuple(zip((w.text for w in owned.head.inputs), arguments, strict=True)))
        self.calls.append(call.name.text)
        try:
            body = self._body(owned, inside, self._column(call, owned))
        finally:
            self.calls.pop()
        return core.Named(name=call.span.text, of=body, clause=owned.clause, type=body.type, span=call.span)

    def _not_endless(self, call: s.Call) -> None:
        """Definitions with inputs do not come back to themselves, nor use each other without end."""
        name = call.name.text
        if name in self.calls:
            circle = " → ".join([*self.calls[self.calls.index(name) :], name])
            raise self.findings.refuse("ZS217", call.span, circle=circle)
        self.called += 1
        if len(self.calls) >= DEEPEST_CALLS or self.called > MOST_CALLS:
            raise self.findings.refuse("ZS230", call.span, name=name, deepest=DEEPEST_CALLS, most=MOST_CALLS)

    def _callable(self, call: s.Call, place: Place) -> Rules:
        for record in (*place.records, self.symbols.main):
            owned = self.symbols.owned.get((record, call.name.text))
            if owned is not None and not isinstance(owned, s.Param) and owned.head.inputs:
                return owned
        callables = [n for (_, n), o in self.symbols.owned.items() if not isinstance(o, s.Param) and o.head.inputs]
        near = self.symbols.near(call.name.text, callables)
        raise self._no_function(call, near)

    def _no_function(self, call: s.Call, near: str) -> Untypable:
        """What to write for a function that there is not: that of a spreadsheet, another one, a table with inputs."""
        from dsl.mistakes.asked import asked_for

        name = call.name.text
        found = asked_for(name, call.span, self.findings.language) if not near else None
        if found is None:
            fix = replaced(call.name.span, near) if near else None
            return self.findings.refuse("ZS221", call.name.span, fix=fix, name=name, near=near)
        code, arguments, fix = found
        self.findings.tell(code, call.name.span, arguments, fix)
        return Untypable(code)

    def _column(self, call: s.Call, owned: Rules) -> int:
        if call.member is None or not isinstance(owned, s.Table):
            return 0
        names = [output_name(o) for o in owned.outputs]
        for at, word in enumerate(names):
            if word is not None and word.text == call.member.text:
                return at
        near = self.symbols.near(call.member.text, [w.text for w in names if w is not None])
        raise self.findings.refuse("ZS201", call.member.span, name=call.member.text, near=near)

    def fold(self, fold: s.Fold, place: Place) -> Expr:
        """`合计(…)`."""
        return lists.fold(self.expressions, fold, place)

    # -- one definition ------------------------------------------------------------------------------------------------

    def _elaborated(self, key: Key, used: Span) -> Definition:
        record, name = key
        if record == "" and name in self.symbols.params:
            statement = self.symbols.params[name]
            self.findings.statement = statement
            body = parameters.parameter(self.expressions, statement, Place((self.symbols.main,)))
            return Definition(name, "", "parameter", body.type, body, clause=statement.clause, span=statement.span)
        personal = self.symbols.owned[key] if key not in self.symbols.outputs else None
        if isinstance(personal, s.Param):
            self.findings.statement = personal
            body = parameters.parameter(self.expressions, personal, Place((record,)))
            return Definition(name, record, "parameter", body.type, body, clause=personal.clause, span=personal.span)
        owned, column = self.symbols.outputs.get(key) or (self.symbols.owned[key], 0)
        assert not isinstance(owned, s.Param)
        self.findings.statement = owned
        if owned.head.inputs:
            raise self.findings.refuse("ZS218", used, name=name, inputs=tuple(w.text for w in owned.head.inputs))
        if key not in self.symbols.outputs and id(owned) in self.columns:
            columns = tuple(name for _, name in self.columns[id(owned)])
            raise self.findings.refuse("ZS219", used, name=name, columns=columns)
        return self._definition(owned, record, name, column)

    def _definition(self, owned: Rules, record: str, name: str, column: int) -> Definition:
        accepted = _plain(tuple(acceptances.of(owned)))
        kind: Statement = "check" if isinstance(owned, s.Require) and owned.check else _KINDS[type(owned)]
        place = Place((record,))
        body, ranking, quota, allocation = None, None, None, None
        if isinstance(owned, s.Rank):
            ranking, into = ranks.rank(self.expressions, owned, place)
        elif isinstance(owned, s.Quota):
            quota, into = quotas.quota(self.expressions, owned, place)
        elif isinstance(owned, s.Allocate):
            allocation, into = allocations.allocation(self.expressions, owned)
        else:
            body = self._body(owned, place, column)
            into = body.type
        exceptions = self.exceptions.on(record, name, into)
        return Definition(
            name=name,
            record=record,
            kind=kind,
            type=covering(into, exceptions),
            body=body,
            ranking=ranking,
            quota=quota,
            allocation=allocation,
            exceptions=exceptions,
            clause=owned.clause,
            span=owned.span,
            accepted=accepted,
        )

    def _body(self, owned: Rules, place: Place, column: int) -> Expr:
        match owned:
            case s.Define():
                return definitions.define(self.expressions, owned, place)
            case s.Table():
                return tables.table(self.expressions, owned, place, column)
            case s.Score():
                return scores.score(self.expressions, owned, place)
            case s.Require():
                return definitions.require(self.expressions, owned, place)
            case _:
                raise AssertionError(owned)


def widened(into: Type) -> Type:
    """A type without its range, as what a value of the period before is known by."""
    kind = into.kind
    if isinstance(kind, Number):
        kind = Number(kind.unit, kind.grid)
    return Type(kind, into.missing, (), into.none, into.open)


def _plain(accepts: tuple[s.Accept, ...]) -> tuple[Acceptance, ...]:
    return tuple(Acceptance(a.name.text, a.reason, a.span) for a in accepts)
