"""Lists of people in aligned columns, Chinese characters counted as two; quick enough for thousands of lines.

Rich's own tables measure every cell many times over, which for ninety people takes longer than deciding them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len

from cli.render.explanation_rows import endless
from cli.sheets import Sheet, as_text
from cli.terminal import visible
from policy.numerals import decimal

GAP = "  "
WIDEST = 60
"""Cells that one column may take; longer text runs on, it is never cut."""


def as_read(sheet: Sheet) -> list[list[str]]:
    """The cells of a table as people read them: a number without end is cut, a difference has its sign."""
    return [[_read(cell, signed=at in sheet.signed) for at, cell in enumerate(row)] for row in sheet.rows]


def _read(cell: str | int | Fraction | None, *, signed: bool) -> str:
    endlessly = isinstance(cell, Fraction) and "/" in decimal(cell)
    text = endless(cell, None) if endlessly and isinstance(cell, Fraction) else as_text(cell)
    more = signed and text[:1].isdigit() and bool(text.strip("0.%"))
    return f"+{text}" if more else text


def is_figure(text: str) -> bool:
    """Whether a cell is a number, nothing, or the point that stands for nobody."""
    return text in ("", "·") or text.lstrip("+-").rstrip("%…").replace(".", "", 1).replace("/", "", 1).isdigit()


def aligned(
    headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], *, rule: str = "─"
) -> list[str]:
    """The lines of a table: headers, a rule, rows; `right` says which columns stand to the right."""
    shown = [[" ".join(visible(cell).split("\n")) for cell in row] for row in rows]
    widths = [
        min(WIDEST, max(cell_len(header), *(cell_len(row[at]) for row in shown))) if shown else cell_len(header)
        for at, header in enumerate(headers)
    ]
    lines = [_line(headers, widths, right), rule * (sum(widths) + len(GAP) * (len(widths) - 1))]
    return lines + [_line(row, widths, right) for row in shown]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    placed = []
    for cell, width, to_the_right in zip(cells, widths, right, strict=True):
        blank = " " * (width - cell_len(cell))
        placed.append(blank + cell if to_the_right else cell + blank)
    return GAP.join(placed).rstrip()
