"""A weight that two lines move at once is nobody's to guess; one that they move alike is moved once."""

from __future__ import annotations

from typing import Any

import pytest

from policy.values import Missing, Undecided
from tests.exact.decided import checked, decisions, found, results

TEXT = """policy "T"
data employee:
    id: text, key
    exam: number 0..100 points, 1 decimal, optional (absent)
    talk: number 0..100 points, 1 decimal
    merit: number 0..100 points, 1 decimal
    veteran: yes or no
score total out of 100:
    exam weight 50%
    talk weight 30%
    merit weight 20%
    when veteran: exam moves to merit
    when exam = absent: exam moves to {target}
result total
"""


def person(exam: Any, veteran: bool) -> dict[str, Any]:
    return {"id": f"{exam}{veteran}", "exam": exam, "talk": 100, "merit": 50, "veteran": veteran}


ABSENT = Missing("exam", "absent")


def test_whoever_falls_under_both_is_undecided_with_both_lines() -> None:
    both, one, none = results(
        TEXT.format(target="talk"), [person(ABSENT, True), person(ABSENT, False), person(80, False)], "total"
    )
    assert isinstance(both, Undecided)
    assert "exam moves to merit" in str(both)
    assert "exam moves to talk" in str(both)
    assert (one, none) == (90, 80)


@pytest.mark.parametrize(("target", "codes"), [("talk", ["ZS427"]), ("the rest", ["ZS427"]), ("merit", [])])
def test_two_moves_are_told_unless_they_move_alike(target: str, codes: list[str]) -> None:
    assert found(TEXT.format(target=target)) == codes


def test_two_lines_that_move_alike_move_once() -> None:
    case = decisions(TEXT.format(target="merit"), [person(ABSENT, True)]).cases[0]
    assert case.results["total"].value == 65


def test_a_part_may_stand_in_quotes_in_one_line_and_bare_in_another() -> None:
    text = """政策 “试”
数据 员工：
    工号：文本，主键
    否则：数 0..100 分，可缺
    分：数 0..100 分
评分 得分：
    分 权重 60%
    「否则」 权重 40%
    当 否则 缺：否则 转给 分
    当 分 缺：分 转给 「否则」
结果 得分
"""
    assert checked(text)[0] is not None
