"""Rows of tables in columns, by the width that characters take on a screen.

A row with fewer cells than its table (`| 否则 || 未评星 |`) lets its last cell span the columns it leaves out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from dsl.layout.lines import Line


class Row(Struct):
    """A row: what stands before its first bar (`改`), its cells left of the double bar, and those right of it."""

    before: str
    left: list[str]
    right: list[str]


def is_row(line: Line) -> bool:
    """Whether a line is laid out in columns; one with a comment inside a bracket cannot be."""
    alone = not any(segment.above for segment in line.segments[1:])
    alone = alone and not any(segment.comment for segment in line.segments[:-1])
    return alone and any(piece.terminal == "VBAR" for piece in line.pieces)


def row(texts: Sequence[str], gaps: Sequence[str]) -> Row:
    """The cells of a row's words."""
    parts: list[str] = [""]
    doubles = len(texts)
    for text, gap in zip(texts, gaps, strict=True):
        if text in ("|", "||"):
            doubles = len(parts) if text == "||" else doubles
            parts.append("")
        else:
            parts[-1] += gap.replace("\n", " ") + text
    before, *cells = (part.strip() for part in parts[:-1])
    cut = doubles - 1
    return Row(before, cells[:cut], cells[cut:])


def aligned(rows: Sequence[Row]) -> list[str]:
    """The rows of one table, each as text."""
    before = max(width(row.before) for row in rows)
    left = _columns([row.left for row in rows])
    right = _columns([row.right for row in rows if row.right])
    return [
        padded(row.before, before)
        + (" | " if before else "| ")
        + _cells(row.left, left)
        + (" || " + _cells(row.right, right) if row.right else "")
        + " |"
        for row in rows
    ]


def _columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column; a spanning cell that needs more room widens the last."""
    count = max((len(row) for row in rows), default=0)
    widths = [0] * count
    for row in rows:
        for at, cell in enumerate(row if len(row) == count else row[:-1]):
            widths[at] = max(widths[at], width(cell))
    for row in rows:
        if len(row) < count:
            widths[-1] += max(0, width(row[-1]) - _span(widths, len(row) - 1))
    return widths


def _cells(cells: Sequence[str], widths: Sequence[int]) -> str:
    last = len(cells) - 1
    shown = [padded(cell, widths[at] if at < last else _span(widths, last)) for at, cell in enumerate(cells)]
    return " | ".join(shown)


def _span(widths: Sequence[int], first: int) -> int:
    """The width of the columns from `first` on, with the bars between them."""
    return sum(widths[first:]) + 3 * (len(widths) - first - 1)


def padded(text: str, columns: int) -> str:
    """The text with blanks up to `columns`."""
    return text + " " * (columns - width(text))


def width(text: str) -> int:
    """Columns on a screen: two for wide characters, none for marks that combine."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )
