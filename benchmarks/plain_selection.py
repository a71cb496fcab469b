"""The selection scheme as a competent programmer would write it by hand: no policy, no trace, no reasons.

It is the peer that deciding with traces is measured against, and it must come to the same results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

PASS_MARK = 60
HALF = Fraction(1, 2)
GRADES = (
    (5, "高级客户经理一级"),
    (10, "高级客户经理二级"),
    (15, "高级客户经理三级"),
    (20, "客户经理一级"),
    (25, "客户经理二级"),
    (30, "客户经理三级"),
)


class Result(NamedTuple):
    """What the scheme decides for one candidate."""

    key: str
    experience: Fraction
    total: Fraction
    passed: bool
    place: int | None
    grade: str


def decide(rows: Sequence[Mapping[str, Any]]) -> list[Result]:
    """The results for typed rows, in their order. Years are in months there, as the reader of data gives them."""
    scored = [(row, *_scores(row)) for row in rows]
    places = _places([(total, row["笔试"], row["应变能力"]) for row, _, total in scored if total >= PASS_MARK])
    results = []
    for row, experience, total in scored:
        passed = total >= PASS_MARK
        place = places[total, row["笔试"], row["应变能力"]] if passed else None
        results.append(Result(row["工号"], experience, total, passed, place, _grade(place)))
    return results


def _scores(row: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    experience = Fraction(row["从业年数"] // 36)
    if row["曾任行长"]:
        experience += 4 + row["行长年数"] // 12
    if row["曾任副行长"]:
        experience += 3 + row["副行长年数"] // 12
    if row["曾任主管"]:
        experience += 2 + HALF * (row["主管年数"] // 12)
    experience = min(experience, Fraction(20))
    return experience, row["笔试"] + row["员工行为规范"] + row["语言表达"] + row["应变能力"] + experience


def _places(marks: Sequence[tuple[Fraction, ...]]) -> dict[tuple[Fraction, ...], int]:
    """The place of each combination of marks: equals share one, the next is skipped."""
    places: dict[tuple[Fraction, ...], int] = {}
    for place, mark in enumerate(sorted(marks, reverse=True), start=1):
        places.setdefault(mark, place)
    return places


def _grade(place: int | None) -> str:
    if place is None:
        return "未取得资格"
    return next((grade for last, grade in GRADES if place <= last), "初级客户经理")
