"""The records that a policy is decided over, as subjects that remember what was worked out of them.

Nothing here depends on the order of rows but the order in which decisions are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from interpreter.exact.absence import OPEN, undecided
from interpreter.exact.trace import Step
from interpreter.reading.dataset import Dataset, Rejected
from policy.core import Record
from policy.kinds import Grain
from policy.values import Period, Undecided, Value


class Subject:
    """A record at run time.

    `values` by field name; a field that is not there at all was not given. `place` is where in the data it stands.
    `given` are values that stand in for definitions; `memo` holds the steps of the definitions worked out so far.
    `aside` says why its row was set aside, None where it was taken: whether it counts for anything is then open.
    `traced` subjects keep how their values were made; of the others a step that nobody will read does not stay.
    """

    __slots__ = ("aside", "given", "key", "memo", "owner", "place", "record", "traced", "values")

    def __init__(
        self,
        record: Record,
        values: dict[str, Value],
        place: object = None,
        given: Mapping[str, Value] | None = None,
        aside: Undecided | None = None,
    ) -> None:
        self.record = record.name
        self.values = values
        self.place = place
        self.aside = aside
        self.traced = True
        self.given: Mapping[str, Value] = given or {}
        self.memo: dict[str, Step] = {}
        self.key = _text_of(record.key.name if record.key else "", values)
        self.owner = _text_of(next((f.name for f in record.fields if f.owner), ""), values)

    @classmethod
    def set_aside(cls, record: Record, row: Rejected) -> Subject:
        """A row that was set aside, with the values that could be read; the others are open for that reason."""
        why = Undecided((row.told,))
        values = {field.name: row.values.get(field.name, why) for field in record.fields}
        return cls(record, values, row.place, aside=why)

    def copy(self, record: Record, values: dict[str, Value] | None = None) -> Subject:
        """The same, or the same with other values, with nothing worked out yet."""
        return Subject(record, self.values if values is None else values, self.place, self.given, self.aside)

    def belong_to(self, field: str, owner: Subject) -> None:
        """Makes a subject that names no owner one of `owner`'s; for examples, before anything is worked out."""
        if field not in self.values and owner.key:
            self.values[field] = owner.key
            self.owner = owner.key

    @property
    def label(self) -> str:
        """How reasons name it: by its key, else by its owner's."""
        return self.key or self.owner


Scope: TypeAlias = tuple[Subject, ...]
"""The subjects in scope, the innermost first."""


def _text_of(field: str, values: Mapping[str, Value]) -> str:
    value = values.get(field)
    return value if isinstance(value, str) else ""


def in_doubt(value: Value, subject: Subject) -> Value:
    """What holds of a subject, or may hold, is open if its row was set aside; what surely does not is not."""
    return value if subject.aside is None or value is False else subject.aside


class Population:
    """Subjects by record, by key, by owner and by period. Those whose rows were set aside stand by themselves."""

    __slots__ = ("_aside", "_aside_by", "_before", "_by_key", "_owned", "_subjects", "main", "records")

    def __init__(self, records: tuple[Record, ...], subjects: Iterable[Subject]) -> None:
        self.records = {record.name: record for record in records}
        self.main = records[0].name if records else ""
        self._subjects: dict[str, list[Subject]] = {record.name: [] for record in records}
        self._aside: dict[str, list[Subject]] = {}
        for subject in subjects:
            if subject.aside is None:
                self._subjects[subject.record].append(subject)
            else:
                self._aside.setdefault(subject.record, []).append(subject)
        self._aside_by: dict[tuple[str, str], dict[str, list[Subject]]] = {}
        self._by_key: dict[str, dict[str, Subject]] = {}
        self._owned: dict[tuple[str, str], dict[str, list[Subject]]] = {}
        self._before: dict[str, dict[tuple[Value, Value], list[Subject]]] = {}

    @classmethod
    def of_dataset(cls, records: tuple[Record, ...], dataset: Dataset) -> Population:
        """The rows of a data set; those that were set aside, except rows of totals, as such."""
        known = {record.name: record for record in records}
        tables = [(known[name], table) for name, table in dataset.tables.items() if name in known]
        rows = ((record, row) for record, table in tables for row in (*table.rows, *(s.row for s in table.strays)))
        aside = ((record, row) for record, table in tables for row in table.rejected if not row.totals)
        taken = (Subject(record, row.values, row.place) for record, row in rows)
        return cls(records, chain(taken, (Subject.set_aside(record, row) for record, row in aside)))

    def fresh(self, traced: bool = True) -> Population:
        """The same subjects with nothing worked out yet."""
        return Population(tuple(self.records.values()), (self.anew(s, traced) for s in self.everyone()))

    def anew(self, subject: Subject, traced: bool) -> Subject:
        copied = subject.copy(self.records[subject.record])
        copied.traced = traced
        return copied

    def tracing(self, key: str) -> Population:
        """The same, with what was worked out; but nothing yet of the main record's subject with a key, and of what is
        listed, which are traced from here on."""
        subjects = (self.anew(s, True) if s.record != self.main or s.key == key else s for s in self.everyone())
        return Population(tuple(self.records.values()), subjects)

    def everyone(self) -> Iterator[Subject]:
        """All subjects, those set aside too."""
        for subjects in (*self._subjects.values(), *self._aside.values()):
            yield from subjects

    def of(self, record: str) -> list[Subject]:
        """The subjects of a record whose rows were taken, in the order of the data."""
        return self._subjects.get(record, [])

    def aside(self, record: str) -> list[Subject]:
        """The subjects of a record whose rows were set aside."""
        return self._aside.get(record, [])

    def all_of(self, record: str) -> list[Subject]:
        """The subjects of a record, those set aside too."""
        return [*self.of(record), *self.aside(record)]

    def listed(self, record: str) -> list[Subject]:
        """What a list of a record looks at: those set aside too, but of the people only those who are decided about."""
        about = record == self.main or (record in self.records and self.records[record].subject)
        return self.of(record) if about else self.all_of(record)

    def find(self, record: str, key: str) -> Subject | None:
        """The subject with a key."""
        if record not in self._by_key:
            self._by_key[record] = {subject.key: subject for subject in self.of(record)}
        return self._by_key[record].get(key)

    def owned(self, record: str, field: str, owner: str) -> list[Subject]:
        """The subjects whose reference `field` points to the subject with key `owner`."""
        index = self._owned.get((record, field))
        if index is None:
            index = self._owned[record, field] = {}
            for subject in self.listed(record):
                index.setdefault(_text_of(field, subject.values), []).append(subject)
        return index.get(owner, [])

    def unfound(self, record: str, key: str) -> Undecided:
        """Why there is no subject with a key: its row was set aside, or there is none."""
        aside = next((subject.aside for subject in self._aside_of(record, "", key)), None)
        return aside or undecided("ZS809", record=record, key=key)

    def _aside_of(self, record: str, field: str, key: str) -> list[Subject]:
        """The subjects set aside that have a key, or whose `field` names one."""
        if record not in self._aside:
            return []
        index = self._aside_by.get((record, field))
        if index is None:
            index = self._aside_by[record, field] = {}
            for subject in self.aside(record):
                index.setdefault(_text_of(field, subject.values) if field else subject.key, []).append(subject)
        return index.get(key, [])

    def beside(self, subject: Subject, owner: str, series: str, steps: int) -> list[Subject]:
        """The subjects of the calendar period so many later (-1: the one before), of whoever `owner` names ("" where
        all are one series); more than one if the data has several."""
        period = subject.values.get(series)
        if not isinstance(period, Period):
            return []
        index = self._before.get(subject.record)
        if index is None:
            index = self._before[subject.record] = {}
            for each in self.of(subject.record):
                index.setdefault((_text_of(owner, each.values), each.values.get(series)), []).append(each)
        return index.get((_text_of(owner, subject.values), moved(period, steps)), [])

    def beside_in_doubt(self, subject: Subject, owner: str, series: str, steps: int) -> Undecided | None:
        """A row of the same owner that was set aside and is, or may be, of the period so many later."""
        period = subject.values.get(series)
        if subject.record not in self._aside or not isinstance(period, Period):
            return None
        wanted = moved(period, steps)
        aside = (
            self._aside_of(subject.record, owner, _text_of(owner, subject.values))
            if owner
            else self.aside(subject.record)
        )
        return next((e.aside for e in aside if (at := e.values.get(series)) == wanted or type(at) in OPEN), None)


PARTS = {"year": 1, "quarter": 4, "month": 12}
"""How many periods of a grain a year has."""


def period_number(period: Period) -> int:
    """Consecutive periods of a grain have consecutive numbers."""
    return period.year * PARTS[period.grain] + max(period.part - 1, 0)


def period_of(number: int, grain: Grain) -> Period:
    """The period with a number."""
    year, part = divmod(number, PARTS[grain])
    return Period(year, 0 if grain == "year" else part + 1, grain)


def moved(period: Period, steps: int) -> Period:
    """The calendar period so many later."""
    return period_of(period_number(period) + steps, period.grain)
