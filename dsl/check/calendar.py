"""Dates: moved by spans of time, counted between, and taken apart."""

from __future__ import annotations

from typing import Final

from dsl.check import amounts
from dsl.check.context import Findings
from policy import core, kinds
from policy.core import Expr
from policy.source import Span
from policy.types import Calendar, Choice, Number, Text, Type, YesNo, greatest, least
from policy.units import DAYS, MONTHS, YEARS, Unit

_ELAPSED: Final[dict[str, tuple[kinds.Span, Unit, int]]] = {
    "FULLYEARS": ("years", YEARS, 12),
    "FULLMONTHS": ("months", MONTHS, 1),
    "DAYS": ("days", DAYS, 1),
}
_PARTS: Final[dict[str, kinds.CalendarPart]] = {
    "YEARSTART": "year_start",
    "QUARTERSTART": "quarter_start",
    "MONTHSTART": "month_start",
    "YEAROF": "year",
    "QUARTEROF": "quarter",
    "MONTHOF": "month",
}


_GRAINS: Final[dict[str, kinds.Grain]] = {"YEAROF": "year", "QUARTEROF": "quarter", "MONTHOF": "month"}
_SIZES: Final[tuple[kinds.Grain, ...]] = ("day", "month", "quarter", "year")
"""Grains of the calendar, the finest first."""


def shifted(findings: Findings, terms: list[Expr], signs: list[int], span: Span) -> Expr:
    """`基准日 - 12 个月`: one date first, then spans of months or days."""
    at = terms[0]
    if not isinstance(at.type.kind, Calendar):
        raise findings.refuse("ZS321", span)
    for term, sign in zip(terms[1:], signs[1:], strict=True):
        kind = term.type.kind
        if not isinstance(kind, Number) or kind.unit is None or kind.unit.family not in ("months", "days"):
            raise findings.refuse("ZS321", term.span)
        into = at.type.absent_as(term.type)
        at = core.Shifted(of=at, by=term, sign=sign, reckoning=findings.reckoning, type=into, span=span)
    return at


def elapsed(findings: Findings, function: str, arguments: list[Expr], span: Span) -> Expr:
    """`满年(a，b)`: completed years, months, or days between two dates."""
    grains = [a.type.kind.grain for a in arguments if isinstance(a.type.kind, Calendar)]
    if len(arguments) != 2 or len(grains) != 2 or (grains != ["day", "day"] and function == "DAYS"):
        raise findings.refuse("ZS322", span)
    if grains[0] != grains[1]:
        raise findings.refuse("ZS368", span, first=arguments[0].span.text, second=arguments[1].span.text)
    word, unit, grid = _ELAPSED[function]
    into = Type(Number(unit, grid)).absent_as(*(a.type for a in arguments))
    start, end = arguments
    return core.Elapsed(start=start, end=end, unit=word, reckoning=findings.reckoning, type=into, span=span)


def part(findings: Findings, function: str, arguments: list[Expr], span: Span) -> Expr:
    """`年初(d)`, `季初(d)`, `月初(d)`, `所在年(d)`, `所在季(d)`, `所在月(d)`."""
    if len(arguments) != 1 or not isinstance(arguments[0].type.kind, Calendar):
        raise findings.refuse("ZS323", span)
    grain = _GRAINS.get(function, "day")
    own = arguments[0].type.kind.grain
    if _SIZES.index(own) > _SIZES.index(grain) and grain != "day":
        raise findings.refuse("ZS369", span, what=arguments[0].span.text)
    kind = Calendar(grain)
    into = arguments[0].type.replaced(kind)
    return core.CalendarOf(of=arguments[0], part=_PARTS[function], type=into, span=span)


def extreme(findings: Findings, function: str, arguments: list[Expr], span: Span) -> Expr:
    """`较大(a，b)`, `较小(a，b)`."""
    larger = function == "LARGER"
    if all(isinstance(a.type.kind, Calendar) for a in arguments):
        into = arguments[0].type.absent_as(*(a.type for a in arguments))
        return core.Extreme(items=tuple(arguments), larger=larger, type=into, span=span)
    if any(not isinstance(a.type.kind, Number) for a in arguments):
        raise findings.refuse("ZS324", span)
    arguments, kind = amounts.either(findings, arguments, span)
    kinds = [amounts.of(a) for a in arguments]
    lows, highs = [k.low for k in kinds], [k.high for k in kinds]
    low = greatest([b for b in lows if b is not None]) if larger else kind.low
    high = kind.high if larger else least([b for b in highs if b is not None])
    into = Type(Number(kind.unit, kind.grid, low, high, kind.bare)).absent_as(*(a.type for a in arguments))
    return core.Extreme(items=tuple(arguments), larger=larger, type=into, span=span)


def next_grade(findings: Findings, function: str, arguments: list[Expr], span: Span) -> Expr:
    """`高一档(等级)`, `低一档(等级)`: the grade beside one; the last stays, and so does what is outside the order.

    The values become cases, so that a grade that is open or missing is so here.
    """
    kind = arguments[0].type.kind if len(arguments) == 1 else None
    if not isinstance(kind, Choice) or not kind.ordered:
        raise findings.refuse("ZS385", span, what=arguments[0].span.text if arguments else span.text)
    of, step = arguments[0], -1 if function == "ONEUP" else 1
    ordered = kind.values[: kind.ordered]
    arms = []
    for at, value in enumerate(kind.values):
        there = ordered[min(max(at + step, 0), len(ordered) - 1)] if at < len(ordered) else value
        here, then = (core.Const(value=v, type=Type(kind), span=span) for v in (value, there))
        guard = core.Compare(left=of, op="=", right=here, type=Type(YesNo()).absent_as(of.type), span=span)
        arms.append(core.Arm(guard, then, span=span))
    switch = core.Switch(mode="first", arms=tuple(arms), type=Type(kind).absent_as(of.type), span=span)
    return core.Named(name=span.text, of=switch, type=switch.type, span=span)


def of_identity(findings: Findings, function: str, arguments: list[Expr], span: Span) -> Expr:
    """`出生日期(身份证号)`, `是女性(身份证号)`."""
    of = arguments[0] if len(arguments) == 1 else None
    if of is None or not isinstance(of.type.kind, Text) or not of.type.kind.identity:
        raise findings.refuse("ZS387", span, what=of.span.text if of is not None else span.text)
    if function == "BIRTHOF":
        return core.OfIdentity(of=of, type=of.type.replaced(Calendar()), span=span)
    return core.OfIdentity(of=of, female=True, type=of.type.replaced(YesNo()), span=span)


FUNCTIONS = {
    "BIRTHOF": of_identity,
    "FEMALE": of_identity,
    "ONEUP": next_grade,
    "ONEDOWN": next_grade,
    **dict.fromkeys(_ELAPSED, elapsed),
    **dict.fromkeys(_PARTS, part),
    "LARGER": extreme,
    "SMALLER": extreme,
}
