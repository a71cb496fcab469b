"""People made up like those of a sample; only for trying rules out.

Persons of the sample are drawn with all their listed rows and put back, so that what goes together there goes together
here. Keys are new; numbers move by one step at most and stay in their range; identity numbers, and texts that no rule
reads, such as names, are replaced. Records that belong to nobody stand as they are in the sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from interpreter.reading.dataset import Dataset, Row
from interpreter.reading.needed import uses_of
from interpreter.simulating.making import Maker, step_of, table
from policy.core import Field, Policy, Record
from policy.types import Number, Reference, Text
from policy.units import Exact, whole
from policy.values import Missing, Value

Names = Mapping[tuple[str, str], str]
"""The new keys of one drawn person's rows, by record and old key."""


def drawn(policy: Policy, sample: Dataset, count: int, seed: int, day: date | None) -> Dataset:
    """So many people like those of a sample; nobody where the sample has nobody."""
    return _Draw(policy, sample, seed, day).made(count)


class _Draw:
    """One drawing: whose rows the sample has, and the keys that the copies of a person were given."""

    def __init__(self, policy: Policy, sample: Dataset, seed: int, day: date | None) -> None:
        self.policy, self.sample = policy, sample
        self.maker = Maker(policy, seed, day)
        self.read = uses_of(policy).read
        self.personal = _personal(policy, self.maker)
        self.owned = {name: self._owned(name) for name in self.personal}
        self.copies: dict[str, list[str]] = {}

    def made(self, count: int) -> Dataset:
        main = self.policy.main
        persons = self.sample.tables[main.name].rows
        rows: dict[str, list[tuple[Row, dict[tuple[str, str], str]]]] = {name: [] for name in self.sample.tables}
        for number in range(1, count + 1) if persons else ():
            self._take(main, self.maker.one_of(persons), {}, rows, number)
        tables = {}
        for record in self.policy.records:
            if (given := self.sample.tables.get(record.name)) is None:
                continue
            if record is main or record.name in self.personal:
                values = [self._renewed(record, row, names) for row, names in rows[record.name]]
            else:
                values = [self._renewed(record, row, {}, standing=True) for row in given.rows]
            tables[record.name] = table(record, values, self.maker.stem)
        return Dataset(tables, none=self.sample.none, main=main.name)

    def _owned(self, name: str) -> dict[str, list[Row]]:
        """The rows of a list, by their owner's key."""
        owner, given = self.maker.owner[name], self.sample.tables.get(name)
        found: dict[str, list[Row]] = {}
        for row in given.rows if given is not None and owner is not None else ():
            assert owner is not None
            found.setdefault(str(row.values[owner.name]), []).append(row)
        return found

    def _take(
        self,
        record: Record,
        row: Row,
        names: dict[tuple[str, str], str],
        rows: dict[str, list[tuple[Row, dict[tuple[str, str], str]]]],
        number: int,
    ) -> None:
        """A row taken, with all rows that are its own."""
        rows[record.name].append((row, names))
        if record.key is None:
            return
        key = str(row.values[record.key.name])
        new = self._key(record.key, key, number if record is self.policy.main else len(rows[record.name]))
        names[record.name, key] = new
        if record is self.policy.main:
            self.copies.setdefault(key, []).append(new)
        for name in self.personal:
            owner = self.maker.owner[name]
            if owner is not None and owner.type.kind == Reference(record.name):
                of = self.policy.record(name)
                assert of is not None
                for each in self.owned[name].get(key, ()):
                    self._take(of, each, names, rows, number)

    def _key(self, field: Field, key: str, number: int) -> str:
        if not (isinstance(field.type.kind, Text) and field.type.kind.identity):
            return f"{self.maker.stem}-{number:06}"
        used = self.maker.used[self.policy.main.name]
        while (found := self.maker.identity(key)) in used:
            pass
        used.add(found)
        return found

    def _renewed(self, record: Record, row: Row, names: Names, *, standing: bool = False) -> dict[str, Value]:
        """The values of a drawn row; of one that belongs to nobody only what names a person is another."""
        return {
            f.name: self._value(f, record, row.values[f.name], names, standing)
            for f in record.fields
            if f.name in row.values
        }

    def _value(self, field: Field, record: Record, value: Value, names: Names, standing: bool) -> Value:
        kind = field.type.kind
        if isinstance(value, Missing):
            return value
        if isinstance(kind, Reference):
            return self._reference(kind.record, str(value), names, field)
        if standing:
            return value
        if field.key:
            return names[record.name, str(value)]
        match kind:
            case Number():
                return self._number(field, kind, value)
            case Text(identity=True):
                return self.maker.identity(value)
            case Text() if self.read is not None and (record.name, field.name) not in self.read:
                return f"{self.maker.stem}-{field.name}"
            case _:
                return value

    def _reference(self, record: str, key: str, names: Names, field: Field) -> Value:
        """The new key of whom a reference names: one's own copy, else any copy, else anybody."""
        if (record, key) in names:
            return names[record, key]
        if record != self.policy.main.name:
            return key
        everybody = [new for copies in self.copies.values() for new in copies] if key not in self.copies else []
        among = self.copies.get(key) or everybody
        return self.maker.one_of(among) if among else Missing(field.name)

    def _number(self, field: Field, kind: Number, value: Exact) -> Exact:
        """A number one step up or down, or as it is; it does not leave its range, nor its sign where that is open."""
        moved = Fraction(value) + (self.maker.below(3) - 1) * step_of(field, kind)
        low = kind.low if kind.low is not None else 0 if value >= 0 else None
        out = (low is not None and moved < low) or (kind.high is not None and moved > kind.high)
        return value if out else whole(moved)


def _personal(policy: Policy, maker: Maker) -> list[str]:
    """The lists whose rows are a person's own, be it by a list in between."""
    found: list[str] = []
    owners = {name: owner.type.kind for name, owner in maker.owner.items() if owner is not None}
    for name in owners:
        at, seen = name, set[str]()
        while at in owners and at not in seen:
            seen.add(at)
            kind = owners[at]
            at = kind.record if isinstance(kind, Reference) else ""
        if at == policy.main.name:
            found.append(name)
    return found
