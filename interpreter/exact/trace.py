"""What evaluation records: for every value its expression, its operands and the facts of its cohort.

Explanation reads these steps and never evaluates again. The operands stand in the order of the node's children:

- Switch: a step for each arm looked at, in order, whose `expr` is the Arm, whose value is what the guard came to (True,
  False or absent) and whose parts are the guard's step (unless it is 否则) and, where the arm was taken, the value's.
- Total: a step for every line, whose `expr` is the Line and whose value is its contribution with its sign, or None
  where the line did not apply; its parts are the guard's step (if it has one), then the value's and the weight's.
- Ref: first the shared step of the definition, whose parts hold what it was made of; a definition that was given in
  place of its inputs has no parts.
- Get and Ref of the record in scope have no part for that record; no step ever holds a record, only its key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from policy.core import Allocation, Arm, Band, Definition, Effect, Exempt, Expr, Fit, Key, Line, Quota, Ranking, Tier
from policy.kinds import Edge, Fate
from policy.units import Exact
from policy.values import Value

if TYPE_CHECKING:
    from interpreter.allocating.model import Solution
    from interpreter.allocating.posing import Posed

Traced: TypeAlias = Expr | Arm | Line | Band | Effect | Exempt | Definition | Ranking | Quota | Tier | Allocation | Fit


class Step(Struct, eq=False, gc=False):
    """One value that was worked out. `note` holds what the operands alone do not say."""

    expr: Traced
    value: Value
    parts: tuple[Step, ...] = ()
    note: Note | None = None

    def __repr__(self) -> str:
        return f"Step({type(self.expr).__name__}, {self.value!r}, {len(self.parts)} parts)"


class Worked(Struct, frozen=True, gc=False):
    """Working days counted: of `weekdays` from Monday to Friday `off` are free, `extra` others are worked."""

    days: int
    weekdays: int
    off: int
    extra: int


class Member(Struct, eq=False, gc=False):
    """One who is ranked: how many stand before (`ahead`), how many share the place (1 is alone), by which values."""

    place: int
    key: str
    values: tuple[Value, ...]
    ahead: int
    tied: int


class Cohort(Struct, eq=False, gc=False):
    """All who are ranked among each other, best first; equals stand in the order of their keys.

    `key` is the rank's, `partition` the shared values of `同`. `open` are the keys of those who were left out, or
    placed last, because a value is missing.
    """

    key: Key
    partition: tuple[Value, ...]
    members: tuple[Member, ...]
    edge: Edge | None
    dense: bool
    open: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.key[1]


class Standing(Struct, eq=False, gc=False):
    """Where one subject stands in a cohort: `at` is the own index among the members, `given` what the rank made of it,
    before any exception."""

    cohort: Cohort
    at: int
    given: Value

    @property
    def mine(self) -> Member:
        return self.cohort.members[self.at]

    @property
    def place(self) -> int:
        return self.cohort.members[self.at].place

    @property
    def of(self) -> int:
        """How many are ranked."""
        return len(self.cohort.members)

    @property
    def tied(self) -> int:
        """How many share this place, oneself included."""
        return self.mine.tied

    @property
    def values(self) -> tuple[Value, ...]:
        """One's own order values."""
        return self.mine.values

    @property
    def above(self) -> Member | None:
        """The nearest who stands before."""
        ahead = self.mine.ahead
        return self.cohort.members[ahead - 1] if ahead else None

    @property
    def below(self) -> Member | None:
        """The nearest who stands behind."""
        after = self.mine.ahead + self.mine.tied
        return self.cohort.members[after] if after < len(self.cohort.members) else None


class Places(Struct, eq=False, gc=False):
    """One grade of a quota in one partition: its places, with those passed down to it, and who took them.

    `tied` are those whom the cut divided; `surplus` were admitted and found no place; `unfilled` places remained.
    `most` is what the grade may have at most, a number or a share; `carried` places were passed down to it. `possible`
    is the most places there could be once the open cases are settled, where that is another number.
    """

    tier: Tier
    most: Exact
    places: Exact
    carried: Exact
    taken: tuple[str, ...]
    tied: tuple[str, ...]
    surplus: tuple[str, ...]
    unfilled: Exact
    possible: Exact | None = None


class Allotment(Struct, eq=False, gc=False):
    """How the grades of a quota were given out in one partition. `base` is None where no grade is a share of it.

    `open` are the keys of those whose case is not decided: they could still change the base or the cut.
    """

    key: Key
    partition: tuple[Value, ...]
    base: Step | None
    grades: tuple[Places, ...]
    members: tuple[Member, ...]
    open: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.key[1]


class Seat(Struct, eq=False, gc=False):
    """What a quota gave one subject: the allotment, and the own index among its members (None if not a candidate)."""

    allotment: Allotment
    at: int | None


class Division(Struct, eq=False, gc=False):
    """A division as it was worked out: the problem posed, its solution (None where not all lines can hold), and to whom
    each item went, by keys."""

    key: Key
    posed: Posed
    solution: Solution | None
    placed: dict[str, str]

    @property
    def name(self) -> str:
        return self.key[1]


class Share(Struct, eq=False, gc=False):
    """What a division did with one item, told by its key."""

    division: Division
    item: str


class Listed(Struct, eq=False, gc=False):
    """One record of a list: whether it was kept (True, False, or absent where that is open) and its item's step.

    `by` is what the last few go by; `own` what tells the record from its like: its key, else its period; `group` what
    it is among, where so many of each count.
    """

    key: str
    place: object
    kept: Value
    where: Step | None
    item: Step | None
    by: Value = None
    own: Value = None
    group: Value = None


class Listing(Struct, eq=False, gc=False):
    """The records that a fold looked at, in the order of the data."""

    records: tuple[Listed, ...]


class Acting(Struct, eq=False, gc=False):
    """An effect of an exception for a case: `key` of the listed record if it is of one, and what became of it.

    `by` names the exception that voided or prevailed over it.
    """

    exemption: str
    key: str
    fate: Fate
    by: str = ""


class Cohorts:
    """What a run worked out for whole cohorts, by rank, quota and division."""

    __slots__ = ("allotments", "divisions", "ranks")

    def __init__(self) -> None:
        self.ranks: dict[Key, tuple[Cohort, ...]] = {}
        self.allotments: dict[Key, tuple[Allotment, ...]] = {}
        self.divisions: dict[Key, Division] = {}


Note: TypeAlias = Standing | Seat | Share | Listing | Acting | Worked | Exact


def standing(step: Step) -> Standing | None:
    """The standing behind the step of a rank's place, its definition's or a reference to it."""
    note = step.note
    if note is None and step.parts:
        note = step.parts[0].note
    return note if type(note) is Standing else None
