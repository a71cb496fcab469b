"""The same rules over two periods, held against figures worked out by hand.

c leaves and e comes. Under the old rules (60) a c g are 甲 in the old data, d g in the new: a falls, d rises. Allowances
are 3 × 300 + 2 × 100 = 1100, then 2 × 300 + 3 × 100 = 900. Under the new ones (55, 301 yuan) all five are 甲, then all
but a: 5 × 301 = 1505, then 4 × 301 + 100 = 1304. Due to people: ((900 - 1100) + (1304 - 1505)) / 2 = -200.5; due to
rules: ((1505 - 1100) + (1304 - 900)) / 2 = 404.5; together 204.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Ended, table, wrote, zhunsheng

POLICY = """政策 “两期”
选项 级 = 甲 > 乙
数据 员工：
    工号：文本，主键
    分：整数 0..100 分
参数 线 = 60 分
参数 元数 = 300 元
定义 评级：
    当 分 ≥ 线：甲
    否则：乙
定义 津贴：
    当 评级 = 甲：元数
    否则：100 元
结果 评级，津贴
"""
OLD = "工号,分\na,90\nb,55\nc,70\nd,58\ng,95\n"
NEW = "工号,分\na,50\nb,56\ne,57\nd,62\ng,96\n"
CHANGE = ("--set", "线=55", "--set", "元数=301")
CORNERS = ("old_rules_old_data", "old_rules_new_data", "new_rules_old_data", "new_rules_new_data")


def files(folder: Path, policy: str = POLICY, old: str = OLD, new: str = NEW) -> list[str | Path]:
    named = [wrote(folder, name, text) for name, text in (("p.policy", policy), ("旧.csv", old), ("新.csv", new))]
    return [*named[:2], "--with", named[2]]


def compared(folder: Path, *more: str | Path, **texts: str) -> tuple[Ended, dict[str, Any]]:
    ended = zhunsheng("simulate", *files(folder, **texts), "--format", "json", *more)
    assert ended.code in (0, 3), ended.out + ended.err
    return ended, json.loads(ended.out)


def test_four_corners(tmp_path: Path) -> None:
    ended, found = compared(tmp_path, *CHANGE)
    assert ended.code == 0
    assert found["sums"]["津贴"] == {
        "corners": dict(zip(CORNERS, ("1100", "900", "1505", "1304"), strict=True)),
        "change": "204",
        "due_to_people": "-200.5",
        "due_to_rules": "404.5",
        "decided": dict.fromkeys(CORNERS, 5),
        "came": "301",
        "left": "300",
    }
    best, rest = found["heads"]["评级"]
    assert (best["value"], list(best["corners"].values())) == ("甲", ["3", "2", "5", "4"])
    assert (best["change"], best["due_to_people"], best["due_to_rules"]) == ("1", "-1", "2")
    assert (rest["value"], list(rest["corners"].values())) == ("乙", ["2", "3", "0", "1"])


def test_who_changes_and_with_what(tmp_path: Path) -> None:
    _, found = compared(tmp_path, *CHANGE)
    people = found["people"]
    assert (people["both"], people["came"], people["left"], people["set_aside"]) == (4, ["e"], ["c"], [])
    told = {each["key"]: (each["cause"], [stop["津贴"] for stop in each["way"]]) for each in found["changes"]}
    assert told == {
        "a": ("data", ["300", "100", "100"]),
        "b": ("rules", ["100", "100", "301"]),
        "d": ("both", ["100", "300", "301"]),
        "g": ("rules", ["300", "300", "301"]),
    }
    assert people["changed"] == {"data": 1, "rules": 2, "both": 1}


def test_without_a_change_of_rules_there_are_two_corners(tmp_path: Path) -> None:
    ended, found = compared(tmp_path)
    assert ended.code == 0
    assert found["sums"]["津贴"]["corners"] == {"old_rules_old_data": "1100", "old_rules_new_data": "900"}
    assert (found["sums"]["津贴"]["change"], found["sums"]["津贴"]["due_to_rules"]) == ("-200", "0")
    assert {each["key"]: each["cause"] for each in found["changes"]} == {"a": "data", "d": "data"}
    said = zhunsheng("simulate", *files(tmp_path), "--lang", "en").out
    assert "in both 4, came 1, left 1; of those in both 2 change" in said
    assert "due to" not in said


def test_another_text_and_several_files_of_a_period(tmp_path: Path) -> None:
    """`--against` is a change of rules too, and each `--with` adds a file."""
    listed = POLICY.replace("参数 线", "数据 奖：\n    谁：员工，归属\n    额：整数 0..9 元\n参数 线", 1)
    listed = listed.replace("    否则：100 元", "    否则：合计(奖.额)")
    policy, old, _, new = files(tmp_path, policy=listed)
    prizes = [wrote(tmp_path, f"{name}.csv", "谁,额\nb,5\nb,3\n") for name in ("奖旧", "奖新")]
    other = wrote(tmp_path, "q.policy", listed.replace("合计(奖.额)", "2 × 合计(奖.额)"))
    ended = zhunsheng("simulate", policy, old, f"奖={prizes[0]}", "--with", new, "--with", f"奖={prizes[1]}",
                      "--against", other, "--format", "json")  # fmt: skip
    assert ended.code == 0, ended.out + ended.err
    found = json.loads(ended.out)
    assert list(found["sums"]["津贴"]["corners"].values()) == ["908", "608", "916", "616"]
    assert found["edit"] == "q.policy"


@pytest.mark.parametrize("change", [CHANGE, ("--set", "线=1"), ("--set", "元数=7")])
def test_the_parts_add_up(tmp_path: Path, change: tuple[str, ...]) -> None:
    _, found = compared(tmp_path, *change)
    for each in (*found["sums"].values(), *(row for rows in found["heads"].values() for row in rows)):
        corners = [Fraction(value) for value in each["corners"].values()]
        people, rules = Fraction(each["due_to_people"]), Fraction(each["due_to_rules"])
        assert people + rules == Fraction(each["change"]) == corners[3] - corners[0]


def test_nothing_depends_on_the_order_of_rows(tmp_path: Path) -> None:
    def turned(text: str) -> str:
        title, *rows = text.splitlines()
        return "\n".join([title, *reversed(rows)]) + "\n"

    straight, other = compared(tmp_path, *CHANGE)[1], compared(tmp_path, *CHANGE, old=turned(OLD), new=turned(NEW))[1]
    assert (straight["sums"], straight["heads"]) == (other["sums"], other["heads"])
    by_key = [sorted(each["changes"], key=lambda change: str(change["key"])) for each in (straight, other)]
    assert by_key[0] == by_key[1]


def test_a_row_set_aside_is_nobody_who_left(tmp_path: Path) -> None:
    """b cannot be read in the new data: neither gone nor compared, and both accounts are told."""
    broken = NEW.replace("b,56", "b,五六")
    ended, found = compared(tmp_path, *CHANGE, new=broken)
    assert ended.code == 3
    assert (found["people"]["set_aside"], found["people"]["left"], found["people"]["both"]) == (["b"], ["c"], 3)
    assert [each["set_aside"] for each in found["account"]["new_data"]] == [[3]]
    assert [each["set_aside"] for each in found["account"]["old_data"]] == [[]]
    said = zhunsheng("simulate", *files(tmp_path, new=broken), *CHANGE, "--lang", "zh").out
    assert "新数据  核对 员工（新.csv）：读入 5 = 采用 4 + 搁置 1" in said
    assert "旧数据  核对 员工（旧.csv）：读入 5 = 采用 5 + 搁置 0" in said


def test_each_period_has_its_day(tmp_path: Path) -> None:
    dated = POLICY.replace("    分：整数", "    入职：日期\n    分：整数")
    dated = dated.replace("当 分 ≥ 线：甲", "当 满年(入职，基准日) ≥ 5 年：甲").replace("参数 线 = 60 分\n", "")
    rows = "工号,入职,分\na,2020-06-30,1\nb,2021-01-01,1\n"
    days = ("--as-of", "2024-12-31", "--with-as-of", "2025-12-31")
    ended, found = compared(tmp_path, *days, policy=dated, old=rows, new=rows)
    assert ended.code == 0
    assert list(found["heads"]["评级"][0]["corners"].values()) == ["0", "1"]
    for lacking in (days[:2], days[2:], (*days[:3], "2025-13-01")):
        refused = zhunsheng("simulate", *files(tmp_path, dated, rows, rows), *lacking)
        assert refused.code == 2
        assert "as-of" in refused.err


def test_written(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for kind in ("xlsx", "csv", "json"):
        ended = zhunsheng("simulate", *files(tmp_path), *CHANGE, "-o", tmp_path / f"out.{kind}", "--lang", "zh")
        assert ended.code == 0, ended.err
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["改变的人", "人数 评级", "合计", "新来和离开", "核对 旧数据", "核对 新数据"]
    assert [cell.value for cell in book["合计"][2]] == ["津贴（元）", 1100, 900, 1505, 1304, 204, -200.5, 404.5]
    causes = {row["工号"]: row["缘由"] for row in table(tmp_path / "out.csv")}
    assert causes == {"a": "数据", "b": "规则", "d": "数据和规则", "g": "规则"}
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["edit"] == "线=55，元数=301"


@pytest.mark.parametrize("more", [("--sweep", "线=50..60"), ("--by", "分", *CHANGE), ("--people", "5", *CHANGE)])
def test_what_does_not_go_together_is_refused(tmp_path: Path, more: tuple[str, ...]) -> None:
    ended = zhunsheng("simulate", *files(tmp_path), *more)
    assert ended.code == 2
    assert "--with" in ended.err


def test_a_day_of_no_other_period_is_refused(tmp_path: Path) -> None:
    policy, old, *_ = files(tmp_path)
    assert zhunsheng("simulate", policy, old, *CHANGE, "--with-as-of", "2025-01-01").code == 2
