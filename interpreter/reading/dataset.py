"""What reading yields: typed rows with the place they came from, rows set aside, and things said of the files.

Also what the readers of the single formats hand to the reader of rows: a Grid of cells that are text, or Typed where
the file knows more of a cell than its text. Reading speaks in catalogue reasons only; nobody here writes sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field, structs

from policy.core import Record
from policy.diagnostic import Reason
from policy.values import Value


class Place(Struct, frozen=True, gc=False):
    """Where something stands in the data, as the user sees it: `row` counts from 1, as in the file's own program.

    `row` 0 and empty texts mean "the whole of it". In JSON and Parquet, which show no rows, it counts entries.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def short(self) -> str:
        """File and sheet without the folders that lead there."""
        return " ".join(part for part in (Path(self.file).name, self.sheet) if part)


class Row(Struct, frozen=True):
    """One row: for every field of its record a present value, or Missing where the policy accepts absence."""

    values: dict[str, Value]
    place: Place


class Fault(Struct, frozen=True):
    """One thing wrong in a row: the column's title, what stands there, and why it cannot be used."""

    column: str
    raw: str
    reason: Reason


class Rejected(Struct, frozen=True):
    """A row set aside. Its first fault stands in `column`, `raw` and `reason`; `more` are the others of the same row.

    `key` is the text in the key column, empty where unknown. `values` are those that could be read all the same; of a
    row that is not cut into the right cells, and of a row of totals, whose it is at most.
    """

    place: Place
    column: str
    raw: str
    key: str
    reason: Reason
    more: tuple[Fault, ...] = ()
    values: dict[str, Value] = {}

    @property
    def totals(self) -> bool:
        """Whether the row only adds up others or speaks of the whole table, of nobody in particular."""
        return self.reason.code in ("ZS729", "ZS739") and not self.values

    @property
    def told(self) -> Reason:
        """What a result says that waits on this row: where it stands and why it is set aside."""
        nested = (("why", self.reason.code), *((f"why.{name}", value) for name, value in self.reason.arguments))
        code = "ZS850" if self.column else "ZS851"
        where = because(code, where=self.place.short, row=self.place.row, column=self.column)
        return Reason(code, (*where.arguments, *nested), "set_aside")


class Stray(Struct, frozen=True):
    """A row that belongs to nobody: `column` names an `owner` of whom there is no row; `near` are the keys like it."""

    row: Row
    column: str
    raw: str
    owner: str
    near: tuple[str, ...]

    @property
    def reason(self) -> Reason:
        return because("ZS735", owner=self.owner, key=self.raw, near="、".join(self.near))


class Repeat(Struct, frozen=True):
    """A row that repeats another exactly, and counts once with it."""

    place: Place
    key: str


class Note(Struct, frozen=True):
    """Something to say of a file that keeps no row from being used."""

    reason: Reason
    place: Place


class Table(Struct, frozen=True):
    """The rows of one record, of one `place`: taken, set aside, repeated or nobody's; `read` is how many there are."""

    record: Record
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    read: int
    repeats: tuple[Repeat, ...] = ()
    strays: tuple[Stray, ...] = ()
    place: Place = Place("")

    @property
    def duplicates(self) -> int:
        return len(self.repeats)


class Stamp(Struct, frozen=True):
    """What a file looked like when it was read, to notice a change during the run."""

    path: str
    size: int
    modified: int


class Dataset(Struct, frozen=True):
    """All that was read: tables by record name (of records for which data was given, empty for those of which there is
    said to be `none`), and what to say of it."""

    tables: dict[str, Table]
    notes: tuple[Note, ...] = ()
    files: tuple[Stamp, ...] = ()
    none: tuple[str, ...] = ()
    main: str = ""


class DataError(Exception):
    """Reading must stop: `reason` says why, `place` where."""

    def __init__(self, reason: Reason, place: Place) -> None:
        where = (place.file, place.sheet, f"row {place.row}" if place.row else "", place.column)
        super().__init__(" ".join(filter(None, (reason.code, *where))))
        self.reason = reason
        self.place = place


class Typed(Struct, frozen=True):
    """A cell of which the file says more than its text.

    `kind`: number; serial or serial1904 (a number of a workbook, a day if its column holds days); long (a number
    whose last digits the workbook has lost); date; yesno; empty (text that is there and empty); formula (without a
    stored result); error (#N/A); nested (a list or a record).
    """

    kind: str
    text: str


Cell = str | Typed | None
Line = tuple[int, "list[Cell] | Fault"]
"""A row's number with its cells, or with the fault that keeps it from having cells."""


class Extent(Struct):
    """Where a sheet's titles were found to stand, and which of its merged cells have been filled."""

    first: int = 0
    last: int = 0
    titles: tuple[str, ...] = ()
    filled: frozenset[str] = frozenset()

    @property
    def width(self) -> int:
        return len(self.titles)


def _nothing() -> None:
    """No more is to be said of a table than its lines say."""


class Grid(Struct, frozen=True):
    """One table as its file has it: titles, then lines that are read as they are asked for.

    `place` names file and sheet; `header_row` is 0 where titles stand in no row (JSON, Parquet). `sheet_like` grids
    were typed by hand: title rows, totals rows and truncation are looked for. `loose` grids have lines longer than
    the header by nature (remarks beside a table in a workbook). `comma_groups` is False where a comma in a number
    could be a decimal sign. `typed` files store numbers as numbers, so a number in a text cell is worth saying.
    `notes` grows while the lines are read. `strict` tables (JSON, YAML) name each value, so that a name of no field may
    be a slip. `merged` are the merged cells of a sheet, known beforehand only where they are to be filled; `extent` is
    told to whoever reads the lines once the titles are found; `judge` is to be called when all lines are read, for what
    can only be known then.
    """

    place: Place
    titles: tuple[str, ...]
    lines: Iterator[Line]
    notes: list[Note]
    header_row: int = 0
    sheet_like: bool = True
    loose: bool = False
    comma_groups: bool = True
    typed: bool = False
    strict: bool = False
    merged: tuple[str, ...] = ()
    extent: Extent = field(default_factory=Extent)
    judge: Callable[[], None] = _nothing

    def at(self, row: int = 0, column: str = "") -> Place:
        return structs.replace(self.place, row=row, column=column)


class Typing(str):
    """What the user is to type, which is of no use unless it is whole."""

    __slots__ = ()


def because(code: str, **arguments: object) -> Reason:
    """A reason of the catalogue with its arguments as plain text."""
    return Reason(code, tuple((name, shown(value)) for name, value in arguments.items()))


def shown(value: object) -> str:
    """A value as an argument: never longer than a message can bear, control characters as visible escapes."""
    text = str(value)
    if len(text) > 200 and not isinstance(value, Typing):
        text = text[:200] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def stop(code: str, place: Place, **arguments: object) -> DataError:
    """The error that stops reading, to be raised."""
    return DataError(because(code, **arguments), place)


@contextmanager
def shielded(code: str, place: Place) -> Iterator[None]:
    """Around calls of libraries: whatever hostile bytes make them raise becomes the error `code`, its cause kept."""
    try:
        yield
    except DataError:
        raise
    except Exception as error:
        raise stop(code, place) from error


def as_given(path: Path) -> str:
    """A path as messages show it."""
    return str(path)
