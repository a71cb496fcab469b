"""Both solvers against trying every choice, on random problems over all kinds of lines and goals."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import pytest

from interpreter.allocating import flow, small
from interpreter.allocating.model import Line, Problem, Reached, Solution, Total
from interpreter.allocating.verify import UnsoundError, verify
from tests.reference.problems import brute, problem

SEEDS = 600
SLICES = 5


def _holds(solve: Callable[[Problem], Solution | None], found: Problem, name: str) -> bool:
    wanted, got = brute(found), solve(found)
    if wanted is None:
        assert got is None, name
        return False
    assert got is not None, name
    verify(found, got)
    assert (got.chosen, tuple(goal.value for goal in got.goals), got.others) == wanted, name
    assert all(goal.proven for goal in got.goals), name
    return True


@pytest.mark.parametrize("part", range(SLICES))
def test_search_and_flows_find_what_trying_everything_finds(part: int) -> None:
    problems = [problem(number) for number in range(part, SEEDS, SLICES)]
    feasible = [_holds(small.solve, found, f"problem {at}") for at, found in enumerate(problems)]
    assert any(feasible)
    assert not all(feasible)
    assert any(flow.fits(found) for found in problems)
    assert not all(flow.fits(found) for found in problems)


@pytest.mark.skipif(
    find_spec("ortools") is None, reason="needs the optional OR-Tools: pip install 'zhunsheng[allocate]'"
)
@pytest.mark.parametrize("part", range(SLICES))
def test_cp_sat_finds_what_trying_everything_finds(part: int) -> None:
    from interpreter.allocating import cpsat

    for number in range(part, SEEDS, SLICES):
        _holds(cpsat.solve, problem(number), f"problem {number}")


ONE = Problem(2, 1, ((0, 0), (1, 0)), (Line(((0, 1), (1, 1)), high=1),), (Total(((0, 1), (1, 2))),))


@pytest.mark.parametrize(
    "wrong",
    [
        Solution((0, 1), (Reached(3, 3),)),
        Solution((1,), (Reached(3, 3),)),
        Solution((0,), (Reached(1, 0),)),
        Solution((0, 7), (Reached(1, 1),)),
        Solution((1, 1), (Reached(2, 2),)),
    ],
)
def test_no_division_is_believed(wrong: Solution) -> None:
    with pytest.raises(UnsoundError):
        verify(ONE, wrong)


def test_a_right_one_is() -> None:
    verify(ONE, Solution((1,), (Reached(2, 2),)))
