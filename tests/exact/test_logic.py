"""Three-valued conditions: decided exactly where every way the open ones could turn out agrees."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.core import All, AtLeast, Default, IsMissing, IsNone, Not, Sum
from policy.values import Period, Referred, Undecided
from tests.exact.hand_core import (
    DAY,
    GRADE,
    MONTH,
    NIL,
    NUM,
    OPEN,
    SENT,
    TEXT,
    YES_NO,
    Missing,
    codes,
    compare,
    const,
    get,
    value_of,
)

truths = st.sampled_from([True, False, OPEN, SENT])


def completions(values: list[Any]) -> list[tuple[bool, ...]]:
    """Every way in which open values could turn out."""
    return list(product(*([value] if isinstance(value, bool) else [True, False] for value in values)))


def items(values: list[Any]) -> tuple[dict[str, Any], tuple[Any, ...]]:
    return {f"c{i}": value for i, value in enumerate(values)}, tuple(get(f"c{i}", YES_NO) for i in range(len(values)))


@given(st.lists(truths, max_size=5), st.integers(0, 5))
def test_at_least_is_open_only_where_it_depends_on_what_is_open(values: list[Any], count: int) -> None:
    given_values, nodes = items(values)
    found = value_of(AtLeast(count=count, items=nodes, type=YES_NO), **given_values)
    possible = {sum(way) >= count for way in completions(values)}
    assert (found if isinstance(found, bool) else None) == (possible.pop() if len(possible) == 1 else None)


@given(st.lists(truths, min_size=1, max_size=5))
def test_all_is_at_least_all_and_not_any_not(values: list[Any]) -> None:
    given_values, nodes = items(values)
    every = value_of(All(items=nodes, type=YES_NO), **given_values)
    assert every == value_of(AtLeast(count=len(nodes), items=nodes, type=YES_NO), **given_values)
    contrary = AtLeast(count=1, items=tuple(Not(of=node, type=YES_NO) for node in nodes), type=YES_NO)
    assert every == value_of(Not(of=contrary, type=YES_NO), **given_values)


def test_undecided_wins_over_referred() -> None:
    given_values, nodes = items([OPEN, SENT, True])
    both = value_of(All(items=nodes, type=YES_NO), **given_values)
    assert type(both) is Undecided
    assert len(both.reasons) == 2
    given_values, nodes = items([SENT, True])
    assert type(value_of(All(items=nodes, type=YES_NO), **given_values)) is Referred


@pytest.mark.parametrize("op", ["=", "≠", "<", "≤", ">", "≥"])
def test_comparisons_with_none_fail(op: str) -> None:
    assert value_of(compare(get("a"), op, const(1)), a=NIL) is False
    assert value_of(IsNone(of=get("a"), type=YES_NO), a=NIL) is True
    assert value_of(IsNone(of=get("a"), type=YES_NO), a=1) is False
    assert type(value_of(compare(get("a"), op, const(1)), a=Missing("a"))) is Undecided


@pytest.mark.parametrize(
    ("left", "op", "right", "holds"),
    [
        ("优", ">", "良", True),
        ("良", ">", "优", False),
        ("良", "≥", "良", True),
        ("差", "<", "中", True),
        ("缓评", "<", "优", False),
        ("缓评", "≥", "缓评", False),
        ("缓评", "=", "缓评", True),
        ("缓评", "≠", "优", True),
    ],
)
def test_grades_compare_by_their_order_best_first(left: str, op: str, right: str, holds: bool) -> None:
    assert value_of(compare(get("a", GRADE), op, const(right, GRADE)), a=left) is holds


def test_other_kinds_compare() -> None:
    assert value_of(compare(get("a", TEXT), "=", const("甲")), a="甲") is True
    assert value_of(compare(get("a", DAY), "<", const(date(2025, 1, 1))), a=date(2024, 12, 31)) is True
    assert value_of(compare(get("a", MONTH), "≥", const(Period(2025, 3, "month"), MONTH)), a=Period(2025, 3, "month"))
    march = const(Period(2025, 3, "month"), MONTH)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1)]
    assert [value_of(compare(get("a", DAY), "≤", march), a=day) for day in days] == [True, True, True, False]
    assert [value_of(compare(march, "<", get("a", DAY)), a=day) for day in days] == [False, False, False, True]
    assert [value_of(compare(get("a", DAY), "=", march), a=day) for day in days] == [False, True, True, False]


def test_missing_is_seen_and_replaced() -> None:
    gone, suspended = Missing("a"), Missing("a", "停课")
    missing, code = IsMissing(of=get("a"), type=YES_NO), IsMissing(of=get("a"), code="停课", type=YES_NO)
    assert [value_of(missing, a=a) for a in (gone, suspended, 3, NIL)] == [True, True, False, False]
    assert [value_of(code, a=a) for a in (suspended, Missing("a", "缺考"), 3)] == [True, False, False]
    assert codes(value_of(code, a=gone)) == {"ZS801"}
    instead = Default(of=get("a"), fallback=const(0), type=NUM)
    assert [value_of(instead, a=a) for a in (gone, suspended, 3)] == [0, 0, 3]
    assert value_of(instead, a=NIL) is NIL


def test_what_was_worked_out_from_something_missing_is_open_not_missing() -> None:
    total = Sum(terms=(get("a"), get("b")), signs=(1, 1), type=NUM)
    instead = Default(of=total, fallback=const(0), type=NUM)
    assert codes(value_of(instead, a=Missing("a"), b=1)) == {"ZS801"}
    assert codes(value_of(instead, a=Missing("a"), b=OPEN)) == {"ZS801", "ZS840"}
    assert type(value_of(IsMissing(of=total, type=YES_NO), a=SENT, b=1)) is Referred
