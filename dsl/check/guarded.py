"""What a value can be under the conditions that stand before it: a divisor behind `当 任务 > 0：` is never 0."""

from __future__ import annotations

from collections.abc import Callable

from dsl.check import bounds
from dsl.check.context import Findings
from dsl.check.facts import Facts, alternatives, together
from policy.core import Expr


def ways(findings: Findings) -> list[Facts]:
    """The facts of every way in which the conditions given here can come true."""
    found = together(alternatives(guard, holds, findings.bodies) for guard, holds in findings.given)
    return [facts for facts in found if bounds.possible(facts, findings.bodies)]


def may_be(findings: Findings, expr: Expr, such: Callable[[bounds.Span], bool]) -> bool:
    """Whether a number can be such, as far as the conditions given here say."""
    return any(such(bounds.of(expr, facts, findings.bodies)) for facts in ways(findings))
