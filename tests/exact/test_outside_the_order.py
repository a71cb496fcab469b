"""No limit touches a value outside the order of its choice, even where floor and cap contradict each other."""

from __future__ import annotations

import pytest

from policy.values import Missing
from tests.exact.decided import results, why

TEXT = """policy "T"
choice grade = good > fair > poor, deferred
data employee:
    id: text, key
    g: grade
    x: number 0..100 points, 1 decimal
define r = g
exception e1 on r:
    when x ≥ 0 points: floored at fair
exception e2 on r:
    when x ≥ 50 points: {e2}
result r
"""


@pytest.mark.parametrize("e2", ["capped at poor", "raised 1 grade", "lowered 1 grade", "floored at good"])
def test_a_value_outside_the_order_stays(e2: str) -> None:
    assert results(TEXT.format(e2=e2), [{"id": "A", "g": "deferred", "x": 95}], "r") == ["deferred"]


def test_within_the_order_a_floor_above_the_cap_is_a_conflict() -> None:
    rows = [{"id": "A", "g": "good", "x": 95}, {"id": "B", "g": "poor", "x": 10}]
    first, second = results(TEXT.format(e2="capped at poor"), rows, "r")
    assert why(first) == ["ZS830"]
    assert second == "fair"


LIMITED = """policy "T"
choice grade = good > fair > poor, deferred
data employee:
    id: text, key
    g: grade
    least: grade, optional
define r = g {limit}
result r
"""


@pytest.mark.parametrize("limit", ["floored at least", "capped at least", "capped at least floored at poor"])
def test_a_limit_that_is_missing_does_not_touch_it_either(limit: str) -> None:
    rows = [
        {"id": "A", "g": "deferred", "least": Missing("least")},
        {"id": "B", "g": "fair", "least": Missing("least")},
    ]
    first, second = results(LIMITED.format(limit=limit), rows, "r")
    assert first == "deferred"
    assert why(second) == ["ZS801"]
