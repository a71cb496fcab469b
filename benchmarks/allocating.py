"""500 items among 50, incumbents kept, then amounts balanced: ours beside a plain model of each of two solvers.

Asked of each: the most incumbents kept, and then, with that held, the least difference between the largest and the
smallest sum. The peers get the same pairs and lines, one thread and a minute each; HiGHS works in floating point.
"""

from __future__ import annotations

import resource
from random import Random
from typing import Any

from benchmarks.measuring import Comparison, side_by_side
from interpreter.allocating import cpsat
from interpreter.allocating.model import Line, Problem, Spread, Total

ITEMS, OWNERS, LIMIT = 500, 50, 60.0


def problem(items: int = ITEMS, owners: int = OWNERS, seed: int = 1) -> Problem:
    """Every item may go to everybody; nearly all have somebody already."""
    random = Random(seed)
    pairs = tuple((item, owner) for item in range(items) for owner in range(owners))
    amounts = [random.randint(100, 20_000) for _ in range(items)]
    held = [random.choice([None, *range(owners)]) for _ in range(items)]
    lines = [Line(tuple((item * owners + o, 1) for o in range(owners)), 1, 1) for item in range(items)]
    keep = Total(tuple((k, 1) for k, (item, owner) in enumerate(pairs) if held[item] == owner))
    shares = tuple(tuple((i * owners + o, amounts[i]) for i in range(items)) for o in range(owners))
    return Problem(items, owners, pairs, tuple(lines), (keep, Spread((shares,))))


def ours(given: Problem) -> tuple[int, ...]:
    """What both goals come to; proved."""
    found = cpsat.solve(given, limit=LIMIT, settle=False)
    assert found is not None
    assert all(goal.proven for goal in found.goals), "not proved within the limit"
    return tuple(goal.value for goal in found.goals)


def plain_cpsat(given: Problem) -> tuple[int, ...]:
    """The same written straight into CP-SAT."""
    from ortools.sat.python import cp_model as cp

    keep, spread = given.goals
    assert isinstance(keep, Total)
    assert isinstance(spread, Spread)
    model = cp.CpModel()
    x = [model.new_bool_var("") for _ in given.pairs]
    for line in given.lines:
        model.add_exactly_one(x[k] for k, _ in line.terms)
    kept = sum(x[k] for k, _ in keep.terms)
    most = sum(c for terms in spread.groups[0][:1] for _, c in terms)
    top, bottom = model.new_int_var(0, most, ""), model.new_int_var(0, most, "")
    for terms in spread.groups[0]:
        load = sum(c * x[k] for k, c in terms)
        model.add(load <= top)
        model.add(load >= bottom)
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = LIMIT
    model.maximize(kept)
    solver.solve(model)
    first = round(solver.objective_value)
    model.add(kept >= first)
    model.minimize(top - bottom)
    solver.solve(model)
    return first, round(solver.objective_value)


def plain_highs(given: Problem) -> tuple[int, ...]:
    """The same written straight into HiGHS, through SciPy."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    keep, spread = given.goals
    assert isinstance(keep, Total)
    assert isinstance(spread, Spread)
    size, loads = len(given.pairs), spread.groups[0]
    rows: list[tuple[dict[int, float], float, float]] = [({k: 1 for k, _ in line.terms}, 1, 1) for line in given.lines]
    for terms in loads:
        rows += [({**dict(terms), size: -1}, -np.inf, 0), ({**dict(terms), size + 1: -1}, 0, np.inf)]

    def solved(cost: dict[int, float]) -> float:
        matrix = lil_matrix((len(rows), size + 2))
        for at, (row, _, _) in enumerate(rows):
            for k, c in row.items():
                matrix[at, k] = c
        weights = np.zeros(size + 2)
        for k, c in cost.items():
            weights[k] = c
        high = np.ones(size + 2)
        high[size:] = np.inf
        limits = LinearConstraint(matrix.tocsr(), [low for _, low, _ in rows], [up for _, _, up in rows])
        whole = np.ones(size + 2)
        found: Any = milp(weights, constraints=limits, bounds=Bounds(np.zeros(size + 2), high), integrality=whole,
                          options={"time_limit": LIMIT})  # fmt: skip
        return float(found.fun)

    kept = {k: 1.0 for k, _ in keep.terms}
    first = round(-solved({k: -c for k, c in kept.items()}))
    rows.append((kept, first, np.inf))
    return first, round(solved({size: 1.0, size + 1: -1.0}))


def compared(repetitions: int) -> list[Comparison]:
    """Ours beside each peer; all must come to the same."""
    given = problem()
    assert ours(given) == plain_cpsat(given) == plain_highs(given), "the solvers disagree"
    mine, cp, highs = side_by_side(
        [lambda: ours(given), lambda: plain_cpsat(given), lambda: plain_highs(given)], repetitions
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    title = f"{ITEMS} items among {OWNERS}: incumbents kept, then amounts balanced, both proved"
    asked = "the lines and goals of a division, solved one after the other and held; one thread"
    notes = (f"most memory of all together {memory} MiB", "checked before: all three come to the same")
    return [
        Comparison(title, "a plain CP-SAT model of the same, one thread", asked, cp, mine, None, notes),
        Comparison(title, "a plain HiGHS model of the same, in floating point", asked, highs, mine, None, notes),
    ]
