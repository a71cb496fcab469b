"""Merged cells: a workbook keeps their value in the first cell alone and leaves the others empty.

Nothing is read into that emptiness by itself. Where the user says so for a column, each cell that is merged in it takes
the value of the first; what is merged otherwise stops the reading, and the offer is made where it would help.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from interpreter.reading.dataset import Cell, Fault, Grid, Line, Note, because, stop
from interpreter.reading.parsed import BLANKS

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_SHOWN = 5


class _Range(Struct, frozen=True, order=True):
    """A block of merged cells, from 1; in the order of a sheet."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        return f"{get_column_letter(self.left)}{self.top}:{get_column_letter(self.right)}{self.bottom}"


def _ranges(names: Sequence[str]) -> list[_Range]:
    """The blocks that a sheet names, in its order; one that has no bounds reaches to the end."""
    found = set()
    for name in names:
        try:
            left, top, right, bottom = range_boundaries(name)
        except (ValueError, TypeError):
            left, top, right, bottom = None, None, None, None
        found.add(_Range(top or 1, left or 1, bottom or _LAST_ROW, min(right or _LAST_COLUMN, _LAST_COLUMN)))
    return sorted(found)


def refuse_merged(names: Sequence[str], last: int, grid: Grid) -> None:
    """DataError where cells of the table are merged and not filled; titles over two rows may be."""
    extent = grid.extent
    left = [block for block in _ranges(names) if _touches(block, grid, last) and block.name not in extent.filled]
    if not left:
        return
    listed = "、".join(block.name for block in left[:_SHOWN]) + ("…" if len(left) > _SHOWN else "")
    place = grid.at(left[0].top)
    columns = list(dict.fromkeys(block.left for block in sorted(left, key=lambda block: block.left)))
    titles = [extent.titles[at - 1].strip(BLANKS) if at <= len(extent.titles) else "" for at in columns]
    if all(titles) and all(_is_in_column(block, extent.last) for block in left):
        options = " ".join(f"--fill-down {_quoted(title)}" for title in titles)
        raise stop("ZS626", place, cells=listed, columns="、".join(titles), options=options)
    raise stop("ZS639", place, cells=listed)


def _touches(block: _Range, grid: Grid, last: int) -> bool:
    """Whether a block lies in the table; of titles in two rows, whether it reaches out of them."""
    extent = grid.extent
    if extent.first < extent.last and block.bottom <= extent.last:
        return False
    return block.top <= last and block.bottom >= extent.last and block.left <= extent.width


def _is_in_column(block: _Range, titles_row: int) -> bool:
    return block.left == block.right and block.top > titles_row


def _quoted(title: str) -> str:
    return title if title.isalnum() else f'"{title}"'


def filled(grid: Grid, columns: Sequence[int]) -> Grid:
    """The grid with the merged cells of columns (from 0) filled, and that said."""
    blocks = [
        block for block in _ranges(grid.merged) if block.left - 1 in columns and _is_in_column(block, grid.extent.last)
    ]
    grid.extent.filled |= {block.name for block in blocks}
    for at in sorted({block.left for block in blocks}):
        mine = [block for block in blocks if block.left == at]
        title = grid.titles[at - 1].strip(BLANKS)
        reason = because("ZS669", column=title, count=len(mine), first=mine[0].name)
        grid.notes.append(Note(reason, grid.at(0, title)))
    return structs.replace(grid, lines=_filled_lines(grid.lines, blocks)) if blocks else grid


def _filled_lines(lines: Iterator[Line], blocks: Sequence[_Range]) -> Iterator[Line]:
    """Rows below the first of a block take its value; blocks come from the top down and do not overlap in a column."""
    waiting, open_blocks = list(reversed(blocks)), list[tuple[_Range, Cell]]()
    for number, cells in lines:
        open_blocks = [(block, value) for block, value in open_blocks if block.bottom >= number]
        while waiting and waiting[-1].top <= number:
            block = waiting.pop()
            if block.top == number and not isinstance(cells, Fault):
                open_blocks.append((block, cells[block.left - 1] if block.left <= len(cells) else None))
        if not isinstance(cells, Fault):
            for block, value in open_blocks:
                if block.left <= len(cells):
                    cells[block.left - 1] = value
        yield number, cells
