"""Divisions that are flows: each item to one at most, each owner so many, goals that are sums.

Goals in order become one weight a pair, in whole numbers as long as it takes, the choice among equals behind them;
paths that gain most are taken one after the other until none gains. What must be given or taken weighs more
than all goals together, so that missing it shows.
"""

from __future__ import annotations

from collections import deque

from msgspec import Struct

from interpreter.allocating.model import Problem, Reached, Solution, Total
from interpreter.allocating.single import singles
from interpreter.allocating.verify import comes_to


class Shape(Struct, frozen=True):
    """A problem as a flow: which items must be given, and for each owner from and up to how many (None: no end)."""

    must: frozenset[int]
    limits: dict[int, tuple[int, int | None]]
    empty: bool
    """Whether a line can surely not hold."""


def fits(problem: Problem) -> bool:
    """Whether a problem is a flow."""
    return shape(problem) is not None


def shape(problem: Problem) -> Shape | None:
    """A problem as a flow, None where it is none."""
    if any(not isinstance(goal, Total) for goal in problem.goals):
        return None
    items = {item for item, _ in problem.pairs}
    if singles(problem) != items:
        return None
    of_item: dict[int, set[int]] = {}
    of_owner: dict[int, set[int]] = {}
    for k, (item, owner) in enumerate(problem.pairs):
        of_item.setdefault(item, set()).add(k)
        of_owner.setdefault(owner, set()).add(k)
    must: set[int] = set()
    limits: dict[int, tuple[int, int | None]] = {}
    empty = False
    for line in problem.lines:
        pairs = {k for k, _ in line.terms}
        if line.order is not None or any(c != 1 for _, c in line.terms) or len(pairs) != len(line.terms):
            return None
        low = max(line.low or 0, 0)
        if not pairs:
            empty = empty or (line.low or 0) > 0 or (line.high is not None and line.high < 0)
            continue
        item, owner = problem.pairs[line.terms[0][0]]
        if pairs == of_item[item] and (line.high is None or line.high >= 1) and low <= 1:
            must.update([item] if low else [])
        elif pairs == of_owner[owner]:
            before = limits.get(owner, (0, None))
            high = min((h for h in (before[1], line.high) if h is not None), default=None)
            limits[owner] = max(before[0], low), high
            empty = empty or (high is not None and limits[owner][0] > high)
        else:
            return None
    return Shape(frozenset(must), limits, empty)


def solve(problem: Problem) -> Solution | None:
    """The best division of a problem that is a flow; None where not all lines can hold."""
    found = shape(problem)
    assert found is not None
    if found.empty:
        return None
    chosen = _Flow(problem, found, 1).best()
    if chosen is None:
        return None
    last = _Flow(problem, found, -1).best()
    reached = [comes_to(goal, problem, set(chosen)) for goal in problem.goals]
    return Solution(chosen, tuple(Reached(value, value) for value in reached), last != chosen)


class _Flow:
    """Paths from items to owners; `way` -1 prefers the last of equals."""

    def __init__(self, problem: Problem, found: Shape, way: int) -> None:
        self.problem, self.shape = problem, found
        by_item: dict[int, list[int]] = {}
        for k, (item, _) in enumerate(problem.pairs):
            by_item.setdefault(item, []).append(k)
        self.by_item = by_item
        self.weight = [0] * len(problem.pairs)
        unit = 1
        for item in sorted(by_item, reverse=True):
            for at, k in enumerate(reversed(by_item[item]), 1):
                self.weight[k] = way * unit * at
            unit *= len(by_item[item]) + 1
        for goal in reversed(problem.goals):
            assert isinstance(goal, Total)
            for k, c in goal.terms:
                self.weight[k] += unit * (c if goal.most else -c)
            unit *= 2 * sum(abs(c) for _, c in goal.terms) + 1
        self.needed = 2 * unit * (len(by_item) + 1)
        self.given: dict[int, int] = {}
        self.taken: dict[int, list[int]] = {}

    def best(self) -> tuple[int, ...] | None:
        while True:
            gain, path = self.path()
            if gain <= 0:
                break
            self.follow(path)
        needed = sum(low for low, _ in self.shape.limits.values())
        had = sum(min(len(self.taken.get(o, ())), low) for o, (low, _) in self.shape.limits.items())
        if had < needed or any(item not in self.given for item in self.shape.must):
            return None
        return tuple(sorted(self.given.values()))

    def entering(self, item: int) -> int:
        return self.needed if item in self.shape.must else 0

    def leaving(self, owner: int) -> int | None:
        """What one more is worth to an owner beside its pair; None where there is no room."""
        low, high = self.shape.limits.get(owner, (0, None))
        count = len(self.taken.get(owner, ()))
        if count < low:
            return self.needed
        return 0 if high is None or count < high else None

    def path(self) -> tuple[int, list[int]]:
        """The path that gains most: pairs that are chosen and let go in turn. It starts at an item that nobody has, or
        at an owner that could let one go, and ends where there is room, or at an item that goes back to nobody."""
        gains: dict[tuple[str, int], int] = {}
        came: dict[tuple[str, int], tuple[tuple[str, int], int] | None] = {}
        waiting: deque[tuple[str, int]] = deque()

        def reach(node: tuple[str, int], gain: int, before: tuple[tuple[str, int], int] | None) -> None:
            if node not in gains or gain > gains[node]:
                gains[node], came[node] = gain, before
                if node not in waiting:
                    waiting.append(node)

        for item in self.by_item:
            if item not in self.given:
                reach(("item", item), self.entering(item), None)
        for owner, pairs in self.taken.items():
            low, _ = self.shape.limits.get(owner, (0, None))
            if pairs:
                reach(("owner", owner), -self.needed if len(pairs) <= low else 0, None)
        while waiting:
            node = waiting.popleft()
            kind, at = node
            if kind == "item":
                for k in self.by_item[at]:
                    if self.given.get(at) != k:
                        reach(("owner", self.problem.pairs[k][1]), gains[node] + self.weight[k], (node, k))
            else:
                for k in self.taken.get(at, ()):
                    reach(("item", self.problem.pairs[k][0]), gains[node] - self.weight[k], (node, k))
        best: tuple[int, tuple[str, int]] | None = None
        for node, gain in gains.items():
            kind, at = node
            more = self.leaving(at) if kind == "owner" else -self.entering(at)
            if more is None or came[node] is None:
                continue
            if best is None or gain + more > best[0]:
                best = gain + more, node
        if best is None:
            return 0, []
        path: list[int] = []
        step = came[best[1]]
        while step is not None:
            path.append(step[1])
            step = came[step[0]]
        return best[0], path[::-1]

    def follow(self, path: list[int]) -> None:
        """Chooses and lets go along a path."""
        letting = [k for k in path if self.given.get(self.problem.pairs[k][0]) == k]
        for k in letting:
            item, owner = self.problem.pairs[k]
            del self.given[item]
            self.taken[owner].remove(k)
        for k in path:
            if k not in letting:
                item, owner = self.problem.pairs[k]
                self.given[item] = k
                self.taken.setdefault(owner, []).append(k)
