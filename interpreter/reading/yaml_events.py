"""YAML read from its events: the few shapes a data file may have, and nothing that a hostile one could do with more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from interpreter.reading.dataset import Cell, Place, Typed, shown, stop
from interpreter.reading.trees import DEEPEST, Entry

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NOT_FINITE = frozenset((".nan", ".inf", "+.inf", "-.inf"))
_END = object()


class _Mapping(list[tuple[str, Any]]):
    """A mapping while it is read: pairs, and the line it begins on."""

    line = 0


def yaml_tables(text: str, place: Place) -> dict[str, list[Entry]]:
    """The lists of entries in a YAML text, by name ("" for the one that stands alone)."""
    try:
        root = _Reader(text, place).root()
    except yaml.YAMLError as error:
        raise _malformed(error, place) from error
    except (ValueError, OverflowError, IndexError, RecursionError, StopIteration) as error:
        raise stop("ZS630", place, format="YAML", detail="") from error
    if isinstance(root, list) and not isinstance(root, _Mapping):
        return {"": _entries(root)}
    if isinstance(root, _Mapping) and root and all(type(rows) is list for _, rows in root):
        return {name: _entries(rows) for name, rows in root}
    raise stop("ZS634", place)


def _malformed(error: yaml.YAMLError, place: Place) -> Exception:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    detail = f"{line}:{mark.column + 1}" if mark else ""
    return stop("ZS630", Place(place.file, "", line), format="YAML", detail=detail)


class _Reader:
    """The one document of a text as lists, mappings and cells."""

    def __init__(self, text: str, place: Place) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self.place = place

    def root(self) -> Any:
        documents = 0
        found: Any = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise stop("ZS634", self._at(event))
                found = self._node(next(self.events), 0)
        return found

    def _node(self, event: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise stop("ZS632", self._at(event), limit=DEEPEST)
        self._refuse_marks(event)
        match event:
            case ScalarEvent():
                return self._scalar(event)
            case SequenceStartEvent():
                return self._sequence(depth)
            case MappingStartEvent():
                return self._mapping(event, depth)
            case _:
                return _END

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _mapping(self, start: Any, depth: int) -> _Mapping:
        found, names = _Mapping(), set()
        found.line = start.start_mark.line + 1
        while not isinstance(event := next(self.events), MappingEndEvent):
            self._refuse_marks(event)
            if not isinstance(event, ScalarEvent):
                raise stop("ZS634", self._at(event))
            name = event.value
            if name in names:
                raise stop("ZS631", self._at(event), name=name)
            names.add(name)
            found.append((name, self._node(next(self.events), depth + 1)))
        return found

    def _scalar(self, event: ScalarEvent) -> Cell:
        if event.style is not None:
            return event.value or Typed("empty", "")
        if event.value in _NULLS:
            return None
        if event.value.lower() in _NOT_FINITE:
            raise stop("ZS633", self._at(event), value=event.value)
        return str(event.value)

    def _refuse_marks(self, event: Any) -> None:
        if isinstance(event, AliasEvent):
            raise stop("ZS635", self._at(event), name=event.anchor)
        if getattr(event, "tag", None) is not None:
            raise stop("ZS636", self._at(event), tag=event.tag)

    def _at(self, event: Any) -> Place:
        return Place(self.place.file, self.place.sheet, event.start_mark.line + 1)


def _entries(rows: list[Any]) -> list[Entry]:
    return [
        Entry(row.line, {name: _cell(value) for name, value in row})
        if isinstance(row, _Mapping)
        else Entry(0, None, shown(row if isinstance(row, str) else "[…]"))
        for row in rows
    ]


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return Typed("nested", "{…}" if isinstance(value, _Mapping) else "[…]")
    found: Cell = value
    return found
