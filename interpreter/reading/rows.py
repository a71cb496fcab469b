"""Lines of cells become rows of a record, or are set aside with the reason; none is lost.

Every cell text is judged once per column and remembered. Keys are held against each other at the end: a row that
repeats another exactly is kept once and said, rows that differ under one id are all set aside, because nobody here
knows which of them is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.reading.answers import Answers
from interpreter.reading.cells import Parser, forgiving, parser_for
from interpreter.reading.dataset import (
    Cell,
    Fault,
    Grid,
    Note,
    Place,
    Rejected,
    Repeat,
    Row,
    Table,
    because,
    shown,
)
from interpreter.reading.feet import is_foot, is_total
from interpreter.reading.headers import Columns, match_columns, titled_in_unit
from interpreter.reading.parsed import BLANKS, Flaw, Parsed, Passed, Tidied
from interpreter.reading.scales import scales_of
from interpreter.reading.spellings import alike
from interpreter.reading.title_rows import titled
from policy.core import Field, Record
from policy.diagnostic import Reason
from policy.values import Missing, Value

_FULL_SHEETS = (65_536, 1_048_576)
_REMEMBERED = 100_000
_ODD = (Flaw, Tidied, Passed)


class _Judged(dict[Cell, Parsed]):
    """What a column's parser said of every cell text so far."""

    def __init__(self, parse: Parser) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, cell: Cell) -> Parsed:
        found = self.parse(cell)
        if len(self) < _REMEMBERED:
            self[cell] = found
        return found


class _Column:
    """One field while its column is read; `tidied` counts the cells that had to be read generously."""

    __slots__ = ("at", "example", "field", "judged", "name", "passed", "scales", "skipped", "tidied", "title")

    def __init__(self, field: Field, at: int, grid: Grid, record: Record, answers: Answers) -> None:
        self.field, self.name, self.at = field, field.name, at
        self.title = grid.titles[at].strip(BLANKS)
        is_read = answers.is_read(record, field)
        settled = answers.scales.get((record.name, field.name)) or ("unit" if titled_in_unit(grid.titles[at]) else None)
        self.scales = scales_of(field, settled) if is_read else None
        parse = parser_for(field, grid.comma_groups, grid.typed, self.scales)
        self.judged = _Judged(parse if is_read else forgiving(parse, field, listed=answers.is_list(record)))
        self.tidied = self.passed = 0
        self.example: tuple[str, int] = ("", 0)
        self.skipped: tuple[str, int] = ("", 0)

    def use(self, found: Tidied | Passed, raw: str, number: int) -> Value:
        """The value of a cell that does not stand there as it should, counted."""
        if isinstance(found, Passed):
            self.passed += 1
            self.skipped = self.skipped if self.passed > 1 else (raw, number)
        else:
            self.tidied += 1
            self.example = self.example if self.tidied > 1 else (raw, number)
        return found.value


def read_table(record: Record, grid: Grid, answers: Answers) -> tuple[Table, list[Note]]:
    """The table of a record from a grid, and what there is to say of it."""
    untitled = not grid.titles and not grid.sheet_like
    grid = titled((record,), grid)
    columns = Columns((), (), ()) if untitled else match_columns(record, grid, answers.uses.language)
    if grid.merged:
        from interpreter.reading.merged import filled

        grid = filled(grid, [at for field, at in columns.found if (record.name, field.name) in answers.filled])
    intake = _Intake(record, grid, columns, answers)
    take = intake.take
    for number, cells in grid.lines:
        take(number, cells)
    grid.judge()
    intake.refuse_doubts()
    table = intake.table()
    notes = [*grid.notes, *intake.notes(table, columns)]
    return table, notes + alike(table, grid, {column.name: column.title for column in intake.columns}, answers.uses)


class _Intake:
    """The lines of one table, as far as they are read."""

    def __init__(self, record: Record, grid: Grid, columns: Columns, answers: Answers) -> None:
        self.record, self.grid, self.width = record, grid, len(grid.titles)
        self.columns = [_Column(field, at, grid, record, answers) for field, at in columns.found]
        self.absent: dict[str, Value] = {field.name: Missing(field.name) for field in columns.absent}
        key = record.key
        self.key = next((at for field, at in columns.found if key and field.name == key.name), None)
        self.key_name = key.name if key else ""
        owners = {field.name for field in record.fields if field.owner}
        self.owners = [column for column in self.columns if column.name in owners]
        must = [at for field, at in columns.found if not field.type.missing]
        self.two = [field.name for field, at in columns.found if at in must][:2]
        self.lone = {at for at in must if len(must) > 1 and (at == self.key or not owners)}
        self.rows: list[Row] = []
        self.rejected: list[Rejected] = []
        self.untitled = [at for at, title in enumerate(grid.titles) if not title.strip(BLANKS)]
        self.blank = self.beside = self.seen = 0

    def take(self, number: int, cells: list[Cell] | Fault) -> None:
        if isinstance(cells, Fault):
            self.seen += 1
            self._reject(number, [cells], "")
            return
        if not (cells and isinstance(cells[0], str) and cells[0].strip()) and _blank(cells):
            self.blank += 1
            return
        self.seen += 1
        if len(cells) != self.width:
            short = self._fitted(number, cells)
            if short is None:
                return
            cells = short
        if self.untitled and not _blank([cells[at] for at in self.untitled]):
            self.beside += 1
        if self.grid.sheet_like and (code := self._no_data(cells)):
            fault = Fault(self._first_title(cells), _first(cells), because(code))
            self._reject(number, [fault], "", self._owners_of(cells))
            return
        self._judge(number, cells)

    def _judge(self, number: int, cells: list[Cell]) -> None:
        values: dict[str, Value] = self.absent.copy()
        faults: list[Fault] = []
        for column in self.columns:
            cell = cells[column.at]
            found = column.judged[cell]
            if type(found) in _ODD:
                if isinstance(found, Flaw):
                    faults.append(Fault(column.title, shown(_raw(cell)), found.reason))
                    continue
                found = column.use(found, _raw(cell), number)
            values[column.name] = found
        if not faults and any(type(values[name]) is Missing for name in self.two):
            faults = self._alone(cells)
        if faults:
            key = values.get(self.key_name)
            self._reject(number, faults, shown(key) if isinstance(key, str) else self._key_of(cells), values)
        else:
            self.rows.append(Row(values, Place(self.grid.place.file, self.grid.place.sheet, number)))

    def refuse_doubts(self) -> None:
        """DataError where the numbers of a column can be read in two ways."""
        for column in self.columns:
            place = self.grid.at(0, column.title)
            if column.scales and (question := column.scales.question(column.field, column.title, place)):
                raise question

    def _fitted(self, number: int, cells: list[Cell]) -> list[Cell] | None:
        """Cells cut to the header's width where only blanks or remarks beside the table go; None if set aside."""
        if len(cells) > self.width and (self.grid.loose or _blank(cells[self.width :])):
            self.beside += not _blank(cells[self.width :])
            return cells[: self.width]
        code = "ZS705" if len(cells) < self.width else "ZS706"
        raw = shown(" | ".join(_raw(cell) for cell in cells))
        fault = Fault("", raw, because(code, count=len(cells), width=self.width))
        self._reject(number, [fault], self._key_of(cells), self._owners_of(cells))
        return None

    def _owners_of(self, cells: list[Cell]) -> dict[str, Value]:
        """Whose a row is, as far as its cells stand where they should."""
        found = {column.name: column.judged[cells[column.at]] for column in self.owners if column.at < len(cells)}
        plain = {name: value.value if isinstance(value, Tidied) else value for name, value in found.items()}
        return {name: value for name, value in plain.items() if isinstance(value, str)}

    def _no_data(self, cells: list[Cell]) -> str:
        """Why a row is not one of the record's, as the code that says so: totals, or the foot of the table."""
        first = _first(cells)
        key = _raw(cells[self.key]) if self.key is not None else first
        heads = (first,) if key == first else (first, key)
        if any(map(is_total, heads)):
            return "ZS729"
        if any(map(is_foot, heads)):
            return "ZS739"
        return ""

    def _alone(self, cells: list[Cell]) -> list[Fault]:
        """What is wrong with a row of a single cell where others have to stand, even if no rule reads those."""
        filled = [at for at, cell in enumerate(cells) if not _blank([cell])]
        if not self.grid.sheet_like or len(filled) != 1 or filled[0] not in self.lone:
            return []
        return [Fault(self._first_title(cells), _first(cells), because("ZS740"))]

    def _first_title(self, cells: list[Cell]) -> str:
        at = next(at for at, cell in enumerate(cells) if not _blank([cell]))
        return self.grid.titles[at].strip(BLANKS)

    def _key_of(self, cells: list[Cell]) -> str:
        return shown(_raw(cells[self.key]).strip(BLANKS)) if self.key is not None and self.key < len(cells) else ""

    def _reject(self, number: int, faults: list[Fault], key: str, values: dict[str, Value] | None = None) -> None:
        place = Place(self.grid.place.file, self.grid.place.sheet, number, faults[0].column)
        first, more = faults[0], tuple(faults[1:])
        self.rejected.append(Rejected(place, first.column, shown(first.raw), key, first.reason, more, values or {}))

    def table(self) -> Table:
        """The rows whose ids are theirs alone, the others set aside, in the order of the file."""
        read = len(self.rows) + len(self.rejected)
        if self.key is None:
            return Table(self.record, tuple(self.rows), tuple(self.rejected), read, place=self.grid.place)
        same: dict[Value, list[Row]] = {}
        for row in self.rows:
            same.setdefault(row.values[self.key_name], []).append(row)
        spoilt: dict[str, list[int]] = {}
        for rejected in self.rejected:
            if rejected.key:
                spoilt.setdefault(rejected.key, []).append(rejected.place.row)
        kept: list[Row] = []
        repeats: list[Repeat] = []
        for value, rows in same.items():
            others = spoilt.get(str(value), []) if spoilt else []
            if others or (len(rows) > 1 and any(row.values != rows[0].values for row in rows)):
                self._reject_all(rows, str(value), sorted([*(row.place.row for row in rows), *others]))
            else:
                kept.append(rows[0])
                repeats += [Repeat(row.place, str(value)) for row in rows[1:]]
        self.rejected.sort(key=lambda rejected: rejected.place.row)
        repeats.sort(key=lambda repeat: repeat.place.row)
        return Table(self.record, tuple(kept), tuple(self.rejected), read, tuple(repeats), place=self.grid.place)

    def _reject_all(self, rows: Sequence[Row], key: str, numbers: Sequence[int]) -> None:
        listed = "、".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")
        title = next(column.title for column in self.columns if column.name == self.key_name)
        for row in rows:
            self._reject(row.place.row, [Fault(title, key, because("ZS703", key=key, rows=listed))], key, row.values)

    def notes(self, table: Table, columns: Columns) -> list[Note]:
        """What was ignored, read generously, dropped or looks odd."""
        at = self.grid.at
        said: list[tuple[Reason, Place]] = []
        if columns.unknown:
            listed = "、".join(columns.unknown[:20]) + ("…" if len(columns.unknown) > 20 else "")
            said.append((because("ZS654", columns=listed, count=len(columns.unknown)), at(self.grid.header_row)))
        if columns.absent:
            listed = "、".join(field.header for field in columns.absent)
            said.append((because("ZS661", columns=listed), at(self.grid.header_row)))
        for column in self.columns:
            if column.tidied:
                raw, row = column.example
                reason = because("ZS653", column=column.title, count=column.tidied, example=raw)
                said.append((reason, at(row, column.title)))
            if column.passed:
                raw, row = column.skipped
                reason = because("ZS670", column=column.title, count=column.passed, example=raw)
                said.append((reason, at(row, column.title)))
        if self.blank:
            said.append((because("ZS660", count=self.blank), at()))
        if self.beside:
            said.append((because("ZS666", count=self.beside), at()))
        if table.duplicates:
            said.append((because("ZS662", count=table.duplicates), at()))
        if not table.read:
            said.append((because("ZS659"), at()))
        full = next((size for size in _FULL_SHEETS if size in (self.seen, self.seen + self.blank + 1)), 0)
        if full and self.grid.sheet_like:
            said.append((because("ZS658", count=f"{full:,}"), at()))
        return [Note(reason, place) for reason, place in said]


def _raw(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text if cell else ""


def _blank(cells: Sequence[Cell]) -> bool:
    return not any(cell and (not isinstance(cell, str) or cell.strip(BLANKS)) for cell in cells)


def _first(cells: Sequence[Cell]) -> str:
    """The first text of a row that is not all blank."""
    return next((_raw(cell) for cell in cells if cell and _raw(cell).strip(BLANKS)), "")
