"""What a policy's results need, before anything is evaluated."""

from __future__ import annotations

from policy import walk
from policy.core import Definition, Me, Policy, Ref

DEEP = 40
"""Definitions that build on each other in a longer chain than this are worked out from the ground up."""


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
    nodes = (node for top in walk.of_definition(definition) for node in walk.everything(top))
    found = {node.name for node in nodes if isinstance(node, Ref) and isinstance(node.of, Me)}
    return [name for name in own if name in found and name != definition.name]
