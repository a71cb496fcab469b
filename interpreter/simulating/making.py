"""People made up from the fields that a policy declares; only for trying rules out.

One seed makes the same people everywhere: all chance comes from whole numbers drawn one after the other, in the order
of the declarations and the rows. Nothing is read, nothing depends on the clock.

Numbers lie evenly over their range on their step, days in the years before the as-of date; what may be missing is now
and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from interpreter.exact.population import moved
from interpreter.reading.dataset import Dataset, Place, Row, Table
from policy import walk
from policy.core import Compare, Const, Field, Get, Policy, Record
from policy.identity import check_digit
from policy.reads import owner_fields
from policy.types import Calendar, Choice, Number, Reference, Text, YesNo
from policy.units import Exact, whole
from policy.values import Missing, Value, period_of_day

DAY = date(2025, 12, 31)
"""The day before which things happened, where no as-of date is given."""
MOST = 6
"""Rows that one person has in a list, at most."""
STANDING = 12
"""Rows of a record that belongs to nobody."""
SELDOM = 20
"""One in so many values that may be missing is."""
TRIES = 200
"""How often a key that is not made by counting is drawn until it is a new one."""


class Maker:
    """What makes the rows of one policy: its records, chance, and the day up to which things happen."""

    def __init__(self, policy: Policy, seed: int, day: date | None) -> None:
        self.policy, self.random, self.day = policy, Random(seed), day or DAY
        self.texts = _compared(policy)
        owning = owner_fields(policy)
        self.owner = {r.name: None if r is policy.main else _owner(r, owning) for r in policy.records}
        self.stem = "虚构" if policy.language == "zh" else "made-up"
        self.used: dict[str, set[Value]] = {record.name: set() for record in policy.records}

    # -- drawing ----------------------------------------------------------------------------------------------------

    def below(self, count: int) -> int:
        """A whole number from 0, below a count."""
        return self.random.randrange(count)

    def one_of(self, values: Sequence[Value]) -> Value:
        return values[self.below(len(values))]

    def value(self, field: Field, record: Record, keys: dict[str, list[str]]) -> Value:
        """A value of a field; `keys` are those that references may name."""
        kind, codes = field.type.kind, ("", *field.type.codes)
        if field.type.missing and not field.key and not self.below(SELDOM):
            return Missing(field.name, self.one_of(codes))
        match kind:
            case Number():
                return self.number(field, kind)
            case YesNo():
                return self.below(2) == 0
            case Choice(values=values):
                return self.one_of(values)
            case Reference(record=name):
                return self.one_of(keys[name]) if keys[name] else Missing(field.name)
            case Calendar(grain=grain):
                day = self.day - timedelta(days=self.below(30 * 365 if record is self.policy.main else 5 * 365))
                return day if grain == "day" else period_of_day(day, grain)
            case Text(identity=True):
                return self.identity()
            case _:
                return self.one_of(self.texts.get(field.name, ()) + tuple(f"{field.name}{n}" for n in range(1, 9)))

    def number(self, field: Field, kind: Number) -> Exact:
        """A number evenly from its range; where that is open, from a thousand units."""
        step = step_of(field, kind)
        unit = Fraction(kind.unit.factor if kind.unit else 1)
        span = 1000 * max(step, unit)
        low = Fraction(kind.low) if kind.low is not None else None
        high = Fraction(kind.high) if kind.high is not None else None
        if low is None:
            low = Fraction(0) if high is None or high >= 0 else high - span
        if high is None:
            high = low + span
        first, last = -(-low // step), high // step
        return whole((first + self.below(int(last - first) + 1)) * step) if last >= first else whole(low)

    def identity(self, like: str = "") -> str:
        """An identity number; of the birth and sex of another where one is given."""
        region = 110_000 + self.below(540_000)
        born = self.day - timedelta(days=365 * 18 + self.below(365 * 42))
        birth = like[6:14] or f"{born.year:04}{born.month:02}{born.day:02}"
        last = int(like[16]) % 2 + 2 * self.below(5) if like else self.below(10)
        digits = f"{region}{birth}{self.below(100):02}{last}"
        return digits + check_digit(digits)

    def key(self, record: Record, field: Field, number: int, keys: dict[str, list[str]]) -> Value:
        """A key that nobody has yet; None where there is none to be had."""
        kind, used = field.type.kind, self.used[record.name]
        tries = (
            [f"{self.stem}-{number:06}"]
            if isinstance(kind, Text) and not kind.identity
            else (self.value(field, record, keys) for _ in range(TRIES))
        )
        found = next((key for key in tries if key not in used), None)
        if found is not None:
            used.add(found)
        return found


def made(policy: Policy, count: int, seed: int, day: date | None) -> Dataset:
    """So many people with all that the policy lists, by the declarations alone."""
    maker = Maker(policy, seed, day)
    keys: dict[str, list[str]] = {record.name: [] for record in policy.records}
    begun: dict[str, list[dict[str, Value]]] = {}
    for record in _in_order(maker):
        begun[record.name] = _begun(record, maker, count, keys)
    tables = {}
    for record in policy.records:
        filled = (_filled(row, record, maker, keys) for row in begun[record.name])
        rows = [row for row in filled if record is policy.main or _whole(row, record)]
        tables[record.name] = table(record, rows, maker.stem)
    return Dataset(tables, main=policy.main.name)


def _begun(record: Record, maker: Maker, count: int, keys: dict[str, list[str]]) -> list[dict[str, Value]]:
    """The rows of a record with key, owner and period; its keys are noted."""
    owner = maker.owner[record.name]
    if record is maker.policy.main:
        rows: list[dict[str, Value]] = [{} for _ in range(count)]
    elif owner is None:
        rows = _in_series(record, STANDING, maker)
    else:
        of = owner.type.kind
        assert isinstance(of, Reference)
        rows = [
            {owner.name: key, **row}
            for key in keys[of.record]
            for row in _in_series(record, maker.below(MOST + 1), maker)
        ]
    if record.key is None:
        return rows
    kept = []
    for number, row in enumerate(rows, 1):
        found = row.get(record.key.name) or maker.key(record, record.key, number, keys)
        if found is not None:
            row[record.key.name] = found
            keys[record.name].append(found)
            kept.append(row)
    return kept


def _in_series(record: Record, count: int, maker: Maker) -> list[dict[str, Value]]:
    """So many rows, in a series one period after the other up to the present one."""
    field = next((f for f in record.fields if f.series), None)
    if field is None or not isinstance(field.type.kind, Calendar):
        return [{} for _ in range(count)]
    grain = field.type.kind.grain
    if grain == "day":
        return [{field.name: maker.day - timedelta(days=back)} for back in reversed(range(count))]
    present = period_of_day(maker.day, grain)
    return [{field.name: moved(present, -back)} for back in reversed(range(count))]


def _filled(row: dict[str, Value], record: Record, maker: Maker, keys: dict[str, list[str]]) -> dict[str, Value]:
    return {f.name: row[f.name] if f.name in row else maker.value(f, record, keys) for f in record.fields}


def _whole(row: dict[str, Value], record: Record) -> bool:
    """Whether nothing is missing that must be there: a reference finds nobody where nobody was made."""
    return all(f.type.missing or not isinstance(row[f.name], Missing) for f in record.fields)


def _in_order(maker: Maker) -> list[Record]:
    """The records, each after the one whose keys it needs: the main one first, then owners before what they own."""
    waiting, done = list(maker.policy.records), list[Record]()
    while waiting:
        ready = [record for record in waiting if _needs(record, maker) <= {each.name for each in done}]
        if not ready:
            for record in waiting:
                maker.owner[record.name] = None
            ready = waiting
        done += ready
        waiting = [record for record in waiting if record not in ready]
    return done


def _needs(record: Record, maker: Maker) -> set[str]:
    needed = [f.type.kind for f in (maker.owner[record.name], record.key) if f is not None]
    return {kind.record for kind in needed if isinstance(kind, Reference)} - {record.name}


def _owner(record: Record, owning: frozenset[tuple[str, str]]) -> Field | None:
    """The field that says whose a row is: the one marked so, else one by which lists go."""
    fields = [f for f in record.fields if isinstance(f.type.kind, Reference) and f.type.kind.record != record.name]
    marked = [f for f in fields if f.owner]
    return next(iter(marked or [f for f in fields if (record.name, f.name) in owning]), None)


def _compared(policy: Policy) -> dict[str, tuple[str, ...]]:
    """The words with which rules compare a text, by the name of the field."""
    found: dict[str, dict[str, None]] = {}
    for node in walk.nodes(walk.of_policy(policy)):
        if isinstance(node, Compare):
            for get, const in ((node.left, node.right), (node.right, node.left)):
                if isinstance(get, Get) and isinstance(const, Const) and isinstance(const.value, str):
                    found.setdefault(get.field, {})[const.value] = None
    return {name: tuple(words) for name, words in found.items()}


def step_of(field: Field, kind: Number) -> Fraction:
    """The smallest difference between two values of a number, in canonical units."""
    unit = field.unit or kind.unit
    factor = Fraction(unit.factor) if unit else Fraction(1)
    if field.whole or field.places is not None:
        decimals = 0 if field.whole else field.places or 0
        return Fraction(factor, 10**decimals)
    return Fraction(kind.grid) if kind.grid else factor


def table(record: Record, rows: Sequence[dict[str, Value]], name: str) -> Table:
    """Rows as a table of a file that does not exist, each with its number."""
    placed = tuple(Row(values, Place(name, row=at)) for at, values in enumerate(rows, 2))
    return Table(record, placed, (), len(placed), place=Place(name))
