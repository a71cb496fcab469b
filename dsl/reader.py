"""The parse tree as surface nodes: one short function a grammar rule, found by the rule's name.

Lark's trees and tokens end here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from lark.lexer import Token
from lark.tree import Tree

from dsl import surface as s
from policy.source import NO_CLAUSE, Clause, Source, Span
from policy.units import Exact
from policy.values import Period

_QUOTED = re.compile(r"^[ \t\u3000]*>[ \t]?([^\n]*)", re.MULTILINE)
_SILENT = re.compile(r"(?:[ \t\u3000]*(?:#[^\n]*)?\n)*[ \t\u3000]*")
_OPERATORS = {"==": "=", ">=": "≥", "<=": "≤", "!=": "≠", "<>": "≠"}


class BadDate(Exception):  # noqa: N818
    """A date that the calendar does not have."""

    def __init__(self, span: Span) -> None:
        super().__init__(span.text)
        self.span = span


def read(tree: Tree[Token], source: Source, plain: str, english: frozenset[str]) -> s.Document:
    """The document of a parse tree. `english` holds the English spellings, to tell the document's language.

    Raises BadDate.
    """
    return _Reader(source, plain, english).document(tree)


def quotes(plain: str) -> dict[int, str]:
    """Quoted source text by the offset of what it stands before."""
    found: dict[int, str] = {}
    for quoted in _QUOTED.finditer(plain):
        after = _SILENT.match(plain, quoted.end() + 1)
        at = after.end() if after else quoted.end()
        if plain[at : at + 1] == ">":
            found[at] = found.pop(quoted.end() - len(quoted.group().lstrip()), "") + quoted.group(1).strip() + "\n"
        else:
            start = quoted.start() + len(quoted.group()) - len(quoted.group().lstrip())
            found[at] = found.pop(start, "") + quoted.group(1).strip()
    return found


def exact(text: str) -> Exact:
    """The number written in `text`."""
    return int(text) if text.isdigit() else Fraction(text)


def unquoted(text: str) -> str:
    """A name or string without its quotes."""
    return text[1:-1] if text[:1] in '「`“”"＂' else text


class _Reader:
    """Functions by rule name; each takes a tree and gives a node."""

    def __init__(self, source: Source, plain: str, english: frozenset[str]) -> None:
        self.source = source
        self.quotes = quotes(plain)
        self.english = english

    # -- small parts ---------------------------------------------------------------------------------------------

    def span(self, at: Tree[Token] | Token) -> Span:
        where: Any = at if isinstance(at, Token) else at.meta
        start = getattr(where, "start_pos", 0) or 0
        end = getattr(where, "end_pos", start) or start
        return Span(self.source, start, self._written_end(start, end))

    def _written_end(self, start: int, end: int) -> int:
        """The end of what is written, without the blanks, comments and quotes that came with the line break."""
        text = self.source.text
        while True:
            while end > start and text[end - 1 : end] in " \t\r\n\u3000":
                end -= 1
            line = text.rfind("\n", start, end) + 1
            if line <= start or text[line:end].lstrip(" \t\u3000")[:1] not in ("#", "＃", ">", "＞"):
                return end
            end = line

    def word(self, token: Token) -> s.Word:
        return s.Word(text=unquoted(str(token)), span=self.span(token))

    def clause(self, tree: Tree[Token]) -> Clause:
        """Citations of a statement or line, and the quote that stands before it."""
        cites = [c for c in tree.children if isinstance(c, Tree) and c.data == "cites"]
        words = tuple(str(t)[1:-1].strip() for t in cites[0].children) if cites else ()
        quote = self.quotes.get(tree.meta.start_pos, "") if not tree.meta.empty else ""
        return Clause(words, quote) if words or quote else NO_CLAUSE

    def node(self, tree: Any) -> Any:
        """The node of a subtree, by its rule."""
        if tree is None:
            return None
        build: Callable[[Tree[Token]], Any] = getattr(self, tree.data)
        return build(tree)

    def parts(self, tree: Tree[Token], *rules: str) -> tuple[Any, ...]:
        """The nodes of those children whose rule is one of `rules`, in order."""
        return tuple(self.node(c) for c in tree.children if isinstance(c, Tree) and c.data in rules)

    # -- documents -----------------------------------------------------------------------------------------------

    def document(self, tree: Tree[Token]) -> s.Document:
        top = next(c for c in tree.children if isinstance(c, Tree))
        metas: dict[str, str] = {}
        for meta in (m for b in top.children if isinstance(b, Tree) and b.data == "body" for m in b.find_data("meta")):
            key, value = (c for c in meta.children if isinstance(c, Token))
            metas[key.type] = unquoted(str(value)) if value.type == "STRING" else str(self.moment_value(value))
        names = [c for c in top.children if isinstance(c, Token) and c.type == "STRING"]
        statements = tuple(self.statement(c) for c in top.children if isinstance(c, Tree) and c.data != "body")
        return s.Document(
            kind=str(top.data),
            name=unquoted(str(names[0])) if names else "",
            version=metas.get("VERSION", ""),
            effective=metas.get("EFFECTIVE", ""),
            origin=metas.get("SOURCE", ""),
            language="en" if any(str(t) in self.english for t in tree.scan_values(_first_word)) else "zh",
            statements=statements,
            span=self.span(top),
        )

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
            name=self.word(_token(tree, "NAME")),
            fields=self.parts(tree, "field"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def field(self, tree: Tree[Token]) -> s.Field:
        extra: dict[str, Any] = {}
        for modifier in _trees(tree, "modifier"):
            extra |= self.modifier(modifier)
        return s.Field(
            name=self.word(_token(tree, "NAME")),
            type=self.type(_trees(tree, "type")[0]),
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
            values = tuple(self.value(v) for v in _trees(tree, "value"))
            return {"optional": True, "codes": values}
        if first.type == "COLUMN":
            return {"column": unquoted(str(tree.children[1]))}
        return {first.type.lower(): True}

    def type(self, tree: Tree[Token]) -> s.FieldType:
        first = tree.children[0]
        assert isinstance(first, Token)
        ranges, orders = _trees(tree, "range"), _trees(tree, "order")
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
        low, high = (self.signed(c) for c in _trees(tree, "signed"))
        return s.Range0(low=low, high=high, unit=high.unit or low.unit, span=self.span(tree))

    def order(self, tree: Tree[Token]) -> s.Order:
        """Values; those joined by `>` stand best first. `a > b, c`: two in order, one outside it."""
        values = tuple(self.value(v) for v in _trees(tree, "value"))
        links = len(_tokens(tree, "MORETHAN"))
        return s.Order(values=values, ordered=links + 1 if links else 0, span=self.span(tree))

    def value(self, tree: Tree[Token]) -> s.Word:
        token = tree.children[0]
        assert isinstance(token, Token)
        return self.word(token)

    def choice(self, tree: Tree[Token]) -> s.Choice:
        return s.Choice(
            name=self.word(_token(tree, "NAME")),
            order=self.order(_trees(tree, "order")[0]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def param(self, tree: Tree[Token]) -> s.Param:
        return s.Param(
            name=self.word(_token(tree, "NAME")),
            value=self.node(_expressions(tree)[0]),
            by=None,
            dated=(),
            clause=self.clause(tree),
            accepts=self.parts(tree, "accept"),
            supplied=bool(_tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def dated_param(self, tree: Tree[Token]) -> s.Param:
        paths = self.parts(tree, "path")
        return s.Param(
            name=self.word(_token(tree, "NAME")),
            value=None,
            by=paths[0] if paths else s.AsOf(span=self.span(_token(tree, "ASOF"))),
            dated=self.parts(tree, "dated"),
            clause=self.clause(tree),
            accepts=self.parts(tree, "accept"),
            supplied=bool(_tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def dated(self, tree: Tree[Token]) -> s.Dated:
        return s.Dated(
            since=self.moment_of(_token(tree, "DATE")),
            value=self.node(_expressions(tree)[0]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- definitions ---------------------------------------------------------------------------------------------

    def head(self, tree: Tree[Token]) -> s.Head:
        return s.Head(
            path=self.parts(tree, "path")[0],
            inputs=tuple(self.word(t) for t in _tokens(tree, "NAME")),
            supplied=bool(_tokens(tree, "SUPPLIED")),
            span=self.span(tree),
        )

    def _head(self, tree: Tree[Token]) -> s.Head:
        return self.head(_trees(tree, "head")[0])

    def define(self, tree: Tree[Token]) -> s.Define:
        return s.Define(
            head=self._head(tree),
            value=self.node(_expressions(tree)[0]),
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
            in_order=bool(_tokens(tree, "INORDER")),
            cases=self.parts(tree, "case"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def case(self, tree: Tree[Token]) -> s.Case:
        inner = self.parts(tree, "case")
        return s.Case(
            guard=self.guard(_trees(tree, "guard")[0]),
            value=None if inner else self.node(_expressions(tree)[0]),
            cases=inner,
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def guard(self, tree: Tree[Token]) -> s.Expr | None:
        expressions = _expressions(tree)
        return self.node(expressions[0]) if expressions else None

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
                outcome = "referred" if token.type == "REFER" else "undecided"
                return s.Refer(outcome=outcome, reason=unquoted(str(tree.children[1])), span=span)

    def accept(self, tree: Tree[Token]) -> s.Accept:
        name, reason = _tokens(tree, "STRING")
        return s.Accept(name=self.word(name), reason=unquoted(str(reason)), span=self.span(tree))

    # -- tables --------------------------------------------------------------------------------------------------

    def table(self, tree: Tree[Token]) -> s.Table:
        modes = _trees(tree, "mode")
        heads, outputs = self.heads(_trees(tree, "heads")[0])
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
        across = _trees(tree, "across")
        return self.node(_expressions(across[0])[0]) if across else None

    def heads(self, tree: Tree[Token]) -> tuple[tuple[s.Expr, ...], tuple[tuple[s.Test, ...], ...]]:
        inputs = tuple(self.node(c) for c in _expressions(tree))
        return inputs, tuple(self.tests(c) for c in _trees(tree, "tests"))

    def row(self, tree: Tree[Token]) -> s.Row:
        tests = tuple(self.tests(c) for c in _trees(tree, "tests"))
        return s.Row(
            tests=None if _tokens(tree, "OTHERWISE") else tests,
            values=tuple(self.node(c) for c in _expressions(tree)),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def tests(self, tree: Tree[Token]) -> tuple[s.Test, ...]:
        return tuple(self.node(c) for c in tree.children)

    def exactly(self, tree: Tree[Token]) -> s.Test:
        return s.Exactly(value=self.node(tree.children[0]), span=self.span(tree))

    def _range(self, tree: Tree[Token], low: bool, high: bool, low_in: bool, high_in: bool) -> s.Range:
        values = [self.node(c) for c in _expressions(tree)]
        return s.Range(
            low=values[0] if low else None,
            low_in=low_in,
            high=values[-1] if high else None,
            high_in=high_in,
            span=self.span(tree),
        )

    def at_least(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, len(_expressions(tree)) == 2, True, bool(_tokens(tree, "LEW")))

    def more_than(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, len(_expressions(tree)) == 2, False, bool(_tokens(tree, "UPTO")))

    def less_than(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, False, True, False, False)

    def at_most(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, False, True, False, True)

    def between(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, True, True, True)

    def top(self, tree: Tree[Token]) -> s.Test:
        return s.Top(count=self.node(_expressions(tree)[0]), span=self.span(tree))

    def whatever(self, tree: Tree[Token]) -> s.Test:
        return s.Whatever(span=self.span(tree))

    def absent(self, tree: Tree[Token]) -> s.Test:
        return s.Absent(span=self.span(tree))

    # -- scores --------------------------------------------------------------------------------------------------

    _LINES = ("part", "weighted", "bonus", "moves", "when_line", "when_lines", "best_lines")

    def score(self, tree: Tree[Token]) -> s.Score:
        full = _expressions(tree)
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
        limits = _trees(tree, rule)
        return self.node(_expressions(limits[0])[0]) if limits else None

    def part(self, tree: Tree[Token]) -> s.Part:
        subject, full = (self.node(c) for c in _expressions(tree))
        return s.Part(subject=subject, full=full, clause=self.clause(tree), span=self.span(tree))

    def weighted(self, tree: Tree[Token]) -> s.Weighted:
        subject, weight = (self.node(c) for c in _expressions(tree))
        return s.Weighted(subject=subject, weight=weight, clause=self.clause(tree), span=self.span(tree))

    def bonus(self, tree: Tree[Token]) -> s.Bonus:
        per = _trees(tree, "per")
        return s.Bonus(
            per=self.per(per[0]) if per else None,
            deduct=bool(_tokens(tree, "DEDUCT")),
            amount=self.node(_expressions(tree)[0]),
            cap=self._limit(tree, "cap"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def per(self, tree: Tree[Token]) -> s.Per:
        subject, unit = (self.node(c) for c in _expressions(tree))
        return s.Per(subject=subject, reading=_tokens(tree)[0].type, unit=unit, span=self.span(tree))

    def moves(self, tree: Tree[Token]) -> s.Moves:
        first, *targets = (self.node(c) for c in _expressions(tree))
        return s.Moves(subject=first, targets=tuple(targets), clause=self.clause(tree), span=self.span(tree))

    def when_line(self, tree: Tree[Token]) -> s.When:
        line = self.parts(tree, *self._LINES)
        clause = line[0].clause
        guard = self.guard(_trees(tree, "guard")[0])
        quote = self.quotes.get(tree.meta.start_pos, "")
        return s.When(guard=guard, lines=line, clause=Clause(clause.cites, quote), span=self.span(tree))

    def when_lines(self, tree: Tree[Token]) -> s.When:
        guard = self.guard(_trees(tree, "guard")[0])
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
        least = self.group(_trees(tree, "group")[0])
        return s.Require(
            head=self._head(tree),
            check=bool(_tokens(tree, "CHECK")),
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
            holds=self.node(_expressions(tree)[0]),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _guard(self, tree: Tree[Token]) -> s.Expr | None:
        guards = _trees(tree, "guard")
        return self.guard(guards[0]) if guards else None

    def rgroup(self, tree: Tree[Token]) -> s.Needs:
        return s.Needs(
            guard=self._guard(tree),
            least=self.group(_trees(tree, "group")[0]),
            lines=self.parts(tree, "rline", "rgroup"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- ranks and quotas ----------------------------------------------------------------------------------------

    def _among(self, tree: Tree[Token]) -> s.Expr | None:
        among = _trees(tree, "among")
        return self.node(_expressions(among[0])[0]) if among else None

    def _same(self, tree: Tree[Token]) -> tuple[s.Path, ...]:
        same = _trees(tree, "same")
        return self.parts(same[0], "path") if same else ()

    def rank(self, tree: Tree[Token]) -> s.Rank:
        return s.Rank(
            head=self._head(tree),
            among=self._among(tree),
            same=self._same(tree),
            orders=self.parts(tree, "by"),
            rules=self.parts(tree, "ties", "edge", "unranked"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def by(self, tree: Tree[Token]) -> s.By:
        return s.By(
            value=self.node(_expressions(tree)[0]),
            descending=bool(_tokens(tree, "DESC")),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def _rule(self, tree: Tree[Token], about: str) -> s.Rule:
        choice = _tokens(tree)[1].type
        return s.Rule(about=about, choice=choice, clause=self.clause(tree), span=self.span(tree))

    def ties(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "ties")

    def edge(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "edge")

    def unranked(self, tree: Tree[Token]) -> s.Rule:
        return self._rule(tree, "missing")

    def quota(self, tree: Tree[Token]) -> s.Quota:
        leftover = _trees(tree, "leftover")
        return s.Quota(
            head=self._head(tree),
            among=self._among(tree),
            same=self._same(tree),
            orders=self.parts(tree, "by"),
            rules=self.parts(tree, "ties", "edge", "unranked"),
            grades=self.parts(tree, "grade"),
            settings=self.parts(tree, "setting"),
            leftover=self.node(_expressions(leftover[0])[0]) if leftover else None,
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def grade(self, tree: Tree[Token]) -> s.Grade:
        return s.Grade(
            name=self.word(_tokens(tree)[0]),
            most=self.node(_expressions(tree)[0]),
            among=self._among(tree),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def setting(self, tree: Tree[Token]) -> s.Setting:
        about = _tokens(tree)[0].type
        if about == "PLACES":
            mode, step = str(_trees(tree, "rounding")[0].children[0].type), self.node(_trees(tree, "number")[0])  # type: ignore[union-attr]
            return s.Setting(about="places", choice=mode, value=step, clause=self.clause(tree), span=self.span(tree))
        values = _expressions(tree)
        return s.Setting(
            about=about.lower(),
            choice="" if values else _tokens(tree)[1].type,
            value=self.node(values[0]) if values else None,
            clause=self.clause(tree),
            span=self.span(tree),
        )

    # -- exceptions, results, what comes later -------------------------------------------------------------------

    def exception(self, tree: Tree[Token]) -> s.Exempting:
        paths, each, over = self.parts(tree, "path"), _trees(tree, "each"), _trees(tree, "over")
        heads, outputs = self.heads(_trees(tree, "heads")[0]) if _trees(tree, "heads") else ((), ())
        return s.Exempting(
            name=self.word(_token(tree, "NAME")),
            supplied=bool(_tokens(tree, "SUPPLIED")),
            target=paths[0] if paths else None,
            each=self.word(_token(each[0], "NAME")) if each else None,
            over=tuple(self.word(t) for t in _tokens(over[0], "NAME")) if over else (),
            across=self._across(tree),
            cases=self.parts(tree, "case"),
            heads=heads,
            outputs=outputs,
            rows=self.parts(tree, "row"),
            accepts=self.parts(tree, "accept"),
            clause=self.clause(tree),
            span=self.span(tree),
        )

    def allocate(self, tree: Tree[Token]) -> s.Later:
        return s.Later(what="ALLOCATE", span=self.span(_tokens(tree)[0]))

    def guarantee(self, tree: Tree[Token]) -> s.Later:
        return s.Later(what="GUARANTEE", span=self.span(_tokens(tree)[0]))

    def change(self, tree: Tree[Token]) -> s.Later:
        return s.Later(what="AMEND", span=self.span(_tokens(tree)[0]))

    def remark(self, tree: Tree[Token]) -> s.Remark:
        reason = unquoted(str(_token(tree, "STRING")))
        return s.Remark(reason=reason, clause=self.clause(tree), span=self.span(tree))

    def result(self, tree: Tree[Token]) -> s.Result:
        return s.Result(paths=self.parts(tree, "path"), clause=self.clause(tree), span=self.span(tree))

    # -- examples ------------------------------------------------------------------------------------------------

    def example(self, tree: Tree[Token]) -> s.Example:
        return s.Example(
            name=unquoted(str(_token(tree, "STRING"))),
            given=tuple(a for line in _trees(tree, "given") for a in self.parts(line, "assign")),
            expected=tuple(a for line in _trees(tree, "expect") for a in self.parts(line, "assign")),
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
            outcome = "referred" if at.type == "REFER" else "undecided"
            return s.Refer(outcome=outcome, reason="", span=self.span(at))
        return None if isinstance(at, Token) else self.node(at)

    def given_rows(self, tree: Tree[Token]) -> s.Listed:
        rows = tuple(tuple(self.cell(c) for c in _trees(row, "xcell")) for row in _trees(tree, "xrow"))
        return s.Listed(
            record=self.word(_token(tree, "NAME")),
            rows=rows,
            expect=tree.data == "expect_rows",
            span=self.span(tree),
        )

    expect_rows = given_rows

    # -- expressions ---------------------------------------------------------------------------------------------

    def all_of(self, tree: Tree[Token]) -> s.All:
        return s.All(items=tuple(self.node(c) for c in _expressions(tree)), span=self.span(tree))

    def any_of(self, tree: Tree[Token]) -> s.Any:
        return s.Any(items=tuple(self.node(c) for c in _expressions(tree)), span=self.span(tree))

    def negation(self, tree: Tree[Token]) -> s.Not:
        return s.Not(of=self.node(_expressions(tree)[0]), span=self.span(tree))

    def compare(self, tree: Tree[Token]) -> s.Compare:
        left, token, right = tree.children
        assert isinstance(token, Token)
        named = token.type in ("NOTBELOW", "NOTABOVE", "ABOVE", "BELOW")
        op = token.type if named else _OPERATORS.get(str(token), str(token))
        return s.Compare(left=self.node(left), op=op, right=self.node(right), span=self.span(tree))

    def within(self, tree: Tree[Token]) -> s.Within:
        tests = _trees(tree, "tests")[0]
        return s.Within(of=self.node(tree.children[0]), tests=self.tests(tests), span=self.span(tree))

    def is_missing(self, tree: Tree[Token]) -> s.IsMissing:
        return s.IsMissing(of=self.node(tree.children[0]), span=self.span(tree))

    def limited(self, tree: Tree[Token]) -> s.Limited:
        of, token, bound = tree.children
        assert isinstance(token, Token)
        return s.Limited(of=self.node(of), cap=token.type == "CAP", bound=self.node(bound), span=self.span(tree))

    def rounded(self, tree: Tree[Token]) -> s.Rounded:
        of, mode, step = tree.children
        assert isinstance(mode, Tree)
        return s.Rounded(of=self.node(of), mode=mode.children[0].type, step=self.node(step), span=self.span(tree))  # type: ignore[union-attr]

    def sum(self, tree: Tree[Token]) -> s.Sum:
        terms, signs, sign = [], [], 1
        for child in tree.children:
            if isinstance(child, Token):
                sign = -1 if child.type == "MINUS" else 1
            else:
                terms.append(self.node(child))
                signs.append(sign)
        return s.Sum(terms=tuple(terms), signs=tuple(signs), span=self.span(tree))

    def product(self, tree: Tree[Token]) -> s.Product:
        factors, powers, power = [], [], 1
        for child in tree.children:
            if isinstance(child, Token):
                power = -1 if str(child) == "÷" else 1
            else:
                factors.append(self.node(child))
                powers.append(power)
        return s.Product(factors=tuple(factors), powers=tuple(powers), span=self.span(tree))

    def negative(self, tree: Tree[Token]) -> s.Negative:
        return s.Negative(of=self.node(_expressions(tree)[0]), span=self.span(tree))

    def default(self, tree: Tree[Token]) -> s.Default:
        of, fallback = _expressions(tree)
        return s.Default(of=self.node(of), fallback=self.node(fallback), span=self.span(tree))

    def bracket(self, tree: Tree[Token]) -> s.Expr:
        inner: s.Expr = self.node(_expressions(tree)[0])
        return inner

    def text(self, tree: Tree[Token]) -> s.Text:
        return s.Text(value=unquoted(str(tree.children[0])), span=self.span(tree))

    def moment(self, tree: Tree[Token]) -> s.Moment:
        return self.moment_of(_token(tree, "DATE"))

    def moment_of(self, token: Token) -> s.Moment:
        return s.Moment(value=self.moment_value(token), span=self.span(token))

    def moment_value(self, token: Token) -> date | Period:
        numbers = [int(n) for n in re.findall(r"\d+", token)]
        if "Q" in token:
            return Period(numbers[0], numbers[1], "quarter")
        try:
            if len(numbers) == 3:
                return date(*numbers)
            date(numbers[0], numbers[1], 1)
        except ValueError:
            raise BadDate(self.span(token)) from None
        return Period(numbers[0], numbers[1], "month")

    def yes(self, tree: Tree[Token]) -> s.YesNo:
        return s.YesNo(value=True, span=self.span(tree))

    def no(self, tree: Tree[Token]) -> s.YesNo:
        return s.YesNo(value=False, span=self.span(tree))

    def none(self, tree: Tree[Token]) -> s.Nothing:
        return s.Nothing(span=self.span(tree))

    def as_of(self, tree: Tree[Token]) -> s.AsOf:
        return s.AsOf(span=self.span(tree))

    def number(self, tree: Tree[Token]) -> s.Number:
        first = tree.children[0]
        assert isinstance(first, Token)
        if first.type == "DECIMALS_N":
            digits = re.match(r"\d+", first)
            return s.Number(value=int(digits.group()) if digits else 0, unit="decimals", span=self.span(tree))
        unit = tree.children[1] if len(tree.children) > 1 else None
        return s.Number(value=exact(str(first)), unit=None if unit is None else str(unit), span=self.span(tree))

    def signed(self, tree: Tree[Token]) -> s.Number:
        number = self.number(_trees(tree, "number")[0])
        if _tokens(tree, "MINUS"):
            return s.Number(value=-number.value, unit=number.unit, span=self.span(tree))
        return number

    def path(self, tree: Tree[Token]) -> s.Path:
        anchors = [t.type.lower() for t in _tokens(tree, "THIS", "PREVIOUS")]
        names = tuple(self.word(t) for t in _tokens(tree, "NAME"))
        return s.Path(names=names, anchor=anchors[0] if anchors else "", span=self.span(tree))

    def call(self, tree: Tree[Token]) -> s.Call:
        names, functions = _tokens(tree, "NAME"), _trees(tree, "func")
        token = functions[0].children[0] if functions else names.pop(0)
        assert isinstance(token, Token)
        return s.Call(
            name=self.word(token),
            function=token.type if functions else "",
            arguments=tuple(self.node(c) for c in _expressions(tree)),
            member=self.word(names[0]) if names else None,
            span=self.span(tree),
        )

    def fold(self, tree: Tree[Token]) -> s.Fold:
        where, by, pick = (_trees(tree, rule) for rule in ("where", "by_path", "pick"))
        folding = _trees(tree, "folding")[0].children[0]
        assert isinstance(folding, Token)
        return s.Fold(
            kind=folding.type,
            everyone=bool(_tokens(tree, "ALL")),
            path=self.parts(tree, "path")[0],
            same=self._same(tree),
            where=self.node(_expressions(where[0])[0]) if where else None,
            by=self.parts(by[0], "path")[0] if by else None,
            pick=self.pick(pick[0]) if pick else None,
            span=self.span(tree),
        )

    def pick(self, tree: Tree[Token]) -> s.Pick:
        each = self.parts(tree, "path")
        return s.Pick(
            each=each[0] if each else None,
            best=bool(_tokens(tree, "BEST")),
            count=self.node(_trees(tree, "number")[0]),
            span=self.span(tree),
        )


_EXPRESSIONS = frozenset(
    [
        "all_of",
        "any_of",
        "negation",
        "compare",
        "within",
        "is_missing",
        "limited",
        "rounded",
        "sum",
        "product",
        "negative",
        "default",
        "bracket",
        "text",
        "moment",
        "yes",
        "no",
        "none",
        "as_of",
        "path",
        "call",
        "fold",
        "number",
        "effect",
    ]
)


def _expressions(tree: Tree[Token]) -> list[Tree[Token]]:
    return [c for c in tree.children if isinstance(c, Tree) and c.data in _EXPRESSIONS]


def _trees(tree: Tree[Token], rule: str) -> list[Tree[Token]]:
    return [c for c in tree.children if isinstance(c, Tree) and c.data == rule]


def _tokens(tree: Tree[Token], *types: str) -> list[Token]:
    return [c for c in tree.children if isinstance(c, Token) and (not types or c.type in types)]


def _token(tree: Tree[Token], kind: str) -> Token:
    return _tokens(tree, kind)[0]


def _first_word(child: Any) -> bool:
    return isinstance(child, Token) and child.type in ("POLICY", "AMEND", "EXAMPLE")
