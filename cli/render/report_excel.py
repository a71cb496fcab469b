"""A report as a workbook: a sheet for each part, numbers as numbers, charts that Excel draws from their cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from cli.render.report import Chart, Part, Report
from cli.sheets import Sheet, as_text, excel_value, legal, sheet_name, wide

_ROWS = 16
"""Rows that a chart takes."""
_DIFFERENCE = "+#,##0.##########;-#,##0.##########;0"
_NUMBER = "#,##0.##########"


def writer(report: Report) -> Callable[[Path], None]:
    """What writes the workbook."""

    def fill(path: Path) -> None:
        from openpyxl import Workbook

        book: Any = Workbook()
        book.remove(book.active)
        names: set[str] = set()
        for at, part in enumerate(report.parts):
            name = _free(sheet_name(part.title), names)
            _page(book.create_sheet(name), part, "" if at else report.title)
        book.save(path)

    return fill


def _free(name: str, taken: set[str]) -> str:
    """A name that no other sheet has; Excel does not tell small from capital letters."""
    found, number = name, 2
    while found.lower() in taken:
        found = f"{name[:28]} {number}"
        number += 1
    taken.add(found.lower())
    return found


def _page(page: Any, part: Part, title: str) -> None:
    """One part: a list fills the sheet from its first row; anything else stands one under the other. On paper it takes
    the width of a page."""
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    row, widths = 1, dict[int, int]()
    if title:
        _put(page, row, 1, title, bold=True)
        row += 1
    for line in part.lines:
        _put(page, row, 1, line)
        row += 1
    for sheet in part.sheets:
        alone = row == 1
        if not alone or len(part.sheets) > 1:
            row += row > 1
            _put(page, row, 1, sheet.title, bold=True)
            row += 1
        row = _table(page, sheet, row, widths)
        if alone and len(part.sheets) == 1:
            page.freeze_panes = "A2"
            page.auto_filter.ref = page.dimensions
    for chart in part.charts:
        row = _drawn(page, chart, row + 1)
        widths[1] = max(widths.get(1, 0), *map(wide, chart.labels))
    from openpyxl.utils import get_column_letter

    for at, width in widths.items():
        page.column_dimensions[get_column_letter(at)].width = min(60, 3 + width)


def _table(page: Any, sheet: Sheet, row: int, widths: dict[int, int]) -> int:
    """One table from a row on; the row behind it."""
    for at, header in enumerate(sheet.titles or sheet.headers, 1):
        _put(page, row, at, header, bold=True)
        widths[at] = max(widths.get(at, 0), wide(header))
    for cells in sheet.rows:
        row += 1
        for at, cell in enumerate(cells, 1):
            made = _put(page, row, at, cell)
            if isinstance(made.value, int | float):
                made.number_format = _DIFFERENCE if at - 1 in sheet.signed else _NUMBER
            widths[at] = max(widths.get(at, 0), max(map(wide, as_text(cell).split("\n"))))
    return row + 1


def _put(page: Any, row: int, column: int, cell: Any, *, bold: bool = False) -> Any:
    """A number that a workbook holds exactly as one, everything else as text, never as a formula."""
    from openpyxl.styles import Alignment, Font

    made = page.cell(row, column)
    value = excel_value(cell)
    if isinstance(cell, Fraction) and isinstance(value, str):
        value = float(cell)  # without end, or longer than a workbook holds: shown, never decided by
    if isinstance(value, str):
        made.value = legal(value)
        made.data_type = "s"
        made.number_format = "@"
        if "\n" in value:
            made.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        made.value = value
    if bold:
        made.font = Font(bold=True)
    return made


# -- charts ---------------------------------------------------------------------------------------------------------


def _drawn(page: Any, chart: Chart, row: int) -> int:
    """The figures of a chart as a table, and the chart beside it; the row behind both."""
    from openpyxl.chart import BarChart, Reference

    labels, series = (_levels if chart.kind == "waterfall" else _plain)(chart)
    _put(page, row, 1, chart.title, bold=True)
    for at, (name, values) in enumerate(series, 2):
        _put(page, row + 1, at, name or chart.title, bold=True)
        for down, value in enumerate(values):
            _put(page, row + 2 + down, at, value)
    for down, label in enumerate(labels):
        mark = chart.marks[down] if any(chart.marks) else ""
        _put(page, row + 2 + down, 1, f"{label}  {mark}".strip())
    drawing: Any = BarChart()
    last = row + 1 + len(labels)
    drawing.type = "bar" if chart.kind == "waterfall" else "col"
    data = Reference(page, min_col=2, max_col=1 + len(series), min_row=row + 1, max_row=last)
    drawing.add_data(data, titles_from_data=True)
    drawing.set_categories(Reference(page, min_col=1, min_row=row + 2, max_row=last))
    drawing.title, drawing.height, drawing.width = chart.title, 7.5, 16
    if chart.kind == "waterfall":
        drawing.grouping, drawing.overlap, drawing.legend = "stacked", 100, None
        drawing.x_axis.scaling.orientation = "maxMin"
    for axis in (drawing.x_axis, drawing.y_axis):
        axis.delete = False
    _coloured(drawing, chart)
    page.add_chart(drawing, f"{'GHIJ'[max(0, len(series) - 2)]}{row}")
    return max(last, row + _ROWS) + 1


def _coloured(drawing: Any, chart: Chart) -> None:
    """Dark blue beside hatched orange, told apart without their hues; what only lifts a bar is not seen."""
    fill: Any = import_module("openpyxl.drawing.fill")
    for at, each in enumerate(drawing.series):
        look = each.graphicalProperties
        if chart.kind == "waterfall" and at == 0:
            look.noFill = True
            look.line.noFill = True
        elif at == 0 or (chart.kind == "waterfall" and at == 1):
            look.solidFill = "1D4E79"
        else:
            look.pattFill = fill.PatternFillProperties(
                prst="wdUpDiag", fgClr=fill.ColorChoice(srgbClr="B36B00"), bgClr=fill.ColorChoice(srgbClr="FDF1DD")
            )
            look.line.solidFill = "B36B00"


def _plain(chart: Chart) -> tuple[Sequence[str], list[tuple[str, list[Any]]]]:
    return chart.labels, [(name, list(values)) for name, values in chart.series]


def _levels(chart: Chart) -> tuple[Sequence[str], list[tuple[str, list[Any]]]]:
    """What lifts each bar, the bars of both sums, and those of the differences."""
    values = list(chart.series[0][1])
    lifted: list[Any] = [0]
    level = values[0]
    for step in values[1:-1]:
        lifted.append(min(level, level + step))
        level += step
    last = len(values) - 1
    sums = [value if at in (0, last) else None for at, value in enumerate(values)]
    steps = [None if at in (0, last) else abs(value) for at, value in enumerate(values)]
    return chart.labels, [(" ", [*lifted, 0]), (chart.title, sums), ("±", steps)]
