"""What can be different where somebody's figures are: which definitions, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import read_by
from policy import walk
from policy.core import Fold, Get, Key, Policy, Previous
from policy.types import Reference


def moving(policy: Policy, fields: Collection[Key]) -> frozenset[Key]:
    """The definitions that read one of some fields, told by record and name, and all that read those."""
    stated = {d.key: d for d in policy.definitions}
    readers: dict[Key, list[Key]] = {}
    found: set[Key] = set()
    for key, definition in stated.items():
        for other in read_by(definition, stated):
            readers.setdefault(other, []).append(key)
        for node in walk.nodes(walk.of_definition(definition)):
            if isinstance(node, Get) and any(node.field == name for _, name in fields):
                found.add(key)
    waiting = list(found)
    while waiting:
        for key in readers.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return frozenset(found)


def needed(policy: Policy, root: Key) -> frozenset[Key]:
    """The definitions that one needs, itself among them."""
    stated = {d.key: d for d in policy.definitions}
    found: set[Key] = set()
    waiting = [root]
    while waiting:
        key = waiting.pop()
        if key in stated and key not in found:
            found.add(key)
            waiting += read_by(stated[key], stated)
    return frozenset(found)


class Affected:
    """Who can see whom otherwise than through a rank, a quota, or a list of everybody.

    Whoever refers to a record may look at it; a record that lists others looks at those that refer to it; a record
    that looks at the period before looks at those of the same owner.
    """

    def __init__(self, policy: Policy, people: Population) -> None:
        self.people = people
        nodes = list(walk.nodes(walk.of_policy(policy)))
        self.listed = {(n.record, n.owner) for n in nodes if isinstance(n, Fold) and n.mine is not None}
        self.serial = {n.type.kind.record: n.owner for n in nodes
                       if isinstance(n, Previous) and isinstance(n.type.kind, Reference)}  # fmt: skip
        self.references = {
            record.name: [(f.name, f.type.kind.record) for f in record.fields if isinstance(f.type.kind, Reference)]
            for record in policy.records
        }
        self.referring: dict[Key, list[Subject]] = {}
        for subject in people.everyone():
            for field, record in self.references[subject.record]:
                self.referring.setdefault((record, str(subject.values.get(field))), []).append(subject)

    def by(self, spots: Iterable[Subject]) -> list[Subject]:
        """Those who can be affected by what becomes of some subjects, these first."""
        waiting = list(spots)
        found = {id(s): s for s in waiting}
        while waiting:
            for each in self._looking_at(waiting.pop()):
                if id(each) not in found:
                    found[id(each)] = each
                    waiting.append(each)
        return list(found.values())

    def _looking_at(self, subject: Subject) -> Iterable[Subject]:
        yield from self.referring.get((subject.record, subject.key), ()) if subject.key else ()
        for field, record in self.references[subject.record]:
            if (subject.record, field) in self.listed:
                owner = self.people.find(record, str(subject.values.get(field)))
                yield from [owner] if owner is not None else []
        if subject.record in self.serial:
            owner_field = self.serial[subject.record]
            yield from (
                other
                for other in self.people.all_of(subject.record)
                if not owner_field or other.values.get(owner_field) == subject.values.get(owner_field)
            )
