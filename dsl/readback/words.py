"""Words of the read-back that belong to no statement: sentences from templates, amounts, dates, lists, rounding.

Every text stands as a pair, Chinese and English, beside each other in the code that says it.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from msgspec import Struct

from policy.numerals import decimal
from policy.source import Clause, Span
from policy.units import Exact, Unit, singular
from policy.values import Period

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUARTERS = ("first", "second", "third", "fourth")
_SPOKEN = {"years_old": "years of age", "year_old": "year of age"}


class Sentence(Struct, frozen=True):
    """What one statement or line says. `level` 0 is a statement, 1 a line of it, and so on."""

    text: str
    clause: Clause
    span: Span
    level: int = 0


class Speech:
    """Says things in one language, zh or en."""

    def __init__(self, language: str) -> None:
        self.zh = language == "zh"
        self.language = language

    def say(self, zh: str, en: str, **parts: str) -> str:
        """A template with its parts put in, a blank between Chinese and Latin letters; the parts stay as they are."""
        pieces = _SLOT.split(zh if self.zh else en)
        pieces[1::2] = [parts[name] for name in pieces[1::2]]
        return _joined(pieces) if self.zh else "".join(pieces)

    def listed(self, items: list[str]) -> str:
        """`甲、乙、丙`; `a, b, c`."""
        return _joined([p for item in items for p in ("、", item)][1:]) if self.zh else ", ".join(items)

    def together(self, items: list[str]) -> str:
        """`甲、乙、丙`; `a, b and c`."""
        if self.zh or len(items) < 2:
            return self.listed(items)
        return f"{', '.join(items[:-1])} and {items[-1]}"

    def quoted(self, word: str) -> str:
        """A value as the author wrote it."""
        return f"“{word}”"

    def yes_no(self, value: bool) -> str:
        return self.say("“是”", "yes") if value else self.say("“否”", "no")

    # -- amounts -------------------------------------------------------------------------------------------------

    def amount(self, value: Exact, unit: Unit | None) -> str:
        """A canonical number in its unit: `60分`, `95.5%`, `60 points`, `1 point`, `5,000,000 yuan`."""
        if unit is None:
            return decimal(value)
        if unit.family == "ratio" or self.zh:
            return f"{self.numeral(value, unit)}{unit.zh}"
        return f"{self.numeral(value, unit)} {self.unit(unit, one=value == unit.factor)}"

    def numeral(self, value: Exact, unit: Unit | None) -> str:
        """A canonical number without its unit; money in English is told in yuan."""
        if unit is None:
            return decimal(value)
        if unit.family == "money" and not self.zh:
            whole, _, rest = decimal(value).partition(".")
            return f"{int(whole):,}" + (f".{rest}" if rest else "")
        return decimal(Fraction(value) / Fraction(unit.factor))

    def unit(self, unit: Unit, *, one: bool = False) -> str:
        if self.zh:
            return unit.zh
        word = "yuan" if unit.family == "money" else singular(unit.en) if one else unit.en
        return _SPOKEN.get(word, word)

    def span_of(self, low: Exact, high: Exact, unit: Unit | None) -> str:
        """`0至30分（含两端）`, `from 0 to 30 points, both included`."""
        if unit is not None and unit.family == "ratio":
            first, last = self.amount(low, unit), self.amount(high, unit)
        else:
            first, last = self.numeral(low, unit), self.amount(high, unit)
        return self.say("{first}至{last}（含两端）", "from {first} to {last}, both included", first=first, last=last)

    def places(self, count: int) -> str:
        """`2位小数`, `1 decimal`."""
        return self.say("{n}位小数", "{n} decimal" if count == 1 else "{n} decimals", n=str(count))

    # -- dates ---------------------------------------------------------------------------------------------------

    def moment(self, value: date | Period) -> str:
        """`2025年3月1日`, `1 March 2025`; months, quarters and years likewise."""
        if not isinstance(value, Period):
            parts = {
                "y": str(value.year),
                "m": str(value.month),
                "d": str(value.day),
                "month": _MONTHS[value.month - 1],
            }
            return self.say("{y}年{m}月{d}日", "{d} {month} {y}", **parts)
        year = str(value.year)
        match value.grain:
            case "month":
                return self.say("{y}年{m}月", "{month} {y}", y=year, m=str(value.part), month=_MONTHS[value.part - 1])
            case "quarter":
                name = _QUARTERS[value.part - 1]
                return self.say("{y}年第{q}季度", "the {name} quarter of {y}", y=year, q=str(value.part), name=name)
            case _:
                return self.say("{y}年", "{y}", y=year)

    # -- rounding ------------------------------------------------------------------------------------------------

    def rounding(self, mode: str, step: str, *, one: bool = True) -> str:
        """How a number is rounded to `step`; `one` says that the step is a unit of which parts are rounded."""
        match mode:
            case "HALFUP":
                return self.say("四舍五入到{step}", "rounded to {step}, halves up", step=step)
            case "DOWN":
                zh = "舍去到{step}（不足的部分舍去）" if one else "舍去到{step}（多余的小数舍去）"
                return self.say(zh, "rounded down to {step}", step=step)
            case "UP":
                zh = "进位到{step}（不足的部分也进一）" if one else "进位到{step}（多余的小数进一）"
                return self.say(zh, "rounded up to {step}", step=step)
            case _:
                return self.say(
                    "五成双到{step}（恰好一半的取偶数）", "rounded to {step}, halves to the even neighbour", step=step
                )


def _joined(pieces: list[str]) -> str:
    """Pieces set side by side, with a blank where a Chinese character would touch a Latin letter."""
    text = ""
    for piece in pieces:
        if text and piece and _apart(text[-1], piece[0]):
            text += " "
        text += piece
    return text


def _apart(left: str, right: str) -> bool:
    return (_latin(left) and _chinese(right)) or (_chinese(left) and _latin(right))


def _latin(sign: str) -> bool:
    return sign == "_" or (sign.isascii() and sign.isalpha())


def _chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
