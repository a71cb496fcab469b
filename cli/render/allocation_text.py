"""A division on the terminal: what it comes to, its goals, who takes what, where each goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from cli import terminal
from cli.render.allocation import Divided
from cli.render.allocation_words import word
from cli.render.columns import aligned
from cli.render.report import Report
from cli.sheets import Sheet, as_text

MANY = 40
"""Rows of a table that are shown."""


def page(found: Sequence[Divided], report: Report, *, ascii: bool) -> None:  # noqa: A002
    """Everything in the order of the report but what it takes to have it again; where a pair is asked about, that."""
    language = report.language
    asked = [word(code, language) for code in ("summary_part", "conflict_part", "whynot_part")]
    answering = any(each.answer is not None for each in found)
    terminal.line(report.title)
    for part in report.parts:
        if part.title == word("again_part", language) or (answering and not part.title.endswith(tuple(asked))):
            continue
        terminal.line()
        if part.title != word("summary_part", language):
            terminal.line(part.title)
        for line in part.lines:
            terminal.line(line)
        for sheet in part.sheets:
            _table(sheet, language, ascii=ascii)


def _blocks(headers: Sequence[str], rows: Sequence[Sequence[str]], language: str) -> Iterator[str]:
    """A table too wide for the terminal, row by row: each cell that says something behind its header."""
    colon = "：" if language == "zh" else ": "
    for row in rows:
        for at, (header, cell) in enumerate(zip(headers, row, strict=True)):
            if cell:
                yield f"{'· ' if not at else '  '}{header}{colon}{cell}"


def _table(sheet: Sheet, language: str, *, ascii: bool) -> None:  # noqa: A002
    if not sheet.rows:
        return
    rows = [[as_text(cell) for cell in row] for row in sheet.rows[:MANY]]
    right = [all(isinstance(row[at], int) for row in sheet.rows) for at in range(len(sheet.headers))]
    lines = aligned(sheet.headers, rows, right, rule="-" if ascii else "─")
    if max(map(cell_len, lines)) > terminal.console().width:
        lines = list(_blocks(sheet.headers, rows, language))
    for line in lines:
        terminal.line(line)
    if len(sheet.rows) > MANY:
        terminal.line(word("more", language, count=len(sheet.rows) - MANY))
