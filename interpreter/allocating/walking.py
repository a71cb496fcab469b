"""Sums over what is decided one after the other, between what bounds they will end, and which states are alike."""

from __future__ import annotations

from math import gcd

from msgspec import Struct

from interpreter.allocating.model import Line, Problem, Shortfall, Spread, Terms, Total


class TooLargeError(Exception):
    """A problem that is not solved in so many steps."""


class Steps:
    """What a search may still do."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, many: int = 1) -> None:
        self.left -= many
        if self.left < 0:
            raise TooLargeError


Option = tuple[int, ...]
"""The pairs that are chosen of a slot: one or none."""
Slots = list[list[Option]]
"""What is decided one after the other: whom an item goes to, or whether a pair is chosen; the preferred first."""
Vector = tuple[int, ...]
"""What the goals come to, each turned so that less is better."""


def by_pair(terms: Terms, sign: int = 1) -> dict[int, int]:
    found: dict[int, int] = {}
    for k, c in terms:
        found[k] = found.get(k, 0) + sign * c
    return found


class _Sum(Struct):
    """A sum while it is given out; the least and the most that it can still gain from each slot on."""

    value: int
    least: list[int]
    most: list[int]


class _Group(Struct):
    """The members of a spread, and the sum of all of them."""

    members: list[int]
    whole: int
    step: int
    tolerance: int


class Walk:
    """Sums over slots that are decided one after the other."""

    def __init__(self, problem: Problem, slots: Slots, steps: Steps) -> None:
        self.problem, self.slots, self.steps = problem, slots, steps
        self.sums: list[_Sum] = []
        self.moves: list[list[tuple[_Sum, int]]] = [[] for _ in problem.pairs]
        self.hard = [(self.summed(line.terms), line) for line in problem.lines if line.order is None]
        self.soft: dict[int, list[tuple[int, Line]]] = {}
        self.totals: dict[int, int] = {}
        self.groups: dict[int, list[_Group]] = {}
        for n, goal in enumerate(problem.goals):
            match goal:
                case Total(terms=terms, most=most):
                    self.totals[n] = self.summed(terms, -1 if most else 1)
                case Shortfall(order=order):
                    lines = [line for line in problem.lines if line.order == order]
                    self.soft[n] = [(self.summed(line.terms), line) for line in lines]
                case Spread(groups=groups, tolerance=tolerance):
                    self.groups[n] = [self.grouped(group, tolerance) for group in groups]
        self.every = [group for groups in self.groups.values() for group in groups]
        self.active = [self.active_at(at) for at in range(len(slots) + 1)]
        self.touched = [[(which, line) for which, line in self.hard if at == 0 or self.moved(which, at)]
                        for at in range(len(slots) + 1)]  # fmt: skip
        self.twins = self.alike()
        self.seen: dict[tuple[int, ...], Vector] = {}

    def summed(self, terms: Terms, sign: int = 1) -> int:
        moves = by_pair(terms, sign)
        least, most = [0] * (len(self.slots) + 1), [0] * (len(self.slots) + 1)
        for at in reversed(range(len(self.slots))):
            values = [sum(moves.get(k, 0) for k in option) for option in self.slots[at]]
            least[at], most[at] = least[at + 1] + min(values), most[at + 1] + max(values)
        found = _Sum(0, least, most)
        for k, c in moves.items():
            self.moves[k].append((found, c))
        self.sums.append(found)
        return len(self.sums) - 1

    def grouped(self, group: tuple[Terms, ...], tolerance: int) -> _Group:
        step = gcd(*(c for terms in group for _, c in terms))
        whole = self.summed(tuple(term for terms in group for term in terms))
        return _Group([self.summed(terms) for terms in group], whole, step, tolerance)

    def moved(self, which: int, at: int) -> bool:
        """Whether the slot before `at` has a say in a sum."""
        found = self.sums[which]
        return found.least[at - 1] != found.least[at] or found.most[at - 1] != found.most[at]

    def active_at(self, at: int) -> tuple[list[tuple[int, Line]], list[int]]:
        """What the rest depends on at a slot: lines and members of spreads that are not settled yet."""

        def open_(which: int) -> bool:
            return bool(self.sums[which].least[at] or self.sums[which].most[at])

        lines = [(which, line) for which, line in (*self.hard, *(x for xs in self.soft.values() for x in xs))]
        groups = [number for number, group in enumerate(self.every) if any(map(open_, group.members))]
        return [x for x in lines if open_(x[0])], groups

    def key(self, at: int) -> tuple[int, ...]:
        """What the rest depends on: where two are alike, what can still come is alike."""
        lines, groups = self.active[at]
        found = [at]
        for which, line in lines:
            low, high = self.span(which, at)
            if (line.low is None or low >= line.low) and (line.high is None or high <= line.high):
                found += (0, 0)
            else:
                found += (1, self.sums[which].value)
        for number in groups:
            for members in self.twins[number][at]:
                found += sorted([self.sums[which].value for which in members])
        return tuple(found)

    def alike(self) -> list[list[list[list[int]]]]:
        """For each group of a spread and each slot its members, those together that may change places from there on."""
        moved = [[sorted((id(x), c) for k in option for x, c in self.moves[k] if c) for option in slot]
                 for slot in self.slots]  # fmt: skip
        return [self.alike_of(group.members, moved) for group in self.every]

    def alike_of(self, members: list[int], moved: list[list[list[tuple[int, int]]]]) -> list[list[list[int]]]:
        found: list[list[list[int]]] = [[members]]
        for slot in reversed(moved):
            classes: list[list[int]] = []
            for together in found[-1]:
                new: list[list[int]] = []
                for which in together:
                    home = next((some for some in new if self.exchange(some[0], which, slot)), None)
                    if home is None:
                        new.append([which])
                    else:
                        home.append(which)
                classes += new
            found.append(classes)
        return found[::-1]

    def exchange(self, one: int, other: int, slot: list[list[tuple[int, int]]]) -> bool:
        """Whether a slot offers the same when two sums change places."""
        a, b = id(self.sums[one]), id(self.sums[other])
        swap = {a: b, b: a}
        turned = [sorted((swap.get(x, x), c) for x, c in option) for option in slot]
        return sorted(turned) == sorted(slot)

    def span(self, which: int, at: int) -> tuple[int, int]:
        found = self.sums[which]
        return found.value + found.least[at], found.value + found.most[at]

    def possible(self, at: int) -> bool:
        for which, line in self.touched[at]:
            low, high = self.span(which, at)
            if (line.low is not None and high < line.low) or (line.high is not None and low > line.high):
                return False
        return True

    def bound(self, at: int) -> Vector:
        """The best that each goal could still come to."""
        found = []
        for n in range(len(self.problem.goals)):
            if n in self.totals:
                found.append(self.span(self.totals[n], at)[0])
            elif n in self.soft:
                found.append(sum(least_missed(line, *self.span(which, at)) for which, line in self.soft[n]))
            else:
                found.append(sum(self.apart(group, at) for group in self.groups[n]))
        return tuple(found)

    def apart(self, group: _Group, at: int) -> int:
        """How far apart members must end: by their spans, and by what is left for the others of the sum of all."""
        spans = [self.span(which, at) for which in group.members]
        highest, lowest = max(low for low, _ in spans), min(high for _, high in spans)
        found, others = highest - lowest, len(spans) - 1
        if others and group.step:
            low, high = self.span(group.whole, at)
            found = max(found, highest - (high - highest) // others, -((lowest - low) // others) - lowest)
            if low == high and low // group.step % len(spans):
                found = max(found, group.step)
        return max(0, found - group.tolerance)

    def turn(self, option: Option, sign: int) -> None:
        for k in option:
            for found, c in self.moves[k]:
                found.value += sign * c


def least_missed(line: Line, low: int, high: int) -> int:
    """By how much a line is missed at the least, where its sum ends between two figures."""
    below = 0 if line.low is None else max(0, line.low - high)
    above = 0 if line.high is None else max(0, low - line.high)
    return below + above
