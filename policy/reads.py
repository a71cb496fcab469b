"""Which records a policy reads: those that a run cannot do without."""

from __future__ import annotations

from collections.abc import Iterator

from policy import core, walk
from policy.types import Reference


def records_read(policy: core.Policy) -> frozenset[str]:
    """The records that any definition is about, lists, follows or looks back in."""
    tops = [top for definition in policy.definitions for top in walk.of_definition(definition)]
    tops += [top for exception in policy.overall for top in walk.of_exception(exception)]
    found = {name for top in tops for node in walk.everything(top) for name in _read_by(node)}
    known = {record.name for record in policy.records}
    return frozenset((found | {definition.record for definition in policy.definitions} | {policy.main.name}) & known)


def _read_by(node: core.Expr) -> Iterator[str]:
    """The records that one node looks into itself."""
    if isinstance(node, core.Fold):
        yield node.record
    looked: list[core.Expr] = [node] if isinstance(node, core.Follow | core.Previous) else []
    looked += [node.of] if isinstance(node, core.Get | core.Ref | core.Follow | core.Previous) else []
    yield from (each.type.kind.record for each in looked if isinstance(each.type.kind, Reference))
