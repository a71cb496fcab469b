"""What one period hands to the next: definitions that come back to themselves through the period before, in any order."""

from __future__ import annotations

from itertools import permutations

import pytest

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from policy.values import Period, Value
from tests.exact.test_from_text import policy_of

HEAD = """政策 “用油”
选项 评价 = 好 > 差
数据 车辆：
    车号：文本，主键
数据 月用油：
    车：车辆，归属
    月：月份，逐期
    定额：数 0..900 升，1 位小数
    用油：数 0..2000 升，1 位小数
"""
LINES = (
    "定义 月用油.可用 = 定额 + 上期.结余 缺则 0 升\n",
    "定义 月用油.结余 = 可用 - 用油 封顶 50 升 保底 -20 升\n",
    "定义 结余 = 最近(月用油.结余)\n",
)
FLAGS = """定义 月用油.评价：
    当 超支：差
    否则：好
定义 月用油.超支 = 用油 > 定额 且 非 上次差
定义 月用油.上次差：
    当 上期.评价 缺：否
    否则：上期.评价 = 差
定义 结余 = 个数(月用油 其中 评价 = 差)
"""
MONTHS = [(100, 40), (100, 120), (100, 200)]


def latest(rules: str) -> Value:
    policy = policy_of(HEAD + rules + "结果 结余\n")
    known = {record.name: record for record in policy.records}
    rows: list[dict[str, Value]] = [
        {"车": "1", "月": Period(2025, month, "month"), "定额": given, "用油": used}
        for month, (given, used) in enumerate(MONTHS, 1)
    ]
    people = [Subject(known["车辆"], {"车号": "1"}), *(Subject(known["月用油"], row) for row in rows)]
    return decide(policy, Population(policy.records, people)).cases[0].results["结余"].value


@pytest.mark.parametrize("lines", list(permutations(LINES)))
def test_what_is_left_is_carried_over_whichever_line_comes_first(lines: tuple[str, ...]) -> None:
    assert latest("".join(lines)) == -20


def test_grades_and_conditions_of_the_period_before() -> None:
    assert latest(FLAGS) == 1
