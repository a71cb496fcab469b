"""Which accepted findings touch a person: those that bear on everyone in the definition, and of the others those whose
odd case is the person's own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decisions
from interpreter.exact.population import Subject
from interpreter.exact.trace import Step
from interpreter.explaining.model import Touching
from interpreter.explaining.reached import body_of
from policy import core
from policy.core import Definition, Expr
from policy.values import Missing, NoneListed, Referred, Undecided

OPEN: Final = frozenset(("ZS356", "ZS410", "ZS412", "ZS427", "ZS434", "ZS450"))
"""Findings of cases that are left undecided: they touch whoever is."""
OVERLAP: Final = "ZS410"
"""Rows that overlap: in order the first of them counts, for whoever is in two."""
CAPPED: Final = "ZS422"
"""A cap below the full mark: it touches whoever would have had more."""
BEYOND: Final = "ZS425"
"""A score that can pass its full mark: it touches whose does."""


def accepted(decisions: Decisions, subject: Subject, found: dict[str, Step]) -> tuple[Touching, ...]:
    """The accepted findings that touch a person, in definitions that were used, parameters included."""
    policy = decisions.policy
    codes = {acceptance.name: code for code, acceptance in policy.accepted}
    main = policy.main.name
    used = {(main, name) for name in found} | {("", name) for name in found}
    used |= {key for step in found.values() if isinstance(step.expr, Definition) for key in step.expr.uses}
    definitions = (d for d in policy.definitions if d.key in used)
    return tuple(
        Touching(d.name, a.name, a.reason, d.clause)
        for d in definitions
        for a in d.accepted
        if touches(codes.get(a.name, ""), found.get(d.name), lambda guard: holds(decisions, subject, guard))
    )


def holds(decisions: Decisions, subject: Subject, guard: Expr) -> bool:
    """Whether a condition that was not looked at holds for the person."""
    program = Program(decisions.policy, decisions.population, decisions.as_of)
    return program.code(guard)((subject,)).value is True


def touches(code: str, step: Step | None, holds: Callable[[Expr], bool]) -> bool:
    """Whether the case that was accepted is this one; of definitions that are not told, it may be."""
    if step is None:
        return True
    body = body_of(step)
    if code == OVERLAP and body is not None and isinstance(body.expr, core.Switch) and body.expr.mode == "first":
        return sum(arm.guard is not None and holds(arm.guard) for arm in body.expr.arms) > 1
    if code in OPEN:
        return isinstance(step.value, Missing | NoneListed | Referred | Undecided)
    if code == CAPPED and body is not None and isinstance(body.expr, core.Limited):
        return bool(body.parts[0].value != body.value)
    total = total_of(body)
    if code == BEYOND and total is not None and isinstance(total.expr, core.Total) and total.expr.full is not None:
        return isinstance(total.value, int | Fraction) and bool(total.value > total.expr.full)
    return True


def total_of(body: Step | None) -> Step | None:
    """The lines of a score behind its limits."""
    while body is not None and isinstance(body.expr, core.Limited) and body.parts:
        body = body.parts[0]
    return body
