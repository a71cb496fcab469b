"""Reports of a simulation: figures counted by hand, in every kind of file."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from base64 import b64encode
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from tests.cli.command import wrote, zhunsheng

OLD = """政策 “奖金”
选项 档 = 甲 > 乙，无档
数据 员工：
    工号：文本，主键
    姓名：文本
    年龄：整数 18..70 岁
    分：整数 0..100 分
参数 线 = 80 分
参数 底 = 100 元
定义 档次：
    当 分 ≥ 线：甲
    当 分 < 线 且 分 ≥ 60 分：乙
    否则：无档
定义 奖金：
    当 档次 = 甲：底 × 3
    当 档次 = 乙：底
    否则：0 元
结果 档次，奖金
"""
PEOPLE = """工号,姓名,年龄,分
01,<b>甲</b>,29,95
02,=1+1,30,81
03,丙,35,78
04,丁,40,60
05,戊,41,59
"""
AMENDED = """修订 “奖金”
改 参数 线 = 90 分
改 参数 底 = 120 元
"""


def files(folder: Path) -> tuple[Path, Path]:
    return wrote(folder, "奖金.policy", OLD), wrote(folder, "员工.csv", PEOPLE)


def tried(folder: Path, *options: str | Path) -> Any:
    """The line at 90 and the base at 120: 02 falls to 乙; 甲 300 → 360, 乙 100 → 120."""
    policy, data = files(folder)
    ended = zhunsheng("simulate", policy, data, "--set", "线=90", "--set", "底=120", "--lang", "zh", *options)
    assert ended.code == 0, ended.err
    return ended


def test_money_by_grade_spread_and_the_largest_moves(tmp_path: Path) -> None:
    told = json.loads(tried(tmp_path, "--format", "json", "--by", "年龄=30,41").out)
    by_grade = {
        each["group"]: (
            each["before"]["people"],
            each["before"]["total"],
            each["after"]["total"],
            each["after"]["average"],
        )
        for each in told["by_grade"]["奖金"]["档次"]
    }
    assert by_grade == {"甲": (2, "600", "360", "360"), "乙": (2, "200", "360", "120"), "无档": (1, "0", "0", "0")}
    groups = {each["group"]: (each["before"]["total"], each["after"]["total"]) for each in told["by"]["sums"]["奖金"]}
    assert groups == {"1. < 30": ("300", "360"), "2. 30 ≤ … < 41": ("500", "360"), "3. ≥ 41": ("0", "0")}
    assert told["spread"]["奖金"] == [
        {"people": 5, "least": "0", "lower": "50", "median": "100", "upper": "300", "most": "300"},
        {"people": 5, "least": "0", "lower": "60", "median": "120", "upper": "240", "most": "360"},
    ]
    largest = [(each["key"], each["difference"]) for each in told["largest"]["奖金"]]
    assert largest == [("02", "-180"), ("01", "60"), ("03", "20"), ("04", "20")]


def test_the_workbook_has_numbers_charts_and_a_sheet_for_each_part(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    tried(tmp_path, "-o", target, "--by", "年龄=30,41")
    book = load_workbook(target)
    assert book.sheetnames == ["摘要", "去向", "各等级的数额", "分组", "分布", "因为哪处改动", "变动最大", "人员", "规则改动", "数据问题", "如何复现"]  # fmt: skip
    people = [[cell.value for cell in row] for row in book["人员"].iter_rows()]
    assert people[0][:6] == ["工号", "姓名", "档次 现行", "档次 试改", "奖金（元） 现行", "奖金（元） 试改"]
    assert people[2][:6] == ["02", "=1+1", "甲", "乙", 300, 120]
    assert book["人员"]["B3"].data_type == "s"
    assert [len(book[name]._charts) for name in ("摘要", "各等级的数额", "分组", "分布")] == [1, 1, 1, 1]
    heads = book["摘要"]._charts[0]
    named = [series.tx.strRef.f.rpartition("!")[2] for series in heads.series]
    assert [book["摘要"][cell].value for cell in named] == ["现行", "试改"]
    drawn = [book["摘要"][series.val.numRef.f.rpartition("!")[2]] for series in heads.series]
    assert [[row[0].value for row in cells] for cells in drawn] == [[2, 2, 1], [1, 3, 1]]


def test_the_way_from_one_sum_to_the_other_adds_up(tmp_path: Path) -> None:
    """800 yuan; the line alone −200, the base alone +160; together −80: Shapley −220 and +140."""
    target = tmp_path / "out.html"
    tried(tmp_path, "-o", target)
    page = target.read_text(encoding="utf-8")
    chart = page[page.index("<figcaption>奖金（元）") :]
    chart = chart[: chart.index("</figure>")]
    figures = re.findall(r"<span>([^<]*)</span></div>", chart)
    assert figures == ["800", "-220", "+140", "720"]
    assert sum(map(Fraction, figures[:-1])) == 720


def test_the_page_needs_nothing_and_runs_only_its_own_script(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    tried(tmp_path, "-o", target)
    page = target.read_text(encoding="utf-8")
    assert "<b>甲</b>" not in page
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert not re.search(r"(src|href)=[\"'](?!#)", page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert f"script-src 'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in page


def test_how_to_have_it_again(tmp_path: Path) -> None:
    """The command that is told gives the same page, and the digests are those of the files."""
    first, second = tmp_path / "one.html", tmp_path / "two.html"
    tried(tmp_path, "-o", first)
    page = unescape(first.read_text(encoding="utf-8"))
    for path in files(tmp_path):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in page
    (command,) = re.findall(r"<td>(zhunsheng simulate [^<]*)</td>", page)
    import shlex

    ended = zhunsheng(*shlex.split(command)[1:], "-o", second)
    assert ended.code == 0, ended.err
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_rules_before_and_after_stand_in_the_report(tmp_path: Path) -> None:
    policy, data = files(tmp_path)
    amendment, target = wrote(tmp_path, "改.policy", AMENDED), tmp_path / "out.csv.xlsx"
    ended = zhunsheng("simulate", policy, data, "--against", amendment, "-o", target)
    assert ended.code == 0, ended.err
    rules = [[cell.value for cell in row] for row in load_workbook(target)["规则改动"].iter_rows()]
    assert rules == [
        ["改动", "现行", "试改"],
        ["线", "参数 线 = 80 分", "参数 线 = 90 分"],
        ["底", "参数 底 = 100 元", "参数 底 = 120 元"],
    ]


def test_the_paper_has_the_summary_and_no_list_of_people(tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    tried(tmp_path, "-o", target)
    document = docx.Document(str(target))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "5 人中 4 人结果改变：规则直接影响 4 人，因名额变化 0 人" in said
    assert any(text.startswith("名单共 4 人") for text in said)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"甲", "600", "360"} <= cells
    assert "丙" not in cells


def test_csv_has_numbers_under_each_rule(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    tried(tmp_path, "-o", target)
    rows = list(csv.reader(target.open(encoding="utf-8")))
    assert rows[0][:6] == ["工号", "姓名", "档次 现行", "档次 试改", "奖金（元） 现行", "奖金（元） 试改"]
    assert rows[2][:6] == ["02", "'=1+1", "甲", "乙", "300", "120"]


@pytest.mark.parametrize("options", [["--against", "改.policy", "--against", "改.policy"], ["--fair", "年龄=30"], ["--sweep", "线=70..90"], ["--with", "员工.csv"]])  # fmt: skip
@pytest.mark.parametrize("kind", ["html", "xlsx", "docx"])
def test_every_comparison_is_a_report(tmp_path: Path, options: list[str], kind: str) -> None:
    policy, data = files(tmp_path)
    wrote(tmp_path, "改.policy", AMENDED)
    paths = [str(tmp_path / each) if each.endswith((".policy", ".csv")) else each for each in options]
    target = tmp_path / f"out.{kind}"
    ended = zhunsheng("simulate", policy, data, *paths, "-o", target)
    assert ended.code == 0, ended.err
    assert target.stat().st_size > 1000
