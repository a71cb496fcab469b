"""The quoted source text of a document, each quote with its statement and whether that is a rule or a remark.

The surface document is walked as it is, whatever nodes it has: what bears a clause may bear a quote. A quote that
stands where nothing can bear it (before an example, say) is found all the same and belongs to no statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dsl.syntax import surface as s
from dsl.syntax import text
from dsl.syntax.reader_values import quotes
from policy.source import Clause, Span

RULE, REMARK, NOWHERE = "rule", "remark", "nowhere"
"""What a quote stands before: a rule, a remark that it is none, or nothing that could bear it."""


class Quote(Struct, frozen=True):
    """Source text as quoted. `span` is what it stands before, `cites` the nearest citations of that.

    `statement` is the beginning of the statement as its author wrote it (定义 合格), `reason` why it is no rule.
    """

    text: str
    kind: str
    statement: str
    cites: tuple[str, ...]
    span: Span
    reason: str = ""


def quotes_of(document: s.Document) -> tuple[Quote, ...]:
    """Every quote of a document in the order of its text."""
    source = document.span.source
    found: dict[int, Quote] = {}
    written = quotes(text.plain(source.text))
    for statement in document.statements:
        for span, clause in _clauses(statement, Clause()):
            if clause.quote:
                found.setdefault(span.start, _quote(statement, span, clause))
        if isinstance(statement, s.Later) and statement.span.start in written:
            clause = Clause((), written[statement.span.start])
            found[statement.span.start] = _quote(statement, statement.span, clause)
    for at, quoted in written.items():
        if at not in found:
            found[at] = Quote(quoted, NOWHERE, "", (), Span(source, at, at))
    return tuple(found[at] for at in sorted(found))


def _quote(statement: s.Statement, span: Span, clause: Clause) -> Quote:
    if isinstance(statement, s.Remark):
        return Quote(clause.quote, REMARK, label(statement), clause.cites, span, statement.reason)
    return Quote(clause.quote, RULE, label(statement), clause.cites, span)


def _clauses(node: Any, around: Clause) -> Iterator[tuple[Span, Clause]]:
    """Every clause in a node, with the span of what bears it; citations not given are those of what is around it."""
    if isinstance(node, tuple):
        for each in node:
            yield from _clauses(each, around)
    elif isinstance(node, s.Node):
        own = getattr(node, "clause", None)
        if isinstance(own, Clause):
            around = Clause(own.cites or around.cites, own.quote)
            yield node.span, around
        for name in node.__struct_fields__:
            yield from _clauses(getattr(node, name), around)


def label(statement: s.Statement) -> str:
    """A statement's beginning up to its name, as written: `定义 课程.得分`, `例外 违规影响`."""
    start, end = statement.span.start, statement.span.end
    name = _name(statement)
    shown = statement.span.source.text[start : name.span.end if name is not None else end]
    return " ".join(shown.split()) if name is not None else shown.split()[0]


def _name(statement: s.Statement) -> s.Node | None:
    """The part of a statement that names it."""
    match statement:
        case s.Define(head=head) | s.Table(head=head) | s.Score(head=head) | s.Require(head=head):
            return head.path
        case s.Rank(head=head) | s.Quota(head=head):
            return head.path
        case s.Data(name=name) | s.Choice(name=name) | s.Param(name=name) | s.Exempting(name=name):
            return name
        case _:
            return None
