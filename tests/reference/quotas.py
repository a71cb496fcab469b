"""Grades given out by places, as docs/language/ranks.md tells it.

Grades stand best first; each takes from the front those whom its 限 admits, until its places are gone. Equals that the
cut divides take their places together or not at all, or are left to people; then they hold what was left, and where the
surplus passes on, as many of the next grade's places as they still need.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from policy import core
from policy.numerals import decimal
from tests.reference.absence import NONE, Absent, Value, holds, is_open, of_someone, reason, spread, undecided
from tests.reference.ranks import Cohort, Gathered, Placed
from tests.reference.reckoning import rounded
from tests.reference.records import Row, text_of

if TYPE_CHECKING:
    from tests.reference.evaluator import Evaluator


class Waiting:
    """Equals who have no place yet. `seats` is how many places they still need, where fewer than they are."""

    def __init__(self, members: list[Row], seats: Any = None) -> None:
        self.members = members
        self.seats = len(members) if seats is None else seats
        self.divided = seats is not None


class Stop(Exception):  # noqa: N818
    """From here on grades are open, for this reason."""

    def __init__(self, why: Absent) -> None:
        self.why = why


def grades(world: Evaluator, stated: core.Definition) -> dict[int, Placed]:
    rule = stated.quota
    assert rule is not None
    gathered = Gathered(world, stated.record, rule)
    found = dict(gathered.settled)
    rooms = [Room(world, rule, cohort) for cohort in (*gathered.cohorts, *gathered.blocked)]
    for room in rooms:
        found.update(room.given_out())
    world.allotments[stated.key] = [room.allotment() for room in rooms]
    settled = {}
    for row in world.listed(stated.record):
        value = found.get(id(row), NONE)
        settled[id(row)] = Placed(world.value(rule.leftover, (row,)) if value == NONE else value)
    return settled


class Room:
    """One cohort while its grades are given out. Without a grade by the end, one has what 否则 says (here: 无)."""

    def __init__(self, world: Evaluator, rule: core.Quota, cohort: Cohort) -> None:
        self.world, self.rule = world, rule
        self.everyone = [entry.row for group in cohort.groups for entry in group]
        self.waiting = [Waiting([entry.row for entry in group]) for group in cohort.groups]
        self.given: dict[int, Value] = {}
        self.shares, self.open = cohort.shared, cohort.open
        self.base: Value = None
        self.told: list[tuple[Any, ...]] = []
        self.lists: dict[str, list[str]] = {}
        self.left: Any = 0
        self.shut = False

    def given_out(self) -> dict[int, Value]:
        """What everyone of the cohort has; nothing is given out where nobody's place in it is known."""
        why: Value = NONE
        try:
            if self.everyone:
                self.give_out()
        except Stop as stop:
            why = stop.why
        found = {id(row): self.given.get(id(row), why) for row in self.everyone}
        self.open = self.open | {row.label for row in self.everyone if is_open(found[id(row)])}
        return found

    def allotment(self) -> tuple[Any, ...]:
        """Among whom, of how many, how each grade was given out, and whose case is open."""
        return self.shares, self.base, self.told, sorted(self.open)

    def shared(self, node: core.Expr) -> Any:
        """A number that is the same whoever of the cohort is asked."""
        found = [self.world.value(node, (row,)) for row in self.everyone]
        if any(isinstance(value, Absent) for value in found):
            raise Stop(spread(found))
        if any(value != found[0] for value in found):
            raise Stop(undecided("ZS827", what=text_of(self.rule.base)))
        return found[0]

    def places(self) -> list[Any]:
        """The places of each grade: a share of the base, or a number."""
        shares = any(tier.share for tier in self.rule.tiers)
        try:
            base = self.base = self.shared(self.rule.base) if shares else None
        except Stop as stop:
            self.base = stop.why
            raise
        mosts = [self.shared(tier.most) for tier in self.rule.tiers]
        found = [rounded(Fraction(most) * base, *self.rule.places) if tier.share else most
                 for tier, most in zip(self.rule.tiers, mosts, strict=True)]  # fmt: skip
        below = [reason("ZS829", grade=tier.value, places=decimal(places))
                 for tier, places in zip(self.rule.tiers, found, strict=True) if places < 0]  # fmt: skip
        if below:
            raise Stop(Absent("undecided", frozenset(below)))
        return found

    def give_out(self) -> None:
        carried: Any = 0
        places, tiers = self.places(), self.rule.tiers
        for at, tier in enumerate(tiers):
            self.left, self.shut = places[at] + carried, False
            self.lists = {"taken": [], "tied": [], "surplus": []}
            total = self.left
            self.fill(tier, tier, False)
            if self.rule.vacancies == "fill" and self.left and not self.shut and at + 1 < len(tiers):
                self.fill(tier, tiers[at + 1], True)
            carried = self.left if self.rule.vacancies == "next" else 0
            self.told.append((tier.value, total, *map(sorted, self.lists.values()), self.left))

    def fill(self, tier: core.Tier, admitting: core.Tier, from_below: bool) -> None:
        """Those whom `admitting` lets in take places of `tier`; whoever finds none waits on, or drops out."""
        still: list[Waiting] = []
        for group in self.waiting:
            admitted, others = self.split(group, admitting, tier)
            over = self.seat(admitted, tier) if admitted is not None else None
            if over is not None and not from_below:
                self.lists["surplus"] += [row.label for row in over.members]
                over = None if self.rule.overflow == "dropped" else over
            rest = [*others, *(over.members if over is not None else [])]
            if rest:
                still.append(Waiting(rest, over.seats if over is not None and over.divided else None))
        self.waiting = still

    def split(self, group: Waiting, admitting: core.Tier, tier: core.Tier) -> tuple[Waiting | None, list[Row]]:
        """Who is let in, and who is not. Open only where it matters: a place is left, or who has none drops out."""
        matters = self.rule.overflow == "dropped" or (self.left > 0 and not self.shut)
        inside, others = [], []
        for row in group.members:
            let_in = True if admitting.among is None else holds(self.world.value(admitting.among, (row,)))
            if is_open(let_in) and matters:
                why = undecided("ZS826", who=row.label, grade=admitting.value)
                raise Stop(spread([why, of_someone(row.label, let_in)]))
            (inside if let_in is True else others).append(row)
        if group.divided and inside and others:
            raise Stop(undecided("ZS826", who=inside[0].label, grade=admitting.value))
        return (Waiting(inside, group.seats if group.divided else None) if inside else None), others

    def seat(self, group: Waiting, tier: core.Tier) -> Waiting | None:
        """Equals take their places together; those who find none are given back."""
        if self.shut or self.left <= 0:
            return group
        if group.seats <= self.left:
            self.left -= group.seats
            return self.take(group, tier)
        self.lists["tied"] += [row.label for row in group.members]
        if self.rule.edge == "all_in" and not group.divided:
            self.left = 0
            return self.take(group, tier)
        if self.rule.edge == "all_out" and not group.divided:
            self.shut = True
            return group
        why = reason("ZS828", tied=str(len(group.members)), left=decimal(self.left))
        kind = "referred" if self.rule.edge == "referred" else "undecided"
        for row in group.members:
            self.given.setdefault(id(row), Absent(kind, frozenset([why])))
        over = Waiting(group.members, group.seats - self.left)
        self.left = 0
        return over

    def take(self, group: Waiting, tier: core.Tier) -> None:
        for row in group.members:
            if self.given.setdefault(id(row), tier.value) == tier.value:
                self.lists["taken"].append(row.label)
