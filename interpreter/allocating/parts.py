"""A problem as parts that have nothing to do with each other: lines and spreads tie pairs together, sums do not.

What is best in each part is best together, goal by goal, and the first of equals in each the first of all.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from interpreter.allocating.model import Goal, Line, Problem, Shortfall, Spread, Terms, Total


def parts(problem: Problem) -> Iterator[tuple[list[int], Problem]]:
    """Each part with the pairs it consists of, by the first of them."""
    problem = structs.replace(problem, lines=binding(problem))
    tied = [[k for k, _ in line.terms] for line in problem.lines]
    for goal in problem.goals:
        if isinstance(goal, Spread):
            tied += [[k for terms in group for k, _ in terms] for group in goal.groups]
    to = list(range(len(problem.pairs)))
    for together in tied:
        for k in together[1:]:
            one, other = sorted((_root(to, together[0]), _root(to, k)))
            to[other] = one
    found: dict[int, list[int]] = {}
    for k in range(len(to)):
        found.setdefault(_root(to, k), []).append(k)
    for pairs in found.values():
        yield pairs, _part(problem, pairs)


def _root(to: list[int], k: int) -> int:
    while to[k] != k:
        to[k] = to[to[k]]
        k = to[k]
    return k


def binding(problem: Problem) -> tuple[Line, ...]:
    """The lines that something depends on: not those that hold whatever is chosen, nor those that no goal asks for."""
    asked = {None, *(goal.order for goal in problem.goals if isinstance(goal, Shortfall))}
    return tuple(line for line in problem.lines if line.order in asked and line.terms and not _idle(line))


def _idle(line: Line) -> bool:
    by_pair: dict[int, int] = {}
    for k, c in line.terms:
        by_pair[k] = by_pair.get(k, 0) + c
    least, most = sum(min(c, 0) for c in by_pair.values()), sum(max(c, 0) for c in by_pair.values())
    return (line.low is None or line.low <= least) and (line.high is None or line.high >= most)


def _part(problem: Problem, pairs: list[int]) -> Problem:
    number = {k: at for at, k in enumerate(pairs)}

    def inside(terms: Terms) -> Terms:
        return tuple((number[k], c) for k, c in terms if k in number)

    lines = tuple(
        structs.replace(line, terms=inside(line.terms)) for line in problem.lines if line.terms[0][0] in number
    )
    orders = {line.order for line in lines}
    goals: list[Goal] = []
    for goal in problem.goals:
        match goal:
            case Total(terms=terms):
                goals += [structs.replace(goal, terms=inside(terms))] if inside(terms) else []
            case Shortfall(order=order):
                goals += [goal] if order in orders else []
            case Spread(groups=groups):
                mine = tuple(tuple(map(inside, group)) for group in groups if any(map(inside, group)))
                goals += [structs.replace(goal, groups=mine)] if mine else []
    return Problem(problem.items, problem.owners, tuple(problem.pairs[k] for k in pairs), lines, tuple(goals))
