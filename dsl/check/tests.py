"""Cell tests: `90 以上`, `75 以上 不满 90`, `前 5`, `缺`, and lists of them, as conditions on what a column holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsl.check import amounts
from dsl.check.keyword_values import declared
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr
from policy.diagnostic import replaced
from policy.source import Span
from policy.types import Calendar, Choice, Number, Reference, Type, judged

if TYPE_CHECKING:
    from dsl.check.context import Place
    from dsl.check.expressions import Expressions


def any_of(expressions: Expressions, of: Expr, tests: tuple[s.Test, ...], place: Place) -> Expr | None:
    """The condition that one of the tests holds of `of`; None where that is always so."""
    guards = [one(expressions, of, test, place) for test in tests]
    if any(guard is None for guard in guards):
        return None
    known = [guard for guard in guards if guard is not None]
    if len(known) == 1:
        return known[0]
    span = tests[0].span.to(tests[-1].span)
    return core.AtLeast(count=1, items=tuple(known), type=judged(*(g.type for g in known)), span=span)


def one(expressions: Expressions, of: Expr, test: s.Test, place: Place) -> Expr | None:
    """The condition of one test."""
    match test:
        case s.Whatever():
            if (word := declared(test, _values(of))) is not None:
                raise expressions.ambiguous(word, of.span.text, test.span)
            return None
        case s.Absent():
            if (word := declared(test, _values(of))) is not None:
                return _value_or_absent(expressions, of, word, test)
            return expressions.missing(of, None, test.span)
        case s.Exactly():
            return _exactly(expressions, of, test, place)
        case s.Range():
            return _range(expressions, of, test, place)
        case s.Top():
            return _top(expressions, of, test, place)
        case _:
            assert_never(test)


def _values(of: Expr) -> tuple[str, ...]:
    """The words that are declared for a value: those of its choice, and those for missing."""
    return (*(of.type.kind.values if isinstance(of.type.kind, Choice) else ()), *of.type.codes)


def _value_or_absent(expressions: Expressions, of: Expr, word: str, test: s.Absent) -> Expr:
    """`缺` where 缺 is itself a value: the value, unless there may be none."""
    if of.type.missing or of.type.codes:
        raise expressions.ambiguous(word, of.span.text, test.span)
    value = core.Const(value=word, type=Type(of.type.kind), span=test.span)
    return expressions.compared(of, "=", value, test.span)


def _exactly(expressions: Expressions, of: Expr, test: s.Exactly, place: Place) -> Expr:
    word = test.value.names[0].text if isinstance(test.value, s.Path) and len(test.value.names) == 1 else ""
    word = test.value.value if isinstance(test.value, s.Text) else word
    if word and word in of.type.codes:
        return expressions.missing(of, word, test.span)
    if isinstance(of.type.kind, Number) and isinstance(test.value, s.Sum):
        _looks_like_range(expressions, test.value)
    value = expressions.beside(of, test.value, place)
    return expressions.compared(of, "=", value, test.span)


def _looks_like_range(expressions: Expressions, value: s.Sum) -> None:
    """`80-89` in a cell is meant as a range, not as minus nine."""
    if len(value.terms) == 2 and value.signs == (1, -1) and all(isinstance(t, s.Number) for t in value.terms):
        low, high = (t.span.text for t in value.terms)
        raise expressions.findings.refuse(
            "ZS318", value.span, low=low, high=high, fix=replaced(value.span, f"{low}..{high}")
        )


def _range(expressions: Expressions, of: Expr, test: s.Range, place: Place) -> Expr:
    if not isinstance(of.type.kind, Number | Calendar):
        kind = expressions.kind_word(of.type.kind)
        raise expressions.findings.refuse("ZS319", test.span, what=of.span.text, kind=kind, test=test.span.text)
    guards = []
    low = expressions.value(test.low, place, of.type.kind) if test.low is not None else None
    high = expressions.value(test.high, place, of.type.kind) if test.high is not None else None
    low, high = _share_unit(expressions, of, low, high)
    if low is not None:
        guards.append(expressions.compared(of, "≥" if test.low_in else ">", low, test.span))
    if high is not None:
        guards.append(expressions.compared(of, "≤" if test.high_in else "<", high, test.span))
    _not_empty(expressions, low, high, test)
    if len(guards) == 1:
        return guards[0]
    return core.All(items=tuple(guards), type=judged(*(g.type for g in guards)), span=test.span)


def _share_unit(
    expressions: Expressions, of: Expr, low: Expr | None, high: Expr | None
) -> tuple[Expr | None, Expr | None]:
    """`500-1000 万元`: a bound without a unit takes that of the other bound, where that is written beside it."""
    if low is None or high is None:
        return low, high
    first, last = low.type.kind, high.type.kind
    if not isinstance(first, Number) or not isinstance(last, Number) or first.bare == last.bare:
        return low, high
    if not isinstance(high if first.bare else low, core.Const):
        amounts.agree(expressions.findings, [of, low, high], low.span, "compare")
    return amounts.adopt(low, last.unit), amounts.adopt(high, first.unit)


def _not_empty(expressions: Expressions, low: Expr | None, high: Expr | None, test: s.Range) -> None:
    if not (isinstance(low, core.Const) and isinstance(high, core.Const)):
        return
    first, last = low.value, high.value
    if first > last or (first == last and not (test.low_in and test.high_in)):  # type: ignore[operator]
        raise expressions.findings.refuse("ZS320", test.span, test=test.span.text)


def _top(expressions: Expressions, of: Expr, test: s.Top, place: Place) -> Expr:
    if not isinstance(of, core.Ref) or not (isinstance(of.type.kind, Number) and of.type.kind.place):
        raise expressions.findings.refuse("ZS501", test.span, what=of.span.text)
    record = of.of.type.kind.record if isinstance(of.of.type.kind, Reference) else ""
    rank = expressions.symbols.owned.get((record, of.name))
    if isinstance(rank, s.Rank) and not any(rule.about == "edge" or rule.choice == "DENSE" for rule in rank.rules):
        raise expressions.findings.refuse("ZS503", test.span, name=of.name)
    below = expressions.symbols.below.definitions.get((record, of.name))
    ranking = below.ranking if below is not None else None
    if ranking is not None and ranking.edge is None and ranking.ties != "dense":
        raise expressions.findings.refuse("ZS503", test.span, name=of.name)
    count = _places(expressions, test.count, place)
    if _is_share(count) and not isinstance(count, core.Rounded):
        raise expressions.findings.refuse("ZS502", test.span, test=test.span.text)
    return core.InTop(of=of, count=count, share=_is_share(count), type=judged(of.type, count.type), span=test.span)


def _places(expressions: Expressions, count: s.Expr, place: Place) -> Expr:
    """How many: a number, or a share rounded to whole places (`30% 进位到 1 名`), which stays a share by its type."""
    if isinstance(count, s.Rounded):
        share = expressions.number(count.of, place)
        if _is_share(share):
            if count.step.unit == "decimals" or count.step.value != int(count.step.value) or count.step.value < 1:
                raise expressions.findings.refuse("ZS524", count.step.span)
            mode, step = expressions.rounding(count.mode), int(count.step.value)
            return core.Rounded(of=share, mode=mode, step=step, type=share.type, span=count.span)
    return expressions.number(count, place)


def _is_share(expr: Expr) -> bool:
    unit = amounts.of(expr).unit
    return unit is not None and unit.family == "ratio"


def text_of(span: Span) -> str:
    """What is written at a span, on one line."""
    return " ".join(span.text.split())
