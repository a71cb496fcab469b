"""What judging one cell may answer, and which characters are blank or only of another width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from policy.diagnostic import Reason
from policy.values import Value


class Flaw(Struct, frozen=True):
    """The cell cannot be used, for this reason."""

    reason: Reason


class Tidied(Struct, frozen=True):
    """The cell can be used, but does not stand there in the canonical way."""

    value: Value


class Passed(Struct, frozen=True):
    """The cell cannot be used, and no rule reads it: its row goes on with `value`, which says that it is missing."""

    value: Value


Parsed = Any
"""Value | Tidied | Passed | Flaw."""
Reader = Callable[[str, str], Parsed]
"""From a trimmed, non-empty text and what kind of cell it stood in ("" for a text cell)."""

FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2212: 0x2D}
"""Full-width forms and the mathematical minus. Not NFKC: that would turn 5² into 52."""
BLANKS = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
