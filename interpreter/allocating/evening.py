"""A division made more even by moving one item at a time: a start for the solver, and often all that there is to do.

Whatever lines hold go on holding, and goals that come before do not get worse. An item moves where the squares of the
loads then add up to less, so that it ends; the order of pairs decides everything, so it ends alike everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.allocating.model import Goal, Problem, Shortfall, Spread, Total

PASSES = 40
"""How often all items are looked at, at most."""


class Evening:
    """A division being evened out. `before` are the goals that must not get worse."""

    def __init__(self, problem: Problem, chosen: Sequence[int], before: Sequence[Goal], spread: Spread) -> None:
        self.problem = problem
        self.chosen = set(chosen)
        self.tolerance = spread.tolerance
        self.groups: list[range] = []
        self.by_item: dict[int, list[int]] = {}
        for k, (item, _) in enumerate(problem.pairs):
            self.by_item.setdefault(item, []).append(k)
        self.loads: list[int] = []
        self.load_of: dict[int, list[tuple[int, int]]] = {}
        for group in spread.groups:
            self.groups.append(range(len(self.loads), len(self.loads) + len(group)))
            for terms in group:
                for k, c in terms:
                    self.load_of.setdefault(k, []).append((len(self.loads), c))
                self.loads.append(sum(c for k, c in terms if k in self.chosen))
        self.sums: list[int] = []
        self.bounds: list[tuple[int | None, int | None]] = []
        self.in_sums: dict[int, list[tuple[int, int]]] = {}
        for line in problem.lines:
            if line.order is None:
                self.watch(line.terms, line.low, line.high)
        for goal in before:
            if isinstance(goal, Total):
                value = sum(c for k, c in goal.terms if k in self.chosen)
                self.watch(goal.terms, value if goal.most else None, None if goal.most else value)

    def watch(self, terms: Sequence[tuple[int, int]], low: int | None, high: int | None) -> None:
        """A sum that is to stay between two bounds."""
        for k, c in terms:
            self.in_sums.setdefault(k, []).append((len(self.sums), c))
        self.sums.append(sum(c for k, c in terms if k in self.chosen))
        self.bounds.append((low, high))

    def evened(self) -> tuple[int, ...]:
        """The pairs chosen once no single move makes it more even."""
        for least in (self.tolerance, 0):
            for _ in range(PASSES):
                moved = [self.moved(item, least) for item in sorted(self.by_item)]
                if self.even or not any(moved):
                    break
        return tuple(sorted(self.chosen))

    @property
    def even(self) -> bool:
        """Whether no group is further apart than is tolerated."""
        loads = ([self.loads[at] for at in group] for group in self.groups if group)
        return all(max(each) - min(each) <= self.tolerance for each in loads)

    def moved(self, item: int, least: int) -> bool:
        """Moves an item to whom it evens out the most, if to anybody who has less by more than `least`."""
        pairs = self.by_item[item]
        mine = [k for k in pairs if k in self.chosen]
        if len(mine) != 1:
            return False
        gains = sorted((self.gain(mine[0], k), k) for k in pairs if k != mine[0])
        for gain, k in gains:
            if gain >= 0:
                return False
            if self.apart(mine[0], k) > least and self.allowed(mine[0], k):
                self.move(mine[0], k)
                return True
        return False

    def apart(self, old: int, new: int) -> int:
        """How much more the one has than the other."""
        loads = [sum(self.loads[at] for at, _ in self.load_of.get(k, ())) for k in (old, new)]
        return loads[0] - loads[1]

    def gain(self, old: int, new: int) -> int:
        """By how much the sum of squares changes."""
        change = sum((self.loads[at] - c) ** 2 - self.loads[at] ** 2 for at, c in self.load_of.get(old, ()))
        return change + sum((self.loads[at] + c) ** 2 - self.loads[at] ** 2 for at, c in self.load_of.get(new, ()))

    def allowed(self, old: int, new: int) -> bool:
        """Whether all that is watched stays within its bounds."""
        changes: dict[int, int] = {}
        for k, sign in ((old, -1), (new, 1)):
            for at, c in self.in_sums.get(k, ()):
                changes[at] = changes.get(at, 0) + sign * c
        for at, change in changes.items():
            low, high = self.bounds[at]
            value = self.sums[at] + change
            if change and ((low is not None and change < 0 and value < low) or
                           (high is not None and change > 0 and value > high)):  # fmt: skip
                return False
        return True

    def move(self, old: int, new: int) -> None:
        for k, sign in ((old, -1), (new, 1)):
            for at, c in self.in_sums.get(k, ()):
                self.sums[at] += sign * c
            for at, c in self.load_of.get(k, ()):
                self.loads[at] += sign * c
        self.chosen.remove(old)
        self.chosen.add(new)


def evened(problem: Problem, chosen: Sequence[int], before: Sequence[Goal], spread: Spread) -> tuple[int, ...]:
    """A division that is at least as even, with the goals before as they are; the same where those are no sums."""
    if any(isinstance(goal, Spread | Shortfall) for goal in before):
        return tuple(chosen)
    return Evening(problem, chosen, before, spread).evened()
