"""A search through all divisions: it leaves a branch where a line can no longer hold, where no goal can become better,
or where the same was left to give out before and had come to no more.

First the figures of the best are found, the heaviest first, each to where it does best; then, knowing these, the first
of equals in canonical order; then whether there is another.
"""

from __future__ import annotations

from interpreter.allocating.model import Problem, Reached, Solution, Spread, Total
from interpreter.allocating.single import singles
from interpreter.allocating.verify import comes_to
from interpreter.allocating.walking import Option, Slots, Steps, Vector, Walk, by_pair


def search(problem: Problem, steps: Steps) -> Solution | None:
    """The best division of a problem, None where there is none; raises TooLargeError."""
    slots, vector, fixed = _slots(problem), None, 0
    while True:
        best = _Best(problem, _heaviest(problem, slots), steps, vector, fixed)
        best.go(0)
        vector = best.vector
        if vector is None:
            return None
        if best.fixed == fixed:
            break
        fixed = best.fixed
        slots = _kept(problem, slots, fixed)
    first = _First(problem, slots, steps, vector)
    first.go(0)
    chosen = first.chosen
    assert chosen is not None
    first.avoid, first.chosen = chosen, None
    first.go(0)
    reached = [comes_to(goal, problem, {k for o in chosen for k in o}) for goal in problem.goals]
    pairs = tuple(sorted(k for option in chosen for k in option))
    return Solution(pairs, tuple(Reached(value, value) for value in reached), first.chosen is not None)


def _slots(problem: Problem) -> Slots:
    single, of_item = singles(problem), dict[int, list[Option]]()
    slots: Slots = []
    for k, (item, _) in enumerate(problem.pairs):
        if item not in single:
            slots.append([(k,), ()])
        elif item in of_item:
            of_item[item].insert(-1, (k,))
        else:
            of_item[item] = [(k,), ()]
            slots.append(of_item[item])
    return slots


def _heaviest(problem: Problem, slots: Slots) -> Slots:
    """The slots, those first that move lines and spreads most."""
    weight = [0] * len(problem.pairs)
    spreads = [terms for g in problem.goals if isinstance(g, Spread) for group in g.groups for terms in group]
    for terms in [*(line.terms for line in problem.lines), *spreads]:
        for k, c in terms:
            weight[k] = max(weight[k], abs(c))
    return sorted(slots, key=lambda slot: -max((weight[k] for option in slot for k in option), default=0))


def _kept(problem: Problem, slots: Slots, fixed: int) -> Slots:
    """The slots without what cannot be, since the first goals are as good as if nothing else mattered."""
    for goal in problem.goals[:fixed]:
        if isinstance(goal, Total):
            worth = by_pair(goal.terms, -1 if goal.most else 1)
            cost = [[sum(worth.get(k, 0) for k in option) for option in slot] for slot in slots]
            slots = [
                [option for option, c in zip(slot, costs, strict=True) if c == min(costs)]
                for slot, costs in zip(slots, cost, strict=True)
            ]
    return slots


class _Best(Walk):
    """Looks for the best figures; ends early where the first goals prove as good as if nothing else mattered."""

    def __init__(self, problem: Problem, slots: Slots, steps: Steps, vector: Vector | None, fixed: int) -> None:
        super().__init__(problem, slots, steps)
        self.vector, self.fixed, self.root = vector, fixed, self.bound(0)

    def go(self, at: int) -> bool:
        """Decides the slots from `at` on; says whether the search may end."""
        if at == 0 and (not self.possible(0) or self.root == self.vector):
            return True
        if at == len(self.slots):
            self.vector = self.bound(at)
            leading = next((n for n, (x, y) in enumerate(zip(self.vector, self.root, strict=True)) if x != y),
                           len(self.root))  # fmt: skip
            grown = leading > self.fixed
            self.fixed = max(self.fixed, leading)
            return grown or self.vector == self.root
        tried: list[tuple[Vector, int, int]] = []
        for n, option in enumerate(self.slots[at]):
            self.steps.take()
            self.turn(option, 1)
            if self.possible(at + 1):
                bound = self.bound(at + 1)
                if self.vector is None or bound < self.vector:
                    tried.append((bound, self.unlike(), n))
            self.turn(option, -1)
        for bound, _, n in sorted(tried):
            if self.vector is not None and bound >= self.vector:
                break
            self.turn(self.slots[at][n], 1)
            key = self.key(at + 1)
            before = self.seen.get(key)
            ended = False
            if before is None or bound < before:
                self.seen[key] = bound
                ended = self.go(at + 1)
            self.turn(self.slots[at][n], -1)
            if ended:
                return True
        return False

    def unlike(self) -> int:
        """How far apart members of spreads are as yet."""
        values = [[self.sums[which].value for which in g.members] for gs in self.groups.values() for g in gs]
        return sum(max(some) * len(some) - sum(some) for some in values)


class _First(Walk):
    """Looks for the first division in canonical order that comes to known figures; other than one where it is told."""

    def __init__(self, problem: Problem, slots: Slots, steps: Steps, vector: Vector) -> None:
        super().__init__(problem, slots, steps)
        self.vector = vector
        self.taken: list[Option] = []
        self.chosen: list[Option] | None = None
        self.avoid: list[Option] | None = None

    def go(self, at: int, same: bool = True) -> bool:
        """Decides the slots from `at` on; `same`: as in the one to avoid so far."""
        same = same and self.avoid is not None
        if at == len(self.slots):
            self.chosen = None if same else list(self.taken)
            return not same
        for option in self.slots[at]:
            self.steps.take()
            self.turn(option, 1)
            self.taken.append(option)
            alike = same and self.avoid is not None and option == self.avoid[at]
            ended = self.worth(at + 1, alike) and self.go(at + 1, alike)
            if ended:
                self.seen.pop(self.key(at + 1), None)  # what leads to the one found is no dead end for another
            self.taken.pop()
            self.turn(option, -1)
            if ended:
                return True
        return False

    def worth(self, at: int, same: bool) -> bool:
        """Whether the figures can still be reached, by what was not tried before."""
        if not self.possible(at) or (bound := self.bound(at)) > self.vector:
            return False
        if same:
            return True
        key = self.key(at)
        before = self.seen.get(key)
        if before is not None and before <= bound:
            return False
        self.seen[key] = bound
        return True
