"""Gaps and overlaps: rows and cases that test one value, laid side by side on its line, with an example of what falls
between or into two."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from dsl.check import amounts
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr
from policy.diagnostic import Label
from policy.numerals import with_unit
from policy.source import Span
from policy.types import Choice, Number, YesNo
from policy.units import Exact, divide, whole
from policy.values import NIL


class Interval(Struct, frozen=True):
    """Numbers from `low` to `high` (None: unbounded); `_in` says whether the bound belongs to them."""

    low: Exact | None
    low_in: bool
    high: Exact | None
    high_in: bool

    def meets(self, other: Interval) -> Interval | None:
        """What two intervals share, None if nothing."""
        low, low_in = _inner((self.low, self.low_in), (other.low, other.low_in), 1)
        high, high_in = _inner((self.high, self.high_in), (other.high, other.high_in), -1)
        if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
            return None
        return Interval(low, low_in, high, high_in)

    def within(self, other: Interval) -> bool:
        return self.meets(other) == self


def _inner(a: tuple[Exact | None, bool], b: tuple[Exact | None, bool], way: int) -> tuple[Exact | None, bool]:
    """The narrower of two bounds: `way` 1 for lower bounds, -1 for upper ones."""
    if a[0] is None or b[0] is None:
        return b if a[0] is None else a
    if a[0] == b[0]:
        return a[0], a[1] and b[1]
    return a if (a[0] - b[0]) * way > 0 else b


class Region(Struct, frozen=True):
    """What one condition admits of one value: intervals of numbers, or values of a choice; `none` admits 无."""

    intervals: tuple[Interval, ...] = ()
    words: frozenset[object] = frozenset()
    none: bool = False
    missing: bool = False


EVERYTHING = Interval(None, False, None, False)


# -- from conditions to regions ----------------------------------------------------------------------------------


def same(a: Expr, b: Expr) -> bool:
    """Whether two expressions are the same field or definition of the same record."""
    match a, b:
        case core.Get(), core.Get():
            return a.field == b.field and same(a.of, b.of)
        case core.Ref(), core.Ref():
            return a.name == b.name and same(a.of, b.of)
        case core.Follow(), core.Follow():
            return same(a.of, b.of)
        case core.Previous(), core.Previous():
            return same(a.of, b.of)
        case core.Me(), core.Me():
            return a.depth == b.depth
        case _:
            return a is b


def subject(guard: Expr) -> Expr | None:
    """The one value that a condition tests against constants, None if there is not exactly one."""
    match guard:
        case core.Compare(left=left, right=right):
            return left if is_constant(right) else right if is_constant(left) else None
        case core.IsNone(of=of) | core.IsMissing(of=of):
            return of
        case core.Get() if isinstance(guard.type.kind, YesNo):
            return guard
        case core.Not(of=of):
            return subject(of)
        case core.All(items=items) | core.AtLeast(items=items):
            subjects = [subject(item) for item in items]
            first = subjects[0]
            return first if first is not None and all(o is not None and same(first, o) for o in subjects) else None
        case _:
            return None


def is_constant(expr: Expr) -> bool:
    return isinstance(expr, core.Const) or fixed(expr) is not None


def fixed(expr: Expr) -> Exact | None:
    """The one value of a parameter that is a number, whatever it is set to; None of anything else."""
    kind = expr.type.kind
    parameter = isinstance(expr, core.Ref) and not expr.record and isinstance(kind, Number)
    return kind.low if parameter and isinstance(kind, Number) and kind.low == kind.high else None


def value_of(expr: Expr) -> object:
    """The value of a constant, None if it is none."""
    return expr.value if isinstance(expr, core.Const) else fixed(expr)


def region(guard: Expr, of: Expr) -> Region | None:
    """What of `of` a condition admits, None where it cannot be told."""
    match guard:
        case core.Compare(left=left, op=op, right=right) if same(left, of) and is_constant(right):
            return _compared(op, value_of(right), of)
        case core.Compare(left=left, op=op, right=right) if same(right, of) and is_constant(left):
            turned = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}.get(op, op)
            return _compared(turned, value_of(left), of)
        case core.IsNone():
            return Region(none=True)
        case core.IsMissing():
            return Region(missing=True)
        case core.Get() if isinstance(guard.type.kind, YesNo):
            return Region(words=frozenset([True]))
        case core.Not(of=core.IsMissing()):
            return _everything(of)
        case core.Not(of=inner):
            found = region(inner, of)
            return None if found is None else _complement(found, of)
        case core.All(items=items):
            return _both([region(item, of) for item in items])
        case core.AtLeast(count=1, items=items):
            return _either([region(item, of) for item in items])
        case _:
            return None


def _compared(op: str, value: object, of: Expr) -> Region | None:
    kind = of.type.kind
    if isinstance(kind, Number) and isinstance(value, int | Fraction):
        match op:
            case "=":
                return Region((Interval(value, True, value, True),))
            case "≠":
                return Region((Interval(None, False, value, False), Interval(value, False, None, False)))
            case "≥" | ">":
                return Region((Interval(value, op == "≥", None, False),))
            case _:
                return Region((Interval(None, False, value, op == "≤"),))
    if isinstance(kind, Choice | YesNo):
        every: tuple[object, ...] = kind.values if isinstance(kind, Choice) else (True, False)
        if op in ("=", "≠"):
            return Region(words=frozenset(v for v in every if (v == value) == (op == "=")))
        if isinstance(kind, Choice):
            return Region(words=frozenset(v for v in kind.values if _stands(kind, v, op, str(value))))
    return None


def _stands(kind: Choice, value: str, op: str, other: str) -> bool:
    a, b = kind.rank_of(value), kind.rank_of(other)
    if a is None or b is None:
        return False
    return {"≥": a <= b, "≤": a >= b, ">": a < b, "<": a > b}[op]


def _complement(found: Region, of: Expr) -> Region | None:
    kind = of.type.kind
    if found.none or found.missing or found.intervals:
        return None
    every: tuple[object, ...] = kind.values if isinstance(kind, Choice) else (True, False)
    return Region(words=frozenset(every) - found.words)


def _both(found: list[Region | None]) -> Region | None:
    known = [f for f in found if f is not None]
    if len(known) < len(found) or any(f.none or f.missing for f in known):
        return None
    intervals = known[0].intervals
    for other in known[1:]:
        intervals = tuple(m for a in intervals for b in other.intervals if (m := a.meets(b)) is not None)
    words = frozenset.intersection(*(f.words for f in known))
    return Region(intervals, words)


def _either(found: list[Region | None]) -> Region | None:
    known = [f for f in found if f is not None]
    if len(known) < len(found):
        return None
    return Region(
        tuple(i for f in known for i in f.intervals),
        frozenset().union(*(f.words for f in known)),
        any(f.none for f in known),
        any(f.missing for f in known),
    )


# -- what is reported ----------------------------------------------------------------------------------------------


def of_cases(x: Expressions, found: core.Switch) -> None:
    """Gaps and overlaps of cases that all test one value."""
    guards = [arm.guard for arm in found.arms if arm.guard is not None]
    of = subject(guards[0]) if guards else None
    if of is not None and all((o := subject(g)) is not None and same(of, o) for g in guards):
        _examine(x, found, of)


def of_table(x: Expressions, found: core.Switch, statement: s.Table, heads: list[Expr]) -> None:
    """Gaps and overlaps of a table with one input."""
    if len(heads) == 1 and statement.across is None:
        _examine(x, found, heads[0])


def _examine(x: Expressions, found: core.Switch, of: Expr) -> None:
    arms = [arm for arm in found.arms if arm.guard is not None]
    regions = [_of_arm(arm, of) for arm in arms]
    if found.mode in ("unique", "first"):
        _overlaps(x, found.mode, arms, regions, of)
    if all(r is not None for r in regions) and len(arms) == len(found.arms) and found.mode != "sum":
        _gaps(x, found.span, [r for r in regions if r is not None], of)


def _of_arm(arm: Arm, of: Expr) -> Region | None:
    assert arm.guard is not None
    return _everything(of) if isinstance(arm.guard, core.Const) else region(arm.guard, of)


def _everything(of: Expr) -> Region:
    kind = of.type.kind
    if isinstance(kind, Number):
        return Region((EVERYTHING,))
    every = kind.values if isinstance(kind, Choice) else (True, False) if isinstance(kind, YesNo) else ("…",)
    return Region(words=frozenset(every))


def _overlaps(x: Expressions, mode: str, arms: list[Arm], regions: list[Region | None], of: Expr) -> None:
    for j, later in enumerate(regions):
        for i, earlier in enumerate(regions[:j]):
            if earlier is None or later is None or _agree(arms[i].value, arms[j].value):
                continue
            example = _shared(earlier, later, of, mode)
            if example is None:
                continue
            labels = (Label(arms[i].span, "other_row"),)
            winner = " ".join(arms[i].value.span.text.split())
            x.findings.report(
                "ZS410",
                arms[j].span,
                labels=labels,
                what=of.span.text,
                example=shown(example, of, x.findings.language),
                first=winner,
                second=" ".join(arms[j].value.span.text.split()),
                line=str(arms[i].span.line),
            )


def _agree(a: Expr, b: Expr) -> bool:
    return isinstance(a, core.Const) and isinstance(b, core.Const) and a.value == b.value


def _shared(a: Region, b: Region, of: Expr, mode: str) -> object | None:
    """An example value in both; in an ordered table a wider row below a narrower one is meant, not an overlap."""
    for one in a.intervals:
        for other in b.intervals:
            meet = one.meets(other)
            if meet is None or (mode == "first" and (one.within(other) or other.within(one))):
                continue
            if (value := _member(meet, amounts.of(of))) is not None:
                return value
    if mode == "first":
        return None
    if a.words & b.words:
        return min(a.words & b.words, key=str)
    return NIL if a.none and b.none else None


def _gaps(x: Expressions, span: Span, regions: list[Region], of: Expr) -> None:
    kind = of.type.kind
    missed: object | None = None
    if isinstance(kind, Number):
        missed = _open_number([i for r in regions for i in r.intervals], kind)
    elif isinstance(kind, Choice | YesNo):
        every: tuple[object, ...] = kind.values if isinstance(kind, Choice) else (True, False)
        covered = frozenset[object]().union(*(r.words for r in regions))
        missed = next((v for v in every if v not in covered), None)
    if missed is None and of.type.none and not any(r.none for r in regions):
        missed = NIL
    if missed is not None:
        x.findings.report("ZS412", span, what=of.span.text, example=shown(missed, of, x.findings.language))


def _open_number(intervals: list[Interval], kind: Number) -> Exact | None:
    """A value that the column can hold and no interval does."""
    at: tuple[Exact | None, bool] = (kind.low, True)
    ordered = sorted(intervals, key=lambda i: (i.low is not None, i.low if i.low is not None else 0, not i.low_in))
    for interval in ordered:
        gap = _between(at, (interval.low, not interval.low_in)) if interval.low is not None else None
        if gap is not None and (value := _member(gap, kind)) is not None:
            return value
        if interval.high is None:
            return None
        if at[0] is None or interval.high > at[0] or (interval.high == at[0] and interval.high_in):
            at = (interval.high, not interval.high_in)
    tail = Interval(at[0], at[1], kind.high, kind.high is not None)
    if kind.high is not None and at[0] is not None and (at[0] > kind.high or (at[0] == kind.high and not at[1])):
        return None
    return _member(tail, kind)


def _between(start: tuple[Exact | None, bool], end: tuple[Exact | None, bool]) -> Interval | None:
    low, low_in = start
    high, high_in = end
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        return None
    return Interval(low, low_in, high, high_in)


def _member(interval: Interval, kind: Number) -> Exact | None:
    """A value of the interval that the number can take, near its middle; None if it can take none."""
    bounded = interval.meets(Interval(kind.low, True, kind.high, True))
    if bounded is None:
        return None
    low, high = bounded.low, bounded.high
    grid: Exact = kind.grid if kind.grid is not None else divide(1, 1000)
    if low is None and high is None:
        return 0
    if low is None or high is None:
        at = _on_grid(low if low is not None else high, grid, up=low is not None)  # type: ignore[arg-type]
        inside = bounded.low_in if low is not None else bounded.high_in
        bound = low if low is not None else high
        return at if at != bound or inside else at + (grid if low is not None else -grid)
    middle = _on_grid(divide(low + high, 2), grid, up=False)
    for value in (middle, whole(middle + grid), low, high, _on_grid(low, grid, up=True)):
        if _holds(bounded, value) and Fraction(value) % grid == 0:
            return value
    return None


def _on_grid(value: Exact, grid: Exact, *, up: bool) -> Exact:
    steps = -(-Fraction(value) // grid) if up else Fraction(value) // grid
    return whole(steps * grid)


def _holds(interval: Interval, value: Exact) -> bool:
    return interval.meets(Interval(value, True, value, True)) is not None


def of_tiers(x: Expressions, found: list[core.Band], of: Expr, span: Span) -> None:
    """Tiers must cover the amount once; their bounds are the same for everybody."""
    regions = [Region((Interval(_figure(b.low), b.low_in, _figure(b.high), b.high_in),)) for b in found]
    arms = [Arm(None, b.rate, b.clause, b.span) for b in found]
    _overlaps(x, "unique", arms, list(regions), of)
    _gaps(x, span, regions, of)


def _figure(bound: Expr | None) -> Exact | None:
    value = None if bound is None else value_of(bound)
    return value if isinstance(value, int | Fraction) else None


def shown(value: object, of: Expr, language: str) -> str:
    """A value as an author would write it, in the unit of what is tested."""
    kind, zh = of.type.kind, language == "zh"
    if value is NIL:
        return "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(kind, Number) and isinstance(value, int | Fraction):
        return with_unit(value, kind.unit, language)
    return str(value)
