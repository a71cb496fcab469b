"""Dated parameters: the line that began last holds, whatever the grain of its date and wherever it stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from policy.values import Period, Undecided, Value
from tests.exact.test_from_text import policy_of

PAID_BY_MONTH = """政策 “评星”
数据 讲师：
    工号：文本，主键
    入职：日期
    分数：数 0..100 分，1 位小数
参数 评星线 按 入职：
    自 2024-07：60 分
    自 2024-10：70 分
    自 2025-02：80 分
条件 达标 全部：
    分数 ≥ 评星线
结果 评星线，达标
"""
ENGLISH = """policy "line"
data person:
    no: text, key
    at: {kind}
parameter line by at:
{lines}
define mine = line × 1
result mine
"""


def value_at(text: str, field: str, at: Value, result: str) -> Value:
    rules = policy_of(text)
    values = {rules.main.fields[0].name: "a", field: at, "分数": 65}
    case = decide(rules, Population(rules.records, [Subject(rules.main, values)])).cases[0]
    return case.results[result].value


@pytest.mark.parametrize(
    ("day", "line", "met"),
    [(date(2024, 8, 1), 60, True), (date(2024, 11, 5), 70, False), (date(2025, 3, 1), 80, False)],
)
def test_months_are_dates_and_no_words(day: date, line: int, met: bool) -> None:
    assert value_at(PAID_BY_MONTH, "入职", day, "评星线") == line
    assert value_at(PAID_BY_MONTH, "入职", day, "达标") is met


def test_before_the_first_line_nothing_is_said() -> None:
    assert isinstance(value_at(PAID_BY_MONTH, "入职", date(2024, 6, 30), "评星线"), Undecided)


WRITTEN = {
    date(2023, 1, 1): ["2023-01-01", "2023-01", "2023Q1", "2023"],
    date(2023, 4, 1): ["2023-04-01", "2023-04", "2023Q2"],
    date(2023, 10, 1): ["2023-10", "2023-10-01", "2023Q4", "2023年10月"],
    date(2023, 11, 1): ["2023-11-01", "2023-11"],
    date(2024, 1, 1): ["2024-01-01", "2024-01", "2024Q1", "2024 年", "2024 year"],
    date(2024, 9, 2): ["2024-09-02", "2024年9月2日"],
}
lines = st.lists(
    st.sampled_from(sorted(WRITTEN)).flatmap(lambda day: st.tuples(st.just(day), st.sampled_from(WRITTEN[day]))),
    min_size=1,
    unique_by=lambda line: line[0],
)


@given(lines, st.dates(date(2023, 1, 1), date(2025, 1, 1)))
def test_the_line_that_began_last_holds(written: list[tuple[date, str]], at: date) -> None:
    told = "\n".join(f"    from {text}: {n} points" for n, (_, text) in enumerate(written))
    begun = [(day, n) for n, (day, _) in enumerate(written) if day <= at]
    found = value_at(ENGLISH.format(kind="date", lines=told), "at", at, "mine")
    assert found == max(begun)[1] if begun else isinstance(found, Undecided)


@pytest.mark.parametrize(
    ("kind", "at", "told"),
    [
        ("month", Period(2024, 10, "month"), ["2024-07", "2024Q4", "2025"]),
        ("quarter", Period(2024, 4, "quarter"), ["2024-07-01", "2024-10", "2025Q1"]),
        ("year", Period(2024, 0, "year"), ["2023Q1", "2024-01-01", "2025 year"]),
    ],
)
def test_what_it_goes_by_may_be_a_period(kind: str, at: Period, told: list[str]) -> None:
    text = "\n".join(f"    from {since}: {n} points" for n, since in enumerate(told))
    assert value_at(ENGLISH.format(kind=kind, lines=text), "at", at, "mine") == 1
