"""Where no division meets all lines: a smallest set of lines and records that cannot all hold, and what would do.

Found by halving (QuickXplain) in the order of the text and of keys; then each member is taken away once more, to see
that what is left could hold. A condition of who may take what counts for one item, so the pairs that it forbids are in
the problem here, held at nothing by a line of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from interpreter.allocating import solve
from interpreter.allocating.model import Line, Problem, Shortfall
from interpreter.allocating.posing import Kind, Origin, Posed, pose
from interpreter.exact.code import Program
from interpreter.exact.trace import Division


class Member(Struct, frozen=True):
    """A line of the text that stands in the conflict, and the records for which it does, by key. `short` is by how much
    it alone would have to give way, for whomever, so that all others hold; None where that is not enough."""

    kind: Kind
    at: int
    of: tuple[str, ...]
    short: int | None


class Conflict(Struct, frozen=True):
    """Lines that cannot all hold, none of which could be left out for any of its records. `unplaced` is how many of
    what must be given cannot be, at the least, None where that is not what is the matter."""

    members: tuple[Member, ...]
    unplaced: int | None


Group = tuple[Origin, list[int]]


def conflict_of(division: Division, program: Program) -> Conflict | None:
    """Why there is no division; None where there is one."""
    if division.solution is not None:
        return None
    wide = pose(division.posed.allocation, program, wide=True)
    fixed, groups = grouped(wide)
    near = crowded(division.posed)
    if near is not None:
        some = [(origin, lines) for origin, lines in groups if origin.of in near]
        groups = groups if holds(wide.problem, [*fixed, *_lines(some)]) else some
    found = smallest(wide.problem, fixed, groups)
    lines: dict[tuple[Kind, int], list[str]] = {}
    for origin, _ in found:
        lines.setdefault((origin.kind, origin.at), []).append(origin.of)
    members = tuple(Member(kind, at, tuple(of), alone(wide, kind, at)) for (kind, at), of in sorted(lines.items()))
    return Conflict(members, unplaced(division.posed))


def grouped(wide: Posed) -> tuple[list[int], list[Group]]:
    """The lines that go without saying, and the others by what they come from."""
    fixed: list[int] = []
    groups: dict[Origin, list[int]] = {}
    for at, (line, origin) in enumerate(zip(wide.problem.lines, wide.origins, strict=True)):
        if line.order is not None:
            continue
        if origin.kind == "one":
            fixed.append(at)
        else:
            groups.setdefault(origin, []).append(at)
    return fixed, list(groups.items())


def crowded(posed: Posed) -> frozenset[str] | None:
    """Where more must go to some than these may take: the keys of both, found by alternating paths from an item that
    finds no room. None where that is not the matter."""
    problem, allocation = posed.problem, posed.allocation
    must, room = set[int](), dict[int, int]()
    for line, origin in zip(problem.lines, posed.origins, strict=True):
        if origin.kind != "taking" or line.order is not None:
            continue
        if allocation.takings[origin.at].each == allocation.item:
            must.add(posed.items.index(origin.of))
        elif line.high is not None and all(c == 1 for _, c in line.terms):
            owner = posed.owners.index(origin.of)
            room[owner] = min(room.get(owner, line.high), line.high)
    may: dict[int, list[int]] = {item: [] for item in must}
    for item, owner in problem.pairs:
        if item in must:
            may[item].append(owner)
    taken: dict[int, list[int]] = {}
    for item in sorted(must):
        items, owners = reach(item, may, taken, room)
        if items is not None:
            return frozenset((*(posed.items[i] for i in items), *(posed.owners[o] for o in owners)))
    return None


def reach(
    item: int, may: dict[int, list[int]], taken: dict[int, list[int]], room: dict[int, int]
) -> tuple[set[int] | None, set[int]]:
    """Finds room for an item by moving others on; where there is none, all that was reached on the way."""
    came: dict[int, int] = {}
    items, waiting = {item}, [item]
    while waiting:
        at = waiting.pop(0)
        for owner in may[at]:
            if owner in came:
                continue
            came[owner] = at
            held = taken.setdefault(owner, [])
            if len(held) < room.get(owner, len(held) + 1):
                while True:
                    mover = came[owner]
                    before = next((o for o, those in taken.items() if mover in those), None)
                    taken.setdefault(owner, []).append(mover)
                    if before is None:
                        return None, set()
                    taken[before].remove(mover)
                    owner = before
            waiting += [other for other in held if other not in items]
            items.update(held)
    return items, set(came)


def holds(problem: Problem, lines: Sequence[int]) -> bool:
    """Whether some of a problem's lines can hold together; pairs that none of them needs are left out."""
    kept = [problem.lines[at] for at in sorted(lines)]
    asked = {problem.pairs[k][0] for line in kept for k in helping(line)}
    used = {k: at for at, k in enumerate(k for k, (item, _) in enumerate(problem.pairs) if item in asked)}
    narrow = tuple(
        structs.replace(line, terms=tuple((used[k], c) for k, c in line.terms if k in used)) for line in kept
    )
    pairs = tuple(problem.pairs[k] for k in used)
    return solve.best(Problem(problem.items, problem.owners, pairs, narrow), settle=False) is not None


def helping(line: Line) -> Iterator[int]:
    """The pairs without which a line might not hold: those that raise a sum that could be too low, or lower one that
    could be too high."""
    least, most = sum(min(c, 0) for _, c in line.terms), sum(max(c, 0) for _, c in line.terms)
    for k, c in line.terms:
        if (c > 0 and line.low is not None and line.low > least) or (
            c < 0 and line.high is not None and line.high < most
        ):
            yield k


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


def alone(wide: Posed, kind: Kind, at: int) -> int | None:
    """By how much a line of the text would have to give way if all others hold, for whomever it is drawn."""
    last = 1 + max((line.order or 0 for line in wide.problem.lines), default=0)
    soft = tuple(
        structs.replace(line, order=last) if (origin.kind, origin.at) == (kind, at) else line
        for line, origin in zip(wide.problem.lines, wide.origins, strict=True)
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
