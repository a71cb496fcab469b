"""Which clauses of a policy have been exercised: a step was recorded under them that came to something.

A clause is a citation as written. A case or row exercises its clause where it is taken, a score's line where it
applies, a condition's line where it is looked at, an exception where it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interpreter.exact.trace import Acting, Step
from policy import core, walk
from policy.core import Policy
from policy.source import Clause


def clauses(policy: Policy) -> tuple[str, ...]:
    """Every citation of the policy's rules, in the order of the text."""
    found: dict[str, None] = {}
    own = [definition for definition in policy.definitions if definition.key not in policy.below]
    for definition in own:
        for clause in _of_definition(definition):
            found.update(dict.fromkeys(clause.cites))
    for exception in policy.overall:
        for clause in _of_exception(exception):
            found.update(dict.fromkeys(clause.cites))
    return tuple(found)


def _of_definition(definition: core.Definition) -> Iterator[Clause]:
    yield definition.clause
    yield from _of_rule(definition)
    yield from _of_fits(definition)
    for top in walk.of_definition(definition):
        for node in walk.everything(top):
            yield from _of_node(node)
    for exception in definition.exceptions:
        yield from _of_exception(exception)


def _of_rule(definition: core.Definition) -> Iterator[Clause]:
    rule = definition.ranking or definition.quota
    yield from (order.clause for order in rule.orders) if rule is not None else ()
    yield from (tier.clause for tier in definition.quota.tiers) if definition.quota is not None else ()
    division = definition.allocation
    if division is not None:
        yield from (line.clause for line in division.takings)
        yield from (line.clause for line in division.ties)
        yield from (line.clause for line in division.aims)


def _of_fits(definition: core.Definition) -> Iterator[Clause]:
    """The conditions of a division, each of which is exercised where its guard holds."""
    yield from (fit.clause for fit in definition.allocation.fits) if definition.allocation is not None else ()


def _of_node(node: core.Expr) -> Iterator[Clause]:
    match node:
        case core.Switch(arms=arms):
            yield from (arm.clause for arm in arms)
        case core.Total(lines=lines):
            yield from (line.clause for line in lines)
        case core.All(clauses=own) | core.AtLeast(clauses=own):
            yield from own
        case core.Banded(bands=bands):
            yield from (band.clause for band in bands)
        case core.Named(clause=clause):
            yield clause
        case core.Excepted(exceptions=exceptions):
            yield from (c for exception in exceptions for c in _of_exception(exception))
        case _:
            return


def _of_exception(exception: core.Exempt) -> Iterator[Clause]:
    yield exception.clause
    yield from (effect.clause for effect in exception.effects)
    for other in exception.voided_by:
        yield from _of_exception(other)


def exercised(steps: Iterable[Step]) -> set[str]:
    """The citations under which something in these steps came about."""
    found: set[str] = set()
    seen: set[int] = set()
    stack = list(steps)
    while stack:
        step = stack.pop()
        if id(step) in seen:
            continue
        seen.add(id(step))
        found.update(_under(step))
        stack.extend(step.parts)
    return found


def _under(step: Step) -> Iterator[str]:
    match step.expr:
        case core.Arm(clause=clause):
            yield from clause.cites if step.value is True else ()
        case core.Line(clause=clause):
            yield from clause.cites if step.value is not None else ()
        case core.Effect(clause=clause):
            note = step.note
            yield from clause.cites if isinstance(note, Acting) and note.fate == "acts" else ()
        case core.Exempt(clause=clause):
            yield from clause.cites if _acts(step) else ()
        case core.Definition() as definition:
            yield from definition.clause.cites
            yield from (cite for clause in _of_rule(definition) for cite in clause.cites)
        case core.All(clauses=own) | core.AtLeast(clauses=own):
            yield from (cite for clause in own[: len(step.parts)] for cite in clause.cites)
        case core.Banded(bands=bands):
            yield from (cite for band in bands for cite in band.clause.cites)
        case core.Fit(clause=clause):
            yield from clause.cites
        case core.Named(clause=clause) | core.Band(clause=clause) | core.Tier(clause=clause):
            yield from clause.cites
        case _:
            return


def _acts(step: Step) -> bool:
    return any(isinstance(part.note, Acting) and part.note.fate == "acts" for part in step.parts)
