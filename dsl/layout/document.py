"""The canonical text of a policy, and its turn from one language into the other.

There is one way to write a policy, and this is it: four blanks a level, one blank between words, tables in columns,
citations and comments of line ends in one margin of the document. Names, strings, citations, comments and quoted
source lines stay as they are and where they are; a bracket that goes over several lines keeps its line breaks.

Text to lines of pieces (lines.py), pieces to words (words.py), rows to columns (tables.py), and
here the page. What comes out is read again before it is given away: a formatter must never change what a policy says.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from msgspec import Struct

from dsl.layout.lines import Line, Piece, Remark, Text, lines_of
from dsl.layout.tables import Row, aligned, is_row, padded, row, width
from dsl.layout.words import language_of, sense, words
from dsl.syntax.parser import Refusal
from dsl.syntax.text import plain
from policy.source import Source

INDENT = "    "
FARTHEST_MARGIN = 60
"""The margin stands no farther right than this column; a line that passes it has its citation two blanks behind."""


class LayoutError(RuntimeError):
    """The formatted text would not say what the text says; nothing may be written."""


class _Row(Struct):
    """One line of the page: its text, and what stands in its margin."""

    text: str
    margin: str = ""


def format_text(source: Source, language: str | None = None) -> str | Refusal:
    """The canonical text of a policy in `language` (zh, en, or None for its own), or why it is no policy.

    Raises LayoutError where the text cannot be written so that it reads the same.
    """
    text = lines_of(plain(source.text))
    if isinstance(text, Refusal):
        return text
    formatted = _page(list(_rows(text, language or language_of(text.lines[0].pieces[0]))))
    _same(text, formatted)
    return formatted


def diff(source: Source, formatted: str) -> str:
    """What formatting changes, as a unified diff; empty if nothing."""
    before = source.text.splitlines(keepends=True)
    if before and not before[-1].endswith("\n"):
        before[-1] += "\n\\ No newline at end of file\n"
    return "".join(unified_diff(before, formatted.splitlines(keepends=True), source.name, source.name))


def _same(text: Text, formatted: str) -> None:
    again = lines_of(plain(formatted))
    if isinstance(again, Refusal):
        raise LayoutError(f"not readable at `{again.token}`")
    for before, after in zip(text.lines, again.lines, strict=False):
        if (before.level, _said(before)) != (after.level, _said(after)):
            raise LayoutError(f"another meaning at `{before.pieces[0].text}`")
    if len(text.lines) != len(again.lines) or list(text.remarks()) != list(again.remarks()):
        raise LayoutError("lines lost or added")


def _said(line: Line) -> list[tuple[str, str]]:
    return [(piece.terminal, sense(piece)) for piece in line.pieces]


# The page


def _page(rows: list[_Row]) -> str:
    """Rows as text. The margin is as narrow as the rows that use it allow, in steps of four so that it moves rarely."""
    ends = [width(row.text) + 2 for row in rows if row.margin]
    column = -(-max((end for end in ends if end <= FARTHEST_MARGIN), default=0) // 4) * 4
    return "".join((f"{padded(row.text, column - 2)}  {row.margin}" if row.margin else row.text) + "\n" for row in rows)


def _rows(text: Text, language: str) -> Iterator[_Row]:
    tables = _tables(text, language)
    for at, line in enumerate(text.lines):
        if at in tables:
            yield from _remarks(line.segments[0].above)
            cites = _cites(line)
            yield _Row(INDENT * line.level + tables[at], _margin(line, cites, language))
        else:
            yield from _plain_rows(line, language)
    yield from _remarks(text.below)


def _remarks(remarks: list[Remark], indent: str | None = None) -> Iterator[_Row]:
    for remark in remarks:
        yield _Row(((INDENT * remark.level if indent is None else indent) + remark.text).rstrip())


def _plain_rows(line: Line, language: str) -> Iterator[_Row]:
    """A line that is no row of a table; what continues it stands two levels deeper."""
    cites = _cites(line)
    texts, gaps = words(line.pieces, _breaks(line), language)
    cut, at, indent = len(texts) - len(cites), 0, INDENT * line.level
    for number, segment in enumerate(line.segments):
        end = at + len(segment.pieces)
        yield from _remarks(segment.above, indent if number else None)
        last = number == len(line.segments) - 1
        shown = "".join(gap + text for text, gap in zip(texts[at : min(end, cut)], gaps[at:end], strict=False))
        yield _Row(indent + shown.lstrip("\n"), _margin(line, cites, language) if last else segment.comment)
        at, indent = end, INDENT * (line.level + 2)


def _breaks(line: Line) -> list[int]:
    """The numbers of the pieces that stand first on a further line."""
    breaks, at = [], 0
    for segment in line.segments[:-1]:
        at += len(segment.pieces)
        breaks.append(at)
    return breaks


def _cites(line: Line) -> list[Piece]:
    """The citations at the end of a line; the one that `删` removes is not in the margin."""
    pieces = line.pieces
    start = len(pieces)
    while pieces[start - 1].terminal == "CITE":
        start -= 1
    return pieces[start + (pieces[start - 1].terminal == "REMOVE") :]


def _margin(line: Line, cites: list[Piece], language: str) -> str:
    shown = " ".join(words(cites, (), language)[0])
    return "  ".join(part for part in (shown, line.segments[-1].comment) if part)


def _tables(text: Text, language: str) -> dict[int, str]:
    """The rows of all tables by the number of their line; those of one block are one table."""
    blocks: dict[int, dict[int, Row]] = {}
    for at, line in enumerate(text.lines):
        if is_row(line):
            pieces = line.pieces[: len(line.pieces) - len(_cites(line))]
            blocks.setdefault(line.block, {})[at] = row(*words(pieces, (), language))
    return {at: shown for rows in blocks.values() for at, shown in zip(rows, aligned(list(rows.values())), strict=True)}
