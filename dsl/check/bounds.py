"""How large and how small a number can be, given some facts; and whether facts can be true together at all."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from dsl.check.facts import NOTHING_KNOWN, Among, Bodies, Facts, Form, Measured, Told, alternatives, form_of
from policy import core
from policy.core import Expr
from policy.likeness import Key, key_of
from policy.types import Number
from policy.units import Exact, divide, whole

Bound: TypeAlias = "Exact | None"


class Span(Struct, frozen=True):
    """Numbers from `low` to `high` (None: unbounded); `_in` says whether the bound belongs to them; `holes` do not."""

    low: Bound = None
    low_in: bool = True
    high: Bound = None
    high_in: bool = True
    holes: frozenset[Exact] = frozenset()

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return not (self.low_in and self.high_in) or self.low in self.holes
        return self.low > self.high

    @property
    def above_zero(self) -> bool:
        return self.low is not None and self.low >= 0 and not self.has(0)

    def has(self, value: Exact) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below and value not in self.holes

    def meet(self, other: Span) -> Span:
        low, low_in = _tighter((self.low, self.low_in), (other.low, other.low_in), 1)
        high, high_in = _tighter((self.high, self.high_in), (other.high, other.high_in), -1)
        return Span(low, low_in, high, high_in, self.holes | other.holes)

    def hull(self, other: Span) -> Span:
        low, low_in = _wider((self.low, self.low_in), (other.low, other.low_in), 1)
        high, high_in = _wider((self.high, self.high_in), (other.high, other.high_in), -1)
        return Span(low, low_in, high, high_in, frozenset(h for h in self.holes | other.holes if not (
            self.has(h) or other.has(h))))  # fmt: skip

    def scaled(self, factor: Exact, rest: Exact = 0) -> Span:
        """Each number times a factor other than 0, and something added."""

        def moved(bound: Bound) -> Bound:
            return None if bound is None else whole(bound * factor + rest)

        holes = frozenset(whole(hole * factor + rest) for hole in self.holes)
        if factor > 0:
            return Span(moved(self.low), self.low_in, moved(self.high), self.high_in, holes)
        return Span(moved(self.high), self.high_in, moved(self.low), self.low_in, holes)

    def plus(self, other: Span) -> Span:
        low = None if self.low is None or other.low is None else whole(self.low + other.low)
        high = None if self.high is None or other.high is None else whole(self.high + other.high)
        return Span(low, self.low_in and other.low_in, high, self.high_in and other.high_in)


def _tighter(a: tuple[Bound, bool], b: tuple[Bound, bool], way: int) -> tuple[Bound, bool]:
    if a[0] is None or b[0] is None:
        return b if a[0] is None else a
    if a[0] == b[0]:
        return a[0], a[1] and b[1]
    return a if (a[0] - b[0]) * way > 0 else b


def _wider(a: tuple[Bound, bool], b: tuple[Bound, bool], way: int) -> tuple[Bound, bool]:
    if a[0] is None or b[0] is None:
        return None, True
    if a[0] == b[0]:
        return a[0], a[1] or b[1]
    return a if (a[0] - b[0]) * way < 0 else b


def typed(expr: Expr) -> Span:
    """The range that a number's type gives."""
    kind = expr.type.kind
    return Span(kind.low, True, kind.high, True) if isinstance(kind, Number) else Span()


# -- from facts ------------------------------------------------------------------------------------------------------


def _line(form: Form) -> tuple[tuple[tuple[Key, Exact], ...], Exact]:
    """A sum without its constant as a direction, the factor of its first value being 1, and that factor."""
    ordered = sorted(form.terms.items(), key=lambda item: repr(item[0]))
    first = ordered[0][1]
    return tuple((key, divide(much, first)) for key, much in ordered), first


def _stated(form: Form, facts: Facts) -> Span:
    """What the facts say of a sum as a whole."""
    if not form.terms:
        return Span(form.rest, True, form.rest, True)
    line, factor = _line(form)
    found = Span()
    for fact in facts:
        if isinstance(fact, Measured) and fact.form.terms:
            other, by = _line(fact.form)
            if other == line:
                found = found.meet(_against_zero(fact.op).scaled(1, -fact.form.rest).scaled(divide(factor, by)))
    return found.scaled(1, form.rest)


def _against_zero(op: str) -> Span:
    match op:
        case "=":
            return Span(0, True, 0, True)
        case "≠":
            return Span(holes=frozenset([0]))
        case ">" | "≥":
            return Span(0, op == "≥", None)
        case _:
            return Span(None, True, 0, op == "≤")


def of_form(form: Form, facts: Facts, bodies: Bodies = NOTHING_KNOWN) -> Span:
    """The range of a sum: by what is said of it, and by the ranges of its values."""
    total = Span(form.rest, True, form.rest, True)
    for key, much in form.terms.items():
        total = total.plus(_of_atom(form.atoms[key], facts, bodies).scaled(much))
    if len(form.terms) == 1:
        key, much = next(iter(form.terms.items()))
        total = _of_atom(form.atoms[key], facts, bodies).scaled(much, form.rest)
    return total.meet(_stated(form, facts))


def of(expr: Expr, facts: Facts, bodies: Bodies = NOTHING_KNOWN) -> Span:
    """The range of a number where the facts hold."""
    return of_form(form_of(expr), facts, bodies).meet(typed(expr))


def _of_atom(expr: Expr, facts: Facts, bodies: Bodies) -> Span:
    key = key_of(expr)
    form = Form({key: 1}, 0, {key: expr})
    return _on_grid(typed(expr).meet(_stated(form, facts)).meet(_of_parts(expr, facts, bodies)), expr)


def _on_grid(span: Span, expr: Expr) -> Span:
    """A range drawn in to the values that a number can take at its ends."""
    kind = expr.type.kind
    if not isinstance(kind, Number) or not kind.grid:
        return span
    low, high, grid = span.low, span.high, Fraction(kind.grid)
    if low is not None:
        low = whole(-(-Fraction(low) // grid) * grid)
        while low in span.holes or (low == span.low and not span.low_in):
            low = whole(low + grid)
    if high is not None:
        high = whole(Fraction(high) // grid * grid)
        while high in span.holes or (high == span.high and not span.high_in):
            high = whole(high - grid)
    return Span(low, span.low_in or low is not None, high, span.high_in or high is not None, span.holes)


def _of_parts(expr: Expr, facts: Facts, bodies: Bodies) -> Span:
    """What the parts of a value say of it."""

    def inner(part: Expr) -> Span:
        return of(part, facts, bodies)

    match expr:
        case core.Ref() if (body := bodies(expr)) is not None:
            return of(body, facts, bodies.behind)
        case core.Product(factors=factors, powers=powers):
            return _product([(inner(f), p) for f, p in zip(factors, powers, strict=True)])
        case core.Limited(of=value, cap=cap, floor=floor):
            return _limited(inner(value), inner(cap) if cap else None, inner(floor) if floor else None)
        case core.Extreme(items=items, larger=larger):
            return _extreme([inner(item) for item in items], larger)
        case core.Rounded(of=value, mode=mode, step=step):
            return _rounded(inner(value), mode, step)
        case core.Units(of=value, unit=unit, reading=reading):
            return _units(inner(value), inner(unit), reading)
        case core.Default(of=value, fallback=fallback):
            return inner(value).hull(inner(fallback))
        case core.Switch(mode="unique" | "first", arms=arms) if bodies.deep > 0:
            return _switched(arms, facts, bodies.behind)
        case _:
            return Span()


def _switched(arms: tuple[core.Arm, ...], facts: Facts, bodies: Bodies) -> Span:
    """The values of those arms that can hold."""
    found: Span | None = None
    for arm in arms:
        if isinstance(arm.value, core.Refer) or not isinstance(arm.value.type.kind, Number):
            continue
        for more in alternatives(arm.guard, True, bodies.closed) if arm.guard is not None else [()]:
            known = (*facts, *more)
            if possible(known, bodies.closed):
                span = of(arm.value, known, bodies)
                found = span if found is None else found.hull(span)
    return found or Span()


def _product(parts: list[tuple[Span, int]]) -> Span:
    """A product is 0 only where a factor is."""
    nonzero = all(not span.has(0) for span, _ in parts)
    low: Bound = 1
    high: Bound = 1
    for span, power in parts:
        if span.low is None or span.low < 0 or low is None:
            low = high = None
            break
        if power > 0:
            low, high = low * span.low, None if high is None or span.high is None else high * span.high
        else:
            low = divide(low, span.high) if span.high else 0
            high = None if high is None or not span.low else divide(high, span.low)
    holes = frozenset[Exact]([0]) if nonzero else frozenset[Exact]()
    return Span(None if low is None else whole(low), True, None if high is None else whole(high), True, holes)


def _limited(value: Span, cap: Span | None, floor: Span | None) -> Span:
    """The floor first, then the cap, as limits are read."""
    if floor is not None:
        value = _extreme([value, floor], True)
    return value if cap is None else _extreme([value, cap], False)


def _extreme(spans: list[Span], larger: bool) -> Span:
    lows = [(s.low, s.low_in) for s in spans]
    highs = [(s.high, s.high_in) for s in spans]
    if larger:
        low = lows[0]
        for bound in lows[1:]:
            low = _tighter(low, bound, 1)
        high = highs[0]
        for bound in highs[1:]:
            high = _wider(high, bound, -1)
    else:
        low = lows[0]
        for bound in lows[1:]:
            low = _wider(low, bound, 1)
        high = highs[0]
        for bound in highs[1:]:
            high = _tighter(high, bound, -1)
    holes = frozenset[Exact]([0]) if all(not s.has(0) for s in spans) else frozenset[Exact]()
    return Span(*low, *high, holes)


def _rounded(value: Span, mode: str, step: Exact) -> Span:
    low = None if value.low is None else whole(Fraction(value.low) // step * step)
    high = None if value.high is None else whole(-(-Fraction(value.high) // step) * step)
    if mode == "up" and value.low is not None and value.low >= 0:  # away from zero
        low = whole(-(-Fraction(value.low) // step) * step)
        if value.low == 0 and not value.has(0):
            low = step
    return Span(low, True, high, True)


def _units(value: Span, unit: Span, reading: str) -> Span:
    """How many units are in a quantity, none in a negative one."""
    if unit.low is None or unit.low <= 0:
        return Span(0, True)
    most = None if value.high is None else divide(max(0, value.high), unit.low)
    if most is not None and reading != "every":
        most = int(Fraction(most) // 1) if reading == "every_full" else int(-(-Fraction(most) // 1))
    if most and reading == "every_full" and value.high is not None and not value.high_in and unit.low == unit.high:
        most = most - 1 if divide(value.high, unit.low) == most else most
    return Span(0, True, most, True)


# -- together --------------------------------------------------------------------------------------------------------


def possible(facts: Facts, bodies: Bodies = NOTHING_KNOWN) -> bool:
    """Whether nothing shows that some facts cannot all be true."""
    words: dict[Key, frozenset[object]] = {}
    told: dict[Key, bool] = {}
    for fact in facts:
        match fact:
            case Among(key=key, words=these):
                words[key] = words.get(key, these) & these
                if not words[key]:
                    return False
            case Told(key=key, holds=holds):
                if told.setdefault(key, holds) != holds:
                    return False
            case Measured(form=form, op=op) if not form.terms:
                if _against_zero(op).meet(Span(form.rest, True, form.rest, True)).empty:
                    return False
            case Measured(form=form):
                if not _reachable(form, facts, bodies):
                    return False
    return True


def _reachable(form: Form, facts: Facts, bodies: Bodies) -> bool:
    """Whether a sum has a value left; of a single value, one on its grid."""
    span = of_form(form, facts, bodies)
    if span.empty:
        return False
    if len(form.terms) == 1:
        atom = form.atoms[next(iter(form.terms))]
        return member(atom, facts, bodies) is not None
    return True


def member(expr: Expr, facts: Facts, bodies: Bodies = NOTHING_KNOWN, high: bool = False) -> Exact | None:
    """A value that a number can take where the facts hold, the highest (or lowest) there is; None if there is none."""
    kind = expr.type.kind
    assert isinstance(kind, Number)
    span = of(expr, facts, bodies)
    grid = Fraction(kind.grid) if kind.grid else None
    if span.empty:
        return None
    if grid is None:
        return _between(span)
    bound = span.high if high and span.high is not None else span.low
    up = bound is span.low if bound is not None else True
    if bound is None:
        bound, up = (span.high, False) if span.high is not None else (0, True)
    at: Exact = whole((-(-Fraction(bound) // grid) if up else Fraction(bound) // grid) * grid)
    for _ in range(len(span.holes) + 2):
        if span.has(at):
            return at
        at = whole(at + grid if up else at - grid)
    return None


def _between(span: Span) -> Exact | None:
    for value in (span.low, span.high, 0, 1):
        if value is not None and span.has(value):
            return value
    if span.low is not None and span.high is not None:
        return divide(span.low + span.high, 2)
    return whole(span.low + 1) if span.low is not None else whole((span.high or 0) - 1)
