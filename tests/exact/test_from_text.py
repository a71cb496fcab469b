"""From policy text to decisions: the selection scheme against a plain function, whatever the order of rows."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.check import check
from dsl.pipeline import parse
from interpreter.exact.decide import Decisions, decide
from interpreter.exact.examples import run_example
from interpreter.exact.population import Population, Subject
from policy.core import Policy
from policy.source import Source
from policy.units import exact
from policy.values import NIL, Value

LIBRARY = Path(__file__).parents[2] / "policy" / "library" / "selection"
ROLES = (("行长", 4, 1), ("副行长", 3, 1), ("主管", 2, Fraction(1, 2)))
BANDS = (
    (5, "高级客户经理一级"),
    (10, "高级客户经理二级"),
    (15, "高级客户经理三级"),
    (20, "客户经理一级"),
    (25, "客户经理二级"),
    (30, "客户经理三级"),
)


def policy_of(text: str) -> Policy:
    parsed = parse(Source("试.policy", text))
    assert parsed.document is not None, parsed.diagnostics
    checked = check(parsed.document)
    assert checked.policy is not None, [d for d in checked.diagnostics if d.blocks]
    return checked.policy


SELECTION = policy_of((LIBRARY / "selection.policy").read_text(encoding="utf-8"))


def tenths(low: int, high: int) -> st.SearchStrategy[Any]:
    return st.integers(low * 10, high * 10).map(lambda n: exact(n, 10))


candidates = st.fixed_dictionaries(
    {
        "笔试": tenths(20, 30),
        "员工行为规范": st.sampled_from([4, 5]),
        "语言表达": st.sampled_from([4, 5]),
        "应变能力": st.sampled_from([10, 18, 20]),
        "从业年数": tenths(0, 50).map(lambda years: years * 12),
        **{f"曾任{role}": st.booleans() for role, _, _ in ROLES},
        **{f"{role}年数": tenths(0, 20).map(lambda years: years * 12) for role, _, _ in ROLES},
    }
)


def decide_all(rules: Policy, rows: list[dict[str, Value]]) -> Decisions:
    return decide(rules, Population(rules.records, (Subject(rules.main, row) for row in rows)))


def plainly(rows: list[dict[str, Any]]) -> dict[str, tuple[Value, ...]]:
    """The scheme as an ordinary function."""
    found: dict[str, tuple[Value, ...]] = {}
    totals = {row["工号"]: experience_of(row) + sum(row[part] for part in PARTS) for row in rows}
    order = {row["工号"]: (totals[row["工号"]], row["笔试"], row["应变能力"]) for row in rows}
    passed = [key for key, total in totals.items() if total >= 60]
    for row in rows:
        key = row["工号"]
        place = 1 + sum(order[other] > order[key] for other in passed) if key in passed else NIL
        band = "未取得资格" if place is NIL else next((b for top, b in BANDS if place <= top), "初级客户经理")
        found[key] = (experience_of(row), totals[key], key in passed, place, band)
    return found


PARTS = ("笔试", "员工行为规范", "语言表达", "应变能力")


def experience_of(row: dict[str, Any]) -> Fraction:
    points = Fraction(row["从业年数"] // 36)
    for role, start, each in ROLES:
        if row[f"曾任{role}"]:
            points += start + each * (row[f"{role}年数"] // 12)
    return min(points, Fraction(20))


@settings(max_examples=40, deadline=None)
@given(st.lists(candidates, max_size=40), st.randoms(use_true_random=False))
def test_the_selection_scheme_is_what_a_plain_function_says(rows: list[dict[str, Any]], chance: Any) -> None:
    named = [row | {"工号": f"{i:03}", "姓名": "某", "支行": "某"} for i, row in enumerate(rows)]
    wanted = plainly(named)
    chance.shuffle(named)
    found = decide_all(SELECTION, named)
    results = ("个人经历", "总分", "合格", "名次", "等级")
    assert {case.key: tuple(case.results[name].value for name in results) for case in found.cases} == wanted
    assert all(case.outcome == "decided" for case in found.cases)


def test_the_shipped_examples_hold() -> None:
    assert SELECTION.examples
    assert [found for example in SELECTION.examples for found in run_example(SELECTION, example)] == []
