"""Numbers: which units go together, and what grid and range come out.

Points, money and counts multiply into money; a ratio changes nothing; spans of time meet only themselves. Every
function takes core expressions that are numbers already and raises Untypable where the units make no sense.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import structs

from dsl.check import mixing, offers
from dsl.check.context import Findings
from policy import core
from policy.core import Expr
from policy.kinds import Reading, Rounding
from policy.source import Span
from policy.types import Nothing, Number, Type, common_grid, greatest, least
from policy.units import Exact, Unit, divide, is_count, size, whole

LARGEST = 10**60
"""No quantity of a scheme comes near; a product that does is a mistake or an attack."""


def of(expr: Expr) -> Number:
    """The number type of an expression known to be one."""
    assert isinstance(expr.type.kind, Number)
    return expr.type.kind


def unit_word(kind: Number, language: str) -> str:
    """How a unit is called in messages."""
    if kind.unit is None:
        return "数" if language == "zh" else "a plain number"
    return kind.unit.spelled(language)


def adopt(expr: Expr, unit: Unit | None) -> Expr:
    """A number written without a unit, read in the unit of what it stands beside."""
    kind = of(expr)
    if not kind.bare or unit is None:
        return expr
    factor = unit.factor
    scaled = Number(
        unit,
        None if kind.grid is None else whole(kind.grid * factor),
        None if kind.low is None else whole(kind.low * factor),
        None if kind.high is None else whole(kind.high * factor),
    )
    into = expr.type.replaced(scaled)
    if factor == 1:
        return structs.replace(expr, type=into)
    if isinstance(expr, core.Const):
        assert isinstance(expr.value, int | Fraction)
        return core.Const(value=whole(expr.value * factor), type=into, span=expr.span)
    scale = core.Const(value=factor, type=Type(Number(None, factor, factor, factor)), span=expr.span)
    return core.Product(factors=(expr, scale), powers=(1, 1), type=into, span=expr.span)


def agree(findings: Findings, exprs: list[Expr], span: Span, what: str) -> tuple[list[Expr], Unit | None]:
    """Expressions that are added, compared or chosen between, brought to one unit."""
    measured = [e for e in exprs if not of(e).bare]
    if any(u is not None and is_count(u) for u in (of(e).unit for e in measured)):
        measured = [e for e in measured if of(e).unit is not None] or measured
    if any(_is_ratio(e) for e in measured):
        measured = [e for e in measured if not _is_quotient(e)] or measured
    unit = mixing.common([of(e) for e in measured])
    for other in measured[1:]:
        theirs = of(other).unit
        if (theirs.family if theirs else None) != (unit.family if unit else None):
            _refuse_bare_parameter(findings, measured[0], other)
            left, right = unit_word(of(measured[0]), findings.language), unit_word(of(other), findings.language)
            fix = offers.in_unit(other, of(measured[0]).unit, findings.language)
            fix = fix or offers.in_unit(measured[0], theirs, findings.language)
            raise findings.refuse("ZS305", span, fix=fix, left=left, right=right, what=what)
    if unit is not None and unit.family == "ratio":
        for bare in (e for e in exprs if of(e).bare and not is_zero(e)):
            beside = next((e for e in exprs if e is not bare), bare)
            raise findings.refuse("ZS306", bare.span, fix=offers.as_share(bare, beside), number=bare.span.text)
    if unit is not None:
        mixing.refuse_bare(findings, unit, exprs)
    return [adopt(e, unit) for e in exprs], unit


def _is_quotient(expr: Expr) -> bool:
    """A plain number that was worked out, such as money ÷ money: it may stand beside a percentage (0.8 is 80%).

    A parameter without a unit may not: nobody can tell 60 from 60%.
    """
    parameter = isinstance(expr, core.Ref) and isinstance(expr.of.type.kind, Nothing)
    return of(expr).unit is None and not of(expr).bare and not parameter


def _refuse_bare_parameter(findings: Findings, one: Expr, other: Expr) -> None:
    """A parameter without a unit beside something that has one: the unit belongs into the parameter."""
    for named, beside in ((one, other), (other, one)):
        unit = of(beside).unit
        parameter = isinstance(named, core.Ref) and isinstance(named.of.type.kind, Nothing)
        if isinstance(named, core.Ref) and parameter and of(named).unit is None and unit is not None:
            word = unit.spelled(findings.language)
            raise findings.refuse("ZS336", named.span, name=named.name, beside=beside.span.text, unit=word)


def is_zero(expr: Expr) -> bool:
    return isinstance(expr, core.Const) and expr.value == 0


def add(findings: Findings, terms: list[Expr], signs: list[int], span: Span) -> Expr:
    """A sum."""
    terms, unit = agree(findings, terms, span, "sum")
    kinds = [of(t) for t in terms]
    lows = [k.low if s > 0 else _minus(k.high) for k, s in zip(kinds, signs, strict=True)]
    highs = [k.high if s > 0 else _minus(k.low) for k, s in zip(kinds, signs, strict=True)]
    grid: Exact | None = kinds[0].grid
    for kind in kinds[1:]:
        grid = common_grid(grid, kind.grid)
    bare = all(k.bare for k in kinds)
    kind = Number(unit, grid, _total(lows), _total(highs), bare)
    return core.Sum(
        terms=tuple(terms), signs=tuple(signs), type=Type(kind).absent_as(*(t.type for t in terms)), span=span
    )


def _minus(bound: Exact | None) -> Exact | None:
    return None if bound is None else -bound


def _total(bounds: list[Exact | None]) -> Exact | None:
    known = [b for b in bounds if b is not None]
    return whole(sum(known, 0)) if len(known) == len(bounds) else None


def multiply(findings: Findings, factors: list[Expr], powers: list[int], span: Span) -> Expr:
    """A product or quotient."""
    unit = _product_unit(findings, factors, powers, span)
    grid: Exact | None = 1
    low: Exact | None = 1
    high: Exact | None = 1
    for factor, power in zip(factors, powers, strict=True):
        kind = of(factor)
        if power < 0:
            grid = _grid_over(findings, grid, factor)
            low, high = _product_range((low, high), _inverse(kind))
        else:
            grid = None if grid is None or kind.grid is None else whole(grid * kind.grid)
            low, high = _product_range((low, high), (kind.low, kind.high))
    if any(bound is not None and size(bound) > LARGEST for bound in (low, high)):
        raise findings.refuse("ZS329", span)
    if grid is not None and grid.denominator > LARGEST:
        grid = None
    bare = all(of(f).bare for f in factors)
    kind = Number(unit, grid, low, high, bare)
    may_fail = any(p < 0 and not (isinstance(f, core.Const)) for f, p in zip(factors, powers, strict=True))
    into = Type(kind).absent_as(*(f.type for f in factors))
    if may_fail:
        into = structs.replace(into, open=True)
    return core.Product(factors=tuple(factors), powers=tuple(powers), type=into, span=span)


def _grid_over(findings: Findings, grid: Exact | None, divisor: Expr) -> Exact | None:
    if isinstance(divisor, core.Const):
        assert isinstance(divisor.value, int | Fraction)
        if divisor.value == 0:
            raise findings.refuse("ZS307", divisor.span)
        return None if grid is None else divide(grid, size(divisor.value))
    kind = of(divisor)
    if (kind.low is None or kind.low <= 0) and (kind.high is None or kind.high >= 0):
        from dsl.check import guarded

        if guarded.may_be(findings, divisor, lambda span: span.has(0)):
            findings.report("ZS308", divisor.span, what=divisor.span.text)
    return None


def _inverse(kind: Number) -> tuple[Exact | None, Exact | None]:
    if kind.low is not None and kind.low >= 0:
        return (divide(1, kind.high) if kind.high else 0), (divide(1, kind.low) if kind.low else None)
    return None, None


def _product_range(
    a: tuple[Exact | None, Exact | None], b: tuple[Exact | None, Exact | None]
) -> tuple[Exact | None, Exact | None]:
    left, right = [x for x in a if x is not None], [y for y in b if y is not None]
    if len(left) == len(right) == 2:
        corners = [x * y for x in left for y in right]
        return whole(min(corners)), whole(max(corners))
    if a[0] is not None and b[0] is not None and a[0] >= 0 and b[0] >= 0:
        return whole(a[0] * b[0]), None
    return None, None


def _product_unit(findings: Findings, factors: list[Expr], powers: list[int], span: Span) -> Unit | None:
    """Counts and points × money = money; the same ÷ the same is a ratio; ÷ a count keeps the unit."""
    unit: Unit | None = None
    for factor, power in zip(factors, powers, strict=True):
        theirs = of(factor).unit
        if theirs is None or theirs.family == "ratio":
            continue
        try:
            unit = (_over if power < 0 else _times)(unit, theirs)
        except ValueError:
            _refuse_units(findings, (unit, theirs), factors, power, span)
    if unit is None and all(of(f).bare or _is_ratio(f) for f in factors):
        return mixing.common([of(f) for f in factors if _is_ratio(f)])
    return unit


def _is_ratio(expr: Expr) -> bool:
    unit = of(expr).unit
    return unit is not None and unit.family == "ratio"


def _times(left: Unit | None, right: Unit) -> Unit | None:
    """The unit of a product. Raises ValueError where there is none."""
    if left is None:
        return right
    for a, b in ((left, right), (right, left)):
        if is_count(a) and b.family in ("money", "points"):
            return b
        if a.family == "points" and b.family == "money":
            return b
    if is_count(left) and is_count(right):
        return left if left == right else None
    raise ValueError(right)


def _over(left: Unit | None, right: Unit) -> Unit | None:
    """The unit of a quotient. Raises ValueError where there is none."""
    if left is not None and left.family == right.family:
        return None
    if left is not None and (is_count(right) or (left.family == "money" and right.family == "points")):
        return left
    raise ValueError(right)


def _refuse_units(
    findings: Findings, units: tuple[Unit | None, Unit], factors: list[Expr], power: int, span: Span
) -> None:
    """Units that make none together; a span of time beside money counts how many times its unit is in it."""
    language = findings.language
    names = [unit.spelled(language) if unit else ("数" if language == "zh" else "a plain number") for unit in units]
    spans = [f for f in factors if (unit := of(f).unit) is not None and unit.family in ("months", "days", "minutes")]
    fix = offers.counted(spans[0], of(spans[0]).unit, language) if len(spans) == 1 else None
    sign = "×" if power > 0 else "÷"
    per = unit_word(of(spans[0]), language) if spans else names[1]
    raise findings.refuse("ZS309", span, fix=fix, left=names[0], right=names[1], per=per, sign=sign)


def limit(findings: Findings, expr: Expr, cap: Expr | None, floor: Expr | None, span: Span) -> Expr:
    """An expression with a cap, a floor or both."""
    exprs = [e for e in (expr, cap, floor) if e is not None]
    exprs, unit = agree(findings, exprs, span, "limit")
    expr = exprs.pop(0)
    cap = exprs.pop(0) if cap is not None else None
    floor = exprs.pop(0) if floor is not None else None
    if isinstance(expr, core.Limited) and (expr.cap is None or expr.floor is None):
        inner = expr
        if inner.floor is None and cap is None:
            expr, cap = inner.of, inner.cap
        elif inner.cap is None and floor is None:
            expr, floor = inner.of, inner.floor
    if cap is not None and floor is not None:
        most, least_of = of(cap).high, of(floor).low
        if most is not None and least_of is not None and most < least_of:
            raise findings.refuse("ZS384", span, cap=cap.span.text, floor=floor.span.text)
    kind = of(expr)
    low, high, grid = kind.low, kind.high, kind.grid
    if cap is not None:
        bound = of(cap)
        high = bound.high if high is None else high if bound.high is None else min(high, bound.high)
        low = None if low is None or bound.low is None else min(low, bound.low)
        grid = common_grid(grid, bound.grid)
    if floor is not None:
        bound = of(floor)
        low = bound.low if low is None else low if bound.low is None else max(low, bound.low)
        high = None if high is None or bound.high is None else max(high, bound.high)
        grid = common_grid(grid, bound.grid)
    given = [e for e in (expr, cap, floor) if e is not None]
    limited = Number(mixing.beside(of(expr).unit, unit), grid, low, high, all(of(e).bare for e in given))
    into = Type(limited).absent_as(*(e.type for e in given))
    if cap is not None and floor is not None and not _above(of(cap), of(floor)):
        into = structs.replace(into, open=True)
    return core.Limited(of=expr, cap=cap, floor=floor, type=into, span=span)


def _above(cap: Number, floor: Number) -> bool:
    """Whether a cap is never below a floor."""
    return cap.low is not None and floor.high is not None and cap.low >= floor.high


def round_to(expr: Expr, mode: Rounding, step: Exact, unit: Unit | None, span: Span) -> Expr:
    """An expression rounded to multiples of `step` canonical units; what is rounded to yuan is shown in `unit` yuan."""
    kind = of(expr)
    low = None if kind.low is None else whole(Fraction(kind.low) // step * step)
    high = None if kind.high is None else whole(-(-Fraction(kind.high) // step) * step)
    into = expr.type.replaced(Number(unit, step, low, high, False, kind.place))
    return core.Rounded(of=expr, mode=mode, step=step, type=into, span=span)


def units_of(expr: Expr, unit: Expr, reading: Reading, span: Span) -> Expr:
    """How many units are in a quantity: a pure number."""
    kind, per = of(expr), of(unit)
    low, high = kind.low, kind.high
    size = per.low
    grid: Exact | None = 1
    if reading == "every":
        grid = None if kind.grid is None or not isinstance(unit, core.Const) or not size else divide(kind.grid, size)
    bounds = [None if b is None or not size else divide(b, size) for b in (low, high)]
    if reading != "every":
        bounds = [None if b is None else _full(b, reading) for b in bounds]
    least_count = 0 if bounds[0] is None or bounds[0] < 0 else bounds[0]
    into = Type(Number(None, grid, least_count, bounds[1])).absent_as(expr.type, unit.type)
    return core.Units(of=expr, unit=unit, reading=reading, type=into, span=span)


def _full(bound: Exact, reading: Reading) -> int:
    return int(Fraction(bound) // 1) if reading == "every_full" else int(-(-Fraction(bound) // 1))


def either(findings: Findings, exprs: Sequence[Expr], span: Span) -> tuple[list[Expr], Number]:
    """Values of which one is taken: brought to one unit, with the range that covers them all."""
    brought, unit = agree(findings, list(exprs), span, "cases")
    kinds = [of(e) for e in brought]
    grid = kinds[0].grid
    for kind in kinds[1:]:
        grid = common_grid(grid, kind.grid)
    bare = all(k.bare for k in kinds)
    return brought, Number(unit, grid, least([k.low for k in kinds]), greatest([k.high for k in kinds]), bare)
