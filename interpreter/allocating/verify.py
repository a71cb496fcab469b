"""What a division comes to, reckoned from the problem alone: no solver is believed."""

from collections.abc import Collection

from interpreter.allocating.model import Goal, Line, Problem, Shortfall, Solution, Spread, Terms, Total


class UnsoundError(Exception):
    """A division that breaks a line, or says another figure of a goal than it comes to."""


def total(terms: Terms, chosen: Collection[int]) -> int:
    """Σ coefficient over the chosen pairs."""
    return sum(coefficient for pair, coefficient in terms if pair in chosen)


def shortfall(line: Line, chosen: Collection[int]) -> int:
    """By how much a line is missed: 0 where it holds."""
    value = total(line.terms, chosen)
    below = 0 if line.low is None else max(0, line.low - value)
    above = 0 if line.high is None else max(0, value - line.high)
    return below + above


def comes_to(goal: Goal, problem: Problem, chosen: Collection[int]) -> int:
    """The figure of a goal."""
    match goal:
        case Total(terms=terms):
            return total(terms, chosen)
        case Spread(groups=groups, tolerance=tolerance):
            return sum(spread([total(terms, chosen) for terms in group], tolerance) for group in groups)
        case Shortfall(order=order):
            return sum(shortfall(line, chosen) for line in problem.lines if line.order == order)


def spread(values: list[int], tolerance: int) -> int:
    """How far apart the values of a group are beyond what is tolerated."""
    return max(0, max(values) - min(values) - tolerance) if values else 0


def verify(problem: Problem, solution: Solution) -> None:
    """Every hard line holds and every goal comes to what is said of it; raises `UnsoundError`."""
    chosen = set(solution.chosen)
    if len(chosen) != len(solution.chosen) or not chosen <= set(range(len(problem.pairs))):
        raise UnsoundError("pairs")
    for line in problem.lines:
        if line.order is None and shortfall(line, chosen):
            raise UnsoundError(f"line {line}")
    for goal, reached in zip(problem.goals, solution.goals, strict=True):
        if comes_to(goal, problem, chosen) != reached.value:
            raise UnsoundError(f"goal {goal}")
        best = (
            reached.value <= reached.bound if isinstance(goal, Total) and goal.most else reached.bound <= reached.value
        )
        if not best:
            raise UnsoundError(f"bound {goal}")
