"""The one walker over the core: the expressions directly under one, and whatever is found by following them.

An expression under a list or an exception to a list is read with one more record in scope; `inward` says how many more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from policy import core
from policy.core import Expr
from policy.types import Nothing

Inward: TypeAlias = tuple[Expr, int]
"""An operand, and how many more records are in scope where it is read."""


def children(expr: Expr) -> Iterator[Expr]:
    """The operands of a node, in the order of its fields."""
    return (operand for operand, _ in inward(expr))


def inward(expr: Expr) -> Iterator[Inward]:
    """The operands of a node, each with the records that come into scope on the way to it."""
    match expr:
        case core.Fold():
            yield from _of_fold(expr)
        case core.Workdays(start=start, end=end, day=day, works=works):
            yield from ((start, 0), (end, 0), (day, 1), (works, 1))
        case core.Excepted(of=of, exceptions=exceptions):
            yield of, 0
            for exception in exceptions:
                yield from _of_exception(exception)
        case _:
            yield from ((operand, 0) for operand in _operands(expr))


def _operands(expr: Expr) -> Iterable[Expr]:
    """The operands of a node that brings no record into scope."""
    match expr:
        case core.Const() | core.Me() | core.AsOf() | core.Refer():
            return ()
        case core.Get(of=of) | core.Ref(of=of) | core.Follow(of=of) | core.Previous(of=of) | core.Named(of=of):
            return (of,)
        case core.Not(of=of) | core.IsMissing(of=of) | core.IsNone(of=of) | core.Rounded(of=of):
            return (of,)
        case core.CalendarOf(of=of) | core.OfIdentity(of=of):
            return (of,)
        case core.Sum(terms=items) | core.Product(factors=items) | core.All(items=items) | core.AtLeast(items=items):
            return items
        case core.Extreme(items=items):
            return items
        case core.Limited(of=of, cap=cap, floor=floor):
            return _given(of, cap, floor)
        case core.Units(of=of, unit=other) | core.Default(of=of, fallback=other) | core.InTop(of=of, count=other):
            return (of, other)
        case core.Shifted(of=of, by=other):
            return (of, other)
        case core.Compare(left=one, right=other) | core.Elapsed(start=one, end=other):
            return (one, other)
        case core.Switch(arms=arms):
            return _given(*(e for arm in arms for e in (arm.guard, arm.value)))
        case core.Total(lines=lines):
            return _given(*(e for line in lines for e in (line.guard, line.value, line.weight, line.cap, line.floor)))
        case core.Banded(of=of, bands=bands):
            edges = (each for band in bands for each in (band.low, band.high, band.rate))
            return (of, *(each for each in edges if each is not None))
        case core.Fold() | core.Excepted() | core.Workdays():
            return children(expr)
        case _:
            assert_never(expr)


def _given(*operands: Expr | None) -> tuple[Expr, ...]:
    return tuple(operand for operand in operands if operand is not None)


def _of_fold(fold: core.Fold) -> Iterator[Inward]:
    for inner, outer in fold.same:
        yield inner, 1
        yield outer, 0
    yield from ((e, 0) for e in _given(fold.mine))
    yield from ((e, 1) for e in _given(fold.where, fold.item, fold.by, fold.each))


def _of_exception(exception: core.Exempt, scopes: int = 0) -> Iterator[Inward]:
    if exception.each is not None:
        yield exception.each, scopes
        scopes += 1
    for effect in exception.effects:
        yield from ((e, scopes) for e in _given(effect.guard, effect.value))
    for other in exception.voided_by:
        yield from _of_exception(other, scopes)


def of_exception(exception: core.Exempt) -> Iterator[Expr]:
    """The expressions of an exception, of its list and of the exceptions to it."""
    return (operand for operand, _ in _of_exception(exception))


def of_definition(definition: core.Definition) -> Iterator[Expr]:
    """The expressions that stand at the top of a definition."""
    yield from _given(definition.body)
    rule = definition.ranking or definition.quota
    if rule is not None:
        yield from _given(rule.among, *rule.same, *(order.by for order in rule.orders))
    if definition.quota is not None:
        quota = definition.quota
        yield from _given(*(e for tier in quota.tiers for e in (tier.most, tier.among)), quota.leftover, quota.base)
    if definition.allocation is not None:
        yield from of_allocation(definition.allocation)
    for exception in definition.exceptions:
        yield from of_exception(exception)


def of_allocation(allocation: core.Allocation) -> Iterator[Expr]:
    """The expressions of a division, in which two records are in scope."""
    yield from _given(allocation.among, allocation.leftover)
    for fit in allocation.fits:
        yield from _given(fit.guard, fit.holds)
    for taking in allocation.takings:
        yield from _given(taking.guard, taking.amount, taking.by, *taking.same)
    for tied in allocation.ties:
        yield from _given(tied.guard, tied.by)
    for aim in allocation.aims:
        yield from _given(aim.value, aim.where, *aim.same, aim.tolerance, aim.second, *aim.wishes)


def of_policy(policy: core.Policy) -> Iterator[Expr]:
    """The expressions that stand at the top of all that decides: definitions, and exceptions on 结果."""
    yield from of_rules(policy.definitions, policy.overall)


def of_rules(definitions: Iterable[core.Definition], overall: Iterable[core.Exempt]) -> Iterator[Expr]:
    """The same of rules that are no policy yet."""
    for definition in definitions:
        yield from of_definition(definition)
    for exception in overall:
        yield from of_exception(exception)


def everything(expr: Expr) -> Iterator[Expr]:
    """A node and all nodes under it, from the top."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))


def nodes(tops: Iterable[Expr]) -> Iterator[Expr]:
    """Some nodes and all nodes under them."""
    for top in tops:
        yield from everything(top)


def about_outside(expr: Expr) -> Iterator[Expr]:
    """The largest parts of an expression about a listed record that read other records, and not the listed one."""
    if not reads(expr, 0):
        yield from (expr,) if reaches(expr, 1) else ()
        return
    for operand, scopes in inward(expr):
        if not scopes:
            yield from about_outside(operand)


def about_listed(expr: Expr) -> Iterator[Expr]:
    """The largest parts of an expression about a listed record that read that record alone."""
    if not reaches(expr, 1):
        yield expr
        return
    for operand, scopes in inward(expr):
        if not scopes:
            yield from about_listed(operand)


def reads(expr: Expr, depth: int) -> bool:
    """Whether an expression reads the record that stands exactly `depth` out from where it is read."""
    stack = [(expr, depth)]
    while stack:
        node, out = stack.pop()
        if isinstance(node, core.Me) and node.depth == out:
            return True
        stack.extend((operand, out + scopes) for operand, scopes in inward(node))
    return False


def asks(expr: Expr, depth: int) -> bool:
    """Whether an expression reads the record that stands exactly `depth` out; a parameter reads none."""
    stack = [(expr, depth)]
    while stack:
        node, out = stack.pop()
        if isinstance(node, core.Me) and node.depth == out and not isinstance(node.type.kind, Nothing):
            return True
        stack.extend((operand, out + scopes) for operand, scopes in inward(node))
    return False


def reaches(expr: Expr, depth: int) -> bool:
    """Whether an expression reads a record that stands `depth` or more out from where it is read."""
    stack = [(expr, depth)]
    while stack:
        node, out = stack.pop()
        if isinstance(node, core.Me) and node.depth >= out:
            return True
        stack.extend((operand, out + scopes) for operand, scopes in inward(node))
    return False
