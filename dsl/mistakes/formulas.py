"""Lines with a spreadsheet's formula, or a function that there is not, as lines of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.declared import Known
from dsl.mistakes.spot import CITES, Edit, Slip, Spot, code
from dsl.mistakes.spreadsheet import FUNCTIONS, Case, Speaker, UnsaidError
from dsl.syntax import parser
from policy.diagnostic import Argument

_CALL = re.compile(r"(?<![\w.])([^\W\d]\w*)\s*\(")
_CELL = re.compile(r"(?<![\w$])\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?(?![\w(])")

UNSAID: dict[str, str] = {
    **dict.fromkeys(("sqrt", "power", "pow", "exp", "log", "ln", "sqr", "root", "开方", "平方根", "乘方"), "ZS189"),
    **dict.fromkeys(("stdev", "stdevp", "stddev", "standard_deviation", "variance", "var", "标准差", "方差"), "ZS189"),
    **dict.fromkeys(("left", "right", "mid", "middle", "substr", "substring", "len", "find", "search", "text", "value",
        "concatenate", "concat", "trim", "upper", "lower", "replace", "starts_with", "contains", "左", "右", "截取"),
        "ZS190"),
    **dict.fromkeys(("vlookup", "hlookup", "xlookup", "lookup", "index", "match", "choose", "查找"), "ZS191"),
    **dict.fromkeys(("rank", "rank_eq", "large", "small", "排名", "名次"), "ZS192"),
    **dict.fromkeys(("percentile", "percentrank", "quartile", "percent_rank", "百分位"), "ZS193"),
    **dict.fromkeys(("abs", "absolute", "绝对值"), "ZS194"),
    **dict.fromkeys(("workdays", "networkdays", "workday", "business_days", "工作日"), "ZS197"),
}  # fmt: skip
"""Functions that people ask for and there are not, by the code that says what to do instead."""

_NEAR: dict[str, str] = {
    "total": "SUM", "average": "AVG", "mean": "AVG", "avg": "AVG", "maximum": "MAX", "max": "MAX", "min": "MIN",
    "minimum": "MIN", "number": "COUNT", "求和": "SUM", "总和": "SUM", "均值": "AVG", "平均值": "AVG", "平均数": "AVG",
    "最大": "MAX", "最大值": "MAX", "最小": "MIN", "最小值": "MIN", "计数": "COUNT", "数量": "COUNT", "人数": "COUNT",
    "years": "FULLYEARS", "age": "FULLYEARS", "years_between": "FULLYEARS", "months_between": "FULLMONTHS",
    "性别": "FEMALE", "sex": "FEMALE", "gender": "FEMALE", "生日": "BIRTHOF", "birthday": "BIRTHOF",
    "birth_date": "BIRTHOF",
    "周岁": "FULLYEARS", "年数": "FULLYEARS", "月数": "FULLMONTHS", "days": "DAYS", "any": "EXISTS", "存在": "EXISTS",
    "newest": "LATEST", "last": "LATEST", "最新": "LATEST", "最后": "LATEST", "streak": "STREAK",
}  # fmt: skip


def formulas(spot: Spot) -> Iterator[Slip]:
    """`=ROUND(a*b,0)`, `IF(a>b,1,2)`, `SUMIF(…)`: a formula of a spreadsheet."""
    plain = code(spot.plain)
    found = next(
        (m for m in _CALL.finditer(plain) if m.group(1).upper() in FUNCTIONS and not _own(m.group(1), spot)), None
    )
    if found is None:
        return
    function = found.group(1).upper()
    try:
        text = rewritten(spot.line[: len(plain)], spot.place.language, spot.place.known)
    except UnsaidError as error:
        slip = no_function(str(error), spot, found.start(), len(plain))
        yield slip
        return
    yield Slip(
        "ZS154" if "\n" in text else "ZS143", found.start(), len(plain), (Edit(0, len(plain), text),),
        {"word": function}, sure=True,
    )  # fmt: skip


def _own(name: str, spot: Spot) -> bool:
    """Whether a name in small letters is a word of the language or the document."""
    return name.islower() and _callable(name, spot.place.known)


def cells(spot: Spot) -> Iterator[Slip]:
    """`$A$1`, `B2:B10`: the address of a cell means nothing here."""
    for found in _CELL.finditer(code(spot.plain)):
        if found.group() not in spot.place.known.names and ("$" in found.group() or ":" in found.group()):
            yield Slip("ZS195", *found.span(), (), {"word": found.group()}, sure=True)


def unknown_functions(spot: Spot) -> Iterator[Slip]:
    """`percentile(all person.mark, 90)`: a function that there is not, in which nothing can be read."""
    depth = 0
    for at in range(min(spot.at, len(spot.plain)) - 1, -1, -1):
        sign = spot.plain[at]
        depth += (sign == ")") - (sign == "(")
        if sign == "(" and depth < 0:
            found = re.search(r"(?<![\w.])([^\W\d]\w*)\s*$", spot.plain[:at])
            if found is not None and not _callable(found.group(1), spot.place.known):
                yield no_function(found.group(1), spot, found.start(1), found.end(1))
            return


def powers(spot: Spot) -> Iterator[Slip]:
    """`mark ^ 2`."""
    if found := re.search(r"\^|\*\*", code(spot.plain)):
        yield Slip("ZS189", *found.span(), (), {"name": found.group()}, sure=True)


def clock_times(spot: Spot) -> Iterator[Slip]:
    """`came > 09:05`: times of day."""
    if found := re.search(r"(?<![\d:./-])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])", code(spot.plain)):
        yield Slip("ZS196", *found.span(), (), {"word": found.group()}, sure=True)


def texts_taken_apart(spot: Spot) -> Iterator[Slip]:
    """`id starts with "33"`, `姓名 包含 “张”`."""
    shape = (
        r"\b(?:starts? with|begins? with|ends? with|contains?|like|matches)\b"
        r"|(?:开头|结尾)(?:为|是)|以\s*[“\"].*?(?:开头|结尾)|包含"
    )
    if found := re.search(shape, code(spot.plain)):
        yield Slip("ZS190", *found.span(), (), {"name": found.group()}, sure=True)


def _callable(name: str, known_names: Known) -> bool:
    keywords = parser.lexicon().keywords
    return name in known_names.names or any(name in (k.zh, k.en, *k.en.split()) for k in keywords)


def no_function(name: str, spot: Spot, start: int, end: int) -> Slip:
    """That a function does not exist, and what there is for it."""
    said, arguments, near = unsaid(name, spot.place.language)
    edits = (Edit(start, end, near),) if near and spot.plain[start:end] == name else ()
    return Slip(said, start, end, edits, arguments, sure=True)


def unsaid(name: str, language: str) -> tuple[str, dict[str, Argument], str]:
    """The code that says that there is no such function, its arguments, and the function that is nearest, if any."""
    if (said := UNSAID.get(name.lower())) is not None:
        return said, {"name": name}, ""
    near = nearest_function(name, language)
    return "ZS188", {"name": name, "near": near}, near


def nearest_function(name: str, language: str) -> str:
    """The function of the language that a name most likely means, or empty."""
    from dsl.suggest import nearest

    if (token := _NEAR.get(name.lower())) is not None:
        return parser.lexicon().by_token[token].spelled(language)
    functions = [k.spelled(language) for k in parser.lexicon().keywords if k.family == "aggregate"]
    found = nearest(name, functions)
    return found[0] if found else ""


def rewritten(line: str, language: str, names: Known) -> str:
    """A line whose value is a formula, as lines of the language. Raises UnsaidError."""
    cites = CITES.search(line)
    body, cited = (line[: cites.start()], line[cites.start() :]) if cites else (line, "")
    head, value = _split(body)
    found = Speaker(language, names).cases(_plain(value))
    if len(found) == 1 and found[0].guard is None:
        return f"{head}{found[0].value}{cited}"
    return _cases(head, found, cited, language)


def _plain(value: str) -> str:
    from dsl.syntax.text import plain

    return plain(value)


def _split(body: str) -> tuple[str, str]:
    """What stands before a value, with its blank, and the value: behind `=` of a definition, `:` of a case."""
    found = re.match(r"(.*?(?:[:：]|(?<![<>!=≥≤≠])[=＝](?!=))\s*)(?:[=＝]\s*)?(.*)$", body)
    return (found.group(1), found.group(2)) if found else ("", body)


def _cases(head: str, found: list[Case], cited: str, language: str) -> str:
    """A definition by cases; the clause stands behind its head."""
    words = parser.lexicon().by_token
    colon = "：" if language == "zh" else ":"
    gap = "" if language == "zh" else " "
    indent = head[: len(head) - len(head.lstrip(" \t\u3000"))]
    name = head.strip().rstrip("=＝:：").strip()
    order = f" {words['INORDER'].spelled(language)}" if sum(case.guard is not None for case in found) > 1 else ""
    lines = [f"{indent}{name}{order}{colon}{cited}"]
    for case in found:
        test = words["OTHERWISE"].spelled(language) if case.guard is None else (
            f"{words['WHEN'].spelled(language)} {case.guard}")  # fmt: skip
        lines.append(f"{indent}    {test}{colon}{gap}{case.value}")
    return "\n".join(lines)
