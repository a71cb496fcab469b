"""Divisions that would be flows but for some hard lines: these are left out, and where the best division breaks one,
a pair of it is chosen for good or let go for good, the most promising first.

What is best without a line and holds it is best with it, and the first of equals too.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from msgspec import structs

from interpreter.allocating import flow
from interpreter.allocating.flow import Within
from interpreter.allocating.model import Line, Problem, Reached, Solution, Terms
from interpreter.allocating.verify import comes_to, shortfall, total
from interpreter.allocating.walking import Steps

FLOW = 400
"""What a flow costs in steps."""


def split(problem: Problem) -> tuple[Problem, list[Line]] | None:
    """A problem as a flow and the hard lines that are left out for it; None where that is not all."""
    of_item, of_owner = flow.sides(problem)
    out = [line for line in problem.lines if line.order is None and not flow.counts(line, of_item, of_owner)]
    rest = structs.replace(problem, lines=tuple(line for line in problem.lines if line not in out))
    return (rest, out) if flow.fits(rest) else None


def solve(problem: Problem, out: list[Line], steps: Steps) -> Solution | None:
    """The best division that also meets the lines left out; None where there is none; raises TooLargeError."""
    found: list[tuple[int, ...]] = []
    for chosen in _by_worth(problem, out, steps):
        if found and flow.turned(problem, chosen) > flow.turned(problem, found[0]):
            break
        found.append(chosen)
        if len(found) > 1:
            break
    if not found:
        return None
    reached = [comes_to(goal, problem, set(found[0])) for goal in problem.goals]
    return Solution(found[0], tuple(Reached(value, value) for value in reached), len(found) > 1)


def _by_worth(problem: Problem, out: list[Line], steps: Steps) -> Iterator[tuple[int, ...]]:
    """The divisions that meet all lines, best first, of equals in canonical order."""
    heap: list[tuple[list[int], list[bool], int, tuple[int, ...], frozenset[int], frozenset[int]]] = []
    count = 0

    def add(yes: frozenset[int], no: frozenset[int]) -> None:
        nonlocal count
        steps.take(FLOW)
        within = _within(problem, out, yes, no)
        best = None if within is None else next(iter(flow.equals(problem, within, both=False)), None)
        if best is not None:
            count += 1
            heappush(heap, (flow.turned(problem, best), flow.preference(problem, best), count, best, yes, no))

    add(frozenset(), frozenset())
    while heap:
        _, _, _, best, yes, no = heappop(heap)
        broken = next((line for line in out if shortfall(line, best)), None)
        if broken is None:
            yield best
            for k in range(len(problem.pairs)):
                if k in yes or k in no:
                    continue
                add(yes | ({k} if k not in best else frozenset()), no | ({k} if k in best else frozenset()))
                yes, no = (yes | {k}, no) if k in best else (yes, no | {k})
            continue
        pivot = _pivot(broken, best, yes, no)
        if pivot is not None:
            add(yes | {pivot}, no)
            add(yes, no | {pivot})


def _pivot(broken: Line, best: tuple[int, ...], yes: frozenset[int], no: frozenset[int]) -> int | None:
    """The pair that moves a broken line most and is not settled: one that is chosen and moves it the wrong way, else
    one that is not chosen and would mend it."""
    over = broken.high is not None and total(broken.terms, best) > broken.high
    worth = {k: (c if over else -c) for k, c in _summed(broken.terms).items() if k not in yes and k not in no}
    wrong = [(-abs(w), k) for k, w in worth.items() if (k in best and w > 0) or (k not in best and w < 0)]
    return min(wrong)[1] if wrong else None


def _summed(terms: Terms) -> dict[int, int]:
    found: dict[int, int] = {}
    for k, c in terms:
        found[k] = found.get(k, 0) + c
    return found


def _within(problem: Problem, out: list[Line], yes: frozenset[int], no: frozenset[int]) -> Within | None:
    """What is ruled out once some pairs are settled, by items that are given and by the lines left out; None where a
    line cannot hold any more."""
    given = {problem.pairs[k][0]: k for k in yes}
    if len(given) < len(yes):
        return None
    banned = {k for k, (item, _) in enumerate(problem.pairs) if k in no or (item in given and given[item] != k)}
    must = set(given)
    if yes & banned:
        return None
    for line in out:
        terms = _summed(line.terms)
        fixed = sum(c for k, c in terms.items() if k in yes)
        free = {k: c for k, c in terms.items() if k not in yes and k not in banned}
        low, high = fixed + sum(min(c, 0) for c in free.values()), fixed + sum(max(c, 0) for c in free.values())
        if (line.high is not None and low > line.high) or (line.low is not None and high < line.low):
            return None
        if line.high is not None:
            banned |= {k for k, c in free.items() if c > 0 and low + c > line.high}
        if line.low is not None:
            banned |= {k for k, c in free.items() if c < 0 and high + c < line.low}
    return frozenset(banned), frozenset(must)
