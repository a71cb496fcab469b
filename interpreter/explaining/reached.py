"""Which definitions a person's results were made of: found by following the recorded steps, no others being touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interpreter.exact.trace import Acting, Step, Traced
from policy import core
from policy.core import Definition, Effect, Fold, Me, Ref
from policy.types import Nothing

MOST_INSIDE = 5
"""How many scores are told one inside the other."""


def reached(steps: Iterable[Step], record: str) -> dict[str, Step]:
    """The steps of the definitions of `record` that `steps` come from, themselves included, by name.

    Definitions of others (those listed, those ranked beside one) are none of them.
    """
    found: dict[str, Step] = {}
    waiting = [(step, 0) for step in steps]
    seen: set[tuple[int, int]] = set()
    while waiting:
        step, depth = waiting.pop()
        if (id(step), depth) in seen:
            continue
        seen.add((id(step), depth))
        if isinstance(step.expr, Definition):
            if step.expr.record == record:
                found.setdefault(step.expr.name, step)
            waiting += [(part, 0) for part in step.parts]
        elif isinstance(step.expr, Ref) and is_elsewhere(step.expr, depth):
            waiting += [(part, depth) for part in step.parts[1:]]
        else:
            waiting += deeper(step, depth)
    return found


def is_elsewhere(ref: Ref, depth: int) -> bool:
    """Whether a reference is to a definition of another than the person, whose scope is `depth` out."""
    return not (isinstance(ref.of, Me) and (ref.of.depth == depth or isinstance(ref.of.type.kind, Nothing)))


def deeper(step: Step, depth: int) -> Iterator[tuple[Step, int]]:
    """The parts of a step, with how far out the person stands as seen from them."""
    if isinstance(step.expr, Fold):
        outer = len(step.expr.same)
        yield from ((part, depth) for part in step.parts[:outer])
        yield from ((part, depth + 1) for part in step.parts[outer:])
        return
    inside = isinstance(step.expr, Effect) and isinstance(step.note, Acting) and bool(step.note.key)
    yield from ((part, depth + 1 if inside else depth) for part in step.parts)


def own_definition(step: Step) -> Step | None:
    """The definition's step behind a reference to a definition of the person, None for anything else."""
    expr = step.expr
    if isinstance(expr, Ref) and isinstance(expr.of, Me) and step.parts and isinstance(step.parts[0].expr, Definition):
        return step.parts[0]
    return None


def body_of(step: Step) -> Step | None:
    """What a definition's value was made of, None where the value was given."""
    return step.parts[0] if step.parts else None


def nested(found: dict[str, Step]) -> dict[str, str]:
    """Scores that are a line of one other score, by name, with the name of that other: they are told inside it.

    Only so many are told inside each other; the next is a step of its own again.
    """
    inside: dict[str, str] = {}
    for name, step in found.items():
        for line in lines_of(step):
            part = value_of_line(line)
            definition = own_definition(part) if part is not None else None
            expr: Traced | None = definition.expr if definition is not None else None
            if isinstance(expr, Definition) and expr.kind == "score" and expr.name in found:
                inside.setdefault(expr.name, name)
    depth = depths(inside)
    return {name: outer for name, outer in inside.items() if depth[name] % (MOST_INSIDE + 1)}


def depths(inside: dict[str, str]) -> dict[str, int]:
    """How deep each name lies inside others."""
    found: dict[str, int] = {}
    for name in inside:
        path, at = [], name
        while at in inside and at not in found:
            path.append(at)
            at = inside[at]
        found.update((each, deep) for deep, each in enumerate(reversed(path), found.get(at, 0) + 1))
    return found


def lines_of(step: Step) -> Iterator[Step]:
    """The lines of the score that a definition's step is of, none for other definitions."""
    at = body_of(step)
    while at is not None and isinstance(at.expr, core.Limited | core.Rounded | core.Excepted) and at.parts:
        at = at.parts[0]
    if at is not None and isinstance(at.expr, core.Total):
        yield from at.parts


def value_of_line(step: Step) -> Step | None:
    """The step of what a line is worth before its weight and sign; None where the line did not apply."""
    line = step.expr
    if not isinstance(line, core.Line):
        return None
    at = 0 if line.guard is None else 1
    return step.parts[at] if len(step.parts) > at else None
