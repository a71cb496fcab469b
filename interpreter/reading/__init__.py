"""Data files become typed rows: the only way in for data.

In: what the user named (files, folders, `record=file`) and the records of a policy.
Out: a Dataset: for every record a Table of rows (a value for each field, in canonical units and exact), of rows set
aside with their reasons, and notes on what was ignored or read generously. Rows in = rows + set aside + exact repeats.
Stops: DataError with a catalogue reason and a place; nothing else is ever raised, whatever the bytes.

Phases: sources (words to bytes), opening (bytes to grids: text_tables, workbook, columnar, trees), assigning (grids to
records), headers (columns to fields), cells (text to value: numbers, calendar_cells), rows (lines to rows, keys).
Never here: deciding, rendering, printing, floats.
"""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.reading.assigning import assign
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
from interpreter.reading.rows import read_table
from interpreter.reading.settled import ALL_USED, NOTHING_SETTLED, Settled, Uses
from interpreter.reading.sources import inputs_of, read_bytes, refuse_change
from policy.core import Record

__all__ = [
    "DataError",
    "Dataset",
    "Fault",
    "Note",
    "Place",
    "Rejected",
    "Row",
    "Settled",
    "Stamp",
    "Table",
    "Uses",
    "read",
    "refuse_changes",
]


def read(
    specs: Sequence[str],
    records: tuple[Record, ...],
    main: str,
    settled: Settled = NOTHING_SETTLED,
    uses: Uses = ALL_USED,
) -> Dataset:
    """The data that `specs` name, as tables of `records`; data for `main` must be among it.

    `settled` are the user's answers to what files leave open; `uses` says what the policy does with which field.
    """
    from interpreter.reading.answers import answers_of
    from interpreter.reading.opening import opened

    if not records:
        raise stop("ZS616", Place(""), record=main)
    answers = answers_of(settled, uses, records)
    inputs, notes = inputs_of(specs, records)
    stamps: list[Stamp] = []
    tables: dict[str, Table] = {}
    for source in inputs:
        data, stamp = read_bytes(source)
        stamps.append(stamp)
        content = opened(source, data, settled)
        for record, grid in assign(source, content, records, notes):
            if record.name in tables:
                raise stop("ZS615", grid.place, record=record.name)
            tables[record.name], said = read_table(record, grid, answers)
            notes += said
    if main not in tables:
        raise stop("ZS616", Place(""), record=main)
    for record in records:
        if record.name not in tables:
            notes.append(Note(because("ZS665", record=record.name), Place("")))
    dataset = Dataset(tables, tuple(notes), tuple(stamps))
    refuse_changes(dataset)
    return dataset


def refuse_changes(dataset: Dataset) -> None:
    """DataError if one of the files has changed since it was read; to be asked again before anything is written."""
    for stamp in dataset.files:
        refuse_change(stamp)
