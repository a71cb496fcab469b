"""Units that mingle: what a value is shown in, and which numbers must then name their unit.

A number without a unit takes that of what it stands beside. Where nobody can tell which that is, because yuan and
万元 went into one sum, or because a name without a unit would mean yuan here and 万元 there, it is refused: what a
policy decides never depends on the order in which its terms are written.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from dsl.check.context import Findings, Untypable
from dsl.syntax import surface as s
from policy import core, walk
from policy.core import Expr
from policy.numerals import decimal, with_unit
from policy.source import Span
from policy.types import Number
from policy.units import CANONICAL, Exact, Unit, divide, mingled, settled


def common(kinds: Sequence[Number]) -> Unit | None:
    """The unit of what comes of numbers that are added or chosen between; the first one's where families differ."""
    units = [kind.unit for kind in kinds if kind.unit is not None]
    if len(units) < len(kinds) or len({unit.family for unit in units}) != 1:
        return kinds[0].unit if kinds else None
    return mingled(units)


def beside(own: Unit | None, others: Unit | None) -> Unit | None:
    """The unit of a value that only meets others, as limits or exceptions: its own, which remembers theirs."""
    if own is None or others is None or own.family != others.family:
        return own or others
    return structs.replace(own, mixed=mingled([own, others]).mixed)


def refuse_bare(findings: Findings, unit: Unit, exprs: Sequence[Expr]) -> None:
    """Refuse a number without a unit that could be read in two."""
    for expr in exprs:
        kind = expr.type.kind
        assert isinstance(kind, Number)
        if not kind.bare or kind.grid == 0 or (isinstance(expr, core.Const) and expr.value == 0):
            continue
        named = any(isinstance(node, core.Ref) for node in walk.everything(expr))
        if unit.mixed or (named and unit.factor != 1 and unit.family == "money"):
            raise unnamed(findings, unit, expr.span, "…" if named else expr.span.text)


def refuse_bracketed(findings: Findings, unit: Unit | None, written: s.Sum) -> None:
    """Refuse `(a + 5) + b` as `a + 5 + b` is refused."""
    if unit is None or not unit.mixed:
        return
    inside = list(written.terms)
    while inside:
        term = inside.pop(0)
        if isinstance(term, s.Sum):
            inside = [*term.terms, *inside]
        elif isinstance(term, s.Number) and term.unit is None and term.value:
            raise unnamed(findings, unit, term.span, term.span.text)


def unnamed(findings: Findings, unit: Unit, span: Span, numeral: str) -> Untypable:
    """That a number does not name its unit, and how it could."""
    number = " ".join(span.text.split())
    parts = unit.mixed or mingled_with_canonical(unit)
    words = tuple(part.spelled(findings.language) for part in parts)
    joint = "”或“" if findings.language == "zh" else "` or `"
    ways = joint.join(f"{numeral} {word}" for word in words)
    return findings.refuse("ZS338", span, number=number, units=words, ways=ways)


def mingled_with_canonical(unit: Unit) -> tuple[Unit, ...]:
    """The units that a number beside `unit` could be meant in."""
    return tuple(dict.fromkeys((CANONICAL.get(unit.family, unit), settled(unit) or unit)))


def step_in(findings: Findings, unit: Unit | None, step: Exact, written: Span) -> None:
    """A rounding step that names no unit: refused beside several, told beside 万元, where cents may be meant."""
    if unit is None:
        return
    if unit.mixed:
        raise unnamed(findings, unit, written, decimal(step))
    if unit.family == "money" and unit.factor != 1:
        language = findings.language
        base = mingled_with_canonical(unit)[0]
        findings.report(
            "ZS339",
            written,
            step=" ".join(written.text.split()),
            size=with_unit(step, unit, language),
            base=with_unit(step, base, language),
            other=f"{decimal(divide(step, unit.factor))} {base.spelled(language)}",
        )
