"""Chinese identity numbers (GB 11643): 17 digits and a check digit; birth date and sex stand in them."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

Fault: TypeAlias = Literal["length", "sign", "birth", "check"]
"""What is wrong with a number: its length, a sign in it, its birth date, its check digit."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def fault_of(number: str) -> Fault | None:
    """What is wrong with a number, None if nothing is."""
    if len(number) != 18:
        return "length"
    if not (number[:17].isascii() and number[:17].isdigit()) or number[17] not in "0123456789X":
        return "sign"
    if birth_of(number) is None:
        return "birth"
    return None if number[17] == check_digit(number[:17]) else "check"


def check_digit(digits: str) -> str:
    """The last sign of a number, from the seventeen digits before it."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def birth_of(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    """The seventeenth digit is odd for men."""
    return int(number[16]) % 2 == 1
