"""Ranks: who, within whom, by what; equals and missing values must have a rule of their own."""

from __future__ import annotations

from typing import Final

from dsl.check import bands
from dsl.check.context import Place, Untypable
from dsl.check.expressions import Expressions
from dsl.syntax import surface as s
from policy import core, kinds
from policy.core import Expr, Order, Ranking
from policy.types import Calendar, Choice, Number, Type, judged
from policy.units import PLACES

_TIES: Final[dict[str, kinds.Ties]] = {
    "SHARE": "share",
    "DENSE": "dense",
    "REFER": "referred",
    "UNDECIDED": "undecided",
}
_EDGE: Final[dict[str, kinds.Edge]] = {
    "ALLIN": "all_in",
    "ALLOUT": "all_out",
    "REFER": "referred",
    "UNDECIDED": "undecided",
}
_MISSING: Final[dict[str, kinds.Lacking]] = {"LEFTOUT": "left_out", "LAST": "last", "UNDECIDED": "undecided"}


def rank(x: Expressions, statement: s.Rank, place: Place) -> tuple[Ranking, Type]:
    """The rule of a `排名`, and the type of the place it gives."""
    among, same, orders = who(x, statement, place)
    rules = chosen(x, statement.rules)
    if "ties" not in rules:
        raise x.findings.refuse("ZS510", statement.head.span, name=statement.head.path.text)
    lacking = may_lack(among, same, orders)
    if lacking and "missing" not in rules:
        x.findings.report("ZS511", lacking[0].span, name=lacking[0].span.text)
    if rules["ties"] == "DENSE" and "edge" in rules:
        edge = next(rule for rule in statement.rules if rule.about == "edge")
        x.findings.report("ZS460", edge.span, name=statement.head.path.text)
    ranking = Ranking(
        among=among,
        same=same,
        orders=orders,
        ties=_TIES[rules["ties"]],
        edge=_EDGE[rules["edge"]] if "edge" in rules else None,
        missing=_MISSING[rules.get("missing", "UNDECIDED")],
    )
    asked = [*same, *(o.by for o in orders), *([among] if among is not None else [])]
    opened = ranking.ties in ("referred", "undecided") or any(e.type.open for e in asked)
    none = among is not None or ranking.missing == "left_out" or any(o.by.type.none for o in orders)
    kind = Number(PLACES, 1, 1, None, place=True)
    missing = bool(lacking) and ranking.missing != "left_out"
    return ranking, Type(kind, missing=missing, none=none, open=opened)


def may_lack(among: Expr | None, same: tuple[Expr, ...], orders: tuple[Order, ...]) -> list[Expr]:
    """What a rank or quota asks of everyone that the data may lack: order values, 限 and 同 alike."""
    asked = [*(o.by for o in orders), *([among] if among is not None else []), *same]
    there = [] if among is None else _present(among)
    return [e for e in asked if (e.type.missing or e.type.codes) and not any(bands.same(e, each) for each in there)]


def _present(among: Expr) -> list[Expr]:
    """What everyone has of whom a condition holds: `非 面试 缺`."""
    match among:
        case core.All(items=items):
            return [each for item in items for each in _present(item)]
        case core.Not(of=core.IsMissing(of=of, code=None)):
            return [of]
        case _:
            return []


def who(
    x: Expressions, statement: s.Rank | s.Quota, place: Place
) -> tuple[Expr | None, tuple[Expr, ...], tuple[Order, ...]]:
    """Who takes part, within whom, and in which order."""
    failed = False
    among, same, orders = None, [], []
    try:
        among = _among(x, statement.among, place) if statement.among is not None else None
        same = [x.value(path, place) for path in statement.same]
    except Untypable:
        failed = True
    for by in statement.orders:
        try:
            orders.append(Order(_orderable(x, by, place), by.descending, by.clause))
        except Untypable:
            failed = True
    if failed:
        raise Untypable
    if not orders:
        raise x.findings.refuse("ZS512", statement.head.span, name=statement.head.path.text)
    return among, tuple(same), tuple(orders)


def _among(x: Expressions, expr: s.Expr, place: Place) -> Expr:
    """`限 合格`, or `限 初审名次`: whoever has a place there."""
    found = x.value(expr, place)
    if isinstance(found.type.kind, Number) and found.type.kind.place:
        none = core.IsNone(of=found, type=judged(found.type), span=expr.span)
        return core.Not(of=none, type=none.type, span=expr.span)
    return x.condition(expr, place)


def _orderable(x: Expressions, by: s.By, place: Place) -> Expr:
    found = x.value(x.as_name(by.value, place), place)
    kind = found.type.kind
    if not isinstance(kind, Number | Calendar) and not (isinstance(kind, Choice) and kind.ordered):
        raise x.findings.refuse("ZS513", by.value.span, what=by.value.span.text, kind=x.kind_word(kind))
    return found


def chosen(x: Expressions, rules: tuple[s.Rule, ...]) -> dict[str, str]:
    """What was said about ties, the cut and missing values, each at most once."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.about in found and found[rule.about] != rule.choice:
            raise x.findings.refuse("ZS514", rule.span)
        found[rule.about] = rule.choice
    return found
