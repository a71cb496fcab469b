"""The records that a policy is decided over, as subjects that remember what was worked out of them.

Nothing here depends on the order of rows but the order in which decisions are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from interpreter.exact.trace import Step
from interpreter.reading.dataset import Dataset
from policy.core import Record
from policy.kinds import Grain
from policy.values import Period, Value


class Subject:
    """A record at run time.

    `values` by field name; a field that is not there at all was not given. `place` is where in the data it stands.
    `given` are values that stand in for definitions; `memo` holds the steps of the definitions worked out so far.
    """

    __slots__ = ("given", "key", "memo", "owner", "place", "record", "values")

    def __init__(
        self, record: Record, values: dict[str, Value], place: object = None, given: Mapping[str, Value] | None = None
    ) -> None:
        self.record = record.name
        self.values = values
        self.place = place
        self.given: Mapping[str, Value] = given or {}
        self.memo: dict[str, Step] = {}
        self.key = _text_of(record.key.name if record.key else "", values)
        self.owner = _text_of(next((f.name for f in record.fields if f.owner), ""), values)

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


class Population:
    """Subjects by record, by key, by owner and by period."""

    __slots__ = ("_before", "_by_key", "_owned", "_subjects", "records")

    def __init__(self, records: tuple[Record, ...], subjects: Iterable[Subject]) -> None:
        self.records = {record.name: record for record in records}
        self._subjects: dict[str, list[Subject]] = {record.name: [] for record in records}
        for subject in subjects:
            self._subjects[subject.record].append(subject)
        self._by_key: dict[str, dict[str, Subject]] = {}
        self._owned: dict[tuple[str, str], dict[str, list[Subject]]] = {}
        self._before: dict[str, dict[tuple[Value, Value], list[Subject]]] = {}

    @classmethod
    def of_dataset(cls, records: tuple[Record, ...], dataset: Dataset) -> Population:
        """The rows of a data set that were not set aside."""
        known = {record.name: record for record in records}
        tables = ((known[name], table) for name, table in dataset.tables.items() if name in known)
        return cls(records, (Subject(record, row.values, row.place) for record, table in tables for row in table.rows))

    def fresh(self) -> Population:
        """The same subjects with nothing worked out yet."""
        known = self.records
        copies = (Subject(known[s.record], s.values, s.place, s.given) for s in self.everyone())
        return Population(tuple(known.values()), copies)

    def everyone(self) -> Iterator[Subject]:
        for subjects in self._subjects.values():
            yield from subjects

    def of(self, record: str) -> list[Subject]:
        """All subjects of a record, in the order of the data."""
        return self._subjects.get(record, [])

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
            for subject in self.of(record):
                index.setdefault(_text_of(field, subject.values), []).append(subject)
        return index.get(owner, [])

    def before(self, subject: Subject, owner: str, series: str) -> list[Subject]:
        """The subjects of the calendar period before, of whoever `owner` names ("" where all are one series); more than
        one if the data has several."""
        period = subject.values.get(series)
        if not isinstance(period, Period):
            return []
        index = self._before.get(subject.record)
        if index is None:
            index = self._before[subject.record] = {}
            for each in self.of(subject.record):
                index.setdefault((_text_of(owner, each.values), each.values.get(series)), []).append(each)
        return index.get((_text_of(owner, subject.values), previous_period(period)), [])


PARTS = {"year": 1, "quarter": 4, "month": 12}
"""How many periods of a grain a year has."""


def period_number(period: Period) -> int:
    """Consecutive periods of a grain have consecutive numbers."""
    return period.year * PARTS[period.grain] + max(period.part - 1, 0)


def period_of(number: int, grain: Grain) -> Period:
    """The period with a number."""
    year, part = divmod(number, PARTS[grain])
    return Period(year, 0 if grain == "year" else part + 1, grain)


def previous_period(period: Period) -> Period:
    """The calendar period just before."""
    return period_of(period_number(period) - 1, period.grain)
