"""Random problems of dividing, and their best division by trying every choice: no part of any solver."""

from __future__ import annotations

import itertools
from random import Random

from interpreter.allocating.model import Goal, Line, Problem, Shortfall, Spread, Terms, Total
from interpreter.allocating.verify import comes_to, shortfall

MOST_PAIRS = 11


def problem(number: int) -> Problem:
    """A random problem of at most eleven pairs; two in three are ones that flows can solve, half of these with lines that
    may be given up, counts that are to be near each other, and at times a hard line that no flow knows."""
    at = number * 1000
    while (
        len((found := _counted(Random(at)) if number % 3 == 1 else _problem(Random(at), flows=number % 3 == 0)).pairs)
        > MOST_PAIRS
    ):
        at += 1
    return found


def _problem(r: Random, *, flows: bool) -> Problem:
    items, owners = r.randint(1, 4), r.randint(1, 4)
    pairs = tuple((i, o) for i in range(items) for o in range(owners) if r.random() < 0.7)

    def terms(low: int, high: int, chance: float = 0.7) -> Terms:
        return tuple((k, c) for k in range(len(pairs)) if r.random() < chance and (c := r.randint(low, high)))

    lines: list[Line] = []
    for i in range(items):
        mine = tuple((k, 1) for k, (item, _) in enumerate(pairs) if item == i)
        if mine and (flows or r.random() < 0.8):
            lines.append(Line(mine, high=1))
        if r.random() < 0.3:
            lines.append(Line(mine, low=1, order=None if flows else r.choice([None, 1, 2])))
    for o in range(owners):
        mine = tuple((k, 1 if flows else r.randint(1, 3)) for k, (_, owner) in enumerate(pairs) if owner == o)
        if mine and r.random() < 0.6:
            low, high = r.choice([None, None, 1, 2]), r.choice([None, 1, 2, 3])
            lines.append(Line(mine, low, high, None if flows else r.choice([None, None, 1])))
    if not flows and r.random() < 0.5:
        lines.append(Line(terms(-2, 2), r.choice([None, 0]), r.choice([0, 1, None]), r.choice([None, 2])))
    goals: list[Goal] = [Shortfall(order) for order in sorted({x.order for x in lines if x.order}, reverse=True)]
    for _ in range(r.randint(0, 3)):
        if flows or r.random() < 0.6:
            goals.append(Total(terms(-2, 3), r.random() < 0.7))
        else:
            groups = tuple(tuple(terms(0, 2, 0.4) for _ in range(r.randint(1, 3))) for _ in range(r.randint(1, 2)))
            goals.append(Spread(groups, r.randint(0, 1)))
    return Problem(items, owners, pairs, tuple(lines), tuple(goals))


def _counted(r: Random) -> Problem:
    """A problem of counts: what items and owners have, hard and with order, sums, and how far apart owners are."""
    items, owners = r.randint(1, 5), r.randint(1, 4)
    pairs = tuple((i, o) for i in range(items) for o in range(owners) if r.random() < 0.7)
    lines: list[Line] = []
    whole: list[Terms] = []
    for i in range(items):
        if mine := tuple((k, 1) for k, (item, _) in enumerate(pairs) if item == i):
            lines.append(Line(mine, high=1))
            if r.random() < 0.4:
                lines.append(Line(mine, low=1, high=r.choice([None, 1]), order=r.choice([None, 1, 2])))
    for o in range(owners):
        if mine := tuple((k, 1) for k, (_, owner) in enumerate(pairs) if owner == o):
            whole.append(mine)
            lines += [
                Line(mine, r.choice([None, 1, 2]), r.choice([None, 1, 2, 3]), r.choice([None, 1, 2, 3]))
                for _ in range(r.randint(0, 2))
            ]
    for _ in range(r.choice([0, 0, 1, 2])):
        odd = tuple((k, c) for k in range(len(pairs)) if r.random() < 0.6 and (c := r.randint(-1, 3)))
        lines.append(Line(odd, r.choice([None, 1, 2]), r.choice([1, 2, 3])))
    goals: list[Goal] = [Shortfall(order) for order in sorted({x.order for x in lines if x.order}) if order < 3]
    for _ in range(r.randint(0, 2)):
        some = tuple((k, c) for k in range(len(pairs)) if r.random() < 0.7 and (c := r.randint(-2, 3)))
        goals.append(Total(some, r.random() < 0.7))
    if whole and r.random() < 0.7:
        size, members = r.randint(1, 2), r.sample(whole, r.randint(1, len(whole)))
        goals.append(Spread((tuple(tuple((k, size) for k, _ in terms) for terms in members),), r.randint(0, 2)))
    r.shuffle(goals)
    return Problem(items, owners, pairs, tuple(lines), tuple(goals))


def brute(found: Problem) -> tuple[tuple[int, ...], tuple[int, ...], bool] | None:
    """The canonical best division, what its goals come to, and whether others come to the same; None if there is none."""
    best: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    equal = 0
    for bits in itertools.product((1, 0), repeat=len(found.pairs)):
        chosen = tuple(k for k, on in enumerate(bits) if on)
        if any(line.order is None and shortfall(line, set(chosen)) for line in found.lines):
            continue
        values = tuple(comes_to(goal, found, set(chosen)) for goal in found.goals)
        turned = tuple(-v if isinstance(g, Total) and g.most else v for g, v in zip(found.goals, values, strict=True))
        if best is None or turned < best[0]:
            best, equal = (turned, chosen), 1
        elif turned == best[0]:
            equal += 1
    if best is None:
        return None
    return best[1], tuple(comes_to(goal, found, set(best[1])) for goal in found.goals), equal > 1
