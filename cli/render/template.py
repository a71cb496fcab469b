"""The empty workbook: a sheet a record, titles with their notes, dropdowns and limits on the cells below, and a page
that lists all columns. Its sheets are named after the records, which is how `run` finds them; the last page is no
record's and is left aside.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from cli.render.template_columns import HEADERS, Column, bounds, cells, is_percent, note
from cli.sheets import legal, sheet_name, wide
from interpreter.reading.leftover import NOTES_PAGES
from policy.core import Policy
from policy.numerals import decimal
from policy.types import Calendar, Choice, Number, Reference, Text, YesNo

LAST_ROW = 1_048_576
_LONGEST_LIST = 250
"""Characters of a dropdown that a cell rule can hold itself; a longer one refers to the last page."""
_SHORTEST_COLUMN, _LONGEST_COLUMN = 10, 50


def csv_writer(columns: Sequence[Column], encoding: str) -> Callable[[Path], None]:
    """What writes the titles alone."""

    def fill(path: Path) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\n").writerow([column.field.header for column in columns])

    return fill


def workbook_writer(policy: Policy, columns: Sequence[Column]) -> Callable[[Path], None]:
    """What writes the workbook."""

    def fill(path: Path) -> None:
        from openpyxl import Workbook

        book: Any = Workbook()
        book.remove(book.active)
        pages = [book.create_sheet(sheet_name(record.name)) for record in policy.records]
        notes = book.create_sheet(_notes_name(policy))
        lists = _fill_notes(notes, columns, policy.language)
        for record, page in zip(policy.records, pages, strict=True):
            _fill_page(page, [column for column in columns if column.record == record.name], lists)
        book.save(path)

    return fill


def _notes_name(policy: Policy) -> str:
    """A name for the last page that is no record's."""
    name = tuple(NOTES_PAGES)[0 if policy.language == "zh" else 1]
    taken = {record.name.casefold() for record in policy.records}
    return name if name not in taken else f"{name} (2)"


# -- the sheet of a record ------------------------------------------------------------------------------------------


def _fill_page(page: Any, columns: Sequence[Column], lists: dict[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        cell = page.cell(1, at)
        _title(cell, column.field.header)
        text = legal(note(column))
        lines = sum(1 + wide(line) // 34 for line in text.split("\n"))
        cell.comment = Comment(text, "zhunsheng", width=260, height=20 + 20 * lines)
        shape = page.column_dimensions[letter]
        needed = max(_SHORTEST_COLUMN, 4 + wide(column.field.header), *map(wide, column.choices))
        shape.width = min(_LONGEST_COLUMN, needed)
        shape.number_format = _format(column)
        rule = _rule(column, letter, lists)
        if rule is not None:
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            page.add_data_validation(rule)


def _title(cell: Any, text: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = legal(text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE7F0")
    cell.alignment = Alignment(vertical="center")


def _format(column: Column) -> str:
    """How the cells of a column hold what is typed: ids and periods to the letter, days as days."""
    match column.field.type.kind:
        case Text() | Reference():
            return "@"
        case Calendar(grain=grain):
            return {"day": "yyyy-mm-dd", "year": "General"}.get(grain, "@")
        case Number() if is_percent(column):
            return "0" + ("." + "0" * column.decimals if column.decimals else "") + "%"
        case _:
            return "General"


# -- the rules of cells ---------------------------------------------------------------------------------------------


def _rule(column: Column, letter: str, lists: dict[str, str]) -> Any:
    """What a cell of the column accepts; None where anything may be typed."""
    match column.field.type.kind:
        case YesNo() | Choice():
            return _ruled("list", lists[list_key(column)], column)
        case Number():
            formula = _number_formula(column, f"{letter}2")
            return _ruled("custom", formula, column) if len(formula) <= 255 else None
        case Calendar(grain="day"):
            words = _words(column, f"{letter}2")
            sort = f"AND(ISNUMBER({letter}2),{letter}2>=1,INT({letter}2)={letter}2)"
            return _ruled("custom", f"OR({sort},{words})" if words else sort, column)
        case _:
            return None


def _ruled(kind: Literal["list", "custom"], formula: str, column: Column) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type=kind, formula1=formula, allow_blank=True, showErrorMessage=True, errorStyle="stop")
    rule.errorTitle = legal(column.field.header)[:32]
    rule.error = legal(note(column))[:225]
    return rule


def _number_formula(column: Column, cell: str) -> str:
    """The test of a number: its range, its decimals; or one of the words for a missing one."""
    low, high = bounds(column)
    tests = [f"ISNUMBER({cell})"]
    for sign, bound in ((">=", low), ("<=", high)):
        if bound is not None and "/" not in decimal(bound):
            tests.append(f"{cell}{sign}{decimal(bound)}")
    if column.decimals is not None:
        tests.append(f"ROUND({cell},{column.decimals + (2 if is_percent(column) else 0)})={cell}")
    test = f"AND({','.join(tests)})"
    words = _words(column, cell)
    return f"OR({test},{words})" if words else test


def _words(column: Column, cell: str) -> str:
    """The tests for the words that may stand for a missing value."""
    return ",".join(f"{cell}={_quoted(code)}" for code in column.field.type.codes)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def accepted(column: Column) -> tuple[str, ...]:
    """What a dropdown offers: the choices, then the words for a missing value."""
    return (*column.choices, *(code for code in column.field.type.codes if code not in column.choices))


def list_key(column: Column) -> str:
    """Columns that offer the same share one list."""
    return "\n".join(accepted(column))


# -- the last page --------------------------------------------------------------------------------------------------


def _fill_notes(page: Any, columns: Sequence[Column], language: str) -> dict[str, str]:
    """The list of columns; right of it the dropdowns that are too long for a rule. The formula of each dropdown."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    widths = [8] * len(HEADERS)
    for at, header in enumerate(HEADERS, start=1):
        _title(page.cell(1, at), header[0 if language == "zh" else 1])
    for row, column in enumerate(columns, start=2):
        for at, text in enumerate(cells(column), start=1):
            cell = page.cell(row, at)
            cell.value, cell.data_type, cell.number_format = legal(text) or None, "s", "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            widths[at - 1] = max(widths[at - 1], min(40, 2 + wide(text)))
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    return _fill_lists(page, columns)


def _fill_lists(page: Any, columns: Sequence[Column]) -> dict[str, str]:
    from openpyxl.utils import get_column_letter, quote_sheetname

    formulas: dict[str, str] = {}
    beside = len(HEADERS) + 2
    for column in columns:
        offered, key = accepted(column), list_key(column)
        if not column.choices or key in formulas:
            continue
        if _fits(offered):
            formulas[key] = f'"{",".join(offered)}"'
            continue
        _title(page.cell(1, beside), column.field.header)
        for row, word in enumerate(offered, start=2):
            cell = page.cell(row, beside)
            cell.value, cell.data_type, cell.number_format = legal(word), "s", "@"
        letter = get_column_letter(beside)
        formulas[key] = f"{quote_sheetname(page.title)}!${letter}$2:${letter}${len(offered) + 1}"
        beside += 1
    return formulas


def _fits(offered: Sequence[str]) -> bool:
    """Whether a rule can hold the dropdown itself."""
    inline = ",".join(offered)
    return len(inline) <= _LONGEST_LIST and inline.count(",") == len(offered) - 1 and '"' not in inline
