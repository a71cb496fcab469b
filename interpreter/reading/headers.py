"""Which column holds which field: titles matched to the headers a record declares.

Titles match after NFKC, without blanks and regardless of case; a unit in brackets behind the title may be left or
missing, but not be another unit than the field's. A table whose titles stand further down, or whose columns are named
twice, is not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from interpreter.reading.dataset import Cell, Fault, Grid, because, stop
from interpreter.reading.parsed import BLANKS
from policy.core import Field, Record
from policy.types import Number
from policy.units import KNOWN, Unit, named

_NO_BLANKS = {ord(c): None for c in BLANKS}
_BRACKETED = re.compile(r"([^(\[【]+)[(\[【]([^()\[\]【】]+)[)\]】]")
_UNITS = frozenset(spelling for unit in KNOWN for spelling in (unit.zh, unit.en))
_LOOK_AHEAD = 30
"""How many rows below the first are looked at for the real header."""


class Columns(Struct, frozen=True):
    """The fields found, each with the number of its column (from 0), fields without one, and titles of no field."""

    found: tuple[tuple[Field, int], ...]
    absent: tuple[Field, ...]
    unknown: tuple[str, ...]


def plain_title(title: str) -> str:
    return unicodedata.normalize("NFKC", title).translate(_NO_BLANKS).casefold()


def fit(record: Record, titles: Sequence[str]) -> tuple[bool, int]:
    """How well titles fit a record: whether nothing required is missing, and how many fields are there."""
    found = {field.name for field, _ in _found(record, titles)}
    complete = all(field.name in found or field.type.missing for field in record.fields)
    return bool(found) and complete, len(found)


def match_columns(record: Record, grid: Grid) -> Columns:
    """The columns of a grid for a record; DataError where a field has none, or several, or another unit."""
    _refuse_duplicates(grid)
    found = _found(record, grid.titles)
    names = {field.name for field, _ in found}
    absent = tuple(field for field in record.fields if field.name not in names)
    required = [field for field in absent if not field.type.missing]
    if required or not found:
        _refuse_title_rows(record, grid, len(found))
        raise _missing_columns(record, grid, required or list(absent), bool(found))
    _refuse_other_units(grid, found)
    taken = {at for _, at in found}
    unknown = tuple(t for at, title in enumerate(grid.titles) if at not in taken and (t := title.strip(BLANKS)))
    return Columns(found, absent, unknown)


def _found(record: Record, titles: Sequence[str]) -> tuple[tuple[Field, int], ...]:
    """A title that is a header to the letter goes before one that is so without its bracketed unit."""
    places: dict[str, int] = {}
    for at, title in enumerate(titles):
        places.setdefault(plain_title(title), at)
    for at, title in enumerate(titles):
        base = _BRACKETED.fullmatch(plain_title(title))
        if base and _unit_like(base[2], record):
            places.setdefault(base[1], at)
    pairs = ((field, places.get(plain_title(field.header))) for field in record.fields)
    return tuple((field, at) for field, at in pairs if at is not None)


def _unit_like(text: str, record: Record) -> bool:
    own = (spelling for field in record.fields if field.unit for spelling in (field.unit.zh, field.unit.en))
    return text in _UNITS or text in own


def encoding_in_doubt(grid: Grid) -> bool:
    """Nearly any bytes are some GB18030 text: if then no title is known either, it was probably another encoding."""
    guessed = any(note.reason == because("ZS651", encoding="GB18030") for note in grid.notes)
    return guessed and not all(title.isascii() for title in grid.titles)


def _refuse_duplicates(grid: Grid) -> None:
    """Two columns of one title, with or without the unit behind it."""
    seen: dict[str, int] = {}
    for at, title in enumerate(grid.titles):
        plain = plain_title(title)
        base = _BRACKETED.fullmatch(plain)
        name = base[1] if base and base[2] in _UNITS else plain
        if not name:
            continue
        if name in seen:
            place = grid.at(grid.header_row, title.strip(BLANKS))
            raise stop("ZS609", place, title=title.strip(BLANKS), first=seen[name] + 1, second=at + 1)
        seen[name] = at


def _refuse_other_units(grid: Grid, found: Sequence[tuple[Field, int]]) -> None:
    for field, at in found:
        base = _BRACKETED.fullmatch(plain_title(grid.titles[at]))
        if base is None or plain_title(field.header) != base[1] or not isinstance(field.type.kind, Number):
            continue
        unit: Unit | None = field.unit or field.type.kind.unit
        if unit is None or (base[2] not in (unit.zh, unit.en) and named(base[2]) != unit):
            wanted = unit.zh if unit else "-"
            place = grid.at(grid.header_row, grid.titles[at].strip(BLANKS))
            raise stop("ZS612", place, title=grid.titles[at].strip(BLANKS), unit=base[2], wanted=wanted)


def _refuse_title_rows(record: Record, grid: Grid, matched: int) -> None:
    """The first row is a heading such as 2024年考核表, and the titles stand below it."""
    if not grid.sheet_like:
        return
    for number, cells in islice(grid.lines, _LOOK_AHEAD):
        if isinstance(cells, Fault):
            continue
        titles = [_text(cell) for cell in cells]
        complete, count = fit(record, titles)
        if count > matched and (complete or count * 2 > len(record.fields)):
            raise stop("ZS611", grid.at(grid.header_row), row=number, first=grid.header_row)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text if cell else ""


def _missing_columns(record: Record, grid: Grid, missing: Sequence[Field], some: bool) -> Exception:
    place = grid.at(grid.header_row)
    titles = [title.strip(BLANKS) for title in grid.titles if title.strip(BLANKS)]
    columns = "、".join(field.header for field in missing[:10])
    if not some and encoding_in_doubt(grid):
        return stop("ZS606", grid.place)
    if not some:
        shown = "、".join(titles[:12]) + ("…" if len(titles) > 12 else "")
        return stop("ZS613", place, record=record.name, titles=shown, columns=columns)
    from difflib import get_close_matches

    taken = {at for _, at in _found(record, grid.titles)}
    free = [title.strip(BLANKS)[:50] for at, title in enumerate(grid.titles[:500]) if at not in taken]
    near = get_close_matches(missing[0].header, free, n=1, cutoff=0.5)
    if near:
        return stop("ZS610", place, record=record.name, columns=columns, title=missing[0].header, nearest=near[0])
    return stop("ZS640", place, record=record.name, columns=columns)
