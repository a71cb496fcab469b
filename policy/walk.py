"""The expressions directly under a core expression, for whoever must look at all of them."""

from __future__ import annotations

from collections.abc import Iterator

from policy import core
from policy.core import Expr


def children(expr: Expr) -> Iterator[Expr]:
    """The operands of a node, in the order of its fields."""
    match expr:
        case core.Const() | core.Me() | core.AsOf() | core.Refer():
            return
        case core.Sum(terms=items) | core.Product(factors=items) | core.All(items=items) | core.AtLeast(items=items):
            yield from items
        case core.Extreme(items=items):
            yield from items
        case core.Limited(of=of, cap=cap, floor=floor):
            yield of
            yield from (e for e in (cap, floor) if e is not None)
        case core.Units(of=of, unit=unit):
            yield from (of, unit)
        case core.Compare(left=left, right=right):
            yield from (left, right)
        case core.Default(of=of, fallback=fallback):
            yield from (of, fallback)
        case core.InTop(of=of, count=count):
            yield from (of, count)
        case core.Shifted(of=of, by=by):
            yield from (of, by)
        case core.Elapsed(start=start, end=end):
            yield from (start, end)
        case core.Switch(arms=arms):
            yield from (e for arm in arms for e in (arm.guard, arm.value) if e is not None)
        case core.Total(lines=lines):
            yield from (e for line in lines for e in (line.guard, line.value, line.weight) if e is not None)
        case core.Banded(of=of, bands=bands):
            yield of
            yield from (band.rate for band in bands)
        case core.Fold():
            yield from _of_fold(expr)
        case core.Excepted(of=of, exceptions=exceptions):
            yield of
            for exception in exceptions:
                yield from of_exception(exception)
        case _:
            yield expr.of


def _of_fold(fold: core.Fold) -> Iterator[Expr]:
    for inner, outer in fold.same:
        yield from (inner, outer)
    yield from (e for e in (fold.mine, fold.where, fold.item, fold.by, fold.each) if e is not None)


def of_exception(exception: core.Exempt) -> Iterator[Expr]:
    """The expressions of an exception, of its list and of the exceptions to it."""
    if exception.each is not None:
        yield exception.each
    for effect in exception.effects:
        yield from (e for e in (effect.guard, effect.value) if e is not None)
    for other in exception.voided_by:
        yield from of_exception(other)


def of_definition(definition: core.Definition) -> Iterator[Expr]:
    """The expressions that stand at the top of a definition."""
    if definition.body is not None:
        yield definition.body
    rule = definition.ranking or definition.quota
    if rule is not None:
        yield from (e for e in (rule.among, *rule.same, *(o.by for o in rule.orders)) if e is not None)
    if definition.quota is not None:
        quota = definition.quota
        yield from (e for tier in quota.tiers for e in (tier.most, tier.among) if e is not None)
        yield from (quota.leftover, quota.base)
    for exception in definition.exceptions:
        yield from of_exception(exception)


def everything(expr: Expr) -> Iterator[Expr]:
    """A node and all nodes under it, from the top."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))
