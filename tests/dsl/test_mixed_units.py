"""What a policy says never depends on the order in which amounts of several units are written."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from dsl.check import check
from dsl.pipeline import parse
from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from policy.source import Source
from policy.types import Number

HEAD = """政策 “单位”
数据 员工：
    工号：文本，主键
    万：数 0..50 万元，2 位小数
    元：数 0..100000 元，2 位小数
    年限：数 0..40 年，1 位小数
    月数：数 0..600 个月，1 位小数
"""
VALUES = {"工号": "A", "万": 12300, "元": 455, "年限": 30, "月数": 7}


def outcome(lines: str) -> tuple[object, ...]:
    """The codes of what is wrong, or the value of `甲` and the unit in which it is shown."""
    parsed = parse(Source("试.policy", f"{HEAD}{lines}\n结果 甲\n"))
    assert parsed.document is not None, parsed.diagnostics
    checked = check(parsed.document)
    if checked.policy is None:
        return tuple(sorted({d.code for d in checked.diagnostics if d.blocks}))
    policy = checked.policy
    kind = policy.definitions[-1].type.kind
    decisions = decide(policy, Population(policy.records, [Subject(policy.main, VALUES)]))
    shown = kind.unit.zh if isinstance(kind, Number) and kind.unit is not None else ""
    return decisions.cases[0].results["甲"].value, shown


@pytest.mark.parametrize(
    "terms",
    [
        ("万", "元"),
        ("万", "元", "5"),
        ("万", "元", "5 元"),
        ("万", "5", "5 元"),
        ("万", "元 ÷ 3", "0"),
        ("年限", "月数"),
        ("年限", "月数", "1 年"),
        ("年限", "月数", "2"),
        ("年限", "1 岁"),
    ],
)
@pytest.mark.parametrize("form", ["sum", "larger", "rounded", "compared"])
def test_the_order_of_terms_means_nothing(terms: tuple[str, ...], form: str) -> None:
    def written(order: tuple[str, ...]) -> str:
        if form == "larger":
            return f"定义 甲 = 较大({'，'.join(order)}) 四舍五入到 1"
        total = " + ".join(order)
        return f"定义 甲 = {total}" + {"sum": " 四舍五入到 1", "rounded": " 四舍五入到 2 位小数"}.get(form, " ≥ 5")

    found = {order: outcome(written(order)) for order in permutations(terms)}
    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("first", ["万", "元"])
def test_cases_in_two_units_are_shown_in_the_canonical_one(first: str) -> None:
    second = "元" if first == "万" else "万"
    lines = f"定义 甲：\n    当 年限 > 1：{first}\n    否则：{second}"
    assert outcome(lines)[1] == "元"


def test_what_is_rounded_to_yuan_is_shown_in_yuan() -> None:
    assert outcome("定义 甲 = 万 × 0.3‰ 四舍五入到 0.01 元") == (Fraction(369, 100), "元")
    assert outcome("定义 甲 = 万 × 0.3‰") == (Fraction(369, 100), "万元")
