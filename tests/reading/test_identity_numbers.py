"""Identity numbers: what is wrong with one is said, and what it says is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.reading.cells import parser_for
from interpreter.reading.parsed import Flaw, Tidied
from policy.core import Field
from policy.identity import birth_of, check_digit, fault_of, is_male
from policy.types import Text, Type

READ = parser_for(Field("证件", Type(Text(identity=True)), "证件"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1101051949123100", "ZS743"),
        ("110105491231002", "ZS743"),
        ("11010519491231O02X", "ZS744"),
        ("11010519491331002X", "ZS745"),
        ("110105194912310021", "ZS746"),
        ("1.10105E+17", "ZS738"),
    ],
)
def test_what_is_wrong_is_said(text: str, code: str) -> None:
    found = READ(text)
    assert isinstance(found, Flaw)
    assert found.reason.code == code


@pytest.mark.parametrize("text", ["11010519491231002x", "11010519491231002Ｘ", "110105 19491231 002X"])
def test_what_is_plain_is_put_right(text: str) -> None:
    assert READ(text) == Tidied("11010519491231002X")


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_found(day: date, order: int, at: int, off: int) -> None:
    """The check digit finds every single wrong digit; nothing is said of a right number."""
    digits = f"330106{day:%Y%m%d}{order:03}"
    number = digits + check_digit(digits)
    assert fault_of(number) is None
    assert (birth_of(number), is_male(number)) == (day, order % 2 == 1)
    if number[at] != "X":
        wrong = number[:at] + str((int(number[at]) + off) % 10) + number[at + 1 :]
        assert fault_of(wrong) is not None
