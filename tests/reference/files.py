"""A document's data as the files of an office, read like any others."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from interpreter.reading import Reading, read
from interpreter.reading.dataset import Dataset
from interpreter.reading.needed import uses_of
from policy import core
from policy.numerals import in_unit
from policy.reads import owner_fields
from policy.types import Number
from policy.values import Missing, Period
from tests.reference.documents import Document
from tests.reference.schema import Unread


def dataset(policy: core.Policy, given: Document, folder: Path) -> Dataset:
    """The data written as files and read again."""
    how = Reading(owners=owner_fields(policy), uses=uses_of(policy))
    return read(written(policy, given, folder), policy.records, policy.main.name, how)


def written(policy: core.Policy, given: Document, folder: Path) -> list[str]:
    """A file for each record, as the command takes them."""
    return [f"{record.name}={table(record, given, folder / f'{at}.csv')}" for at, record in enumerate(policy.records)]


def table(record: core.Record, given: Document, path: Path) -> Path:
    """A record's rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([field.header for field in record.fields])
        write.writerows([cell(row[field.name], field) for field in record.fields] for row in given.data[record.name])
    return path


def cell(value: Any, field: core.Field) -> str:
    match value:
        case Unread(raw):
            return raw
        case Missing(_, code):
            return str(code)
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Period(year, part, grain):
            return f"{year}" if grain == "year" else f"{year}Q{part}" if grain == "quarter" else f"{year}-{part:02}"
        case str():
            return value
    kind = field.type.kind
    return in_unit(value, kind.unit if isinstance(kind, Number) else None)
