"""Pass mark 60 → 55 on the shipped candidates: who is newly qualified and who moves, against a computation by hand.

The computation knows nothing of the project: strings from the CSV, fractions, a sort.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

from tests.cli.command import CANDIDATES, ZH, zhunsheng

BANDS = (
    (5, "高级客户经理一级"),
    (10, "高级客户经理二级"),
    (15, "高级客户经理三级"),
    (20, "客户经理一级"),
    (25, "客户经理二级"),
    (30, "客户经理三级"),
)


def by_hand(path: Path, mark: int) -> dict[str, tuple[str, int | None, str]]:
    """Qualified, place and grade of everyone by key."""
    with path.open(encoding="utf-8", newline="") as file:
        people = {row["工号"]: row for row in csv.DictReader(file)}
    marks = {key: order(row) for key, row in people.items()}
    passed = [m for m in marks.values() if m[0] >= mark]
    result = {}
    for key, mine in marks.items():
        place = 1 + sum(other > mine for other in passed) if mine[0] >= mark else None
        grade = "未取得资格" if place is None else next((g for last, g in BANDS if place <= last), "初级客户经理")
        result[key] = ("否" if place is None else "是", place, grade)
    return result


def order(row: dict[str, str]) -> tuple[Fraction, Fraction, Fraction]:
    """Total, written exam, adaptability."""
    posts = (
        ("曾任行长", "行长年数", 4, Fraction(1)),
        ("曾任副行长", "副行长年数", 3, Fraction(1)),
        ("曾任主管", "主管年数", 2, Fraction(1, 2)),
    )
    experience = Fraction(Fraction(row["从业年数"]) // 3)
    for held, years, once, a_year in posts:
        if row[held] == "是":
            experience += once + a_year * (Fraction(row[years]) // 1)
    exam = [Fraction(row[name]) for name in ("笔试", "员工行为规范", "语言表达", "应变能力")]
    return sum(exam, Fraction(0)) + min(experience, Fraction(20)), exam[0], exam[3]


def simulated(*options: str, data: Path = CANDIDATES) -> dict[str, dict[str, object]]:
    ended = zhunsheng("simulate", ZH, data, *options, "--format", "json")
    assert ended.code == 0
    return {change["key"]: change for change in json.loads(ended.out)["changes"]}


def agrees(path: Path, mark: int) -> dict[str, dict[str, object]]:
    """The simulation of another pass mark names exactly those who change by hand, with their values."""
    before, after = by_hand(path, 60), by_hand(path, mark)
    moved = {key for key in before if before[key] != after[key]}
    found = simulated("--set", f"合格线={mark}", data=path)
    assert set(found) == moved
    for key, change in found.items():
        for side, wanted in (("before", before[key]), ("after", after[key])):
            told = change[side]
            assert isinstance(told, dict)
            place = "none" if wanted[1] is None else str(wanted[1])
            assert (told["合格"], told["名次"], told["等级"]) == (wanted[0], place, wanted[2])
        assert change["cause"] == ("hit" if before[key][0] != after[key][0] else "displaced")
    return found


def test_the_newly_qualified_and_everyone_who_moves() -> None:
    found = agrees(CANDIDATES, 55)
    assert len(found) == 27
    assert all(change["cause"] == "hit" for change in found.values())


def test_a_higher_pass_mark() -> None:
    assert agrees(CANDIDATES, 65)


def test_whom_another_order_moves_is_hit_by_the_rule(tmp_path: Path) -> None:
    """Two policies that rank differently: with the exam alone as the order, all who move do so by the rule."""
    other = tmp_path / "other.policy"
    text = ZH.read_text(encoding="utf-8")
    assert "    按 总分 从高到低\n" in text
    other.write_text(text.replace("    按 总分 从高到低\n", "", 1), encoding="utf-8")
    found = simulated("--against", str(other))
    assert found
    assert {change["cause"] for change in found.values()} == {"hit"}
    assert all(not change["own"] for change in found.values())
