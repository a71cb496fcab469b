"""A comparison means the same whichever side the fixed value stands on."""

from __future__ import annotations

import pytest

from dsl import pipeline
from policy.source import Source
from policy.values import Missing, Period
from tests.exact.decided import results

TEXT = """policy "T"
choice grade = good > poor > no
data employee:
    id: text, key
    joined: year
    exam: number 0..100 points, optional (excused)
    g: grade
define r = {test}
result r
"""
MIRRORED = [
    ("joined ≤ 2024", "2024 ≥ joined"),
    ("joined = 2024 year", "2024 year = joined"),
    ("exam ≥ 60 points", "60 points ≤ exam"),
    ('exam = "excused"', '"excused" = exam'),
    ('g = "good"', '"good" = g'),
    ('g not below "good"', '"good" not above g'),
    ("g above no", "no below g"),
    ('id = "A"', '"A" = id'),
]


@pytest.mark.parametrize(("one", "other"), MIRRORED)
def test_the_fixed_value_may_stand_on_the_left(one: str, other: str) -> None:
    rows = [
        {"id": "A", "joined": Period(2024, 0, "year"), "exam": 60, "g": "good"},
        {"id": "B", "joined": Period(2025, 0, "year"), "exam": Missing("exam", "excused"), "g": "no"},
    ]
    first, second = (results(TEXT.format(test=test), rows, "r") for test in (one, other))
    assert first == second
    assert first[0] is not first[1]


def test_two_fixed_values_stay_what_they_are() -> None:
    loaded = pipeline.compile_text(Source("t.policy", TEXT.format(test='"a" = "b"')))
    assert loaded.policy is not None
