"""Tables that no record took: whether one is what a record lacks, or so much like a record's that it must be asked.

The page of notes that a template holds is known by its name and is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct

from interpreter.reading.dataset import DataError, Grid, Note, Place, Typing, because, stop
from interpreter.reading.headers import fit
from interpreter.reading.parsed import BLANKS
from interpreter.reading.sources import plain_name
from interpreter.reading.title_rows import likeliest
from policy.core import Record

NOTES_PAGES = {"填表说明": "数据", "how to fill in": "data"}
"""The name of a template's last page, and the title of its first column."""
_PLAIN = re.compile(r"[\W\d_]+")
_NEAR = 0.75


class Left(Struct, frozen=True):
    """A table that was not used. `titles` are those most like a record's, wherever they stand, `filled` says that there
    is something below them, `heading` is the first cell. `told` says that the user named the tables to use, and so left
    it aside."""

    path: str
    sheet: str
    titles: tuple[str, ...] = ()
    filled: bool = True
    heading: str = ""
    told: bool = False

    @property
    def name(self) -> str:
        return self.sheet or Path(self.path).stem


def left_of(
    place: Place, name: str, grid: Callable[[str], Grid | None], records: Sequence[Record], *, told: bool = False
) -> Left:
    """A table as far as it can be looked at without reading it."""
    with suppress(DataError):
        found = grid(name)
        if found is None:
            return Left(place.file, name, filled=False, told=told)
        heading = found.titles[0].strip(BLANKS) if found.titles else ""
        return Left(place.file, name, *likeliest(records, found), heading, told)
    return Left(place.file, name, told=told)


def is_notes_page(left: Left) -> bool:
    """Whether a table is the page of a template that lists its columns."""
    name = plain_name(left.sheet).partition(" (2)")[0]
    return name in NOTES_PAGES and left.heading in ("", NOTES_PAGES[name])


def unused_sheets(lefts: Iterable[Left]) -> list[Note]:
    """Which sheets of each workbook were not used, but for those that the user left aside."""
    sheets: dict[str, list[str]] = {}
    for left in lefts:
        if left.sheet and not left.told:
            sheets.setdefault(left.path, []).append(left.sheet)
    return [Note(because("ZS664", sheets="、".join(names[:10])), Place(path)) for path, names in sheets.items()]


def refuse_no_main(main: Record, lefts: Sequence[Left]) -> None:
    """DataError, for nobody is there to decide about; the table that is most like them is named, or those not used."""
    if likely := _likely([main], lefts):
        _, left = likely
        place, spec = Place(left.path, left.sheet), _meant(main, left)
        raise stop("ZS695", place, record=main.name, table=left.name, spec=spec)
    if unused := _filled(lefts):
        raise stop("ZS698", Place(""), record=main.name, tables=_named(unused), spec=_meant(main, unused[0]))
    raise stop("ZS616", Place(""), record=main.name)


def refuse_lack(lacking: Sequence[Record], lefts: Sequence[Left]) -> None:
    """DataError where there are records without data; the table that is most like one of them is named, or those that
    were not used."""
    if likely := _likely(lacking, lefts):
        record, left = likely
        place, spec = Place(left.path, left.sheet), _meant(record, left)
        raise stop("ZS644", place, record=record.name, table=left.name, spec=spec)
    if lacking:
        names = "、".join(record.name for record in lacking)
        options = " ".join(f"--none {record.name}" for record in lacking)
        if unused := _filled(lefts):
            spec = _meant(lacking[0], unused[0])
            raise stop("ZS696", Place(""), record=names, tables=_named(unused), spec=spec, options=options)
        raise stop("ZS645", Place(""), record=names, first=lacking[0].name, options=options)


def _likely(lacking: Sequence[Record], lefts: Sequence[Left]) -> tuple[Record, Left] | None:
    """The record without data and the table left that are most like each other."""
    found = [(score, record, left) for record in lacking for left in lefts if (score := _likeness(left, record))]
    return max(found, key=lambda each: each[0])[1:] if found else None


def _filled(lefts: Sequence[Left]) -> list[Left]:
    return [left for left in lefts if left.filled]


def _named(lefts: Sequence[Left]) -> str:
    names = [" ".join(part for part in (Path(left.path).name, left.sheet) if part) for left in lefts]
    return "、".join(names[:10]) + ("…" if len(names) > 10 else "")


def refuse_resembling(lefts: Iterable[Left], records: Sequence[Record], used: Mapping[str, Place]) -> None:
    """DataError where a table is left that looks like one of a record's; which are used then has to be written down."""
    for left in lefts:
        record = None if left.told or not left.filled else _resembled(left, records)
        if record is None:
            continue
        told = Typing(" ".join(_spec(name, place.file, place.sheet) for name, place in used.items()))
        place = Place(left.path, left.sheet)
        raise stop("ZS646", place, record=record.name, table=left.name, spec=_meant(record, left), others=told)


def _meant(record: Record, left: Left) -> str:
    return _spec(record.name, left.path, left.sheet)


def _spec(record: str, file: str, sheet: str) -> str:
    """What is to be typed to give a record this table."""
    spec = f"{record}={file}" + (f"#{sheet}" if sheet else "")
    return Typing(f'"{spec}"' if any(c.isspace() for c in spec) else spec)


def _likeness(left: Left, record: Record) -> tuple[bool, bool, int] | None:
    """How much a table is like what a record lacks; None if it is not."""
    complete, count = fit(record, left.titles)
    near = near_name(left.name, record.name)
    return (complete, near, count) if near or complete or count * 2 >= len(record.fields) else None


def _resembled(left: Left, records: Sequence[Record]) -> Record | None:
    """The record that a table is so much like that it may have been meant for it."""
    titles = sum(bool(title.strip(BLANKS)) for title in left.titles)
    found = []
    for at, record in enumerate(records):
        complete, count = fit(record, left.titles)
        near = near_name(left.name, record.name)
        whole = complete and count * 3 >= titles * 2
        if whole or (near and count > 1 and count * 2 >= len(record.fields)):
            found.append((near, count, -at, record))
    return max(found, key=lambda each: each[:3])[3] if found else None


def near_name(name: str, wanted: str) -> bool:
    """Whether a table's name is a record's with something added, left out or changed: 违规记录2024 for 违规."""
    one, other = (_PLAIN.sub("", plain_name(each)) for each in (name, wanted))
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 1 and shorter in longer:
        return True
    return len(shorter) > 2 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
