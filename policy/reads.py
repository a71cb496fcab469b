"""What a policy reads of its data: the records that a run cannot do without, and what says whose a listed one is."""

from __future__ import annotations

from collections.abc import Iterator

from policy import core, walk
from policy.types import Reference


def records_read(policy: core.Policy) -> frozenset[str]:
    """The records that any definition is about, lists, follows or looks back in."""
    found = {name for node in walk.nodes(walk.of_policy(policy)) for name in _read_by(node)}
    known = {record.name for record in policy.records}
    return frozenset((found | {definition.record for definition in policy.definitions} | {policy.main.name}) & known)


def _read_by(node: core.Expr) -> Iterator[str]:
    """The records that one node looks into itself."""
    if isinstance(node, core.Fold):
        yield node.record
    looked: list[core.Expr] = [node] if isinstance(node, core.Follow | core.Previous) else []
    looked += [node.of] if isinstance(node, core.Get | core.Ref | core.Follow | core.Previous) else []
    yield from (each.type.kind.record for each in looked if isinstance(each.type.kind, Reference))


def owner_fields(policy: core.Policy) -> frozenset[tuple[str, str]]:
    """The fields, each with its record, that say whose a listed one is: marked so, or used so by lists."""
    marked = {(record.name, field.name) for record in policy.records for field in record.fields if field.owner}
    folds = (node for node in walk.nodes(walk.of_policy(policy)) if isinstance(node, core.Fold))
    return frozenset(marked | {(fold.record, fold.owner) for fold in folds if fold.mine is not None})
