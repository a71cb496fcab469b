"""One quantity of another may stand beside a percentage or a number; a definition of one line accepts what was supplied below it."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.pipeline import parse
from interpreter.exact.examples import run_example
from policy.source import Source
from tests.exact.test_from_text import policy_of

TEXT = """政策 “试”
选项 档 = 高 > 低
数据 人：
    编号：文本，主键
    目标：数 1..100 万元
    完成：数 0..100 万元
    工龄：数 0..40 年
数据 访：
    人：人，归属
    上门：是否
定义 完成率 暂定 = 完成 ÷ 目标
    认可 “原文所无” 因为 “没有写”
定义 得分 = 完成率 × 100 分 封顶 100 分
定义 上门多 = 个数(访 其中 上门) ÷ 个数(访) ≥ 50%
表 档：
    | 完成率        || 档 |
    | 90% 以上      || 高 |
    | 不满 90%      || 低 |
定义 津贴 = (工龄 ÷ 1 年) × 10 元
结果 上门多，档
例 “一”：
    假设 目标 = 50 万元，完成 = 45 万元，工龄 = 3 年
    假设 访：
        | 上门 |
        | 是   |
        | 否   |
    得到 完成率 = 90%，得分 = 90，上门多 = 是，档 = 高，津贴 = 30 元
"""


def test_one_quantity_of_another_may_be_told_in_percent() -> None:
    policy = policy_of(TEXT)
    assert run_example(policy, policy.examples[0]) == []


@pytest.mark.parametrize("line", ["定义 好 = 完成率 ≥ 1 分", "定义 好 = 完成率 ≥ 1 万元"])
def test_it_is_compared_with_no_other_unit(line: str) -> None:
    parsed = parse(Source("试.policy", TEXT.replace("结果", line + "\n结果")))
    assert parsed.document is not None
    assert any(d.blocks for d in check(parsed.document).diagnostics)


def test_what_was_supplied_is_accepted_below_one_line() -> None:
    parsed = parse(Source("试.policy", TEXT))
    assert parsed.document is not None
    found = [d for d in check(parsed.document).diagnostics if d.code == "ZS440"]
    assert [d.accepted.reason for d in found if d.accepted] == ["没有写"]


def test_a_quantity_of_one_that_is_never_negative_is_not_negative_either() -> None:
    table = "表 甲：\n    | 完成率 || 甲 |\n    | 0% 以上 || 1 |\n结果"
    parsed = parse(Source("试.policy", TEXT.replace("目标：数 1..", "目标：数 0..").replace("结果", table)))
    assert parsed.document is not None
    assert "ZS412" not in [d.code for d in check(parsed.document).diagnostics]
