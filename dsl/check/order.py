"""In which order definitions are checked: each after those it builds on, known from the names it writes.

What a name means is settled by the checker; here it may mean whatever of that name is in reach, so an order can only
hold more than is needed. Definitions that come back to each other stand in one group: through the period before
(`serial`), or in a circle, which the checker finds and refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from dsl.check.symbols import Symbols
from dsl.syntax import surface as s
from policy.components import components
from policy.core import Key
from policy.types import Reference

_WITHOUT_NAMES = ("span", "clause", "accepts", "target")
CALLED = "()"
"""Stands for the record of a definition with inputs, which is read wherever it is called."""


class Group(Struct, frozen=True):
    """Definitions to check one after the other; `serial` if some of them look at the period before of another."""

    keys: tuple[Key, ...]
    serial: bool = False


class Uses(Struct):
    """What a definition builds on, and what of the period before."""

    now: dict[Key, None]
    before: dict[Key, None]


class Reach:
    """The definitions that the names of a document can mean."""

    def __init__(self, symbols: Symbols, exceptions: dict[str, list[s.Exempting]]) -> None:
        self.symbols = symbols
        self.exceptions = exceptions
        self.named: dict[str, list[Key]] = {}
        for record, name in (*symbols.owned, *symbols.outputs, *(("", name) for name in symbols.params)):
            self.named.setdefault(name, []).append((record, name))

    def of(self, key: Key) -> Uses:
        """What a definition, or one with inputs, builds on by the names in it and in the exceptions on it."""
        record, name = key
        uses = Uses({}, {})
        if record == CALLED:
            called = [owned for at in self.named.get(name, ()) if (owned := self._with_inputs(at)) is not None]
            for each in called:
                self._read(each, (), uses)
            return uses
        statement = self.symbols.statement_of(key)
        if statement is not None:
            pair = (statement.owner.text,) if isinstance(statement, s.Allocate) else ()
            self._read(statement, (record or self.symbols.main, *pair), uses)
        for exception in self._exceptions_on(name):
            listed = (exception.each.text,) if exception.each is not None else ()
            self._read(exception, (*listed, record), uses)
        return uses

    def _with_inputs(self, key: Key) -> s.Statement | None:
        owned = self.symbols.owned.get(key)
        return owned if owned is not None and not isinstance(owned, s.Param) and owned.head.inputs else None

    def _exceptions_on(self, name: str) -> Iterator[s.Exempting]:
        """The exceptions on what is called so, and the exceptions to those."""
        waiting, seen = [name], {name}
        while waiting:
            for exception in self.exceptions.get(waiting.pop(), ()):
                yield exception
                if exception.name.text not in seen:
                    seen.add(exception.name.text)
                    waiting.append(exception.name.text)

    def _read(self, part: object, scope: tuple[str, ...], uses: Uses) -> None:
        """Every name in a part of the text, whose records in scope are `scope` (any record where it is empty)."""
        waiting: list[tuple[object, tuple[str, ...]]] = [(part, scope)]
        while waiting:
            node, records = waiting.pop()
            if isinstance(node, tuple):
                waiting += [(each, records) for each in node]
            elif isinstance(node, s.Path):
                self._path(node, records, uses)
            elif isinstance(node, s.Head):
                continue
            elif isinstance(node, Struct):
                if isinstance(node, s.Call):
                    uses.now.setdefault((CALLED, node.name.text))
                inside = records
                if isinstance(node, s.Fold) and records:
                    inside = (node.path.names[0].text, *records)
                fields = (name for name in node.__struct_fields__ if name not in _WITHOUT_NAMES)
                waiting += [(getattr(node, name), inside) for name in fields]

    def _path(self, path: s.Path, scope: tuple[str, ...], uses: Uses) -> None:
        into = uses.before if path.anchor == "previous" else uses.now
        records: tuple[str, ...] | None = (*scope, "") if scope else None
        for at, word in enumerate(path.names):
            if not at and word.text in self.symbols.records:
                records = (word.text,)
                continue
            for key in self.named.get(word.text, ()):
                if records is None or key[0] in records:
                    into.setdefault(key)
            records = self._led_to(word.text, records)

    def _led_to(self, name: str, records: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The records that the next name of a path is of; None for any."""
        found: list[str] = []
        for record in records if records is not None else self.symbols.records:
            declared = self.symbols.records.get(record)
            field = declared.field(name) if declared is not None else None
            if field is not None and isinstance(field.type.kind, Reference):
                found.append(field.type.kind.record)
        return tuple(found) or None


def groups(keys: list[Key], reach: Reach) -> list[Group]:
    """All definitions in groups, each after the groups it builds on; where nothing else decides, as in the text."""
    uses: dict[Key, Uses] = {}

    def of(key: Key) -> Uses:
        if key not in uses:
            uses[key] = reach.of(key)
        return uses[key]

    place = {key: at for at, key in enumerate(keys)}
    found = []
    for members in components(keys, lambda key: (*of(key).now, *of(key).before)):
        own = sorted((key for key in members if key in place), key=place.__getitem__)
        if not own:
            continue
        inside = set(members)
        serial = any(other in inside for key in members for other in of(key).before)
        if serial:
            own = _within(own, members, of)
        found.append(Group(tuple(own), serial))
    return found


def _within(own: list[Key], members: list[Key], of: Callable[[Key], Uses]) -> list[Key]:
    """Definitions that come back to each other, each after those of the same period that it builds on."""
    inside, place = set(members), {key: at for at, key in enumerate(own)}
    steps = components(own, lambda key: [each for each in of(key).now if each in inside])
    return [key for step in steps for key in sorted((k for k in step if k in place), key=place.__getitem__)]
