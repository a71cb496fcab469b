"""Working days, counted by the library and day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from policy.values import Value
from tests.exact.decided import checked, why

TEXT = """政策 “用时”
    首尾日 {ends}
数据 件：
    编号：文本，主键
    始：日期
    终：日期
数据 节假日：
    日期：日期
    上班：是否
定义 用时 = 工作日(始，终，节假日.上班)
结果 用时
"""
DAYS = st.dates(date(2024, 12, 20), date(2025, 2, 10))


def counted(ends: str, start: date, end: date, listed: list[tuple[date, Any]]) -> Value:
    policy, said = checked(TEXT.format(ends=ends))
    assert policy is not None, said
    people = [Subject(policy.main, {"编号": "1", "始": start, "终": end})]
    days = [Subject(policy.records[1], {"日期": day, "上班": works}) for day, works in listed]
    return decide(policy, Population(policy.records, [*people, *days])).cases[0].results["用时"].value


@given(st.sampled_from(["都算", "算一天"]), DAYS, DAYS, st.dictionaries(DAYS, st.booleans(), max_size=12))
def test_as_counted_day_by_day(ends: str, start: date, end: date, named: dict[date, bool]) -> None:
    first, last = sorted((start, end))
    days = [first + timedelta(n) for n in range((last - first).days + 1)][0 if ends == "都算" else 1 :]
    found = counted(ends, start, end, list(named.items()))
    if {day.year for day in days} - {day.year for day in named}:
        assert set(why(found)) == {"ZS854"}
        return
    expected = sum(named.get(day, day.weekday() < 5) for day in days)
    assert found == (expected if start <= end else -expected)


def test_a_day_named_twice_is_open_only_where_it_counts() -> None:
    twice = [(date(2025, 1, 1), True), (date(2025, 1, 1), False), (date(2025, 1, 4), True)]
    assert why(counted("都算", date(2025, 1, 1), date(2025, 1, 6), twice)) == ["ZS855"]
    assert counted("都算", date(2025, 1, 2), date(2025, 1, 6), twice) == 4
