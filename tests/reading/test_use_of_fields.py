"""What a policy does with a field decides what its cells may do to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.pipeline import compile_text
from interpreter.reading import Dataset, Reading, Uses, read
from interpreter.reading.headers import column_line
from interpreter.reading.needed import uses_of
from interpreter.reading.spellings import bare
from policy import core
from policy.source import Source
from policy.values import Missing
from tests.reading.reading_records import csv, notes, rejects

POLICY = """政策 “考核”
选项 级 = 优 > 良
数据 员工：
    工号：文本，主键
    姓名：文本
    支行：文本
    岗位：文本
    分：数 0..100 分，1 位小数
    率：数 0..150 %，1 位小数
    级：级
    入职：日期
    备注：文本，可缺
数据 违规：
    谁：员工，归属
    扣：数 0..9 分，1 位小数
    说明：文本
定义 同行 = 个数(全体 员工 同 支行 其中 岗位 = “柜员”)
定义 总 = 分 - 合计(违规.扣)
例外 好人 对 结果：
    当 级 = 优：转人工 “看”
结果 总，同行
例 “备注不算规则”：
    假设 备注 = “好”，分 = 5，支行 = “东”，岗位 = “柜员”，级 = 良
    得到 总 = 5
"""


def policy(text: str = POLICY) -> core.Policy:
    loaded = compile_text(Source("x.policy", text))
    assert loaded.policy is not None, loaded.diagnostics
    return loaded.policy


def test_what_rules_read() -> None:
    found = uses_of(policy())
    assert found.read is not None
    assert {name for record, name in found.read if record == "员工"} == {"工号", "支行", "岗位", "分", "级"}
    assert {name for record, name in found.read if record == "违规"} == {"谁", "扣"}
    assert found.grouping == {("员工", "支行"), ("员工", "岗位")}


def data(folder: Path, of: core.Policy, text: str, uses: Uses | None = None) -> Dataset:
    path = csv(folder, text, "员工.csv")
    return read([f"员工={path}"], of.records, "员工", Reading(uses=uses or uses_of(of)))


TITLES = "工号,姓名,支行,岗位,分,率,级,入职,备注\n"


def test_what_no_rule_reads_sets_nobody_aside(tmp_path: Path) -> None:
    dataset = data(tmp_path, policy(), TITLES + "1,N/A,东,柜员,5,很高,优,明天,-\n2,,东,柜员,6,0.9,良,,好\n")
    found = dataset.tables["员工"]
    assert rejects(found) == []
    assert [row.values["备注"] for row in found.rows] == [Missing("备注"), "好"]
    assert [row.values["姓名"] for row in found.rows] == [Missing("姓名"), Missing("姓名")]
    told = [dict(note.reason.arguments) for note in dataset.notes if note.reason.code == "ZS670"]
    assert [(each["column"], each["count"]) for each in told] == [
        ("姓名", "1"),
        ("率", "1"),
        ("入职", "1"),
        ("备注", "1"),
    ]


def test_whoever_refers_to_one_thing_is_no_row_of_its_list(tmp_path: Path) -> None:
    text = POLICY.replace("    支行：文本\n", "    支行：支行\n").replace(
        "数据 违规", "数据 支行：\n    名称：文本，主键\n数据 违规"
    )
    dataset = data(tmp_path, policy(text), TITLES + "1,N/A,东,柜员,5,很高,优,明天,-\n")
    assert rejects(dataset.tables["员工"]) == []


def test_what_a_rule_reads_still_does(tmp_path: Path) -> None:
    found = data(tmp_path, policy(), TITLES + "1,甲,东,-,5,5%,优,2020-01-01,\n").tables["员工"]
    assert rejects(found) == [(2, "岗位", "ZS716")]


def test_spellings_of_a_group_are_said_and_kept(tmp_path: Path) -> None:
    rows = "1,甲,西湖支行,柜员,5,5%,优,2020-01-01,\n2,乙,西湖 支行,柜员,5,5%,优,2020-01-01,\n3,丙,东,柜员,5,5%,优,2020-01-01,\n"
    dataset = data(tmp_path, policy(), TITLES + rows)
    assert notes(dataset)["ZS671"] == {"column": "支行", "spellings": "`西湖 支行` (3)、`西湖支行` (2)"}
    assert [row.values["支行"] for row in dataset.tables["员工"].rows] == ["西湖支行", "西湖 支行", "东"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("西湖支行", "西湖　支行"),
        ("ABC支行", "ＡＢＣ支行"),
        ("abc", "ABC"),
        ("西湖支行", "西湖支行。"),
        ("西湖支行", "西湖\u200b支行"),
        ("（一）部", "(一)部"),
        ("柜员", "“柜员”"),
    ],
)
def test_nearly_the_same(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@pytest.mark.parametrize(("one", "other"), [("一部", "二部"), ("A", "B"), ("1部", "11部"), ("甲(1)班", "甲(2)班")])
def test_not_the_same(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("政策 “x”\n数据 人：\n    {line}\n    分：数 0..9 分，1 位小数\n结果 分\n", "zh", "员工编号"),
        (
            'policy "x"\ndata p:\n    {line}\n    mark: number 0..9 points, 1 decimal\nresult mark\n',
            "en",
            "staff number",
        ),
    ],
)
def test_the_line_that_names_a_column_parses(text: str, language: str, title: str) -> None:
    written = "工号：文本，主键" if language == "zh" else "id: text, key"
    field = policy(text.format(line=written)).main.fields[0]
    line = column_line(field, title, language)
    assert line.startswith(written)
    renamed = policy(text.format(line=line)).main.fields[0]
    assert renamed.header == title
    assert policy(text.format(line=column_line(renamed, "ID", language))).main.fields[0].header == "ID"
    assert column_line(field, 'a "b"', language) == ""
