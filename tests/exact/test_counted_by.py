"""`每满 c`: zero and less count nothing, and say so."""

from __future__ import annotations

from tests.exact.decided import results, why

TEXT = """policy "T"
data employee:
    id: text, key
    x: number 0..100 points, 1 decimal
    c: number -50..50 points, 1 decimal
score s:
    x every full c add 1
result s
"""


def test_a_unit_of_zero_or_less_leaves_the_person_undecided() -> None:
    rows = [{"id": str(c), "x": 30, "c": c} for c in (-7, 0, 7)]
    below, zero, above = results(TEXT, rows, "s")
    assert why(below) == why(zero) == ["ZS814"]
    assert above == 4
