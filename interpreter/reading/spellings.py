"""Values that differ only as slips do: `西湖 支行` and `西湖支行`, ＡＢＣ and abc, a full stop at the end.

Looked for in texts that put people into groups, and in texts of few values that come again and again, as choices do.
They are said, never made one: whether two spellings are one branch is not for a program to decide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

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
        values = {value for row in table.rows if isinstance(value := row.values[field.name], str)}
        if (record.name, field.name) not in uses.grouping and not _is_choice_like(values, len(table.rows)):
            continue
        for spellings in _nearly_same(values)[:_MOST_SAID]:
            told = "、".join(f"`{shown(text)}` ({_numbers(table.rows, field.name, text)})" for text in spellings[:4])
            reason = because("ZS671", column=titles[field.name], spellings=told)
            notes.append(Note(reason, grid.at(0, titles[field.name])))
    return notes


def _is_choice_like(values: set[str], rows: int) -> bool:
    """Few values, each of which stands on two rows on average."""
    return 1 < len(values) <= _FEW and 2 * len(values) <= rows


def _nearly_same(values: set[str]) -> list[list[str]]:
    by_form: dict[str, list[str]] = {}
    for value in values:
        by_form.setdefault(bare(value), []).append(value)
    return sorted(sorted(spellings) for form, spellings in by_form.items() if form and len(spellings) > 1)


def _numbers(rows: Sequence[Row], name: str, text: str) -> str:
    """The rows on which a text stands."""
    found = [row.place.row for row in rows if row.values[name] == text]
    return "、".join(map(str, found[:_ROWS_SHOWN])) + (f" … {len(found)}" if len(found) > _ROWS_SHOWN else "")


def bare(text: str) -> str:
    """A text without what is easily mistyped: width, case, blanks, invisible characters, signs at either end."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = [c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Mn")]
    while seen and unicodedata.category(seen[-1])[0] == "P":
        seen.pop()
    while seen and unicodedata.category(seen[0])[0] == "P":
        seen.pop(0)
    return "".join(seen)
