"""Excel workbooks: sheets become grids, a row at a time, with merged cells, hidden rows and stray cells noticed.

openpyxl opens the workbook (sheets, shared strings, formats); the sheet itself is streamed here, because its own reader
turns numbers into floats, drops formulas without a stored result, and pads up to the last cell of the grid, which one
cell at XFD1048576 makes unbearable.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from defusedxml.ElementTree import iterparse as guarded_iterparse
from msgspec import Struct, structs
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from interpreter.reading.archive import refuse_hostile_archive
from interpreter.reading.dataset import Cell, Extent, Grid, Line, Note, Place, because, shielded, stop
from interpreter.reading.merged import refuse_merged
from interpreter.reading.opening import Opened
from interpreter.reading.workbook_cells import CellReader

_WIDEST = 2_000
_FARTHEST = 10_000
"""Blank rows after which what follows belongs to no table."""
_LAST_ROW = 1_048_576
_MOST_ELEMENTS = 2_000_000
_CELL, _ROW, _COLUMN, _MERGED = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("c", "row", "col", "mergeCell"))
_PLAIN_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=['\"]1\.0['\"](?: encoding=['\"](?:utf-8|UTF-8)['\"])?"
    rb"(?: standalone=['\"](?:yes|no)['\"])?\s*\?>)?\s*<(?:[A-Za-z0-9]+:)?worksheet[\s>]"
)
"""No place for a document type, hence none for entities: the parser in C, five times as fast, is safe on it."""
_CELL_NAME = re.compile(r"([A-Za-z]{1,3})[0-9]{1,7}")


class _SheetRow(Struct):
    """A row of a sheet as far as it has cells."""

    number: int
    hidden: bool
    cells: dict[int, Cell]


class _Findings:
    """What a sheet has besides rows."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self.hidden_columns: set[int] = set()
        self.hidden = self.last = 0


def open_workbook(data: bytes, place: Place, fill: bool = False) -> Opened:
    """The sheets of a workbook by name; DataError where it is hostile, encrypted, old or damaged.

    With `fill` the merged cells are looked up beforehand, to be filled.
    """
    refuse_hostile_archive(data, place)
    with shielded("ZS623", place), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets if hasattr(sheet, "_get_source")}
        cells = CellReader(book)
    if not sheets:
        raise stop("ZS605", place)

    def grid(name: str) -> Grid | None:
        sheet = sheets[name]
        at = Place(place.file, name)
        with shielded("ZS623", at):
            return _grid(sheet, cells, at, fill)

    return Opened(tuple(sheets), grid)


def _grid(sheet: Any, cells: CellReader, place: Place, fill: bool) -> Grid | None:
    """The grid below the first row that is not blank; None if there is none."""
    findings = _Findings()
    rows = _nearby(_rows(_elements(sheet), cells, findings), place)
    header = next(rows, None)
    if header is None:
        return None
    last = max(header.cells)
    titles = tuple(_text(header.cells.get(at)) for at in range(1, last + 1))
    notes: list[Note] = []
    if sheet.sheet_state != "visible":
        notes.append(Note(because("ZS657"), place))
    merged = tuple(e.get("ref", "") for _, e in _elements(sheet) if e.tag == _MERGED) if fill else ()
    extent = Extent(header.number, header.number, titles)
    grid = Grid(place, titles, iter(()), notes, header.number, loose=True, typed=True, merged=merged, extent=extent)
    findings.last, findings.hidden = header.number, int(header.hidden)
    lines = _lines(rows, findings, grid)
    return structs.replace(grid, lines=lines, judge=lambda: _judge(findings, grid))


def _lines(rows: Iterator[_SheetRow], findings: _Findings, grid: Grid) -> Iterator[Line]:
    """The rows below the header as lines."""
    with shielded("ZS623", grid.place):
        for row in rows:
            reach = max(grid.extent.width, *row.cells)
            findings.hidden += row.hidden
            findings.last = row.number
            yield row.number, [row.cells.get(at) for at in range(1, reach + 1)]


def _judge(findings: _Findings, grid: Grid) -> None:
    """What a sheet has besides its rows, once they are all read: merged cells and hidden parts."""
    refuse_merged(findings.merged, findings.last, grid)
    if findings.hidden:
        grid.notes.append(Note(because("ZS655", count=findings.hidden), grid.place))
    columns = [get_column_letter(at) for at in sorted(findings.hidden_columns) if at <= grid.extent.width]
    if columns:
        grid.notes.append(Note(because("ZS656", columns="、".join(columns[:20])), grid.place))


def _nearby(rows: Iterator[_SheetRow], place: Place) -> Iterator[_SheetRow]:
    """Rows that hold anything; DataError at the first cell that stands far away from all others."""
    before = 0
    for row in rows:
        filled: dict[int, Cell] = {at: cell for at, cell in row.cells.items() if cell is not None and cell != ""}
        if not filled:
            continue
        far = max(filled)
        if far > _WIDEST or row.number > _LAST_ROW or (before and row.number - before > _FARTHEST):
            name = f"{get_column_letter(min(far, 16_384))}{row.number}"
            raise stop("ZS625", Place(place.file, place.sheet, row.number), cell=name)
        before = row.number
        row.cells = filled
        yield row


def _elements(sheet: Any) -> Iterator[tuple[str, Element]]:
    """The elements of a sheet's XML as they end."""
    with sheet._get_source() as head:
        plain = _PLAIN_HEAD.match(head.read(1000))
    stream: IO[bytes] = sheet._get_source()
    return iterparse(stream) if plain else guarded_iterparse(stream)


def _rows(elements: Iterator[tuple[str, Element]], cells: CellReader, findings: _Findings) -> Iterator[_SheetRow]:
    """The rows of a sheet's XML, every element let go as soon as it is used."""
    row: dict[int, Cell] = {}
    number = column = pending = 0
    for _, element in elements:
        pending += 1
        if pending > _MOST_ELEMENTS:
            raise ValueError("more elements than a row can have")
        tag = element.tag
        if tag == _CELL:
            column = _column(element, column)
            if column <= _WIDEST:
                row[column] = cells.read(element)
            elif len(element):
                row[column] = "?"
            element.clear()
        elif tag == _ROW:
            number = _row_number(element, number)
            yield _SheetRow(number, _on(element.get("hidden")), row)
            row, column, pending = {}, 0, 0
            element.clear()
        elif tag == _COLUMN and _on(element.get("hidden")):
            last = min(int(element.get("max", "1")), _WIDEST)
            findings.hidden_columns.update(range(int(element.get("min", "1")), last + 1))
        elif tag == _MERGED:
            findings.merged.append(element.get("ref", ""))


def _column(element: Element, before: int) -> int:
    name = element.get("r")
    if name is None:
        return before + 1
    found = _CELL_NAME.fullmatch(name)
    if found is None:
        raise ValueError("not the name of a cell")
    return column_index_from_string(found[1].upper())


def _row_number(element: Element, before: int) -> int:
    number = int(element.get("r") or before + 1)
    if number <= before:
        raise ValueError("rows out of order")
    return number


def _on(flag: str | None) -> bool:
    return flag in ("1", "true")


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text if cell else ""
