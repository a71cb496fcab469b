"""Letters to people about their results, as the command writes them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import docx
import pytest

from tests.cli.command import CANDIDATES, EN, ZH, wrote, zhunsheng

SEVERAL = """政策 “选聘”
    版本 “2”
数据 人：
    编号：文本，主键
    姓名：文本
    笔试：数 0..100 分，可缺
    年限：数 0..40 年
条件 合格 全部：
    笔试 ≥ 60 分 【第八条】
    年限 ≥ 3 年 【第九条】
结果 合格
"""
PEOPLE = "编号,姓名,笔试,年限\nA01,张三丰,55,2\nA02,李四光,80,5\nA03,王五常,,4\nA04,赵六一,999,4\n"


def letter(policy: Path, data: Path, key: str, *more: str) -> str:
    ended = zhunsheng("explain", policy, data, "--for", key, "--letter", *more)
    assert ended.code == 0, ended.err
    return re.sub(r"\\(.)", r"\1", ended.out)


def several(folder: Path) -> tuple[Path, Path]:
    return wrote(folder, "p.policy", SEVERAL), wrote(folder, "人.csv", PEOPLE)


def test_a_refusal_names_every_unmet_requirement_with_its_clause(tmp_path: Path) -> None:
    told = letter(*several(tmp_path), "A01")
    assert "您的合格为：否。" in told
    assert "未达到：笔试 55 分，要求 60 分以上【第八条】" in told
    assert "未达到：年限 2 年，要求 3 年以上【第九条】" in told


def test_who_is_undecided_is_told_what_is_missing_and_who_is_set_aside_gets_none(tmp_path: Path) -> None:
    told = letter(*several(tmp_path), "A03")
    assert "您的结果尚未裁定" in told
    assert "笔试" in told.partition("## 尚缺")[2].partition("##")[0]
    assert zhunsheng("explain", *several(tmp_path), "--for", "A04", "--letter").code != 0


@pytest.mark.parametrize(
    ("policy", "lines"),
    [
        (ZH, ("未达到：总分 59.9 分，要求合格线 60 分以上【四(四)1】", "— 笔试：24.9 分 → 25 分")),
        (EN, ("Not met: total 59.9 points, required: pass mark 60 points or more", "24.9 points → 25 points")),
    ],
)
def test_the_refused_and_what_would_do(policy: Path, lines: tuple[str, ...]) -> None:
    told = letter(policy, CANDIDATES, "H0100002")
    for line in lines:
        assert line in told


def test_the_chosen_learn_counts_and_distances() -> None:
    told = letter(ZH, CANDIDATES, "H0100003")
    assert "共 42 人排名，前面有 3 人" in told
    assert "总分比下一档首位高出 2.3 分" in told


def test_no_letter_holds_the_key_or_name_of_another(tmp_path: Path) -> None:
    people = list(csv.DictReader(io.StringIO(CANDIDATES.read_text(encoding="utf-8-sig"))))
    assert zhunsheng("explain", ZH, CANDIDATES, "--all", "--letter", "--format", "md", "-o", tmp_path / "f").code == 0
    letters = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "f").iterdir()}
    assert len(letters) > 80
    for key, text in letters.items():
        own = next(each["姓名"] for each in people if each["工号"] == key)
        rest = text.replace(own, "")
        assert not [p["工号"] for p in people if p["工号"] != key and p["工号"] in text]
        assert not [p["姓名"] for p in people if p["姓名"] != own and p["姓名"] in rest]


def test_word_says_what_markdown_says(tmp_path: Path) -> None:
    target = tmp_path / "信.docx"
    assert zhunsheng("explain", ZH, CANDIDATES, "--for", "H0100002", "--letter", "-o", target).code == 0
    read = {" ".join(p.text.split()) for p in docx.Document(str(target)).paragraphs}
    plain = letter(ZH, CANDIDATES, "H0100002").replace("**", "").splitlines()
    assert {" ".join(line.lstrip("# ").split()) for line in plain if line and line != "---"} == read


def template(folder: Path, *lines: str) -> Path:
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for run in re.findall(r"[^{]+|\{", line):
            paragraph.add_run(run).italic = True
    document.save(str(folder / "模板.docx"))
    return folder / "模板.docx"


def test_a_template_is_filled_and_keeps_its_formatting(tmp_path: Path) -> None:
    form = template(tmp_path, "{{姓名}}同志：", "{{result}}", "{{正文}}", "{{版本}}")
    target = tmp_path / "信.docx"
    ended = zhunsheng("explain", ZH, CANDIDATES, "--for", "H0100002", "--letter", "--template", form, "-o", target)
    assert ended.code == 0, ended.err
    read = docx.Document(str(target)).paragraphs
    assert [p.text for p in read[:2]] == ["褚伟同志：", "您的等级为：未取得资格。"]
    assert read[-1].text == "文件版本：1"
    assert "未达到：总分 59.9 分，要求合格线 60 分以上【四(四)1】" in [p.text for p in read]
    assert all(run.italic for p in read for run in p.runs if run.text)


def test_an_unknown_placeholder_is_named_and_nothing_written(tmp_path: Path) -> None:
    form, target = template(tmp_path, "{{工资}}"), tmp_path / "信.docx"
    ended = zhunsheng("explain", ZH, CANDIDATES, "--for", "H0100002", "--letter", "--template", form, "-o", target)
    assert ended.code == 2
    assert "{{工资}}" in ended.err
    assert not target.exists()


REFERRED = """政策 “选聘”
数据 人：
    编号：文本，主键
    姓名：文本
    分：整数 0..100 分
条件 合格 全部：
    分 ≥ 60 分 【第一条】
    分 ≥ 70 分 【第二条】
定义 结论：
    当 非 合格：转人工 “由会议定”
    否则：分
结果 合格，结论
"""


def test_who_is_referred_reads_why_and_what_is_not_met(tmp_path: Path) -> None:
    data = wrote(tmp_path, "人.csv", "编号,姓名,分\na,<b>甲</b>,50\nb,乙,80\n")
    told = letter(wrote(tmp_path, "p.policy", REFERRED), data, "a")
    assert "由会议定" in told.partition("## 转人工的原因")[2].partition("##")[0]
    assert "未达到：分 50 分，要求 60 分以上【第一条】" in told
    assert "未达到：分 50 分，要求 70 分以上【第二条】" in told
    page = zhunsheng("explain", tmp_path / "p.policy", data, "--for", "a", "--letter", "--format", "html").out
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert "<b>甲" not in page


def test_others_are_named_only_where_that_is_asked_for() -> None:
    assert "H0100077" not in letter(ZH, CANDIDATES, "H0100025")
    assert "与“客户经理二级”末位总分相差 1.2 分（H0100077）" in letter(ZH, CANDIDATES, "H0100025", "--names")


def test_a_template_without_placeholders_and_a_figure_that_is_tried_are_refused(tmp_path: Path) -> None:
    policy, data = several(tmp_path)
    template = tmp_path / "t.docx"
    plain = docx.Document()
    plain.add_paragraph("别人的信")
    plain.save(str(template))
    asked = ("explain", policy, data, "--for", "A01", "--letter", "-o", tmp_path / "out.docx")
    ended = zhunsheng(*asked, "--template", template, "--lang", "zh")
    assert (ended.code, "占位符" in ended.err) == (2, True)
    assert not (tmp_path / "out.docx").exists()
    assert zhunsheng("explain", policy, data, "--for", "A01", "--letter", "--set", "笔试=1").code == 2
