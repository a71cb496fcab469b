"""The account of the data shown: a line a table, the rows that wait for a person, and whose rows are unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cli.sheets import Sheet
from cli.speech import say
from interpreter.reading import Fault, Place
from interpreter.reading.account import Account, Accounted, Left
from policy import catalogue
from policy.diagnostic import Reason
from policy.units import Exact

SHOWN = 10
"""Rows named of each kind and table; the others are in the files and in JSON."""


def where_of(place: Place) -> str:
    """File and sheet as they were given."""
    return " ".join(part for part in (place.file, place.sheet) if part)


def _said(reason: Reason, language: str) -> str:
    return catalogue.message(reason.code, dict(reason.arguments), language)


# -- lines ----------------------------------------------------------------------------------------------------------


def headlines(account: Account, language: str) -> list[str]:
    """What comes before everything else: rows set aside that do not say whose they are."""
    lines = []
    for table in account.tables:
        if table.unowned:
            rows = [say("row_at", language, where=place.short, row=place.row) for place in table.unowned[:SHOWN]]
            listed = ("、" if language == "zh" else ", ").join(rows) + ("……" if len(table.unowned) > SHOWN else "")
            lines.append(say("unowned", language, record=table.record.name, count=len(table.unowned), rows=listed))
    return lines


def problems(account: Account, language: str) -> Iterator[str]:
    """The rows that wait for a person, by table and kind."""
    for table in account.tables:
        for kind, word in (("set_aside", "aside"), ("nobody", "nobody")):
            left = [each for each in table.left if each.kind == kind]
            if left:
                yield f"{table.record.name}  " + say(word, language, count=len(left))
                yield from (f"  {left_line(each, language)}" for each in left[:SHOWN])
            if len(left) > SHOWN:
                yield "  " + say("other_rows", language, count=len(left) - SHOWN)


def left_line(left: Left, language: str) -> str:
    """One row that was not taken: where, and all that is wrong there."""
    place = left.place
    row = say("row", language, row=place.row) if place.row else ""
    where = " ".join(part for part in (where_of(place), row) if part)
    return f"{where} " + ("；" if language == "zh" else "; ").join(_trouble(fault, language) for fault in left.faults)


def _trouble(fault: Fault, language: str) -> str:
    """One thing wrong in a row: column and what stands there, as far as there are such, and why."""
    column = say("column", language, column=fault.column) if fault.column else ""
    raw = (f"“{fault.raw}”" if language == "zh" else f"`{fault.raw}`") if fault.raw else ""
    found = "=".join(part for part in (column, raw) if part)
    return " ".join(part for part in (found, _said(fault.reason, language)) if part)


def summaries(account: Account, language: str, *, but: str = "") -> list[str]:
    """A line a table: rows read = taken + set aside + nobody's + repeated."""
    return [_summary(table, language) for table in account.tables if table.record.name != but]


def _summary(table: Accounted, language: str) -> str:
    if table.declared_none:
        return say("account_none", language, record=table.record.name)
    return say("account", language, record=table.record.name, where=table.place.short, **counts(table))


def counts(table: Accounted) -> dict[str, int]:
    """What became of the rows of one table."""
    return {
        "read": table.read,
        "taken": table.taken,
        "aside": len(table.of("set_aside")),
        "nobody": len(table.of("nobody")),
        "repeated": len(table.of("repeated")),
    }


# -- tables ---------------------------------------------------------------------------------------------------------


def account_sheet(account: Account, language: str) -> Sheet:
    """The counts of every table."""
    words = ("record", "file", "sheet", "rows_read", "rows_taken", "rows_aside", "rows_nobody", "rows_repeated")
    rows: list[list[str | Exact | None]] = [
        [table.record.name, table.place.file, table.place.sheet, *counts(table).values()] for table in account.tables
    ]
    return Sheet(say("account_title", language), [say(word, language) for word in words], rows)


def rejected_sheet(account: Account, language: str) -> Sheet:
    """The rows set aside and those of nobody: kind, file, sheet, row, key, column, value, reason."""
    words = ("kind", "file", "sheet", "line", "key", "field", "value", "reason")
    rows: list[list[str | Exact | None]] = [
        [
            say(f"rows_{'aside' if left.kind == 'set_aside' else 'nobody'}", language),
            left.place.file,
            left.place.sheet,
            left.place.row,
            left.key,
            fault.column,
            fault.raw,
            _said(fault.reason, language),
        ]
        for table in account.tables
        for left in table.left
        for fault in left.faults
    ]
    return Sheet(say("rejected_title", language), [say(word, language) for word in words], rows)


# -- JSON -----------------------------------------------------------------------------------------------------------


def as_object(account: Account) -> list[dict[str, Any]]:
    """The account for machines: the counts of each table, and the numbers of the rows that were not taken."""
    return [
        {
            "record": table.record.name,
            "file": table.place.file,
            "sheet": table.place.sheet,
            "none": table.declared_none,
            "read": table.read,
            "taken": table.taken,
            **{kind: [left.place.row for left in table.of(kind)] for kind in ("set_aside", "nobody", "repeated")},
            "owner_unread": [place.row for place in table.unowned],
        }
        for table in account.tables
    ]


def rejected_objects(account: Account, language: str) -> list[dict[str, Any]]:
    """The rows set aside and those of nobody, an entry for each thing wrong with them."""
    return [
        {
            "kind": left.kind,
            "record": table.record.name,
            "file": left.place.file,
            "sheet": left.place.sheet,
            "row": left.place.row,
            "key": left.key,
            "column": fault.column,
            "value": fault.raw,
            "code": fault.reason.code,
            "reason": _said(fault.reason, language),
            "near": list(left.near),
        }
        for table in account.tables
        for left in table.left
        for fault in left.faults
    ]
