"""What becomes of the rows of a document's data: which are set aside, and why; whose are nobody's.

A row with a cell that cannot be read is set aside, if some rule reads that field or if it is of a list; and so is every
row of a list whose owner's row was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interpreter.reading.dataset import Place, Rejected, because
from policy import core, walk
from policy.types import Reference
from policy.values import Missing
from tests.reference.schema import Data, Unread

Given = tuple[core.Record, dict[str, Any], Rejected | None]


def accounted(policy: core.Policy, data: Data) -> Iterator[Given]:
    """Every row with what could be read of it, and as what it was set aside, if it was."""
    aside: dict[tuple[str, Any], Rejected] = {}
    read = fields_read(policy)
    for record in policy.records:
        for at, row in enumerate(data.get(record.name, []), 2):
            place = Place(f"{record.name}.csv", row=at)
            if record is policy.main or not any(field.owner for field in record.fields):
                row = {name: Missing(name) if isinstance(value, Unread) and (record.name, name) not in read else value
                       for name, value in row.items()}  # fmt: skip
            rejected = unread(record, row, place)
            if record is not policy.main:
                rejected = rejected or lost(record, row, place, aside)
            if rejected is not None and record.key is not None:
                aside[record.name, row[record.key.name]] = rejected
            values = {name: value for name, value in row.items() if not isinstance(value, Unread)}
            yield record, values, rejected


def fields_read(policy: core.Policy) -> set[tuple[str, str]]:
    """The fields, each with its record, of which a rule or a result says something."""
    found = {(policy.main.name, name) for name in policy.results}
    for record in policy.records:
        found |= {(record.name, f.name) for f in record.fields if f.series or isinstance(f.type.kind, Reference)}
    for node in walk.nodes(walk.of_policy(policy)):
        if isinstance(node, core.Get) and isinstance(node.of.type.kind, Reference):
            found.add((node.of.type.kind.record, node.field))
    return found


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
    owners = [(record.name, field.name, field.type.kind.record) for record in policy.records[1:] for field in record.fields
              if field.owner and isinstance(field.type.kind, Reference)]  # fmt: skip
    rows = taken(policy, data)
    named = [(owner, row[name]) for record, name, owner in owners for row in rows[record]]
    return sorted(key for owner, key in named if isinstance(key, str) and key not in keys.get(owner, set()))
