"""How reasons name what they speak of: values, clauses and lines in the author's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from interpreter.exact.trace import Step
from policy.core import AsOf, Get, Ref
from policy.numerals import in_unit
from policy.source import Clause, Span
from policy.types import Number, Type
from policy.values import Missing, Nil, NoneListed, Period, Referred, Undecided, Value

LONGEST = 40
"""Characters of policy text that a reason shows at most."""


def told(value: Value, kind: Type, language: str) -> str:
    """A value as its author would write it, without the name of its unit."""
    chinese = language == "zh"
    match value:
        case bool():
            return ("是" if value else "否") if chinese else ("yes" if value else "no")
        case int() | Fraction():
            return in_unit(value, kind.kind.unit if isinstance(kind.kind, Number) else None)
        case date():
            return value.isoformat()
        case Period(year, part, grain):
            return f"{year}" if grain == "year" else f"{year}-{part:02}" if grain == "month" else f"{year}Q{part}"
        case Nil():
            return "无" if chinese else "none"
        case Missing(_, code):
            return code or ("缺" if chinese else "missing")
        case Undecided() | Referred() | NoneListed():
            return "?"
        case _:
            return str(value)


def clause_of(clause: Clause, span: Span) -> str:
    """How to name a line of the policy: its citation, else its text."""
    if clause.cites:
        return "".join(clause.cites)
    text = " ".join(span.text.split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def inputs(steps: Iterator[Step] | tuple[Step, ...]) -> Iterator[Step]:
    """The steps of the fields, definitions and as-of dates that some steps were worked out from, none deeper."""
    for step in steps:
        if isinstance(step.expr, (Get, Ref, AsOf)):
            yield step
        else:
            yield from inputs(step.parts)


def spelled_inputs(steps: tuple[Step, ...], language: str) -> str:
    """`名次 = 41，部门 = 零售`: the values that guards were about."""
    said: dict[str, str] = {}
    for step in inputs(steps):
        match step.expr:
            case Get(field=name, type=kind) | Ref(name=name, type=kind):
                said.setdefault(name, told(step.value, kind, language))
            case AsOf(type=kind):
                said.setdefault("基准日" if language == "zh" else "as_of", told(step.value, kind, language))
    return ("，" if language == "zh" else ", ").join(f"{name} = {value}" for name, value in said.items())
