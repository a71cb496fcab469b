"""What can be different where somebody's figures are: which definitions, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import read_by
from policy import walk
from policy.core import Definition, Excepted, Expr, Fold, Get, Key, Me, Policy, Previous, Ref, Workdays
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


def fields_of_cohorts(policy: Policy) -> frozenset[Key]:
    """The fields that definitions read which look at everybody, told by record and name."""
    depending = tuple(d for d in policy.definitions if d.cohort)
    names = {node.field for node in walk.nodes(walk.of_rules(depending, ())) if isinstance(node, Get)}
    return frozenset((record.name, f.name) for record in policy.records for f in record.fields if f.name in names)


class Stir(Struct, frozen=True, eq=False):
    """What values put in some places can make different: the definitions, by subject, of everybody and of those alone
    who can be affected; those among them that look at nobody else; the ranks and quotas. `ranked` says that the result
    rests on some of these."""

    names: tuple[tuple[Subject, tuple[str, ...]], ...]
    close: tuple[tuple[Subject, tuple[str, ...]], ...]
    own: tuple[tuple[Subject, str], ...]
    placing: tuple[Key, ...]
    ranked: bool
    near: int


class Spread:
    """How far changed fields reach among the records of a kind: what looks at nothing but its own record is different
    only where that record is changed."""

    def __init__(self, policy: Policy) -> None:
        self.gets: dict[Key, list[Get]] = {}
        self.readers: dict[Key, list[tuple[Key, bool]]] = {}
        self.crossing = {d.key for d in policy.definitions if _crosses(d)}
        for definition in policy.definitions:
            for node in walk.nodes(walk.of_definition(definition)):
                if isinstance(node, Get):
                    self.gets.setdefault(definition.key, []).append(node)
                elif isinstance(node, Ref):
                    own = self._own(definition.key, node.of)
                    self.readers.setdefault(node.key, []).append((definition.key, own))

    def _own(self, key: Key, of: Expr) -> bool:
        """Whether what a definition reads there is of its own record."""
        return key not in self.crossing and isinstance(of, Me) and of.type.kind == Reference(key[0])

    def of(self, found: Collection[Key], at: Mapping[Key, set[int]]) -> dict[Key, set[int] | None]:
        """Of which subjects each of some definitions can be different, told by identity, with fields changed of some;
        None: of all that can be affected."""
        reached: dict[Key, set[int] | None] = {}
        waiting: list[Key] = []

        def reach(key: Key, spots: set[int] | None) -> None:
            before = reached.get(key, set())
            after = None if before is None or spots is None else before | spots
            if key in found and (key not in reached or after != before):
                reached[key] = after
                waiting.append(key)

        for key in found:
            for node in self.gets.get(key, ()):
                if any(node.field == name for _, name in at):
                    own = self._own(key, node.of)
                    reach(key, at.get((key[0], node.field), set()) if own else None)
        while waiting:
            key = waiting.pop()
            for reader, own in self.readers.get(key, ()):
                reach(reader, reached[key] if own else None)
        return reached


def _crosses(definition: Definition) -> bool:
    """Whether a definition has, or may have, others of its own kind in scope."""
    return any(
        isinstance(node, Workdays | Excepted) or (isinstance(node, Fold) and node.record == definition.record)
        for node in walk.nodes(walk.of_definition(definition))
    )


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
