"""Amendments by the command: the whole they make, what they do to whom, and because of which edit."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import CANDIDATES, ZH, zhunsheng
from tests.e2e.test_simulation import order

TWO_EDITS = """修订 “客户经理竞聘”
    版本 “2”
改 定义 总分 = 笔试 × 120% + 面试 × 80% + 个人经历      【修订一】
改 表 等级 依次：                                      【修订二】
    | 名次    || 等级             |
    | 1..4    || 高级客户经理一级 |
    | 5..8    || 高级客户经理二级 |
    | 9..12   || 高级客户经理三级 |
    | 13..16  || 客户经理一级     |
    | 17..20  || 客户经理二级     |
    | 21..24  || 客户经理三级     |
    | 超过 24 || 初级客户经理     |
    | 无      || 未取得资格       |
"""
GRADES = ("高级客户经理一级", "高级客户经理二级", "高级客户经理三级", "客户经理一级", "客户经理二级", "客户经理三级")


def by_hand(edits: frozenset[int]) -> dict[str, tuple[Fraction, str, int | None, str]]:
    """Total, qualified, place and grade of everyone with the first edit (weights) or the second (bands of four)."""
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        people = {row["工号"]: row for row in csv.DictReader(file)}
    marks = {}
    for key, row in people.items():
        total, exam, adaptability = order(row)
        if 0 in edits:
            interview = sum((Fraction(row[n]) for n in ("员工行为规范", "语言表达", "应变能力")), Fraction(0))
            total = exam * Fraction(6, 5) + interview * Fraction(4, 5) + (total - exam - interview)
        marks[key] = (total, exam, adaptability)
    passed = [m for m in marks.values() if m[0] >= 60]
    width, found = 4 if 1 in edits else 5, {}
    for key, mine in marks.items():
        place = 1 + sum(other > mine for other in passed) if mine[0] >= 60 else None
        grade = "未取得资格" if place is None else (*GRADES, *["初级客户经理"] * 99)[min((place - 1) // width, 6)]
        found[key] = (mine[0], "否" if place is None else "是", place, grade)
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    amendment = tmp_path_factory.mktemp("amended") / "修订.policy"
    amendment.write_text(TWO_EDITS, encoding="utf-8")
    ended = zhunsheng("simulate", ZH, CANDIDATES, "--against", amendment, "--format", "json")
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_two_edits_equal_a_computation_by_hand(told: dict[str, Any]) -> None:
    old, new = by_hand(frozenset()), by_hand(frozenset((0, 1)))
    changed = {change["key"]: change for change in told["changes"]}
    assert set(changed) == {key for key in old if old[key] != new[key]}
    for key, change in changed.items():
        for side, hand in (("before", old), ("after", new)):
            total, passed, place, grade = hand[key]
            assert Fraction(change[side]["总分"]) == total
            assert (change[side]["合格"], change[side]["等级"]) == (passed, grade)
            assert change["places"]["名次"][side == "after"] in ((str(place),) if place else ("none", None))
    moves = {(m["from"], m["to"]): m["people"] for m in told["moves"]["等级"]}
    assert sum(moves.values()) == len(old)
    assert moves == {
        (a, b): n for a in {g[3] for g in old.values()} for b in {g[3] for g in new.values()}
        if (n := sum((old[k][3], new[k][3]) == (a, b) for k in old))
    }  # fmt: skip


def test_because_of_which_edit_equals_a_computation_by_hand(told: dict[str, Any]) -> None:
    results = {s: by_hand(s) for s in (frozenset[int](), frozenset((0,)), frozenset((1,)), frozenset((0, 1)))}
    assert told["causes"]["edits"] == ["总分【修订一】", "等级【修订二】"]
    people = told["causes"]["people"]
    for key in results[frozenset()]:
        for at, name in enumerate(("总分", "合格", "名次", "等级")):
            was, now = results[frozenset()][key][at], results[frozenset((0, 1))][key][at]
            alone = [[n] for n in (0, 1) if results[frozenset((n,))][key][at] == now]
            wanted = None if was == now else alone or [[0, 1]]
            assert people.get(key, {}).get(name) == wanted, (key, name)
    whole = sum(r[0] for r in results[frozenset((0, 1))].values()) - sum(r[0] for r in results[frozenset()].values())
    assert [Fraction(s) for s in told["causes"]["shares"]["总分"]] == [whole, 0]


MONEY = """政策 “津贴”
选项 档 = 甲 > 乙
数据 员工：
    工号：文本，主键
    分：整数 0..100 分
    次：整数 0..40 次
参数 线 = 80 分
参数 单价 = 10 元
参数 倍 = 2
定义 档：
    当 分 ≥ 线：甲
    否则：乙
定义 津贴：
    当 档 = 甲：单价 × 次 × 倍
    否则：单价 × 次
结果 档，津贴
"""
PEOPLE = "工号,分,次\na,85,10\nb,75,20\nc,60,5\nd,79,0\n"
EDITS = {"线": 70, "单价": 12, "倍": 5}


def pay(edits: frozenset[str], mark: int, years: int) -> int:
    line, price, times = (EDITS[n] if n in edits else old for n, old in (("线", 80), ("单价", 10), ("倍", 2)))
    return price * years * (times if mark >= line else 1)


def test_shares_of_money_are_shapley_shares_and_add_up(tmp_path: Path) -> None:
    policy, data = tmp_path / "津贴.policy", tmp_path / "员工.csv"
    policy.write_text(MONEY, encoding="utf-8")
    data.write_text(PEOPLE, encoding="utf-8")
    ended = zhunsheng("simulate", policy, data, "--set", "线=70", "--set", "单价=12", "--set", "倍=5",
                      "--format", "json")  # fmt: skip
    found = json.loads(ended.out)["causes"]
    names = list(EDITS)
    people = [("a", 85, 10), ("b", 75, 20), ("c", 60, 5), ("d", 79, 0)]
    for key, mark, years in people:
        shares = []
        for name in names:
            rest = [n for n in names if n != name]
            share = Fraction(0)
            for size, weight in ((0, Fraction(1, 3)), (1, Fraction(1, 6)), (2, Fraction(1, 3))):
                for chosen in combinations(rest, size):
                    without = frozenset(chosen)
                    share += weight * (pay(without | {name}, mark, years) - pay(without, mark, years))
            shares.append(share)
        assert sum(shares) == pay(frozenset(names), mark, years) - pay(frozenset(), mark, years)
        assert [Fraction(s) for s in found["shares_of_people"]["津贴"].get(key, ["0"] * 3)] == shares
    total = sum(pay(frozenset(names), m, y) - pay(frozenset(), m, y) for _, m, y in people)
    assert sum(Fraction(s) for s in found["shares"]["津贴"]) == total


def test_an_amendment_that_means_the_same_changes_nobody(tmp_path: Path) -> None:
    amendment = tmp_path / "a.policy"
    amendment.write_text(
        "修订 “客户经理竞聘”\n改 定义 合格 = 非 总分 < 合格线\n改 参数 合格线 = 60 分\n", encoding="utf-8"
    )
    ended = zhunsheng("simulate", ZH, CANDIDATES, "--against", amendment, "--format", "json")
    assert (ended.code, json.loads(ended.out)["changes"]) == (0, [])


def test_an_edit_that_needs_another_takes_effect_with_it(tmp_path: Path) -> None:
    policy, data, amendment = tmp_path / "p.policy", tmp_path / "员工.csv", tmp_path / "a.policy"
    policy.write_text(MONEY, encoding="utf-8")
    data.write_text(PEOPLE, encoding="utf-8")
    amendment.write_text("修订 “津贴”\n增 参数 底 = 5 元\n改 定义 津贴 = 单价 × 次 + 底\n", encoding="utf-8")
    ended = zhunsheng("simulate", policy, data, "--against", amendment, "--format", "json")
    causes = json.loads(ended.out)["causes"]
    assert causes["edits"] == ["底", "津贴"]
    assert causes["people"]["c"] == {"津贴": [[0, 1]]}


def test_the_whole_decides_as_the_amendment_and_two_in_a_row_are_one(tmp_path: Path) -> None:
    first, second, whole = tmp_path / "一.policy", tmp_path / "二.policy", tmp_path / "全文.policy"
    first.write_text(TWO_EDITS, encoding="utf-8")
    second.write_text("修订 “客户经理竞聘”\n    版本 “3”\n改 参数 合格线 = 58 分\n", encoding="utf-8")
    assert zhunsheng("amend", ZH, first, second, "-o", whole).code == 0
    assert zhunsheng("check", whole).code == 0
    assert zhunsheng("fmt", "--check", whole).code == 0
    both = zhunsheng("simulate", ZH, CANDIDATES, "--against", first, "--set", "合格线=58", "--format", "json")
    one = zhunsheng("simulate", ZH, CANDIDATES, "--against", whole, "--format", "json")
    assert json.loads(both.out)["changes"] == json.loads(one.out)["changes"]
    text = whole.read_text(encoding="utf-8")
    assert "版本 “3”" in text
    assert "【修订一】" in text


def test_alternatives_side_by_side(tmp_path: Path) -> None:
    first = tmp_path / "一.policy"
    first.write_text(TWO_EDITS, encoding="utf-8")
    second = tmp_path / "二.policy"
    second.write_text("amendment “客户经理竞聘”\nchange parameter 合格线 = 55 points\n", encoding="utf-8")
    out = tmp_path / "两案.xlsx"
    ended = zhunsheng("simulate", ZH, CANDIDATES, "--against", first, "--against", second, "-o", out)
    assert (ended.code, out.exists()) == (0, True)
    rows = {line.split("  ")[0].strip(): line.split()[1:] for line in ended.out.splitlines() if line}
    assert rows["等级 高级客户经理一级"][-3:] == ["5", "4", "5"]
    assert rows["改变"] == ["90", "27"]


def test_an_amendment_is_run_and_explained(tmp_path: Path) -> None:
    amendment = tmp_path / "a.policy"
    amendment.write_text(TWO_EDITS, encoding="utf-8")
    ended = zhunsheng("run", amendment, CANDIDATES, "--base", ZH, "--format", "json")
    assert ended.code == 0, ended.err
    told = zhunsheng("explain", amendment, CANDIDATES, "--base", ZH, "--for", "H0100008")
    assert told.code == 0, told.err
    assert "修订一" in told.out
    alone = zhunsheng("run", amendment, CANDIDATES)
    assert alone.code == 1
    assert "ZS241" in alone.err


def test_what_is_no_amendment_is_refused(tmp_path: Path) -> None:
    ended = zhunsheng("amend", ZH, ZH)
    assert ended.code == 2
    assert "ZS922" in ended.err


def test_another_policy_is_refused(tmp_path: Path) -> None:
    amendment = tmp_path / "a.policy"
    amendment.write_text("修订 “别的办法”\n改 参数 合格线 = 58 分\n", encoding="utf-8")
    ended = zhunsheng("amend", ZH, amendment)
    assert ended.code == 1
    assert "ZS240" in ended.err


def test_formatting_and_mending_leave_an_amendment_an_amendment(tmp_path: Path) -> None:
    (tmp_path / "base.policy").write_bytes(ZH.read_bytes())
    amendment = tmp_path / "a.policy"
    amendment.write_text("修订 “客户经理竞聘”\n改  参数 合格线 = 58 分 【修订一】\n", encoding="utf-8")
    assert zhunsheng("fmt", amendment).code == 0
    assert amendment.read_text(encoding="utf-8") == "修订 “客户经理竞聘”\n改 参数 合格线 = 58 分  【修订一】\n"
    assert zhunsheng("fmt", "--check", amendment).code == 0
    broken = tmp_path / "b.policy"
    broken.write_text("修订 “客户经理竞聘”\n改 合格线 = 58 分\n", encoding="utf-8")
    zhunsheng("check", broken, "--fix", "--yes")
    assert broken.read_text(encoding="utf-8") == "修订 “客户经理竞聘”\n改 参数 合格线 = 58 分\n"
    (tmp_path / "base.policy").write_text("政策 “客户经理竞聘”\n线 = 5 分\n", encoding="utf-8")
    (tmp_path / "两行.policy").write_text(broken.read_text(encoding="utf-8"), encoding="utf-8")
    zhunsheng("check", broken, "--fix", "--yes")
    assert broken.read_text(encoding="utf-8") == "修订 “客户经理竞聘”\n改 参数 合格线 = 58 分\n"


def test_a_quote_goes_with_what_it_says(tmp_path: Path) -> None:
    policy, amendment = tmp_path / "p.policy", tmp_path / "a.policy"
    text = MONEY.replace("参数 线 =", "> 八十分以上为甲\n参数 线 =").replace(
        "    否则：乙", "    > 其余为乙\n    否则：乙"
    )
    policy.write_text(text, encoding="utf-8")
    amendment.write_text(
        "修订 “津贴”\n> 七十分以上为甲\n改 参数 线 = 70 分\n改 档：\n    改 当 分 ≥ 线：甲\n", encoding="utf-8"
    )
    whole = zhunsheng("amend", policy, amendment).out
    assert "八十分以上" not in whole
    assert "> 七十分以上为甲\n参数 线 = 70 分" in whole
    assert "> 其余为乙" in whole
