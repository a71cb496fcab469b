"""Rates by groups: counts by hand, and the p-value against the hypergeometric sum in fractions."""

from __future__ import annotations

import json
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

from tests.cli.command import zhunsheng

POLICY = """政策 “评档”
选项 档 = 甲 > 乙，无档
数据 员工：
    工号：文本，主键
    性别：选项 (女、男)，可缺
    年龄：整数 18..70 岁
    分：整数 0..100 分，可缺
参数 线 = 80 分
定义 档次：
    当 分 ≥ 线：甲
    当 分 < 线 且 分 ≥ 60 分：乙
    否则：无档
结果 档次
"""
PEOPLE = [
    *((f"w{n}", "女", 25 + n, mark) for n, mark in enumerate((90, 70, 70, 50, 50, 50, 40, 30))),
    *((f"m{n}", "男", 30 + n, mark) for n, mark in enumerate((95, 85, 82, 70, 65, 50))),
    ("x", "", 40, 30),
    ("y", "女", 41, None),
]


def told(folder: Path, *options: str) -> Any:
    policy, data = folder / "p.policy", folder / "员工.csv"
    policy.write_text(POLICY, encoding="utf-8")
    rows = (f"{key},{sex},{age},{'' if mark is None else mark}\n" for key, sex, age, mark in PEOPLE)
    data.write_text("工号,性别,年龄,分\n" + "".join(rows), encoding="utf-8")
    ended = zhunsheng("simulate", policy, data, "--set", "线=70", *options, "--format", "json")
    assert ended.code == 3, ended.err
    return json.loads(ended.out)["fairness"]


def exactly(a: int, b: int, c: int, d: int) -> Fraction:
    """Two-sided: all tables of the same margins that are no likelier than this one."""
    good, group, everyone = a + c, a + b, a + b + c + d
    weights = {
        k: comb(group, k) * comb(everyone - group, good - k)
        for k in range(max(0, good + group - everyone), min(good, group) + 1)
    }
    return Fraction(sum(w for w in weights.values() if w <= weights[a]), comb(everyone, good))


def test_rates_ratios_and_the_test_equal_those_by_hand(tmp_path: Path) -> None:
    best, second = told(tmp_path, "--fair", "性别")
    assert (best["result"], best["least"], second["least"]) == ("档次", "甲", "乙")
    for side, line in (("before", 80), ("after", 70)):
        marks = {sex: [m for _, s, _, m in PEOPLE if s == sex and m is not None] for sex in ("女", "男", "")}
        good = {sex: sum(m >= line for m in each) for sex, each in marks.items()}
        rates = {sex: Fraction(good[sex], len(marks[sex])) for sex in marks}
        found = {rate["group"]: rate for rate in best[side]}
        assert set(found) == set(marks)
        for sex, rate in found.items():
            assert (rate["good"], rate["decided"], rate["open"]) == (good[sex], len(marks[sex]), int(sex == "女"))
            ratio = rates[sex] / max(rates.values())
            assert Fraction(rate["ratio"]) == ratio
            assert rate["under_four_fifths"] == (ratio < Fraction(4, 5))
            assert rate["small"]
            others = [m for s, each in marks.items() if s != sex for m in each]
            above = sum(m >= line for m in others)
            p = exactly(good[sex], len(marks[sex]) - good[sex], above, len(others) - above)
            assert rate["fisher_p"] == f"{float(p):.3f}"


def test_a_number_is_cut_into_bands(tmp_path: Path) -> None:
    best = told(tmp_path, "--fair", "年龄=30,40")[0]
    found = {rate["group"]: rate["decided"] + rate["open"] for rate in best["before"]}
    ages = [age for _, _, age, _ in PEOPLE]
    assert found == {
        "1. < 30": sum(a < 30 for a in ages),
        "2. 30 ≤ … < 40": sum(30 <= a < 40 for a in ages),
        "3. ≥ 40": sum(a >= 40 for a in ages),
    }


def test_a_field_that_is_not_there_and_a_number_without_edges_are_refused(tmp_path: Path) -> None:
    policy, data = tmp_path / "p.policy", tmp_path / "员工.csv"
    policy.write_text(POLICY, encoding="utf-8")
    data.write_text("工号,性别,年龄,分\na,女,30,80\n", encoding="utf-8")
    for asked in ("性", "年龄", "性别=3", "年龄=1/0", "年龄=1e999999999"):
        ended = zhunsheng("simulate", policy, data, "--set", "线=70", "--fair", asked)
        assert ended.code == 2, asked
        assert "--fair" in ended.err


def test_the_page_says_what_the_figures_mean(tmp_path: Path) -> None:
    told(tmp_path, "--fair", "性别")
    ended = zhunsheng("simulate", tmp_path / "p.policy", tmp_path / "员工.csv", "--set", "线=70", "--fair", "性别", "-o",
                      tmp_path / "out.xlsx")  # fmt: skip
    assert "档次 甲以上" in ended.out
    assert "低于五分之四" in ended.out
    assert "费希尔" in ended.out
    assert (tmp_path / "out.xlsx").exists()


NONE_AND_OPEN = """政策 “评档”
选项 档 = 甲 > 乙
数据 员工：
    工号：文本，主键
    组：文本，可缺
    分：整数 0..100 分
定义 档次：
    当 分 ≥ 80 分：甲
    当 分 ≥ 60 分 且 分 < 80 分：乙
    当 分 = 0 分：转人工 “没有参加”
    否则：无
结果 档次
"""


def test_of_one_rule_alone_none_is_decided_and_referred_is_not(tmp_path: Path) -> None:
    (tmp_path / "p.policy").write_text(NONE_AND_OPEN, encoding="utf-8")
    rows = "a,东,80\nb,东,50\nc,东,0\nd,西,90\ne,,60\n"
    (tmp_path / "员工.csv").write_text("工号,组,分\n" + rows, encoding="utf-8")
    ended = zhunsheng("simulate", tmp_path / "p.policy", tmp_path / "员工.csv", "--fair", "组", "--format", "json")
    assert ended.code == 3, ended.err
    best = json.loads(ended.out)["fairness"][0]
    assert "after" not in best
    counted = {rate["group"]: (rate["good"], rate["decided"], rate["open"], rate["ratio"]) for rate in best["before"]}
    assert counted == {"东": (1, 2, 1, "1/2"), "西": (1, 1, 0, "1"), "": (0, 1, 0, "0")}
    page = zhunsheng("simulate", tmp_path / "p.policy", tmp_path / "员工.csv", "--fair", "组")
    assert "缺" in page.out
    assert "未定 1 人不计" in page.out
