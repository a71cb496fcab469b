"""Values of cells, by the items of the list of bad inputs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.reading import Reading, Uses, read
from interpreter.reading.cells import parser_for
from interpreter.reading.parsed import Flaw
from policy.catalogue import message
from policy.core import Field
from policy.types import Choice, Type
from policy.values import Missing, Period
from tests.reading.reading_records import STAFF, csv, notes, number, one_value, read_one, rejects, table

F = Fraction


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("笔试", "８５", 85),
        ("笔试", "85分", 85),
        ("笔试", "85 points", 85),
        ("笔试", "85年", "ZS709"),
        ("笔试", "85%", "ZS709"),
        ("笔试", "59.9", F(599, 10)),
        ("笔试", "59.90", F(599, 10)),
        ("笔试", "+5", 5),
        ("完成率", "95.5", F(191, 200)),
        ("完成率", "95.5%", F(191, 200)),
        ("完成率", "95.5％", F(191, 200)),
        ("次数", "90%", "ZS710"),
        ("余额", "3122.2", 31_222_000),
        ("余额", "3,122.2", 31_222_000),
        ("余额", "3,122.2万元", 31_222_000),
        ("年限", "11.9", F(1428, 10)),
        ("余额", "1.234,5", "ZS711"),
        ("余额", "12,34", "ZS711"),
        ("余额", "1,234,5", "ZS711"),
        ("系数", "0.123456789", F(123456789, 10**9)),
        ("系数", "-0.5", F(-1, 2)),
        ("系数", "−0.5", F(-1, 2)),
        ("系数", "５²", "ZS708"),
        ("系数", "NaN", "ZS712"),
        ("系数", "inf", "ZS712"),
        ("系数", "1e309", "ZS708"),
        ("系数", "1_000", "ZS708"),
        ("系数", "٣", "ZS708"),
        ("系数", "9" * 5_000, "ZS732"),
        ("系数", "0x1F", "ZS708"),
        ("系数", "1 2", "ZS708"),
        ("系数", "九十", "ZS708"),
        ("笔试", "100.1", "ZS714"),
        ("笔试", "-1", "ZS714"),
        ("笔试", "100", 100),
        ("笔试", "59.95", "ZS713"),
        ("次数", "3.5", "ZS715"),
        ("次数", "3.0", 3),
        ("笔试", "", Missing("笔试")),
        ("笔试", "缺考", Missing("笔试", "缺考")),
        ("笔试", "N/A", "ZS716"),
        ("笔试", "-", "ZS716"),
        ("年限", "缺考", "ZS716"),
        ("备注", "-", "ZS716"),
        ("备注", "无", "无"),
        ("备注", " 　好\xa0", "好"),
        ("备注", "#N/A", "ZS726"),
        ("行长", "是", True),
        ("行长", "No", False),
        ("行长", "√", True),
        ("行长", "1", "ZS718"),
        ("行长", "对", "ZS717"),
        ("等次", "优秀", "优秀"),
        ("等次", "Ａ＋", "A+"),
        ("等次", "优", "ZS723"),
        ("等次", "中", "ZS724"),
        ("入职", "2024-05-01", date(2024, 5, 1)),
        ("入职", "2024/5/1", date(2024, 5, 1)),
        ("入职", "2024.5.1", date(2024, 5, 1)),
        ("入职", "2024年5月1日", date(2024, 5, 1)),
        ("入职", "2024年5月1日 08:30", date(2024, 5, 1)),
        ("入职", "20240501", date(2024, 5, 1)),
        ("入职", "2024-05-01 00:00:00", date(2024, 5, 1)),
        ("入职", "03/04/05", "ZS720"),
        ("入职", "5/1/2024", "ZS720"),
        ("入职", "2024-5/1", "ZS719"),
        ("入职", "45413", "ZS719"),
        ("入职", "2023-02-29", "ZS721"),
        ("月份", "2025-03", Period(2025, 3, "month")),
        ("月份", "2025年3月", Period(2025, 3, "month")),
        ("月份", "2025.1", "ZS722"),
        ("月份", "2025-13", "ZS721"),
        ("季度", "2025Q1", Period(2025, 1, "quarter")),
        ("季度", "2025年第一季度", Period(2025, 1, "quarter")),
        ("年度", "2025年", Period(2025, 0, "year")),
        ("年度", "25", "ZS722"),
        ("上级", "００１", "001"),
        ("上级", "H①", "H①"),
    ],
)
def test_46_to_60_what_a_cell_means(tmp_path: Path, column: str, text: str, value: Any) -> None:
    found = one_value(tmp_path, column, text)
    assert found == value
    assert type(found) is type(value)


def test_46_to_55_what_is_read_generously_is_counted(tmp_path: Path) -> None:
    said = notes(read_one(csv(tmp_path, "工号,姓名,笔试\nH1,甲,８５\nH2,乙, 90 \nH3,丙,70分\nH4,丁,80\n")))
    assert said["ZS653"] == {"column": "笔试", "count": "3", "example": "８５"}


def test_49_a_comma_beside_semicolons_could_be_a_decimal_sign(tmp_path: Path) -> None:
    assert rejects(table(csv(tmp_path, "工号;姓名;余额\nH1;甲;1,234\n"))) == [(2, "余额", "ZS711")]


def test_the_foot_of_a_table_is_nobody(tmp_path: Path) -> None:
    nothing_read = Reading(uses=Uses(frozenset({("职工", "工号")})))
    for foot, code in (
        ("制表人：王五,,", "ZS739"),
        ("审核: 赵,2024-05-01,", "ZS739"),
        ("Prepared by: Wu,,", "ZS739"),
        ("注1：不含借调人员,,", "ZS739"),
        ("合计（人）,,3", "ZS729"),
        ("本页合计,,3", "ZS729"),
        ("合 计：3人,,", "ZS729"),
        ("Total (3):,,", "ZS729"),
        ("以上数据截至年底,,", "ZS740"),
    ):
        path = csv(tmp_path, f"工号,姓名,次数\nH1,甲,1\n{foot}\n")
        found = read([str(path)], (STAFF,), "职工", nothing_read).tables["职工"]
        assert rejects(found) == [(3, "工号", code)], foot
    path = csv(tmp_path, "工号,姓名,次数\nH1,,1\n合计科,甲,1\n注册部,甲,\n")
    assert rejects(read([str(path)], (STAFF,), "职工", nothing_read).tables["职工"]) == []


def test_53_missing_without_leave(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名\nH1,\n,乙\n"))
    assert rejects(found) == [(2, "姓名", "ZS701"), (3, "工号", "ZS702")]


@pytest.mark.parametrize(("low", "high", "code"), [(0, None, "ZS733"), (None, -5, "ZS734")])
def test_51_one_sided_ranges(low: int | None, high: int | None, code: str) -> None:
    found = parser_for(number("x", "万元", low, high, 1))("-2.5")
    assert found.reason.code == code
    assert dict(found.reason.arguments)["bound"] == str(low if high is None else high)


def test_56_ids_keep_every_digit(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名\n001,甲\n1,乙\n110101199001011234,丙\n"))
    assert [row.values["工号"] for row in found.rows] == ["001", "1", "110101199001011234"]


FIELDS = {field.name: field for field in STAFF.fields}


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=30))
def test_any_text_is_a_value_or_a_flaw(name: str, text: str) -> None:
    parser_for(FIELDS[name])(text)


@given(st.sampled_from(sorted(FIELDS)), st.text("0123456789.,-/年月日QＱ％%分 +eE_", max_size=14))
def test_texts_that_look_like_values(name: str, text: str) -> None:
    parser_for(FIELDS[name])(text)


@given(st.decimals(0, 9999, allow_nan=False, places=2))
def test_numbers_are_exact(value: Any) -> None:
    assert parser_for(number("余额", "万元", 0, 10_000, 2))(str(value)) == F(str(value)) * 10_000


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_float_comes_out(value: float) -> None:
    found = parser_for(number("x", None, None, None, None))(repr(value))
    assert isinstance(found, int | Fraction | Flaw) or not isinstance(found.value, float)


@pytest.mark.parametrize("word", ["无", "none", "缺", "-", "N/A", "空"])
def test_a_declared_choice_is_no_word_for_missing(word: str) -> None:
    of = Field("处分", Type(Choice("处分", (word, "有"))), "处分")
    assert parser_for(of)(word) == word
    assert isinstance(parser_for(Field("处分", Type(Choice("处分", ("甲", "有"))), "处分"))(word), Flaw)


@pytest.mark.parametrize("text", ["85%", "85年"])
def test_the_unit_that_is_meant_is_told_in_the_language_of_the_message(tmp_path: Path, text: str) -> None:
    found = table(csv(tmp_path, f"工号,姓名,笔试\nH1,甲,{text}\n"))
    reason = found.rejected[0].reason
    zh, en = (message(reason.code, dict(reason.arguments), language) for language in ("zh", "en"))
    assert "这里应是 分" in zh
    assert "this is in points" in en
