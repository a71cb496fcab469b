"""Words: misspelled, capitalised, glued together, split apart, or said as elsewhere (如果, else, 大于等于, max)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl import parser
from dsl.mistakes.spot import Edit, Slip, Spot
from dsl.words import Keyword

_WORD = re.compile(r"[^\W\d]\w*")

SYNONYMS: dict[str, tuple[str, ...]] = {
    "WHEN": ("如果", "若", "假如", "如", "凡", "if", "where", "whenever"),
    "OTHERWISE": ("其他情况", "其它情况", "其他", "其它", "其余情况", "否", "else", "default", "others"),
    "OUTOF": ("总分值", "分值", "标准分", "总分", "max", "of"),
    "WEIGHT": ("占比", "比重", "比例", "占", "weighting", "weighs", "share"),
    "ADD": ("加分", "加上", "奖励", "增加", "plus", "adds", "bonus"),
    "DEDUCT": ("扣分", "扣除", "减分", "减去", "减", "minus", "subtract", "deducts", "less"),
    "CAP": (
        "上限为",
        "上限",
        "最高不超过",
        "不超过",
        "最高为",
        "最高",
        "最多",
        "最大",
        "max",
        "maximum",
        "at most",
        "limit",
    ),
    "FLOOR": (
        "下限为",
        "下限",
        "floor",
        "floored",
        "最低不低于",
        "最低为",
        "最低",
        "最小",
        "min",
        "minimum",
        "at least",
    ),
    "AND": ("并且", "而且", "同时", "且同时", "和", "与", "及", "&&", "&"),
    "OR": ("或者", "或是", "||"),
    "NOT": ("不是", "并非", "没有", "未", "!"),
    "IN": ("属于以下", "在", "为以下", "within", "one of", "is in"),
    "DESC": ("由高到低", "降序", "倒序", "从大到小", "descending", "desc", "high to low"),
    "ASC": ("由低到高", "升序", "正序", "从小到大", "ascending", "asc", "low to high"),
    "EVERYFULL": ("每满足", "每达到", "for every full"),
    "EVERY": ("每增加", "每超过", "每有", "per", "for every", "for each"),
    "HALFUP": ("四舍五入", "保留", "round to", "rounded"),
    "NUM": ("数字", "数值", "小数", "浮点数", "numeric", "float", "decimal", "double"),
    "WHOLE": ("整型", "integer", "int"),
    "TEXT": ("字符串", "文字", "字符", "string", "str", "varchar"),
    "YESNO": ("布尔", "布尔值", "boolean", "bool", "yes/no"),
    "DATE_T": ("时间", "datetime"),
    "OPTIONAL": ("可空", "可为空", "选填", "nullable", "may be missing"),
    "KEY": ("唯一", "编号", "primary key", "id", "unique"),
    "MISSING": ("空", "为空", "缺失", "未填", "null", "empty", "blank"),
    "NONE": ("空", "null", "nothing"),
    "ANY": ("全部", "不限", "所有", "*", "all"),
    "POLICY": ("制度", "办法", "文件", "rules"),
    "DATA": ("表格", "字段", "记录", "record", "table", "fields"),
    "PARAM": ("常量", "变量", "param", "constant", "const", "let", "var", "set"),
    "DEFINE": ("公式", "计算", "函数", "def", "formula", "calculate", "compute", "function"),
    "SCORE": ("得分", "打分", "计分", "分数", "points", "scoring"),
    "RANK": ("排序", "名次", "order", "ranking", "sort"),
    "RESULT": ("输出", "结论", "output", "return", "results"),
    "EXAMPLE": ("例子", "举例", "示例", "例如", "test", "case"),
    "GIVEN": ("已知", "输入", "assume", "with", "input"),
    "EXPECT": ("应得", "结果为", "期望", "expected", "then", "gives"),
    "REFER": ("人工", "提请", "manual", "referred"),
    "EFFECTIVE": ("施行", "实施", "生效日期", "from"),
    "SHARE": ("并列名次", "相同名次", "同名", "equal"),
    "REQUIRE": ("要求", "资格", "condition", "require", "requirements"),
    "UPTO": ("到", "不超过", "to", "through"),
    "FROM": ("从", "since", "starting"),
    "ON": ("针对", "关于", "适用于", "for", "of", "to"),
    "BECAUSE": ("理由", "原因", "原因是", "reason", "since", "as"),
    "ACCEPT": ("接受", "确认", "ignore", "allow"),
}
"""What people write for a keyword, by the keyword's terminal; tried only where the keyword may stand."""

TEST_WORDS = {
    "≥": ("不少于", "不小于", "大于或等于", "大于等于", "大于或者等于", "不得少于", "不得低于", "至少为", "至少", "达到",
          "is greater than or equal to", "greater than or equal to", "is not less than", "no less than", "not less than",
          "is at least", "at least"),
    "≤": ("不大于", "不超过", "不多于", "小于或等于", "小于等于", "不得超过", "不得高于", "至多为", "至多", "最多",
          "is less than or equal to", "less than or equal to", "is not more than", "no more than", "not more than",
          "is at most", "at most"),
    ">": ("大于", "多于", "超过", "is greater than", "greater than", "is more than", "more than", "exceeds", "over"),
    "<": ("小于", "少于", "不足", "不满", "is less than", "less than", "under"),
    "≠": ("不等于", "不是", "is not equal to", "not equal to", "is not"),
    "=": ("等于", "equals", "is equal to", "equal to", "is"),
}  # fmt: skip
_TEST = {word: sign for sign, words in TEST_WORDS.items() for word in words}
_TESTS = re.compile(
    "(?P<word>" + "|".join(sorted((rf"\b{w}\b" if w.isascii() else w for w in _TEST), key=lambda w: -len(w))) + ")"
)
_SIGNS = re.compile(r"=\s*>|=\s*<|>\s+=|<\s+=|!\s+=|=\s*=|>\s*>|<\s*<")
_ORDERED = {"=>": "≥", ">=": "≥", "=<": "≤", "<=": "≤", "!=": "≠", "==": "=", ">>": ">", "<<": "<"}
_JOINING = frozenset(("score", "limit", "round", "logic", "compare", "line", "operator", "order", "test"))
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_NUMBER = re.compile(
    r"(百分之)?([零〇一二两三四五六七八九十百]+)(?=项|分|年|个月|名|次|元|天|岁|人|%|\s|$|,|:)"
)


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
            yield Slip("ZS131", start, end, (_spaced(spot, start, end, meant),), arguments, whole=start < spot.at)


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
        spellings = (
            [k.spelled(spot.place.language) for k in keywords] + [k.zh for k in keywords] + [k.en for k in keywords]
        )
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


def if_then(spot: Spot) -> Iterator[Slip]:
    """`如果笔试≥60分，则加4`, `if a then b`, and 否则 written `else`."""
    found = re.match(
        r"(\s*)(如果|假如|倘若|若|当|if\b|when\b)\s*(.+?)\s*[,，]?\s*(那么|则|就|\bthen\b)\s*[:,]?\s*(.*)$", spot.plain
    )
    if found is None:
        return
    when, colon = spot.place.word("WHEN"), spot.place.sign(":")
    condition, outcome = (spot.line[found.start(n) : found.end(n)] for n in (3, 5))
    after = colon if colon == "：" or not outcome else colon + " "
    text = f"{when} {condition}{after}{outcome}"
    typed = (
        f"{found.group(2)}…{found.group(4)}" if spot.place.language == "zh" else f"{found.group(2)} … {found.group(4)}"
    )
    yield Slip(
        "ZS153",
        found.start(2),
        found.end(4),
        (Edit(found.end(1), len(spot.line), text),),
        {"word": typed, "form": _when(spot)},
    )


def _when(spot: Spot) -> str:
    return "当 条件：结果" if spot.place.language == "zh" else "when condition: result"


def comparisons(spot: Spot) -> Iterator[Slip]:
    """`不少于`, `大于等于`, `is at least`, `=>`: signs stand for them."""
    if spot.plain.lstrip().startswith("|"):
        return
    for word in _TESTS.finditer(spot.plain):
        sign = _TEST[word.group("word")]
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
    shapes = (
        (r"(?:为|在|达)?\s*(\d[\d.]*\s*[^\W\d]{0,3}?%?)\s*(以上|及以上|or more)", "≥"),
        (r"(?:为|在)?\s*(\d[\d.]*\s*[^\W\d]{0,3}?%?)\s*(以下|及以下|以内|or less)", "≤"),
    )
    for shape, sign in shapes:
        for found in re.finditer(shape, spot.plain):
            text = f" {sign} {spot.line[found.start(1) : found.end(1)].strip()}"
            edit = Edit(len(spot.plain[: found.start()].rstrip()), found.end(), text)
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            yield Slip(
                "ZS137", start, found.end(), (edit,), {"word": spot.line[start : found.end()], "meant": text.strip()}
            )


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
