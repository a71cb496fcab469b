"""Tier tables: bands of one amount and their rates; that the bands cover it once, and stand in order for everybody."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct, structs

from dsl.check import amounts, bands, bounds, tests, witness
from dsl.check.context import Place
from dsl.check.definitions import outcome
from dsl.check.expressions import Expressions
from dsl.check.facts import alternatives, together
from dsl.syntax import surface as s
from policy import core
from policy.core import Band, Expr
from policy.kinds import Operator, Tiering
from policy.likeness import key_of
from policy.numerals import with_unit
from policy.types import YES_NO, Number, Type, common_grid


def banded(x: Expressions, statement: s.Table, place: Place, heads: list[Expr]) -> Expr:
    """Marginal or whole-amount tiers: the first column is the amount, the output the rate of each band."""
    amount = heads[0]
    if len(heads) != 1 or len(statement.outputs) != 1 or not isinstance(amount.type.kind, Number):
        raise x.findings.refuse("ZS405", statement.span, name=statement.head.path.text)
    found = [_band(x, amount, row, place) for row in statement.rows]
    rates, _ = x.together([band.rate for band in found], statement.span)
    placed = [structs.replace(band, rate=rate) for band, rate in zip(found, rates, strict=True)]
    mode: Tiering = "marginal" if statement.mode == "MARGINAL" else "whole"
    moving = [bound for band in placed for bound in (band.low, band.high) if bound is not None]
    if all(bands.is_constant(bound) for bound in moving):
        bands.of_tiers(x, placed, amount, statement.span)
    else:
        placed = _joined(x, placed)
        _ends(x, placed, amount, statement)
        _in_order(x, placed, mode)
    into = structs.replace(_type(x, amount, rates, moving, statement), open=True)
    return core.Banded(of=amount, mode=mode, bands=tuple(placed), type=into, span=statement.span)


def _type(x: Expressions, amount: Expr, rates: list[Expr], moving: list[Expr], statement: s.Table) -> Type:
    kinds = [amounts.of(amounts.multiply(x.findings, [amount, rate], [1, 1], statement.span)) for rate in rates]
    bound, grid = _range(amount, rates), kinds[0].grid
    for kind in kinds[1:]:
        grid = common_grid(grid, kind.grid)
    into = Type(Number(kinds[0].unit, grid, 0 if bound is not None else None, bound))
    return structs.replace(into.absent_as(amount.type, *(each.type for each in moving)), codes=())


def _range(amount: Expr, rates: list[Expr]) -> int | Fraction | None:
    """The most that tiers can give, None where the amount is unbounded or something may be negative."""
    kind, kinds = amounts.of(amount), [amounts.of(r) for r in rates]
    if kind.high is None or kind.low is None or kind.low < 0:
        return None
    highs = [k.high for k in kinds if k.high is not None and k.low is not None and k.low >= 0]
    return kind.high * max(highs) if len(highs) == len(kinds) else None


# -- one band --------------------------------------------------------------------------------------------------------


class Ends(Struct):
    """Where the cell of a band begins and ends."""

    low: Expr | None = None
    low_in: bool = False
    high: Expr | None = None
    high_in: bool = False


def _band(x: Expressions, amount: Expr, row: s.Row, place: Place) -> Band:
    rate = outcome(x, row.values[0], place, None)
    if row.tests is None:
        raise x.findings.refuse("ZS406", row.span)
    guard = tests.any_of(x, amount, row.tests[0], place)
    ends = Ends()
    if not _read(guard, amount, ends):
        raise x.findings.refuse("ZS406", row.span)
    low, high = (bands.value_of(e) if e is not None else None for e in (ends.low, ends.high))
    if isinstance(low, int | Fraction) and isinstance(high, int | Fraction) and _crossed(low, high, ends):
        first, last = (_said(x, e) for e in (ends.low, ends.high) if e is not None)
        raise x.findings.refuse("ZS433", row.span, low=first, high=last)
    return Band(ends.low, ends.low_in, ends.high, ends.high_in, rate, row.clause, row.span)


def _crossed(low: int | Fraction, high: int | Fraction, ends: Ends) -> bool:
    return low > high or (low == high and not (ends.low_in and ends.high_in))


def _read(guard: Expr | None, amount: Expr, ends: Ends) -> bool:
    """Take the bounds from a cell; False where it is not from somewhere to somewhere."""
    match guard:
        case None:
            return True
        case core.All(items=items):
            return all(_read(item, amount, ends) for item in items)
        case core.Compare(left=left, op=op, right=right):
            if not bands.same(left, amount) or bands.same(right, amount):
                return False
            return _bound(op, right, ends)
        case _:
            return False


def _bound(op: Operator, value: Expr, ends: Ends) -> bool:
    """Take a bound; a single value that differs by person would leave the others a hole nobody can see."""
    if op == "=" and not bands.is_constant(value):
        return False
    if op in ("≥", ">", "="):
        ends.low, ends.low_in = value, op != ">"
    if op in ("≤", "<", "="):
        ends.high, ends.high_in = value, op != "<"
    return op != "≠"


def _said(x: Expressions, bound: Expr) -> str:
    """A bound as it is written, and what it comes to where it is a parameter."""
    value, written = bands.value_of(bound), bound.span.text
    if isinstance(bound, core.Const) or not isinstance(value, int | Fraction):
        return written
    return f"{written} = {with_unit(value, amounts.of(bound).unit, x.findings.language)}"


# -- bounds that differ ----------------------------------------------------------------------------------------------


def _joined(x: Expressions, placed: list[Band]) -> list[Band]:
    """Bands of which each starts where the one before it ends, in either direction of the rows; one bound for both."""
    upward = len(placed) < 2 or _same(placed[0].high, placed[1].low)
    found = list(placed)
    for at in range(1, len(placed)):
        below, above = (at - 1, at) if upward else (at, at - 1)
        lower, upper = found[below], found[above]
        if not _same(lower.high, upper.low) or lower.high_in == upper.low_in:
            first, second = (" ".join(_cell(each).split()) for each in (placed[at - 1], placed[at]))
            raise x.findings.refuse("ZS432", placed[at].span, first=first, second=second)
        found[above] = structs.replace(upper, low=lower.high)
    return found


def _cell(band: Band) -> str:
    return band.span.text.partition("||")[0].strip(" |")


def _same(a: Expr | None, b: Expr | None) -> bool:
    if a is None or b is None:
        return False
    first, second = bands.value_of(a), bands.value_of(b)
    return key_of(a) == key_of(b) or (first is not None and first == second)


def _ends(x: Expressions, placed: list[Band], amount: Expr, statement: s.Table) -> None:
    """What lies before the first band or behind the last."""
    kind = amounts.of(amount)
    lows, highs = [b.low for b in placed], [b.high for b in placed]
    first = None if None in lows else next((e for e in lows if not any(e is high for high in highs)), None)
    last = None if None in highs else next((e for e in highs if not any(e is low for low in lows)), None)
    for bound, limit, below in ((first, kind.low, True), (last, kind.high, False)):
        if bound is None:
            continue
        reach = amounts.of(bound).high if below else amounts.of(bound).low
        if limit is not None and reach is not None and (reach <= limit if below else reach >= limit):
            continue
        example = limit if limit is not None else 0
        told = bands.shown(example, amount, x.findings.language)
        x.findings.report("ZS412", statement.span, what=amount.span.text, example=told)


def _in_order(x: Expressions, placed: list[Band], mode: Tiering) -> None:
    """That no band ends before it starts; told once, of the first of which that is not certain."""
    for band in placed:
        low = band.low
        if low is None and mode == "marginal" and band.high is not None:
            low = core.Const(value=0, type=band.high.type, span=band.high.span)
        if low is None or band.high is None:
            continue
        crossing = core.Compare(left=low, op=">", right=band.high, type=YES_NO, span=band.span)
        given = [alternatives(guard, holds, x.findings.bodies) for guard, holds in x.findings.given]
        ways = together([*given, alternatives(crossing, True, x.findings.bodies)])
        facts = next((f for f in ways if bounds.possible(f, x.findings.bodies)), None)
        if facts is not None:
            zh = x.findings.language == "zh"
            person = witness.person(facts, x.findings.bodies, x.findings.language)
            who = "" if not person else f"（例如 {person}）" if zh else f" (say {person})"
            start = band.low.span.text if band.low is not None else "0"
            x.findings.report("ZS434", band.span, low=start, high=band.high.span.text, who=who)
            return
