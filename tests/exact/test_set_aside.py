"""What a row that was set aside leaves open, and what it does not: read from files, decided from text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population
from interpreter.reading import read
from policy.values import Missing, Undecided, Value
from tests.exact.test_from_text import policy_of

HEAD = """政策 “试”
选项 等级 = 优 > 良 > 差
数据 员工：
    工号：文本，主键
    支行：支行
数据 支行：
    名称：文本，主键
    类别：选项 (一类、二类)
数据 课程：
    主讲：员工，归属
    课时：数 0..100 课时，1 位小数
    类别：选项 (线上、线下)
    日期：日期
数据 月报：
    谁：员工，归属
    月：月份，逐期
    用：数 0..1000 升
    合格：是否
"""
STAFF = "工号,支行\n1,甲\n2,乙\n3,甲\n"
BRANCHES = "名称,类别\n甲,一类\n乙,二类\n"
COURSES = "主讲,课时,类别,日期\n1,10,线上,2025-01-01\n1,x,线上,2025-02-01\n2,5,线下,2025-01-01\n"
MONTHS = "谁,月,用,合格\n1,2025-01,1,是\n1,2025-02,2,是\n2,2025-01,3,是\n2,2025-02,4,是\n"


def decided(folder: Path, body: str, **files: str) -> Decisions:
    policy = policy_of(HEAD + body)
    given = {"员工": STAFF, "支行": BRANCHES, "课程": COURSES, "月报": MONTHS, **files}
    specs = []
    for name, text in given.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        specs.append(f"{name}={path}")
    dataset = read(specs, policy.records, policy.main.name)
    return decide(policy, Population.of_dataset(policy.records, dataset), date(2025, 3, 1))


def values(folder: Path, body: str, **files: str) -> dict[str, Value]:
    """What 值 comes to for each person."""
    found = decided(folder, body + "\n结果 值\n", **files)
    return {case.key: case.results["值"].value for case in found.cases}


def waits(value: Value, file: str, row: int) -> bool:
    """Whether a value is open for that row and says so."""
    named = {(dict(r.arguments).get("where"), dict(r.arguments).get("row")) for r in getattr(value, "reasons", ())}
    return type(value) is Undecided and named == {(file, str(row))}


@pytest.mark.parametrize(
    "fold",
    [
        "合计(课程.课时)",
        "个数(课程)",
        "平均(课程.课时) 四舍五入到 1 位小数",
        "最高(课程.课时)",
        "最低(课程.课时)",
        "合计(课程.课时 取最高 1)",
        "最近(课程.课时 按 日期)",
        "最近(课程.课时 按 日期) 缺则 0 课时",
        "个数(课程 其中 课时 > 5 课时)",
        "个数(全体 课程 同 主讲.支行)",
    ],
)
def test_whatever_lists_the_row_is_open_for_its_owner(fold: str, tmp_path: Path) -> None:
    if "全体" in fold:
        fold = "个数(全体 课程 其中 主讲.支行 = 本.支行)"
    found = values(tmp_path, f"定义 值 = {fold}")
    assert waits(found["1"], "课程.csv", 3)
    assert not isinstance(found["2"], Undecided)


def test_a_record_that_surely_is_there_decides_that_there_is_one(tmp_path: Path) -> None:
    assert values(tmp_path, "定义 值 = 有(课程 其中 类别 = 线上)")["1"] is True
    alone = COURSES.replace("1,10,线上,2025-01-01\n", "")
    assert waits(values(tmp_path, "定义 值 = 有(课程 其中 类别 = 线上)", 课程=alone)["1"], "课程.csv", 2)


def test_what_surely_keeps_it_out_keeps_it_out(tmp_path: Path) -> None:
    assert values(tmp_path, "定义 值 = 合计(课程.课时 其中 类别 = 线下)") == {"1": 0, "2": 5, "3": 0}
    assert values(tmp_path, "定义 值 = 个数(全体 课程 其中 类别 = 线下)") == {"1": 1, "2": 1, "3": 1}
    unread = COURSES.replace("1,x,线上,2025-02-01", "1,3,线,2025-02-01")
    assert waits(values(tmp_path, "定义 值 = 合计(课程.课时 其中 类别 = 线下)", 课程=unread)["1"], "课程.csv", 3)


def test_a_list_of_all_is_open_for_all(tmp_path: Path) -> None:
    found = values(tmp_path, "定义 值 = 合计(全体 课程.课时)")
    assert all(waits(value, "课程.csv", 3) for value in found.values())


def test_a_row_without_a_readable_owner_is_open_for_all_that_list_all_alone(tmp_path: Path) -> None:
    unowned = COURSES.replace("1,x,线上", ",1,线上")
    assert values(tmp_path, "定义 值 = 个数(课程)", 课程=unowned) == {"1": 1, "2": 1, "3": 0}
    assert waits(values(tmp_path, "定义 值 = 个数(全体 课程)", 课程=unowned)["3"], "课程.csv", 3)


def test_rows_that_differ_under_one_key_leave_their_owners_open(tmp_path: Path) -> None:
    body = """数据 奖：
    号：文本，主键
    谁：员工，归属
    额：数 0..100 元
定义 值 = 合计(奖.额)
"""
    found = values(tmp_path, body, 奖="号,谁,额\na,1,10\na,2,10\nb,3,5\nb,3,5\n")
    assert waits(found["1"], "奖.csv", 2)
    assert waits(found["2"], "奖.csv", 3)
    assert found["3"] == 5


def test_the_period_before_is_not_missing_where_its_row_is_set_aside(tmp_path: Path) -> None:
    body = "定义 月报.比 = 用 - 上期.用 缺则 用\n定义 值 = 最近(月报.比 按 月)"
    assert values(tmp_path, body)["1"] == 1
    for line in ("1,2025-01,x,是", "1,2025-13,1,是"):
        found = values(tmp_path, body, 月报=MONTHS.replace("1,2025-01,1,是", line))
        assert waits(found["1"], "月报.csv", 2), line
        assert found["2"] == 1
    later = values(tmp_path, "定义 月报.前 = 上期.用 缺则 0 升\n定义 值 = 合计(月报.前 其中 月 = 2025-02)")
    assert later["1"] == 1
    found = values(
        tmp_path,
        "定义 月报.前 = 上期.用 缺则 0 升\n定义 值 = 合计(月报.前 其中 月 = 2025-02)",
        月报=MONTHS.replace("1,2025-01,1,是", "1,2025-01,x,是"),
    )
    assert waits(found["1"], "月报.csv", 2)


def test_the_longest_run_is_open_unless_the_row_surely_ends_one(tmp_path: Path) -> None:
    body = "定义 值 = 最长连续(月报 其中 合格)"
    assert waits(values(tmp_path, body, 月报=MONTHS.replace("1,2025-02,2,是", "1,2025-02,x,是"))["1"], "月报.csv", 3)
    assert values(tmp_path, body, 月报=MONTHS.replace("1,2025-02,2,是", "1,2025-02,x,否"))["1"] == 1


def test_what_is_looked_up_in_a_row_set_aside_is_open(tmp_path: Path) -> None:
    found = values(tmp_path, "定义 值 = 支行.类别", 支行="名称,类别\n甲,三类\n乙,二类\n")
    assert waits(found["1"], "支行.csv", 2)
    assert found["2"] == "二类"


def test_a_rank_of_listed_records_waits_for_it(tmp_path: Path) -> None:
    body = """排名 课程.序 同 主讲：
    按 课时 从高到低
    并列 同名次
定义 值 = 个数(课程 其中 序 = 1)
"""
    for line in ("1,x,线上,2025-02-01", "1,20,线,2025-02-01"):
        found = values(tmp_path, body, 课程=COURSES.replace("1,x,线上,2025-02-01", line))
        assert isinstance(found["1"], Undecided), line
        assert found["2"] == 1
    ranked = decided(tmp_path, body + "结果 值\n", 课程=COURSES.replace("1,x,线上,2025-02-01", "1,20,线,2025-02-01"))
    assert sorted(len(cohort.members) for cohort in ranked.ranks["课程", "序"]) == [0, 1]


def test_an_exception_for_each_record_is_open_for_it(tmp_path: Path) -> None:
    body = """定义 值：
    当 工号 = “9”：差
    否则：优
例外 线上课 对 值 每个 课程：
    当 类别 = 线上：降 1 级
"""
    found = values(tmp_path, body)
    assert waits(found["1"], "课程.csv", 3)
    assert found["2"] == "优"
    certain = values(tmp_path, body, 课程=COURSES.replace("1,x,线上", "1,x,线下"))
    assert certain["1"] == "良"


def test_of_the_people_only_those_taken_are_ranked_and_counted(tmp_path: Path) -> None:
    body = "定义 值 = 个数(全体 员工)"
    assert values(tmp_path, body, 员工=STAFF + "4,\n") == {"1": 3, "2": 3, "3": 3}


def test_nothing_changes_where_nothing_is_set_aside(tmp_path: Path) -> None:
    whole = COURSES.replace("1,x,", "1,7,")
    assert values(tmp_path, "定义 值 = 合计(课程.课时)", 课程=whole)["1"] == 17
    assert not isinstance(values(tmp_path, "定义 值 = 支行.类别")["1"], Missing)
