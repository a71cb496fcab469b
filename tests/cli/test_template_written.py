"""The empty workbook: what it asks of whoever fills it in, and that `run` reads it back filled."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.command import CANDIDATES, COURSES, EN, EXPECTED, ZH, names, table, wrote, zhunsheng

TEACHERS = """政策 “讲师评星”
选项 星级 = 五星 > 四星 > 三星，未评星
数据 讲师：
    工号：文本，主键
    入职日期：日期
    评价：数 0..100 分，1 位小数，可缺 (停课)
    投诉：整数 0..99 次
    出勤率：数 0..100 %，1 位小数
    存款：数 0..100 万元，2 位小数
    现星：星级，可缺 (未评)
    党员：是否，可缺
    月：月份
定义 合计分 = 评价 缺则 0
定义 优 = 合计分 ≥ 60 分 且 出勤率 ≥ 95%
结果 合计分，优，存款
"""


def rules(sheet: Any) -> dict[str, Any]:
    return {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation}


@pytest.fixture
def teachers(tmp_path: Path) -> Any:
    policy = wrote(tmp_path, "teachers.policy", TEACHERS)
    ended = zhunsheng("template", policy, "-o", tmp_path / "data.xlsx")
    assert (ended.code, ended.err) == (0, "")
    return load_workbook(tmp_path / "data.xlsx")


def test_a_sheet_a_record_and_a_page_of_notes(teachers: Any) -> None:
    assert teachers.sheetnames == ["讲师", "填表说明"]
    sheet = teachers["讲师"]
    titles = ["工号", "入职日期", "评价", "投诉", "出勤率", "存款", "现星", "党员", "月"]
    assert [cell.value for cell in sheet[1]] == titles
    assert (sheet.freeze_panes, sheet.max_row) == ("A2", 1)
    assert [row[1].value for row in teachers["填表说明"].iter_rows(min_row=2)] == titles


def test_every_title_says_what_belongs_below_it(teachers: Any) -> None:
    notes = {cell.value: cell.comment.text for cell in teachers["讲师"][1]}
    assert notes["评价"] == "类型：数\n单位：分\n范围：0 至 100\n小数：1\n可以空着，或填：停课"
    assert notes["现星"] == "类型：选项\n可填：五星、四星、三星、未评星\n可以空着，或填：未评"
    assert notes["工号"].startswith("类型：文本\n必填\n主键")
    assert "万元" in notes["存款"]
    assert "2025-06" in notes["月"]


def test_cells_accept_what_the_document_accepts(teachers: Any) -> None:
    found = rules(teachers["讲师"])
    assert found["G"].formula1 == '"五星,四星,三星,未评星,未评"'
    assert found["H"].formula1 == '"是,否"'
    assert found["C"].formula1 == 'OR(AND(ISNUMBER(C2),C2>=0,C2<=100,ROUND(C2,1)=C2),C2="停课")'
    assert found["D"].formula1 == "AND(ISNUMBER(D2),D2>=0,D2<=99,ROUND(D2,0)=D2)"
    assert found["E"].formula1 == "AND(ISNUMBER(E2),E2>=0,E2<=1,ROUND(E2,3)=E2)"
    assert found["F"].formula1 == "AND(ISNUMBER(F2),F2>=0,F2<=100,ROUND(F2,2)=F2)"
    assert "A" not in found


def test_ids_are_text_days_are_days(teachers: Any) -> None:
    shapes = {letter: shape.number_format for letter, shape in teachers["讲师"].column_dimensions.items()}
    assert (shapes["A"], shapes["B"], shapes["E"], shapes["I"]) == ("@", "yyyy-mm-dd", "0.0%", "@")


def test_what_is_filled_in_is_read_back(teachers: Any, tmp_path: Path) -> None:
    sheet = teachers["讲师"]
    for row, cells in enumerate(
        [
            ("001", date(2020, 1, 31), 80.5, 0, 0.955, 31.22, "五星", "是", "2025-06"),
            ("1", date(2021, 2, 28), "停课", 3, 1, 0, "未评", None, "2025-12"),
        ],
        start=2,
    ):
        for at, value in enumerate(cells, start=1):
            sheet.cell(row, at).value = value
        sheet.cell(row, 5).number_format = "0.0%"
    teachers.save(tmp_path / "data.xlsx")
    ended = zhunsheng("run", tmp_path / "teachers.policy", tmp_path / "data.xlsx", "-o", tmp_path / "out.csv")
    assert (ended.code, ended.err) == (0, ""), ended.out
    rows = [list(row.values())[:4] for row in table(tmp_path / "out.csv")]
    assert rows == [["001", "80.5", "是", "31.22"], ["1", "0", "否", "0"]]


@pytest.mark.parametrize(("policy", "sheet"), [(ZH, "候选人"), (EN, "candidate")])
def test_the_selection_filled_in_gives_the_expected_results(tmp_path: Path, policy: Path, sheet: str) -> None:
    assert zhunsheng("template", policy, "-o", tmp_path / "data.xlsx").code == 0
    book = load_workbook(tmp_path / "data.xlsx")
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        for row, cells in enumerate(list(csv.reader(file))[1:], start=2):
            for at, text in enumerate(cells, start=1):
                book[sheet].cell(row, at).value = text if at <= 3 or text in "是否" else float(text)
    book.save(tmp_path / "data.xlsx")
    ended = zhunsheng("run", policy, tmp_path / "data.xlsx", "-o", tmp_path / "out.csv")
    assert (ended.code, ended.err) == (0, "")
    columns = [[list(row.values())[at] for at in (0, 2, 4)] for row in table(tmp_path / "out.csv")]
    assert columns == [[row["工号"], row["总分"], row["名次"]] for row in table(EXPECTED)]


def test_two_records_are_two_sheets(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "courses.policy", COURSES)
    assert zhunsheng("template", policy, "-o", tmp_path / "data.xlsx").code == 0
    assert load_workbook(tmp_path / "data.xlsx").sheetnames == ["讲师", "课程", "填表说明"]
    refused = zhunsheng("template", policy, "-o", tmp_path / "data.csv")
    assert (refused.code, "讲师、课程" in refused.err) == (2, True)
    assert "data.csv" not in names(tmp_path)


def test_a_csv_holds_the_titles(tmp_path: Path) -> None:
    assert zhunsheng("template", ZH, "-o", tmp_path / "data.csv").code == 0
    assert (tmp_path / "data.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    empty = zhunsheng("run", ZH, tmp_path / "data.csv")
    assert (empty.code, empty.last) == (0, "核对：读入 0 = 决定 0 + 转人工 0 + 未决 0 + 搁置 0")


def test_a_long_dropdown_stands_on_the_last_page(tmp_path: Path) -> None:
    values = [f"第{n}营业部及所辖社区支行" for n in range(60)]
    text = f"政策 “长”\n选项 网点 = {' > '.join(values)}\n数据 人：\n    编号：文本，主键\n    所在：网点\n结果 所在\n"
    assert zhunsheng("template", wrote(tmp_path, "p.policy", text), "-o", tmp_path / "data.xlsx").code == 0
    book = load_workbook(tmp_path / "data.xlsx")
    assert rules(book["人"])["B"].formula1 == "'填表说明'!$K$2:$K$61"
    assert [row[0].value for row in book["填表说明"]["K2:K61"]] == values


def test_an_existing_workbook_is_kept(tmp_path: Path) -> None:
    wrote(tmp_path, "data.xlsx", "old")
    assert zhunsheng("template", ZH, "-o", tmp_path / "data.xlsx").code == 2
    assert (tmp_path / "data.xlsx").read_text() == "old"


def test_without_a_file_the_columns_are_listed() -> None:
    shown = zhunsheng("template", ZH)
    assert (shown.code, shown.err) == (0, "")
    assert len(shown.out.splitlines()) == 16
    told = json.loads(zhunsheng("template", ZH, "--format", "json").out)
    assert [column["header"] for column in told["columns"]][:4] == ["工号", "姓名", "支行", "笔试"]
    assert told["columns"][3]["range"] == "0 至 30"
