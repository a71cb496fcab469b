"""Documents that rest on others, through every command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.command import CANDIDATES, SELECTION, table, zhunsheng

BASE = """政策 “等级”
选项 等级 = 高 > 低，无等级
数据 人：
    工号：文本，主键
    分：数 0..100 分，1 位小数，可缺
参数 线 = 60 分            【第一条】
定义 达标 = 分 ≥ 线        【第一条】
排名 名次 限 达标：        【第二条】
    按 分 从高到低
    并列 同名次
    缺 不参加
定义 等级：                【第三条】
    当 分 ≥ 80：高
    当 分 ≥ 线 且 分 < 80：低
    否则：无等级
结果 名次，等级
"""
TOP = """政策 “分户”
    依据 “base.policy”
数据 户：
    户号：文本，主键
    主办：人
定义 合适：                【甲】
    当 主办.等级 = 高：是
    当 主办.名次 = 2：是
    否则：否
结果 合适
例 “高的合适”：
    假设 人：
        | 工号 | 分 |
        | A1   | 90 |
    假设 户：
        | 户号 | 主办 |
        | K1   | A1   |
    得到 户：
        | 户号 | 合适 |
        | K1   | 是   |
例 “第二名也合适，别的不合适”：
    假设 人：
        | 工号 | 分 |
        | A1   | 70 |
        | A2   | 65 |
        | A3   | 62 |
    假设 户：
        | 户号 | 主办 |
        | K1   | A2   |
        | K2   | A3   |
    得到 户：
        | 户号 | 合适 |
        | K1   | 是   |
        | K2   | 否   |
"""
PEOPLE = "工号,分\nA1,90\nA2,70\nA3,65\n"
ACCOUNTS = "户号,主办\nK1,A1\nK2,A2\nK3,A3\n"
DATA = ("户=h.csv", "人=r.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("base.policy", BASE), ("top.policy", TOP), ("h.csv", ACCOUNTS), ("r.csv", PEOPLE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def results(folder: Path, *more: str) -> dict[str, object]:
    ended = zhunsheng("run", "top.policy", *DATA, *more, "--format", "json", cwd=folder)
    return {case["key"]: case["results"].get("合适") or case["outcome"] for case in json.loads(ended.out)["decisions"]}


def test_check_test_coverage_and_read_back(folder: Path) -> None:
    assert "检查通过" in zhunsheng("check", "top.policy", cwd=folder).out
    assert "例子 2 个通过，0 个不通过" in zhunsheng("test", "top.policy", cwd=folder).out
    said = zhunsheng("check", "--read-back", "top.policy", cwd=folder).out
    assert "依据“base.policy”" in said
    assert "主办的等级" in said
    text = (folder / "top.policy").read_text(encoding="utf-8")
    zhunsheng("fmt", "top.policy", cwd=folder)
    turned = zhunsheng("fmt", "top.policy", "--lang", "en", cwd=folder)
    assert turned.code == 0
    assert 'rests on "base.policy"' in (folder / "top.policy").read_text(encoding="utf-8")
    (folder / "top.policy").write_text(text, encoding="utf-8")


def test_both_are_decided_in_one_run(folder: Path) -> None:
    assert results(folder) == {"K1": "是", "K2": "是", "K3": "否"}
    assert results(folder, "--set", "线=66") == {"K1": "是", "K2": "是", "K3": "否"}
    (folder / "r.csv").write_text(PEOPLE.replace("A1,90", "A1,"), encoding="utf-8")
    assert results(folder) == {"K1": "undecided", "K2": "否", "K3": "是"}


def test_a_figure_below_is_tried_from_above(folder: Path) -> None:
    (folder / "r.csv").write_text(PEOPLE.replace("90", "75"), encoding="utf-8")
    ended = zhunsheng("simulate", "top.policy", *DATA, "--set", "线=80", cwd=folder)
    assert "3 人中 1 人结果改变" in ended.out
    unknown = zhunsheng("run", "top.policy", *DATA, "--set", "线线=80", cwd=folder)
    assert unknown.code == 2
    assert "线线" in unknown.err


def test_the_grade_below_is_opened_in_the_explanation(folder: Path) -> None:
    ended = zhunsheng("explain", "top.policy", *DATA, "--for", "K1", cwd=folder)
    assert ended.code == 0, ended.err
    assert "主办.等级" in ended.out
    assert "【第三条】" in ended.out


def test_held_back_below_is_held_back_above(folder: Path) -> None:
    held = BASE.replace("结果 名次，等级", "例外 待查 对 结果：\n    当 工号 = “A1”：转人工 “待查”\n结果 名次，等级")
    (folder / "base.policy").write_text(held, encoding="utf-8")
    assert results(folder)["K1"] in ("referred", "undecided")
    ended = zhunsheng("explain", "top.policy", *DATA, "--for", "K1", cwd=folder)
    assert "待查" in ended.out


def test_an_amended_document_below(folder: Path) -> None:
    """A document may rest on an amendment beside the policy that it amends."""
    (folder / "amended.policy").write_text("修订 “等级”\n改 参数 线 = 68 分  【修订一】\n", encoding="utf-8")
    (folder / "top.policy").write_text(TOP.replace("base.policy", "amended.policy"), encoding="utf-8")
    assert results(folder) == {"K1": "是", "K2": "是", "K3": "否"}


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "base.policy"
    outside.write_text(BASE, encoding="utf-8")
    (folder / "base.policy").unlink()
    (folder / "base.policy").symlink_to(outside)
    ended = zhunsheng("check", "top.policy", cwd=folder)
    assert ended.code == 1
    assert "ZS251" in ended.out + ended.err


def test_a_circle_of_three_names_all(folder: Path) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        text = f"政策 “{name}”\n    依据 “{other}.policy”\n数据 {name}数：\n    号：文本，主键\n定义 甲 = 号\n结果 甲\n"
        (folder / f"{name}.policy").write_text(text, encoding="utf-8")
    ended = zhunsheng("check", "a.policy", cwd=folder)
    assert "a.policy → b.policy → c.policy → a.policy" in ended.out + ended.err


def test_grades_of_the_same_run_are_those_of_the_scheme_alone(tmp_path: Path) -> None:
    """The places read by the accounts are the ones that the scheme decides by itself, row for row."""
    for name in ("selection.policy", "candidates.csv"):
        (tmp_path / name).write_bytes((SELECTION / name).read_bytes())
    text = "政策 “上”\n    依据 “selection.policy”\n数据 档案：\n    编号：文本，主键\n    谁：候选人\n"
    text += "定义 级 = 谁.等级\n定义 次 = 谁.名次\n结果 次，级\n"
    (tmp_path / "top.policy").write_text(text, encoding="utf-8")
    keys = [row["工号"] for row in table(CANDIDATES)]
    (tmp_path / "d.csv").write_text("编号,谁\n" + "".join(f"{k},{k}\n" for k in keys), encoding="utf-8")
    zhunsheng("run", "top.policy", "档案=d.csv", "候选人=candidates.csv", "-o", "a.csv", cwd=tmp_path)
    zhunsheng("run", "selection.policy", "candidates.csv", "-o", "b.csv", cwd=tmp_path)
    above, below = (
        list(csv.DictReader((tmp_path / f).read_text(encoding="utf-8").splitlines())) for f in ("a.csv", "b.csv")
    )
    assert [(r["编号"], r["次"], r["级"]) for r in above] == [(r["工号"], r["名次"], r["等级"]) for r in below]
