"""Divisions at random, written in the language, and what each means, by trying every way of giving things out.

What a line means stands beside how it is written and shares nothing with the product: `Line.broken` says by how much a
way of giving out breaks it, `Goal.better` what it comes to, less being better. Everything is small: at most four things
and three who take them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from msgspec import Struct

Row = dict[str, Any]
Way = dict[str, str | None]
"""To whom each thing goes, by keys; None is nobody."""
Condition = tuple[str, Callable[[Row, Row], bool], tuple[str, ...]]
"""How it is written, what it means of a thing and one who takes, and the fields of the thing that it needs."""
KINDS = ("A", "B", "C")
HEAD = """policy "division"
choice kind = A > B > C
data thing:
    no: text, key
    branch: text
    kind: kind
    size: whole 0..9 cases, optional
    holder: taker, belongs, optional
    group: text, optional
    first: taker, optional
    second: taker, optional
data taker:
    code: text, key
    branch: text
    mark: whole 0..3 points
    room: whole 0..4 cases
"""


class Line(Struct, frozen=True):
    """A line that holds: by how much a way breaks it, what it needs of each thing, and when it may yield."""

    text: str
    broken: Callable[[Case, Way], int]
    needs: tuple[str, ...] = ()
    order: int | None = None
    pair: Callable[[Row, Row], bool] | None = None
    """Of a line about single pairs, whether it allows one."""


class Goal(Struct, frozen=True):
    """A goal: what a way comes to, less being better; by order one figure a step."""

    text: str
    better: Callable[[Case, Way], tuple[int, ...]]
    needs: tuple[str, ...] = ()


class Case(Struct, frozen=True, eq=False):
    """A policy, its rows, and its lines and goals with what they mean."""

    text: str
    things: tuple[Row, ...]
    takers: tuple[Row, ...]
    among: tuple[Condition, ...]
    lines: tuple[Line, ...]
    goals: tuple[Goal, ...]
    leftover: str

    def thing(self, key: str) -> Row:
        return next(row for row in self.things if row["no"] == key)

    def taker(self, key: str) -> Row:
        return next(row for row in self.takers if row["code"] == key)

    def pairs(self, way: Way) -> Iterator[tuple[Row, Row]]:
        return ((self.thing(key), self.taker(owner)) for key, owner in way.items() if owner is not None)


# -- what it means ---------------------------------------------------------------------------------------------------


class Meant(Struct, frozen=True):
    """What comes of a case: the things that are open or outside, and the best way, None where no way meets all lines."""

    open: frozenset[str]
    outside: frozenset[str]
    best: Way | None
    figures: tuple[tuple[int, ...], ...]
    others: bool


def meant(case: Case) -> Meant:
    """The best way of giving out, by trying all."""
    outside = {t["no"] for t in case.things if any(not c[1](t, {}) for c in case.among if c[2] == ("thing",))}
    needs = {field for each in (*case.lines, *case.goals) for field in each.needs}
    open_ = {t["no"] for t in case.things if t["no"] not in outside and any(t[field] is None for field in needs)}
    takers = [t for t in case.takers if all(c[1]({}, t) for c in case.among if c[2] == ("taker",))]
    part = [t for t in case.things if t["no"] not in outside | open_]
    options = [[*(o["code"] for o in takers if _allowed(case, t, o)), None] for t in part]
    small = Case(case.text, tuple(part), tuple(takers), case.among, case.lines, case.goals, case.leftover)
    best: tuple[Any, Way] | None = None
    equal = 0
    for choice in itertools.product(*options):
        way = dict(zip((t["no"] for t in part), choice, strict=True))
        if any(line.order is None and line.broken(small, way) for line in case.lines):
            continue
        orders = sorted({line.order for line in case.lines if line.order is not None}, reverse=True)
        lacks = [sum(line.broken(small, way) for line in case.lines if line.order == order) for order in orders]
        figures = (tuple(lacks), *(goal.better(small, way) for goal in case.goals))
        if best is None or figures < best[0]:
            best, equal = (figures, way), 1
        elif figures == best[0]:
            equal += 1
    if best is None:
        return Meant(frozenset(open_), frozenset(outside), None, (), False)
    return Meant(frozenset(open_), frozenset(outside), best[1], best[0][1:], equal > 1)


def _allowed(case: Case, thing: Row, taker: Row) -> bool:
    if any(not c[1](thing, taker) for c in case.among if c[2] == ("both",)):
        return False
    return all(line.pair(thing, taker) for line in case.lines if line.pair is not None and line.order is None)


# -- at random -------------------------------------------------------------------------------------------------------


def case(number: int) -> Case:
    """A random case."""
    return _Making(Random(number)).case()


class _Making:
    def __init__(self, random: Random) -> None:
        self.r = random

    def case(self) -> Case:
        r = self.r
        takers = tuple({"code": f"t{n}", "branch": r.choice("xy"), "mark": r.randint(0, 3), "room": r.randint(0, 4)}
                       for n in range(r.randint(1, 3)))  # fmt: skip
        codes = [t["code"] for t in takers]
        things = tuple(
            {
                "no": f"i{n}",
                "branch": r.choice("xy"),
                "kind": r.choice(KINDS),
                "size": None if r.random() < 0.1 else r.randint(0, 9),
                "holder": r.choice([None, *codes]),
                "group": r.choice([None, "g", "h"]),
                "first": r.choice([None, *codes]),
                "second": r.choice([None, *codes]),
            }
            for n in range(r.randint(1, 4))
        )
        among = [self.among()] if r.random() < 0.4 else []
        lines = [self.line() for _ in range(r.randint(0, 4))]
        goals = [self.goal() for _ in range(r.randint(0, 4))]
        leftover = r.choice(["", 'otherwise: refer "ask"', 'otherwise: undecided "wait"', "otherwise: none"])
        head = f" among {' and '.join(c[0] for c in among)}" if among else ""
        said = [line.text for line in lines] + [f"goal {n}: {g.text}" for n, g in enumerate(goals, 1)]
        said += [leftover] if leftover else []
        said = said or ["each thing at most 1 place"]
        text = f"{HEAD}allocate thing to taker as given_to{head}:\n" + "".join(f"    {each}\n" for each in said)
        text += "result given_to\n"
        return Case(text, things, takers, tuple(among), tuple(lines), tuple(goals), leftover)

    def among(self) -> Condition:
        n = self.r.randint(0, 2)
        return self.r.choice([
            (f"taker.mark ≥ {n}", lambda t, o: o["mark"] >= n, ("taker",)),
            ("thing.kind not below B", lambda t, o: t["kind"] in "AB", ("thing",)),
            ("thing.branch = taker.branch", lambda t, o: t["branch"] == o["branch"], ("both",)),
        ])  # fmt: skip

    def guard(self) -> Condition:
        """When a line is asked; often always."""
        n = self.r.randint(1, 8)
        return self.r.choice([
            ("", lambda t, o: True, ()), ("", lambda t, o: True, ()),
            ("when kind = A: ", lambda t, o: t["kind"] == "A", ()),
            ("when kind not below B: ", lambda t, o: t["kind"] in "AB", ()),
            (f"when size ≥ {n}: ", lambda t, o: t["size"] >= n, ("size",)),
        ])  # fmt: skip

    def pair(self) -> Condition:
        n = self.r.randint(0, 3)
        return self.r.choice([
            (f"mark ≥ {n}", lambda t, o: o["mark"] >= n, ()),
            ("taker.branch = thing.branch", lambda t, o: o["branch"] == t["branch"], ()),
            ("taker.branch = thing.branch or kind = C", lambda t, o: o["branch"] == t["branch"] or t["kind"] == "C", ()),
            ("size ≤ room", lambda t, o: t["size"] <= o["room"], ("both size",)),
            ("kind not below B", lambda t, o: t["kind"] in "AB", ()),
            (f"kind ≠ B and mark ≥ {n}", lambda t, o: t["kind"] != "B" and o["mark"] >= n, ()),
            (f"kind = A or mark ≤ {n}", lambda t, o: t["kind"] == "A" or o["mark"] <= n, ()),
        ])  # fmt: skip

    def line(self) -> Line:
        made = self.r.choice([self.fit, self.fit, self.taking, self.taking, self.taking, self.must, self.together])()
        if self.r.random() > 0.3:
            return made
        order = self.r.randint(1, 2)
        return Line(f"may yield {order}: {made.text}", made.broken, made.needs, order, made.pair)

    def fit(self) -> Line:
        guard, holds = self.guard(), self.pair()

        def fits(t: Row, o: Row) -> bool:
            if "both size" in holds[2] and t["size"] is None:
                return False
            return not guard[1](t, o) or holds[1](t, o)

        def broken(c: Case, way: Way) -> int:
            return sum(not fits(t, o) for t, o in c.pairs(way))

        return Line(guard[0] + holds[0], broken, guard[2], None, fits)

    def taking(self) -> Line:
        bound, guard = self.r.choice(["at most", "at most", "at least", "exactly"]), self.guard()
        by, same = self.r.random() < 0.3, self.r.random() < 0.2
        n = self.r.randint(0, 9 if by else 2)
        own = by and self.r.random() < 0.4
        amount = "room" if own else f"{n} cases" if by else f"{n} things"
        text = f"{guard[0]}each taker {bound} {amount}{' by size' if by else ''}{' same thing.branch' if same else ''}"

        def broken(c: Case, way: Way) -> int:
            return sum(self.off(c, way, o, branch, guard, (bound, by, o["room"] if own else n))
                       for o in c.takers for branch in (self.branches(c, guard, o) if same else (None,)))  # fmt: skip

        return Line(text, broken, (*guard[2], *(("size",) if by else ())))

    def branches(self, c: Case, guard: Condition, o: Row) -> tuple[str, ...]:
        """Where something that counts could go to one who takes."""
        return tuple(sorted({t["branch"] for t in c.things if guard[1](t, o) and _allowed(c, t, o)}))

    def off(self, c: Case, way: Way, o: Row, branch: str | None, guard: Condition, rule: tuple[str, bool, int]) -> int:
        bound, by, n = rule
        mine = [t for t, owner in c.pairs(way) if owner is o and guard[1](t, o) and branch in (None, t["branch"])]
        value = sum(t["size"] for t in mine) if by else len(mine)
        below, above = max(0, n - value), max(0, value - n)
        return above if bound == "at most" else below if bound == "at least" else above + below

    def must(self) -> Line:
        guard = self.guard()

        def broken(c: Case, way: Way) -> int:
            return sum(owner is None and guard[1](c.thing(key), {}) for key, owner in way.items())

        return Line(f"{guard[0]}each thing exactly 1 place", broken, guard[2])

    def together(self) -> Line:
        def broken(c: Case, way: Way) -> int:
            off = 0
            for group in ("g", "h"):
                keys = sorted(t["no"] for t in c.things if t["group"] == group)
                for one, other in itertools.pairwise(keys):
                    off += 0 if way[one] == way[other] else (way[one] is not None) + (way[other] is not None)
            return off

        return Line("together group", broken)

    # -- goals ---------------------------------------------------------------------------------------------------

    def where(self) -> Condition:
        return self.r.choice([
            ("", lambda t, o: True, ()), ("", lambda t, o: True, ()),
            (" where kind not below B", lambda t, o: t["kind"] in "AB", ()),
            (" where mark ≥ 1", lambda t, o: o["mark"] >= 1, ()),
        ])  # fmt: skip

    def goal(self) -> Goal:
        return self.r.choice(
            [self.keep, self.prefer, self.balance, self.balance, self.sum, self.in_order, self.wishes]
        )()

    def keep(self) -> Goal:
        return Goal("keep holder", lambda c, way: (-sum(t["holder"] == o["code"] for t, o in c.pairs(way)),))

    def prefer(self) -> Goal:
        text, holds, needs = self.pair()

        def better(c: Case, way: Way) -> tuple[int, ...]:
            known = ((t, o) for t, o in c.pairs(way) if not needs or t["size"] is not None)
            return (-sum(holds(t, o) for t, o in known),)

        return Goal(f"prefer {text}", better)

    def balance(self) -> Goal:
        by, same, slack, where = self.r.random() < 0.5, self.r.random() < 0.5, self.r.choice([0, 0, 1, 2]), self.where()
        text = f"balance {'size' if by else 'numbers'}{' same taker.branch' if same else ''}{where[0]}"
        text += (f" within {slack} cases" if by else f" within {slack} things") if slack else ""

        def better(c: Case, way: Way) -> tuple[int, ...]:
            shares: dict[str, list[int]] = {}
            for o in c.takers:
                if any(where[1](t, o) and _allowed(c, t, o) for t in c.things):
                    mine = [t for t, owner in c.pairs(way) if owner is o and where[1](t, o)]
                    value = sum(t["size"] for t in mine) if by else len(mine)
                    shares.setdefault(o["branch"] if same else "", []).append(value)
            return (sum(max(0, max(each) - min(each) - slack) for each in shares.values()),)

        return Goal(text, better, ("size",) if by else ())

    def sum(self) -> Goal:
        most, size, where = self.r.random() < 0.5, self.r.random() < 0.5, self.where()
        text = f"{'most' if most else 'least'} {'size' if size else 'mark'}{where[0]}"

        def better(c: Case, way: Way) -> tuple[int, ...]:
            counted = ((t, o) for t, o in c.pairs(way) if where[1](t, o))
            value = sum(t["size"] if size else o["mark"] for t, o in counted)
            return (-value if most else value,)

        return Goal(text, better, ("size",) if size else ())

    def in_order(self) -> Goal:
        down, high, where = self.r.random() < 0.5, self.r.random() < 0.5, self.where()
        words = {True: "highest first", False: "lowest first"}
        text = f"by size {words[down]}, by mark {words[high]}{where[0]}"

        def better(c: Case, way: Way) -> tuple[int, ...]:
            marks = sorted({o["mark"] for o in c.takers}, reverse=not high)
            return self.steps(c, way, down, where, lambda t, o: 1 + marks.index(o["mark"]))

        return Goal(text, better)

    def wishes(self) -> Goal:
        down, where = self.r.random() < 0.5, self.where()
        text = f"by size {'highest first' if down else 'lowest first'}, in order first, second{where[0]}"

        def worth(t: Row, o: Row) -> int:
            return 2 if t["first"] == o["code"] else 1 if t["second"] == o["code"] else 0

        def better(c: Case, way: Way) -> tuple[int, ...]:
            return self.steps(c, way, down, where, worth)

        return Goal(text, better)

    def steps(
        self, c: Case, way: Way, down: bool, where: Condition, worth: Callable[[Row, Row], int]
    ) -> tuple[int, ...]:
        """One figure for each size in its order; things that lack it come last."""
        sizes = sorted({t["size"] for t in c.things if t["size"] is not None}, reverse=down)
        sizes += [None] if any(t["size"] is None for t in c.things) else []
        return tuple(
            -sum(worth(t, o) for t, o in c.pairs(way) if t["size"] == size and where[1](t, o)) for size in sizes
        )
