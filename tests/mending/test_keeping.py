"""What a fix may never lose or move."""

from __future__ import annotations

import pytest

from dsl.keeping import kept
from dsl.mending import tried
from policy.diagnostic import Diagnostic, Fix, Severity
from policy.source import Source, Span

KEPT = [
    ("完成率 ≥ 0.95", "完成率 ≥ 95%"),
    ("笔试*60%，保留两位小数", "笔试*60% 四舍五入到 2 位小数"),
    ("加 3 分，最高 30 分", "加 3 分 封顶 30 分"),
    ("=ROUND(a,0)", "a 四舍五入到 1"),
    ("入职 ≥ 25/07/2010", "入职 ≥ 2010-07-25"),
    ("1. 业绩 权重 60%", "业绩 权重 60%"),
    ("10,000 元", "10000 元"),
    ("define a = b Art. 4", "define a = b  [Art. 4]"),
]
LOST = [
    ("加 3 分，最高 30 分", "加 3 分"),
    ("加 3 分，最高 30 分", "加 30 分 封顶 3 分"),
    ("a 舍去到 1 元", "a 四舍五入到 1 元"),
    ("a round 2", "a"),
    ("甲 = 乙 【第三条】", "甲 = 乙"),
    ("甲 = 乙 【第三条】", "甲 = 乙 【第四条】"),
    ("IF(a>60,5,0)", "当 a > 60：0\n否则：5"),
    ("业绩 60，服务 40", "业绩 6040"),
    ("入职 ≥ 25/07/2010", "入职 ≥ 2010-07-26"),
]


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_another_way_of_writing_it_keeps_it(old: str, new: str) -> None:
    assert kept(old, new)


@pytest.mark.parametrize(("old", "new"), LOST)
def test_what_is_lost_or_moved_is_seen(old: str, new: str) -> None:
    assert not kept(old, new)


TEXT = """政策 “例子”
数据 员工：
    工号：文本，主键
    得分：整数 0..100 分
定义 甲 = 得分 ≥ 60 元
定义 乙 = 甲
结果 甲，乙
"""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("定义 甲 = 得分 ≥ 60 分", True),
        ("定义 甲 = 得分 ≥ 60 元", False),
        ("定义 甲 = 得分数 ≥ 60 分", False),
        ("定义 丙 = 得分 ≥ 60 分", False),
        ("定义 甲 = 得分 ≥", False),
        ("定义 甲 = 得分 ≥ 6 分", False),
    ],
)
def test_a_fix_is_shown_only_if_it_holds(line: str, shown: bool) -> None:
    source = Source("x.policy", TEXT)
    start = TEXT.index("得分 ≥")
    fault = Diagnostic(
        "ZS305", Severity.ERROR, Span(source, start, start + 9), {"left": "分", "right": "元", "what": "compare"},
        fix=Fix(5, 5, line),
    )  # fmt: skip
    (found,) = tried(source, (fault,))
    assert (found.fix is not None) == shown
