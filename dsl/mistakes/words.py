"""Words: misspelled, capitalised, glued together, split apart, or said as elsewhere (如果, else, 大于等于, max)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.spot import Edit, Slip, Spot, code
from dsl.mistakes.vocabulary import BEHIND, BETWEEN, COMPARED, FIGURE, SYNONYMS, TESTS
from dsl.syntax import parser
from dsl.syntax.words import Keyword

_WORD = re.compile(r"[^\W\d]\w*")

_SIGNS = re.compile(r"=\s*>|=\s*<|>\s+=|<\s+=|!\s+=|=\s*=|>\s*>|<\s*<")
_ORDERED = {"=>": "≥", ">=": "≥", "=<": "≤", "<=": "≤", "!=": "≠", "==": "=", ">>": ">", "<<": "<"}
_JOINING = frozenset(("score", "limit", "round", "logic", "compare", "line", "operator", "order", "test"))
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_NUMBER = re.compile(
    r"(百分之)?([零〇一二两三四五六七八九十百]+)(?=项|分|年|个月|名|次|元|天|岁|人|%|\s|$|,|:)"
)


def keywords_as_values(spot: Spot) -> Iterator[Slip]:
    """`| top || 15% |`: a value of a choice that is a keyword here stands in quotation marks."""
    left, right = "“”" if spot.place.language == "zh" else '""'
    starts = [m for m in _WORD.finditer(spot.plain[: spot.end]) if m.group() in spot.place.known.values]
    for found in reversed(starts[-2:]):
        quoted = f"{left}{spot.line[slice(*found.span())]}{right}"
        yield Slip("ZS167", *found.span(), (Edit(*found.span(), quoted),), {"word": found.group(), "meant": quoted})


def capitals(spot: Spot) -> Iterator[Slip]:
    """`When`, `Out Of`: English keywords are written small."""
    small = spot.plain.lower()
    if small == spot.plain:
        return
    for word in _WORD.finditer(spot.plain):
        for start, end, _ in _spelled_at(small, word.start(), "en"):
            if spot.plain[start:end] != small[start:end]:
                arguments = {"word": spot.line[start:end], "meant": small[start:end]}
                yield Slip("ZS133", start, end, (Edit(start, end, small[start:end]),), arguments)


def _spelled_at(text: str, at: int, language: str) -> Iterator[tuple[int, int, str]]:
    for keyword in parser.lexicon().keywords:
        spelling = keyword.spelled(language)
        if text.startswith(spelling, at) and not text[at + len(spelling) : at + len(spelling) + 1].isalnum():
            yield at, at + len(spelling), keyword.token


def _starts(spot: Spot) -> Iterator[tuple[int, frozenset[str]]]:
    """Where a wrong word may start, with the keywords it may stand for: at the place, or taken for a name before it."""
    yield spot.at, spot.allowed
    if before := re.search(r"[^\W\d]+$", spot.plain[: spot.gap]):
        yield before.start(), frozenset(parser.lexicon().by_token)


def synonyms(spot: Spot) -> Iterator[Slip]:
    """`上限 20`, `else:`, `减 2`: another word where the language has one of its own."""
    for start, allowed in _starts(spot):
        tokens = [token for token in allowed if token in SYNONYMS]
        pairs = [(len(word), word, t) for t in tokens for word in SYNONYMS[t] if spot.plain.startswith(word, start)]
        for length, word, token in sorted(pairs, reverse=True):
            end = start + length
            if word.isascii() and word[-1].isalpha() and spot.plain[end : end + 1].isalpha():
                continue
            meant = spot.place.word(token)
            arguments = {"word": spot.line[start:end], "meant": meant}
            yield Slip("ZS131", start, end, (_spaced(spot, start, end, meant),), arguments)


def _spaced(spot: Spot, start: int, end: int, text: str) -> Edit:
    """A word in place of columns, with a blank where it would touch another word."""
    before, after = spot.plain[start - 1 : start], spot.plain[end : end + 1]
    left = " " if before.isalnum() or (before in ")”" and before) else ""
    right = " " if after.isalpha() or after == "“" or (after.isdigit() and text.isascii()) else ""
    return Edit(start, end, left + text + right)


def misspelled(spot: Spot) -> Iterator[Slip]:
    """`平分` for 评分, `weigth`, `rounded too`: near a keyword that may stand here."""
    from dsl.suggest import nearest

    for start, allowed in _starts(spot):
        before = start < spot.at
        keywords = [k for k in parser.lexicon().keywords if k.token in allowed]
        own = [k.spelled(spot.place.language) for k in keywords]
        spellings = own + [k.zh for k in keywords] + [k.en for k in keywords]
        for end in _windows(spot, start):
            typed = " ".join(spot.plain[start:end].split())
            word = spot.line[start:end]
            joined = typed.replace(" ", "")
            if joined != typed and joined in spellings:
                yield Slip(
                    "ZS139", start, end, (Edit(start, end, joined),), {"word": word, "meant": joined}, whole=before
                )
            for meant in nearest(typed, spellings, limit=2):
                if abs(len(meant) - len(typed)) <= max(1, len(typed) // 3):
                    yield Slip(
                        "ZS130", start, end, (Edit(start, end, meant),), {"word": word, "meant": meant}, whole=before
                    )


def _windows(spot: Spot, at: int) -> list[int]:
    """Where one, two, three or four words from a column on end."""
    ends = []
    for _ in range(4):
        word = _WORD.match(spot.plain, at)
        if word is None:
            break
        ends.append(word.end())
        at = len(spot.plain) - len(spot.plain[word.end() :].lstrip(" \t\u3000"))
    return ends


def glued(spot: Spot) -> Iterator[Slip]:
    """`当笔试`, `笔试满分30`: a keyword and a name, or a number, without a blank between them."""
    for word in _WORD.finditer(spot.plain[: max(spot.end, spot.gap)]):
        all_cuts = tuple(_all_cuts(spot.plain, word.start(), word.end()))
        found = [(k.zh, at) for at in range(word.start(), word.end()) for k in _keywords(spot.plain, at, word.end())]
        for keyword, at in sorted(found, key=lambda pair: -len(pair[0])):
            arguments = {"word": word.group(), "keyword": keyword}
            if edits := tuple(_cuts(word.start(), word.end(), at, at + len(keyword))):
                yield Slip("ZS132", *word.span(), edits, arguments)
            if len(all_cuts) > len(edits) > 0:
                yield Slip("ZS132", *word.span(), all_cuts, arguments)


def _keywords(plain: str, at: int, end: int) -> list[Keyword]:
    pairs = parser.lexicon().zh.get(plain[at], ())
    return [keyword for spelling, keyword in pairs if plain.startswith(spelling, at) and at + len(spelling) <= end]


def _cuts(start: int, end: int, first: int, last: int) -> Iterator[Edit]:
    if first > start:
        yield Edit(first, first, " ")
    if last < end:
        yield Edit(last, last, " ")


def _all_cuts(plain: str, start: int, end: int) -> Iterator[Edit]:
    """Blanks around every keyword that joins words, read from the left."""
    at, last = start, -1
    while at < end:
        joining = [k for k in _keywords(plain, at, end) if k.family in _JOINING]
        stop = at + len(joining[0].zh) if joining else at + 1
        if joining:
            yield from (cut for cut in _cuts(start, end, at, stop) if cut.start != last)
            last = stop
        at = stop


def comparisons(spot: Spot) -> Iterator[Slip]:
    """`不少于`, `大于等于`, `is at least`, `=>`: signs stand for them."""
    if spot.plain.lstrip().startswith("|"):
        return
    for word in COMPARED.finditer(spot.plain):
        sign = TESTS[word.group("word")]
        yield Slip(
            "ZS155", word.start(), word.end(), (_sign(spot, *word.span(), sign),), _pair(spot, *word.span(), sign)
        )
    for signs in _SIGNS.finditer(spot.plain):
        sign = _ORDERED[re.sub(r"\s", "", signs.group())]
        yield Slip("ZS156", *signs.span(), (Edit(*signs.span(), sign),), _pair(spot, *signs.span(), sign))


def _pair(spot: Spot, start: int, end: int, meant: str) -> dict[str, str | int | tuple[str, ...]]:
    return {"word": spot.line[start:end], "meant": meant}


def _sign(spot: Spot, start: int, end: int, sign: str) -> Edit:
    left = "" if spot.plain[start - 1 : start].isspace() else " "
    right = "" if spot.plain[end : end + 1].isspace() else " "
    return Edit(start, end, left + sign + right)


def bounds(spot: Spot) -> Iterator[Slip]:
    """`笔试 60分以上` as a condition: the words for bands become signs."""
    if spot.plain.lstrip().startswith("|"):
        return
    shapes = [(rf"(?:为|在|达)?\s*{FIGURE}\s*({words})", sign) for sign, words in BEHIND.items()]
    for found in BETWEEN.finditer(code(spot.plain)):
        low, high = (spot.line[slice(*found.span(group))].strip() for group in (1, 2))
        of_field = spot.place.statement == "DATA" and not spot.place.head
        meant = f"{low}..{high}" if of_field else f"{spot.place.word('IN')} ({low}..{high})"
        edit = Edit(len(spot.plain[: found.start()].rstrip()), found.end(), f" {meant}")
        yield Slip("ZS137", *found.span(), (edit,), {"word": found.group().strip(), "meant": meant})
    for shape, sign in shapes:
        for found in re.finditer(shape, spot.plain):
            text = f" {sign} {spot.line[found.start(1) : found.end(1)].strip()}"
            edit = Edit(len(spot.plain[: found.start()].rstrip()), found.end(), text)
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            yield Slip(
                "ZS137", start, found.end(), (edit,), {"word": spot.line[start : found.end()], "meant": text.strip()}
            )


def dashes(spot: Spot) -> Iterator[Slip]:
    """`数 0-100 分`: a range is written with two dots."""
    if "DOTS" not in spot.allowed:
        return
    for found in re.finditer(r"(\d[\d.]*)\s*-\s*(\d[\d.]*)", spot.plain):
        if found.start() < spot.end and spot.at < found.end():
            meant = f"{found.group(1)}..{found.group(2)}"
            edit = Edit(found.start(), found.end(), meant)
            yield Slip("ZS185", *found.span(), (edit,), {"word": spot.line[slice(*found.span())], "meant": meant})


def chinese_numbers(spot: Spot) -> Iterator[Slip]:
    """`至少两项`, `百分之六十`: numbers are written in digits."""
    for found in _CHINESE_NUMBER.finditer(spot.plain):
        number = _number(found.group(2))
        if number is None:
            continue
        text = f"{number}%" if found.group(1) else str(number)
        before = spot.plain[found.start() - 1 : found.start()]
        edit = Edit(*found.span(), (" " if before.isalpha() else "") + text + ("" if found.group(1) else " "))
        yield Slip("ZS163", *found.span(), (edit,), {"word": found.group(), "meant": text})


def _number(text: str) -> int | None:
    """A Chinese number below a thousand."""
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in "十百":
            total, digit = total + (digit or 1) * (10 if sign == "十" else 100), 0
    return total + digit if text else None
