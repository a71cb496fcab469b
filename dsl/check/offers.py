"""What the checker offers to write instead: only candidates, each is tried before it is shown."""

from __future__ import annotations

import re
from fractions import Fraction

from policy import core
from policy.core import Expr
from policy.diagnostic import Argument, Fix, replaced
from policy.numerals import decimal
from policy.source import Span
from policy.types import Choice, Number
from policy.units import RATIO, Unit, is_count

_LITERAL = re.compile(r"(-?\d[\d.]*)\s*([^\W\d]\w*)?")
_SHORT = {
    "万": "万元",
    "亿": "亿元",
    "块": "元",
    "块钱": "元",
    "元整": "元",
    "圆": "元",
    "rmb": "yuan",
    "cny": "yuan",
    "pts": "points",
}
"""What people write for a unit."""
YES = frozenset(("TRUE", "True", "true", "Y", "Yes", "YES", "对", "有"))
NO = frozenset(("FALSE", "False", "false", "N", "No", "NO", "错"))
MOST_SHARE = 3
"""A bare number up to this beside a percentage is a share of one: 0.95 for 95%, 1.2 for 120%."""


def nearest_name(span: Span, arguments: dict[str, Argument]) -> Fix | None:
    """The name that is nearest in the place of one that nobody knows."""
    near, name = arguments.get("near"), arguments.get("name")
    if not isinstance(near, str) or not near or span.text.strip('「」`“”"') != name:
        return None
    return replaced(span, near)


def in_unit(written: Expr, unit: Unit | None, language: str) -> Fix | None:
    """`50 万` beside 万元, `1 次` beside years: the number in the unit of the other side.

    Only where what is written is a word that means no unit of its own.
    """
    if (
        unit is None
        or is_count(unit)
        or not isinstance(written, core.Const)
        or not isinstance(written.type.kind, Number)
    ):
        return None
    own = written.type.kind.unit
    found = _LITERAL.fullmatch(written.span.text.strip())
    if found is None or own is None or not own.family.startswith("count:"):
        return None
    spelled = unit.spelled(language)
    meant = _SHORT.get((found.group(2) or "").lower(), "")
    if meant and meant != spelled:
        return None
    return replaced(written.span, f"{found.group(1)} {spelled}")


def as_share(written: Expr, other: Expr) -> Fix | None:
    """`0.95` beside a percentage that goes far beyond it: 95%."""
    found = _LITERAL.fullmatch(written.span.text.strip())
    kind = other.type.kind
    if found is None or found.group(2) or "." not in found.group(1) or not isinstance(kind, Number):
        return None
    value = Fraction(found.group(1))
    if not 0 < value <= MOST_SHARE or kind.unit is None or kind.unit.family != RATIO.family:
        return None
    if kind.high is None or kind.high < value:
        return None
    return replaced(written.span, f"{decimal(value * 100)}%")


def answer(name: str, language: str) -> str:
    """`TRUE` and the like as the language says it; empty for anything else."""
    if name in YES:
        return "是" if language == "zh" else "yes"
    return ("否" if language == "zh" else "no") if name in NO else ""


def value_in(name: str, choices: list[Choice]) -> str:
    """The value of a choice in a name made of the choice's and the value's: `grade_A`."""
    for choice in choices:
        for value in choice.values:
            if name.replace("_", "").lower() == f"{choice.name}{value}".replace("_", "").lower():
                return value
    return ""
