"""What a fix may never lose or move: figures, rounding words, limits and citations, in their order.

In: lines as typed and as they would be. Out: whether everything of these kinds in the first stands in the second, in
the same order; the same figure may be written in another way, and things may be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from dsl.syntax.text import plain

_CITE = re.compile(r"【([^】]*)】|\[([^\]]*)\]")
_CHINESE = dict(zip("零〇一二两三四五六七八九十", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_FIGURE = re.compile(r"(?<![A-Za-z_\d])(?<!\d\.)\d+(?:[.,]\d+)*(?:\s*[%‰])?|[零〇一二两三四五六七八九十](?=\s*位小数)")
_DAY = re.compile(r"(\d{1,4})\s*[-/÷.年]\s*(\d{1,2})\s*[-/÷.月]\s*(\d{1,4})(?!\d)")
MOST_DAYS = 31
_NUMBERING = re.compile(r"^[ \t\u3000]*(?:\(?\d+[.、)](?!\d)|[(（]?[一二三四五六七八九十]+[、)）])", re.MULTILINE)
"""The number of an item that a word processor puts before a line."""
_WHOLE = re.compile(r"(\bROUND(?:UP|DOWN)?\(.*,\s*)0(\s*\))", re.IGNORECASE)
"""A spreadsheet rounds to no decimals, which is to 1."""
_ROUNDING = {
    "down": r"舍去|去尾|向下取整|ROUNDDOWN|TRUNC|rounded down|round down",
    "up": r"进位|向上取整|ROUNDUP|rounded up|round up",
    "half": r"四舍五入|四舍六入|保留|取整|ROUND|rounded|round",
}
_LIMIT = re.compile(
    r"最高不得?超过|最多不得?超过|最低不得?低于|最少不得?低于|封顶|保底|不得?超过|不得?高于|不得?低于|不多于|不少于|至多|至少|最多|最少|最高|最低"
    r"|\b(?:capped|floored|at most|at least|(?:no|not) (?:more|less|better|worse|higher|lower) than|not exceed\w*"
    r"|maximum|minimum|max|min|cap|floor)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"≤|≥|<=?|>=?|较[大小]|以[上下]|不满|超过"
    r"|\b(?:or more|or less|or above|or below|up to|less than|more than|larger|smaller)\b"
)


def kept(old: str, new: str) -> bool:
    """Whether nothing of what only the author may change is lost or moved from the old lines to the new."""
    before, after = plain(old), plain(new)
    return (
        _in_order(_figures(_asked(before)), _figures(after))
        and _in_order(_roundings(before), _roundings(after))
        and _in_order(_citations(before), _citations(after))
        and len(_LIMIT.findall(before)) <= len(_LIMIT.findall(after)) + len(_COMPARED.findall(after))
    )


def words(text: str) -> frozenset[str]:
    """The names in some lines."""
    return frozenset(word for word in re.findall(r"[^\W\d]\w+", plain(text)))


def _in_order(old: list[frozenset[object]], new: list[frozenset[object]]) -> bool:
    rest = iter(new)
    return all(any(each & other for other in rest) for each in old)


def _asked(text: str) -> str:
    """Lines without what is no figure of the policy: citations, automatic numbers; and roundings as here."""
    return _WHOLE.sub(r"\g<1>1\2", _NUMBERING.sub("", _CITE.sub("", text)))


def _figures(text: str) -> list[frozenset[object]]:
    """The figures of some lines in order, each by what it may be worth: 95% is 0.95, and 95 of a hundred."""
    found: list[frozenset[object]] = []
    at = 0
    for match in _FIGURE.finditer(text):
        if match.start() < at:
            continue
        if (day := _DAY.match(text, match.start())) is not None:
            found.append(_days(*(int(part) for part in day.groups())))
            at = day.end()
        else:
            found += _values(match.group())
    return found


def _days(first: int, second: int, third: int) -> frozenset[object]:
    """The days that three figures may be: year first, or last behind day and month in either order."""
    orders = ((first, second, third),) if first > MOST_DAYS else ((third, second, first), (third, first, second))
    return frozenset(("day", *each) for each in orders)


def _values(figure: str) -> Iterator[frozenset[object]]:
    figure = figure.strip()
    if figure in _CHINESE:
        yield frozenset((Fraction(_CHINESE[figure]),))
        return
    share = {"%": 100, "‰": 1000}.get(figure[-1], 1)
    number = figure.rstrip("%‰ ")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    parts = number.split(",")
    for part in parts:
        pieces = part.split(".")
        if len(pieces) > 2:
            yield from (frozenset((Fraction(piece),)) for piece in pieces)
        else:
            value = Fraction(part)
            yield frozenset((value, value / share) if part is parts[-1] else (value,))


def _roundings(text: str) -> list[frozenset[object]]:
    """The rounding words in order, each by its direction; 舍去、保留 says one direction once."""
    pattern = "|".join(f"(?P<{name}>{words})" for name, words in _ROUNDING.items())
    text = re.sub(r"(舍去|去尾|进位|四舍五入)(?:后|[,\s])*保留", r"\1", text)
    return [frozenset((match.lastgroup,)) for match in re.finditer(pattern, text)]


def _citations(text: str) -> list[frozenset[object]]:
    return [frozenset(((cite[0] or cite[1]).strip(),)) for cite in _CITE.findall(text)]
