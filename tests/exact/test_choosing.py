"""Cases, tables and scores: what holds, what is open, what is recorded of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from policy.core import Arm, Line, Refer, Switch, Total
from policy.source import Clause
from policy.values import Referred, Undecided
from tests.exact.hand_core import (
    GRADE,
    NIL,
    NUM,
    OPEN,
    SENT,
    YES_NO,
    Missing,
    codes,
    compare,
    const,
    get,
    step_of,
    value_of,
)


def cases(mode: str, *bounds: tuple[int | None, Any]) -> Switch:
    """`当 a ≥ bound：value` for each; a bound None is 否则."""
    arms = tuple(
        Arm(None if bound is None else compare(get("a"), "≥", const(bound)),
            value if hasattr(value, "type") else const(value), Clause((f"【{bound}】",)))
        for bound, value in bounds
    )  # fmt: skip
    return Switch(mode=mode, arms=arms, type=NUM)


@pytest.mark.parametrize(
    ("mode", "a", "value"),
    [
        ("first", 95, 3),
        ("first", 85, 2),
        ("first", 5, 0),
        ("unique", 85, 2),
        ("unique", 5, 0),
        ("sum", 95, 5),
        ("sum", 5, 0),
        ("highest", 95, 3),
        ("highest", 85, 2),
    ],
)
def test_modes(mode: str, a: int, value: int) -> None:
    assert value_of(cases(mode, (90, 3), (80, 2), (None, 0)), a=a) == value


def test_without_otherwise() -> None:
    assert value_of(cases("sum", (90, 3)), a=1) == 0
    assert codes(value_of(cases("highest", (90, 3)), a=1)) == {"ZS806"}
    uncovered = value_of(cases("unique", (90, 3)), a=1)
    assert uncovered.reasons[0].arguments == (("values", "a = 1"),)


def test_cases_that_contradict_are_undecided_with_both_clauses() -> None:
    node = cases("unique", (80, 2), (90, 3))
    assert value_of(node, a=85) == 2
    conflict = value_of(node, a=95)
    assert dict(conflict.reasons[0].arguments) == {"first": "【80】", "second": "【90】"}
    assert value_of(cases("unique", (80, 2), (90, 2)), a=95) == 2


def test_an_open_guard_makes_the_whole_open_unless_it_comes_after_the_one_taken() -> None:
    arms = (Arm(get("b", YES_NO), const(1)), Arm(get("c", YES_NO), const(1)), Arm(None, const(0)))
    for mode in ("unique", "first", "sum", "highest"):
        node = Switch(mode=mode, arms=arms, type=NUM)
        assert type(value_of(node, b=OPEN, c=False)) is Undecided
        assert type(value_of(node, b=SENT, c=True)) is Referred
    assert value_of(Switch(mode="first", arms=arms, type=NUM), b=True, c=OPEN) == 1
    assert type(value_of(Switch(mode="unique", arms=arms, type=NUM), b=True, c=OPEN)) is Undecided


def test_outcomes_and_absent_values_of_arms() -> None:
    refer = Refer(outcome="referred", reason="由评审会决定", type=NUM)
    found = value_of(cases("first", (90, refer), (None, 0)), a=95)
    assert type(found) is Referred
    assert dict(found.reasons[0].arguments) == {"reason": "由评审会决定"}
    assert value_of(cases("unique", (90, const(NIL)), (None, 0)), a=95) is NIL
    assert value_of(cases("first", (90, get("b")), (None, 0)), a=95, b=Missing("b")) == Missing("b")


def test_the_highest_grade_is_the_best() -> None:
    arms = (Arm(const(True), const("中", GRADE)), Arm(const(True), const("优", GRADE)))
    assert value_of(Switch(mode="highest", arms=arms, type=GRADE)) == "优"


def test_all_guards_looked_at_are_recorded() -> None:
    step = step_of(cases("unique", (90, 3), (80, 2), (None, 0)), a=85)
    assert [(part.value, len(part.parts)) for part in step.parts] == [(False, 1), (True, 2)]
    step = step_of(cases("unique", (90, 3), (80, 2), (None, 0)), a=5)
    assert [(part.value, len(part.parts)) for part in step.parts] == [(False, 1), (False, 1), (True, 1)]


def line(name: str, **more: Any) -> Line:
    return Line(name, get(name), **more)


def test_lines_add_up_and_those_that_do_not_apply_are_recorded() -> None:
    node = Total(
        mode="sum",
        lines=(line("a"), line("b", sign=-1), line("c", weight=get("w")), line("d", guard=get("g", YES_NO))),
        type=NUM,
    )
    step = step_of(node, a=10, b=3, c=4, w=2, d=100, g=False)
    assert step.value == 15
    assert [part.value for part in step.parts] == [10, -3, 8, None]
    assert value_of(node, a=10, b=3, c=4, w=2, d=100, g=True) == 115
    assert type(value_of(node, a=10, b=3, c=4, w=2, d=100, g=OPEN)) is Undecided
    assert value_of(node, a=10, b=3, c=4, w=2, d=Missing("d"), g=False) == 15
    assert codes(value_of(node, a=10, b=Missing("b"), c=4, w=2, d=1, g=False)) == {"ZS801"}
    assert value_of(node, a=NIL, b=3, c=4, w=2, d=1, g=True) is NIL


def test_the_best_line_counts() -> None:
    node = Total(mode="highest", lines=(line("a", guard=get("g", YES_NO)), line("b", guard=get("h", YES_NO))), type=NUM)
    assert value_of(node, a=1, b=3, g=True, h=True) == 3
    assert value_of(node, a=1, b=3, g=True, h=False) == 1
    assert value_of(node, a=1, b=3, g=False, h=False) == 0
    assert type(value_of(node, a=1, b=3, g=OPEN, h=True)) is Undecided
