"""Who stands with whom, in what order: what ranks and quotas have in common.

Every subject of the record is asked once whether it takes part, among whom, and with what order values. Those who take
part stand in groups of equals, best first. If for one of them that is open, it is open for everyone it stands with:
they might all move. The order of the data decides nothing; equals are listed in the order of their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from math import lcm
from typing import Any

from msgspec import Struct

from interpreter.exact.absence import OPEN, because, excused, opened, reasons_of, spread, truth
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.code import Code, Make, Program
from interpreter.exact.population import Subject, in_doubt, period_number
from interpreter.exact.trace import Member, Step
from policy.core import Get, Order, Quota, Ranking, Ref
from policy.diagnostic import Reason
from policy.kinds import Lacking
from policy.types import Choice
from policy.values import Nil, Period, Value

NAMED_AT_MOST = 3
"""How many of those on whom a place waits are named."""


class Entry(Struct, eq=False):
    """One subject that is considered. `values` are its order values, `parts` the steps of all that was asked of it."""

    subject: Subject
    parts: tuple[Step, ...]
    values: tuple[Value, ...]


class Partition(Struct, eq=False):
    """Those who stand among each other. `blocked` says why nobody's place is known, None where places are known.

    `groups` are the ranked, best first, equals together; `left` are those left out for a missing value, `open` the
    keys of all who lack one.
    """

    values: tuple[Value, ...]
    groups: list[list[Entry]]
    left: list[Entry]
    blocked: Value | None
    doubtful: list[tuple[Entry, Value]]
    open: tuple[str, ...]


class Rules(Struct, eq=False):
    """Who takes part, among whom, in what order; compiled."""

    among: Code | None
    same: tuple[Code, ...]
    orders: tuple[tuple[Order, Code], ...]
    missing: Lacking

    @classmethod
    def of(cls, stated: Ranking | Quota, make: Make) -> Rules:
        return cls(
            make(stated.among) if stated.among else None,
            tuple(make(expr) for expr in stated.same),
            tuple((order, make(order.by)) for order in stated.orders),
            stated.missing,
        )


class Gathered(Struct, eq=False):
    """All subjects of a record: the partitions, those who take no part, those who lack what would place them in a
    partition and are left out for it, and those of whom it is open among whom they stand."""

    partitions: list[Partition]
    outside: list[Entry]
    left: list[Entry]
    adrift: list[tuple[Entry, Value]]


def gather(record: str, rules: Rules, program: Program) -> Gathered:
    """Every subject of `record` in its place."""
    found = Gathered([], [], [], [])
    sharing: dict[tuple[Value, ...], list[tuple[Entry, Value]]] = {}
    stray: list[tuple[Entry, Value]] = []
    for subject in program.population.listed(record):
        scope = (subject,)
        among = rules.among(scope) if rules.among else None
        parts = (among,) if among else ()
        taking = truth(among.value) if among else True
        if taking is not True and rules.missing == "left_out" and excused(taking, rules.missing):
            found.left.append(entry_of(subject, parts, ()))
            continue
        if taking is False:
            found.outside.append(entry_of(subject, parts, ()))
            continue
        shared = tuple([code(scope) for code in rules.same])
        where = tuple([step.value for step in shared])
        if any(type(value) in OPEN for value in where):
            adrift(entry_of(subject, (*parts, *shared), ()), spread(where), rules, found, stray)
            continue
        ordered = tuple([code(scope) for _, code in rules.orders])
        entry = entry_of(subject, (*parts, *shared, *ordered), tuple([step.value for step in ordered]))
        sharing.setdefault(where, []).append((entry, in_doubt(taking, subject)))
    for where, entries in sharing.items():
        partition, outside = partitioned(where, entries, stray, rules)
        if len(outside) < len(entries):
            found.partitions.append(partition)
        found.outside += outside
    return found


def entry_of(subject: Subject, parts: tuple[Step, ...], values: tuple[Value, ...]) -> Entry:
    return Entry(subject, parts if subject.traced else (), values)


def adrift(entry: Entry, why: Value, rules: Rules, found: Gathered, stray: list[tuple[Entry, Value]]) -> None:
    """One of whom it is open among whom it stands: left out, or open; and unless that is excused, in everyone's way."""
    if not excused(why, rules.missing):
        stray.append((entry, why))
        found.adrift.append((entry, why))
    elif rules.missing == "left_out":
        found.left.append(entry)
    else:
        found.adrift.append((entry, why))


def partitioned(
    where: tuple[Value, ...], entries: list[tuple[Entry, Value]], stray: list[tuple[Entry, Value]], rules: Rules
) -> tuple[Partition, list[Entry]]:
    """One partition in order, and those of it who are not ranked because an order value of theirs is 无."""
    doubtful: list[tuple[Entry, Value]] = []
    ranked: list[Entry] = []
    left: list[Entry] = []
    outside: list[Entry] = []
    lack: list[str] = []
    for entry, taking in entries:
        gaps = [value for value in entry.values if type(value) in OPEN]
        if Nil in map(type, entry.values):
            outside.append(entry)
        elif taking is not True and not excused(taking, rules.missing):
            doubtful.append((entry, spread((taking,))))
        elif taking is True and not all(excused(gap, rules.missing) for gap in gaps):
            doubtful.append((entry, spread(gaps)))
        else:
            lack += [entry.subject.label] if gaps or taking is not True else []
            chosen = left if gaps and rules.missing == "left_out" else ranked
            chosen.append(entry if taking is True else behind(entry, taking))
    blocked = waiting_on([*doubtful, *stray], rules) if doubtful or stray else None
    groups = [] if blocked else in_groups(ranked, rules)
    left += ranked if blocked else []
    named = sorted({*lack, *(entry.subject.label for entry, _ in (*doubtful, *stray))})
    return Partition(where, groups, left, blocked, doubtful, tuple(named)), outside


def behind(entry: Entry, taking: Value) -> Entry:
    """One who is placed behind all, because data lacks that says whether it takes part."""
    return Entry(entry.subject, entry.parts, (taking,) * len(entry.values))


def waiting_on(doubtful: list[tuple[Entry, Value]], rules: Rules) -> Value:
    """Why the places of all wait: who is open, and on what."""
    reasons = sorted({reason for entry, value in doubtful for reason in waits(entry, value, rules)}, key=reason_order)
    if len(reasons) > NAMED_AT_MOST:
        more = because("ZS824", count=str(len(reasons) - NAMED_AT_MOST))
        reasons = [*reasons[:NAMED_AT_MOST], more]
    return opened((value for _, value in doubtful), tuple(reasons))


def reason_order(reason: Reason) -> tuple[str, tuple[tuple[str, str], ...]]:
    return reason.code, reason.arguments


def waits(entry: Entry, value: Value, rules: Rules) -> list[Reason]:
    """What others say of someone whose case is open."""
    who = entry.subject.label
    lacks = [r for r in reasons_of(value) if r.cause in ("lacks", "others_lack")]
    fields = [field for reason in lacks if (field := dict(reason.arguments).get("field", ""))]
    if fields:
        return [because("ZS820", who=who, what=field) for field in fields]
    opened = [order.by for (order, _), mine in zip(rules.orders, entry.values, strict=False) if type(mine) in OPEN]
    names = [by.name if isinstance(by, Ref) else by.field for by in opened if isinstance(by, Ref | Get)]
    return [because("ZS822", who=who, what=name) for name in names] or [because("ZS821", who=who)]


def in_groups(entries: list[Entry], rules: Rules) -> list[list[Entry]]:
    """Entries best first, equals together."""
    columns = [column(order, [entry.values[i] for entry in entries]) for i, (order, _) in enumerate(rules.orders)]
    keyed = [(tuple(key), entry.subject.label, entry) for key, entry in zip(zip(*columns, strict=True), entries)]  # noqa: B905
    if not columns:
        keyed = [((), entry.subject.label, entry) for entry in entries]
    keyed.sort(key=lambda item: item[:2])
    groups: list[list[Entry]] = []
    last: tuple[Any, ...] | None = None
    for key, _, entry in keyed:
        if key == last:
            groups[-1].append(entry)
        else:
            groups.append([entry])
            last = key
    return groups


def column(order: Order, values: list[Value]) -> list[Any]:
    """One order key of all, of which lower comes first; behind come values outside the order of their choice, last
    what is missing."""
    there = [value for value in values if type(value) not in OPEN]
    size, sign = sizing(order, there), -1 if order.descending else 1
    sized = [None if type(value) in OPEN else size(value) for value in values]
    if len(there) == len(values) and None not in sized:
        return [sign * at for at in sized if at is not None]
    return [(2 if type(value) in OPEN else 1, 0) if at is None else (0, sign * at)
            for at, value in zip(sized, values, strict=True)]  # fmt: skip


def sizing(order: Order, values: list[Value]) -> Callable[[Value], int | None]:
    """How to turn the values of one kind into ints that stand in the same order, a better grade being higher; None for
    a grade outside the order."""
    kind = order.by.type.kind
    if isinstance(kind, Choice):
        return lambda grade: None if (at := kind.rank_of(grade)) is None else -at
    if any(isinstance(value, (date, Period)) for value in values):
        return lambda day: day.toordinal() if isinstance(day, date) else period_number(day)
    common = reduce(lcm, (value.denominator for value in values if type(value) in NUMERIC), 1)
    if common == 1:
        return int
    return lambda number: int(number.numerator * (common // number.denominator))


def members_of(groups: list[list[Entry]], dense: bool) -> tuple[Member, ...]:
    """The ranked in order, with the place that equals share."""
    members: list[Member] = []
    for number, group in enumerate(groups):
        ahead, tied = len(members), len(group)
        place = (number if dense else ahead) + 1
        members += [Member(place, entry.subject.label, entry.values, ahead, tied) for entry in group]
    return tuple(members)


def by_label(found: Iterable[Partition]) -> list[Partition]:
    """Partitions in an order that the data's order has no part in."""
    return sorted(found, key=lambda partition: tuple(str(value) for value in partition.values))
