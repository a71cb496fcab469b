"""Core built by hand: short ways to write nodes, policies and populations in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from interpreter.exact.absence import reasons_of
from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population, Subject
from interpreter.exact.trace import Step
from policy import walk
from policy.core import (
    AsOf,
    Compare,
    Const,
    Definition,
    Exempt,
    Expr,
    Field,
    Get,
    Me,
    Order,
    Policy,
    Quota,
    Ranking,
    Record,
    Ref,
)
from policy.diagnostic import Reason
from policy.types import DAY, TEXT, YES_NO, Calendar, Choice, Reference, Type, number
from policy.units import DAYS, MONTHS, PLACES, POINTS, RATIO, YUAN
from policy.values import NIL, Missing, Referred, Undecided, Value

NUM, RATE, MONEY = number(POINTS), number(RATIO), number(YUAN)
PLACE, SPAN, LONG = number(PLACES), number(MONTHS), number(DAYS)
MONTH = Type(Calendar("month"))
GRADE = Type(Choice("等级", ("优", "良", "中", "差", "缓评"), 4))
PERSON = "人"
ME = Me(depth=0, type=Type(Reference(PERSON)))
OUTER = Me(depth=1, type=Type(Reference(PERSON)))
OPEN = Undecided((Reason("ZS840", (("reason", "待查"),)),))
SENT = Referred((Reason("ZS840", (("reason", "请示"),)),))


def const(value: object, kind: Type | None = None) -> Const:
    return Const(value=value, type=kind or kind_of(value))


def kind_of(value: object) -> Type:
    if isinstance(value, bool):
        return YES_NO
    if isinstance(value, str):
        return TEXT
    return DAY if isinstance(value, date) else NUM


def get(name: str, kind: Type = NUM, of: Expr = ME) -> Get:
    return Get(of=of, field=name, type=kind)


def ref(name: str, kind: Type = NUM, of: Expr = ME, record: str = PERSON) -> Ref:
    return Ref(of=of, name=name, record=record, type=kind)


def compare(left: Expr, op: str, right: Expr) -> Compare:
    return Compare(left=left, op=op, right=right, type=YES_NO)


def field(name: str, kind: Type = NUM, **more: Any) -> Field:
    return Field(name, kind, name, **more)


def record(*fields: Field, name: str = PERSON) -> Record:
    return Record(name, (Field("工号", TEXT, "工号", key=True), *fields))


def define(name: str, body: Expr, **more: Any) -> Definition:
    return Definition(name, more.pop("record", PERSON), "define", body.type, body, **more)


def rank(name: str, *orders: Order, **more: Any) -> Definition:
    ranking = Ranking(
        more.get("among"),
        more.get("same", ()),
        orders,
        more.get("ties", "share"),
        more.get("edge"),
        more.get("missing", "undecided"),
    )
    return Definition(name, PERSON, "rank", PLACE, None, ranking=ranking)


def quota(name: str, stated: Quota, exceptions: tuple[Exempt, ...] = ()) -> Definition:
    return Definition(name, PERSON, "quota", GRADE, None, quota=stated, exceptions=exceptions)


def policy(
    records: Iterable[Record], definitions: Iterable[Definition], results: Iterable[str] = (), **more: Any
) -> Policy:
    listed = tuple(definitions)
    names = tuple(results) or tuple(d.name for d in listed if d.record == PERSON)
    examples, overall = more.get("examples", ()), more.get("overall", ())
    dated = any(isinstance(node, AsOf) for node in walk.nodes(walk.of_rules(listed, overall)))
    return Policy("试", "1", "2024-01-01", "", "zh", tuple(records), listed, names, examples, overall, dated=dated)


Rows = Iterable[Mapping[str, Value]]


def population(rules: Policy, rows: Rows, **others: Rows) -> Population:
    """Rows of the main record, and of others by name."""
    subjects = [Subject(rules.main, dict(row)) for row in rows]
    for name, listed in others.items():
        found = rules.record(name)
        assert found is not None
        subjects += [Subject(found, dict(row)) for row in listed]
    return Population(rules.records, subjects)


def decided(rules: Policy, rows: Rows, **others: Rows) -> Decisions:
    return decide(rules, population(rules, rows, **others))


def step_of(node: Expr, as_of: date | None = None, /, **values: Value) -> Step:
    """One expression worked out over one subject with these values."""
    rules = policy([record(*(field(name) for name in values))], [])
    return Program(rules, population(rules, []), as_of).code(node)((Subject(rules.main, values),))


def value_of(node: Expr, as_of: date | None = None, /, **values: Value) -> Value:
    return step_of(node, as_of, **values).value


def codes(value: Value) -> set[str]:
    return {reason.code for reason in reasons_of(value)}


__all__ = [
    "DAY", "GRADE", "LONG", "ME", "MONEY", "MONTH", "NIL", "NUM", "OPEN", "OUTER", "PERSON", "PLACE", "RATE", "SENT",
    "SPAN", "TEXT", "YES_NO", "Missing", "Order", "Quota", "Referred", "Undecided", "codes", "compare", "const",
    "decided", "define", "field", "get", "policy", "population", "quota", "rank", "record", "ref", "step_of",
    "value_of",
]  # fmt: skip
