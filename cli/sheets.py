"""Tables of text written as CSV, Excel, Parquet or JSON; what could act as a formula is written as text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from policy.numerals import decimal
from policy.units import Exact

LONE = "backslashreplace"
"""Halves of characters, which JSON data may hold and no file can, are written as their codes."""
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


class Sheet(Struct, frozen=True):
    """A table to be written: a title, headers, and rows of text or exact numbers (shown in their unit already).

    `titles` are the headers with their units, for files that people read rather than programs; `signed` are the
    columns of differences, which people see with their sign.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str | Exact | None]]
    titles: Sequence[str] = ()
    signed: Sequence[int] = ()


class UnencodableError(Exception):
    """A cell holds a character that the encoding asked for lacks; rows count from 1, the titles being the first."""

    def __init__(self, row: int, column: str, value: str, encoding: str) -> None:
        super().__init__(f"row {row} {column}: {encoding}")
        self.told: dict[str, str | int | tuple[str, ...]] = {
            "row": row,
            "column": column,
            "value": whole(value),
            "encoding": encoding,
        }


def writer(kind: str, sheets: Sequence[Sheet], encoding: str = "") -> Callable[[Path], None]:
    """What writes these sheets as a file of a kind (".csv" takes the first alone, in UTF-8 or the encoding given)."""
    return WRITERS[kind](sheets, encoding)


def is_ascii(sheet: Sheet) -> bool:
    """Whether every program shows a table alike, whatever it takes its encoding for."""
    return all(as_text(cell).isascii() for row in (sheet.headers, *sheet.rows) for cell in row)


def as_text(cell: str | Exact | None) -> str:
    """A cell as plain text."""
    if cell is None:
        return ""
    return decimal(cell) if isinstance(cell, int | Fraction) else cell


def _inert(cell: str | Exact | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = as_text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_ACTIVE) else text


def _csv(sheets: Sequence[Sheet], encoding: str) -> Callable[[Path], None]:
    """CSV in UTF-8, where halves of characters become their codes; in an encoding asked for, they are refused."""
    sheet = sheets[0]

    def fill(path: Path) -> None:
        lines = [[_inert(cell) for cell in row] for row in (sheet.headers, *sheet.rows)]
        try:
            errors = "strict" if encoding else LONE
            with path.open("w", encoding=encoding or "utf-8", newline="", errors=errors) as file:
                csv.writer(file, lineterminator="\n").writerows(lines)
        except UnicodeEncodeError as error:
            raise _unencodable(sheet, lines, encoding) from error

    return fill


def _unencodable(sheet: Sheet, lines: Sequence[Sequence[str]], encoding: str) -> UnencodableError:
    """The first cell that an encoding cannot hold."""
    for number, line in enumerate(lines, 1):
        for header, text in zip(sheet.headers, line, strict=True):
            try:
                text.encode(encoding)
            except UnicodeEncodeError:
                return UnencodableError(number, header, text, encoding)
    return UnencodableError(0, "", "", encoding)


def _xlsx(sheets: Sequence[Sheet], encoding: str) -> Callable[[Path], None]:
    def fill(path: Path) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        book = Workbook(write_only=True)
        for sheet in sheets:
            page = book.create_sheet(sheet_name(sheet.title))
            page.freeze_panes = "A2"
            for at, width in enumerate(_widths(sheet), start=1):
                page.column_dimensions[get_column_letter(at)].width = width
            headers = sheet.titles or sheet.headers
            page.append([_styled(WriteOnlyCell(page, value=legal(h)), Font(bold=True)) for h in headers])
            for row in sheet.rows:
                page.append([_excel_cell(WriteOnlyCell, page, cell) for cell in row])
        book.save(path)

    return fill


def sheet_name(title: str) -> str:
    """A title without what the name of a sheet may not have."""
    return "".join(c for c in title if c not in "[]:*?/\\")[:31] or "Sheet"


def _widths(sheet: Sheet) -> list[int]:
    headers = sheet.titles or sheet.headers
    columns = zip(headers, *sheet.rows[:200], strict=False) if sheet.rows else ((h,) for h in headers)
    return [min(60, 3 + max(wide(as_text(cell)) for cell in column)) for column in columns]


def wide(text: str) -> int:
    """The cells that a text takes, a Chinese character being two."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def _styled(cell: Any, font: Any) -> Any:
    cell.font = font
    cell.data_type = "s"
    return cell


def _excel_cell(make: Any, page: Any, cell: str | Exact | None) -> Any:
    """A number that a workbook holds exactly stays one; everything else is text, never a formula."""
    value = excel_value(cell)
    if not isinstance(value, str):
        return value
    made = make(page, value=legal(value))
    made.data_type = "s"
    made.number_format = "@"
    return made


def excel_value(cell: str | Exact | None) -> str | float | None:
    """A number that a workbook holds exactly, or text."""
    if isinstance(cell, int | Fraction) and _holds(decimal(cell)):
        return int(cell) if isinstance(cell, int) else float(cell)
    return None if cell is None else as_text(cell)


def _holds(numeral: str) -> bool:
    return "/" not in numeral and len(numeral.strip("-").replace(".", "")) <= 15


def legal(text: str) -> str:
    """Text without the control characters that a workbook cannot hold, shown as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c in "\t\n" or ord(c) >= 0x20 else f"\\x{ord(c):02x}" for c in whole(text))


def whole(text: str) -> str:
    """Text without halves of characters."""
    return text.encode("utf-8", LONE).decode("utf-8")


def _parquet(sheets: Sequence[Sheet], encoding: str) -> Callable[[Path], None]:
    def fill(path: Path) -> None:
        from importlib import import_module

        pyarrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")

        sheet = sheets[0]
        columns = list(zip(*sheet.rows, strict=True)) if sheet.rows else [()] * len(sheet.headers)
        texts = [[None if cell is None else whole(as_text(cell)) for cell in column] for column in columns]
        arrays = [pyarrow.array(column, pyarrow.string()) for column in texts]
        parquet.write_table(pyarrow.Table.from_arrays(arrays, names=list(sheet.headers)), path)

    return fill


def _json(sheets: Sequence[Sheet], encoding: str) -> Callable[[Path], None]:
    import json

    def fill(path: Path) -> None:
        pages = {s.title: [dict(zip(s.headers, map(_json_cell, row), strict=True)) for row in s.rows] for s in sheets}
        content: object = pages if len(sheets) > 1 else next(iter(pages.values()))
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors=LONE)

    return fill


def _json_cell(cell: str | Exact | None) -> str | int | None:
    return cell if cell is None or isinstance(cell, str | int) else decimal(cell)


WRITERS: Final[dict[str, Callable[[Sequence[Sheet], str], Callable[[Path], None]]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".json": _json,
}
"""One for each of `cli.writing.KINDS`."""
