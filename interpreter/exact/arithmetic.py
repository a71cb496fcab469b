"""Exact arithmetic: sums, products, rounding, units in a quantity.

Whole numbers stay ints, which are several times faster; sums with fractions are taken over a common denominator and
reduced once. Operands that are absent spread (absence).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd
from typing import Final, assert_never

from interpreter.exact.absence import reshaped, spread, undecided
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope
from interpreter.exact.telling import told
from interpreter.exact.trace import Step
from policy.core import Expr, Product, Rounded, Sum, Units
from policy.kinds import Reading, Rounding
from policy.units import Exact, divide, exact, whole
from policy.values import Value

NUMERIC: Final = frozenset((int, Fraction))


SMALL: Final = 2**30
"""Denominators that are multiplied without a look at what they share, which is faster while they fit a word."""


def added(values: Iterable[Value], signs: Iterable[int]) -> Exact | None:
    """The sum of values with their signs; None if one of them is no number.

    Ratios of long denominators are gathered by these, which are then brought together two and two: each step works on
    numbers no longer than the least common denominator of what it joins.
    """
    total, above, below = 0, 0, 1
    parts: dict[int, int] = {}
    for value, sign in zip(values, signs, strict=True):
        if type(value) is int:
            total += value if sign > 0 else -value
        elif type(value) is Fraction:
            over = value.denominator
            top = value.numerator if sign > 0 else -value.numerator
            if over == below:
                above += top
            elif below < SMALL and over < SMALL:
                above, below = above * over + top * below, below * over
            else:
                parts[over] = parts.get(over, 0) + top
        else:
            return None
    if parts:
        parts[below] = parts.get(below, 0) + above
        above, below = joined(parts)
    if below == 1:
        return total + above
    return exact(above + total * below, below)


def joined(parts: dict[int, int]) -> tuple[int, int]:
    """The sum of ratios, given as numerator by denominator."""
    ratios = [(above, below) for below, above in sorted(parts.items())]
    while len(ratios) > 1:
        pairs = zip(ratios[::2], ratios[1::2], strict=False)
        rest = ratios[-1:] if len(ratios) % 2 else []
        ratios = [over_common(*one, *other) for one, other in pairs] + rest
    return ratios[0]


def over_common(above: int, below: int, other: int, under: int) -> tuple[int, int]:
    """Two ratios added over their least common denominator."""
    shared = gcd(below, under)
    return above * (under // shared) + other * (below // shared), below // shared * under


def times(left: Exact, right: Exact) -> Exact:
    """The product, an int where it is one."""
    product = left * right
    return product if type(product) is int else whole(product)


def rounded(value: Exact, mode: Rounding, step: Exact) -> Exact:
    """`value` rounded to a multiple of `step`; half_up and up go away from zero, down towards it."""
    top, below = value.numerator * step.denominator, value.denominator * step.numerator
    size, rest = divmod(abs(top), below)
    more: bool
    match mode:
        case "down":
            more = False
        case "up":
            more = rest > 0
        case "half_up":
            more = 2 * rest >= below
        case "half_even":
            more = 2 * rest > below or (2 * rest == below and size % 2 == 1)
        case _:
            assert_never(mode)
    size += more
    return times(-size if top < 0 else size, step)


def full_units(value: Exact, unit: Exact) -> int:
    return int(value // unit)


def started_units(value: Exact, unit: Exact) -> int:
    return -int(-value // unit)


def counting(reading: Reading) -> Callable[[Exact, Exact], Exact]:
    """How units are counted."""
    match reading:
        case "every":
            return divide
        case "every_full":
            return full_units
        case "every_started":
            return started_units
        case _:
            assert_never(reading)


def sum_of(node: Sum, make: Make) -> Code:
    terms, signs = tuple(make(term) for term in node.terms), node.signs

    def run(scope: Scope) -> Step:
        parts = tuple([term(scope) for term in terms])
        value = added([part.value for part in parts], signs)
        return Step(node, spread([part.value for part in parts]) if value is None else value, parts)

    return run


def product_of(node: Product, make: Make) -> Code:
    factors, powers = tuple(make(factor) for factor in node.factors), node.powers

    def run(scope: Scope) -> Step:
        parts = tuple([factor(scope) for factor in factors])
        result: Exact = 1
        for part, power in zip(parts, powers, strict=True):
            value = part.value
            if type(value) not in NUMERIC:
                return Step(node, spread([p.value for p in parts]), parts)
            if power > 0:
                result = result * value
            elif value:
                result = divide(result, value)
            else:
                return Step(node, divided_by_zero([p.value for p in parts], part), parts)
        return Step(node, result if type(result) is int else whole(result), parts)

    return run


def divided_by_zero(values: list[Value], divisor: Step) -> Value:
    """Undecided for the zero, and for whatever else is absent."""
    span = getattr(divisor.expr, "span", None)
    text = " ".join(span.text.split()) if span is not None else ""
    return spread([*values, undecided("ZS804", divisor=text)])


def rounding_of(node: Rounded, make: Make) -> Code:
    inner, mode, step = make(node.of), node.mode, node.step

    def run(scope: Scope) -> Step:
        part = inner(scope)
        value = part.value
        if type(value) in NUMERIC:
            return Step(node, rounded(value, mode, step), (part,))
        return Step(node, reshaped(value), (part,))

    return run


def counted_by_nothing(unit: Expr, step: Exact, language: str) -> Value:
    """Undecided: `每满 c` of a c that is zero or less says nothing."""
    return undecided("ZS814", unit=" ".join(unit.span.text.split()), value=told(step, unit.type, language))


def units_of(node: Units, make: Make, language: str) -> Code:
    """A quantity below zero holds no units: nothing is given, and nothing taken away, for years not served."""
    inner, unit, reading = make(node.of), make(node.unit), counting(node.reading)

    def run(scope: Scope) -> Step:
        part, size = inner(scope), unit(scope)
        value, step = part.value, size.value
        parts = (part, size)
        if type(value) not in NUMERIC or type(step) not in NUMERIC:
            return Step(node, spread((value, step)), parts)
        if step <= 0:
            return Step(node, counted_by_nothing(node.unit, step, language), parts)
        return Step(node, reading(value, step) if value > 0 else 0, parts)

    return run
