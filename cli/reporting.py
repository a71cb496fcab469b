"""What a comparison leaves behind: its file, its page or its object, and the exit code, in one way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cli import session, terminal
from cli.sheets import Sheet
from cli.speech import say

if TYPE_CHECKING:
    from interpreter.exact.decide import Decisions
    from interpreter.reading.account import Account

KINDS = (".xlsx", ".json", ".csv")


class Target(Struct, frozen=True):
    """Where a comparison is written and in which encoding; `path` is None where it is only shown."""

    path: Path | None = None
    encoding: str = ""


def refuse(target: Target, inputs: Sequence[str], opened: session.Session, *, force: bool) -> None:
    """Ends the command where a target cannot be written, before anything is decided."""
    from cli import writing

    if target.path is None:
        return
    if target.path.suffix.lower() not in KINDS:
        session.fault("ZS909", opened.language, opened.asked, file=str(target.path), kinds=KINDS)
    writing.refuse_target(target.path, inputs, opened.language, opened.asked, force=force)


def write(target: Target, told: dict[str, Any], sheets: Sequence[Sheet], opened: session.Session) -> None:
    """The object as JSON, or its tables."""
    if target.path is None:
        return
    from cli import writing
    from cli.render.simulation import json_writer
    from cli.sheets import writer

    kind = target.path.suffix.lower()
    fill = json_writer(told) if kind == ".json" else writer(kind, list(sheets), target.encoding)
    writing.write(target.path, fill, opened.language, opened.asked)


def tell(
    told: dict[str, Any],
    sheets: Sequence[Sheet],
    accounts: Sequence[tuple[str, Account]],
    opened: session.Session,
    target: Target,
    page: Callable[[], None],
) -> None:
    """Writes and shows a comparison; `accounts` are those of the data that it rests on, each under its name, and `page`
    shows it on the terminal."""
    from cli.render import account
    from cli.sheets import is_ascii

    language = opened.language
    write(target, told, sheets, opened)
    if opened.asked.json:
        terminal.as_json(told)
        return
    for name, rows in accounts:
        for line in (*account.headlines(rows, language), *account.problems(rows, language)):
            terminal.line(f"{name}{line}")
    page()
    if target.path is not None:
        terminal.line(say("written", language, file=target.path))
        if target.path.suffix.lower() == ".csv" and not target.encoding and not is_ascii(sheets[0]):
            terminal.line(say("plain_utf8", language))
    for name, rows in accounts:
        for line in account.summaries(rows, language):
            terminal.line(f"{name}{line}")


def leave(accounts: Sequence[Account], *decided: Decisions) -> None:
    """Ends the command: with 3 where rows or cases are open."""
    closed = all(case.outcome == "decided" for each in decided for case in each.cases)
    terminal.leave(terminal.FINE if closed and all(rows.in_order for rows in accounts) else terminal.OPEN)
