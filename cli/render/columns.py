"""Lists of people in aligned columns, Chinese characters counted as two; quick enough for thousands of lines.

Rich's own tables measure every cell many times over, which for ninety people takes longer than deciding them.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from cli.terminal import visible

GAP = "  "
WIDEST = 60
"""Cells that one column may take; longer text runs on, it is never cut."""


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
