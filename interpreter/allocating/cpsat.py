"""The best division by OR-Tools CP-SAT: goals one after the other, each held at its best before the next is asked.

One worker and a fixed seed, so that the answer is the same on every machine; the clock decides nothing but when to stop
where a limit is given. The canonical division is found last, by goals of its own over a few items at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from math import prod
from typing import TYPE_CHECKING

from msgspec import Struct

from interpreter.allocating.evening import evened
from interpreter.allocating.model import Forced, Goal, Problem, Reached, Shortfall, Solution, Spread, Terms, Total
from interpreter.allocating.single import singles
from interpreter.allocating.verify import comes_to

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST = 1 << 52
"""No sum of a problem may come to more: far from where 64 bits end."""
TOGETHER = BLOCK = 1 << 32
"""How large the weights of goals become that are reached together, and of the choice among equals."""


EFFORT = 20.0
"""Work that is put into one step without a limit of time, in the solver's own measure, which no clock has a part in:
about as many seconds. What is not proved by then is said to be not proved."""


class _Left(Struct):
    """The seconds that are left, None without a limit."""

    seconds: float | None

    def spend(self, spent: float) -> None:
        if self.seconds is not None:
            self.seconds = max(0.0, self.seconds - spent)


def solve(
    problem: Problem,
    *,
    limit: float | None = None,
    progress: Callable[[int, int, int], None] | None = None,
    settle: bool = True,
) -> Solution | None:
    """The best division of a problem; None where it is proved that none meets all lines. Without `settle` it is any of
    those that are equally good."""
    return _Search(problem, _Left(limit), progress).best(settle=settle)


def reach_of(goal: Goal, problem: Problem, single: frozenset[int]) -> int:
    """How far the values of a goal lie apart at most."""
    if not isinstance(goal, Total):
        return MOST
    reach: dict[int, int] = {}
    for k, c in goal.terms:
        item = problem.pairs[k][0]
        reach[item] = max(reach.get(item, 0), abs(c)) if item in single else reach.get(item, 0) + abs(c)
    return sum(reach.values())


def utmost(goal: Goal) -> int:
    """What a goal could come to if nothing else were asked."""
    if not isinstance(goal, Total):
        return 0
    return sum(max(c, 0) if goal.most else min(c, 0) for _, c in goal.terms)


def blocks(reaches: list[int]) -> Iterator[tuple[int, int]]:
    """Goals in order, from one to before another: sums that follow each other go together as far as their weights, by
    how far each reaches, stay small."""
    at = 0
    while at < len(reaches):
        size, end = reaches[at] + 1, at + 1
        while end < len(reaches) and size * (reaches[end] + 1) <= TOGETHER:
            size *= reaches[end] + 1
            end += 1
        yield at, end
        at = end


def forced(problem: Problem, solution: Solution, pair: int, *, near: bool = True) -> Forced | None:
    """The first goal that gets worse if a pair is chosen; None where no division has it. Where it is to be `near`, the
    division told of is the one that moves the fewest others."""
    search = _Search(problem, _Left(None), None)
    search.model.add(search.x[pair] == 1)
    for k, x in enumerate(search.x):
        search.model.add_hint(x, k == pair or k in solution.chosen)
    if search.run() is None:
        return None
    reaches = [reach_of(goal, problem, search.single) for goal in problem.goals]
    for first, end in blocks(reaches):
        search.reach(first, problem.goals[first:end], reaches[first:end])
        worse = first_worse(problem, solution, search.chosen, end)
        if worse is not None:
            return Forced(worse[0], worse[1], search.nearest(solution) if near else search.chosen)
    return Forced(None, 0, search.nearest(solution) if near else search.chosen)


def first_worse(problem: Problem, solution: Solution, chosen: tuple[int, ...], end: int) -> tuple[int, int] | None:
    """The first of the goals before `end` that a division reaches less well."""
    for at, goal in enumerate(problem.goals[:end]):
        value = comes_to(goal, problem, set(chosen))
        if value != solution.goals[at].value:
            return at, value
    return None


class _Search:
    def __init__(self, problem: Problem, left: _Left, progress: Callable[[int, int, int], None] | None) -> None:
        from ortools.sat.python import cp_model

        self.cp, self.problem, self.left, self.progress = cp_model, problem, left, progress
        self.model = cp_model.CpModel()
        self.x = [self.model.new_bool_var("") for _ in problem.pairs]
        self.missed: dict[int, list[cp_model.LinearExpr]] = {}
        self.single = singles(problem)
        self.proven = True
        self.chosen: tuple[int, ...] = ()
        for line in problem.lines:
            self.add_line(line.terms, line.low, line.high, line.order)

    def sum(self, terms: Terms) -> cp_model.LinearExpr:
        if sum(abs(c) for _, c in terms) > MOST:
            raise OverflowError
        return self.cp.LinearExpr.weighted_sum([self.x[k] for k, _ in terms], [c for _, c in terms])

    def add_line(self, terms: Terms, low: int | None, high: int | None, order: int | None) -> None:
        reach = sum(abs(c) for _, c in terms)
        if max(reach, abs(low or 0), abs(high or 0)) > MOST:
            raise OverflowError
        value = self.sum(terms)
        if order is None:
            if low is not None:
                self.model.add(value >= low)
            if high is not None:
                self.model.add(value <= high)
            return
        for bound, sign in ((low, 1), (high, -1)):
            if bound is not None:
                slack = self.model.new_int_var(0, reach + abs(bound), "")
                self.model.add(sign * value + slack >= sign * bound)
                self.missed.setdefault(order, []).append(slack)

    def objective(self, goal: Goal) -> tuple[cp_model.LinearExpr, bool]:
        """What a goal comes to, and whether more of it is better."""
        match goal:
            case Total(terms=terms, most=most):
                return self.sum(terms), most
            case Shortfall(order=order):
                return self.cp.LinearExpr.sum(self.missed.get(order, [])), False
            case Spread(groups=groups, tolerance=tolerance):
                return self.cp.LinearExpr.sum([self.spread(group, tolerance) for group in groups if group]), False

    def spread(self, group: tuple[Terms, ...], tolerance: int) -> cp_model.IntVar:
        reach = max((sum(abs(c) for _, c in terms) for terms in group), default=0)
        if max(reach, tolerance) > MOST:
            raise OverflowError
        low, high = self.model.new_int_var(-reach, reach, ""), self.model.new_int_var(-reach, reach, "")
        for terms in group:
            value = self.sum(terms)
            self.model.add(low <= value)
            self.model.add(high >= value)
        apart = self.model.new_int_var(0, 2 * reach, "")
        self.model.add(apart >= high - low - tolerance)
        return apart

    # -- running -------------------------------------------------------------------------------------------------

    def run(self, at: int | None = None) -> cp_model.CpSolver | None:
        """Solves what stands; None where nothing was found."""
        cp = self.cp
        solver = cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = (
            2  # that more go to fewer than may take them shows in the relaxation alone
        )
        if self.left.seconds is not None:
            solver.parameters.max_time_in_seconds = max(0.05, self.left.seconds)
        else:
            solver.parameters.max_deterministic_time = EFFORT
        callback = None
        if self.progress is not None and at is not None:
            callback = _watching(cp, self.progress, at)
        status = solver.solve(self.model, callback) if callback is not None else solver.solve(self.model)
        self.left.spend(solver.wall_time)
        if status == cp.INFEASIBLE:
            return None
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            raise TimeoutError
        self.proven = status == cp.OPTIMAL
        self.chosen = tuple(k for k, x in enumerate(self.x) if solver.boolean_value(x))
        self.model.clear_hints()
        for x in self.x:
            self.model.add_hint(x, solver.boolean_value(x))
        return solver

    def best(self, *, settle: bool) -> Solution | None:
        if self.run() is None:
            return None
        bounds: list[int | None] = []
        goals, single = self.problem.goals, self.single
        reaches = [reach_of(goal, self.problem, single) for goal in goals]
        for first, end in blocks(reaches):
            bounds += self.reach(first, goals[first:end], reaches[first:end])
        chosen = set(self.chosen)
        values = [comes_to(goal, self.problem, chosen) for goal in self.problem.goals]
        reached = tuple(Reached(v, v if b is None else b) for v, b in zip(values, bounds, strict=True))
        if not settle or not all(each.proven for each in reached):
            return Solution(self.chosen, reached)
        self.canonical()
        return Solution(self.chosen, reached, self.others() if self.proven else None)

    def reach(self, at: int, block: tuple[Goal, ...], reaches: list[int]) -> list[int | None]:
        """Some goals at their best together, which is then held; the bound of each, None where that is proved."""
        if len(block) == 1 and isinstance(block[0], Spread) and self.even_at_once(at, block[0]):
            return [None]
        made = [self.objective(goal) for goal in block]
        objective, most = made[0]
        if len(block) > 1:
            weights = [prod(reach + 1 for reach in reaches[n + 1 :]) for n in range(len(block))]
            signed = [expr if up == most else -expr for expr, up in made]
            objective = self.cp.LinearExpr.weighted_sum(signed, weights)
        (self.model.maximize if most else self.model.minimize)(objective)
        bound: int | None = None
        try:
            solver = self.run(at)
            assert solver is not None, "what was possible stays possible"
            bound = None if self.proven else round(solver.best_objective_bound)
        except TimeoutError:
            self.proven = False
        self.model.clear_objective()
        chosen = set(self.chosen)
        for goal, (expr, up) in zip(block, made, strict=True):
            value = comes_to(goal, self.problem, chosen)
            self.model.add(expr >= value if up else expr <= value)
        if self.proven:
            return [None] * len(block)
        return [utmost(goal) if bound is None or len(block) > 1 else bound for goal in block]

    def even_at_once(self, at: int, goal: Spread) -> bool:
        """Evens out what was found so far, and holds it there where nothing more is to be had; else it is a start.

        What is found so far is first made good for the sums behind it, so that evening out moves little of that away.
        """
        behind = self.problem.goals[at + 1 : at + 2]
        if behind and isinstance(behind[0], Total):
            objective, most = self.objective(behind[0])
            (self.model.maximize if most else self.model.minimize)(objective)
            with suppress(TimeoutError):
                self.run()
            self.model.clear_objective()
        found = evened(self.problem, self.chosen, self.problem.goals[:at], goal)
        value = comes_to(goal, self.problem, set(found))
        if value >= comes_to(goal, self.problem, set(self.chosen)) and value:
            return False
        self.chosen = found
        self.model.clear_hints()
        chosen = set(found)
        for k, x in enumerate(self.x):
            self.model.add_hint(x, k in chosen)
        if value:
            return False
        self.proven = True
        objective, _ = self.objective(goal)
        self.model.add(objective <= 0)
        return True

    def nearest(self, solution: Solution) -> tuple[int, ...]:
        """Of what is left the division that moves the fewest away from another."""
        self.model.maximize(self.cp.LinearExpr.sum([self.x[k] for k in solution.chosen]))
        self.run()
        return self.chosen

    # -- the one of equals ---------------------------------------------------------------------------------------

    def canonical(self) -> None:
        """Item by item the first that equal divisions allow, a few items to a goal."""
        by_item: dict[int, list[int]] = {}
        for k, (item, _) in enumerate(self.problem.pairs):
            by_item.setdefault(item, []).append(k)
        block: list[list[int]] = []
        size = 1
        for item in sorted(by_item):
            wide = 1 << len(by_item[item]) if self.several(by_item[item]) else len(by_item[item]) + 1
            if block and size * wide > BLOCK:
                self.settle(block)
                block, size = [], 1
            block.append(by_item[item])
            size *= wide
        if block:
            self.settle(block)

    def several(self, pairs: list[int]) -> bool:
        """Whether an item may go to more than one."""
        return self.problem.pairs[pairs[0]][0] not in self.single

    def settle(self, block: list[list[int]]) -> None:
        terms: list[tuple[int, int]] = []
        weight = 1
        for pairs in reversed(block):
            if self.several(pairs):
                terms += [(k, weight << at) for at, k in enumerate(reversed(pairs))]
                weight <<= len(pairs)
            else:
                terms += [(k, weight * at) for at, k in enumerate(reversed(pairs), 1)]
                weight *= len(pairs) + 1
        self.model.maximize(self.sum(tuple(terms)))
        try:
            self.run()
        except TimeoutError:
            self.proven = False
        self.model.clear_objective()
        chosen = set(self.chosen)
        for pairs in block:
            for k in pairs:
                self.model.add(self.x[k] == (k in chosen))

    def others(self) -> bool | None:
        """Whether another division reaches the same: asked of a model without the canonical choice."""
        again = _Search(self.problem, self.left, None)
        chosen = set(self.chosen)
        for goal in self.problem.goals:
            objective, most = again.objective(goal)
            value = comes_to(goal, self.problem, chosen)
            again.model.add(objective >= value if most else objective <= value)
        differs = [again.x[k].negated() if k in chosen else again.x[k] for k in range(len(self.problem.pairs))]
        if not differs:
            return False
        again.model.add_bool_or(differs)
        try:
            return again.run() is not None
        except TimeoutError:
            return None


def _watching(cp, progress: Callable[[int, int, int], None], at: int):  # type: ignore[no-untyped-def]
    class Watching(cp.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            progress(at, round(self.objective_value), round(self.best_objective_bound))

    return Watching()
