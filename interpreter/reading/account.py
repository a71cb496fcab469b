"""The account: what became of every row of every table that was read.

In: a Dataset. Out: for each table how many rows were read, taken, set aside, repeated or nobody's, which add up, and
the rows that were not taken, with place, key and reason. Screen, files and JSON show this and count nothing themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from interpreter.reading.belonging import unowned
from interpreter.reading.dataset import Dataset, Fault, Place, Table
from policy.core import Record

Kind: TypeAlias = Literal["set_aside", "nobody", "repeated"]


class Left(Struct, frozen=True):
    """A row that was not taken. `faults` are the columns with what is wrong there, none of a row that is repeated;
    `near` are the keys that the owner of a row of nobody may have been meant to be."""

    kind: Kind
    place: Place
    key: str
    faults: tuple[Fault, ...] = ()
    near: tuple[str, ...] = ()


class Accounted(Struct, frozen=True):
    """One table: `read` = `taken` + the rows of `left`. `unowned` are the places of rows set aside that do not say
    whose they are, so that they may bear on anybody."""

    record: Record
    place: Place
    read: int
    taken: int
    left: tuple[Left, ...]
    unowned: tuple[Place, ...]
    declared_none: bool = False

    def of(self, kind: Kind) -> tuple[Left, ...]:
        """The rows of one kind, in the order of the file."""
        return tuple(left for left in self.left if left.kind == kind)

    @property
    def in_order(self) -> bool:
        """Whether no row waits for a person."""
        return all(left.kind == "repeated" for left in self.left)


class Account(Struct, frozen=True):
    """All tables, those with rows that wait for a person first."""

    tables: tuple[Accounted, ...]

    @property
    def in_order(self) -> bool:
        return all(table.in_order for table in self.tables)

    def table(self, record: str) -> Accounted:
        """The table of a record."""
        return next(table for table in self.tables if table.record.name == record)


def account_of(dataset: Dataset) -> Account:
    """The account of all that was read."""
    tables = [_accounted(table, dataset) for table in dataset.tables.values()]
    return Account(tuple(sorted(tables, key=lambda table: table.in_order)))


def _accounted(table: Table, dataset: Dataset) -> Accounted:
    name = table.record.name
    left = tuple(sorted(_left(table), key=lambda each: each.place.row))
    lost = tuple(unowned(table)) if name != dataset.main else ()
    return Accounted(table.record, table.place, table.read, len(table.rows), left, lost, name in dataset.none)


def _left(table: Table) -> Iterator[Left]:
    for rejected in table.rejected:
        first = Fault(rejected.column, rejected.raw, rejected.reason)
        yield Left("set_aside", rejected.place, rejected.key, (first, *rejected.more))
    for stray in table.strays:
        yield Left("nobody", stray.row.place, stray.raw, (Fault(stray.column, stray.raw, stray.reason),), stray.near)
    for repeat in table.repeats:
        yield Left("repeated", repeat.place, repeat.key)
