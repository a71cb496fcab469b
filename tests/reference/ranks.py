"""Who stands with whom, in which order, as docs/language/ranks.md tells it; and the places that come of it."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from policy import core
from policy.numerals import decimal
from policy.types import Choice
from tests.reference.absence import NONE, Absent, Reason, Value, holds, is_open, reason, spread
from tests.reference.reckoning import is_number, period_number, rounded
from tests.reference.records import Row, Scope

if TYPE_CHECKING:
    from tests.reference.evaluator import Evaluator

LACKING = ("ZS801", "ZS802", "ZS803", "ZS805")


class Entry:
    """One record that is considered: whether it takes part, among whom, and by what it is ordered.

    `lacks`: nothing but its own data is missing. `state`: ranked, outside, left out, or open for itself alone.
    """

    def __init__(self, world: Evaluator, rule: core.Ranking | core.Quota, row: Row) -> None:
        scope = (row,)
        self.row = row
        self.rule = rule
        self.taking = True if rule.among is None else holds(world.value(rule.among, scope))
        self.among = row.in_doubt(self.taking)
        self.same = tuple(world.values(rule.same, scope))
        self.orders = tuple(world.value(order.by, scope) for order in rule.orders)
        self.adrift = any(is_open(value) for value in self.same)
        asked = self.same if self.adrift else (self.among,) if is_open(self.among) else self.orders
        self.doubts = [value for value in asked if is_open(value)]
        self.last = False

    def state(self) -> str:
        """What becomes of it, and of those with it: `group` and `all` wait until it is settled.

        It is asked first whether it takes part, then among whom it stands, then by what it is ordered; it counts as
        lacking something only where nothing that is asked is open for another reason.
        """
        if self.among is False or (NONE in self.orders and not self.adrift):
            return "outside"
        if not self.doubts:
            return "ranked"
        if self.rule.missing == "left_out" and (lacks((self.taking,)) or (self.adrift and lacks(tuple(self.doubts)))):
            return "outside"
        if self.rule.missing == "left_out" and lacks(tuple(self.doubts)):
            return "left"
        if self.rule.missing == "last" and lacks(tuple(self.doubts)):
            self.last = is_open(self.among)
            return "alone" if self.adrift else "ranked"
        return "all" if self.adrift else "group"

    def waits(self) -> set[Reason]:
        """What others say of it while it is open. Its order is not asked for where it is open among whom it stands."""
        who = self.row.label
        lacks = {reason("ZS820", who=who, what=dict(args)["field"]) for value in self.doubts
                 for code, args in value.reasons if code in LACKING and dict(args).get("field")}  # fmt: skip
        if lacks:
            return lacks
        named = [order.by.name if isinstance(order.by, core.Ref) else getattr(order.by, "field", "")
                 for order, value in zip(self.rule.orders, self.orders, strict=True) if is_open(value) and not self.adrift]  # fmt: skip
        return {reason("ZS822", who=who, what=name) for name in named if name} or {reason("ZS821", who=who)}


def lacks(values: tuple[Value, ...]) -> bool:
    """Whether some values are open only because something of one's own is missing."""
    return bool(values) and all(is_open(value) and value.own for value in values)


def waiting(entries: list[Entry]) -> Absent:
    """Why the places of others are open: three of the reasons, and how many more there are."""
    told = sorted({why for entry in entries for why in entry.waits()})
    if len(told) > 3:
        told = [*told[:3], reason("ZS824", count=str(len(told) - 3))]
    referred = all(value.kind == "referred" for entry in entries for value in entry.doubts)
    return Absent("referred" if referred else "undecided", frozenset(told))


class Cohort:
    """Those who stand among each other: groups of equals, best first.

    `shared` are the values of 同; `open` are the names of those who lack something, or of whom something is open.
    """

    def __init__(self, entries: list[Entry], shared: tuple[Value, ...], still_open: list[Entry]) -> None:
        self.shared = shared
        self.open = {entry.row.label for entry in still_open}
        ordered = sorted(entries, key=key_of)
        self.size = len(ordered)
        self.groups: list[list[Entry]] = []
        for entry in ordered:
            if self.groups and key_of(self.groups[-1][0]) == key_of(entry):
                self.groups[-1].append(entry)
            else:
                self.groups.append([entry])


def key_of(entry: Entry) -> tuple[Any, ...]:
    """Who comes first is smaller. Who lacks a value stands last by it, behind grades outside the order; of whom it is not
    known whether it takes part stands so by all of them."""
    key: list[Any] = []
    for order, value in zip(entry.rule.orders, entry.orders, strict=True):
        kind = order.by.type.kind
        size: Any
        if entry.last or is_open(value):
            key.append((2, 0))
            continue
        if isinstance(kind, Choice):
            at = kind.rank_of(value)
            if at is None:
                key.append((1, 0))
                continue
            size = -at
        elif is_number(value):
            size = value
        else:
            size = value.toordinal() if hasattr(value, "toordinal") else period_number(value)
        key.append((0, -size if order.descending else size))
    return tuple(key)


class Gathered:
    """Everyone of a record: the cohorts that can be ranked, and what is known of all others."""

    def __init__(self, world: Evaluator, record: str, rule: core.Ranking | core.Quota) -> None:
        self.cohorts: list[Cohort] = []
        self.blocked: list[Cohort] = []
        self.settled: dict[int, Value] = {}
        entries = [Entry(world, rule, row) for row in world.listed(record)]
        states = [(entry, entry.state()) for entry in entries]
        blocking = [entry for entry, state in states if state == "all"]
        parts: dict[tuple[Value, ...], list[tuple[Entry, str]]] = {}
        for entry, state in states:
            if state == "outside":
                self.settled[id(entry.row)] = NONE
            elif state in ("all", "alone"):
                self.settled[id(entry.row)] = spread(entry.doubts)
            else:
                parts.setdefault(entry.same, []).append((entry, state))
        for shared, members in parts.items():
            self.gather(shared, members, blocking)

    def gather(self, shared: tuple[Value, ...], members: list[tuple[Entry, str]], blocking: list[Entry]) -> None:
        doubtful = [*blocking, *(entry for entry, state in members if state == "group")]
        unsure = [*doubtful, *(entry for entry, _ in members if entry.doubts)]
        if doubtful:
            self.blocked.append(Cohort([], shared, unsure))
        else:
            self.cohorts.append(Cohort([entry for entry, state in members if state != "left"], shared, unsure))
            self.settled.update({id(entry.row): NONE for entry, state in members if state == "left"})
            return
        for entry, state in members:
            own = spread(entry.doubts) if state == "group" else waiting(doubtful)
            self.settled[id(entry.row)] = own


class Placed:
    """Where a record stands: its value, and, where it is ranked, with whom and how many before it."""

    def __init__(
        self, value: Value, cohort: Cohort | None = None, place: int = 0, ahead: int = 0, tied: int = 0
    ) -> None:
        self.value, self.cohort, self.place, self.ahead, self.tied = value, cohort, place, ahead, tied


def places(world: Evaluator, stated: core.Definition) -> dict[int, Placed]:
    rule = stated.ranking
    assert rule is not None
    gathered = Gathered(world, stated.record, rule)
    found = {at: Placed(value) for at, value in gathered.settled.items()}
    for cohort in gathered.cohorts:
        ahead = 0
        for number, group in enumerate(cohort.groups):
            place = (number if rule.ties == "dense" else ahead) + 1
            value: Value = place
            if len(group) > 1 and rule.ties in ("referred", "undecided"):
                value = Absent(rule.ties, frozenset([reason("ZS823", place=str(place), tied=str(len(group)))]))
            for entry in group:
                found[id(entry.row)] = Placed(value, cohort, place, ahead, len(group))
            ahead += len(group)
    return found


def in_top(world: Evaluator, node: core.InTop, scope: Scope) -> Value:
    """Open where an exception made the place open; where only equals did, the standing is known and 末位并列 decides."""
    place = world.value(node.of, scope)
    if place == NONE:
        return False
    row = world.record_at(node.of.of, scope)
    stated = world.definition(row.record.name, node.of.name) if isinstance(row, Row) else None
    rule = stated.ranking if stated is not None else None
    if rule is None or not isinstance(row, Row) or node.of.name in row.given or stated is None:
        standing = None
    else:
        world.plain(row, stated)
        standing = world.placed[stated.record, stated.name][id(row)]
    if standing is not None and (standing.cohort is None or (is_open(place) and place != standing.value)):
        standing = None
    if is_open(place) and standing is None:
        return spread([place])
    cut = top_of(world, node, scope, standing)
    if isinstance(cut, Absent):
        return spread([cut])
    assert rule is not None or standing is None
    if standing is None or rule is None or (is_number(place) and (place != standing.place or rule.ties == "dense")):
        return bool(place <= cut)
    whole = floor(cut)
    if standing.ahead + standing.tied <= whole:
        return True
    if standing.ahead >= whole:
        return False
    if rule.edge in ("all_in", "all_out"):
        return rule.edge == "all_in"
    left = decimal(whole - standing.ahead)
    why = reason("ZS825", place=str(standing.place), tied=str(standing.tied), left=left)
    return Absent("referred" if rule.edge == "referred" else "undecided", frozenset([why]))


def top_of(world: Evaluator, test: core.InTop, scope: Scope, standing: Placed | None) -> Value:
    """How many the first are; a share is of those ranked together."""
    node = test.count
    if not test.share:
        return world.value(node, scope)
    inner = node.of if isinstance(node, core.Rounded) else node
    share = world.value(inner, scope)
    if isinstance(share, Absent) or standing is None or standing.cohort is None:
        return spread([share])
    cut = Fraction(share) * standing.cohort.size
    return rounded(cut, node.mode, node.step) if isinstance(node, core.Rounded) else cut
