"""What becomes of the rows of a document's data: which are set aside, and why; whose are nobody's.

A row with a cell that cannot be read is set aside, and so is every row of a list whose owner's row was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interpreter.reading.dataset import Place, Rejected, because
from policy import core
from policy.types import Reference
from tests.reference.schema import Data, Unread

Given = tuple[core.Record, dict[str, Any], Rejected | None]


def accounted(policy: core.Policy, data: Data) -> Iterator[Given]:
    """Every row with what could be read of it, and as what it was set aside, if it was."""
    aside: dict[tuple[str, Any], Rejected] = {}
    for record in policy.records:
        for at, row in enumerate(data.get(record.name, []), 2):
            place = Place(f"{record.name}.csv", row=at)
            rejected = unread(record, row, place) or lost(record, row, place, aside)
            if rejected is not None and record.key is not None:
                aside[record.name, row[record.key.name]] = rejected
            values = {name: value for name, value in row.items() if not isinstance(value, Unread)}
            yield record, values, rejected


def unread(record: core.Record, row: dict[str, Any], place: Place) -> Rejected | None:
    """A row of which a cell says nothing that its field could hold."""
    fields = [field for field in record.fields if isinstance(row[field.name], Unread)]
    if not fields:
        return None
    raw = row[fields[0].name].raw
    return rejected_at(record, row, place, fields[0], raw, because("ZS711", raw=raw))


def lost(
    record: core.Record, row: dict[str, Any], place: Place, aside: dict[tuple[str, Any], Rejected]
) -> Rejected | None:
    """A row whose owner's row was set aside."""
    for field in record.fields:
        kind = field.type.kind
        if field.owner and isinstance(kind, Reference):
            there = aside.get((kind.record, row[field.name]))
            if there is not None:
                why = because("ZS736", owner=kind.record, key=there.key, where=there.place.short, row=there.place.row)
                return rejected_at(record, row, place, field, there.key, why)
    return None


def rejected_at(
    record: core.Record, row: dict[str, Any], place: Place, field: core.Field, raw: str, why: Any
) -> Rejected:
    key = row[record.key.name] if record.key is not None else ""
    there = Place(place.file, place.sheet, place.row, field.header)
    values = {name: value for name, value in row.items() if not isinstance(value, Unread)}
    return Rejected(there, field.header, raw, key, why, values=values)


def taken(policy: core.Policy, data: Data) -> Data:
    """The rows that were not set aside."""
    found: Data = {record.name: [] for record in policy.records}
    for record, values, rejected in accounted(policy, data):
        if rejected is None:
            found[record.name].append(values)
    return found


def strangers(policy: core.Policy, data: Data) -> list[str]:
    """Whom rows that were taken name as their owner though there is no such row."""
    keys = {record.name: {row[record.key.name] for row in data.get(record.name, [])}
            for record in policy.records if record.key is not None}  # fmt: skip
    owners = [(record.name, field.name, field.type.kind.record) for record in policy.records for field in record.fields
              if field.owner and isinstance(field.type.kind, Reference)]  # fmt: skip
    rows = taken(policy, data)
    named = [(owner, row[name]) for record, name, owner in owners for row in rows[record]]
    return sorted(key for owner, key in named if isinstance(key, str) and key not in keys.get(owner, set()))
