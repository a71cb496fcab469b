"""The best division without any package, part by part: by flows where a part is one, by search where it is small.

It counts steps, never the time, so that it ends alike on every machine.
"""

from __future__ import annotations

from interpreter.allocating import flow, nearly
from interpreter.allocating.model import Problem, Reached, Solution, Spread
from interpreter.allocating.parts import parts
from interpreter.allocating.searching import search
from interpreter.allocating.verify import comes_to, shortfall
from interpreter.allocating.walking import Steps, TooLargeError

__all__ = ["STEPS", "TooLargeError", "solve"]

STEPS = 400_000
"""Options tried before a problem is given up as too large."""
FIRST = 50_000
"""Those of a search before flows are tried where a problem is nearly one."""


def solve(problem: Problem) -> Solution | None:
    """The best division; None where none meets all lines; raises TooLargeError."""
    if any(line.order is None and not line.terms and shortfall(line, ()) for line in problem.lines):
        return None
    steps, chosen, others = Steps(STEPS), set[int](), False
    for pairs, part in parts(problem):
        found = _best(part, steps)
        if found is None:
            return None
        chosen.update(pairs[k] for k in found.chosen)
        others = others or bool(found.others)
    reached = [comes_to(goal, problem, chosen) for goal in problem.goals]
    return Solution(tuple(sorted(chosen)), tuple(Reached(value, value) for value in reached), others)


def _best(part: Problem, steps: Steps) -> Solution | None:
    """The best division of a part, in the way that suits it."""
    if flow.fits(part):
        if any(isinstance(goal, Spread) for goal in part.goals):
            steps.take(len(part.pairs) ** 2 // 4)  # a flow for each window: many where there is much to give out
        return flow.solve(part)
    near = nearly.split(part)
    if near is None:
        return search(part, steps)
    try:
        return search(part, Steps(FIRST))
    except TooLargeError:
        return nearly.solve(*near, steps)
