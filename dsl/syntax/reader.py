"""The parse tree's documents, statements and lines as surface nodes: one short function a grammar rule, by its name.

The parser's trees and tokens end here and in reader_values.py.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from dsl.syntax import surface as s
from dsl.syntax.reader_values import BadDate, ValueReader, expressions, token, tokens, trees, unquoted
from dsl.syntax.tree import Token, Tree
from policy.kinds import Open
from policy.reckoning import Reckoning
from policy.source import Clause, Source
from policy.units import Exact
from policy.values import Period

__all__ = ["BadDate", "read"]

_FIRST_WORDS = ("POLICY", "AMEND", "EXAMPLE")


def read(tree: Tree[Token], source: Source, plain: str, english: frozenset[str]) -> s.Document:
    """The document of a parse tree. `english` holds the English spellings, to tell the document's language.

    Raises BadDate.
    """
    return _Reader(source, plain, english).document(tree)


class _Reader(ValueReader):
    """Statements and their lines, by rule name; each function takes a tree and gives a node."""

    # -- documents -----------------------------------------------------------------------------------------------

    def document(self, tree: Tree[Token]) -> s.Document:
        top = next(c for c in tree.children if isinstance(c, Tree))
        metas: dict[str, str] = {}
        repeated: list[s.Word] = []
        rests: list[s.Word] = []
        for meta in (m for body in trees(top, "body") for m in trees(body, "meta")):
            key, value = (c for c in meta.children if isinstance(c, Token))
            if key.type == "RESTS":
                rests.append(s.Word(text=self.meta(value), span=self.span(value)))
                continue
            repeated += [self.word(key)] if key.type in metas else []
            metas[key.type] = self.meta(value)
        names = [c for c in top.children if isinstance(c, Token) and c.type == "STRING"]
        statements = tuple(self.statement(c) for c in top.children if isinstance(c, Tree) and c.data != "body")
        return s.Document(
            kind=str(top.data),
            name=unquoted(str(names[0])) if names else "",
            version=metas.get("VERSION", ""),
            effective=metas.get("EFFECTIVE", ""),
            origin=metas.get("SOURCE", ""),
            reckoning=Reckoning(
                leap_in_march=metas.get("LEAPDAY") == "INMARCH",
                month_ends=metas.get("MONTHEND") == "TOEND",
                both_days=metas.get("ENDDAYS") == "BOTH",
            ),
            repeated=tuple(repeated),
            rests=tuple(rests),
            language="en" if any(str(t) in self.english for t in tree.tokens() if t.type in _FIRST_WORDS) else "zh",
            statements=statements,
            span=self.span(top),
        )

    def meta(self, value: Token) -> str:
        """What a line of the head says: its text, its day, or its keyword."""
        if value.type == "STRING":
            return unquoted(str(value))
        return str(self.moment_value(value)) if value.type == "DATE" else value.type

    def statement(self, tree: Tree[Token]) -> s.Statement:
        if tree.data == "stmt":
            inner = tree.children[0]
            assert isinstance(inner, Tree)
            return self.statement(inner)
        node: s.Statement = self.node(tree)
        return node

    # -- data ----------------------------------------------------------------------------------------------------

    def data(self, tree: Tree[Token]) -> s.Data:
        return s.Data(
            name=self.word(token(tree, "NAME")),
            fields=self.parts(tree, "field"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def field(self, tree: Tree[Token]) -> s.Field:
        extra: dict[str, Any] = {}
        for modifier in trees(tree, "modifier"):
            extra |= self.modifier(modifier)
        return s.Field(
            name=self.word(token(tree, "NAME")),
            type=self.type(trees(tree, "type")[0]),
            clause=self.clause(tree),
            span=self.span(tree),
            **extra,
        )

    def modifier(self, tree: Tree[Token]) -> dict[str, Any]:
        first = tree.children[0]
        assert isinstance(first, Token)
        if first.type == "DECIMALS_N":
            return {"places": int(re.match(r"\d+", first).group())}  # type: ignore[union-attr]
        if first.type == "OPTIONAL":
            values = tuple(self.value(v) for v in trees(tree, "value"))
            return {"optional": True, "codes": values}
        if first.type == "COLUMN":
            return {"column": unquoted(str(tree.children[1]))}
        return {first.type.lower(): True}

    def type(self, tree: Tree[Token]) -> s.FieldType:
        first = tree.children[0]
        assert isinstance(first, Token)
        ranges, orders = trees(tree, "range"), trees(tree, "order")
        return s.FieldType(
            name=first.type,
            range=self.range(ranges[0]) if ranges else None,
            order=self.order(orders[0]) if orders else None,
            named=self.word(first) if first.type == "NAME" else None,
            span=self.span(tree),
        )

    def range(self, tree: Tree[Token]) -> s.Range0:
        first = tree.children[0]
        if isinstance(first, Token):
            return s.Range0(low=None, high=None, unit=str(first), span=self.span(tree))
        low, high = (self.signed(c) for c in trees(tree, "signed"))
        return s.Range0(low=low, high=high, unit=high.unit or low.unit, span=self.span(tree))

    def order(self, tree: Tree[Token]) -> s.Order:
        """Values; those joined by `>` stand best first. `a > b, c`: two in order, one outside it."""
        values = tuple(self.value(v) for v in trees(tree, "value"))
        links = len(tokens(tree, "MORETHAN"))
        return s.Order(values=values, ordered=links + 1 if links else 0, span=self.span(tree))

    def value(self, tree: Tree[Token]) -> s.Word:
        token = tree.children[0]
        assert isinstance(token, Token)
        return self.word(token)

    def choice(self, tree: Tree[Token]) -> s.Choice:
        return s.Choice(
            name=self.word(token(tree, "NAME")),
            order=self.order(trees(tree, "order")[0]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def param(self, tree: Tree[Token]) -> s.Param:
        return s.Param(
            name=self.word(token(tree, "NAME")),
            value=self.node(expressions(tree)[0]),
            by=None,
            dated=(),
            clause=self.clause(tree),
            accepts=self.parts(tree, "accept"),
            supplied=bool(tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def dated_param(self, tree: Tree[Token]) -> s.Param:
        paths = self.parts(tree, "path")
        return s.Param(
            name=self.word(token(tree, "NAME")),
            value=None,
            by=paths[0] if paths else s.AsOf(span=self.span(token(tree, "ASOF"))),
            dated=self.parts(tree, "dated"),
            clause=self.clause(tree),
            accepts=self.parts(tree, "accept"),
            supplied=bool(tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def dated(self, tree: Tree[Token]) -> s.Dated:
        children = [c for c in tree.children if c is not None]
        days = [
            self._named_day(day)
            for word, day in pairwise(children)
            if isinstance(word, Token) and word.type in ("FROM", "UPTO")
        ]
        return s.Dated(
            since=days[0],
            until=days[1] if len(days) > 1 else None,
            value=self.node(expressions(tree)[-1]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _named_day(self, child: Tree[Token] | Token) -> s.Moment:
        """`2024-07-01`, `2024-07`, `2024Q3`, `2024 年`."""
        if isinstance(child, Token):
            return self.moment_of(child)
        year = self.number(child)
        if (
            year.unit not in (None, "年", "year", "years")
            or not isinstance(year.value, int)
            or not 1 <= year.value <= 9999
        ):
            raise BadDate(year.span)
        return s.Moment(value=Period(year.value, 0, "year"), span=year.span)

    # -- definitions ---------------------------------------------------------------------------------------------

    def head(self, tree: Tree[Token]) -> s.Head:
        return s.Head(
            path=self.parts(tree, "path")[0],
            inputs=tuple(self.word(t) for t in tokens(tree, "NAME")),
            supplied=bool(tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def _head(self, tree: Tree[Token]) -> s.Head:
        return self.head(trees(tree, "head")[0])

    def define(self, tree: Tree[Token]) -> s.Define:
        return s.Define(
            head=self._head(tree),
            value=self.node(expressions(tree)[0]),
            in_order=False,
            cases=(),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def define_cases(self, tree: Tree[Token]) -> s.Define:
        return s.Define(
            head=self._head(tree),
            value=None,
            in_order=bool(tokens(tree, "INORDER")),
            cases=self.parts(tree, "case"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def case(self, tree: Tree[Token]) -> s.Case:
        inner = self.parts(tree, "case")
        return s.Case(
            guard=self.guard(trees(tree, "guard")[0]),
            value=None if inner else self.node(expressions(tree)[0]),
            cases=inner,
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def guard(self, tree: Tree[Token]) -> s.Expr | None:
        found = expressions(tree)
        return self.node(found[0]) if found else None

    def effect(self, tree: Tree[Token]) -> s.Outcome:
        token, span = tree.children[0], self.span(tree)
        assert isinstance(token, Token)
        match token.type:
            case "CAP" | "FLOOR":
                return s.Bound(cap=token.type == "CAP", value=self.node(tree.children[1]), span=span)
            case "LOWERED" | "RAISED":
                return s.Shift(down=token.type == "LOWERED", by=self.node(tree.children[1]), span=span)
            case "VOID":
                return s.Void(span=span)
            case _:
                outcome: Open = "referred" if token.type == "REFER" else "undecided"
                return s.Refer(outcome=outcome, reason=unquoted(str(tree.children[1])), span=span)

    def accept(self, tree: Tree[Token]) -> s.Accept:
        name, reason = tokens(tree, "STRING")
        return s.Accept(name=self.word(name), reason=unquoted(str(reason)), span=self.span(tree))

    # -- tables --------------------------------------------------------------------------------------------------

    def table(self, tree: Tree[Token]) -> s.Table:
        modes = trees(tree, "mode")
        heads, outputs = self.heads(trees(tree, "heads")[0])
        return s.Table(
            head=self._head(tree),
            across=self._across(tree),
            mode=str(modes[0].children[0].type) if modes else "",  # type: ignore[union-attr]
            heads=heads,
            outputs=outputs,
            rows=self.parts(tree, "row"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _across(self, tree: Tree[Token]) -> s.Expr | None:
        across = trees(tree, "across")
        return self.node(expressions(across[0])[0]) if across else None

    def heads(self, tree: Tree[Token]) -> tuple[tuple[s.Expr, ...], tuple[tuple[s.Test, ...], ...]]:
        inputs = tuple(self.node(c) for c in expressions(tree))
        return inputs, tuple(self.tests(c) for c in trees(tree, "tests"))

    def row(self, tree: Tree[Token]) -> s.Row:
        tests = tuple(self.tests(c) for c in trees(tree, "tests"))
        return s.Row(
            tests=None if tokens(tree, "OTHERWISE") else tests,
            values=tuple(self.node(c) for c in expressions(tree)),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- scores --------------------------------------------------------------------------------------------------

    _LINES = ("part", "weighted", "bonus", "moves", "when_line", "when_lines", "best_lines")

    def score(self, tree: Tree[Token]) -> s.Score:
        full = expressions(tree)
        return s.Score(
            head=self._head(tree),
            full=self.node(full[0]) if full else None,
            cap=self._limit(tree, "cap"),
            floor=self._limit(tree, "floor"),
            lines=self.parts(tree, *self._LINES),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _limit(self, tree: Tree[Token], rule: str) -> s.Expr | None:
        limits = trees(tree, rule)
        return self.node(expressions(limits[0])[0]) if limits else None

    def part(self, tree: Tree[Token]) -> s.Part:
        subject, full = (self.node(c) for c in expressions(tree))
        return s.Part(subject=subject, full=full, clause=self.clause(tree), span=self.span(tree))

    def weighted(self, tree: Tree[Token]) -> s.Weighted:
        subject, weight = (self.node(c) for c in expressions(tree))
        return s.Weighted(
            subject=subject,
            weight=weight,
            cap=self._limit(tree, "cap"),
            floor=self._limit(tree, "floor"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def bonus(self, tree: Tree[Token]) -> s.Bonus:
        per = trees(tree, "per")
        return s.Bonus(
            per=self.per(per[0]) if per else None,
            deduct=bool(tokens(tree, "DEDUCT")),
            amount=self.node(expressions(tree)[0]),
            cap=self._limit(tree, "cap"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def per(self, tree: Tree[Token]) -> s.Per:
        subject, unit = (self.node(c) for c in expressions(tree))
        return s.Per(subject=subject, reading=tokens(tree)[0].type, unit=unit, span=self.span(tree))

    def moves(self, tree: Tree[Token]) -> s.Moves:
        first, *targets = (self.node(c) for c in expressions(tree))
        return s.Moves(subject=first, targets=tuple(targets), clause=self.clause(tree), span=self.span(tree))

    def when_line(self, tree: Tree[Token]) -> s.When:
        line = self.parts(tree, *self._LINES)
        clause = line[0].clause
        guard = self.guard(trees(tree, "guard")[0])
        quote = self.quotes.get(tree.start or 0, "")
        return s.When(guard=guard, lines=line, clause=Clause(clause.cites, quote), span=self.span(tree))

    def when_lines(self, tree: Tree[Token]) -> s.When:
        guard = self.guard(trees(tree, "guard")[0])
        return s.When(guard=guard, lines=self.parts(tree, *self._LINES), clause=self.clause(tree), span=self.span(tree))

    def best_lines(self, tree: Tree[Token]) -> s.Best:
        return s.Best(
            cap=self._limit(tree, "cap"),
            lines=self.parts(tree, *self._LINES),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- requirements --------------------------------------------------------------------------------------------

    def require(self, tree: Tree[Token]) -> s.Require:
        clause, span = self.clause(tree), self.span(tree)
        least = self.group(trees(tree, "group")[0])
        return s.Require(
            head=self._head(tree),
            check=bool(tokens(tree, "CHECK")),
            needs=s.Needs(guard=None, least=least, lines=self.parts(tree, "rline", "rgroup"), clause=clause, span=span),
            accepts=self.parts(tree, "accept"),
            clause=clause,
            span=span,
        )

    def group(self, tree: Tree[Token]) -> Exact | None:
        token = tree.children[0]
        assert isinstance(token, Token)
        if token.type == "ATLEAST":
            least: s.Number = self.node(tree.children[1])
            return least.value
        return {"ALLOF": None, "ANYOF": 1}[token.type]

    def rline(self, tree: Tree[Token]) -> s.Need:
        return s.Need(
            guard=self._guard(tree),
            holds=self.node(expressions(tree)[0]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _guard(self, tree: Tree[Token]) -> s.Expr | None:
        guards = trees(tree, "guard")
        return self.guard(guards[0]) if guards else None

    def rgroup(self, tree: Tree[Token]) -> s.Needs:
        return s.Needs(
            guard=self._guard(tree),
            least=self.group(trees(tree, "group")[0]),
            lines=self.parts(tree, "rline", "rgroup"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- ranks and quotas ----------------------------------------------------------------------------------------

    def _among(self, tree: Tree[Token]) -> s.Expr | None:
        among = trees(tree, "among")
        return self.node(expressions(among[0])[0]) if among else None

    def rank(self, tree: Tree[Token]) -> s.Rank:
        return s.Rank(
            head=self._head(tree),
            among=self._among(tree),
            same=self.same(tree),
            orders=self.parts(tree, "by"),
            rules=self.parts(tree, "ties", "edge", "unranked"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def by(self, tree: Tree[Token]) -> s.By:
        return s.By(
            value=self.node(expressions(tree)[0]),
            descending=bool(tokens(tree, "DESC")),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _rule(self, tree: Tree[Token], about: str) -> s.Rule:
        choice = tokens(tree)[1].type
        return s.Rule(about=about, choice=choice, clause=self.clause(tree), span=self.span(tree))

    def ties(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "ties")

    def edge(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "edge")

    def unranked(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "missing")

    def quota(self, tree: Tree[Token]) -> s.Quota:
        leftover = trees(tree, "leftover")
        return s.Quota(
            head=self._head(tree),
            among=self._among(tree),
            same=self.same(tree),
            orders=self.parts(tree, "by"),
            rules=self.parts(tree, "ties", "edge", "unranked"),
            grades=self.parts(tree, "grade"),
            settings=self.parts(tree, "setting"),
            leftover=self.node(expressions(leftover[0])[0]) if leftover else None,
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def grade(self, tree: Tree[Token]) -> s.Grade:
        return s.Grade(
            name=self.word(tokens(tree)[0]),
            most=self.node(expressions(tree)[0]),
            among=self._among(tree),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def setting(self, tree: Tree[Token]) -> s.Setting:
        about = tokens(tree)[0].type
        if about == "PLACES":
            mode, step = str(trees(tree, "rounding")[0].children[0].type), self.node(trees(tree, "number")[0])  # type: ignore[union-attr]
            return s.Setting(about="places", choice=mode, value=step, clause=self.clause(tree), span=self.span(tree))
        values = expressions(tree)
        return s.Setting(
            about=about.lower(),
            choice="" if values else tokens(tree)[1].type,
            value=self.node(values[0]) if values else None,
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- exceptions, results, what comes later -------------------------------------------------------------------

    def exception(self, tree: Tree[Token]) -> s.Exempting:
        paths, each, over = self.parts(tree, "path"), trees(tree, "each"), trees(tree, "over")
        heads, outputs = self.heads(trees(tree, "heads")[0]) if trees(tree, "heads") else ((), ())
        return s.Exempting(
            name=self.word(token(tree, "NAME")),
            supplied=bool(tokens(tree, "SUPPLIED")),
            target=paths[0] if paths else None,
            each=self.word(token(each[0], "NAME")) if each else None,
            over=tuple(self.word(t) for t in tokens(over[0], "NAME")) if over else (),
            across=self._across(tree),
            cases=self.parts(tree, "case"),
            heads=heads,
            outputs=outputs,
            rows=self.parts(tree, "row"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def allocate(self, tree: Tree[Token]) -> s.Allocate:
        item, owner, name = (self.word(t) for t in tokens(tree, "NAME"))
        path = s.Path(names=(item, name), span=name.span, anchor="")
        return s.Allocate(
            head=s.Head(path=path, inputs=(), span=name.span),
            item=item,
            owner=owner,
            among=self._among(tree),
            lines=tuple(self.aline(line) for line in trees(tree, "aline")),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def aline(self, tree: Tree[Token]) -> s.AllocationLine:
        yielding = trees(tree, "yielding")
        at = yielding[0] if yielding else tree
        guards, numbers = trees(at, "guard"), trees(at, "number")
        guard = expressions(guards[0]) if guards else []
        goal, yields = tokens(at, "GOAL"), tokens(at, "YIELDS")
        rest = [c for c in at.children if isinstance(c, Tree) and c.data not in ("guard", "cites")]
        what = rest[1] if goal or yields else rest[0]
        return s.AllocationLine(
            what=self.node(what),
            guard=self.node(guard[0]) if guard else None,
            otherwise=bool(guards) and not guard,
            goal=self.node(numbers[0]) if goal else None,
            order=self.node(numbers[0]) if yields else None,
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def arity(self, tree: Tree[Token]) -> s.Arity:
        by = trees(tree, "by_path")
        return s.Arity(
            whom=self.word(token(tree, "NAME")),
            bound=tokens(tree, "EXACTLY", "ATMOST", "ATLEAST")[0].type,
            amount=self.node(expressions(tree)[0]),
            by=self.node(trees(by[0], "path")[0]) if by else None,
            same=self.same(tree),
            span=self.span(tree),
        )

    def together(self, tree: Tree[Token]) -> s.Together:
        return s.Together(by=self.node(trees(tree, "path")[0]), span=self.span(tree))

    def goal(self, tree: Tree[Token]) -> s.Aim:
        span, orders, wheres = self.span(tree), trees(tree, "by_order"), trees(tree, "where")
        where = self.node(expressions(wheres[0])[0]) if wheres else None
        if orders:
            first, second = self.by_order(orders[0]), self.by_order(orders[1]) if len(orders) > 1 else (None, False)
            wishes = tuple(self.node(path) for path in trees(tree, "path"))
            return s.Aim(kind="BY", value=first[0], where=where, descending=first[1], second=second[0],
                         second_descending=second[1], wishes=wishes, span=span)  # fmt: skip
        kind = tokens(tree)[0].type
        values = [self.node(each) for each in expressions(tree)]
        counted = bool(tokens(tree, "NUMBERS"))
        return s.Aim(
            kind=kind,
            value=None if counted else values[0],
            same=self.same(tree),
            where=where,
            tolerance=values[0 if counted else 1] if tokens(tree, "TOLERANCE") else None,
            span=span,
        )

    def by_order(self, tree: Tree[Token]) -> tuple[s.Expr, bool]:
        return self.node(expressions(tree)[0]), bool(tokens(tree, "DESC"))

    def guarantee(self, tree: Tree[Token]) -> s.Later:
        return s.Later(what="GUARANTEE", span=self.span(tokens(tree)[0]))

    def change(self, tree: Tree[Token]) -> s.Later:
        return s.Later(what="AMEND", span=self.span(tokens(tree)[0]))

    def remark(self, tree: Tree[Token]) -> s.Remark:
        reason = unquoted(str(token(tree, "STRING")))
        return s.Remark(reason=reason, clause=self.clause(tree), span=self.span(tree))

    def result(self, tree: Tree[Token]) -> s.Result:
        return s.Result(paths=self.parts(tree, "path"), clause=self.clause(tree), span=self.span(tree))

    # -- examples ------------------------------------------------------------------------------------------------

    def example(self, tree: Tree[Token]) -> s.Example:
        return s.Example(
            name=unquoted(str(token(tree, "STRING"))),
            given=tuple(a for line in trees(tree, "given") for a in self.parts(line, "assign")),
            expected=tuple(a for line in trees(tree, "expect") for a in self.parts(line, "assign")),
            listed=self.parts(tree, "given_rows", "expect_rows"),
            span=self.span(tree),
        )

    def assign(self, tree: Tree[Token]) -> s.Assign:
        first = tree.children[0]
        special = first.type if isinstance(first, Token) else ""
        return s.Assign(
            target=None if isinstance(first, Token) else self.node(first),
            special=special,
            value=self.cell(tree.children[-1]),
            span=self.span(tree),
        )

    def cell(self, at: Any) -> s.Outcome | None:
        if isinstance(at, Tree) and at.data == "xcell":
            at = at.children[0]
        if isinstance(at, Token) and at.type in ("REFER", "UNDECIDED"):
            outcome: Open = "referred" if at.type == "REFER" else "undecided"
            return s.Refer(outcome=outcome, reason="", span=self.span(at))
        return None if isinstance(at, Token) else self.node(at)

    def given_rows(self, tree: Tree[Token]) -> s.Listed:
        heads = tuple(self.node(c.children[0]) for c in trees(trees(tree, "xheads")[0], "xhead"))
        rows = tuple(tuple(self.cell(c) for c in trees(row, "xcell")) for row in trees(tree, "xrow"))
        return s.Listed(
            record=self.word(token(tree, "NAME")),
            rows=(heads, *rows),
            expect=tree.data == "expect_rows",
            span=self.span(tree),
        )

    expect_rows = given_rows
