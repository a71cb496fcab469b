"""Examples: what they give and expect, read as values of the field or definition that each names."""

from __future__ import annotations

from dsl.check import amounts
from dsl.check.context import Place, Untypable
from dsl.check.expressions import Expressions
from dsl.check.keyword_values import declared, of_choice
from dsl.check.unknown import unknown
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr, Given
from policy.diagnostic import Reason, replaced
from policy.identity import fault_of
from policy.source import Span
from policy.types import DAY, Kind, Nothing, Number, Reference, Text, Type
from policy.values import Missing, Referred, Undecided


def example(x: Expressions, statement: s.Example) -> core.Example:
    """An example with its values read."""
    main = x.symbols.main
    return core.Example(
        name=statement.name,
        given=_assignments(x, statement.given, main),
        expected=_assignments(x, statement.expected, main),
        rows=tuple(_rows(x, listed) for listed in statement.listed if not listed.expect),
        wanted=tuple(_rows(x, listed) for listed in statement.listed if listed.expect),
        span=statement.span,
    )


def _assignments(x: Expressions, assigns: tuple[s.Assign, ...], record: str) -> tuple[Given, ...]:
    given: list[Given] = []
    failed = False
    for assign in assigns:
        try:
            given.append(_assigned(x, assign, record))
        except Untypable:
            failed = True
    if failed:
        raise Untypable
    return tuple(given)


def _assigned(x: Expressions, assign: s.Assign, record: str) -> Given:
    place = Place((record,))
    if assign.special == "ASOF":
        return Given(core.AsOf(type=DAY), "基准日", _value(x, assign.value, DAY, place, "基准日"), assign.span)
    if assign.special == "RESULT":
        return Given(core.Whole(), "结局", _value(x, assign.value, Type(Nothing()), place, "结局"), assign.span)
    assert assign.target is not None
    return _given(x, assign.target.names[-1], assign.value, record, assign.span)


def _given(x: Expressions, word: s.Word, value: s.Outcome | None, record: str, span: Span) -> Given:
    target = _target(x, word, record)
    found = _declared(x, value, target.type, word, span)
    if found is None:
        found = _value(x, value, target.type, Place((record,)), word.text)
    return Given(target, word.text, found, span)


def _declared(x: Expressions, value: s.Outcome | None, into: Type, word: s.Word, span: Span) -> object:
    """A word of the language that is a declared value here: the value, or one of those for missing; else None."""
    chosen, code = of_choice(value, into.kind), declared(value, into.codes)
    if (found := chosen or code) is None or isinstance(value, s.YesNo):
        return None
    lacking = value is None and bool(into.missing or into.codes)
    none = isinstance(value, s.Nothing) and into.none
    if lacking or none or isinstance(value, s.Refer) or (chosen and code):
        raise x.ambiguous(found, word.text, span if value is None else value.span)
    return chosen or Missing(word.text, found)


def _target(x: Expressions, word: s.Word, record: str) -> core.Get | core.Ref:
    """The field, definition or parameter that an example speaks of."""
    found = x.member(core.Me(depth=0, type=Type(Reference(record))), record, word)
    if found is None and (word.text in x.symbols.params or ("", word.text) in x.symbols.below.visible):
        into = x.definitions.type_of("", word.text, word.span)
        found = core.Ref(of=core.Me(depth=0, type=Type(Nothing())), name=word.text, record="", type=into)
    if isinstance(found, core.Get | core.Ref):
        return found
    if word.text in ("结局", "outcome"):
        meant = "结果" if x.findings.language == "zh" else "result"
        raise x.findings.refuse("ZS201", word.span, fix=replaced(word.span, meant), name=word.text, near=meant)
    raise unknown(x.findings, x.symbols, word, Place((record,)), None)


def _value(x: Expressions, value: s.Outcome | None, into: Type, place: Place, name: str) -> object:
    if value is None:
        return Missing(name)
    if isinstance(value, s.Refer):
        reason = (Reason("ZS840", (("reason", value.reason),)),) if value.reason else ()
        return Referred(reason) if value.outcome == "referred" else Undecided(reason)
    if isinstance(value, s.Void) and value.span.text in into.codes:
        return Missing(name, value.span.text)
    if isinstance(value, s.Bound | s.Shift | s.Void):
        raise x.findings.refuse("ZS325", value.span, what=value.span.text)
    word = value.names[0].text if isinstance(value, s.Path) and len(value.names) == 1 else ""
    word = value.value if isinstance(value, s.Text) else word
    if word in into.codes:
        return Missing(name, word)
    return _constant(x, value, into.kind, place)


def _identity(x: Expressions, value: s.Expr) -> str:
    """An identity number, which has to be one as it has in the data."""
    number = value.value if isinstance(value, s.Text) else "".join(value.span.text.split())
    if fault_of(number) is not None:
        raise x.findings.refuse("ZS388", value.span, given=number)
    return number


def _constant(x: Expressions, value: s.Expr, kind: Kind, place: Place) -> object:
    if isinstance(kind, Text) and kind.identity:
        return _identity(x, value)
    if isinstance(kind, Text | Reference) and isinstance(value, s.Path | s.Number):
        return value.span.text
    found = x.value(value, place, kind)
    if isinstance(found.type.kind, Nothing):
        return _literal(x, found)
    if isinstance(kind, Number) and isinstance(found.type.kind, Number):
        like = core.Const(value=0, type=Type(kind), span=value.span)
        if (
            found.type.kind.bare
            and kind.unit is not None
            and kind.unit.family == "ratio"
            and not amounts.is_zero(found)
        ):
            raise x.findings.refuse("ZS306", value.span, number=value.span.text)
        (_, found), _ = amounts.agree(x.findings, [like, found], value.span, "example")
        return _number(x, found)
    if not isinstance(kind, Nothing):
        like = core.Const(value=None, type=Type(kind), span=value.span)
        x.same_kind(like, found, value.span)
    return _literal(x, found)


def _number(x: Expressions, found: Expr) -> object:
    kind = amounts.of(found)
    if kind.low is None or kind.low != kind.high:
        raise x.findings.refuse("ZS327", found.span)
    return kind.low


def _literal(x: Expressions, found: Expr) -> object:
    if not isinstance(found, core.Const):
        raise x.findings.refuse("ZS327", found.span)
    return found.value


def _rows(x: Expressions, listed: s.Listed) -> tuple[str, tuple[tuple[Given, ...], ...]]:
    record = listed.record.text
    if record not in x.symbols.records:
        near = x.symbols.near(record, list(x.symbols.records))
        raise x.findings.refuse("ZS202", listed.record.span, name=record, near=near)
    heads = [_column(x, cell, listed) for cell in listed.rows[0]]
    for word in heads:
        _target(x, word, record)
    rows = []
    for row in listed.rows[1:]:
        if len(row) != len(heads):
            raise x.findings.refuse("ZS404", listed.span, found=len(row), wanted=len(heads), side="")
        cells = zip(heads, row, strict=True)
        rows.append(tuple(_given(x, word, cell, record, word.span) for word, cell in cells))
    return record, tuple(rows)


def _column(x: Expressions, cell: s.Outcome | None, listed: s.Listed) -> s.Word:
    if isinstance(cell, s.Path) and len(cell.names) == 1:
        return cell.names[0]
    raise x.findings.refuse("ZS328", listed.span)
