"""JSON and YAML: a list of entries, or such lists by record name, become grids.

Numbers stay the text they were written as, every plain word of YAML stays a word (`no`, `012`, `1:30`), and nothing is
made that could grow: no aliases, no tags, no deep nesting. YAML is read from its events by the parser written in
Python, because the one written in C ends the process on deep nesting.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from interpreter.reading.dataset import Cell, Fault, Grid, Line, Place, Typed, because, shown, stop
from interpreter.reading.encoding import decode
from interpreter.reading.opening import Opened

DEEPEST = 16
_EMPTY = Typed("empty", "")
_LONGEST = 60


class Entry(Struct, frozen=True):
    """One entry of a list: where it stands (0 where unknown), and its values by name, or what else stood there."""

    line: int
    values: dict[str, Cell] | None
    raw: str = ""


class _TwiceError(Exception):
    """A name stands twice in one JSON object."""


class _NotFiniteError(Exception):
    """NaN or Infinity as a JSON value."""


def open_tree(data: bytes, place: Place, yaml: bool, encoding: str = "") -> Opened:
    """The tables in the bytes of a JSON or YAML file."""
    text, _ = decode(data, place, encoding)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise stop("ZS605", place)
    if yaml:
        from interpreter.reading.yaml_events import yaml_tables

        tables = yaml_tables(text, place)
    else:
        tables = _json_tables(text, place)

    def grid(name: str) -> Grid:
        return _grid(tables[name], Place(place.file, name), typed=not yaml)

    return Opened(tuple(tables), grid, strict=True)


def _grid(entries: list[Entry], place: Place, typed: bool) -> Grid:
    """Titles are all names that any entry uses, in the order in which they appear; an empty list has none."""
    titles: dict[str, None] = {}
    for entry in entries:
        titles.update(dict.fromkeys(entry.values or ()))
    names = tuple(titles)
    return Grid(place, names, _lines(entries, names), [], sheet_like=False, typed=typed, strict=True)


def _lines(entries: list[Entry], titles: tuple[str, ...]) -> Iterator[Line]:
    for number, entry in enumerate(entries, 1):
        at = entry.line or number
        if entry.values is None:
            yield at, Fault("", entry.raw, because("ZS731"))
        else:
            yield at, [entry.values.get(title) for title in titles]


def _json_tables(text: str, place: Place) -> dict[str, list[Entry]]:
    root = _json(text, place)
    if isinstance(root, list):
        return {"": _entries(root)}
    if isinstance(root, dict) and root and all(isinstance(rows, list) for rows in root.values()):
        return {name: _entries(rows) for name, rows in root.items()}
    raise stop("ZS634", place)


def _json(text: str, place: Place) -> Any:
    def literal(value: str) -> Typed:
        return Typed("scientific" if "e" in value.lower() else "number", _unscaled(value))

    def refuse(value: str) -> Any:
        raise _NotFiniteError(value)

    try:
        return json.loads(
            text, parse_float=literal, parse_int=literal, parse_constant=refuse, object_pairs_hook=_once_each
        )
    except _TwiceError as error:
        raise stop("ZS631", place, name=error) from error
    except _NotFiniteError as error:
        raise stop("ZS633", place, value=error) from error
    except RecursionError as error:
        raise stop("ZS632", place, limit=DEEPEST) from error
    except json.JSONDecodeError as error:
        at = Place(place.file, "", error.lineno)
        near = text[error.pos : error.pos + 20].split("\n")[0]
        raise stop("ZS630", at, format="JSON", detail=f"{error.lineno}:{error.colno} {near}".rstrip()) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


def _unscaled(literal: str) -> str:
    """A JSON number without exponent, where that is of bearable length; else as written, to be refused as a value."""
    if "e" not in literal and "E" not in literal:
        return literal
    mantissa, _, exponent = literal.lower().partition("e")
    if len(exponent) > 3 or abs(int(exponent)) > 30 or len(mantissa) > _LONGEST:
        return literal
    from decimal import Decimal

    digits, _, decimals = f"{Decimal(mantissa).scaleb(int(exponent)):f}".partition(".")
    return f"{digits}.{decimals.rstrip('0')}".removesuffix(".")


def _entries(rows: list[Any]) -> list[Entry]:
    return [
        Entry(0, {name: _cell(value) for name, value in row.items()})
        if isinstance(row, dict)
        else Entry(0, None, shown(row.text if isinstance(row, Typed) else "[…]" if isinstance(row, list) else row))
        for row in rows
    ]


def _cell(value: Any) -> Cell:
    match value:
        case None | Typed():
            return value
        case bool():
            return Typed("yesno", "true" if value else "false")
        case str():
            return value or _EMPTY
        case _:
            return Typed("nested", "{…}" if isinstance(value, dict) else "[…]")
