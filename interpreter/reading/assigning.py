"""Which table is which record's: by what the user said, by name, or by the titles that fit best; never by a guess.

A table's own name (a sheet, a key in JSON) or its file's name decides where it is a record's. Otherwise a policy with
one record takes the one table there is, and a lone table goes to the record whose fields its titles fit best.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from interpreter.reading.dataset import Grid, Note, Place, because, stop
from interpreter.reading.headers import encoding_in_doubt, fit, nearest_name
from interpreter.reading.leftover import Left, is_notes_page, left_of
from interpreter.reading.opening import Opened
from interpreter.reading.sources import Input, plain_name, record_named
from interpreter.reading.title_rows import titled
from policy.core import Record

_MOST_COLUMNS = 5_000


class Assigned(Struct):
    """What came of a file: tables with their records, tables left, and notes."""

    tables: list[tuple[Record, Grid]] = []
    left: list[Left] = []
    notes: list[Note] = []


def assign(source: Input, content: Opened, records: Sequence[Record]) -> Assigned:
    """The tables of a file with their records."""
    found = Assigned(notes=[*content.notes])
    place = Place(str(source.path))
    found.tables = _assigned(source, content, records)
    used = {grid.place.sheet for _, grid in found.tables}
    told = bool(source.record or source.sheet)
    if source.offered and not found.tables:
        found.notes.append(Note(because("ZS663", files=source.path.name), Place(str(source.path.parent))))
    named = [] if source.offered else [name for name in content.names if name not in used or not found.tables]
    left = [left_of(place, name, content.grid, records, told=told) for name in named]
    found.left = [each for each in left if not is_notes_page(each)]
    return found


def _assigned(source: Input, content: Opened, records: Sequence[Record]) -> list[tuple[Record, Grid]]:
    place = Place(str(source.path))
    if source.offered:
        return _by_titles(content, records, least=1)
    if content.strict and (len(content.names) > 1 or not source.record):
        _refuse_unknown(content, records, place)
    if source.record or source.sheet:
        return [_as_told(source, content, records, place)]
    mine = [(record, name) for name in content.names if name and (record := record_named(name, records))]
    if not mine:
        return _by_titles(content, records) or [_lone(source, content, records, place)]
    return [(record, _begun(content, name, place)) for record, name in mine]


def _refuse_unknown(content: Opened, records: Sequence[Record], place: Place) -> None:
    """A list of JSON or YAML named after no record would be lost without a word."""
    for name in content.names:
        if name and record_named(name, records) is None:
            nearest = nearest_name(name, [record.name for record in records])
            raise stop("ZS693", place, name=name, nearest=nearest)


def _as_told(source: Input, content: Opened, records: Sequence[Record], place: Place) -> tuple[Record, Grid]:
    """`record=file`, or a sheet named with #."""
    record = record_named(source.record, records)
    wanted = source.sheet or (source.record if len(content.names) > 1 else "")
    name = next((name for name in content.names if plain_name(name) == plain_name(wanted)), None) if wanted else None
    if source.sheet and name is None:
        raise stop("ZS620", place, sheet=source.sheet, sheets="、".join(content.names))
    grid = _begun(content, name, place) if name is not None else _only_grid(content, place, source.record)
    return record or _fitting(grid, records, place), grid


def _by_titles(content: Opened, records: Sequence[Record], least: int = 2) -> list[tuple[Record, Grid]]:
    """Tables (`least` at least) not named after records, told by their titles where each fits one record wholly and no
    two the same; none where that is not so."""
    grids = [(name, grid) for name in content.names if (grid := content.grid(name)) is not None]
    if len(grids) < least:
        return []
    grids = [(name, titled(records, grid)) for name, grid in grids]
    wholly = [(name, grid, [r for r in records if fit(r, grid.titles)[0]]) for name, grid in grids]
    told = [(fitting[0], grid) for _, grid, fitting in wholly if len(fitting) == 1]
    if not told or any(len(fitting) > 1 for _, _, fitting in wholly) or len({r.name for r, _ in told}) < len(told):
        return []
    return [(record, _bearable(grid)) for record, grid in told]


def _lone(source: Input, content: Opened, records: Sequence[Record], place: Place) -> tuple[Record, Grid]:
    """The one table of a file whose tables are not named after records."""
    by_file = record_named(source.path.stem, records)
    grid = titled(records, _only_grid(content, place, (by_file or records[0]).name))
    return by_file or _fitting(grid, records, place), grid


def _begun(content: Opened, name: str, place: Place) -> Grid:
    grid = content.grid(name)
    if grid is None:
        raise stop("ZS605", Place(place.file, name))
    return _bearable(grid)


def _bearable(grid: Grid) -> Grid:
    if len(grid.titles) > _MOST_COLUMNS:
        raise stop("ZS643", grid.at(grid.header_row), count=f"{len(grid.titles):,}", limit=f"{_MOST_COLUMNS:,}")
    return grid


def _only_grid(content: Opened, place: Place, record: str) -> Grid:
    """The only table that is not empty; several must be told apart by the user."""
    found = [(name, grid) for name in content.names if (grid := content.grid(name)) is not None]
    if not found:
        raise stop("ZS605", place)
    if len(found) > 1:
        raise stop("ZS619", place, record=record, sheets="、".join(name for name, _ in found[:20]))
    return _bearable(found[0][1])


def _fitting(grid: Grid, records: Sequence[Record], place: Place) -> Record:
    """The record whose fields the titles fit best."""
    if len(records) == 1:
        return records[0]
    fits = sorted(((fit(record, grid.titles), at) for at, record in enumerate(records)), key=lambda f: (f[0], -f[1]))
    best = fits[-1]
    if not best[0][1]:
        if encoding_in_doubt(grid):
            raise stop("ZS606", place)
        titles = "、".join(title.strip() for title in grid.titles[:12])
        raise stop("ZS641", place, titles=titles, records="、".join(record.name for record in records))
    if len(fits) > 1 and fits[-2][0] == best[0]:
        one, other = records[best[1]].name, records[fits[-2][1]].name
        raise stop("ZS614", place, one=one, other=other, path=place.file)
    return records[best[1]]
