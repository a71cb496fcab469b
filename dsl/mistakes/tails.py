"""What stands behind a value: `，保留两位小数`, `round 2`, `，最高 30 分`, `capped 30` as the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.spot import CITES, Edit, Slip, Spot, code
from dsl.syntax import parser
from dsl.syntax.text import plain as plain_form

_DIGIT = {
    "零": 0,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}
_PLACES_ZH = re.compile(
    r"\s*[,，]?\s*(?P<how>舍去|去尾|进位|四舍五入)?(?:后)?\s*[,，]?\s*(?:保留|精确到|取|到)?\s*(?P<n>[零一两二三四五六\d])\s*位(?:小数)?"
)
_PLACES_EN = re.compile(
    r"\s*,?\s*(?:and\s+)?(?P<how>round(?:ed)?(?:\s+(?:down|up))?)\s*(?:to|at|\()?\s*(?P<n>\d|one|two|three|four)\s*"
    r"(?:decimal places|decimals?|places|digits|d\.?p\.?)?\)?(?=\s|$|:)",
    re.IGNORECASE,
)
_AMOUNT = r"(?P<value>\d[\d.]*\s*(?:%|[^\W\d]+)?)"
_AND = r"\s*[,，]?\s*(?:(?:且|并|但|and|but)\s*)?"
_LIMITS = (
    ("CAP", rf"{_AND}(?:最高(?:为|不超过)?|最多(?:为|加)?|上限(?:为|是)?|封顶(?:为|到)|不得?超过|至多|累计不超过|以)"
            rf"\s*{_AMOUNT}(?:\s*(?:为限|封顶))?"),
    ("FLOOR", rf"{_AND}(?:最低(?:为|不低于)?|最少(?:为)?|下限(?:为|是)?|保底(?:为|到)|不得?低于|至少)\s*{_AMOUNT}"),
    ("CAP", rf"{_AND}\b(?:capped(?:\s+to)?|cap(?:\s+of|\s+at)?|max(?:imum)?(?:\s+of)?|at most|no more than"
            rf"|not more than|limited to|up to)\s*{_AMOUNT}"),
    ("FLOOR", rf"{_AND}\b(?:floored(?:\s+to)?|floor(?:\s+of|\s+at)?|min(?:imum)?(?:\s+of)?|at least|no less than"
              rf"|not less than)\s*{_AMOUNT}"),
)  # fmt: skip


def roundings(spot: Spot) -> Iterator[Slip]:
    """`，保留两位小数`, `round 2`: to how many decimals."""
    plain = code(spot.plain)
    for shape in (_PLACES_ZH, _PLACES_EN):
        for found in shape.finditer(plain):
            if found.start() == 0 or not (found.start() <= spot.at <= found.end()):
                continue
            count = _DIGIT.get(found.group("n").lower(), found.group("n"))
            text = f"{spot.place.word(_mode(found.group('how') or ''))} {places(int(count), spot.place.language)}"
            yield _slip(spot, found, text)


def limits(spot: Spot) -> Iterator[Slip]:
    """`，最高 30 分`, `capped 30`: the most or the least that a value may be."""
    plain = code(spot.plain)
    if plain.lstrip().startswith("|") or spot.place.statement == "QUOTA":
        return
    for token, shape in [*_LIMITS, *_named_limits(spot)]:
        for found in re.finditer(shape, plain, re.IGNORECASE):
            behind = plain[: found.start()].strip()
            if not behind or not (found.start() <= spot.at <= found.end()):
                continue
            value = spot.line[slice(*found.span("value"))].strip()
            yield _slip(spot, found, f"{spot.place.word(token)} {value}")


def _named_limits(spot: Spot) -> list[tuple[str, str]]:
    """The same shapes with a name of the document where a figure would stand: `，最高不超过封顶线`."""
    names = sorted((name for name in spot.place.known.names if name in spot.plain), key=len, reverse=True)
    if not names:
        return []
    named = f"(?P<value>{'|'.join(map(re.escape, names))})(?!\\w)"
    return [(token, shape.replace(_AMOUNT, named)) for token, shape in _LIMITS]


def whole_places(spot: Spot) -> Iterator[Slip]:
    """`取整 舍去` in a quota: places are whole, so to 1."""
    if spot.place.statement != "QUOTA":
        return
    shape = (
        r"\s*(?:取整|places)\s+(?P<how>四舍五入|舍去|去尾|进位|向上取整|向下取整"
        r"|round(?:ed)?(?:\s+(?:down|up))?|down|up)\s*$"
    )
    if found := re.match(shape, code(spot.plain)):
        how = found.group("how").replace("向上取整", "进位").replace("向下取整", "舍去")
        step = "1 名" if spot.place.language == "zh" else "1 place"
        text = f"{spot.place.word(_mode(how))} {step}"
        edits = (Edit(*found.span("how"), text),)
        yield Slip("ZS131", *found.span("how"), edits, {"word": found.group("how"), "meant": text})


def lone_limit(spot: Spot) -> Iterator[Slip]:
    """`最高 30 分` on a line of its own: of the line above, or of the whole?"""
    if spot.place.head or spot.place.statement not in ("SCORE", "DEFINE"):
        return
    plain = code(spot.plain)
    for token, shape in _LIMITS:
        found = re.fullmatch(shape, plain.strip(), re.IGNORECASE)
        above = [line for line in spot.place.before.splitlines() if line.strip()]
        if found is None or len(above) < 2:
            continue
        limit = f"{spot.place.word(token)} {found.group('value').strip()}"
        head = next(line for line in reversed(above) if not line[:1].isspace())
        own, whole = (CITES.sub("", code(line)).strip().rstrip(":") for line in (above[-1], head))
        colon = spot.place.sign(":")
        arguments = {"own": f"{own} {limit}", "whole": f"{whole} {limit}{colon}"}
        yield Slip("ZS198", len(spot.indent), len(plain), (), arguments, sure=True)


def mended_line(line: str, at: int, language: str) -> str | None:
    """A line in which a rounding or limit behind column `at` was taken for a unit, as it is meant."""
    words = parser.lexicon().by_token
    plain = plain_form(line)
    for shape in (_PLACES_ZH, _PLACES_EN):
        if (found := shape.search(plain, at)) is not None and found.start() > at and re.match(r"\s*\D", found.group()):
            count = int(_DIGIT.get(found.group("n").lower(), found.group("n")))
            text = f"{words[_mode(found.group('how') or '')].spelled(language)} {places(count, language)}"
            return f"{line[: found.start()]} {text}{line[found.end() :]}"
    for token, limit in _LIMITS:
        if (found := re.compile(limit, re.IGNORECASE).search(plain, at)) is not None and found.start() > at:
            value = line[slice(*found.span("value"))].strip()
            return f"{line[: found.start()]} {words[token].spelled(language)} {value}{line[found.end() :]}"
    return None


def places(count: int, language: str) -> str:
    """`2 位小数`, `2 decimals`."""
    return f"{count} 位小数" if language == "zh" else f"{count} decimal{'' if count == 1 else 's'}"


def _mode(how: str) -> str:
    how = how.lower()
    if "down" in how or how in ("舍去", "去尾"):
        return "DOWN"
    return "UP" if "up" in how or how == "进位" else "HALFUP"


def _slip(spot: Spot, found: re.Match[str], text: str) -> Slip:
    lead = len(found.group()) - len(found.group().lstrip(" ,，\t\u3000"))
    behind = spot.plain[found.end() : found.end() + 1]
    edit = Edit(found.start(), found.end(), f" {text}" + (" " if behind and behind not in " \t:)" else ""))
    word = spot.line[found.start() + lead : found.end()].strip()
    return Slip("ZS131", found.start() + lead, found.end(), (edit,), {"word": word, "meant": text})
