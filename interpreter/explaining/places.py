"""Where a person stands: the neighbours in the order, and where bands of places end in the tables that test them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from interpreter.exact.trace import Cohort, Member, Standing, Step
from interpreter.explaining.model import Edge, Figure, Neighbour, Rank
from interpreter.explaining.told import one_line
from policy import core, walk
from policy.core import Definition, Policy, Quota, Ranking, Switch
from policy.types import Number, Type
from policy.units import Exact
from policy.values import ABSENT, Value

FARTHEST = 1_000_000
"""A band that reaches this place has no end."""


def ranks_of(policy: Policy, found: dict[str, Step], population: int) -> tuple[Rank, ...]:
    """The ranks in which the person has a place, in the order of the document."""
    own = [d for d in policy.definitions if d.name in found and d.ranking is not None and d.record == policy.main.name]
    return tuple(
        rank(policy, found, d, note, population) for d in own if isinstance(note := found[d.name].note, Standing)
    )


def rank(policy: Policy, found: dict[str, Step], definition: Definition, at: Standing, population: int) -> Rank:
    ranking = definition.ranking
    assert ranking is not None
    return Rank(
        definition.name,
        Figure(found[definition.name].value, definition.type),
        at.of,
        population,
        at.tied,
        tuple(Figure(v, e.type) for v, e in zip(at.cohort.partition, ranking.same, strict=True)),
        tuple((one_line(o.by.span), Figure(v, o.by.type)) for o, v in zip(ranking.orders, at.values, strict=True)),
        neighbour(ranking, at.mine, at.above),
        neighbour(ranking, at.mine, at.below),
        edges(policy, found, definition, at),
        definition.clause,
        at.cohort.open,
    )


def neighbour(ranking: Ranking | Quota, mine: Member, other: Member | None) -> Neighbour | None:
    """Another member, and the first order value by which the two differ."""
    if other is None:
        return None
    names = tuple(one_line(order.by.span) for order in ranking.orders)
    for at, (value, theirs) in enumerate(zip(mine.values, other.values, strict=True)):
        if value != theirs:
            kind = ranking.orders[at].by.type
            return Neighbour(other.key, other.place, names[at], Figure(theirs, kind), Figure(value, kind),
                             distance(value, theirs, kind), names[:at])  # fmt: skip
    kind = ranking.orders[0].by.type
    both = (Figure(other.values[0], kind), Figure(mine.values[0], kind))
    return Neighbour(other.key, other.place, names[0], *both, None)


def distance(mine: Value, theirs: Value, kind: Type) -> Figure | None:
    if isinstance(kind.kind, Number) and not isinstance(mine, ABSENT) and not isinstance(theirs, ABSENT):
        return Figure(abs(mine - theirs), kind)
    return None


# -- bands -----------------------------------------------------------------------------------------------------------


def edges(policy: Policy, found: dict[str, Step], rank: Definition, at: Standing) -> tuple[Edge, ...]:
    """In the first table that turns places of this rank into values: the better band's end, and the own band's."""
    assert rank.ranking is not None
    for definition in policy.definitions:
        if definition.name not in found or definition.body is None:
            continue
        for node in walk.everything(definition.body):
            if isinstance(node, Switch) and (bands := bands_of(node, rank.name)):
                return tuple(edges_of(definition, bands, rank.ranking, at))
    return ()


Band = tuple[int, int, core.Arm]
"""The first and the last place of a band, and its row."""


def edges_of(definition: Definition, bands: list[Band], ranking: Ranking, at: Standing) -> Iterator[Edge]:
    mine = band_at(bands, at.place)
    if mine is None:
        return
    first, last = reach(bands, mine, at.place)
    better = band_at(bands, first - 1)
    if better is not None and first > 1:
        other = last_within(at.cohort, first - 1)
        yield edge(definition, better, first - 1, True, neighbour(ranking, at.mine, other))
    end = None if last >= FARTHEST else last
    behind = first_behind(at.cohort, last)
    yield edge(definition, mine, end, False, neighbour(ranking, at.mine, behind))


def edge(definition: Definition, band: Band, last: int | None, up: bool, other: Neighbour | None) -> Edge:
    arm = band[2]
    value = arm.value.value if isinstance(arm.value, core.Const) else one_line(arm.value.span)
    kind = arm.value.type if isinstance(arm.value, core.Const) else definition.type
    return Edge(definition.name, Figure(value, kind), last, up, other, arm.clause.within(definition.clause))


def bands_of(node: Switch, rank: str) -> list[Band]:
    """The rows that only test places of a rank."""
    found = []
    for arm in node.arms:
        bounds = interval(arm.guard, rank) if arm.guard is not None else None
        if bounds is not None and bounds[0] <= bounds[1]:
            found.append((*bounds, arm))
    return joined(found)


def joined(bands: list[Band]) -> list[Band]:
    """Bands next to each other that give the same are one."""
    found: list[Band] = []
    for band in bands:
        before = found[-1] if found else None
        if before is not None and band[0] == before[1] + 1 and gives(band) is not None and gives(band) == gives(before):
            found[-1] = (before[0], band[1], before[2])
        else:
            found.append(band)
    return found


def gives(band: Band) -> Value:
    """What a band gives whoever stands in it, None where that is no fixed value."""
    value = band[2].value
    return value.value if isinstance(value, core.Const) else None


def interval(guard: object, rank: str) -> tuple[int, int] | None:
    """The places that a condition admits, None if it is about anything else."""
    match guard:
        case core.All(items=items):
            found = [interval(item, rank) for item in items]
            known = [bounds for bounds in found if bounds is not None]
            if len(known) < len(found):
                return None
            return max(low for low, _ in known), min(high for _, high in known)
        case core.Compare(left=core.Ref(name=name), op=op, right=core.Const(value=value)) if name == rank:
            return compared(op, value) if isinstance(value, int | Fraction) else None
        case core.InTop(of=core.Ref(name=name), count=core.Const(value=value)) if name == rank:
            return (1, int(value)) if isinstance(value, int | Fraction) else None
        case _:
            return None


def compared(op: str, value: Exact) -> tuple[int, int] | None:
    floor, ceiling = int(value // 1), -int(-value // 1)
    match op:
        case "=":
            return (floor, floor) if floor == ceiling else None
        case "≤":
            return 1, floor
        case "<":
            return 1, ceiling - 1
        case "≥":
            return ceiling, FARTHEST
        case ">":
            return floor + 1, FARTHEST
        case _:
            return None


def band_at(bands: list[Band], place: int) -> Band | None:
    """The first row that admits a place."""
    return next((band for band in bands if band[0] <= place <= band[1]), None)


def reach(bands: list[Band], mine: Band, place: int) -> tuple[int, int]:
    """The first and last of the places around one that fall to the same row, rows before it going first."""
    first, last = mine[0], mine[1]
    for low, high, arm in bands:
        if arm is mine[2]:
            break
        if high < place:
            first = max(first, high + 1)
        elif low > place:
            last = min(last, low - 1)
    return first, last


def last_within(cohort: Cohort, place: int) -> Member | None:
    """The last who stands at a place or before it."""
    return next((m for m in reversed(cohort.members) if m.place <= place), None)


def first_behind(cohort: Cohort, place: int) -> Member | None:
    return next((m for m in cohort.members if m.place > place), None)
