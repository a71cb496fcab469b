"""What the checker offers to write instead: only candidates, each is tried before it is shown."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from policy import core
from policy.core import Expr
from policy.diagnostic import Argument, Fix, replaced
from policy.numerals import decimal
from policy.source import Span
from policy.types import Choice, Number
from policy.units import RATIO, Unit, is_count, singular

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


def counted(span_of_time: Expr, unit: Unit | None, language: str) -> Fix | None:
    """`300 元 × 月数`: how many months they are, `(月数 ÷ 1 个月)`."""
    if unit is None or unit.mixed:
        return None
    spelled = unit.spelled(language) if language == "zh" else singular(unit.en)
    return replaced(span_of_time.span, f"({span_of_time.span.text} ÷ 1 {spelled})")


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


def worded_value(word: str, values: tuple[str, ...], language: str) -> str:
    """`不得高于合格`, `评为优秀`: the value in a word, with the limit that it is; empty where there is none."""
    for value in sorted(values, key=len, reverse=True):
        before = word.removesuffix(value)
        if before == word:
            continue
        for words, zh, en in _AROUND:
            if before in words:
                return f"{zh if language == 'zh' else en} {value}".strip()
    return ""


_AROUND = (
    (
        ("不得高于", "不高于", "不得超过", "最高为", "最高评为", "最高定为", "最高", "至多", "最多为"),
        "封顶",
        "capped at",
    ),
    (("不得低于", "不低于", "最低为", "最低", "至少", "最少为"), "保底", "floored at"),
    (("评为", "评定为", "定为", "确定为", "列为", "为", "是", "得", "等级", "等次", "档次"), "", ""),
)


def days_of(text: str) -> list[str]:
    """The days that `01/07/2010` may mean, as the language writes them."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*[/÷.-]\s*(\d{1,2})\s*[/÷.-]\s*(\d{4})\s*", text)
    if found is None:
        return []
    first, second, year = (int(part) for part in found.groups())
    both = [(year, second, first), (year, first, second)]
    return list(dict.fromkeys(f"{y}-{m:02}-{d:02}" for y, m, d in both if is_day(y, m, d)))


def is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def tail_as_unit(span: Span, language: str) -> Fix | None:
    """`3 保留1位小数`: what stands behind a number is no unit but a rounding or a limit."""
    from dsl.mistakes.tails import mended_line

    line = span.source.line(span.line)
    mended = mended_line(line, span.column - 1, language)
    return Fix(span.line, span.line, mended) if mended is not None else None
