"""A file's bytes become its tables, by format; the libraries of a format are loaded only when one is met.

An Opened file knows the names of its tables before any of them is read, so that a workbook's sheets can be chosen by
name and the others left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from interpreter.reading.dataset import Grid, Note, Place, stop
from interpreter.reading.settled import Settled
from interpreter.reading.sources import TEXT_TABLES, WORKBOOKS, Input


class Opened(Struct, frozen=True):
    """The tables of a file: `names` ("" where they have none), and `grid` to begin reading one, None if it is empty.

    `strict`: the names are written for the policy, so that one of no record is a slip.
    """

    names: tuple[str, ...]
    grid: Callable[[str], Grid | None]
    notes: tuple[Note, ...] = ()
    strict: bool = False


def opened(source: Input, data: bytes, settled: Settled) -> Opened:
    """The tables in a file's bytes."""
    place = Place(str(source.path))
    _refuse_disguise(source, data, place)
    if source.extension in TEXT_TABLES:
        from interpreter.reading.text_tables import read_text_table

        return _single(read_text_table(data, place, settled.encoding))
    if source.extension in WORKBOOKS:
        from interpreter.reading.workbook import open_workbook

        return open_workbook(data, place, fill=bool(settled.fill_down))
    if source.extension == ".parquet":
        from interpreter.reading.columnar import read_parquet

        return _single(read_parquet(data, place))
    from interpreter.reading.trees import open_tree

    return open_tree(data, place, yaml=source.extension != ".json", encoding=settled.encoding)


def _single(grid: Grid) -> Opened:
    return Opened(("",), lambda _: grid)


_DISGUISES = (
    (b"PK\x03\x04", "Excel (.xlsx)", WORKBOOKS),
    (b"PAR1", "Parquet (.parquet)", (".parquet",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97-2003 (.xls)", WORKBOOKS),
    (b"%PDF", "PDF", ()),
)


def _refuse_disguise(source: Input, data: bytes, place: Place) -> None:
    """A file whose first bytes say that it is of another kind than its name."""
    for mark, kind, extensions in _DISGUISES:
        if data.startswith(mark) and source.extension not in extensions:
            raise stop("ZS604", place, kind=kind, extension=source.extension)
