"""Values that differ only as slips do: `西湖 支行` and `西湖支行`, ＡＢＣ and abc, a full stop at the end.

Looked for in texts that put people into groups, and in texts of few values that come again and again, as choices do.
They are said, never made one: whether two spellings are one branch is not for a program to decide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from interpreter.reading.dataset import Grid, Note, Row, Table, because, shown
from interpreter.reading.settled import Uses
from policy.types import Text

_FEW = 200
"""Different values up to which a column of texts may hold choices."""
_MOST_SAID = 5
_ROWS_SHOWN = 5


def alike(table: Table, grid: Grid, titles: Mapping[str, str], uses: Uses) -> list[Note]:
    """Notes on the spellings in a table that are nearly the same."""
    record = table.record
    notes = []
    for field in record.fields:
        if not isinstance(field.type.kind, Text) or field.key or field.name not in titles:
            continue
        rows = _rows_by_value(table.rows, field.name)
        if (record.name, field.name) not in uses.grouping and not _is_choice_like(rows):
            continue
        for spellings in list(_nearly_same(rows))[:_MOST_SAID]:
            told = "、".join(f"`{shown(text)}` ({_numbers(rows[text])})" for text in spellings[:4])
            reason = because("ZS671", column=titles[field.name], spellings=told)
            notes.append(Note(reason, grid.at(0, titles[field.name])))
    return notes


def _rows_by_value(rows: tuple[Row, ...], name: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        value = row.values[name]
        if isinstance(value, str):
            found.setdefault(value, []).append(row.place.row)
    return found


def _is_choice_like(rows: dict[str, list[int]]) -> bool:
    """Few values, each of which stands on two rows on average."""
    return 1 < len(rows) <= _FEW and 2 * len(rows) <= sum(map(len, rows.values()))


def _nearly_same(rows: dict[str, list[int]]) -> Iterator[list[str]]:
    by_form: dict[str, list[str]] = {}
    for value in rows:
        by_form.setdefault(bare(value), []).append(value)
    for form, spellings in by_form.items():
        if form and len(spellings) > 1:
            yield sorted(spellings)


def bare(text: str) -> str:
    """A text without what is easily mistyped: width, case, blanks, invisible characters, signs at either end."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = [c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Mn")]
    while seen and unicodedata.category(seen[-1])[0] == "P":
        seen.pop()
    while seen and unicodedata.category(seen[0])[0] == "P":
        seen.pop(0)
    return "".join(seen)


def _numbers(rows: list[int]) -> str:
    return "、".join(map(str, rows[:_ROWS_SHOWN])) + (f" … {len(rows)}" if len(rows) > _ROWS_SHOWN else "")
