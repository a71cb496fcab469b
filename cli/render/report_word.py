"""A report as a Word file for a meeting: what is said, the tables, and no list of people."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from cli.render.columns import as_read, is_figure
from cli.render.report import Report
from cli.render.simulation_words import word
from cli.sheets import Sheet, legal


def writer(report: Report) -> Callable[[Path], None]:
    """What writes the file."""

    def fill(path: Path) -> None:
        docx: Any = import_module("docx")
        document = docx.Document()
        _typeset(document, report)
        document.add_heading(legal(report.title), 0)
        for part in report.parts:
            document.add_heading(legal(part.title), 1)
            for line in part.lines:
                document.add_paragraph(legal(line))
            if part.long:
                count = sum(len(sheet.rows) for sheet in part.sheets)
                document.add_paragraph(word("in_workbook", report.language, count=count))
                continue
            for sheet in part.sheets:
                if sheet.rows:
                    _table(document, sheet, titled=sheet.title != part.title)
        document.save(str(path))

    return fill


def _typeset(document: Any, report: Report) -> None:
    """A4, a font with Chinese characters, and nothing of who made the file or when."""
    shared: Any = import_module("docx.shared")
    qualified: Any = import_module("docx.oxml.ns").qn
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = legal(report.title)
    section = document.sections[0]
    section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
    section.left_margin = section.right_margin = shared.Mm(20)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qualified("w:eastAsia"), "宋体")
        if name != "Normal":
            style.font.color.rgb = shared.RGBColor(0, 0, 0)
    document.styles["Title"].font.size = shared.Pt(16)


def _table(document: Any, sheet: Sheet, *, titled: bool) -> None:
    """A table whose head stands again on each page."""
    element: Any = import_module("docx.oxml").OxmlElement
    if titled:
        document.add_heading(legal(sheet.title), 2)
    rows = as_read(sheet)
    table = document.add_table(rows=1 + len(rows), cols=len(sheet.headers), style="Table Grid")
    for at, header in enumerate(sheet.titles or sheet.headers):
        table.cell(0, at).paragraphs[0].add_run(legal(header)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for row, cells in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = legal(text)
            cell.paragraphs[0].alignment = 2 if is_figure(text) else None
