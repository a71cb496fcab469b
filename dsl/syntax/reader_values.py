"""The parse tree's expressions, cell tests and small parts as surface nodes, by the rule's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from dsl.syntax import surface as s
from dsl.syntax.tree import Token, Tree
from policy.source import NO_CLAUSE, Clause, Source, Span
from policy.units import Exact
from policy.values import Period

_QUOTED = re.compile(r"[ \t\u3000]*>[ \t]?(.*)")
_SILENT = re.compile(r"[ \t\u3000]*(?:#.*)?")
_OPERATORS = {"==": "=", ">=": "≥", "<=": "≤", "!=": "≠", "<>": "≠"}


class BadDate(Exception):  # noqa: N818
    """A date that the calendar does not have."""

    def __init__(self, span: Span) -> None:
        super().__init__(span.text)
        self.span = span


def quotes(plain: str) -> dict[int, str]:
    """Quoted source text by the offset of what it stands before; blank lines and comments may lie between."""
    found: dict[int, str] = {}
    pending: list[str] = []
    start = 0
    for line in plain.split("\n"):
        if quoted := _QUOTED.fullmatch(line):
            pending.append(quoted.group(1).strip())
        elif pending and not _SILENT.fullmatch(line):
            found[start + len(line) - len(line.lstrip(" \t\u3000"))] = "\n".join(pending)
            pending = []
        start += len(line) + 1
    return found


def exact(text: str) -> Exact:
    """The number written in `text`."""
    return int(text) if text.isdigit() else Fraction(text)


def unquoted(text: str) -> str:
    """A name or string without its quotes."""
    return text[1:-1] if text[:1] in '「`“”"＂' else text


def written_end(text: str, start: int, end: int) -> int:
    """The end of what is written, without the blanks, comments and quotes that came with the line break."""
    while True:
        while end > start and text[end - 1 : end] in " \t\r\n\u3000":
            end -= 1
        line = text.rfind("\n", start, end) + 1
        if line <= start or text[line:end].lstrip(" \t\u3000")[:1] not in ("#", "＃", ">", "＞"):
            return end
        end = line


class ValueReader:
    """Functions by rule name for what has a value; each takes a tree and gives a node."""

    def __init__(self, source: Source, plain: str, english: frozenset[str]) -> None:
        self.source = source
        self.quotes = quotes(plain)
        self.english = english

    # -- small parts ---------------------------------------------------------------------------------------------

    def span(self, at: Tree[Token] | Token) -> Span:
        start = at.start or 0
        end = at.end or start
        return Span(self.source, start, written_end(self.source.text, start, end))

    def word(self, token: Token) -> s.Word:
        return s.Word(text=unquoted(str(token)), span=self.span(token))

    def clause(self, tree: Tree[Token]) -> Clause:
        """Citations of a statement or line, and the quote that stands before it."""
        cites = [c for c in tree.children if isinstance(c, Tree) and c.data == "cites"]
        words = tuple(str(t)[1:-1].strip() for t in cites[0].children) if cites else ()
        quote = self.quotes.get(tree.start, "") if tree.start is not None else ""
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

    # -- tests in cells ----------------------------------------------------------------------------------------

    def tests(self, tree: Tree[Token]) -> tuple[s.Test, ...]:
        return tuple(self.node(c) for c in tree.children)

    def exactly(self, tree: Tree[Token]) -> s.Test:
        return s.Exactly(value=self.node(tree.children[0]), span=self.span(tree))

    def _range(self, tree: Tree[Token], low: bool, high: bool, low_in: bool, high_in: bool) -> s.Range:
        values = [self.node(c) for c in expressions(tree)]
        return s.Range(
            low=values[0] if low else None,
            low_in=low_in,
            high=values[-1] if high else None,
            high_in=high_in,
            span=self.span(tree),
        )

    def at_least(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, len(expressions(tree)) == 2, True, bool(tokens(tree, "LEW")))

    def more_than(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, len(expressions(tree)) == 2, False, bool(tokens(tree, "UPTO")))

    def less_than(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, False, True, False, False)

    def at_most(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, False, True, False, True)

    def between(self, tree: Tree[Token]) -> s.Test:
        return self._range(tree, True, True, True, True)

    def top(self, tree: Tree[Token]) -> s.Test:
        return s.Top(count=self.node(expressions(tree)[0]), span=self.span(tree))

    def whatever(self, tree: Tree[Token]) -> s.Test:
        return s.Whatever(span=self.span(tree))

    def absent(self, tree: Tree[Token]) -> s.Test:
        return s.Absent(span=self.span(tree))

    # -- expressions ---------------------------------------------------------------------------------------------

    def all_of(self, tree: Tree[Token]) -> s.All:
        return s.All(items=tuple(self.node(c) for c in expressions(tree)), span=self.span(tree))

    def any_of(self, tree: Tree[Token]) -> s.Any:
        return s.Any(items=tuple(self.node(c) for c in expressions(tree)), span=self.span(tree))

    def negation(self, tree: Tree[Token]) -> s.Not:
        return s.Not(of=self.node(expressions(tree)[0]), span=self.span(tree))

    def compare(self, tree: Tree[Token]) -> s.Compare:
        left, token, right = tree.children
        assert isinstance(token, Token)
        named = token.type in ("NOTBELOW", "NOTABOVE", "ABOVE", "BELOW")
        op = token.type if named else _OPERATORS.get(str(token), str(token))
        return s.Compare(left=self.node(left), op=op, right=self.node(right), span=self.span(tree))

    def within(self, tree: Tree[Token]) -> s.Within:
        tests = trees(tree, "tests")[0]
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
        return s.Negative(of=self.node(expressions(tree)[0]), span=self.span(tree))

    def default(self, tree: Tree[Token]) -> s.Default:
        of, fallback = expressions(tree)
        return s.Default(of=self.node(of), fallback=self.node(fallback), span=self.span(tree))

    def bracket(self, tree: Tree[Token]) -> s.Expr:
        inner: s.Expr = self.node(expressions(tree)[0])
        return inner

    def text(self, tree: Tree[Token]) -> s.Text:
        return s.Text(value=unquoted(str(tree.children[0])), span=self.span(tree))

    def moment(self, tree: Tree[Token]) -> s.Moment:
        return self.moment_of(token(tree, "DATE"))

    def moment_of(self, token: Token) -> s.Moment:
        return s.Moment(value=self.moment_value(token), span=self.span(token))

    def moment_value(self, token: Token) -> date | Period:
        numbers = [int(n) for n in re.findall(r"\d+", token)]
        try:
            if "Q" in token:
                date(numbers[0], 1, 1)
                return Period(numbers[0], numbers[1], "quarter")
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
        number = self.number(trees(tree, "number")[0])
        if tokens(tree, "MINUS"):
            return s.Number(value=-number.value, unit=number.unit, span=self.span(tree))
        return number

    def path(self, tree: Tree[Token]) -> s.Path:
        anchors = [t.type.lower() for t in tokens(tree, "THIS", "PREVIOUS", "FOLLOWING")]
        names = tuple(self.word(t) for t in tokens(tree, "NAME"))
        return s.Path(names=names, anchor=anchors[0] if anchors else "", span=self.span(tree))

    def call(self, tree: Tree[Token]) -> s.Call:
        names, functions = tokens(tree, "NAME"), trees(tree, "func")
        token = functions[0].children[0] if functions else names.pop(0)
        assert isinstance(token, Token)
        return s.Call(
            name=self.word(token),
            function=token.type if functions else "",
            arguments=tuple(self.node(c) for c in expressions(tree)),
            member=self.word(names[0]) if names else None,
            span=self.span(tree),
        )

    def same(self, tree: Tree[Token]) -> tuple[s.Path, ...]:
        same = trees(tree, "same")
        return self.parts(same[0], "path") if same else ()

    def fold(self, tree: Tree[Token]) -> s.Fold:
        where, by, pick = (trees(tree, rule) for rule in ("where", "by_path", "pick"))
        folding = trees(tree, "folding")[0].children[0]
        assert isinstance(folding, Token)
        of = self.node(expressions(tree)[0])
        return s.Fold(
            kind=folding.type,
            everyone=bool(tokens(tree, "ALL")),
            path=of if isinstance(of, s.Path) else _record_path(of),
            item=None if isinstance(of, s.Path) else of,
            same=self.same(tree),
            where=self.node(expressions(where[0])[0]) if where else None,
            by=self.parts(by[0], "path")[0] if by else None,
            pick=self.pick(pick[0]) if pick else None,
            span=self.span(tree),
        )

    def pick(self, tree: Tree[Token]) -> s.Pick:
        each = self.parts(tree, "path")
        return s.Pick(
            each=each[0] if each else None,
            best=not tokens(tree, "WORST"),
            newest=bool(tokens(tree, "NEWEST")),
            count=self.node(trees(tree, "number")[0]),
            span=self.span(tree),
        )


def _record_path(of: s.Expr) -> s.Path:
    """The first path with a dot in what is made of each record, which names the record: `课程.成绩 × 学分`."""
    waiting: list[object] = [of]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, s.Path):
            if len(node.names) > 1 and not node.anchor:
                return node
        elif isinstance(node, tuple):
            waiting = [*node, *waiting]
        elif isinstance(node, s.Node):
            waiting = [*(getattr(node, name) for name in node.__struct_fields__ if name != "span"), *waiting]
    word = s.Word(text=of.span.text, span=of.span)
    return s.Path(names=(word,), anchor="", span=of.span)


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


def expressions(tree: Tree[Token]) -> list[Tree[Token]]:
    return [c for c in tree.children if isinstance(c, Tree) and c.data in _EXPRESSIONS]


def trees(tree: Tree[Token], rule: str) -> list[Tree[Token]]:
    return [c for c in tree.children if isinstance(c, Tree) and c.data == rule]


def tokens(tree: Tree[Token], *types: str) -> list[Token]:
    return [c for c in tree.children if isinstance(c, Token) and (not types or c.type in types)]


def token(tree: Tree[Token], kind: str) -> Token:
    return tokens(tree, kind)[0]
