"""A whole document: statements become definitions in the order in which they need each other, findings meet their
acceptances, and what has no error becomes a policy."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, structs

from dsl.check import acceptances, calendar, definitions, examples, lists, quotas, ranks, scores, tables
from dsl.check.context import Findings, Place, Untypable
from dsl.check.exceptions import Exceptions, covering
from dsl.check.expressions import Expressions
from dsl.check.symbols import Rules, Symbols, output_name
from dsl.syntax import surface as s
from policy import core, walk
from policy.core import Definition, Expr
from policy.diagnostic import Acceptance, Diagnostic
from policy.kinds import Statement
from policy.source import Span
from policy.types import Number, Type, YesNo, decimals

_KINDS: Final[dict[type, Statement]] = {
    s.Define: "define",
    s.Table: "table",
    s.Score: "score",
    s.Require: "requirement",
    s.Rank: "rank",
    s.Quota: "quota",
}


class Checked(Struct, frozen=True, eq=False):
    """A policy, None if it has errors, and everything found on the way, in the order of the text."""

    policy: core.Policy | None
    diagnostics: tuple[Diagnostic, ...]


def check(document: s.Document) -> Checked:
    """Check a document."""
    return _Document(document).checked()


def examples_for(document: s.Document, beside: s.Document) -> tuple[tuple[core.Example, ...], tuple[Diagnostic, ...]]:
    """The examples of a document beside a policy, read with the policy's names; and what is wrong with them."""
    run = _Document(document)
    run.checked()
    before = len(run.findings.found)
    examples = tuple(st for st in beside.statements if isinstance(st, s.Example))
    run.document = structs.replace(document, statements=examples)
    return run._examples(), tuple(d for _, d in run.findings.found[before:])


class _Document:
    """One run of the checker; elaborates each definition once, when it is first needed."""

    def __init__(self, document: s.Document) -> None:
        self.document = document
        self.findings = Findings(document.language)
        self.symbols = Symbols(document, self.findings)
        self.expressions = Expressions(self.symbols, self.findings, self)
        self.exceptions = Exceptions(document, self.expressions)
        self.built: dict[tuple[str, str], Definition | None] = {}
        self.assumed: dict[tuple[str, str], Type] = {}
        self.under_way: list[tuple[str, str, Span]] = []
        self.stepped_back: list[int] = []

    def checked(self) -> Checked:
        self._structure()
        built = [d for st in self.document.statements for d in self._definitions_of(st)]
        results = self._results(built)
        overall = self._overall()
        worked = self._examples()
        found = acceptances.settled(self.document, self.findings)
        if any(d.blocks for d in found):
            return Checked(None, found)
        document = self.document
        policy = core.Policy(
            name=document.name,
            version=document.version,
            effective=document.effective,
            origin=document.origin,
            language=document.language,
            records=tuple(self.symbols.records.values()),
            definitions=with_uses(built),
            results=results,
            examples=worked,
            overall=overall,
            accepted=tuple((d.code, d.accepted) for d in found if d.accepted is not None),
            dated=reads_as_of(built, overall),
        )
        return Checked(policy, found)

    # -- the document as a whole -----------------------------------------------------------------------------------

    def _structure(self) -> None:
        """What a document must have, and what is read but not decided yet."""
        for statement in self.document.statements:
            self.findings.statement = statement
            match statement:
                case s.Param(supplied=True) | s.Exempting(supplied=True):
                    self.findings.report("ZS440", statement.name.span, name=statement.name.text)
                case s.Define() | s.Table() | s.Score() | s.Require() | s.Rank() | s.Quota() if statement.head.supplied:
                    self.findings.report("ZS440", statement.head.span, name=statement.head.path.text)
                case s.Later():
                    self._refuse_later(statement.what, statement.span)
                case _:
                    pass
        self.exceptions.check_targets()
        self.findings.statement = None
        if self.symbols.owned and not self.symbols.records:
            self.findings.report("ZS214", self.document.span)
        main = self.symbols.records.get(self.symbols.main)
        if main is not None and main.key is None:
            self.findings.report("ZS215", main.span, record=main.name)

    def _refuse_later(self, token: str, span: Span) -> None:
        from dsl.syntax.parser import lexicon

        word = lexicon().by_token[token].spelled(self.findings.language)
        self.findings.report("ZS901", span, word=word)

    def _definitions_of(self, statement: s.Statement) -> list[Definition]:
        match statement:
            case s.Param():
                personal = (self.symbols.main, statement.name.text)
                keys = [personal if personal in self.symbols.owned else ("", statement.name.text)]
            case s.Define() | s.Table() | s.Score() | s.Require() | s.Rank() | s.Quota():
                if statement.head.inputs:
                    return []
                owner, name, _ = self.symbols.owner_of(statement.head)
                columns = [key for key, (table, _) in self.symbols.outputs.items() if table is statement]
                keys = columns or [(owner, name)]
            case _:
                return []
        found = []
        for key in keys:
            try:
                self.type_of(*key, statement.span)
            except Untypable:
                continue
            definition = self.built[key]
            if definition is not None:
                found.append(definition)
        return found

    def _results(self, built: list[Definition]) -> tuple[str, ...]:
        """The names under 结果; each must be a definition of the main record with an end to its decimals."""
        names: list[str] = []
        for statement in (st for st in self.document.statements if isinstance(st, s.Result)):
            self.findings.statement = statement
            for path in statement.paths:
                name = path.names[-1].text
                try:
                    into = self._result_type(path)
                except Untypable:
                    continue
                if isinstance(into.kind, Number) and decimals(into.kind) is None:
                    self.findings.report("ZS302", path.span, name=path.text)
                if name in names:
                    self.findings.report("ZS203", path.span, name=name, line=str(statement.span.line))
                names.append(name)
        stated = any(isinstance(st, s.Result) for st in self.document.statements)
        if not stated and built and self.document.kind == "policy":
            self.findings.statement = None
            self.findings.report("ZS216", self.document.span)
        return tuple(names)

    def _overall(self) -> tuple[core.Exempt, ...]:
        try:
            return self.exceptions.overall()
        except Untypable:
            return ()

    def _result_type(self, path: s.Path) -> Type:
        place = Place((self.symbols.main,))
        return self.expressions.value(path, place).type

    def _examples(self) -> tuple[core.Example, ...]:
        worked = []
        for statement in self.document.statements:
            if isinstance(statement, s.Example):
                self.findings.statement = statement
                try:
                    worked.append(examples.example(self.expressions, statement))
                except Untypable:
                    continue
        return tuple(worked)

    # -- definitions, as they are needed ---------------------------------------------------------------------------

    def type_of(self, record: str, name: str, used: Span) -> Type:
        """The type of a definition or parameter; raises Untypable where it has none."""
        key = (record, name)
        if self._by_the_period_before(key):
            return self._assumed(key)
        if key not in self.built:
            self._build(key, used)
        definition = self.built[key]
        if definition is None:
            raise Untypable(name)
        return definition.type

    def _build(self, key: tuple[str, str], used: Span) -> None:
        record, name = key
        if self._is_under_way(key):
            self._circle(key, used)
            raise Untypable(name)
        before = self.findings.statement
        self.under_way.append((record, name, used))
        try:
            self.built[key] = self._settled(key)
        except Untypable:
            self.built[key] = None
        finally:
            self.under_way.pop()
            self.findings.statement = before

    def _settled(self, key: tuple[str, str]) -> Definition:
        """A definition; one that looks at its own previous period is read again until its type no longer changes."""
        found, known = len(self.findings.found), set(self.built)
        definition = self._elaborated(key)
        for _ in range(3):
            if key not in self.assumed or self.assumed[key] == widened(definition.type):
                break
            self.assumed[key] = widened(definition.type)
            del self.findings.found[found:]
            for other in set(self.built) - known:
                del self.built[other]
            definition = self._elaborated(key)
        return definition

    def type_before(self, record: str, name: str) -> Type | None:
        """What is assumed of a definition that looks at its own previous period; None if it is not under way."""
        key = (record, name)
        if self._is_under_way(key):
            return structs.replace(self._assumed(key), missing=True)
        if key not in self.built and (key in self.symbols.owned or key in self.symbols.outputs):
            self.stepped_back.append(len(self.under_way))
            try:
                self._build(key, self.under_way[-1][2])
            finally:
                self.stepped_back.pop()
        return None

    def _is_under_way(self, key: tuple[str, str]) -> bool:
        return any(key == (r, n) for r, n, _ in self.under_way)

    def _by_the_period_before(self, key: tuple[str, str]) -> bool:
        """Whether what is asked for is under way, but a period later: 可用 by 上期.结余, whose 结余 needs its 可用."""
        if not self.stepped_back:
            return False
        at = next((i for i, (r, n, _) in enumerate(self.under_way) if key == (r, n)), None)
        return at is not None and self.stepped_back[-1] > at

    def _assumed(self, key: tuple[str, str]) -> Type:
        """What a definition that comes back to itself through the period before is first taken for."""
        statement = self.symbols.owned.get(key)
        if isinstance(statement, s.Require):
            return self.assumed.setdefault(key, Type(YesNo()))
        choice = self.symbols.choices.get(key[1])
        return self.assumed.setdefault(key, Type(choice or Number(None, 0, None, None, bare=True)))

    def _circle(self, key: tuple[str, str], used: Span) -> None:
        names = [(r, n) for r, n, _ in self.under_way]
        circle = [n for _, n in names[names.index(key) :]] + [key[1]]
        arrow = " → "
        self.findings.report("ZS217", used, circle=arrow.join(circle))

    def _elaborated(self, key: tuple[str, str]) -> Definition:
        record, name = key
        if record == "" and name in self.symbols.params:
            statement = self.symbols.params[name]
            self.findings.statement = statement
            body = definitions.parameter(self.expressions, statement, Place((self.symbols.main,)))
            return Definition(name, "", "parameter", body.type, body, clause=statement.clause, span=statement.span)
        personal = self.symbols.owned[key] if key not in self.symbols.outputs else None
        if isinstance(personal, s.Param):
            self.findings.statement = personal
            body = definitions.parameter(self.expressions, personal, Place((record,)))
            return Definition(name, record, "parameter", body.type, body, clause=personal.clause, span=personal.span)
        owned, column = self.symbols.outputs.get(key) or (self.symbols.owned[key], 0)
        assert not isinstance(owned, s.Param)
        self.findings.statement = owned
        if owned.head.inputs:
            raise self.findings.refuse(
                "ZS218", self.under_way[-1][2], name=name, inputs=tuple(w.text for w in owned.head.inputs)
            )
        if key not in self.symbols.outputs and any(table is owned for table, _ in self.symbols.outputs.values()):
            columns = tuple(n for (_, n), (table, _) in self.symbols.outputs.items() if table is owned)
            raise self.findings.refuse("ZS219", self.under_way[-1][2], name=name, columns=columns)
        return self._definition(owned, record, name, column)

    def _definition(self, owned: Rules, record: str, name: str, column: int) -> Definition:
        accepted = _plain(tuple(acceptances.of(owned)))
        kind: Statement = "check" if isinstance(owned, s.Require) and owned.check else _KINDS[type(owned)]
        place = Place((record,))
        body, ranking, quota = None, None, None
        if isinstance(owned, s.Rank):
            ranking, into = ranks.rank(self.expressions, owned, place)
        elif isinstance(owned, s.Quota):
            quota, into = quotas.quota(self.expressions, owned, place)
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

    # -- calls and lists -------------------------------------------------------------------------------------------

    def call(self, call: s.Call, place: Place) -> Expr:
        """`档(听)`: the definition's text read with its inputs; or a function of the calendar."""
        arguments = [self.expressions.value(a, place) for a in call.arguments]
        if call.function:
            return calendar.FUNCTIONS[call.function](self.findings, call.function, arguments, call.span)
        owned = self._callable(call, place)
        if len(arguments) != len(owned.head.inputs):
            raise self.findings.refuse(
                "ZS220", call.span, name=call.name.text, found=len(arguments), wanted=len(owned.head.inputs)
            )
        key = ("()", call.name.text)
        if any(key == (r, n) for r, n, _ in self.under_way):
            self._circle(key, call.span)
            raise Untypable(call.name.text)
        inside = Place(place.records, tuple(zip((w.text for w in owned.head.inputs), arguments, strict=True)))
        self.under_way.append((*key, call.span))
        try:
            body = self._body(owned, inside, self._column(call, owned))
        finally:
            self.under_way.pop()
        return core.Named(name=call.span.text, of=body, clause=owned.clause, type=body.type, span=call.span)

    def _callable(self, call: s.Call, place: Place) -> Rules:
        for record in (*place.records, self.symbols.main):
            owned = self.symbols.owned.get((record, call.name.text))
            if owned is not None and not isinstance(owned, s.Param) and owned.head.inputs:
                return owned
        callables = [n for (_, n), o in self.symbols.owned.items() if not isinstance(o, s.Param) and o.head.inputs]
        near = self.symbols.near(call.name.text, callables)
        raise self.findings.refuse("ZS221", call.name.span, name=call.name.text, near=near)

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


def reads_as_of(built: list[Definition], overall: tuple[core.Exempt, ...]) -> bool:
    """Whether anything that decides reads the as-of date."""
    return any(isinstance(node, core.AsOf) for top in walk.of_rules(built, overall) for node in walk.everything(top))


def widened(into: Type) -> Type:
    """A type without its range, as what a value of the period before is known by."""
    kind = into.kind
    if isinstance(kind, Number):
        kind = Number(kind.unit, kind.grid)
    return Type(kind, into.missing, (), into.none, into.open)


def _plain(accepts: tuple[s.Accept, ...]) -> tuple[Acceptance, ...]:
    return tuple(Acceptance(a.name.text, a.reason, a.span) for a in accepts)


def with_uses(built: list[Definition]) -> tuple[Definition, ...]:
    """Definitions with the names that each uses, and whether its value depends on others than its own record."""
    nodes = {id(d): [n for top in walk.of_definition(d) for n in walk.everything(top)] for d in built}
    uses = {id(d): tuple(dict.fromkeys(n.key for n in nodes[id(d)] if isinstance(n, core.Ref))) for d in built}
    cohort = {
        d.key
        for d in built
        if d.ranking or d.quota or any(isinstance(n, core.Fold) and n.mine is None for n in nodes[id(d)])
    }
    grown = True
    while grown:
        more = {d.key for d in built if d.key not in cohort and cohort.intersection(uses[id(d)])}
        cohort |= more
        grown = bool(more)
    return tuple(structs.replace(d, uses=uses[id(d)], cohort=d.key in cohort) for d in built)
