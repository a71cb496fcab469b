"""What a document knows of the policies that it rests on: their records, choices, parameters and results.

Their definitions are taken as they were checked. Where exceptions hold a whole outcome back, its results are read from
outside under those exceptions too, by definitions of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import structs

from policy import core, walk
from policy.core import Definition, Key
from policy.types import Choice, Reference, Type

Name = TypeVar("Name", str, Key)
Known = TypeVar("Known")


class Resting:
    """The declarations of the policies below. `visible` are parameters and results by the key that they are read by;
    `hidden` is everything else, of which only the name is known."""

    def __init__(self, bases: tuple[core.Policy, ...], language: str) -> None:
        self.bases = bases
        self.records: dict[str, core.Record] = {}
        self.choices: dict[str, Choice] = {}
        self.definitions: dict[Key, Definition] = {}
        self.visible: dict[Key, Definition] = {}
        self.hidden: dict[Key, Definition] = {}
        self.clashes: list[tuple[str, core.Policy]] = []
        for base in bases:
            self._take(base, language)
        self.hidden = {key: d for key, d in self.definitions.items() if key not in self.visible}

    def _take(self, base: core.Policy, language: str) -> None:
        for record in base.records:
            self._add(self.records, record.name, record, base, _same(self.records.get(record.name), record))
        for choice in base.choices:
            self._add(self.choices, choice.name, choice, base, self.choices.get(choice.name) in (None, choice))
        for definition in base.definitions:
            known = self.definitions.get(definition.key)
            self._add(self.definitions, definition.key, definition, base, _same(known, definition))
        for key, definition in visible_in(base, language):
            self.definitions.setdefault(definition.key, definition)
            self.visible.setdefault(key, definition)

    def _add(self, into: dict[Name, Known], name: Name, what: Known, base: core.Policy, fits: bool) -> None:
        if not fits:
            self.clashes.append((name if isinstance(name, str) else ".".join(each for each in name if each), base))
        into.setdefault(name, what)

    @property
    def files(self) -> tuple[str, ...]:
        """The documents below, each once."""
        below = (file for base in self.bases for file in (*base.files, base.source))
        return tuple(dict.fromkeys(below))

    def needed(
        self, own: Iterable[Definition], overall: Iterable[core.Exempt], examples: Iterable[core.Example]
    ) -> list[Definition]:
        """Of the definitions below, those that anything here reads, directly or through others."""
        waiting = list(_read(walk.of_rules(own, overall)))
        waiting += [
            given.target.key
            for example in examples
            for given in (
                *example.given,
                *example.expected,
                *(g for _, rows in (*example.rows, *example.wanted) for r in rows for g in r),
            )
            if isinstance(given.target, core.Ref)
        ]
        found: set[Key] = set()
        while waiting:
            key = waiting.pop()
            if key not in found and key in self.definitions:
                found.add(key)
                waiting += _read(walk.of_definition(self.definitions[key]))
        return [definition for key, definition in self.definitions.items() if key in found]


def _read(tops: Iterable[core.Expr]) -> Iterator[Key]:
    return (node.key for node in walk.nodes(tops) if isinstance(node, core.Ref))


def _same(known: core.Record | Definition | None, other: core.Record | Definition) -> bool:
    """Whether two declarations are one, met on two ways."""
    if known is None:
        return True
    left, right = known.span, other.span
    return (left.source.name, left.start, known.name) == (right.source.name, right.start, other.name)


def visible_in(base: core.Policy, language: str) -> Iterator[tuple[Key, Definition]]:
    """The parameters and results of a policy, by the key under which they are read from outside."""
    for definition in base.definitions:
        if definition.key in base.below:
            continue
        if definition.kind == "parameter":
            yield definition.key, definition
        elif definition.name in base.results and definition.record in (base.main.name, ""):
            yield definition.key, (_held_back(base, definition, language) if base.overall else definition)


def _held_back(base: core.Policy, definition: Definition, language: str) -> Definition:
    """A result as it stands under the exceptions on the whole outcome."""
    from dsl.check.exceptions import covering

    name = f"{definition.name}（结果）" if language == "zh" else f"{definition.name} (result)"
    me = core.Me(depth=0, type=Type(Reference(base.main.name)), span=definition.span)
    body = core.Ref(of=me, name=definition.name, record=definition.record, type=definition.type, span=definition.span)
    into = covering(definition.type, base.overall)
    return structs.replace(
        definition, name=name, record=base.main.name, kind="define", body=body, ranking=None, quota=None,
        exceptions=base.overall, type=into, accepted=(), uses=(definition.key,),
    )  # fmt: skip
