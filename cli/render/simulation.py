"""A simulation on the terminal: one screen of what changes, and the people."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from cli import terminal
from cli.render.columns import aligned, as_read
from cli.render.simulation_lines import any_open, edit_lines, largest_lines, lines
from cli.render.simulation_tables import (
    Because,
    By,
    change_sheet,
    grade_sheets,
    group_sheets,
    head_sheets,
    moved_sheets,
    sum_sheets,
)
from cli.render.simulation_words import word
from cli.session import Session
from cli.sheets import Sheet
from cli.speech import say
from interpreter.simulating import Simulation
from interpreter.simulating.amounts import money

FEW = 3
"""The largest moves that are shown."""


class Shown(Struct, frozen=True):
    """What else is shown: groups of people, causes, of those who change so many at most, and the edits of a text."""

    by: By | None = None
    because: Because | None = None
    few: int | None = None
    edits: Sequence[tuple[str, str, str]] = ()


PLAIN = Shown()


def show(found: Simulation, session: Session, edit: str, also: Shown = PLAIN) -> None:
    """The whole simulation on the terminal."""
    language, rule = session.language, "-" if session.asked.ascii else "─"
    terminal.line(word("title", language, name=session.policy.name, edit=edit))
    terminal.line(word("untouched", language))
    told = edit_lines(also.edits, language) if also.edits else []
    for line in (*told, *lines(found, language)):
        terminal.line(line)
    for line in largest_lines(found, FEW, language):
        terminal.line(line)
    for sheet, titled in _tables(found, also, language):
        terminal.line()
        if titled:
            terminal.line(sheet.title)
        show_sheet(sheet, rule, numbers=True)
    if found.sums and any_open(found):
        terminal.line(word("decided_only", language))
    if found.changes:
        terminal.line()
        _people(found, also, rule, language)


def _tables(found: Simulation, also: Shown, language: str) -> list[tuple[Sheet, bool]]:
    """The tables of the screen, each with whether its title is needed to know what it is."""
    plain = [*head_sheets(found, language), *moved_sheets(found, language), *sum_sheets(found, language)]
    paid = structs.replace(found, sums={name: found.sums[name] for name in money(found)})
    named = grade_sheets(paid, language)
    groups = group_sheets(found, also.by, language) if also.by is not None else []
    causes = also.because.sheets if also.because is not None else []
    return [
        *((sheet, False) for sheet in (*plain, *causes)),
        *((sheet, True) for sheet in named),
        *((sheet, at > 0) for at, sheet in enumerate(groups)),
    ]


def _people(found: Simulation, also: Shown, rule: str, language: str) -> None:
    if also.because is not None and also.because.note:
        terminal.line(also.because.note)
    changes = change_sheet(found, language, also.because)
    show_sheet(Sheet(changes.title, changes.headers, changes.rows[: also.few]), rule, numbers=False)
    if also.few is not None and len(changes.rows) > also.few:
        terminal.line(say("other_rows", language, count=len(changes.rows) - also.few))


def show_sheet(sheet: Sheet, rule: str, *, numbers: bool) -> None:
    """A table on the terminal."""
    right = [numbers and at > 0 for at in range(len(sheet.headers))]
    for line in aligned(sheet.headers, as_read(sheet), right, rule=rule):
        terminal.line(line)
