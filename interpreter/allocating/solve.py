"""The one way to a best division: by OR-Tools where it is installed, exactly by our own search where the problem is
small; and never believed before it is reckoned again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from typing import TypeAlias

from msgspec import Struct, structs

from interpreter.allocating.model import Forced, Line, Problem, Solution, Total
from interpreter.allocating.verify import verify
from interpreter.exact.refusal import UndividedError

PRICED = 2000
"""Answers to what another choice would cost that are kept."""
REMEMBERED = 64
"""Problems whose solutions are kept: one run decides some more than once."""
Progress: TypeAlias = Callable[[int, int, int], None]
"""Told of a goal (from 0), its value so far and the bound."""


class NotInstalledError(UndividedError):
    """The division is too large to be solved without the optional package."""

    def __init__(self, pairs: int) -> None:
        super().__init__("ZS926", pairs=str(pairs))


class NotFoundError(UndividedError):
    """Neither a division nor that there is none was found within the work or the time that was allowed."""

    def __init__(self) -> None:
        super().__init__("ZS927")


class TooWideError(UndividedError):
    """Figures whose sums would not stay exact."""

    def __init__(self) -> None:
        super().__init__("ZS928")


class Asked(Struct, frozen=True, eq=False):
    """How a run is to divide: seconds at most, whom to tell, and what to keep of a division before, by its name; and
    whether explanations tell what others would cost, which is another division for each."""

    limit: float | None = None
    progress: Progress | None = None
    kept: Mapping[str, Mapping[str, str]] = {}
    priced: bool = False


ASKED: ContextVar[Asked | None] = ContextVar("ASKED", default=None)
_priced: OrderedDict[tuple[Problem, tuple[int, ...], int, bool], Forced | None] = OrderedDict()
_known: OrderedDict[tuple[Problem, bool], Solution | None] = OrderedDict()


@contextmanager
def asking(asked: Asked) -> Iterator[None]:
    """Divisions are made this way meanwhile."""
    token = ASKED.set(asked)
    try:
        yield
    finally:
        ASKED.reset(token)


def best(problem: Problem, *, settle: bool = True) -> Solution | None:
    """The best division of a problem, None where none meets all lines; raises NotInstalledError. Without `settle` it is
    any of those that are equally good."""
    if (problem, settle) in _known:
        _known.move_to_end((problem, settle))
        return _known[problem, settle]
    found = _solved(problem, settle)
    if found is not None:
        verify(problem, found)
    _known[problem, settle] = found
    while len(_known) > REMEMBERED:
        _known.popitem(last=False)
    return found


def forced(problem: Problem, solution: Solution, pair: int, *, near: bool = True) -> Forced | None:
    """What comes of choosing a pair: the first goal that gets worse; None where no division has it. Where it is to be
    `near`, the division told of is the one that moves the fewest others."""
    key = (problem, solution.chosen, pair, near)
    if key not in _priced:
        _priced[key] = _forced(problem, solution, pair, near)
        while len(_priced) > PRICED:
            _priced.popitem(last=False)
    return _priced[key]


def _forced(problem: Problem, solution: Solution, pair: int, near: bool) -> Forced | None:
    if find_spec("ortools") is not None:
        from interpreter.allocating import cpsat

        return cpsat.forced(problem, solution, pair, near=near)
    with_it = structs.replace(problem, lines=(*problem.lines, Line(((pair, 1),), low=1)))
    held = (Total(tuple((k, 1) for k in solution.chosen)),) if near else ()
    found = best(structs.replace(with_it, goals=(*problem.goals, *held)), settle=False)
    if found is None:
        return None
    compared = enumerate(zip(solution.goals, found.goals, strict=False))
    at = next((n for n, (was, now) in compared if was.value != now.value), None)
    return Forced(at, 0 if at is None else found.goals[at].value, found.chosen)


def _solved(problem: Problem, settle: bool) -> Solution | None:
    asked = ASKED.get() or Asked()
    if find_spec("ortools") is not None:
        from interpreter.allocating import cpsat

        try:
            return cpsat.solve(problem, limit=asked.limit, progress=asked.progress, settle=settle)
        except TimeoutError:
            raise NotFoundError from None
        except OverflowError:
            raise TooWideError from None
    from interpreter.allocating import small

    try:
        return small.solve(problem)
    except small.TooLargeError:
        raise NotInstalledError(len(problem.pairs)) from None
