"""Data files become typed rows: the only way in for data.

In: what the user named (files, folders, `record=file`) and the records of a policy.
Out: a Dataset: for every record a Table of rows (a value for each field, in canonical units and exact), of rows set
aside with their reasons, and notes on what was ignored or read generously. What became of each row: account.
Stops: DataError with a catalogue reason and a place; nothing else is ever raised, whatever the bytes.

Phases: sources (words to bytes), opening (bytes to grids: text_tables, workbook, columnar, trees), assigning (grids to
records; leftover: tables that none took), headers (columns to fields), cells (text to value: numbers, calendar_cells),
rows (lines to rows, keys), belonging (rows of lists to those they belong to; nearest: the key that was meant).
Never here: deciding, rendering, printing, floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct, structs

from interpreter.reading.assigning import assign
from interpreter.reading.belonging import settled
from interpreter.reading.dataset import (
    DataError,
    Dataset,
    Fault,
    Note,
    Place,
    Rejected,
    Row,
    Stamp,
    Table,
    because,
    stop,
)
from interpreter.reading.leftover import Left, left_of, refuse_lack, refuse_no_main, refuse_resembling, unused_sheets
from interpreter.reading.rows import read_table
from interpreter.reading.settled import ALL_USED, NOTHING_SETTLED, Settled, Uses
from interpreter.reading.sources import Input, inputs_of, read_bytes, real, record_named, refuse_change
from policy.core import Record

__all__ = [
    "DataError",
    "Dataset",
    "Fault",
    "Note",
    "Place",
    "Reading",
    "Rejected",
    "Row",
    "Settled",
    "Stamp",
    "Table",
    "Uses",
    "read",
    "refuse_changes",
]


class Reading(Struct, frozen=True):
    """How data is to be read. `none` are the records of which there is said to be no data; `needed` those that the
    policy reads, which must have data unless there is said to be none; `owners` the fields, each with its record, that
    say whose a listed record is. `settled` are the user's answers to what files leave open, `uses` is what the policy
    does with each field."""

    none: tuple[str, ...] = ()
    needed: frozenset[str] = frozenset()
    owners: frozenset[tuple[str, str]] = frozenset()
    settled: Settled = NOTHING_SETTLED
    uses: Uses = ALL_USED


AS_USUAL = Reading()


def read(specs: Sequence[str], records: tuple[Record, ...], main: str, how: Reading = AS_USUAL) -> Dataset:
    """The data that `specs` name, as tables of `records`; data for `main` must be among it."""
    if not records:
        raise stop("ZS616", Place(""), record=main)
    records = tuple(_owned(record, how.owners) for record in records)
    none = _none_of(how.none, records, main)
    inputs, notes = inputs_of(specs, records)
    intake = _Intake(records, main, how, notes)
    for source in inputs:
        if not source.spare:
            intake.take(source)
    _refuse_contradiction(none, intake.tables)
    intake.look_at([source for source in inputs if source.spare])
    left = intake.untaken()
    if main not in intake.tables:
        refuse_no_main(next(record for record in records if record.name == main), left)
    absent = [record for record in records if record.name not in intake.tables and record not in none]
    lacking = [record for record in absent if record.name in how.needed]
    refuse_lack(lacking, left)
    used = {name: table.place for name, table in intake.tables.items()}
    refuse_resembling(left, [record for record in records if record not in none], used)
    notes += unused_sheets(left)
    notes += [Note(because("ZS665", record=record.name), Place("")) for record in absent]
    tables = settled({**intake.tables, **{record.name: Table(record, (), (), 0) for record in none}}, main)
    dataset = Dataset(tables, tuple(notes), tuple(intake.stamps), tuple(record.name for record in none), main)
    refuse_changes(dataset)
    return dataset


class _Intake:
    """The files of one reading, as far as they are read."""

    def __init__(self, records: tuple[Record, ...], main: str, how: Reading, notes: list[Note]) -> None:
        from interpreter.reading.answers import answers_of

        self.records, self.settled, self.notes = records, how.settled, notes
        self.answers = answers_of(how.settled, how.uses, records, main)
        self.tables: dict[str, Table] = {}
        self.stamps: list[Stamp] = []
        self.left: list[Left] = []

    def take(self, source: Input) -> None:
        """A file read, its tables given to their records."""
        from interpreter.reading.opening import opened

        data, stamp = read_bytes(source)
        self.stamps.append(stamp)
        found = assign(source, opened(source, data, self.settled), self.records)
        if source.offered and not found.tables:
            self.look_at([source])
        self.notes += found.notes
        self.left += found.left
        for record, grid in found.tables:
            if record.name in self.tables:
                raise stop("ZS615", grid.place, record=record.name)
            self.tables[record.name], said = read_table(record, grid, self.answers)
            self.notes += said

    def untaken(self) -> list[Left]:
        """The tables that nothing took, by whatever path and word of the command line."""
        taken = {(real(table.place.file), table.place.sheet) for table in self.tables.values()}
        return [each for each in self.left if (real(each.path), each.sheet) not in taken]

    def look_at(self, spare: Sequence[Input]) -> None:
        """Files that lie beside the others looked at: one of them may be what a record lacks, or more of a record."""
        from interpreter.reading.opening import opened

        for source in spare:
            with suppress(DataError):
                content = opened(source, read_bytes(source)[0], self.settled)
                place = Place(str(source.path))
                self.left += [left_of(place, name, content.grid, self.records) for name in content.names]


def _owned(record: Record, owners: frozenset[tuple[str, str]]) -> Record:
    """A record whose fields say so that name its owner."""
    fields = tuple(
        structs.replace(field, owner=True) if (record.name, field.name) in owners else field for field in record.fields
    )
    return structs.replace(record, fields=fields)


def _none_of(names: Sequence[str], records: Sequence[Record], main: str) -> list[Record]:
    """The records of which there is said to be no data."""
    found: list[Record] = []
    for name in names:
        record = record_named(name, records)
        if record is None:
            raise stop("ZS618", Place(f"--none {name}"), name=name, records="、".join(r.name for r in records))
        if record.name == main:
            raise stop("ZS616", Place(f"--none {name}"), record=main)
        if record not in found:
            found.append(record)
    return found


def _refuse_contradiction(none: Sequence[Record], tables: dict[str, Table]) -> None:
    for record in none:
        if record.name in tables:
            raise stop("ZS647", tables[record.name].place, record=record.name)


def refuse_changes(dataset: Dataset) -> None:
    """DataError if one of the files has changed since it was read; to be asked again before anything is written."""
    for stamp in dataset.files:
        refuse_change(stamp)
