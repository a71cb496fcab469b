"""Divisions that are flows: each item to one at most, lines that count what an item or owner has, goals that are sums.

Goals in order become one weight a pair, in whole numbers as long as it takes, the choice among equals behind them;
paths that gain most are taken one after the other until none gains. What a line lacks or exceeds costs more with each
one, so a line with order is a weight on counts; a hard line weighs more than all goals together, so that missing it
shows. How far apart counts are is a flow for each window between which they all lie.
"""

from __future__ import annotations

from collections import deque

from msgspec import Struct, structs

from interpreter.allocating.model import Line, Problem, Reached, Shortfall, Solution, Spread, Total
from interpreter.allocating.single import singles
from interpreter.allocating.verify import comes_to, shortfall

Lines = dict[int, list[Line]]


class Shape(Struct, frozen=True):
    """A problem as a flow: the lines that count the pairs of one item, and those that count the pairs of one owner."""

    of_items: Lines
    of_owners: Lines
    empty: bool
    """Whether a line can surely not hold."""


def fits(problem: Problem) -> bool:
    """Whether a problem is a flow."""
    return shape(problem) is not None


def shape(problem: Problem) -> Shape | None:
    """A problem as a flow, None where it is none."""
    if singles(problem) != {item for item, _ in problem.pairs}:
        return None
    if sum(isinstance(goal, Spread) for goal in problem.goals) > 1:
        return None
    if any(isinstance(goal, Spread) and not _counts(goal, problem) for goal in problem.goals):
        return None
    asked = {None, *(goal.order for goal in problem.goals if isinstance(goal, Shortfall))}
    of_item, of_owner = sides(problem)
    items, owners, empty = Lines(), Lines(), False
    for line in problem.lines:
        if line.order not in asked:
            continue
        if not line.terms:
            empty = empty or (line.order is None and shortfall(line, ()) > 0)
        elif not counts(line, of_item, of_owner):
            return None
        else:
            item, owner = problem.pairs[line.terms[0][0]]
            whole = {k for k, _ in line.terms} == of_item[item]
            (items if whole else owners).setdefault(item if whole else owner, []).append(line)
    return Shape(items, owners, empty)


def counts(line: Line, of_item: dict[int, set[int]], of_owner: dict[int, set[int]]) -> bool:
    """Whether a line counts all that an item has or all that an owner has."""
    pairs = {k for k, _ in line.terms}
    if any(c != 1 for _, c in line.terms) or len(pairs) != len(line.terms):
        return False
    return any(pairs in (side.get(n, set()) for n in side) for side in (of_item, of_owner))


def sides(problem: Problem) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The pairs of each item and of each owner."""
    of_item: dict[int, set[int]] = {}
    of_owner: dict[int, set[int]] = {}
    for k, (item, owner) in enumerate(problem.pairs):
        of_item.setdefault(item, set()).add(k)
        of_owner.setdefault(owner, set()).add(k)
    return of_item, of_owner


def _counts(goal: Spread, problem: Problem) -> bool:
    """Whether a spread is of one group, whose members are each all that an owner has, all counted alike."""
    if len(goal.groups) != 1 or not goal.groups[0]:
        return False
    members = goal.groups[0]
    if len({c for terms in members for _, c in terms}) != 1 or any(not terms or terms[0][1] <= 0 for terms in members):
        return False
    _, of_owner = sides(problem)
    owners = [problem.pairs[terms[0][0]][1] for terms in members]
    return len(set(owners)) == len(owners) and all(
        len(terms) == len(of_owner[owner]) and {k for k, _ in terms} == of_owner[owner]
        for owner, terms in zip(owners, members, strict=True)
    )


Within = tuple[frozenset[int], frozenset[int]]
"""Pairs that may not be chosen, and items that must be given."""
ALL: Within = (frozenset(), frozenset())


def solve(problem: Problem) -> Solution | None:
    """The best division of a problem that is a flow; None where not all lines can hold."""
    equal = equals(problem, ALL)
    if not equal:
        return None
    reached = [comes_to(goal, problem, set(equal[0])) for goal in problem.goals]
    return Solution(equal[0], tuple(Reached(value, value) for value in reached), len(equal) > 1)


def equals(problem: Problem, within: Within, *, both: bool = True) -> list[tuple[int, ...]]:
    """The first of the best divisions, and others if there are any and `both` is asked; none where not all lines can
    hold."""
    apart = next((goal for goal in problem.goals if isinstance(goal, Spread)), None)
    found = [_ends(problem, within, both)] if apart is None else _windows(problem, apart, within, both)
    ends = [(turned(problem, end), end) for pair in found if pair is not None for end in pair]
    least = min((values for values, _ in ends), default=None)
    return sorted({end for values, end in ends if values == least}, key=lambda end: preference(problem, end))


def preference(problem: Problem, chosen: tuple[int, ...]) -> list[bool]:
    """What puts equals in order."""
    mine = set(chosen)
    return [k not in mine for k in range(len(problem.pairs))]


def turned(problem: Problem, chosen: tuple[int, ...]) -> list[int]:
    """What the goals come to, each turned so that less is better."""
    values = [comes_to(goal, problem, set(chosen)) for goal in problem.goals]
    return [-v if isinstance(g, Total) and g.most else v for g, v in zip(problem.goals, values, strict=True)]


Ends = tuple[tuple[int, ...], tuple[int, ...]]
"""The first and the last of equals."""


def _ends(problem: Problem, within: Within, both: bool) -> Ends | None:
    """The first and the last of the best divisions, how far apart counts are left aside."""
    found = shape(problem)
    assert found is not None
    if found.empty:
        return None
    first = _Flow(problem, found, 1, within).best()
    last = _Flow(problem, found, -1, within).best() if both else first
    return None if first is None or last is None else (first, last)


def _windows(problem: Problem, apart: Spread, within: Within, both: bool) -> list[Ends | None]:
    """The same with all counts between two figures, for each window, until a wider one can no longer serve."""
    before = problem.goals.index(apart)
    free = _ends(problem, within, both)
    if free is None:
        return []
    wanted = turned(problem, free[0])[:before]
    items = len({item for item, _ in problem.pairs})
    members = [tuple((k, 1) for k, _ in terms) for terms in apart.groups[0]]
    found: list[Ends | None] = [free]
    for width in range(apart.tolerance // apart.groups[0][0][0][1], items + 1):
        for low in range(items // len(members) + 1):
            held = tuple(Line(terms, low, low + width) for terms in members)
            found.append(_ends(structs.replace(problem, lines=(*problem.lines, *held)), within, both))
        if any(pair is not None and turned(problem, pair[0])[:before] == wanted for pair in found[1:]):
            break
    return found


class _Flow:
    """Paths from items to owners; `way` -1 prefers the last of equals."""

    def __init__(self, problem: Problem, found: Shape, way: int, within: Within) -> None:
        self.problem, self.shape = problem, found
        self.banned, self.must = within
        by_item: dict[int, list[int]] = {}
        for k, (item, _) in enumerate(problem.pairs):
            by_item.setdefault(item, []).append(k)
        self.by_item = by_item
        self.weight = [0] * len(problem.pairs)
        self.price: dict[int | None, int] = {}
        unit = 1
        for item in sorted(by_item, reverse=True):
            for at, k in enumerate(reversed(by_item[item]), 1):
                self.weight[k] = way * unit * at
            unit *= len(by_item[item]) + 1
        unit *= 2
        for goal in reversed(problem.goals):
            if isinstance(goal, Total):
                for k, c in goal.terms:
                    self.weight[k] += unit * (c if goal.most else -c)
                unit *= 2 * sum(abs(c) for _, c in goal.terms) + 1
            elif isinstance(goal, Shortfall):
                self.price[goal.order] = self.price.get(goal.order, 0) + unit
                lines = [line for line in problem.lines if line.order == goal.order]
                unit *= 2 * sum(max(missed(line, 0), missed(line, len(line.terms))) for line in lines) + 1
        self.price[None] = 2 * unit * (len(by_item) + 1)
        self.given: dict[int, int] = {}
        self.taken: dict[int, list[int]] = {}

    def best(self) -> tuple[int, ...] | None:
        while True:
            gain, path = self.path()
            if gain <= 0:
                break
            self.follow(path)
        chosen = set(self.given.values())
        if not self.must <= self.given.keys():
            return None
        if any(line.order is None and shortfall(line, chosen) for line in self.problem.lines):
            return None
        return tuple(sorted(chosen))

    def cost(self, lines: list[Line], count: int) -> int:
        """What lines lack or exceed when they count so many, weighed."""
        return sum(self.price[line.order] * missed(line, count) for line in lines)

    def entering(self, item: int) -> int:
        """What it is worth beside its pair that an item goes to somebody."""
        lines = self.shape.of_items.get(item, [])
        return self.cost(lines, 0) - self.cost(lines, 1) + (self.price[None] if item in self.must else 0)

    def leaving(self, owner: int, more: int = 1) -> int:
        """What one more, or one less, is worth to an owner beside its pair."""
        lines, count = self.shape.of_owners.get(owner, []), len(self.taken.get(owner, ()))
        return self.cost(lines, count) - self.cost(lines, count + more)

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
            if pairs:
                reach(("owner", owner), self.leaving(owner, -1), None)
        while waiting:
            node = waiting.popleft()
            kind, at = node
            if kind == "item":
                for k in self.by_item[at]:
                    if self.given.get(at) != k and k not in self.banned:
                        reach(("owner", self.problem.pairs[k][1]), gains[node] + self.weight[k], (node, k))
            else:
                for k in self.taken.get(at, ()):
                    reach(("item", self.problem.pairs[k][0]), gains[node] - self.weight[k], (node, k))
        best: tuple[int, tuple[str, int]] | None = None
        for node, gain in gains.items():
            kind, at = node
            more = self.leaving(at) if kind == "owner" else -self.entering(at)
            if came[node] is None:
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


def missed(line: Line, count: int) -> int:
    """By how much a line that counts is missed at a count."""
    below = 0 if line.low is None else max(0, line.low - count)
    above = 0 if line.high is None else max(0, count - line.high)
    return below + above
