"""Columns beside the results keep names of their own; quotas of one name on two records are both told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cli.speech import say
from dsl.check.document import OUTPUT_COLUMNS
from tests.cli.command import ROOT, zhunsheng

CLASH = ROOT / "tests" / "golden" / "findings" / "bad" / "result_called_outcome.policy"
QUOTAS = """政策 “两个星级”
选项 星级 = 一星 > 二星
数据 支行：
    行号：文本，主键
    存款：整数 0..900 元
数据 员工：
    工号：文本，主键
    支行：支行，归属
    分：整数 0..100 分
名额 星级：
    按 存款 从高到低
    一星 至多 1
    末位并列 全进
    溢出 顺延
    缺额 空缺
    否则：二星
名额 员工.星级：
    按 分 从高到低
    一星 至多 2
    末位并列 全进
    溢出 顺延
    缺额 空缺
    否则：二星
定义 员工.好 = 本.星级 = 一星
定义 好数 = 个数(员工 其中 好)
结果 星级，好数
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_checker_knows_the_columns_of_the_output(language: str) -> None:
    assert OUTPUT_COLUMNS[language == "en"] == (say("outcome", language), say("reason", language))


def test_no_two_columns_have_one_name(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("工号,分\n甲,70\n乙,\n", encoding="utf-8")
    ended = zhunsheng("run", str(CLASH), "p.csv", "-o", "out.csv", cwd=tmp_path)
    assert ended.code == 3, ended.err
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert header == ["工号", "结局", "原因", "结局（整案）", "原因（整案）"]
    assert "结局（整案）" in zhunsheng("run", str(CLASH), "p.csv", cwd=tmp_path).out


def test_quotas_of_one_name_are_both_told(tmp_path: Path) -> None:
    (tmp_path / "两.policy").write_text(QUOTAS, encoding="utf-8")
    (tmp_path / "支行.csv").write_text("行号,存款\nX,5\nY,9\n", encoding="utf-8")
    (tmp_path / "员工.csv").write_text("工号,支行,分\n1,X,5\n2,Y,9\n3,Y,8\n", encoding="utf-8")
    ended = zhunsheng("run", "两.policy", "支行.csv", "员工.csv", cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert "支行.星级：一星 1/1" in ended.out
    assert "员工.星级：一星 2/2" in ended.out


def test_the_as_of_date_read_by_an_exception_on_the_outcome_is_asked_for(tmp_path: Path) -> None:
    text = (
        'policy "joined lately"\ndata person:\n    staff: text, key\n    joined: date\n    mark: whole 0..100 points\n'
        'define points = mark\nexception new on result:\n    when joined > as_of - 12 months: refer "a person decides"\n'
        'result points\nexample "not said":\n    given joined = 2024-01-01, mark = 5\n    expect result = refer\n'
        'example "said":\n    given joined = 2024-01-01, mark = 5, as_of = 2024-06-01\n    expect result = refer\n'
    )
    (tmp_path / "new.policy").write_text(text, encoding="utf-8")
    (tmp_path / "p.csv").write_text("staff,joined,mark\na,2024-01-01,5\n", encoding="utf-8")
    for words in (("run",), ("explain", "--for", "a")):
        ended = zhunsheng(words[0], "new.policy", "p.csv", *words[1:], cwd=tmp_path)
        assert (ended.code, "ZS912" in ended.err) == (2, True)
    assert zhunsheng("run", "new.policy", "p.csv", "--as-of", "2024-06-01", cwd=tmp_path).code == 3
    tested = zhunsheng("test", "new.policy", cwd=tmp_path)
    assert tested.code == 1
    assert "1 example passes, 1 fails" in tested.out
    assert "None" not in tested.out
