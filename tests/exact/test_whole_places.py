"""Places of a quota are whole and never below zero."""

from __future__ import annotations

import pytest

from tests.exact.decided import results, why

ROWS = [{"no": key, "exam": mark} for key, mark in (("A", 95), ("B", 85), ("C", 10))]


def scheme(heads: str, more: str = "") -> str:
    return f"""policy "T"
choice grade = good > fair > poor, deferred
data employee:
    no: text, key
    exam: number 0..100 points, 1 decimal
define heads = {heads}
quota grade:
    by exam highest first
    good at most heads
    fair at most 2 places
    otherwise: deferred
{more}    ties at the cut refer
    overflow to next
    vacancies to next
result grade
"""


def test_a_negative_number_of_places_leaves_the_group_undecided() -> None:
    assert [why(value) for value in results(scheme("count(all employee) - 5"), ROWS, "grade")] == [["ZS829"]] * 3


def test_no_places_is_not_a_negative_number_of_them() -> None:
    assert results(scheme("count(all employee) - 3"), ROWS, "grade") == ["fair", "fair", "deferred"]


@pytest.mark.parametrize(("rounding", "first"), [("down", ["good", "fair", "fair"]), ("up", ["good", "good", "fair"])])
def test_parts_of_a_place_are_rounded_as_said(rounding: str, first: list[str]) -> None:
    text = scheme("count(all employee) ÷ 2", f"    places rounded {rounding} to 1 place\n")
    assert results(text, ROWS, "grade") == first
