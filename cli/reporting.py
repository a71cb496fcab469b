"""What a comparison leaves behind: its file, its page or its object, and the exit code, in one way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cli import session, terminal, writing
from cli.sheets import is_ascii, writer
from cli.speech import say

if TYPE_CHECKING:
    from cli.render.report import Report
    from interpreter.exact.decide import Decisions
    from interpreter.reading.account import Account

KINDS = (".xlsx", ".html", ".docx", ".json", ".csv")


class Target(Struct, frozen=True):
    """Where a comparison is written and in which encoding; `path` is None where it is only shown."""

    path: Path | None = None
    encoding: str = ""


def refuse(target: Target, inputs: Sequence[str], opened: session.Session, *, force: bool) -> None:
    """Ends the command where a target cannot be written, before anything is decided."""
    if target.path is None:
        return
    if target.path.suffix.lower() not in KINDS:
        session.fault("ZS909", opened.language, opened.asked, file=str(target.path), kinds=KINDS)
    if target.path.suffix.lower() == ".docx" and find_spec("docx") is None:
        session.fault("ZS915", opened.language, opened.asked, package="zhunsheng[word]")
    writing.refuse_target(target.path, inputs, opened.language, opened.asked, force=force)


def write(target: Target, told: dict[str, Any], report: Report, opened: session.Session) -> None:
    """The object as JSON, or the report as a page, a workbook, a paper, or its main table alone."""
    if target.path is None:
        return
    writing.write(target.path, _writer(target, told, report), opened.language, opened.asked)


def _writer(target: Target, told: dict[str, Any], report: Report) -> writing.Fill:
    assert target.path is not None
    match target.path.suffix.lower():
        case ".json":
            from cli.render.simulation_json import json_writer

            return json_writer(told)
        case ".html":
            from cli.render.report_html import render

            return lambda path: writing.plain(path, render(report))
        case ".docx":
            from cli.render import report_word

            return report_word.writer(report)
        case ".xlsx":
            from cli.render import report_excel

            return report_excel.writer(report)
        case kind:
            return writer(kind, report.sheets, target.encoding)


class Told(Struct, frozen=True, eq=False):
    """A comparison as it is told: to programs, in files, and on the terminal."""

    machine: dict[str, Any]
    report: Report
    page: Callable[[], None]


def tell(told: Told, accounts: Sequence[tuple[str, Account]], opened: session.Session, target: Target) -> None:
    """Writes and shows a comparison; `accounts` are those of the data that it rests on, each under its name."""
    from cli.render import account

    language = opened.language
    write(target, told.machine, told.report, opened)
    if opened.asked.json:
        terminal.as_json(told.machine)
        return
    for name, rows in accounts:
        for line in (*account.headlines(rows, language), *account.problems(rows, language)):
            terminal.line(f"{name}{line}")
    told.page()
    if target.path is not None:
        terminal.line(say("written", language, file=target.path))
        if target.path.suffix.lower() == ".csv" and not target.encoding and not is_ascii(told.report.main):
            terminal.line(say("plain_utf8", language))
    for name, rows in accounts:
        for line in account.summaries(rows, language):
            terminal.line(f"{name}{line}")


def leave(accounts: Sequence[Account], *decided: Decisions) -> None:
    """Ends the command: with 3 where rows or cases are open."""
    closed = all(case.outcome == "decided" for each in decided for case in each.cases)
    terminal.leave(terminal.FINE if closed and all(rows.in_order for rows in accounts) else terminal.OPEN)
