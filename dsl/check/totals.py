"""What does not add up in a score: parts, weights in each branch, caps, full marks passed or out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct

from dsl.check import amounts, bounds, reach, witness
from dsl.check.expressions import Expressions
from dsl.check.facts import Facts, alternatives, together
from dsl.check.tests import text_of
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr, Line
from policy.diagnostic import Label
from policy.numerals import decimal, with_unit
from policy.source import Span
from policy.types import Number
from policy.units import POINTS, RATIO, Exact, divide, size, whole


class Move(Struct, frozen=True, eq=False):
    """`学员评价 转给 授课` under a condition: indexes of the weighted lines."""

    guard: Expr | None
    source: int
    targets: tuple[int, ...]
    span: Span


def redistributed(weights: dict[int, Exact], active: Sequence[Move]) -> dict[int, Exact]:
    """Weights after each move, shares in proportion to the targets' own weights."""
    gone = {m.source for m in active}
    result = {i: (0 if i in gone else w) for i, w in weights.items()}
    for move in active:
        targets = [t for t in move.targets if t not in gone]
        base = sum(weights[t] for t in targets)
        for target in targets:
            share = weights[move.source] * weights[target]
            result[target] = whole(result[target] + divide(share, base)) if base else result[target]
    return result


def stuck(weights: dict[int, Exact], active: Sequence[Move]) -> bool:
    """Whether some weight that moves finds no line to go to."""
    gone = {m.source for m in active}
    return any(not sum(weights[t] for t in move.targets if t not in gone) for move in active)


def twice(active: Sequence[Move]) -> tuple[Move, Move] | None:
    """Two moves that send one weight to different lines."""
    return next(((a, b) for a, b in combinations(active, 2) if a.source == b.source), None)


# -- moves ---------------------------------------------------------------------------------------------------------


def check_moves(x: Expressions, moves: Sequence[Move]) -> None:
    """A weight that two lines move at once, for whoever falls under both."""
    bodies = x.findings.bodies
    for one, other in combinations(moves, 2):
        if one.source != other.source:
            continue
        guards = [m.guard for m in (one, other) if m.guard is not None]
        both = together(alternatives(guard, True, bodies) for guard in guards)
        facts = next((f for f in both if bounds.possible(f, bodies)), None)
        if facts is not None:
            x.findings.report(
                "ZS427",
                other.span,
                labels=(Label(one.span, "other_row"),),
                first=text_of(one.span),
                second=text_of(other.span),
                who=_who(x, facts),
            )


def _who(x: Expressions, facts: Facts) -> str:
    """The person of some facts in brackets, empty where none can be named."""
    person = witness.person(facts, x.findings.bodies, x.findings.language, high=True)
    if not person:
        return ""
    return f"（例如 {person}）" if x.findings.language == "zh" else f" (say {person})"


# -- parts and weights -----------------------------------------------------------------------------------------------


def check_parts(x: Expressions, statement: s.Score, total: core.Total) -> None:
    """Declared full marks of the parts add up to the whole's."""
    parts = [line for line in total.lines if line.full is not None and line.guard is None]
    language, name = x.findings.language, statement.head.path.text
    if parts and total.full is not None and len(parts) == sum(1 for line in total.lines if line.full is not None):
        found = whole(sum(line.full for line in parts if line.full is not None))
        if found != total.full:
            x.findings.report(
                "ZS420",
                statement.head.span,
                labels=tuple(Label(line.span, "part") for line in parts),
                name=name,
                parts=" + ".join(decimal(line.full) for line in parts if line.full is not None),
                sum=with_unit(found, POINTS, language),
                full=with_unit(total.full, POINTS, language),
                gap=with_unit(size(total.full - found), POINTS, language),
            )


def check_weights(
    x: Expressions, statement: s.Score, lines: Sequence[Line], moves: Sequence[Move], full: Exact | None
) -> None:
    """Weights add up to 100% or to the full mark in every way in which the conditions of lines and moves can hold."""
    weighted = {i: line for i, line in enumerate(lines) if line.weight is not None}
    kinds = {i: amounts.of(line.weight) for i, line in weighted.items() if line.weight is not None}
    weights = {i: kind.low for i, kind in kinds.items() if kind.low is not None and kind.low == kind.high}
    if not weighted or len(weights) < len(weighted):
        return
    told: set[frozenset[int]] = set()
    for active, moving, facts in _branches(x, weighted, moves):
        if frozenset(active) in told or stuck(weights, moving) or twice(moving):
            continue
        after = redistributed(weights, moving)
        found = whole(sum(after[i] for i in active))
        ratio = any((unit := kinds[i].unit) is not None and unit.family == "ratio" for i in active)
        due: Exact = 1 if ratio else full if full is not None else 1 if found <= 1 else 100
        if found != due:
            told.add(frozenset(active))
            shares = [(weighted[i], after[i]) for i in active if after[i]]
            _report_weights(x, statement, shares, (found, due, ratio), facts)


def _branches(
    x: Expressions, weighted: dict[int, Line], moves: Sequence[Move]
) -> list[tuple[list[int], list[Move], Facts]]:
    """The weighted lines that apply and the moves that are made, in every way that can be; none without a line."""
    from policy.likeness import key_of

    guards: dict[object, Expr] = {}
    for guard in (*(line.guard for line in weighted.values()), *(m.guard for m in moves)):
        if guard is not None:
            guards.setdefault(key_of(guard), guard)
    if len(guards) > MOST_GUARDS:
        return []
    found = []
    for holding, facts in reach.scenarios(list(guards.values()), x.findings.bodies):
        held = {key for key, holds in zip(guards, holding, strict=True) if holds}
        active = [i for i, line in weighted.items() if line.guard is None or key_of(line.guard) in held]
        moving = [m for m in moves if m.guard is None or key_of(m.guard) in held]
        if active:
            found.append((active, moving, facts))
    return found


MOST_GUARDS = 10
"""Conditions of weights that are taken together; each doubles the ways."""


def _report_weights(
    x: Expressions,
    statement: s.Score,
    shares: list[tuple[Line, Exact]],
    sums: tuple[Exact, Exact, bool],
    facts: Facts,
) -> None:
    found, due, ratio = sums
    unit, language = RATIO if ratio else None, x.findings.language
    x.findings.report(
        "ZS421",
        statement.head.span,
        labels=tuple(Label(line.span, "weight") for line, _ in shares),
        name=statement.head.path.text,
        parts=" + ".join(with_unit(share, unit, language) for _, share in shares),
        sum=with_unit(found, unit, language),
        full=with_unit(due, unit, language),
        gap=with_unit(size(due - found), unit, language),
        who=_who(x, facts),
    )


# -- the full mark ---------------------------------------------------------------------------------------------------


def check_reach(x: Expressions, statement: s.Score, total: core.Total, limited: Expr, moves: Sequence[Move]) -> None:
    """The full mark can be reached, and not passed; told once, by the first cause."""
    full, language, name = total.full, x.findings.language, statement.head.path.text
    if full is None:
        return
    worth = with_unit(full, POINTS, language)
    bound = amounts.of(limited.cap).high if isinstance(limited, core.Limited) and limited.cap is not None else None
    if bound is not None and bound < full:
        x.findings.report("ZS422", statement.head.span, name=name, cap=with_unit(bound, POINTS, language), full=worth)
        return
    if any(owner is statement and d.code in ("ZS420", "ZS421", "ZS424") for owner, d in x.findings.found):
        return
    found = reach.of_lines(total.lines, [m.guard for m in moves if m.guard is not None], x.findings.bodies)
    if found is None:
        return
    if found.most is None and bound is None:
        _report_endless(x, statement, reach.endless(found, x.findings.bodies), worth)
        return
    most = _held([b for b in (found.most, bound) if b is not None], limited)
    if most < full and found.whole:
        _report_short(x, statement, total, (most, worth))
    elif most > full:
        conditional = any(line.guard is not None for line in total.lines)
        labels = tuple(_giving(x, found)) if conditional else ()
        x.findings.report(
            "ZS425",
            statement.head.span,
            labels=labels,
            name=name,
            full=worth,
            reach=_up_to(with_unit(most, POINTS, language), language),
            who=_who(x, found.facts) if conditional else "",
        )


def _held(highs: list[Exact], limited: Expr) -> Exact:
    """The most under a cap, and not below what a floor gives."""
    floor = limited.floor if isinstance(limited, core.Limited) else None
    least = amounts.of(floor).high if floor is not None else None
    return min(highs) if least is None else max(min(highs), least)


def _up_to(most: str, language: str) -> str:
    return f"各项加起来最多可到 {most}" if language == "zh" else f"its lines can add up to {most}"


def _report_endless(x: Expressions, statement: s.Score, line: Line, worth: str) -> None:
    zh, label = x.findings.language == "zh", text_of(line.span)
    x.findings.report(
        "ZS425",
        statement.head.span,
        labels=(Label(line.span, "endless"),),
        name=statement.head.path.text,
        full=worth,
        reach=f"“{label}”一项没有上限" if zh else f"`{label}` has no upper bound",
        who="",
    )


def _giving(x: Expressions, found: reach.Reach) -> list[Label]:
    """What each of the lines that add up gives at most."""
    labels = []
    for line in found.lines:
        high = reach.worth(line, found.facts, x.findings.bodies)
        if high:
            labels.append(Label(line.span, "gives", {"most": with_unit(high, POINTS, x.findings.language)}))
    return labels


def _report_short(x: Expressions, statement: s.Score, total: core.Total, marks: tuple[Exact, str]) -> None:
    x.findings.report(
        "ZS423",
        statement.head.span,
        labels=tuple(_short_parts(total)),
        name=statement.head.path.text,
        most=with_unit(marks[0], POINTS, x.findings.language),
        full=marks[1],
    )


def _short_parts(total: core.Total) -> list[Label]:
    """The parts that cannot reach their own full mark."""
    labels = []
    for line in total.lines:
        kind = line.value.type.kind
        high = kind.high if isinstance(kind, Number) else None
        if line.full is not None and high is not None and high < line.full:
            labels.append(Label(line.span, "reaches", {"most": decimal(high), "full": decimal(line.full)}))
    return labels
