"""How much: numbers by grade and by group, how they are spread, and whose moved the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.decide import Decision
from interpreter.simulating.compare import Simulation, Summed, is_place, label, summed
from interpreter.simulating.edges import near
from policy.types import Number
from policy.units import Exact, whole

BINS = 12
"""Bins of a distribution at most."""


class Parted(Struct, frozen=True):
    """A number of the people of one group, before and after; a group may be other people under each rule."""

    group: str
    before: Summed
    after: Summed


class Spread(Struct, frozen=True):
    """How a number is spread over those of whom it is decided: the least, the quartiles, the most.

    The median of an even count is the mean of the two in the middle; quartiles are the medians of the lower and the
    upper half, the middle one of an odd count in neither.
    """

    count: int
    least: Exact
    lower: Exact
    median: Exact
    upper: Exact
    most: Exact


class Bin(Struct, frozen=True):
    """How many have a number from `low` to below `high` before and after (the last bin holds `high` too). `edges` are
    the edges of the rule in force within it."""

    low: Exact
    high: Exact
    before: int
    after: int
    edges: tuple[Exact, ...] = ()


class Moved(Struct, frozen=True):
    """By how much one person's number differs."""

    key: str
    before: Exact
    after: Exact

    @property
    def difference(self) -> Exact:
        return whole(Fraction(self.after) - self.before)


def by_grade(found: Simulation, choice: str, name: str) -> tuple[Parted, ...]:
    """A number by the values of a choice, each person counted where they stand under each rule."""

    def group(case: Decision) -> str:
        return label(case.results[choice].value)

    order = [value for value, _, _ in found.heads[choice]]
    return parted(found, name, group, order)


def parted(
    found: Simulation, name: str, group: Callable[[Decision], str], order: Sequence[str] = ()
) -> tuple[Parted, ...]:
    """A number by groups, in the order given, others by name after those."""
    sides: list[dict[str, list[Decision]]] = [{}, {}]
    for side, decisions in zip(sides, (found.before, found.after), strict=True):
        for case in decisions.cases:
            side.setdefault(group(case), []).append(case)
    there = {*sides[0], *sides[1]}
    groups = dict.fromkeys([*(each for each in order if each in there), *sorted(there)])
    return tuple(Parted(each, *(summed(side.get(each, ()), name) for side in sides)) for each in groups)


def known(cases: Iterable[Decision], name: str) -> dict[str, Exact]:
    """A number of those of whom it is decided, by key."""
    pairs = ((case.key, case.results[name].value) for case in cases if name in case.results)
    return {key: value for key, value in pairs if type(value) in NUMERIC}


def spread(values: Iterable[Exact]) -> Spread | None:
    """How numbers are spread, None where there are none."""
    found = sorted(values)
    if not found:
        return None
    half = len(found) // 2
    lower, upper = found[:half] or found, found[-half:] if half else found
    return Spread(len(found), found[0], _median(lower), _median(found), _median(upper), found[-1])


def _median(ordered: Sequence[Exact]) -> Exact:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else whole(Fraction(ordered[half - 1] + ordered[half]) / 2)


def bins(found: Simulation, name: str) -> tuple[Bin, ...]:
    """The distribution of a number in bins of one round width."""
    sides = [list(known(d.cases, name).values()) for d in (found.before, found.after)]
    everything = [*sides[0], *sides[1]]
    if not everything:
        return ()
    kind = found.after.policy.kind(name)
    factor = Fraction(kind.unit.factor) if isinstance(kind, Number) and kind.unit is not None else Fraction(1)
    shown = [value / factor for value in everything]
    bounds = _bounds(min(shown), max(shown), whole_only=all(each.denominator == 1 for each in shown))
    marks = [edge.value for edge in near(found.before, name, 0).edges]
    made = []
    for low, high in pairwise(whole(bound * factor) for bound in bounds):
        last = high == whole(bounds[-1] * factor)
        counts = [sum(low <= v < high or (last and v == high) for v in side) for side in sides]
        within = tuple(sorted({e for e in marks if low <= e < high or (last and e == high)}))
        made.append(Bin(low, high, counts[0], counts[1], within))
    return tuple(made)


def _bounds(low: Fraction, high: Fraction, *, whole_only: bool) -> list[Fraction]:
    """Round bounds around two numbers, the same distance apart, a step of 1, 2 or 5 times a power of ten."""
    step = Fraction(1) if whole_only else Fraction(1, 1_000_000)
    factors = (2, Fraction(5, 2), 2)
    at = 0
    while (high // step) - (low // step) + 1 > BINS:
        step *= factors[at % 3]
        at += 1
    first, count = low // step, high // step - low // step + 1
    return [step * (first + each) for each in range(count + 1)]


def largest(found: Simulation, name: str, few: int | None = None) -> tuple[Moved, ...]:
    """Those whose number differs, the largest difference first, then by key."""
    was, now = known(found.before.cases, name), known(found.after.cases, name)
    moved = [Moved(key, was[key], now[key]) for key in was if key in now and was[key] != now[key]]
    moved.sort(key=_by_size)
    return tuple(moved[:few])


def _by_size(each: Moved) -> tuple[Exact, str]:
    return -abs(Fraction(each.difference)), each.key


def places(found: Simulation) -> tuple[str, ...]:
    """The results that are places under both rules."""
    old, new = found.before.policy, found.after.policy
    return tuple(n for n in new.results if n in old.results and is_place(old, n) and is_place(new, n))


def money(found: Simulation) -> tuple[str, ...]:
    """The results that are money and come to another sum."""
    kinds = {name: found.after.policy.kind(name) for name in found.sums}
    paid = [n for n, k in kinds.items() if isinstance(k, Number) and k.unit is not None and k.unit.family == "money"]
    return tuple(n for n in paid if found.sums[n][0] != found.sums[n][1])
