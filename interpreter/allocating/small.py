"""The best division without any package: by flows where the problem is one, by search where it is small.

A search gives out item by item, in the order in which equals are preferred, and leaves a branch where a line can no
longer hold or no goal can become better. It counts its steps, never the time, so that it ends alike on every machine.
"""

from __future__ import annotations

from itertools import product

from msgspec import Struct

from interpreter.allocating import flow
from interpreter.allocating.model import Goal, Line, Problem, Reached, Shortfall, Solution, Spread, Terms, Total
from interpreter.allocating.single import singles
from interpreter.allocating.verify import comes_to

STEPS = 400_000
"""Options tried before a problem is given up as too large."""


class TooLargeError(Exception):
    """A problem that is not solved in so many steps."""


def solve(problem: Problem) -> Solution | None:
    """The best division; None where none meets all lines; raises TooLargeError."""
    if flow.fits(problem):
        return flow.solve(problem)
    return _Search(problem).best()


Vector = tuple[int, ...]
"""What the goals come to, each turned so that less is better."""


class _Reach(Struct):
    """A sum of terms while it is given out: what it is, and how much more or less it could still become by item."""

    value: int
    least: list[int]
    most: list[int]


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.steps = problem, 0
        self.items = sorted({item for item, _ in problem.pairs})
        self.number = {item: at for at, item in enumerate(self.items)}
        self.options = [self.options_of(item, item in singles(problem)) for item in self.items]
        self.sums: list[_Reach] = []
        self.moves: list[list[tuple[int, int]]] = [[] for _ in problem.pairs]
        self.hard = [(self.summed(line.terms), line) for line in problem.lines if line.order is None]
        self.soft = {g.order: [(self.summed(line.terms), line) for line in problem.lines if line.order == g.order]
                     for g in problem.goals if isinstance(g, Shortfall)}  # fmt: skip
        self.totals = {at: self.summed(g.terms) for at, g in enumerate(problem.goals) if isinstance(g, Total)}
        self.spreads = {
            at: [[self.summed(terms) for terms in group] for group in g.groups]
            for at, g in enumerate(problem.goals)
            if isinstance(g, Spread)
        }
        self.chosen: tuple[int, ...] | None = None
        self.vector: Vector | None = None
        self.other = False

    def options_of(self, item: int, single: bool) -> list[tuple[int, ...]]:
        """What may be chosen of an item's pairs, in the order in which equals are preferred."""
        mine = [k for k, (i, _) in enumerate(self.problem.pairs) if i == item]
        if single:
            return [*((k,) for k in mine), ()]
        if len(mine) > 16:
            raise TooLargeError
        return [tuple(k for k, on in zip(mine, which, strict=True) if on)
                for which in product((True, False), repeat=len(mine))]  # fmt: skip

    def summed(self, terms: Terms) -> int:
        """A sum to be kept, with how far the items from each on could still move it."""
        least, most = [0] * (len(self.items) + 1), [0] * (len(self.items) + 1)
        by_pair = dict.fromkeys((k for k, _ in terms), 0)
        for k, c in terms:
            by_pair[k] += c
        for at in reversed(range(len(self.items))):
            values = [sum(by_pair.get(k, 0) for k in option) for option in self.options[at]]
            least[at], most[at] = least[at + 1] + min(values), most[at + 1] + max(values)
        for k, c in by_pair.items():
            self.moves[k].append((len(self.sums), c))
        self.sums.append(_Reach(0, least, most))
        return len(self.sums) - 1

    def span(self, which: int, at: int) -> tuple[int, int]:
        """Between what a sum will end once the items before `at` are given out."""
        found = self.sums[which]
        return found.value + found.least[at], found.value + found.most[at]

    def possible(self, at: int) -> bool:
        for which, line in self.hard:
            low, high = self.span(which, at)
            if (line.low is not None and high < line.low) or (line.high is not None and low > line.high):
                return False
        return True

    def bound(self, at: int) -> Vector:
        """The best that each goal could still come to."""
        return tuple(self.bound_of(n, goal, at) for n, goal in enumerate(self.problem.goals))

    def bound_of(self, n: int, goal: Goal, at: int) -> int:
        match goal:
            case Total(most=most):
                low, high = self.span(self.totals[n], at)
                return -high if most else low
            case Shortfall(order=order):
                return sum(least_missed(line, *self.span(which, at)) for which, line in self.soft[order])
            case Spread(tolerance=tolerance):
                return sum(self.least_apart(group, tolerance, at) for group in self.spreads[n])

    def least_apart(self, group: list[int], tolerance: int, at: int) -> int:
        spans = [self.span(which, at) for which in group]
        if not spans:
            return 0
        return max(0, max(low for low, _ in spans) - min(high for _, high in spans) - tolerance)

    def best(self) -> Solution | None:
        self.give(0, [])
        if self.chosen is None:
            return None
        first = self.chosen
        self.other = True
        self.give(0, [])
        chosen = set(first)
        reached = [comes_to(goal, self.problem, chosen) for goal in self.problem.goals]
        return Solution(first, tuple(Reached(value, value) for value in reached), self.chosen != first)

    def give(self, at: int, taken: list[int]) -> bool:
        """Gives out the items from `at` on; says whether the search may end. The second time it looks for another
        division that is as good."""
        if not self.possible(at):
            return False
        if self.vector is not None:
            bound = self.bound(at)
            if bound > self.vector or (bound == self.vector and not self.other):
                return False
        if at == len(self.items):
            return self.found(tuple(sorted(taken)))
        for option in self.options[at]:
            self.steps += 1
            if self.steps > STEPS:
                raise TooLargeError
            for k in option:
                for which, c in self.moves[k]:
                    self.sums[which].value += c
            ended = self.give(at + 1, [*taken, *option])
            for k in option:
                for which, c in self.moves[k]:
                    self.sums[which].value -= c
            if ended:
                return True
        return False

    def found(self, chosen: tuple[int, ...]) -> bool:
        if self.other:
            different = chosen != self.chosen
            self.chosen = chosen if different else self.chosen
            return different
        self.chosen, self.vector = chosen, self.bound(len(self.items))
        return False


def least_missed(line: Line, low: int, high: int) -> int:
    """By how much a line is missed at the least, where its sum ends between two figures."""
    below = 0 if line.low is None else max(0, line.low - high)
    above = 0 if line.high is None else max(0, low - line.high)
    return below + above
