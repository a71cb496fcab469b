"""Lines: heads and their colons, indentation, names, numbering, two statements on one line, missing quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.sections import HEAD, HEADERS, first_keyword, statements
from dsl.mistakes.spot import CITES, Edit, Slip, Spot, code
from dsl.mistakes.vocabulary import SYNONYMS
from dsl.syntax import parser
from dsl.syntax.lexer import width

_NUMBERING = re.compile(
    r"\s*(\d+[.,)](?!\d)|[(]\d+[)]|[(]?[一二三四五六七八九十]+[)]?[,.]|[(][一二三四五六七八九十]+[)]|[①-⑳]|[•·●*]\s|[-]\s)\s*"
)
_FIELD = re.compile(r"\s*(?P<name>[^:|]+?)\s*:")
_NAME = re.compile(r"[^\W\d]\w*")


def colon(spot: Spot) -> Iterator[Slip]:
    """A head line, or a condition with lines under it, that does not end in a colon."""
    deeper = width(_blank(spot.place.after)) > width(spot.indent)
    if not (deeper or spot.place.head) or "COLON" not in spot.allowed:
        return
    end = len(_before_cites(spot.plain))
    mark = spot.place.sign(":")
    edits = (Edit(end, end, mark),)
    if spot.plain[end - 1 : end] == ",":
        edits = (Edit(end - 1, end, mark),)
    yield Slip("ZS120", end, end, edits)


def _blank(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t\u3000"))]


def _before_cites(plain: str) -> str:
    """The line without comment and citations."""
    return CITES.sub("", code(plain)).rstrip()


def other_colon(spot: Spot) -> Iterator[Slip]:
    """A line that ends in another sign (`;`, `，`, `.`) where a colon belongs, or that has `：` for `=`."""
    sign = spot.plain[spot.at : spot.at + 1]
    if sign == "," and "COLON" in spot.allowed:
        typed = {"word": spot.line[spot.at], "meant": spot.place.sign(":")}
        yield Slip("ZS129", spot.at, spot.at + 1, (Edit(spot.at, spot.at + 1, spot.place.sign(":")),), typed)
    if sign == "," and re.match(r"\s*(?:当|when\b)", spot.plain) and ":" in spot.plain[spot.end :]:
        both = spot.place.word("AND")
        edits = (Edit(spot.gap, spot.end + _blanks(spot.plain, spot.end), f" {both} "),)
        yield Slip("ZS131", spot.at, spot.end, edits, {"word": spot.word, "meant": both})
    if sign == ":" and "EQUAL" in spot.allowed:
        typed = {"word": spot.line[spot.at], "meant": "="}
        yield Slip(
            "ZS168",
            spot.at,
            spot.at + 1,
            (Edit(spot.gap, spot.at + 1 + _blanks(spot.plain, spot.at + 1), " = "),),
            typed,
        )
    if sign == "=" and "COLON" in spot.allowed:
        typed = {"word": "=", "meant": spot.place.sign(":")}
        yield Slip("ZS168", spot.at, spot.end, (Edit(spot.gap, spot.end + _double(spot), spot.place.sign(":")),), typed)
    head = re.match(r"\s*(?:定义|define)\b[^:=]*(:)", spot.plain)
    if head and spot.place.head and spot.at > head.start(1):
        typed = {"word": spot.line[head.start(1)], "meant": "="}
        yield Slip(
            "ZS168",
            head.start(1),
            head.end(1),
            (Edit(head.start(1), head.end(1) + _blanks(spot.plain, head.end(1)), " = "),),
            typed,
        )


def _double(spot: Spot) -> int:
    """Blanks that a full-width colon makes needless."""
    return _blanks(spot.plain, spot.end) if spot.place.language == "zh" else 0


def _blanks(plain: str, at: int) -> int:
    return len(plain[at:]) - len(plain[at:].lstrip(" \t\u3000"))


def trailing(spot: Spot) -> Iterator[Slip]:
    """A `；`, `，` or `,` left at the end of a line, or a stray sign anywhere."""
    end = len(_before_cites(spot.plain))
    if end and spot.plain[end - 1] in ",:" and spot.at >= end - 1:
        yield Slip("ZS159", end - 1, end, (Edit(end - 1, end, ""),), {"word": spot.line[end - 1]})
    if spot.kind in ("UNKNOWN", "COMMA", "DOT", "COLON") and spot.end == spot.at + 1:
        inside = spot.gap and spot.plain[spot.gap : spot.at] == "" and spot.plain[spot.end : spot.end + 1].isalnum()
        edits = (Edit(spot.gap or spot.at, spot.end, " " if inside else ""),)
        yield Slip("ZS159", spot.at, spot.end, edits, {"word": spot.word}, whole=True)


_FROM_WHEN = re.compile(r"\s*(?:自|从|from\b)", re.IGNORECASE)
_ON_FROM = re.compile(
    r"(?<=[\d日月年])\s*(?:(起|以后|之后|起施行|起执行|onwards?\b|on\b)?"
    r"\s*(至|到|up to\b|until\b|till\b|to\b|through\b)"
    r"|(起施行|起执行|起|以后|之后|为止|止|onwards?\b|on\b)(?=\s*:))\s*"
)


_BARE_DAY = re.compile(
    r"\s*(?P<said>(?P<day>\d{4}(?:[-.年]\d{1,2}(?:[-.月]\d{1,2}日?|月?)?|年)?)\s*"
    r"(?P<on>起施行|起执行|起|以后|之后|开始|onwards?\b|on\b)?)\s*:"
)
"""`2010年7月1日起：` without 自 before it."""


def since(spot: Spot) -> Iterator[Slip]:
    """`自 2010-07-01 起至 2011-06-30 止：` in a dated line: 自 … 至 … say it."""
    if spot.place.head or spot.place.statement != "PARAM":
        return
    if found := _BARE_DAY.match(spot.plain):
        before = Edit(found.start("day"), found.start("day"), f"{spot.place.word('FROM')} ")
        day = (before, Edit(*found.span("on"), "")) if found["on"] else (before,)
        meant = f"{spot.place.word('FROM')} {spot.line[slice(*found.span('day'))]}"
        yield Slip("ZS131", *found.span("said"), day, {"word": spot.line[slice(*found.span("said"))], "meant": meant})
        return
    if not _FROM_WHEN.match(spot.plain):
        return
    edits = [
        Edit(*found.span(), f" {spot.place.word('UPTO')} " if found[2] else "")
        for found in _ON_FROM.finditer(spot.plain.partition(":")[0] + ":")
    ]
    if edits:
        word = spot.line[edits[0].start : edits[0].end].strip()
        meant = edits[0].text.strip()
        code, told = ("ZS131", {"word": word, "meant": meant}) if meant else ("ZS159", {"word": word})
        yield Slip(code, edits[0].start, edits[0].end, tuple(edits), told)


def head_line(spot: Spot) -> Iterator[Slip]:
    """`闰日 在三月` under a statement: it belongs into the head."""
    if spot.place.statement in ("POLICY", "AMEND", ""):
        return
    start = len(spot.indent)
    for word in (spot.place.word(token) for token in HEAD):
        end = start + len(word)
        follows = spot.plain[end : end + 1]
        if spot.plain.startswith(word, start) and follows == " " and spot.at >= end and "=" not in spot.plain:
            yield Slip("ZS100", start, end, (), {"word": word}, sure=True)


def comma(spot: Spot) -> Iterator[Slip]:
    """`结果 总分 名次`: names one after another without a comma."""
    listing = spot.place.statement in ("RESULT", "EXAMPLE", "CHOICE") or spot.plain[: spot.at].count("(") > spot.plain[
        : spot.at
    ].count(")")
    if "COMMA" in spot.allowed and (listing or spot.place.statement == "DATA") and spot.end > spot.at > spot.gap:
        mark = "，" if spot.place.language == "zh" else ", "
        yield Slip("ZS157", spot.gap, spot.at, (Edit(spot.gap, spot.at, mark),), {"sign": mark.strip()})


def numbering(spot: Spot) -> Iterator[Slip]:
    """`1. 业绩 权重 60%`: the automatic numbering of a word processor."""
    if found := _NUMBERING.match(spot.plain):
        start = found.start(1)
        yield Slip(
            "ZS134",
            start,
            found.end(1),
            (Edit(start, found.end(), ""),),
            {"word": spot.line[start : found.end(1)].strip()},
        )


def margin(spot: Spot) -> Iterator[Slip]:
    """A part at the margin that belongs under the statement above."""
    if spot.indent or first_keyword(spot.plain, [*HEADERS, *statements()]):
        return
    blanks = "    "
    if spot.place.statement in HEADERS and not spot.place.head:
        own = any(spot.plain.startswith(spot.place.word(token)) for token in HEAD)
        pairs = [
            (w, t) for t in HEAD for w in SYNONYMS[t] if not own and re.match(rf"{re.escape(w)}(?![a-z])", spot.plain)
        ]
        word, token = max(pairs, key=lambda pair: len(pair[0]), default=("", ""))
        edit = Edit(0, len(word), blanks + (spot.place.word(token) if token else ""))
        yield Slip("ZS121", 0, len(code(spot.plain)), (edit,), {"head": _head_name(spot.place.before)})
    elif "_INDENT" in spot.allowed and not spot.place.head:
        yield Slip("ZS121", 0, len(code(spot.plain)), (Edit(0, 0, blanks),), {"head": _head_name(spot.place.before)})
    elif spot.place.block:
        above = spot.place.block.splitlines()
        blanks = _blank(above[-1]) or blanks
        yield Slip("ZS121", 0, len(code(spot.plain)), (Edit(0, 0, blanks),), {"head": _head_name(above[0])}, whole=True)


def _head_name(before: str) -> str:
    """The first two words of the statement above."""
    last = [line for line in before.splitlines() if line.strip() and not line[0].isspace()][-1]
    found = re.match(r"\S+\s+(?:“[^”]*”|\"[^\"]*\"|[^\s:：]+)", last)
    return found.group() if found else re.sub(r"[:：].*", "", last).strip()


def indentation(spot: Spot) -> Iterator[Slip]:
    """A line that stands deeper than the one above allows, or at a depth that no line above has."""
    above = [line for line in spot.place.before.splitlines() if line.strip()]
    if spot.at > len(spot.indent) or not above:
        return
    depths = sorted({_blank(line) for line in above}, key=width, reverse=True)
    for blanks in depths:
        edits = (Edit(0, len(spot.indent), blanks),)
        if spot.indent and width(blanks) < width(spot.indent) and spot.kind == "_INDENT":
            yield Slip("ZS122", 0, len(spot.indent), edits, {"above": above[-1].strip()})
        elif spot.kind == "BAD_DEDENT" and blanks != spot.indent:
            yield Slip(
                "ZS123", 0, max(len(spot.indent), 1), edits, {"width": width(spot.indent), "wanted": width(blanks)}
            )
    if spot.kind == "_INDENT" or (spot.allowed == {"ACCEPT"} and len(above) > 1):
        yield Slip("ZS122", 0, len(spot.indent), (), {"above": above[-1].strip()}, sure=True)


def deeper(spot: Spot) -> Iterator[Slip]:
    """A line under a head or condition that does not stand deeper than it."""
    if spot.at <= len(spot.indent) and spot.allowed == {"_INDENT"} and spot.indent:
        above = [line for line in spot.place.before.splitlines() if line.strip()][-1].strip()
        arguments = {"above": above.rstrip(":")}
        yield Slip("ZS169", len(spot.indent), len(code(spot.plain)), (Edit(0, 0, "    "),), arguments, sure=True)


def same_line(spot: Spot) -> Iterator[Slip]:
    """`评分 得分：业绩 满分 60` and two statements on one line: a line each."""
    before = spot.plain[: spot.gap].rstrip(" ,")
    rest = spot.line[spot.at :].lstrip("，,；;。 \t\u3000")
    if not rest or not before.strip() or spot.at >= len(_before_cites(spot.plain)):
        return
    if before.endswith(":") and "_NL" in spot.allowed:
        yield Slip("ZS128", spot.at, len(code(spot.plain)), (Edit(len(before), spot.at, "\n" + spot.indent + "    "),))
        return
    skipped = len(spot.line) - len(rest)
    edits = (Edit(len(before), skipped, "\n" + spot.indent),)
    keyword = first_keyword(
        spot.plain[skipped:], [*statements(), "WHEN", "OTHERWISE", "EXPECT", "GIVEN", "BY", "EDGE", "TIES"]
    )
    if keyword or spot.plain[spot.at] == ",":
        yield Slip("ZS125", skipped, len(code(spot.plain)), edits)


def unquoted(spot: Spot) -> Iterator[Slip]:
    """A title, a reason, the name of an example without quotation marks."""
    if "STRING" not in spot.allowed or "NUMBER" in spot.allowed or spot.end == spot.at:
        return
    left, right = "“”" if spot.place.language == "zh" else '""'
    end = len(_before_cites(spot.plain))
    stops = [m.start() for m in re.finditer(r"\s*(?:因为|because)|\s*:|\s*[|,]", spot.plain[spot.at : end])]
    for stop in [end, *(spot.at + s for s in stops)]:
        text = spot.line[spot.at : stop].strip("《》‘’'「」:： ")
        if text:
            gap = " " if spot.at and not spot.plain[spot.at - 1].isspace() else ""
            edits = (Edit(spot.at, stop, f"{gap}{left}{text}{right}"),)
            yield Slip("ZS127" if spot.place.statement in HEADERS else "ZS160", spot.at, stop, edits, {"text": text})


def names(spot: Spot) -> Iterator[Slip]:
    """Blanks inside a name, and names with signs or a leading digit."""
    if spot.place.statement == "DATA" and not spot.place.head and (found := _FIELD.match(spot.plain)):
        yield from _renamed(spot, found.start("name"), found.end("name"))
    if re.match(r"[^\W\d]", spot.word) and spot.gap < spot.at:
        before = re.search(r"(?<![\w.])([^\W\d]\w*)$", spot.plain[: spot.gap])
        if before and not _is_keyword(before.group()) and not re.search(r"\d\s*$", spot.plain[: before.start()]):
            yield from _renamed(spot, before.start(), spot.end, whole=spot.kind not in ("NAME", "LABEL"))
    if spot.kind in ("LPAR", "MINUS", "TIMES", "NUMBER", "DECIMALS_N") and spot.place.head:
        around = re.search(r"[\w()\-÷/+&#]+$", spot.plain[: spot.end])
        rest = re.match(r"[\w()\-÷/+&#]*", spot.plain[spot.end :])
        if around and rest and not around.group().isdigit():
            yield from _renamed(spot, around.start(), spot.end + rest.end())


def field_types(spot: Spot) -> Iterator[Slip]:
    """`岗位：选项 高柜、低柜`, `金额：0 到 1000 万元`: a choice without brackets, a number that is not called one."""
    if spot.place.statement != "DATA" or spot.place.head:
        return
    plain = code(spot.plain)
    if found := re.match(r"\s*[^:]+:\s*(?:选项|choice)(?P<gap>\s*)(?P<values>[^(].*)$", plain):
        listed = spot.line[slice(*found.span("values"))].strip()
        edits = (Edit(found.start("gap"), len(plain), f" ({listed})"),)
        yield Slip("ZS131", *found.span("values"), edits, {"word": listed, "meant": f"({listed})"}, whole=True)
    shape = r"\s*[^:]+:(?P<gap>\s*)(?P<low>\d[\d.]*)\s*(?:到|至|-|~|～|\.\.|\bto\b)\s*(?P<high>\d[\d.]*)(?=\s)"
    if found := re.match(shape, plain):
        word = spot.place.word("NUM")
        meant = f"{word} {found.group('low')}..{found.group('high')}"
        blank = "" if spot.line[found.start("gap") - 1] == "：" else " "
        edits = (Edit(found.start("gap"), found.end("high"), blank + meant),)
        typed = spot.line[found.end("gap") : found.end("high")]
        yield Slip("ZS185", found.end("gap"), found.end("high"), edits, {"word": typed, "meant": meant}, whole=True)


def _is_keyword(word: str) -> bool:
    return any(word in (keyword.zh, *keyword.en.split()) for keyword in parser.lexicon().keywords)


def _renamed(spot: Spot, start: int, end: int, *, whole: bool = False) -> Iterator[Slip]:
    word = spot.line[start:end]
    if _NAME.fullmatch(word) or word[:1] in "「`" or not re.search(r"\w", word):
        return
    if re.fullmatch(r"[^\W\d]\w*(?:[ \t\u3000]+\w+)+", word):
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in word)
        meant = re.sub(r"[ \t\u3000]+", "" if chinese else "_", word)
        yield Slip("ZS135", start, end, (Edit(start, end, meant),), {"word": word, "meant": meant}, whole=whole)
    else:
        meant = f"「{word}」" if spot.place.language == "zh" else f"`{word}`"
        yield Slip("ZS136", start, end, (Edit(start, end, meant),), {"word": word})
