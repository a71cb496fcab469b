"""Where no division meets all lines: a smallest set of lines and records that cannot all hold, and what would do.

Found by halving (QuickXplain) in the order of the text and of keys; then each member is taken away once more, to see
that what is left could hold. A condition of who may take what counts for one item, so the pairs that it forbids are in
the problem here, held at nothing by a line of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from interpreter.allocating import solve
from interpreter.allocating.model import Problem, Shortfall
from interpreter.allocating.posing import Origin, Posed, pose
from interpreter.exact.code import Program
from interpreter.exact.trace import Division


class Member(Struct, frozen=True):
    """A line for one record that stands in the conflict. `short` is by how much it alone would have to give way for all
    others to hold, None where that would not be enough."""

    origin: Origin
    short: int | None


class Conflict(Struct, frozen=True):
    """Lines that cannot all hold, none of which could be left out of the set. `unplaced` is how many of what must be
    given cannot be, at the least, None where that is not what is the matter."""

    members: tuple[Member, ...]
    unplaced: int | None


def conflict_of(division: Division, program: Program) -> Conflict | None:
    """Why there is no division; None where there is one."""
    if division.solution is not None:
        return None
    wide = pose(division.posed.allocation, program, wide=True)
    groups: dict[Origin, list[int]] = {}
    fixed: list[int] = []
    for at, (line, origin) in enumerate(zip(wide.problem.lines, wide.origins, strict=True)):
        if line.order is not None:
            continue
        if origin.kind == "one":
            fixed.append(at)
        else:
            groups.setdefault(origin, []).append(at)
    found = smallest(wide.problem, fixed, list(groups.items()))
    members = tuple(Member(origin, alone(wide, groups[origin])) for origin, _ in found)
    return Conflict(members, unplaced(division.posed))


def holds(problem: Problem, lines: Sequence[int]) -> bool:
    """Whether some of a problem's lines can hold together."""
    kept = tuple(problem.lines[at] for at in sorted(lines))
    return solve.best(structs.replace(problem, lines=kept, goals=()), settle=False) is not None


Group = tuple[Origin, list[int]]


def smallest(problem: Problem, fixed: list[int], groups: list[Group]) -> list[Group]:
    """Groups of lines that cannot all hold, none to spare; the earlier ones are kept where there is a choice."""
    found = _explained(problem, fixed, groups, grown=False)
    at = 0
    while at < len(found):
        rest = found[:at] + found[at + 1 :]
        if holds(problem, [*fixed, *(line for _, lines in rest for line in lines)]):
            at += 1
        else:
            found = rest
    return found


def _explained(problem: Problem, background: list[int], groups: list[Group], *, grown: bool) -> list[Group]:
    """QuickXplain: what of some groups is needed beside the background for nothing to hold."""
    if grown and not holds(problem, background):
        return []
    if len(groups) == 1:
        return groups
    half = len(groups) // 2
    first, second = groups[:half], groups[half:]
    later = _explained(problem, [*background, *_lines(first)], second, grown=bool(first))
    earlier = _explained(problem, [*background, *_lines(later)], first, grown=bool(later))
    return [*earlier, *later]


def _lines(groups: list[Group]) -> list[int]:
    return [line for _, lines in groups for line in lines]


def alone(wide: Posed, lines: list[int]) -> int | None:
    """By how much some lines would have to give way if all others hold."""
    mine = set(lines)
    last = 1 + max((line.order or 0 for line in wide.problem.lines), default=0)
    soft = tuple(
        structs.replace(line, order=last) if at in mine else line for at, line in enumerate(wide.problem.lines)
    )
    found = solve.best(structs.replace(wide.problem, lines=soft, goals=(Shortfall(last),)), settle=False)
    return None if found is None else found.goals[0].value


def unplaced(posed: Posed) -> int | None:
    """How many of what must be given cannot be, where everything else holds."""
    problem = posed.problem
    last = 1 + max((line.order or 0 for line in problem.lines), default=0)
    item = posed.allocation.item
    must = {
        at for at, o in enumerate(posed.origins) if o.kind == "taking" and posed.allocation.takings[o.at].each == item
    }
    if not must:
        return None
    soft = tuple(structs.replace(line, order=last) if at in must else line for at, line in enumerate(problem.lines))
    found = solve.best(structs.replace(problem, lines=soft, goals=(Shortfall(last),)), settle=False)
    return None if found is None else found.goals[0].value
