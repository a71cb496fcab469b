"""The rows of lists held against their owners: where the owner is set aside, so are they; an unknown one is said.

Only lists are judged here. The people decided about are whoever the main data says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import structs

from interpreter.reading.dataset import Fault, Place, Rejected, Row, Stray, Table, because
from interpreter.reading.nearest import Keys
from policy.core import Field, Record
from policy.types import Reference


def settled(tables: dict[str, Table], main: str) -> dict[str, Table]:
    """The tables with every row of a list in its place."""
    found = dict(tables)
    moving = True
    while moving:
        moving = False
        for name in found:
            table = found[name] if name == main else _after_owners(found[name], found)
            moving = moving or table is not found[name]
            found[name] = table
    known = {name: _Known(table) for name, table in found.items()}
    found = {name: table if name == main else _sorted_out(table, known) for name, table in found.items()}
    moving = True
    while moving:
        moving = False
        for name in found:
            table = found[name] if name == main else _after_strays(found[name], found)
            moving = moving or table is not found[name]
            found[name] = table
    return found


def owners(record: Record) -> Iterator[tuple[Field, str]]:
    """The fields of a record that say whose it is, with the name of the owner's record."""
    for field in record.fields:
        if field.owner and isinstance(field.type.kind, Reference):
            yield field, field.type.kind.record


# -- owners set aside -----------------------------------------------------------------------------------------------


def _after_owners(table: Table, tables: dict[str, Table]) -> Table:
    """A table whose rows are set aside with their owners; the same one where there are none."""
    moved: dict[int, Rejected] = {}
    for field, owner in owners(table.record):
        if owner == table.record.name or owner not in tables:
            continue
        aside = {rejected.key: rejected for rejected in tables[owner].rejected if rejected.key}
        for at, row in enumerate(table.rows) if aside else ():
            there = aside.get(row.values[field.name]) if isinstance(row.values[field.name], str) else None
            if there is not None and at not in moved:
                moved[at] = _with_owner(table, row, field, there)
    if not moved:
        return table
    rows = tuple(row for at, row in enumerate(table.rows) if at not in moved)
    rejected = sorted((*table.rejected, *moved.values()), key=lambda each: each.place.row)
    return structs.replace(table, rows=rows, rejected=tuple(rejected))


def _with_owner(table: Table, row: Row, field: Field, owner: Rejected) -> Rejected:
    key = row.values[field.name]
    reason = because("ZS736", owner=field.type.kind.record, key=key, where=owner.place.short, row=owner.place.row)  # type: ignore[union-attr]
    place = structs.replace(row.place, column=field.header)
    return Rejected(place, field.header, key, _key_of(table.record, row), reason, values=row.values)


def _key_of(record: Record, row: Row) -> str:
    value = row.values.get(record.key.name) if record.key else ""
    return value if isinstance(value, str) else ""


# -- owners unknown -------------------------------------------------------------------------------------------------


class _Known:
    """The keys of a record: of rows that were taken, and of rows set aside."""

    def __init__(self, table: Table) -> None:
        self.record, self._table = table.record.name, table

    @cached_property
    def keys(self) -> frozenset[str]:
        rows = (_key_of(self._table.record, row) for row in self._table.rows)
        return frozenset(rows) | {rejected.key for rejected in self._table.rejected} - {""}

    @cached_property
    def _like(self) -> Keys:
        return Keys(self.keys)

    def like(self, key: str) -> tuple[str, ...]:
        return self._like.like(key)


def _sorted_out(table: Table, known: dict[str, _Known]) -> Table:
    """A table with the rows that belong to nobody told apart."""
    judges = [(field, known[owner]) for field, owner in owners(table.record) if owner in known]
    if not judges:
        return table
    strays = {at: stray for at, row in enumerate(table.rows) if (stray := _stray(row, judges)) is not None}
    rejected = tuple(_whose(each, judges) for each in table.rejected)
    rows = tuple(row for at, row in enumerate(table.rows) if at not in strays) if strays else table.rows
    return structs.replace(table, rows=rows, strays=tuple(strays.values()), rejected=rejected)


def _stray(row: Row, judges: list[tuple[Field, _Known]]) -> Stray | None:
    for field, there in judges:
        key = row.values[field.name]
        if isinstance(key, str) and key not in there.keys:
            return Stray(row, field.header, key, there.record, there.like(key))
    return None


def _after_strays(table: Table, tables: dict[str, Table]) -> Table:
    """A table of which the rows of those who belong to nobody do neither; the same one where there are none."""
    lost: dict[int, Stray] = {}
    for field, owner in owners(table.record):
        if owner not in tables:
            continue
        there = {_key_of(tables[owner].record, each.row): each for each in tables[owner].strays}
        for at, row in enumerate(table.rows) if there else ():
            key = row.values[field.name]
            if isinstance(key, str) and key in there:
                lost.setdefault(at, Stray(row, field.header, key, owner, (), there[key].row.place))
    if not lost:
        return table
    rows = tuple(row for at, row in enumerate(table.rows) if at not in lost)
    strays = sorted((*table.strays, *lost.values()), key=lambda each: each.row.place.row)
    return structs.replace(table, rows=rows, strays=tuple(strays))


def _whose(rejected: Rejected, judges: list[tuple[Field, _Known]]) -> Rejected:
    """A row set aside: one of which little could be read is somebody's only if it names somebody; else that is said."""
    found, faults = dict(rejected.values), []
    for field, there in judges:
        key = found.get(field.name)
        if not isinstance(key, str) or key in there.keys:
            continue
        if rejected.reason.code in ("ZS705", "ZS706", "ZS729", "ZS739"):
            del found[field.name]
        else:
            why = because("ZS735", owner=there.record, key=key, near="、".join(there.like(key)))
            faults.append(Fault(field.header, key, why))
    if not faults and len(found) == len(rejected.values):
        return rejected
    return structs.replace(rejected, values=found, more=(*rejected.more, *faults))


def unowned(table: Table) -> list[Place]:
    """Where the rows stand that were set aside and do not say whose they are."""
    fields = [field.name for field, _ in owners(table.record)]
    return [
        rejected.place
        for rejected in table.rejected
        if not rejected.totals and not all(isinstance(rejected.values.get(name), str) for name in fields)
    ]
