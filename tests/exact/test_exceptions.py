"""Exceptions: what falls away, what must agree, how steps and limits combine, and what is a conflict."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from policy.core import Effect, Excepted, Exempt, Expr, Field, Fold, Order, Record
from policy.source import Clause
from policy.types import Reference, Type
from policy.values import Referred, Undecided, Value
from tests.exact.hand_core import (
    GRADE,
    ME,
    NIL,
    NUM,
    OPEN,
    PERSON,
    SENT,
    TEXT,
    YES_NO,
    Missing,
    codes,
    compare,
    const,
    decided,
    define,
    field,
    get,
    policy,
    rank,
    record,
    step_of,
    value_of,
)


def effect(kind: str, value: Any = None, guard: Expr | None = None, reason: str = "") -> Effect:
    wrapped = None if value is None else const(value, GRADE if isinstance(value, str) else NUM)
    return Effect(guard or const(True), kind, wrapped, reason, Clause((f"【{kind}{value}】",)))


def exempt(name: str, *effects: Effect, **more: Any) -> Exempt:
    return Exempt(name, effects, more.get("each"), more.get("over", ()), more.get("voided_by", ()))


def graded(base: str, *exceptions: Exempt, **values: Value) -> Value:
    return value_of(Excepted(of=const(base, GRADE), exceptions=exceptions, type=GRADE), **values)


def under(base: Value, *effects: Effect) -> set[str]:
    """The value under one exception with these effects, in every order in which they might be written."""
    return {str(graded(base, exempt("甲", *order))) for order in permutations(effects)}


@pytest.mark.parametrize(
    ("base", "effects", "value"),
    [
        ("优", [effect("cap", "良")], "良"),
        ("中", [effect("cap", "良")], "中"),
        ("中", [effect("floor", "良")], "良"),
        ("优", [effect("lower", 1)], "良"),
        ("优", [effect("lower", 1), effect("lower", 1)], "中"),
        ("差", [effect("lower", 2)], "差"),
        ("良", [effect("raise", 3)], "优"),
        ("良", [effect("raise", 1), effect("lower", 2)], "中"),
        ("优", [effect("lower", 1), effect("cap", "中")], "中"),
        ("优", [effect("cap", "良"), effect("cap", "中")], "中"),
        ("差", [effect("floor", "良"), effect("floor", "中")], "良"),
        ("差", [effect("lower", 1), effect("floor", "中")], "中"),
        ("优", [effect("fix", "中")], "中"),
        ("优", [effect("fix", "中"), effect("fix", "中")], "中"),
        ("优", [effect("fix", "缓评"), effect("cap", "中")], "缓评"),
        ("缓评", [effect("cap", "中"), effect("lower", 1), effect("floor", "差")], "缓评"),
        ("优", [effect("void")], "优"),
    ],
)
def test_what_acts_combines(base: str, effects: list[Effect], value: str) -> None:
    assert under(base, *effects) == {value}


@pytest.mark.parametrize(
    "effects",
    [
        [effect("fix", "良"), effect("fix", "中")],
        [effect("fix", "优"), effect("cap", "良")],
        [effect("fix", "差"), effect("floor", "良")],
        [effect("floor", "优"), effect("cap", "中")],
    ],
)
def test_conflicts_are_undecided_and_name_both(effects: list[Effect]) -> None:
    found = graded("良", exempt("甲", *effects))
    assert codes(found) == {"ZS830"}
    assert set(dict(found.reasons[0].arguments).values()) == {e.clause.cites[0] for e in effects}
    assert graded("良", exempt("甲", *reversed(effects))) == found


def test_a_case_kept_for_people_is() -> None:
    found = graded("优", exempt("甲", effect("referred", reason="请示")), exempt("乙", effect("fix", "中")))
    assert type(found) is Referred
    assert dict(found.reasons[0].arguments) == {"reason": "请示"}


def test_what_does_not_hold_or_is_open() -> None:
    capped = exempt("甲", effect("cap", "中", get("c", YES_NO)))
    assert graded("优", capped, c=False) == "优"
    assert type(graded("优", capped, c=OPEN)) is Undecided
    assert type(graded("优", capped, c=SENT)) is Referred


def test_exceptions_to_exceptions_and_to_those() -> None:
    last = exempt("丙", effect("void", guard=get("e", YES_NO)))
    middle = exempt("乙", effect("void", guard=get("d", YES_NO)), voided_by=(last,))
    first = exempt("甲", effect("cap", "中"), voided_by=(middle,))
    assert graded("优", first, d=False, e=False) == "中"
    assert graded("优", first, d=True, e=False) == "优"
    assert graded("优", first, d=True, e=True) == "中"
    assert type(graded("优", first, d=OPEN, e=False)) is Undecided
    assert graded("优", first, d=OPEN, e=True) == "中"


def test_precedence_holds_only_where_the_prevailing_one_acts() -> None:
    strong = exempt("甲", effect("fix", "良", get("c", YES_NO)), over=("乙",))
    weak = exempt("乙", effect("fix", "差"))
    assert graded("优", strong, weak, c=True) == "良"
    assert graded("优", strong, weak, c=False) == "差"
    third = exempt("丙", effect("fix", "中", get("d", YES_NO)), over=("甲",))
    assert graded("优", strong, weak, third, c=True, d=True) == graded("优", third, strong, weak, c=True, d=True)
    step = step_of(Excepted(of=const("优", GRADE), exceptions=(strong, weak), type=GRADE), c=True)
    assert [part.note.fate for part in step.parts[1:] if part.note] == ["acts", "overruled"]  # type: ignore[union-attr]


def test_numbers_move_by_amounts() -> None:
    node = Excepted(
        of=get("a"), exceptions=(exempt("甲", effect("lower", 10), effect("raise", 3), effect("floor", 0)),), type=NUM
    )
    assert value_of(node, a=20) == 13
    assert value_of(node, a=5) == 0
    assert value_of(node, a=NIL) is NIL
    assert codes(value_of(node, a=Missing("a"))) == {"ZS801"}
    fixed = Excepted(of=get("a"), exceptions=(exempt("甲", effect("fix", 0)),), type=NUM)
    assert value_of(fixed, a=Missing("a")) == 0


OWNER = Field("人", Type(Reference(PERSON)), "人", owner=True)
BREACHES = Record("违规", (OWNER, field("种类", TEXT), field("申诉", YES_NO)))
EACH = Fold(kind="count", record="违规", mine=ME, owner="人", type=NUM)


def breach(kind: str, appealed: Value = False) -> dict[str, Value]:
    return {"人": "01", "种类": kind, "申诉": appealed}


@pytest.mark.parametrize(
    ("breaches", "grade"),
    [
        ([], "优"),
        ([breach("代课")], "良"),
        ([breach("代课"), breach("代课")], "中"),
        ([breach("代课"), breach("代课", True)], "良"),
        ([breach("迟到"), breach("代课", True)], "优"),
    ],
)
def test_effects_of_each_listed_record(breaches: list[dict[str, Value]], grade: str) -> None:
    guard = compare(get("种类", TEXT), "=", const("代课"))
    appeal = exempt("申诉", effect("void", guard=get("申诉", YES_NO)))
    rule = exempt("违规影响", effect("lower", 1, guard), each=EACH, voided_by=(appeal,))
    body = Excepted(of=const("优", GRADE), exceptions=(rule,), type=GRADE)
    rules = policy([record(), BREACHES], [define("等级", body)])
    assert decided(rules, [{"工号": "01"}], 违规=breaches).cases[0].results["等级"].value == grade


def test_exceptions_on_the_whole_case_and_on_a_rank() -> None:
    whole = exempt("新人", effect("referred", guard=get("新人", YES_NO), reason="由评审会决定"))
    placed = rank("名次", Order(get("分"), True))
    rules = policy([record(field("分"), field("新人", YES_NO))], [placed], overall=(whole,))
    rows = [{"工号": "01", "分": 2, "新人": True}, {"工号": "02", "分": 1, "新人": False}]
    found = decided(rules, rows).cases
    assert [(case.outcome, case.results["名次"].value) for case in found] == [("referred", 1), ("decided", 2)]
    assert [dict(reason.arguments) for reason in found[0].reasons] == [{"reason": "由评审会决定"}]
    assert len(found[0].overall) == 1
