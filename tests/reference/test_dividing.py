"""Both solvers against trying every choice, on random problems over all kinds of lines and goals."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import pytest
from msgspec import structs

from interpreter.allocating import flow, nearly, small
from interpreter.allocating.conflicts import holds
from interpreter.allocating.model import Line, Problem, Reached, Solution, Spread, Total
from interpreter.allocating.searching import search
from interpreter.allocating.verify import UnsoundError, shortfall, verify
from interpreter.allocating.walking import Steps, TooLargeError
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


@pytest.mark.parametrize("part", range(SLICES))
def test_each_way_finds_it_where_it_can_be_gone(part: int) -> None:
    """Small problems go the shortest way, so each is gone by itself: the search, flows, flows but for some lines."""
    flows = near = 0
    for number in range(part, SEEDS, SLICES):
        found = problem(number)
        lines = [line for line in found.lines if line.terms or not shortfall(line, ()) or line.order is not None]
        if len(lines) == len(found.lines):
            _holds(lambda some: search(some, Steps(1_000_000)), found, f"problem {number} by search")
        if flow.fits(found):
            flows += _holds(flow.solve, found, f"problem {number} by flows")
        parted = nearly.split(found)
        if parted is not None and parted[1]:
            near += _holds(lambda _, by=parted: nearly.solve(*by, Steps(10_000_000)), found, f"problem {number} nearly")
    assert min(flows, near) > 5


def test_lines_are_said_to_hold_where_trying_everything_finds_it() -> None:
    """Also where one is held only by choosing what nothing else asks for, as with what goes together."""
    together = Problem(2, 1, ((0, 0), (1, 0)), (Line(((0, 1),), low=1), Line(((0, 1), (1, -1)), low=0, high=0)))
    assert holds(together, [0, 1])
    for number in range(SEEDS):
        found = problem(number)
        hard = [at for at, line in enumerate(found.lines) if line.order is None]
        bare = structs.replace(found, lines=tuple(found.lines[at] for at in hard), goals=())
        assert holds(found, hard) == (brute(bare) is not None), f"problem {number}"


def test_what_counts_is_large_and_found() -> None:
    """Forty accounts among five who are to have alike many, the best that fits of these: far too many to try."""
    pairs = tuple((i, o) for i in range(40) for o in range(5))
    ones = tuple(Line(tuple((5 * i + o, 1) for o in range(5)), high=1) for i in range(40))
    counts = tuple(tuple((5 * i + o, 1) for i in range(40)) for o in range(5))
    fit = Total(tuple((k, k * 7 % 11) for k in range(200)))
    goals = (Total(tuple((k, 1) for k in range(200))), Spread((counts,)), fit)
    apart = Line(((0, 1), (5, 1)), high=1)
    for lines in (ones, (*ones, apart)):
        found = small.solve(Problem(40, 5, pairs, lines, goals))
        assert found is not None
        assert [goal.value for goal in found.goals[:2]] == [40, 0]
        verify(Problem(40, 5, pairs, lines, goals), found)


def test_a_search_gives_up_by_steps() -> None:
    found = next(p for p in map(problem, range(2, SEEDS, 3)) if not flow.fits(p) and len(p.pairs) > 6 and brute(p))
    with pytest.raises(TooLargeError):
        search(found, Steps(3))


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
