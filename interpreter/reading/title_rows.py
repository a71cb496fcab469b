"""Titles that do not stand in the first row: a heading above them, or two rows that make the titles together.

The row is taken where exactly one fits the declared titles, and said; where several do, or none, nothing is guessed.
Two rows are read together where the upper one groups columns: the lower title alone, the upper where the lower cell is
empty, or both joined (存款 over 任务 is 存款任务).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice, pairwise

from msgspec import Struct, structs

from interpreter.reading.dataset import Cell, DataError, Fault, Grid, Line, Note, because, stop
from interpreter.reading.headers import fit
from interpreter.reading.parsed import BLANKS
from policy.core import Record

LOOK_AHEAD = 30
"""How many rows below the first are looked at for the titles."""


_Rows = Sequence[tuple[int, int, tuple[str, ...]]]
"""Row, how many of the lines looked at are taken by then, texts."""


class _Titles(Struct, frozen=True):
    """A reading of rows as titles: the first and last of the rows, and how many lines of those looked at they take."""

    titles: tuple[str, ...]
    first: int
    last: int
    taken: int


def titled(records: Sequence[Record], grid: Grid) -> Grid:
    """The grid with the titles where they stand; the same grid where its first row fits best, or no row does.

    DataError where several rows could be the titles, or where one holds most of them but not all.
    """
    if not grid.sheet_like:
        return grid
    fits = any(fit(record, grid.titles)[0] for record in records)
    lines = list(islice(grid.lines, 1 if fits else LOOK_AHEAD))
    looked_at = structs.replace(grid, lines=chain(lines, grid.lines))
    rows = [(grid.header_row, 0, grid.titles), *_readable(lines)]
    found = _best(records, rows)
    if not found:
        _refuse_headings(records, grid, rows)
        return looked_at
    if len(found) > 1:
        raise stop("ZS611", grid.at(grid.header_row), row=found[0].last, first=grid.header_row)
    return looked_at if found[0].last == grid.header_row else _begun_at(found[0], grid, lines)


def _best(records: Sequence[Record], rows: _Rows) -> list[_Titles]:
    """The readings of the simplest kind that find the most fields, none of those needed missing."""
    best: list[_Titles] = []
    most = 0
    for readings in (_single(rows), _stacked(rows), _joined(rows)):
        fits = [(reading, fit(record, reading.titles)) for reading in readings for record in records]
        highest = max((count for _, (complete, count) in fits if complete), default=0)
        if highest > most:
            most = highest
            best = [reading for reading, (complete, count) in fits if complete and count == highest]
    return list({(reading.first, reading.last): reading for reading in best}.values())


def likeliest(records: Sequence[Record], grid: Grid) -> tuple[tuple[str, ...], bool]:
    """Of a table that is not to be read: the titles that come nearest to a record's, wherever a reader would look for
    them, and whether anything stands below."""
    lines: list[Line] = []
    with suppress(DataError):
        for line in islice(grid.lines, LOOK_AHEAD if grid.sheet_like else 0):
            lines.append(line)  # noqa: PERF402 what was read before a fault counts
    rows = [(grid.header_row, 0, grid.titles), *_readable(lines)]
    readings = chain(_single(rows), _stacked(rows), _joined(rows))
    best = max(readings, key=lambda reading: max(fit(record, reading.titles) for record in records))
    try:
        return best.titles, any(_holds(cells) for _, cells in chain(lines[best.taken :], grid.lines))
    except DataError:
        return best.titles, True


def _holds(cells: list[Cell] | Fault) -> bool:
    return isinstance(cells, Fault) or any(_text(cell).strip(BLANKS) for cell in cells)


def _readable(lines: Sequence[Line]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The lines that could be titles: row, how many lines are taken by then, texts."""
    for taken, (number, cells) in enumerate(lines, 1):
        if not isinstance(cells, Fault):
            yield number, taken, tuple(_text(cell) for cell in cells)


def _single(rows: _Rows) -> Iterator[_Titles]:
    for number, taken, texts in rows:
        yield _Titles(_trimmed(texts), number, number, taken)


def _stacked(rows: _Rows) -> Iterator[_Titles]:
    for (first, _, upper), (last, taken, lower) in pairwise(rows):
        above, below = _same_width(upper, lower)
        titles = (under or over for over, under in zip(above, below, strict=True))
        yield _Titles(_trimmed(tuple(titles)), first, last, taken)


def _joined(rows: _Rows) -> Iterator[_Titles]:
    """A title of the upper row stands over the empty cells to its right too."""
    for (first, _, upper), (last, taken, lower) in pairwise(rows):
        titles, over = [], ""
        for above, under in zip(*_same_width(upper, lower), strict=True):
            over = above or (over if under else "")
            titles.append(over + under)
        yield _Titles(_trimmed(tuple(titles)), first, last, taken)


def _same_width(*rows: tuple[str, ...]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[text.strip(BLANKS) for text in row] + [""] * (width - len(row)) for row in rows]


def _trimmed(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Titles without the empty ones at the end."""
    width = max((at for at, title in enumerate(titles, 1) if title.strip(BLANKS)), default=0)
    return titles[:width]


def _begun_at(found: _Titles, grid: Grid, lines: list[Line]) -> Grid:
    """The grid from its titles on, and the rows above said."""
    extent = grid.extent
    extent.first, extent.last, extent.titles = found.first, found.last, found.titles
    if found.first != found.last:
        grid.notes.append(Note(because("ZS668", first=found.first, last=found.last), grid.place))
    if found.first > grid.header_row:
        grid.notes.append(Note(because("ZS667", row=found.first), grid.place))
    below = [_padded(line, extent.width) if grid.loose else line for line in lines[found.taken :]]
    return structs.replace(grid, titles=found.titles, header_row=found.last, lines=chain(below, grid.lines))


def _padded(line: Line, width: int) -> Line:
    number, cells = line
    return line if isinstance(cells, Fault) else (number, cells + [None] * (width - len(cells)))


def _refuse_headings(records: Sequence[Record], grid: Grid, rows: _Rows) -> None:
    """A row further down holds more of the titles than the first, though not all of them."""
    for record in records:
        matched = fit(record, grid.titles)[1]
        for number, _, texts in rows[1:]:
            count = fit(record, texts)[1]
            if count > matched and count * 2 > len(record.fields):
                raise stop("ZS611", grid.at(grid.header_row), row=number, first=grid.header_row)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text if cell else ""
