"""Who stands near an edge: where a number of a person is compared, and how far from there everybody is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from msgspec import Struct

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decisions, result_of
from interpreter.exact.trace import Places
from policy import core, walk
from policy.core import Definition, Expr, Policy
from policy.types import Number, Type
from policy.units import Exact, whole

TURNED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
UPWARD = {"≥": True, "<": True, ">": False, "≤": False}
"""Whether a value that is the edge itself stands on the upper side."""


class Edge(Struct, frozen=True):
    """Where two sides of a number meet. `place` is the definition that asks; who has exactly `value` stands on the
    upper side where `within` says so. A grade that is the last place of a quota names it in `grade`."""

    place: str
    value: Exact
    within: bool
    grade: str = ""


class Near(Struct, frozen=True):
    """One person near an edge: on the upper side, or not. Of the last place of a quota `upper` is to have it."""

    key: str
    value: Exact
    edge: Edge
    distance: Exact
    upper: bool


class Nearby(Struct, frozen=True):
    """Everyone near an edge, the nearest first; all edges in order, and how many people's number is not known."""

    name: str
    kind: Number
    people: tuple[Near, ...]
    edges: tuple[Edge, ...]
    unknown: int


Asked: TypeAlias = tuple[str, Expr, bool]
"""The definition that asks, what a number is compared with, and whether the edge itself is on the upper side."""


def number_of(policy: Policy, name: str) -> Number | None:
    """The kind of a number that people have, None where nobody has such a number."""
    definition, field = policy.definition(name), policy.main.field(name)
    own: Type | None = definition.type if definition is not None and definition.record == policy.main.name else None
    found = own or (field.type if field is not None else None)
    return found.kind if found is not None and isinstance(found.kind, Number) else None


def near(decisions: Decisions, name: str, distance: Exact) -> Nearby:
    """Who stands within a distance of an edge of a number, under the rule decided by."""
    policy = decisions.policy
    kind = number_of(policy, name)
    assert kind is not None
    program = Program(policy, decisions.population, decisions.as_of)
    number = result_of(program, name, policy.main.name)
    asked = [(place, program.code(other), within) for place, other, within in comparisons(policy, name)]
    found: set[Near] = set()
    edges: set[Edge] = set()
    unknown = 0
    for subject in decisions.population.of(policy.main.name):
        value = number(subject).value
        if not _known(value):
            unknown += 1
            continue
        own = {_edge(p, e, w, places=kind.place) for p, code, w in asked if _known(e := code((subject,)).value)}
        own = {e for e in own if not kind.place or e.value >= 1}
        edges |= own
        found |= {Near(subject.key, value, e, whole(abs(value - e.value)), _above(value, e)) for e in own}
    for last in _last_places(program, decisions, name):
        edges.add(last.edge)
        found.add(last)
    close = sorted((each for each in found if each.distance <= distance), key=_order)
    return Nearby(name, kind, tuple(close), tuple(sorted(edges, key=_edge_order)), unknown)


def _known(value: object) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _edge(place: str, value: Exact, within: bool, *, places: bool) -> Edge:
    """An edge; of places, which are whole, always told by the last of the better ones: from 6 on is past 5."""
    if not places:
        return Edge(place, value, within)
    return Edge(place, ceil(value) - 1 if within else floor(value), False)


def _above(value: Exact, edge: Edge) -> bool:
    return value > edge.value or (edge.within and value == edge.value)


def _edge_order(edge: Edge) -> tuple[object, ...]:
    return edge.value, not edge.within, edge.place, edge.grade


def _order(each: Near) -> tuple[object, ...]:
    return each.distance, each.key, _edge_order(each.edge)


# -- where a number is compared -------------------------------------------------------------------------------------


def comparisons(policy: Policy, name: str) -> list[Asked]:
    """What a number of a person is compared with in definitions of the person; not within lists of records."""
    found = []
    for definition in policy.definitions:
        if definition.record == policy.main.name:
            tops = list(walk.of_definition(definition)) if not definition.exceptions else _without_lists(definition)
            found += [each for top in tops for each in _compared(top, definition.name, name)]
    for exception in policy.overall:
        if exception.each is None:
            found += [each for top in walk.of_exception(exception) for each in _compared(top, exception.name, name)]
    return found


def _without_lists(definition: Definition) -> list[Expr]:
    """The expressions of a definition and of its exceptions, but of those that go through a list."""
    listed = [x for e in definition.exceptions if e.each is not None for x in walk.of_exception(e)]
    return [top for top in walk.of_definition(definition) if not any(top is each for each in listed)]


def _compared(top: Expr, place: str, name: str) -> Iterator[Asked]:
    """The comparisons within one expression that speak of the person themselves."""
    stack = [top]
    while stack:
        node = stack.pop()
        match node:
            case core.Compare(left=left, op=op, right=right) if op in UPWARD:
                if _is(left, name):
                    yield place, right, UPWARD[op]
                elif _is(right, name):
                    yield place, left, UPWARD[TURNED[op]]
            case core.Banded(of=of, bands=bands) if _is(of, name):
                for band in bands:
                    yield from [(place, band.low, band.low_in)] if band.low is not None else []
                    yield from [(place, band.high, not band.high_in)] if band.high is not None else []
            case core.InTop(of=of, count=count, share=False) if _is(of, name):
                yield place, count, False
        stack.extend(reversed([operand for operand, scopes in walk.inward(node) if not scopes]))


def _is(expr: Expr, name: str) -> bool:
    """Whether an expression is the person's number of that name, a value in its place where it is missing included."""
    match expr:
        case core.Named(of=of) | core.Default(of=of):
            return _is(of, name)
        case core.Ref(of=core.Me(depth=0), name=own) | core.Get(of=core.Me(depth=0), field=own):
            return own == name
        case _:
            return False


# -- last places of a quota ------------------------------------------------------------------------------------------


def _last_places(program: Program, decisions: Decisions, name: str) -> Iterator[Near]:
    """Everyone who sought a place of a quota that goes by the number first, as seen from the last who has one."""
    for key, allotments in decisions.allotments.items():
        definition = next(d for d in decisions.policy.definitions if d.key == key)
        order = definition.quota.orders[0] if definition.quota is not None else None
        if order is None or definition.record != decisions.policy.main.name or not _is(order.by, name):
            continue
        for allotment in allotments:
            values = {member.key: member.values[0] for member in allotment.members}
            placed: set[str] = set()
            for grade in allotment.grades:
                placed |= set(grade.taken)
                edge = _last_place(definition, grade, values, descending=order.descending)
                if edge is None or placed >= set(values):
                    continue
                yield from (
                    Near(k, v, edge, whole(abs(v - edge.value)), k in placed) for k, v in values.items() if _known(v)
                )


def _last_place(definition: Definition, grade: Places, values: dict[str, Exact], *, descending: bool) -> Edge | None:
    """Where the places of a grade were used up; None where some are left or nobody has one."""
    taken = [values[key] for key in grade.taken if _known(values.get(key))]
    if not taken or grade.unfilled:
        return None
    return Edge(definition.name, min(taken) if descending else max(taken), descending, grade.tier.value)
