"""Tiers: an amount by slices, each at its own rate, or the whole amount at the rate of its band."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from interpreter.exact.absence import spread, undecided
from interpreter.exact.arithmetic import NUMERIC, added, times
from interpreter.exact.code import Code, Make
from interpreter.exact.population import Scope
from interpreter.exact.telling import told
from interpreter.exact.trace import Step
from policy.core import Band, Banded, Const, Expr
from policy.numerals import told_value
from policy.units import Exact
from policy.values import Undecided, Value


class Extent(Struct, frozen=True):
    """From where to where a band goes for one case; None is not bounded there."""

    low: Exact | None
    low_in: bool
    high: Exact | None
    high_in: bool

    def holds(self, amount: Exact) -> bool:
        above = self.low is None or amount > self.low or (self.low_in and amount == self.low)
        return above and (self.high is None or amount < self.high or (self.high_in and amount == self.high))

    def slice_of(self, amount: Exact) -> Exact:
        """How much of an amount lies in it; without lower bound it starts at zero."""
        return max(0, (amount if self.high is None else min(amount, self.high)) - (self.low or 0))


def banded_of(node: Banded, make: Make, language: str) -> Code:
    inner, bands = make(node.of), tuple((band, make(band.rate)) for band in node.bands)
    edges = dict.fromkeys(bound for band in node.bands for bound in (band.low, band.high) if bound is not None)
    moving = tuple([(bound, make(bound)) for bound in edges if not isinstance(bound, Const)])
    known: dict[Expr, Value] = {
        bound: bound.value for bound in edges if isinstance(bound, Const) and type(bound.value) in NUMERIC
    }
    placed = () if moving else extents(node.bands, known)
    marginal = node.mode == "marginal"

    def run(scope: Scope) -> Step:
        part = inner(scope)
        amount = part.value
        bounds = tuple([bound(scope) for _, bound in moving])
        asked = (part, *bounds)
        values = [step.value for step in asked]
        if any(type(value) not in NUMERIC for value in values):
            return Step(node, spread(values), asked)
        reach = placed
        if moving:
            reach = extents(node.bands, known | dict(zip([bound for bound, _ in moving], values[1:], strict=True)))
            if (crossed := crossing(reach, marginal)) is not None:
                return Step(node, unordered(crossed, node), asked)
        if not covered(amount, reach, marginal):
            return Step(node, undecided("ZS808", value=told(amount, node.of.type, language)), asked)
        slices = [extent.slice_of(amount) for extent in reach] if marginal else whole_slice(amount, reach)
        steps = tuple([band_step(band, rate(scope), size)
                       for (band, rate), size in zip(bands, slices, strict=True) if size])  # fmt: skip
        value = added([step.value for step in steps], [1] * len(steps))
        return Step(node, spread([s.value for s in steps]) if value is None else value, (*asked, *steps))

    return run


def extents(bands: tuple[Band, ...], values: Mapping[Expr, Value]) -> tuple[Extent, ...]:
    """Where the bands go, from what their bounds come to."""

    def at(bound: Expr | None) -> Exact | None:
        return None if bound is None else values[bound]

    return tuple([Extent(at(band.low), band.low_in, at(band.high), band.high_in) for band in bands])


def band_step(band: Band, rate: Step, size: Exact) -> Step:
    """One band's share: the slice, kept as the note, times its rate."""
    value = times(size, rate.value) if type(rate.value) in NUMERIC else spread((rate.value,))
    return Step(band, value, (rate,), size)


def crossing(reach: tuple[Extent, ...], marginal: bool) -> Extent | None:
    """The first band that ends before it starts; of tiers that add up, none may end below zero."""
    for extent in reach:
        low = extent.low if extent.low is not None else 0 if marginal else None
        if low is not None and extent.high is not None and extent.high < low:
            return extent
    return None


def unordered(extent: Extent, node: Banded) -> Undecided:
    low, high = (told_value(bound or 0, node.of.type) for bound in (extent.low, extent.high))
    return undecided("ZS853", low=low, high=high)


def whole_slice(amount: Exact, reach: tuple[Extent, ...]) -> list[Exact]:
    """The whole amount in its band, nothing in the others."""
    at = next((i for i, extent in enumerate(reach) if extent.holds(amount)), None)
    return [amount if i == at else 0 for i in range(len(reach))]


def covered(amount: Exact, reach: tuple[Extent, ...], marginal: bool) -> bool:
    """Whether the bands say what to do with an amount; of tiers that add up, none is asked below the first."""
    if any(extent.holds(amount) for extent in reach):
        return True
    return marginal and amount <= min((extent.low or 0 for extent in reach), default=0)
