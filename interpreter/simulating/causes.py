"""Because of what: which edit of a rule, or which edits together, made the difference for each person.

Every subset of the edits is decided; a subset that is no sound policy counts as the largest part of it that is one, so
an edit that needs another takes effect with it. Where there are too many subsets, orders of the edits are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import factorial
from random import Random
from typing import TypeAlias

from msgspec import Struct

from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.decide import Decisions, decide
from interpreter.simulating.compare import Simulation, Variant, numbers, told
from policy.units import Exact, whole
from policy.values import Value

MOST_EXACT = 5
"""Edits of whom every subset is decided: 32 subsets."""
ORDERS = 24
"""Orders of more edits that are drawn."""

Subset: TypeAlias = "frozenset[int]"
Values: TypeAlias = "Mapping[str, Mapping[str, Value]]"
"""By key and result."""


class Causes(Struct, frozen=True, eq=False):
    """What each edit (from 0) did. `sets` has for each person whose result changes the smallest sets of edits that give
    each of the changed results alone; `shares` for each number and edit what of the change of the sum is due to it,
    `personal` the same for each person. `drawn` is how many orders were drawn, 0 where every subset was decided."""

    count: int
    sets: dict[str, dict[str, tuple[tuple[int, ...], ...]]]
    shares: dict[str, tuple[Exact, ...]]
    personal: dict[str, dict[str, tuple[Exact, ...]]]
    drawn: int = 0


def causes(found: Simulation, part: Callable[[Subset], Variant | None], count: int, as_of: date | None) -> Causes:
    """The causes of a change of `count` edits; `part` gives the rule with some of them, None where it is none."""
    before, after = found.before.policy, found.after.policy
    work = _Deciding(found, part, count, as_of)
    names = [name for name in after.results if name in before.results]
    added_up = numbers(before, after)
    sampled = count > MOST_EXACT
    orders = list(_drawn(count)) if sampled else []
    everyone = sorted(set(work.values(frozenset())) & set(work.values(frozenset(range(count)))))
    personal: dict[str, dict[str, tuple[Exact, ...]]] = {}
    for name in added_up:
        for key in everyone:
            share = _drawn_shares(work, name, key, orders) if sampled else _shares(work, name, key)
            if any(share):
                personal.setdefault(name, {})[key] = share
    total = {name: _summed(personal.get(name, {}).values(), count) for name in added_up}
    sets: dict[str, dict[str, tuple[tuple[int, ...], ...]]] = {}
    tried = (
        _subsets(count) if not sampled else [*map(frozenset, combinations(range(count), 1)), frozenset(range(count))]
    )
    for key in everyone:
        for name in names:
            if smallest := _smallest(work, key, name, tried):
                sets.setdefault(key, {})[name] = smallest
    return Causes(count, sets, total, personal, len(orders))


def _summed(shares: Iterable[tuple[Exact, ...]], count: int) -> tuple[Exact, ...]:
    sums = [Fraction(0)] * count
    for each in shares:
        sums = [total + own for total, own in zip(sums, each, strict=True)]
    return tuple(map(whole, sums))


class _Deciding:
    """The results under each subset, each decided once."""

    def __init__(
        self, found: Simulation, part: Callable[[Subset], Variant | None], count: int, as_of: date | None
    ) -> None:
        self.part, self.count, self.as_of = part, count, as_of
        self.found: dict[Subset, Values | None] = {
            frozenset(): _results(found.before),
            frozenset(range(count)): _results(found.after),
        }
        self.counted: dict[Subset, Values] = {}

    def values(self, subset: Subset) -> Values:
        """What everyone gets under a subset, or under the largest part of it that is a rule."""
        if subset not in self.counted:
            self.counted[subset] = self._largest(subset)
        return self.counted[subset]

    def _largest(self, subset: Subset) -> Values:
        for size in range(len(subset), -1, -1):
            for chosen in combinations(sorted(subset), size):
                if (found := self._tried(frozenset(chosen))) is not None:
                    return found
        raise AssertionError  # the rule in force is one

    def _tried(self, subset: Subset) -> Values | None:
        if subset not in self.found:
            variant = self.part(subset)
            self.found[subset] = None if variant is None else _results(self._decided(variant))
        return self.found[subset]

    def _decided(self, variant: Variant) -> Decisions:
        return decide(variant.policy, variant.population, self.as_of, traced=False)

    def number(self, subset: Subset, name: str, key: str) -> Fraction:
        """A number for adding up: what is not decided adds nothing."""
        value = self.values(subset).get(key, {}).get(name)
        return Fraction(value) if type(value) in NUMERIC else Fraction(0)  # type: ignore[arg-type]


def _results(decisions: Decisions) -> Values:
    return {case.key: {n: step.value for n, step in case.results.items()} for case in decisions.cases}


def _subsets(count: int) -> list[Subset]:
    """Every subset that is not empty, the smallest first."""
    return [frozenset(c) for size in range(1, count + 1) for c in combinations(range(count), size)]


def _smallest(work: _Deciding, key: str, name: str, tried: list[Subset]) -> tuple[tuple[int, ...], ...]:
    """The smallest sets that alone bring the new result; none where it does not change."""
    old, new = (_told(work, s, key, name) for s in (frozenset[int](), frozenset(range(work.count))))
    if old == new:
        return ()
    reach = [s for s in tried if _told(work, s, key, name) == new]
    return tuple(tuple(sorted(s)) for s in reach if not any(other < s for other in reach))


def _told(work: _Deciding, subset: Subset, key: str, name: str) -> object:
    results = work.values(subset).get(key, {})
    return told(results[name]) if name in results else None


def _shares(work: _Deciding, name: str, key: str) -> tuple[Exact, ...]:
    """The Shapley share of each edit in the change of one person's number."""
    count, shares = work.count, []
    if len({work.number(s, name, key) for s in (frozenset[int](), *_subsets(count))}) == 1:
        return (0,) * count
    for at in range(count):
        others = [other for other in range(count) if other != at]
        share = Fraction(0)
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for chosen in combinations(others, size):
                with_it, without = frozenset((*chosen, at)), frozenset(chosen)
                share += weight * (work.number(with_it, name, key) - work.number(without, name, key))
        shares.append(whole(share))
    return tuple(shares)


def _drawn(count: int) -> Iterator[list[int]]:
    """Orders drawn with a fixed seed, each with its reverse, so that the same question has the same answer."""
    draw = Random(1)
    for _ in range(ORDERS // 2):
        order = list(range(count))
        for at in range(count - 1, 0, -1):
            other = draw.randrange(at + 1)
            order[at], order[other] = order[other], order[at]
        yield order
        yield order[::-1]


def _drawn_shares(work: _Deciding, name: str, key: str, orders: list[list[int]]) -> tuple[Exact, ...]:
    """The average over drawn orders of what each edit adds when it comes; the shares add up to the change."""
    shares = [Fraction(0)] * work.count
    for order in orders:
        there: Subset = frozenset()
        for at in order:
            after = there | {at}
            shares[at] += work.number(after, name, key) - work.number(there, name, key)
            there = after
    return tuple(whole(share / len(orders)) for share in shares)
