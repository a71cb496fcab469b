"""A division as the policy and the data pose it, turned into whole numbers: who may take what, lines, goals.

Conditions are worked out by the exact evaluator, each for the side it is about: of what is given alone, of who takes
alone, and only what asks both for every pair that is left. What is open about an item leaves that item undecided; of
one who could take, that one takes nothing; of a pair, the pair is not given. All of it is kept, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal, TypeAlias

from msgspec import Struct

from interpreter.allocating.model import Goal, Line, Problem, Shortfall, Spread, Terms, Total
from interpreter.exact.absence import ABSENT_TYPES, OPEN, spread, truth
from interpreter.exact.code import Code, Program
from interpreter.exact.cohorts import column
from interpreter.exact.population import Subject
from policy import walk
from policy.core import Aim, All, Allocation, Expr, Fit, Order, Taking
from policy.units import Exact
from policy.values import Missing, Value

Side: TypeAlias = Literal["item", "owner", "pair"]
Kind: TypeAlias = Literal["one", "taking", "tied", "fit"]


class Origin(Struct, frozen=True):
    """What a line of the problem comes from: the statement's line (by kind and number) and for whom it was drawn."""

    kind: Kind
    at: int
    of: str


class Asking(Struct, eq=False):
    """An expression of a division and the side that it is about."""

    expr: Expr
    code: Code
    side: Side
    known: dict[int, Value]

    def of(self, item: Subject | None, owner: Subject | None) -> Value:
        """The value for a pair; of one side alone it is worked out once."""
        if self.side == "pair":
            assert item is not None
            assert owner is not None
            return self.code((item, owner)).value
        mine = item if self.side == "item" else owner
        assert mine is not None
        at = id(mine)
        if at not in self.known:
            self.known[at] = self.code((mine, mine)).value
        return self.known[at]


class Posed(Struct, eq=False):
    """A problem with what its numbers mean. Items and owners by key, in the order in which they are numbered.

    `outside` are items that `限` leaves out, `open_items` those that cannot be told, `open_owners` likewise; `doubtful`
    are pairs of which it is open. `origins` stand beside the lines, `aims` say which goals of the problem each goal of
    the text is, `scales` how many units one of its own is; `kept` says that the first goal is to keep a given division.
    """

    allocation: Allocation
    problem: Problem
    items: tuple[str, ...]
    owners: tuple[str, ...]
    outside: frozenset[str]
    open_items: Mapping[str, Value]
    open_owners: Mapping[str, Value]
    doubtful: tuple[tuple[str, str], ...]
    origins: tuple[Origin, ...]
    aims: tuple[tuple[int, ...], ...]
    scales: tuple[int, ...]
    kept: bool = False

    def owners_of(self, item: str) -> tuple[str, ...]:
        """Those who may take an item."""
        at = self.items.index(item) if item in self.items else -1
        return tuple(self.owners[o] for i, o in self.problem.pairs if i == at)


def pose(
    allocation: Allocation, program: Program, kept: Mapping[str, str] | None = None, *, wide: bool = False
) -> Posed:
    """The problem of a division over a population. A `wide` one has the pairs too that conditions forbid, with lines
    that forbid them."""
    return _Posing(allocation, program, kept or {}, wide=wide).posed()


def conjuncts(expr: Expr | None) -> list[Expr]:
    """What must all hold."""
    if isinstance(expr, All):
        return [each for item in expr.items for each in conjuncts(item)]
    return [] if expr is None else [expr]


def side_of(expr: Expr) -> Side:
    """Whose an expression is; what is about neither counts as the owner's."""
    item, owner = walk.asks(expr, 0), walk.asks(expr, 1)
    if item and owner:
        return "pair"
    return "item" if item else "owner"


class Sides:
    """The expressions of a division compiled, each once."""

    def __init__(self, make: Callable[[Expr], Code]) -> None:
        self.make = make
        self.known: dict[int, Asking] = {}

    def __call__(self, expr: Expr) -> Asking:
        found = self.known.get(id(expr))
        if found is None:
            found = self.known[id(expr)] = Asking(expr, self.make(expr), side_of(expr), {})
        return found


class Condition(Struct, eq=False):
    """A line of who may take what: where all guards hold, all that it demands must. One that is known to fail is met
    only where a guard does not hold."""

    guards: list[Asking]
    holds: list[Asking]
    failing: bool = False

    @classmethod
    def of(cls, fit: Fit, ask: Sides) -> Condition:
        return cls([ask(each) for each in conjuncts(fit.guard)], [ask(each) for each in conjuncts(fit.holds)])

    @property
    def pair_guards(self) -> list[Asking]:
        return [ask for ask in self.guards if ask.side == "pair"]

    @property
    def pair_holds(self) -> list[Asking]:
        return [ask for ask in self.holds if ask.side == "pair"]

    def of_item(self, item: Subject) -> bool | None:
        """Whether what it demands of an item alone holds; None where its guards leave the item out."""
        if any(truth(ask.of(item, None)) is False for ask in self.guards if ask.side == "item"):
            return None
        return all(truth(ask.of(item, None)) is True for ask in self.holds if ask.side == "item")

    def about(self, owner: Subject) -> bool:
        """Whether its guards may hold of one who takes."""
        return all(truth(ask.of(None, owner)) is True for ask in self.guards if ask.side == "owner")

    def holds_of(self, owner: Subject) -> bool:
        """Whether what it demands of one who takes alone holds."""
        return all(truth(ask.of(None, owner)) is True for ask in self.holds if ask.side == "owner")

    def of_pair(self, item: Subject, owner: Subject) -> Value:
        """Whether it is met by a pair: True, False, or open."""
        guards = [truth(ask.of(item, owner)) for ask in self.pair_guards]
        if False in guards:
            return True
        holds = [False] if self.failing else [truth(ask.of(item, owner)) for ask in self.pair_holds]
        if False in holds and all(value is True for value in guards):
            return False
        return next((value for value in (*guards, *holds) if value is not True), True)


class _Posing:
    def __init__(self, allocation: Allocation, program: Program, kept: Mapping[str, str], *, wide: bool) -> None:
        self.allocation, self.kept, self.wide = allocation, kept, wide
        self.ask = Sides(program.code)
        population = program.population
        self.items = sorted(population.of(allocation.item), key=lambda subject: subject.key)
        self.owners = sorted(population.of(allocation.owner), key=lambda subject: subject.key)
        self.among = [self.ask(each) for each in conjuncts(allocation.among)]
        self.outside: set[str] = set()
        self.open_items: dict[str, Value] = {s.key: s.aside for s in population.aside(allocation.item) if s.aside}
        self.open_owners: dict[str, Value] = {s.key: s.aside for s in population.aside(allocation.owner) if s.aside}
        self.doubtful: list[tuple[str, str]] = []
        self.needed = {side: self._needed(side) for side in ("item", "owner")}
        self.lines: list[Line] = []
        self.origins: list[Origin] = []

    def posed(self) -> Posed:
        self.items = [item for item in self.items if self.takes_part(item)]
        self.owners = [owner for owner in self.owners if self.may_take(owner)]
        self.pairs = self.eligible()
        self.by_item: dict[int, list[int]] = {at: [] for at in range(len(self.items))}
        self.by_owner: dict[int, list[int]] = {at: [] for at in range(len(self.owners))}
        for k, (item, owner) in enumerate(self.pairs):
            self.by_item[item].append(k)
            self.by_owner[owner].append(k)
        self.draw_lines()
        goals, aims, scales = self.goals()
        problem = Problem(len(self.items), len(self.owners), tuple(self.pairs), tuple(self.lines), tuple(goals))
        return Posed(
            self.allocation, problem, tuple(i.key for i in self.items), tuple(o.key for o in self.owners),
            frozenset(self.outside), self.open_items, self.open_owners, tuple(self.doubtful), tuple(self.origins),
            aims, scales, bool(self.kept),
        )  # fmt: skip

    # -- who takes part ------------------------------------------------------------------------------------------

    def _needed(self, side: str) -> list[Asking]:
        """What must be known of one side: conditions and what is counted; goals that only wish are not."""
        found = [self.ask(each) for fit in self.allocation.fits for each in (fit.guard, *conjuncts(fit.holds)) if each]
        for taking in self.allocation.takings:
            asked = (*conjuncts(taking.guard), taking.amount, taking.by, *taking.same)
            found += [self.ask(e) for e in asked if e is not None]
        for tied in self.allocation.ties:
            found += [self.ask(e) for e in (tied.guard,) if e is not None]
        for aim in self.allocation.aims:
            if aim.kind in ("balance", "most", "least"):
                found += [self.ask(e) for e in (aim.value, *conjuncts(aim.where), *aim.same) if e is not None]
        return [each for each in found if each.side == side]

    def takes_part(self, item: Subject) -> bool:
        own = [ask.of(item, None) for ask in self.among if ask.side == "item"]
        if any(truth(value) is False for value in own):
            self.outside.add(item.key)
            return False
        open_values = [v for v in (*own, *(a.of(item, None) for a in self.needed["item"])) if type(v) in OPEN]
        if open_values:
            self.open_items[item.key] = spread(open_values)
        return not open_values

    def may_take(self, owner: Subject) -> bool:
        own = [ask.of(None, owner) for ask in self.among if ask.side == "owner"]
        if any(truth(value) is False for value in own):
            return False
        open_values = [v for v in (*own, *(a.of(None, owner) for a in self.needed["owner"])) if type(v) in OPEN]
        if open_values:
            self.open_owners[owner.key] = spread(open_values)
        return not open_values

    def eligible(self) -> list[tuple[int, int]]:
        """The pairs that every condition allows. Whom one-sided conditions allow is found once for all items of which
        they say the same."""
        pairs: list[tuple[int, int]] = []
        hard = [fit for fit in self.allocation.fits if fit.order is None and not self.wide]
        fits = [Condition.of(fit, self.ask) for fit in hard]
        both = [ask for ask in self.among if ask.side == "pair"]
        allowed: dict[tuple[bool | None, ...], list[tuple[int, list[Condition]]]] = {}
        for i, item in enumerate(self.items):
            sign = tuple(fit.of_item(item) for fit in fits)
            if sign not in allowed:
                met = [(fit, held) for fit, held in zip(fits, sign, strict=True) if held is not None]
                told = ((o, self._left(met, owner)) for o, owner in enumerate(self.owners))
                allowed[sign] = [(o, left) for o, left in told if left is not None]
            for o, left in allowed[sign]:
                if self._pair_fits(item, self.owners[o], both, left):
                    pairs.append((i, o))
        return pairs

    def _left(self, met: list[tuple[Condition, bool]], owner: Subject) -> list[Condition] | None:
        """The conditions that are left to be asked of a pair; None where one of them surely fails."""
        left: list[Condition] = []
        for fit, held in met:
            if not fit.about(owner):
                continue
            failing = not held or not fit.holds_of(owner)
            if failing and not fit.pair_guards:
                return None
            if failing or fit.pair_holds:
                left.append(Condition(fit.guards, [] if failing else fit.holds, failing))
        return left

    def _pair_fits(self, item: Subject, owner: Subject, both: list[Asking], left: list[Condition]) -> bool:
        told = [truth(ask.of(item, owner)) for ask in both]
        told += [condition.of_pair(item, owner) for condition in left]
        if False in told:
            return False
        if any(value is not True for value in told):
            self.doubtful.append((item.key, owner.key))
            return False
        return True

    # -- lines ---------------------------------------------------------------------------------------------------

    def guards(self, line: Fit | Taking) -> list[Asking]:
        return [self.ask(each) for each in conjuncts(line.guard)]

    def draw(self, kind: Kind, at: int, of: str, line: Line) -> None:
        self.lines.append(line)
        self.origins.append(Origin(kind, at, of))

    def draw_lines(self) -> None:
        for i, item in enumerate(self.items):
            if len(self.by_item[i]) > 1:
                self.draw("one", 0, item.key, Line(tuple((k, 1) for k in self.by_item[i]), high=1))
        for at, taking in enumerate(self.allocation.takings):
            (self.draw_given if taking.each == self.allocation.item else self.draw_taking)(at, taking)
        for at, fit in enumerate(self.allocation.fits):
            if fit.order is not None or self.wide:
                self.draw_fit(at, fit)
        for at, _ in enumerate(self.allocation.ties):
            self.draw_tied(at)

    def draw_given(self, at: int, taking: Taking) -> None:
        """What must go to somebody."""
        guards = self.guards(taking)
        for i, item in enumerate(self.items):
            if all(truth(g.of(item, item)) is True for g in guards):
                self.draw(
                    "taking", at, item.key, Line(tuple((k, 1) for k in self.by_item[i]), low=1, order=taking.order)
                )

    def draw_taking(self, at: int, taking: Taking) -> None:
        """How much each takes, in whole numbers of a unit in which every amount is whole."""
        guards, by = self.guards(taking), self.ask(taking.by) if taking.by is not None else None
        amount = self.ask(taking.amount)
        rows = []
        for o, owner in enumerate(self.owners):
            if any(g.side == "owner" and truth(g.of(None, owner)) is not True for g in guards):
                continue
            rest = [g for g in guards if g.side != "owner"]
            for counted in self.alike(taking, [k for k in self.by_owner[o] if self.holds(k, rest)]):
                weights = [1 if by is None else self.of_pair(k, by) for k in counted]
                rows.append((owner.key, counted, weights, self.number(amount.of(None, owner))))
        scale = common(value for _, _, weights, most in rows for value in (*weights, most))
        for key, counted, weights, most in rows:
            terms = tuple((k, int(w * scale)) for k, w in zip(counted, weights, strict=True) if w)
            bound = int(most * scale)
            low = None if taking.bound == "at_most" else bound
            high = None if taking.bound == "at_least" else bound
            if taking.order is not None or low or (high is not None and sum(max(c, 0) for _, c in terms) > high):
                self.draw("taking", at, key, Line(terms, low, high, taking.order))

    def alike(self, taking: Taking, counted: list[int]) -> list[list[int]]:
        """Pairs apart by what their items share, where the line says so; one that lacks it is alike to none."""
        if not taking.same:
            return [counted]
        same = [self.ask(each) for each in taking.same]
        groups: dict[tuple[str, ...], list[int]] = {}
        for k in counted:
            values = [ask.of(self.items[self.pairs[k][0]], None) for ask in same]
            absent = any(type(value) in ABSENT_TYPES for value in values)
            groups.setdefault((str(k),) if absent else ("", *map(str, values)), []).append(k)
        return [groups[key] for key in sorted(groups)]

    def draw_fit(self, at: int, fit: Fit) -> None:
        """A condition that may be given up: as few pairs as can be that do not meet it; of a wide problem, none."""
        guards, holds = self.guards(fit), [self.ask(each) for each in conjuncts(fit.holds)]
        for i, item in enumerate(self.items):
            failing = [k for k in self.by_item[i] if self.holds(k, guards) and not self.holds(k, holds)]
            if failing:
                self.draw("fit", at, item.key, Line(tuple((k, 1) for k in failing), high=0, order=fit.order))

    def draw_tied(self, at: int) -> None:
        """What goes together: each takes both or neither."""
        tied = self.allocation.ties[at]
        by, guards = self.ask(tied.by), [self.ask(each) for each in conjuncts(tied.guard)]
        groups: dict[str, list[int]] = {}
        for i, item in enumerate(self.items):
            value = by.of(item, None)
            if type(value) not in ABSENT_TYPES and all(truth(g.of(item, item)) is True for g in guards):
                groups.setdefault(str(value), []).append(i)
        for name in sorted(groups):
            for one, other in pairwise(groups[name]):
                first = {self.pairs[k][1]: k for k in self.by_item[one]}
                second = {self.pairs[k][1]: k for k in self.by_item[other]}
                for owner in sorted(first.keys() | second.keys()):
                    terms = [(first[owner], 1)] if owner in first else []
                    terms += [(second[owner], -1)] if owner in second else []
                    self.draw("tied", at, name, Line(tuple(terms), 0, 0, tied.order))

    # -- goals ---------------------------------------------------------------------------------------------------

    def goals(self) -> tuple[list[Goal], tuple[tuple[int, ...], ...], tuple[int, ...]]:
        orders = sorted({line.order for line in self.lines if line.order is not None}, reverse=True)
        goals: list[Goal] = [Shortfall(order) for order in orders]
        if self.kept:
            held = [k for k, (i, o) in enumerate(self.pairs) if self.kept.get(self.items[i].key) == self.owners[o].key]
            goals.append(Total(tuple((k, 1) for k in held)))
        aims, scales = [], []
        for aim in self.allocation.aims:
            made, scale = self.goal(aim)
            aims.append(tuple(range(len(goals), len(goals) + len(made))))
            scales.append(scale)
            goals += made
        return goals, tuple(aims), tuple(scales)

    def goal(self, aim: Aim) -> tuple[list[Goal], int]:
        """A goal of the text as goals in whole numbers, and how many units one of its own is."""
        where = [self.ask(each) for each in conjuncts(aim.where)]
        counted = [k for k in range(len(self.pairs)) if self.holds(k, where)]
        match aim.kind:
            case "keep" | "prefer":
                assert aim.value is not None
                asks = [self.ask(each) for each in conjuncts(aim.value)]
                return [Total(tuple((k, 1) for k in counted if self.holds(k, asks)))], 1
            case "by_order":
                return self.in_order(aim, counted), 1
            case "most" | "least":
                weights = self.weights(aim, counted)
                scale = common(weights)
                return [Total(scaled(counted, weights, scale), aim.kind == "most")], scale
            case _:
                return self.balanced(aim, counted)

    def balanced(self, aim: Aim, counted: list[int]) -> tuple[list[Goal], int]:
        weights = self.weights(aim, counted)
        tolerance: Exact = 0
        if aim.tolerance is not None and self.owners:
            tolerance = self.number(self.ask(aim.tolerance).of(self.owners[0], self.owners[0]))
        scale = common([*weights, tolerance])
        shares: dict[int, list[tuple[int, int]]] = {}
        for k, weight in zip(counted, weights, strict=True):
            shares.setdefault(self.pairs[k][1], []).append((k, int(weight * scale)))
        groups: dict[tuple[str, ...], list[Terms]] = {}
        same = [self.ask(each) for each in aim.same]
        for owner in sorted(shares):
            group = tuple(str(ask.of(None, self.owners[owner])) for ask in same)
            groups.setdefault(group, []).append(tuple(shares[owner]))
        stated = tuple(tuple(groups[group]) for group in sorted(groups))
        return [Spread(stated, int(tolerance * scale))], scale

    def in_order(self, aim: Aim, counted: list[int]) -> list[Goal]:
        """One goal for each place in the order of what is given: the best possible for the first, then for the next."""
        assert aim.value is not None
        value = self.ask(aim.value)
        firsts = column(Order(aim.value, aim.descending), [last_if_absent(value.of(item, None)) for item in self.items])
        worth = self.wished(aim) if aim.wishes else self.ranked(aim)
        groups: dict[object, list[tuple[int, int]]] = {}
        for k in counted:
            groups.setdefault(firsts[self.pairs[k][0]], []).append((k, worth(k)))
        return [Total(tuple(pair for pair in groups[key] if pair[1])) for key in sorted(groups)]  # type: ignore[type-var]

    def ranked(self, aim: Aim) -> Callable[[int], int]:
        """How far in front whoever takes a pair's item stands; the last is worth 1."""
        assert aim.second is not None
        second = self.ask(aim.second)
        theirs = [last_if_absent(second.of(None, owner)) for owner in self.owners]
        keys = column(Order(aim.second, aim.second_descending), theirs)
        ranks = {key: at for at, key in enumerate(sorted(set(keys), reverse=True), 1)}
        return lambda k: ranks[keys[self.pairs[k][1]]]

    def wished(self, aim: Aim) -> Callable[[int], int]:
        """How early among an item's wishes whoever takes it stands; who is none of them is worth nothing."""
        wishes = [self.ask(wish) for wish in aim.wishes]

        def worth(k: int) -> int:
            item, owner = (self.items[self.pairs[k][0]], self.owners[self.pairs[k][1]])
            named = [wish.of(item, owner) for wish in wishes]
            return len(wishes) - named.index(owner.key) if owner.key in named else 0

        return worth

    def weights(self, aim: Aim, counted: list[int]) -> list[Exact]:
        ask = self.ask(aim.value) if aim.value is not None else None
        return [1 if ask is None else self.of_pair(k, ask) for k in counted]

    # -- values --------------------------------------------------------------------------------------------------

    def holds(self, k: int, asks: list[Asking]) -> bool:
        item, owner = self.pairs[k]
        return all(truth(ask.of(self.items[item], self.owners[owner])) is True for ask in asks)

    def of_pair(self, k: int, ask: Asking) -> Exact:
        item, owner = self.pairs[k]
        return self.number(ask.of(self.items[item], self.owners[owner]))

    def number(self, value: Value) -> Exact:
        """A figure; what is 无, or open of a pair alone, adds nothing."""
        return 0 if type(value) in ABSENT_TYPES else value


def last_if_absent(value: Value) -> Value:
    """A value to order by: what is 无 or open stands behind all that is there."""
    return Missing("") if type(value) in ABSENT_TYPES else value


def common(values: Iterable[Exact]) -> int:
    """How many units one is, so that all values are whole."""
    return lcm(1, *(Fraction(value).denominator for value in values))


def scaled(counted: list[int], weights: list[Exact], scale: int) -> Terms:
    return tuple((k, int(weight * scale)) for k, weight in zip(counted, weights, strict=True) if weight)
