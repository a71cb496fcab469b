"""What a policy's text leads to, before anything is evaluated: what is needed, and whether the as-of date is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from policy.core import AsOf, Definition, Me, Node, Policy, Ref

DEEP = 40
"""Definitions that build on each other in a longer chain than this are worked out from the ground up."""


def nodes(part: object) -> Iterator[Node]:
    """Every expression in a piece of the core."""
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting += item
        elif isinstance(item, Struct):
            if isinstance(item, Node):
                yield item
            fields = (name for name in item.__struct_fields__ if name not in ("type", "span", "clause"))
            waiting += [getattr(item, name) for name in fields]


def as_of_is_read(policy: Policy) -> bool:
    """Whether anything that could be needed reads the as-of date."""
    return any(isinstance(node, AsOf) for node in nodes((policy.definitions, policy.overall)))


def in_order_of_need(policy: Policy) -> tuple[str, ...]:
    """The main record's definitions that the results need, each after those it builds on; none if no chain is deep."""
    own = {d.name: d for d in policy.definitions if d.record == policy.main.name}
    needs = {name: needed_by(definition, own) for name, definition in own.items()}
    height: dict[str, int] = {}
    for root in policy.results:
        waiting = [root] if root in own else []
        while waiting:
            name = waiting[-1]
            lower = [each for each in needs[name] if each not in height and each not in waiting]
            if lower:
                waiting += lower
            else:
                waiting.pop()
                height[name] = 1 + max((height.get(each, 0) for each in needs[name]), default=0)
    if max(height.values(), default=0) <= DEEP:
        return ()
    return tuple(sorted(height, key=lambda name: height[name]))


def needed_by(definition: Definition, own: dict[str, Definition]) -> list[str]:
    """The definitions of the same record that one reads of the same subject, in the order of the text."""
    found = {node.name for node in nodes(definition) if isinstance(node, Ref) and isinstance(node.of, Me)}
    return [name for name in own if name in found and name != definition.name]
