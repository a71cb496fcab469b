"""Which fields a policy reads, and which of them put people into groups: what reading may forgive, and must look at.

A field that no rule reads cannot change anybody's result, so nothing in it may set a person aside. A text that groups
people decides with whom they are compared, so two spellings of one branch are worth saying.
"""

from __future__ import annotations

from collections.abc import Iterator

from interpreter.reading.settled import Uses
from policy import core, walk
from policy.core import Expr
from policy.types import Reference, Text

Place = tuple[str, str]
"""A record and one of its fields."""


def uses_of(policy: core.Policy) -> Uses:
    """What the rules of a policy do with its fields; examples are no rules."""
    tops = list(_tops(policy))
    nodes = [node for top in tops for node in walk.everything(top)]
    read = {*_always_read(policy), *(place for node in nodes for place in _fields_in(node))}
    grouping = {place for expr in _grouped_by(policy, nodes) for place in _texts(expr)}
    return Uses(frozenset(read), frozenset(grouping), policy.language)


def _tops(policy: core.Policy) -> Iterator[Expr]:
    for definition in policy.definitions:
        yield from walk.of_definition(definition)
    for exception in policy.overall:
        yield from walk.of_exception(exception)


def _always_read(policy: core.Policy) -> Iterator[Place]:
    """Fields that tell rows apart or tie them together, and those that are results themselves."""
    for record in policy.records:
        for field in record.fields:
            if field.key or field.owner or field.series or isinstance(field.type.kind, Reference):
                yield record.name, field.name
    for name in policy.results:
        if policy.definition(name) is None:
            yield policy.main.name, name


def _fields_in(node: Expr) -> Iterator[Place]:
    match node:
        case core.Get(of=of, field=field) if isinstance(of.type.kind, Reference):
            yield of.type.kind.record, field
        case core.Fold(record=record, owner=owner) if owner:
            yield record, owner
        case core.Previous(of=of, owner=owner, series=series) if isinstance(of.type.kind, Reference):
            yield from ((of.type.kind.record, field) for field in (owner, series) if field)
        case _:
            return


def _grouped_by(policy: core.Policy, nodes: list[Expr]) -> Iterator[Expr]:
    """What people are grouped or picked by: 同, 每, and every comparison for being the same."""
    for definition in policy.definitions:
        rule = definition.ranking or definition.quota
        if rule is not None:
            yield from rule.same
    for node in nodes:
        match node:
            case core.Fold(same=same, each=each):
                yield from (side for pair in same for side in pair)
                if each is not None:
                    yield each
            case core.Compare(left=left, op=op, right=right) if op in ("=", "≠"):
                yield from (left, right)
            case _:
                pass


def _texts(expr: Expr) -> Iterator[Place]:
    """The text fields that an expression is made of."""
    for node in walk.everything(expr):
        if isinstance(node.type.kind, Text):
            yield from _fields_in(node)
