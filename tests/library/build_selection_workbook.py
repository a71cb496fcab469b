"""Writes policy/library/selection/selection.xlsx from the CSV files beside it: python tests/library/build_selection_workbook.py

A sheet per record; keys and words as text, amounts as numbers. The same bytes from the same files.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parents[2] / "policy" / "library" / "selection"
SHEETS = {"候选人": "candidates.csv", "贷款户": "accounts.csv"}
TEXT = {"工号", "姓名", "支行", "户号", "名称", "风险分类", "原责任人"}
MADE = datetime(2024, 1, 1)


def build(target: Path) -> None:
    """The workbook, written to `target`."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.created = book.properties.modified = MADE
    for name, file in SHEETS.items():
        _fill(book.create_sheet(name), FOLDER / file)
    book.save(target)
    _without_times(target)


def _fill(sheet: Worksheet, source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as lines:
        titles, *rows = csv.reader(lines)
    sheet.append(titles)
    for row in rows:
        sheet.append([_cell(title, text) for title, text in zip(titles, row, strict=True)])
    sheet.freeze_panes = "B2"
    for at, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(10, 2 * len(title) + 2)
        if title in TEXT:
            for row_cells in sheet.iter_rows(min_row=2, min_col=at, max_col=at):
                row_cells[0].number_format = "@"


def _cell(title: str, text: str) -> str | int | float | None:
    if not text or title in TEXT or text in ("是", "否"):
        return text or None
    return float(text) if "." in text else int(text)


def _without_times(target: Path) -> None:
    """Pack the parts of the workbook again without the moment of packing, and with a fixed moment of change."""
    with ZipFile(target) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(_entry(name), _fixed(content) if name == "docProps/core.xml" else content)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, MADE.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


def _fixed(content: bytes) -> bytes:
    start = content.index(b">", content.index(b"<dcterms:modified")) + 1
    return content[:start] + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + content[content.index(b"<", start) :]


if __name__ == "__main__":
    build(FOLDER / "selection.xlsx")
