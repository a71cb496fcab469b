"""Parquet files: columns of stored types become lines of cells, decimals, integers and texts to the last digit.

A float is read as the shortest decimal that stands for it. Columns whose cells hold several values are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from interpreter.reading.dataset import Cell, Grid, Line, Place, Typed, shielded, stop

_EMPTY = Typed("empty", "")
_MOST_CELLS = 500_000_000
_BATCH = 16_384
_THRIFT_LIMIT = 64 << 20


def read_parquet(data: bytes, place: Place) -> Grid:
    """The one table of a Parquet file."""
    try:
        pyarrow = import_module("pyarrow")
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise stop("ZS627", place) from error
    with shielded("ZS628", place):
        file = parquet.ParquetFile(
            pyarrow.BufferReader(data),
            thrift_string_size_limit=_THRIFT_LIMIT,
            thrift_container_size_limit=_THRIFT_LIMIT >> 4,
        )
        schema = file.schema_arrow
        size = file.metadata.num_rows * max(len(schema), 1)
    if size > _MOST_CELLS:
        raise stop("ZS638", place, size=f"{size >> 20:,}", limit=f"{_MOST_CELLS >> 20:,}")
    if not len(schema):
        raise stop("ZS605", place)
    with shielded("ZS628", place):
        readers = [_reader(pyarrow, field, place) for field in schema]
    lines = _lines(file, readers, place)
    return Grid(place, tuple(schema.names), lines, [], sheet_like=False, typed=True)


def _lines(file: Any, readers: list[Callable[[Any], list[Cell]]], place: Place) -> Iterator[Line]:
    number = 0
    with shielded("ZS628", place):
        for batch in file.iter_batches(batch_size=_BATCH):
            columns = [read(batch.column(at)) for at, read in enumerate(readers)]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, list(cells)


def _reader(pyarrow: Any, field: Any, place: Place) -> Callable[[Any], list[Cell]]:
    """How a column of the field's type is read."""
    kinds, kind = pyarrow.types, field.type
    if kinds.is_dictionary(kind):
        kind = kind.value_type
    if kinds.is_nested(kind):
        raise stop("ZS629", Place(place.file, "", 0, str(field.name)), column=field.name, kind=str(kind)[:60])
    if kinds.is_boolean(kind):
        return _each(lambda value: Typed("yesno", "true" if value else "false"))
    if kinds.is_integer(kind):
        return _each(lambda value: Typed("number", str(value)))
    if kinds.is_decimal(kind):
        return _each(lambda value: Typed("number", f"{value:f}"))
    if kinds.is_floating(kind):
        return _floats(pyarrow)
    if kinds.is_date(kind):
        return _each(lambda value: Typed("date", value.isoformat()))
    if kinds.is_timestamp(kind):
        return _moments(pyarrow)
    if kinds.is_string(kind) or kinds.is_large_string(kind) or kind == pyarrow.string_view():
        return _each(lambda value: value if value else _EMPTY)
    if kinds.is_null(kind):
        return _each(lambda value: None)
    return _each(lambda value: Typed("nested", str(value)[:60]))


def _each(text_of: Callable[[Any], Cell]) -> Callable[[Any], list[Cell]]:
    def read(column: Any) -> list[Cell]:
        return [None if value is None else text_of(value) for value in column.to_pylist()]

    return read


def _floats(pyarrow: Any) -> Callable[[Any], list[Cell]]:
    """Arrow writes the shortest text that stands for a float of its width (59.9 also where 4 bytes keep it)."""

    def text_of(text: str) -> Cell:
        if text in ("nan", "inf", "-inf"):
            return text
        whole = text.removesuffix(".0")
        if "e" not in whole:
            return Typed("number", whole)
        plain = f"{_decimal(whole):f}"
        return Typed("long" if "." not in plain and len(plain.lstrip("-")) > 15 else "number", plain)

    def read(column: Any) -> list[Cell]:
        plain = column.cast(pyarrow.float32()) if str(column.type) == "halffloat" else column
        return [None if text is None else text_of(text) for text in plain.cast(pyarrow.string()).to_pylist()]

    return read


def _decimal(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)


def _moments(pyarrow: Any) -> Callable[[Any], list[Cell]]:
    """A time stamp as the day and time it shows in its own zone."""

    def read(column: Any) -> list[Cell]:
        texts = pyarrow.compute.strftime(column, format="%Y-%m-%d %H:%M:%S").to_pylist()
        return [None if text is None else Typed("date", text[:19].removesuffix(" 00:00:00")) for text in texts]

    return read
