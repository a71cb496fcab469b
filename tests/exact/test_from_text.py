"""From policy text to decisions: the selection scheme against a plain function, whatever the order of rows."""

from __future__ import annotations

from datetime import date
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
from policy.values import NIL, Missing, Value

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


@settings(max_examples=40)
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


STARS = policy_of(
    """政策 “评星”
选项 星级 = 五星 > 四星 > 三星，未评星
数据 讲师：
    工号：文本，主键
    部门：部门
    入职：日期
    评价：数 0..100 分，1 位小数，可缺 (停课)
    说课：数 0..100 分，1 位小数
数据 部门：
    名称：文本，主键
数据 课程：
    讲师：讲师，归属
    类别：文本
    课时：数 0..200 课时，1 位小数
数据 违规：
    讲师：讲师，归属
    种类：选项 (迟到、代课、泄题)
    申诉成立：是否
参数 线 按 基准日：
    自 2025-03-01：60 分
    自 2026-01-01：65 分
定义 教龄 = 满年(入职，基准日)
定义 课时数 = 合计(课程.课时 每个 类别 取最高 1)
评分 总分 满分 100：
    评价 权重 40%
    说课 权重 60%
    当 评价 = 停课：评价 转给 说课
条件 达标 全部：
    总分 ≥ 线
    至少 1 项：
        课时数 ≥ 40 课时
        教龄 ≥ 5 年
名额 星级 限 达标 同 部门：
    按 总分 从高到低
    五星 至多 30% 限 总分 ≥ 85 分
    四星 至多 50%
    三星 至多 100%
    否则：未评星
    基数 个数(全体 讲师 同 部门)
    取整 舍去到 1 名
    末位并列 转人工
    溢出 顺延
    缺额 空缺
    缺 不参加
例外 违规影响 对 星级 每个 违规：
    | 种类 || 星级   |
    | 泄题 || 未评星 |
    | 代课 || 降 1 档 |
    | 迟到 || 不适用 |
例外 申诉 对 违规影响：
    当 申诉成立：不适用
例外 新人 对 结果：
    当 教龄 < 1 年：转人工 “由评审会决定”
检查 部门.五星不过半 全部：
    个数(讲师 其中 星级 不低于 五星) ≤ 个数(讲师) × 50%
结果 总分，星级
例 “停课者按说课计”：
    假设 基准日 = 2025-06-30，入职 = 2015-01-01，评价 = 停课，说课 = 80
    得到 总分 = 80，达标 = 是，教龄 = 10 年
"""
)


def stars(as_of: date, *breaches: tuple[str, str, bool]) -> Decisions:
    scores = {"01": 90, "02": 88, "03": 80, "04": 70, "05": 62}
    staff = [
        {"工号": key, "部门": "甲", "入职": date(2015, 1, 1), "评价": score, "说课": score}
        for key, score in scores.items()
    ]
    staff[3] |= {"评价": Missing("评价", "停课")}
    staff[4] |= {"入职": date(2025, 1, 1)}
    listed = {
        "讲师": staff,
        "部门": [{"名称": "甲"}],
        "课程": [{"讲师": "05", "类别": kind, "课时": hours} for kind, hours in (("文", 20), ("文", 25), ("武", 15))],
        "违规": [{"讲师": who, "种类": kind, "申诉成立": won} for who, kind, won in breaches],
    }
    known = {record.name: record for record in STARS.records}
    people = [Subject(known[name], dict(row)) for name, rows in listed.items() for row in rows]
    return decide(STARS, Population(STARS.records, people), as_of)


def grades(found: Decisions) -> list[Value]:
    return [case.results["星级"].value for case in found.cases]


def test_lists_dates_quotas_and_exceptions_from_text() -> None:
    found = stars(date(2025, 6, 30))
    assert grades(found) == ["五星", "四星", "四星", "三星", "三星"]
    assert [case.outcome for case in found.cases] == ["decided"] * 4 + ["referred"]
    assert [places.places for places in found.allotments["讲师", "星级"][0].grades] == [1, 2, 5]
    assert [check.step.value for check in found.checks] == [True]
    assert grades(stars(date(2026, 6, 30)))[4] == "未评星"


def test_breaches_and_appeals_from_text() -> None:
    found = stars(
        date(2025, 6, 30), ("01", "代课", False), ("01", "代课", True), ("02", "泄题", False), ("03", "迟到", False)
    )
    assert grades(found) == ["四星", "未评星", "四星", "三星", "三星"]


def test_the_stars_example_holds() -> None:
    assert [found for example in STARS.examples for found in run_example(STARS, example)] == []


SINCE = """政策 “试”
数据 人：
    号：文本，主键
    起：日期，可缺
定义 年资：
    当 起 缺：0 年
    否则：满年(起，基准日)
结果 年资
"""


def test_zero_years_in_one_case_leaves_the_others_whole_years() -> None:
    rules = policy_of(SINCE)
    rows: list[dict[str, Value]] = [{"号": "1", "起": Missing("起")}, {"号": "2", "起": date(2020, 1, 1)}]
    found = decide(rules, Population(rules.records, (Subject(rules.main, row) for row in rows)), date(2025, 1, 1))
    assert [case.results["年资"].value for case in found.cases] == [0, 60]


NOT_APPLICABLE = """政策 “试”
数据 人：
    号：文本，主键
    甲：数 0..100 分，1 位小数
    乙：数 0..100 分，1 位小数，可缺 (不适用)
评分 分 满分 100：
    甲 权重 50%
    乙 权重 50%
    当 乙 = 不适用：乙 转给 甲
结果 分
例 “不适用是数据里的词”：
    假设 甲 = 80，乙 = 不适用
    得到 分 = 80
例 “表里也是”：
    假设 人：
        | 号 | 甲 | 乙     |
        | 1  | 70 | 不适用 |
    得到 人：
        | 号 | 分 |
        | 1  | 70 |
"""


def test_examples_may_say_not_applicable_where_the_data_does() -> None:
    rules = policy_of(NOT_APPLICABLE)
    assert [found for example in rules.examples for found in run_example(rules, example)] == []


OWNED = """政策 “试”
数据 人：
    号：文本，主键
    起：日期
数据 违章：
    人：人，归属
    日：日期
    分：整数 0..12 分
定义 违章.计分：
    当 日 < 人.起 + 1 年：分 × 2
    否则：分
定义 累计 = 合计(违章.计分)
结果 累计
例 “没有写是谁的，就是这个人的”：
    假设 起 = 2020-01-01
    假设 违章：
        | 日         | 分 |
        | 2020-06-01 | 3  |
        | 2022-06-01 | 3  |
    得到 累计 = 9
"""


def test_what_an_example_lists_refers_to_whom_it_speaks_of() -> None:
    rules = policy_of(OWNED)
    assert [found for example in rules.examples for found in run_example(rules, example)] == []
