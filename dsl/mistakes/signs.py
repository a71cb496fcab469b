"""Signs and figures: quotes, brackets, Excel formulas, `X` for ×, percentages, dates, lists, citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.spot import Edit, Slip, Spot, code

_AND = re.compile(r"(?<=\s)(?:和|与|及|以及|或|and|or)(?=\s)")
_NUMBER = r"\d+(?:\.\d+)?"
_CITATION = re.compile(
    r"[(【]?(第[零〇一二三四五六七八九十百\d]+[条款章节项](?:之[一二三四五六七八九十]|[(][^()]{1,4}[)]|第[一二三四五六七八九十\d]+[款项])*"
    r"|(?:Art\.?|Article|Section|Sec\.|Clause|§)\s*\d[\d.]*(?:\(\w+\))*)[)]?"
)


def quotes(spot: Spot) -> Iterator[Slip]:
    """A quotation mark that is never closed."""
    marks = [m.start() for m in re.finditer('[“”"＂]', code(spot.plain))]
    if len(marks) % 2 == 0:
        return
    opened = marks[-1]
    closing = '"' if spot.line[opened] in '"＂' else "”"
    end = len(code(spot.plain))
    ends = [
        end,
        *(m.start() for m in re.finditer(r"\s*[:,|)]|\s+(?:因为|because)|\s*【|\s*\[", spot.plain[opened:end])),
    ]
    for at in [end, *(opened + e for e in ends[1:])]:
        if at > opened:
            yield Slip("ZS150", opened, opened + 1, (Edit(at, at, closing),), {"mark": closing})
    yield Slip("ZS150", opened, opened + 1, (Edit(end, end, closing),), {"mark": closing}, sure=True)


def lone_cite(spot: Spot) -> Iterator[Slip]:
    """A citation bracket that is never closed."""
    plain = code(spot.plain)
    for opening, closing in (("【", "】"), ("[", "]"), ("「", "」"), ("`", "`")):
        count = plain.count(opening)
        if count > plain.count(closing) or (opening == closing and count % 2):
            at = plain.rindex(opening)
            yield Slip(
                "ZS161", at, at + 1, (Edit(len(plain), len(plain), closing),), {"opening": opening, "closing": closing}
            )


def brackets(spot: Spot) -> Iterator[Slip]:
    """A bracket opened and not closed, or closed and not opened."""
    opened: list[int] = []
    for at, sign in enumerate(spot.plain):
        if sign == "(":
            opened.append(at)
        elif sign == ")":
            if not opened:
                yield Slip("ZS152", at, at + 1, (Edit(at, at + 1, ""),), {"sign": spot.line[at]})
                return
            opened.pop()
    if opened:
        closing = "）" if spot.line[opened[-1]] == "（" else ")"
        for at in (spot.gap, len(code(spot.plain))):
            yield Slip("ZS151", opened[-1], opened[-1] + 1, (Edit(at, at, closing),), {"sign": closing})


def times(spot: Spot) -> Iterator[Slip]:
    """`基数 X 系数`: a letter or a dot for the multiplication sign."""
    for found in re.finditer(r"(?<=[\w)%]) *([xX✕✖╳·•]|\*\*) *(?=[\w(])|(?<=[\d)%])([xX])(?=[\d(])", spot.plain):
        group = 1 if found.group(1) else 2
        yield Slip(
            "ZS142", *found.span(group), (Edit(*found.span(), " × "),), {"word": spot.line[slice(*found.span(group))]}
        )


def shares(spot: Spot) -> Iterator[Slip]:
    """`业绩（60%）`, `业绩：60分`: a figure that does not say what it is."""
    if spot.place.statement != "SCORE" or spot.place.head:
        return
    found = re.match(
        rf"\s*(?P<name>.+?)(?P<how>\s*[(:,=]\s*|\s+|(?<=\D))(?P<n>{_NUMBER})\s*(?P<unit>%|分|points|)\s*\)?\s*$",
        code(spot.plain),
    )
    if found is None:
        return
    word = spot.place.word("WEIGHT" if found.group("unit") == "%" else "OUTOF")
    number = found.group("n") + ("%" if found.group("unit") == "%" else "")
    name = spot.line[found.start("name") : found.end("name")]
    text = f"{name} {word} {number}"
    arguments = {"share": spot.line[found.start("n") : found.end("unit")], "meant": text}
    yield Slip("ZS140", found.start("how"), found.end(), (Edit(found.start("name"), found.end(), text),), arguments)


def bands(spot: Spot) -> Iterator[Slip]:
    """`80至90`, `80 to 90`: does 90 belong to it?"""
    low, to = rf"(?P<low>{_NUMBER})\s*(?:%|[^\W\d]{{0,3}}?)\s*", r"(?:至|到|-|–|—|\bup to\b|\bto\b)"
    shape = rf"{low}{to}\s*(?P<high>{_NUMBER})(?:\s*(?P<unit>%|[^\W\d]+))?"
    for found in re.finditer(shape, spot.plain):
        unit = found.group("unit") or ""
        least, high = (f"{found.group(g)}{'' if unit in ('', '%') else ' '}{unit}" for g in ("low", "high"))
        text, other = f"{least} {spot.place.word('GEW')} {spot.place.word('LTW')} {high}", f"{least}..{high}"
        arguments = {"word": found.group().strip(), "high": high, "without": text, "with": other}
        yield Slip("ZS141", *found.span(), (Edit(*found.span(), text),), arguments)


def thousands(spot: Spot) -> Iterator[Slip]:
    """`10,000 元`: no commas inside a number."""
    for found in re.finditer(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)", spot.plain):
        meant = found.group().replace(",", "")
        yield Slip(
            "ZS164",
            *found.span(),
            (Edit(*found.span(), meant),),
            {"word": spot.line[slice(*found.span())], "meant": meant},
        )


def money(spot: Spot) -> Iterator[Slip]:
    """`¥100`, `100块`: the unit stands behind, in words."""
    for found in re.finditer(rf"[¥￥]\s*({_NUMBER})", spot.plain):
        meant = f"{found.group(1)} " + ("元" if spot.place.language == "zh" else "yuan")
        yield Slip("ZS166", *found.span(), (Edit(*found.span(), meant),), {"word": found.group(), "meant": meant})


def dates(spot: Spot) -> Iterator[Slip]:
    """`2025-3-1`, `3月1日`, `01/03/2025`."""
    for found in re.finditer(
        r"(?<!\d)(\d{4})\s*[-.÷年]\s*(\d{1,2})\s*[-.÷月]\s*(\d{1,2})日?(?!\d)|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)",
        spot.plain,
    ):
        year, month, day = (g for g in found.groups() if g)
        meant = f"{year}-{int(month):02}-{int(day):02}"
        yield Slip(
            "ZS165",
            *found.span(),
            (Edit(*found.span(), meant),),
            {"word": spot.line[slice(*found.span())], "meant": meant},
        )
    for found in re.finditer(r"(?<!\d)(\d{4})\s*[-.÷年]\s*(\d)(?![\d月]|\s*[-.÷])", spot.plain):
        meant = f"{found.group(1)}-{int(found.group(2)):02}"
        word = spot.line[slice(*found.span())]
        yield Slip("ZS165", *found.span(), (Edit(*found.span(), meant),), {"word": word, "meant": meant})
    for found in re.finditer(r"(?<!\d)\d{1,2}[-.÷]\d{1,2}[-.÷]\d{2,4}(?!\d)|\d{1,2}月\d{1,2}日", spot.plain):
        word = spot.line[slice(*found.span())]
        sure = found.start() <= spot.at <= found.end()
        yield Slip("ZS165", *found.span(), (), {"word": word, "meant": "2025-03-01"}, sure=sure)


def citations(spot: Spot) -> Iterator[Slip]:
    """`第三条` outside 【】."""
    for found in _CITATION.finditer(spot.plain):
        cited = spot.line[found.start(1) : found.end(1)]
        wrapped = f"【{cited}】" if spot.place.language == "zh" else f"[{cited}]"
        end = len(code(spot.plain))
        rest = found.end() + len(spot.plain[found.end() :]) - len(spot.plain[found.end() :].lstrip(" \t\u3000,:.、"))
        arguments = {"word": spot.line[slice(*found.span())], "meant": wrapped}
        start = len(spot.plain[: found.start()].rstrip()) or found.start()
        if found.end() >= end:
            yield Slip(
                "ZS158",
                *found.span(),
                (Edit(start, found.end(), ("  " if found.start() else "") + wrapped),),
                arguments,
            )
        else:
            edits = (Edit(found.start(), rest, ""), Edit(end, end, "  " + wrapped))
            yield Slip("ZS158", *found.span(), edits, arguments)


def listed(spot: Spot) -> Iterator[Slip]:
    """`= 记过 和 记大过`, `= 记过、记大过`: several values of one thing."""
    item = r"(?:[^\W\d]\w*|“[^”]*”|\"[^\"]*\")"
    more = rf"(?:\s*(?:,|或|和|与|及|以及|\band\b|\bor\b)\s*{item})++(?!\s*[=<>≥≤≠])"
    found = re.search(
        rf"(?P<left>[^\W\d][\w.]*)\s*(?:=|为)\s*(?P<items>{item}{more})",
        spot.plain,
    )
    if found is None:
        return
    names = _AND.sub(lambda m: " " * len(m.group()), found.group("items"))
    at = found.start("items")
    items = [spot.line[at + m.start() : at + m.end()] for m in re.finditer(item, names)]
    joint = "，" if spot.place.language == "zh" else ", "
    text = f"{spot.place.word('IN')} ({joint.join(items)})"
    start = found.end("left") + len(spot.plain[found.end("left") :]) - len(spot.plain[found.end("left") :].lstrip())
    edits = (Edit(found.end("left"), found.end(), " " + text),)
    arguments = {"left": found.group("left"), "items": spot.line[slice(*found.span("items"))], "meant": text}
    yield Slip("ZS144", start, found.end(), edits, arguments)


def mixed(spot: Spot) -> Iterator[Slip]:
    """`甲 或 乙 且 丙`: two readings, the author must choose."""
    if spot.kind not in ("AND", "OR"):
        return
    head = re.match(r"\s*(?:定义|define\b|参数|parameter\b)[^=]*=", spot.plain)
    start = max(head.end() if head else 0, *(spot.plain.rfind(sign, 0, spot.at) + 1 for sign in "(|,"))
    guard = re.match(r"\s*(?:当|when\b|限|among\b|其中|where\b)?\s*", spot.plain[start:])
    start += guard.end() if guard else 0
    stop = re.compile(r"[:,|)]|$").search(spot.plain, spot.end)
    end = len(code(spot.plain[: stop.start()])) if stop else spot.end
    first, rest = spot.line[start : spot.gap], spot.line[spot.end : end].strip()
    splits = list(re.finditer(r"\s+(?:或|且|or|and)\s+", spot.plain[start : spot.gap]))
    if not splits:
        return
    last = start + splits[-1].end()
    one = f"({first}) {spot.word} {rest}"
    other = f"{spot.line[start:last]}({spot.line[last : spot.gap]} {spot.word} {rest})"
    arguments = {"one": one, "other": other}
    at = start + splits[-1].start() + len(splits[-1].group()) - len(splits[-1].group().lstrip())
    yield Slip("ZS145", at, spot.end, (), arguments, sure=True)


def odd_values(spot: Spot) -> Iterator[Slip]:
    """`选项 等级 = A+ > A`, `可缺 (N/A)`: values with signs in them stand in quotes."""
    for found in re.finditer(
        r"(?<=[=>,(|])\s*([^\s=>,()|“”\"]*[-+÷×/&]+[^\s=>,()|“”\"]*)\s*(?=[>,)|]|$)", code(spot.plain)
    ):
        word = spot.line[slice(*found.span(1))]
        quoted = f"“{word}”" if spot.place.language == "zh" else f'"{word}"'
        yield Slip("ZS167", *found.span(1), (Edit(*found.span(1), quoted),), {"word": word, "meant": quoted})
