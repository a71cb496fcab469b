"""A quarter is written as the data has it: 2025Q1; the one before it is the quarter before, across the year too."""

from __future__ import annotations

import pytest

from dsl.layout import format_text
from interpreter.exact.examples import run_example
from policy.source import Source
from tests.exact.test_from_text import policy_of

TEXT = """政策 “试”
数据 人：
    编号：文本，主键
数据 季：
    人：人，归属
    期：季度，逐期
    分：数 0..100 分，1 位小数
定义 季.进展：
    当 上期.分 缺：无
    否则：分 - 上期.分
定义 最近进展 = 最近(季.进展)
定义 今年 = 合计(季.分 其中 期 ≥ 2025Q1)
结果 最近进展，今年
例 “跨年”：
    假设 季：
        | 期     | 分 |
        | 2024Q4 | 5  |
        | 2025Q1 | 7  |
    得到 最近进展 = {progress}，今年 = 7
"""


@pytest.mark.parametrize(("progress", "differences"), [(2, 0), (3, 1)])
def test_quarters_are_written_and_follow_each_other(progress: int, differences: int) -> None:
    policy = policy_of(TEXT.format(progress=progress))
    assert len(run_example(policy, policy.examples[0])) == differences


def test_the_layout_keeps_a_quarter_as_it_is_written() -> None:
    assert "| 2024Q4 | 5  |" in str(format_text(Source("试.policy", TEXT.format(progress=2))))
