"""Definitions by one expression or by cases, and conditions (条件)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from dsl.check import bands
from dsl.check.context import Place, Untypable
from dsl.check.expressions import Expressions
from dsl.check.keyword_values import of_choice
from dsl.check.tests import text_of
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr
from policy.diagnostic import above
from policy.kinds import Choosing, Operator
from policy.numerals import with_unit
from policy.source import Clause, Span
from policy.types import Choice, Kind, Nothing, Number, Type, judged
from policy.units import Exact


def define(x: Expressions, statement: s.Define, place: Place) -> Expr:
    """The expression of a `定义`."""
    name = statement.head.path.names[-1].text
    expected: Kind | None = x.symbols.choices.get(name)
    if statement.value is not None:
        return x.value(statement.value, place, expected)
    arms = cases(x, statement.cases, place, expected or wanted(x, statement.cases, place), statement.in_order)
    mode: Choosing = "first" if statement.in_order else "unique"
    found = switch(x, mode, arms, statement.span)
    bands.of_cases(x, found)
    return found


def wanted(x: Expressions, given: tuple[s.Case, ...], place: Place) -> Kind | None:
    """The choice that all values written in cases are values of, if there is exactly one such choice."""
    return choice_of(x, [case.value for case in _leaves(given)], place, given[0].span)


def choice_of(x: Expressions, cells: list[s.Outcome | None], place: Place, span: Span) -> Kind | None:
    """The choice that bare words mean the values of: the one that has most of them.

    Words of which no choice knows any are values that were never declared; that is said once, with the line to add.
    """
    words = list(dict.fromkeys(w for cell in cells if (w := _word(cell)) is not None))
    unknown = [word for word in words if not x.symbols.knows(word, place.records)]
    if not unknown:
        return None
    best = max(_choices(x, place), key=lambda c: sum(w in c.values for w in unknown), default=None)
    if best is not None and any(w in best.values for w in unknown):
        return best
    if len(unknown) > 1 and unknown == words:
        x.findings.report("ZS222", span, values=tuple(unknown), fix=above(span, _declaration(x, unknown, span)))
        raise Untypable
    return None


def _declaration(x: Expressions, values: list[str], span: Span) -> str:
    """The line that declares some words as the values of a choice, best first as they stand."""
    from dsl.syntax.parser import lexicon

    keyword = lexicon().by_token["CHOICE"].spelled(x.findings.language)
    name = "等级" if x.findings.language == "zh" else "grade"
    name = span.text if span.text.isidentifier() else name
    return f"{keyword} {name} = {' > '.join(values)}"


def _choices(x: Expressions, place: Place) -> list[Choice]:
    fields = [f.type.kind for r in place.records if r in x.symbols.records for f in x.symbols.records[r].fields]
    return [*x.symbols.choices.values(), *(k for k in fields if isinstance(k, Choice))]


def _leaves(given: tuple[s.Case, ...]) -> list[s.Case]:
    return [leaf for case in given for leaf in (_leaves(case.cases) if case.cases else [case])]


def _word(value: s.Outcome | None) -> str | None:
    return value.names[0].text if isinstance(value, s.Path) and len(value.names) == 1 and not value.anchor else None


def cases(
    x: Expressions, given: tuple[s.Case, ...], place: Place, expected: Kind | None, in_order: bool = False
) -> list[Arm]:
    """Arms of cases; nested ones hold where their own condition and that of the block hold."""
    arms: list[Arm] = []
    failed = False
    earlier: list[Expr] = []
    for case in given:
        try:
            passed = earlier if in_order or case.guard is None else []
            with x.findings.under(*((guard, False) for guard in passed)):
                guard = x.condition(case.guard, place) if case.guard is not None else None
                with x.findings.under((guard, True)):
                    arms.extend(_arms_of(x, case, guard, place, (expected, in_order)))
            earlier += [guard] if guard is not None else []
        except Untypable:
            failed = True
    if failed:
        raise Untypable
    return arms


def _arms_of(
    x: Expressions, case: s.Case, guard: Expr | None, place: Place, how: tuple[Kind | None, bool]
) -> list[Arm]:
    """The arm of a case, or those of the cases under it."""
    if not case.cases:
        return [Arm(guard, outcome(x, case.value, place, how[0]), case.clause, case.span)]
    inner = cases(x, case.cases, place, *how)
    return [_nested(guard, inner, arm, case) for arm in inner]


def _nested(outer: Expr | None, siblings: list[Arm], arm: Arm, block: s.Case) -> Arm:
    """An arm of a block: where the block's condition and its own hold; its 否则 is that none of its siblings holds."""
    guard = outer
    if arm.guard is not None:
        guard = both(outer, arm.guard)
    else:
        for other in (o.guard for o in siblings if o.guard is not None):
            guard = both(guard, fails(other, arm.span))
    return Arm(guard, arm.value, arm.clause.within(block.clause), arm.span)


def both(outer: Expr | None, inner: Expr | None) -> Expr | None:
    """The condition that two conditions hold, either of which may be no condition."""
    if outer is None or inner is None:
        return inner or outer
    return core.All(items=(outer, inner), type=judged(outer.type, inner.type), span=inner.span)


def fails(guard: Expr, span: Span) -> Expr:
    """The condition that a guard does not hold: a guard that is 无 does not, though its contrary is 无 too."""
    if guard.type.none:
        guard = core.All(items=(guard,), type=judged(guard.type), span=guard.span)
    return core.Not(of=guard, type=guard.type, span=span)


def outcome(x: Expressions, value: s.Outcome | None, place: Place, expected: Kind | None) -> Expr:
    """What a case or row gives where no exception is concerned: a value, 转人工 or 未决."""
    match value:
        case s.Refer():
            into = Type(Nothing(), open=True)
            return core.Refer(outcome=value.outcome, reason=value.reason, type=into, span=value.span)
        case s.Void() if isinstance(expected, Choice) and (word := of_choice(value, expected)) is not None:
            return core.Const(value=word, type=Type(expected), span=value.span)
        case s.Bound() | s.Shift() | s.Void():
            raise x.findings.refuse("ZS325", value.span, what=value.span.text)
        case None:
            raise AssertionError("a case has a value or cases")
        case _:
            return x.value(value, place, expected)


def switch(x: Expressions, mode: Choosing, arms: list[Arm], span: Span) -> core.Switch:
    """Arms brought to one type; 否则 must be the last and the only one."""
    for arm in arms[:-1]:
        if arm.guard is None:
            raise x.findings.refuse("ZS401", arm.span)
    arms = _codes_apart(arms)
    values, into = x.together([arm.value for arm in arms], span)
    guards = [arm.guard.type for arm in arms if arm.guard is not None]
    brought = tuple(Arm(a.guard, v, a.clause, a.span) for a, v in zip(arms, values, strict=True))
    uncovered = mode in ("first", "highest") and arms[-1].guard is not None
    opened = into.open or mode == "unique" or uncovered or any(g.missing or g.open for g in guards)
    missing = into.missing or any(g.missing for g in guards)
    return core.Switch(mode=mode, arms=brought, type=Type(into.kind, missing, (), into.none, opened), span=span)


def _codes_apart(arms: list[Arm]) -> list[Arm]:
    """Where one case names 缺 or a declared word for it (`笔试 = 缺考`), the others' comparisons with that value do not
    hold for that word.

    Without this a person whose 缺考 has a row of its own would be undecided, because 缺考 compares with nothing.
    """
    named = [list(_asked(arm.guard)) if arm.guard is not None else [] for arm in arms]
    if not any(named):
        return arms
    found = []
    for at, arm in enumerate(arms):
        elsewhere = [test for other, tests in enumerate(named) if other != at for test in tests]
        guard = _apart(arm.guard, elsewhere) if arm.guard is not None else None
        found.append(structs.replace(arm, guard=guard))
    return found


def _asked(guard: Expr) -> Iterator[core.IsMissing]:
    """The questions of a condition whether a value is missing, or missing by a word."""
    match guard:
        case core.IsMissing():
            yield guard
        case core.Not(of=of):
            yield from _asked(of)
        case core.All(items=items) | core.AtLeast(items=items):
            for item in items:
                yield from _asked(item)
        case core.Compare(left=left, right=right):
            yield from _asked(left)
            yield from _asked(right)
        case _:
            return


def _apart(guard: Expr, elsewhere: list[core.IsMissing]) -> Expr:
    """A condition whose comparisons do not hold for what other cases name."""
    match guard:
        case core.All(items=items) | core.AtLeast(items=items):
            return structs.replace(guard, items=tuple(_apart(item, elsewhere) for item in items))
        case core.Not(of=of):
            return structs.replace(guard, of=_apart(of, elsewhere))
        case core.Compare(left=left, right=right):
            asked = structs.replace(guard, left=_within(left, elsewhere), right=_within(right, elsewhere))
            return _unless(asked, (left, right), elsewhere)
        case core.Get() | core.Ref():
            return _unless(guard, (guard,), elsewhere)
        case _:
            return guard


def _within(side: Expr, elsewhere: list[core.IsMissing]) -> Expr:
    """A condition that stands in a comparison: `(是党员 且 笔试 ≥ 60 分) = 是`."""
    return _apart(side, elsewhere) if isinstance(side, core.All | core.AtLeast | core.Not | core.Compare) else side


def _unless(test: Expr, sides: tuple[Expr, ...], elsewhere: list[core.IsMissing]) -> Expr:
    kept: list[core.IsMissing] = []
    for other in elsewhere:
        known = any(bands.same(other.of, k.of) and other.code == k.code for k in kept)
        if not known and any(bands.same(other.of, side) for side in sides):
            kept.append(other)
    if not kept:
        return test
    absent = [core.Not(of=k, type=k.type, span=test.span) for k in kept]
    return core.All(items=(*absent, test), type=test.type, span=test.span)


def require(x: Expressions, statement: s.Require, place: Place) -> Expr:
    """The expression of a `条件`."""
    return _needs(x, statement.needs, place)


def _needs(x: Expressions, needs: s.Needs, place: Place) -> Expr:
    items: list[Expr] = []
    clauses: list[Clause] = []
    failed = False
    for line in needs.lines:
        try:
            guard = x.condition(line.guard, place) if line.guard is not None else None
            with x.findings.under((guard, True)):
                holds = x.condition(line.holds, place) if isinstance(line, s.Need) else _needs(x, line, place)
        except Untypable:
            failed = True
            continue
        _not_broken(x, holds)
        items.append(_where(guard, holds))
        clauses.append(line.clause)
    if failed:
        raise Untypable
    into = judged(*(item.type for item in items))
    if needs.least is None:
        return core.All(items=tuple(items), clauses=tuple(clauses), type=into, span=needs.span)
    if not isinstance(needs.least, int) or needs.least < 1:
        raise x.findings.refuse("ZS331", needs.span)
    if needs.least > len(items):
        raise x.findings.refuse("ZS402", needs.span, least=needs.least, lines=len(items))
    return core.AtLeast(count=needs.least, items=tuple(items), clauses=tuple(clauses), type=into, span=needs.span)


def _not_broken(x: Expressions, holds: Expr) -> None:
    """`甲占比 + 乙占比 = 100%` of figures of the document, which do not: nobody's data can mend it."""
    if not isinstance(holds, core.Compare):
        return
    left, right = holds.left.type.kind, holds.right.type.kind
    if not isinstance(left, Number) or not isinstance(right, Number):
        return
    a, b = (kind.low if kind.low == kind.high else None for kind in (left, right))
    if a is None or b is None or compared_as(a, holds.op, b):
        return
    language = x.findings.language
    first, second = (with_unit(n, kind.unit, language) for n, kind in ((a, left), (b, right)))
    x.findings.report("ZS435", holds.span, what=text_of(holds.span), left=first, right=second)


def compared_as(a: Exact, op: Operator, b: Exact) -> bool:
    return {"=": a == b, "≠": a != b, "<": a < b, "≤": a <= b, ">": a > b, "≥": a >= b}[op]


def _where(guard: Expr | None, holds: Expr) -> Expr:
    """`当 a：b` in a requirement binds only those for whom a holds."""
    if guard is None:
        return holds
    exempt = fails(guard, guard.span)
    return core.AtLeast(count=1, items=(exempt, holds), type=judged(guard.type, holds.type), span=holds.span)
