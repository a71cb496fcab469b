"""Which column holds which field: titles matched to the headers a record declares.

Titles match after NFKC, without blanks and regardless of case; a unit in brackets behind the title may be left or
missing, but not be another unit than the field's. A table whose columns are named twice is not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from interpreter.reading.dataset import Grid, because, stop
from interpreter.reading.parsed import BLANKS
from policy.core import Field, Record
from policy.types import Number
from policy.units import KNOWN, Unit, named

_NO_BLANKS = {ord(c): None for c in BLANKS}
_BRACKETED = re.compile(r"([^(\[【]+)[(\[【]([^()\[\]【】]+)[)\]】]")
_UNITS = frozenset(spelling for unit in KNOWN for spelling in (unit.zh, unit.en))
_RATIO_SIGNS = frozenset(unit.zh for unit in KNOWN if unit.family == "ratio")


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


def titled_in_unit(title: str) -> bool:
    """Whether a title says that its numbers are percentages or thousandths."""
    base = _BRACKETED.fullmatch(plain_title(title))
    return base is not None and base[2] in _RATIO_SIGNS


def match_columns(record: Record, grid: Grid, language: str) -> Columns:
    """The columns of a grid for a record; DataError where a field has none, or several, or another unit."""
    _refuse_duplicates(grid)
    found = _found(record, grid.titles)
    names = {field.name for field, _ in found}
    absent = tuple(field for field in record.fields if field.name not in names)
    required = [field for field in absent if not field.type.missing]
    if required or not found:
        raise _missing_columns(record, grid, required or list(absent), language)
    _refuse_other_units(grid, found)
    taken = {at for _, at in found}
    unknown = tuple(t for at, title in enumerate(grid.titles) if at not in taken and (t := title.strip(BLANKS)))
    if grid.strict and (slip := _slip(record, grid, unknown)):
        raise _unknown_name(record, grid, slip)
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
            known_unit = unit.zh if unit else "-"
            place = grid.at(grid.header_row, grid.titles[at].strip(BLANKS))
            raise stop("ZS612", place, title=grid.titles[at].strip(BLANKS), unit=base[2], known_unit=known_unit)


def _slip(record: Record, grid: Grid, unknown: Sequence[str]) -> str:
    """A name of no field that was meant as one: any in YAML, which is written by hand for the policy; in JSON, which
    other programs write with names of their own, one that is almost a field's."""
    from difflib import get_close_matches

    if not grid.typed:
        return unknown[0] if unknown else ""
    headers = [field.header for field in record.fields]
    return next((name for name in unknown if get_close_matches(name[:50], headers, n=1, cutoff=0.5)), "")


def _unknown_name(record: Record, grid: Grid, name: str) -> Exception:
    nearest = nearest_name(name, [field.header for field in record.fields])
    return stop("ZS692", grid.place, record=record.name, name=name, nearest=nearest)


def nearest_name(name: str, known: Sequence[str]) -> str:
    """The known name that is most like one; all of them where none is."""
    from difflib import get_close_matches

    near = get_close_matches(name[:50], known, n=1, cutoff=0.4)
    return near[0] if near else "、".join(known[:20]) + ("…" if len(known) > 20 else "")


def _missing_columns(record: Record, grid: Grid, missing: Sequence[Field], language: str) -> Exception:
    place = grid.at(grid.header_row)
    taken = {at for _, at in _found(record, grid.titles)}
    titles = [title.strip(BLANKS) for title in grid.titles if title.strip(BLANKS)]
    columns = "、".join(field.header for field in missing[:10])
    free = [title.strip(BLANKS)[:50] for at, title in enumerate(grid.titles[:500]) if at not in taken]
    nearest = _nearest_title(missing, free)
    if not taken and encoding_in_doubt(grid):
        return stop("ZS606", grid.place)
    if nearest and (line := column_line(*nearest, language)):
        wanted, title = nearest[0].header, nearest[1]
        return stop("ZS610", place, record=record.name, columns=columns, title=wanted, nearest=title, line=line)
    if not taken:
        shown = "、".join(titles[:12]) + ("…" if len(titles) > 12 else "")
        return stop("ZS613", place, record=record.name, titles=shown, columns=columns)
    return stop("ZS640", place, record=record.name, columns=columns)


def _nearest_title(missing: Sequence[Field], free: Sequence[str]) -> tuple[Field, str] | None:
    """The first missing field that some unused title resembles, with that title."""
    from difflib import get_close_matches

    for field in missing[:20]:
        near = get_close_matches(field.header, free, n=1, cutoff=0.5)
        if near:
            return field, near[0]
    return None


def column_line(field: Field, title: str, language: str) -> str:
    """How the policy reads a field from a column of another title; empty where the title cannot be written there."""
    if any(c in title for c in '“”"＂\n\r') or not title.isprintable():
        return ""
    zh = language == "zh"
    named = f"列名 “{title}”" if zh else f'column "{title}"'
    written = field.span.text.strip()
    if not written or "\n" in written:
        return named
    if field.header != field.name:
        return re.sub(r"(?:列名|column)\s*[“\"＂][^”\"＂]*[”\"＂]", lambda _: named, written, count=1)
    return f"{written}{'，' if zh else ', '}{named}"
