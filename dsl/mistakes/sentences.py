"""Sentences: `if score is at least 90 then grade A`, `如果…就…否则…`, `everyone else gets F`, `not better than C`.

A sentence is cut into its condition and what it gives; the condition's words become signs, and of what it gives the
name of a choice before one of its values and verbs such as `gets` or `评为` are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.declared import Known
from dsl.mistakes.spot import CITES, Edit, Slip, Spot, code, tried
from dsl.mistakes.vocabulary import BEHIND, BETWEEN, COMPARED, FIGURE, TESTS

_IF = re.compile(
    r"(?P<if>如果|假如|倘若|若|凡|当|if\b|when\b|whenever\b|elif\b|else if\b|否则如果|否则当)\s*(?P<test>.+?)\s*"
    r"(?P<then>[,，]?\s*(?:那么|则|就|的[,，]|\bthen\b)\s*[:,，]?|[:：]|(?=(?:加|扣|\badd\b|\bdeduct\b)\s*\d))\s*(?P<gives>[^:：]*?)"
    r"(?:\s*[;,；，]?\s*(?P<else>否则|其他|不然|else|otherwise)\s*[:,，]?\s*(?P<other>.+))?$",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"(?P<if>)(?P<test>[^:：]+?)(?P<then>的\s*[,，]?\s*(?:则|就)?|[,，]\s*(?:则|就)?)\s*"
    r"(?P<gives>(?:评定?为|定为|确定为|列为|视为|为|得)[^:：]+)(?P<else>)(?P<other>)$"
)
"""`笔试 90 分以上的，为优秀`: a case without a word for if."""
_ELSE = re.compile(
    r"(?:否则|其余的?|其他的?|其它的?|其他人|其余人员?|everyone else|everybody else|anyone else|all others|the rest"
    r"|else|otherwise)\s*(?:[:：,，]|(?=\s|为|是|得|评))\s*(?P<gives>.+)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:则|就)?(?:评定?为|定为|确定为|列为|视为|为|是|得|给予|给|发放|发|=|＝|\b(?:gets?|receives?|is|are|becomes?|gives?|assign|return)\b)\s*",
    re.IGNORECASE,
)
_BEHIND = [(re.compile(rf"{FIGURE}\s*(?:{words})的?"), sign) for sign, words in BEHIND.items()]
_RANGE = re.compile(rf"{FIGURE}\s*(?:到|至|-|~|～|\bto\b)\s*{FIGURE}$")
"""`70 至 85`: whether 85 belongs to it only another line can tell."""
_CAPPED = re.compile(
    r"(?:不得?高于|不得?超过|不能高于|不能超过|不优于|最高(?:为|评为|定为|是|只能为)?|最多(?:为|评为)?|至多(?:为)?"
    r"|\b(?:cannot (?:be|get) |may not be |can not be |be )?(?:not|no|never) (?:better|higher|more) than\b"
    r"|\bcannot (?:be|get) (?:better|higher) than\b|\b(?:at most|at best|maximum|max)\b(?: of)?)\s*",
    re.IGNORECASE,
)
_FLOORED = re.compile(
    r"(?:不得?低于|不能低于|最低(?:为|评为|定为)?|至少(?:为)?|\b(?:not|no|never) (?:worse|lower|less) than\b"
    r"|\b(?:at least|minimum|min)\b(?: of)?)\s*",
    re.IGNORECASE,
)


def sentences(spot: Spot) -> Iterator[Slip]:
    """A condition and what it gives, written as a sentence."""
    plain = code(spot.plain)
    if not plain.strip() or plain.lstrip().startswith("|") or spot.place.head:
        return
    cites = CITES.search(plain)
    end = cites.start() if cites else len(plain)
    start = len(spot.indent)
    body = spot.line[start:end]
    found, otherwise = _IF.fullmatch(body), _ELSE.fullmatch(body)
    if found is None and otherwise is None and spot.place.statement in ("DEFINE", "EXCEPT"):
        found = _GIVES.fullmatch(body)
    if found is not None:
        if found.group("if") == spot.place.word("WHEN") and not body[len(found.group("if")) :][:1].isspace():
            return
        text = _case(spot, found)
        typed = found.group("if").strip()
        then = found.group("then").strip(" ,，:：")
        word = f"{typed}…{then}" if spot.place.language == "zh" else f"{typed} … {then}".strip(" …")
    elif otherwise is not None and "OTHERWISE" in _starting(spot):
        text = f"{spot.place.word('OTHERWISE')}{_colon(spot)}{outcome(otherwise.group('gives'), spot)}"
        word = body[: otherwise.start("gives")].strip(" ,，:：")
    else:
        return
    text = text.replace("\n", "\n" + spot.indent)
    if text == body:
        return
    edits = (Edit(start, end, text),)
    form = "当 条件：结果" if spot.place.language == "zh" else "when condition: result"
    if found is None:
        form = f"{spot.place.word('OTHERWISE')}{_colon(spot)}" + ("结果" if spot.place.language == "zh" else "result")
    yield Slip("ZS153", start, end, edits, {"word": word, "form": form}, whole=True)


_CHOSEN = re.compile(
    r"(?P<head>\s*(?:定义|define)\s+[^=]+?)\s*=\s*(?:"
    r"(?:如果|假如|若|当|if\b|when\b)\s*(?P<test>.+?)\s*[,，]?\s*(?:那么|则|就|then\b)\s*[,，]?\s*(?P<gives>.+?)"
    r"\s*[;,；，]?\s*(?:否则|不然|else\b|otherwise\b)\s*[:,，]?\s*(?P<other>.+)"
    r"|(?P<gives2>.+?)\s+if\s+(?P<test2>.+?)\s+else\s+(?P<other2>.+))",
    re.IGNORECASE,
)
"""A value chosen by one condition, as a sentence or as programs write it."""


def chosen_on_the_head(spot: Spot) -> Iterator[Slip]:
    """`定义 津贴 = 如果 优秀 则 500 元 否则 0 元`, `define pay = 500 if gold else 0`: two cases, each on its line."""
    plain = code(spot.plain)
    cites = CITES.search(plain)
    end = cites.start() if cites else len(plain)
    if not spot.place.head or (found := _CHOSEN.fullmatch(spot.line[:end])) is None:
        return
    parts = [found[name] or found[f"{name}2"] for name in ("test", "gives", "other")]
    if any(re.search(r"\b(?:if|else)\b|如果|否则", part) for part in parts):
        return
    when, gives, other = condition(parts[0], spot), outcome(parts[1], spot), outcome(parts[2], spot)
    head = found["head"] + spot.place.sign(":") + spot.line[end : len(plain)]
    lines = [
        f"{spot.place.word('WHEN')} {when}{_colon(spot)}{gives}",
        f"{spot.place.word('OTHERWISE')}{_colon(spot)}{other}",
    ]
    text = "\n".join([head, *(f"{spot.indent}    {line}" for line in lines)])
    form = "当 条件：结果" if spot.place.language == "zh" else "when condition: result"
    word = "如果…则…否则" if spot.place.language == "zh" else "if … else"
    start = found.end("head")
    yield Slip("ZS153", start, end, (Edit(0, len(plain), text),), {"word": word, "form": form}, whole=True)


def cases_on_the_head(spot: Spot) -> Iterator[Slip]:
    """`定义 甲：当 党员：5；否则：0`: the cases each on a line of their own."""
    plain = code(spot.plain)
    found = re.match(r"(?P<head>\s*(?:定义|define)\s+[^:=]+?)\s*[:=]\s*(?=(?:当|如果|若|when|if)[\s\w])", plain)
    if found is None or not spot.place.head:
        return
    cites = CITES.search(plain)
    end = cites.start() if cites else len(plain)
    parts = [
        part
        for part in re.split(r"[;；。]\s*|[,，]\s*(?=否则|otherwise|当|when)", spot.line[found.end() : end])
        if part
    ]
    head = spot.line[: found.end("head")] + spot.place.sign(":") + spot.line[end : len(plain)]
    text = "\n".join([head, *(f"{spot.indent}    {part.strip()}" for part in parts)])
    if len(parts) > 1:
        yield Slip("ZS125", found.end(), end, (Edit(0, len(plain), text),))


def capped_grades(spot: Spot) -> Iterator[Slip]:
    """`当 旷工 ≥ 3 天：最高为 合格`, `not better than C`: an exception that caps."""
    if spot.place.statement != "EXCEPT" or spot.place.head:
        return
    plain = code(spot.plain)
    at = max(plain.rfind(":"), 0)
    for shape, token in ((_CAPPED, "CAP"), (_FLOORED, "FLOOR")):
        if found := shape.search(plain, at):
            text = f"{spot.place.word(token)} "
            value = outcome(spot.line[found.end() : len(plain)], spot)
            edits = (Edit(found.start(), len(plain), text + value),)
            yield Slip("ZS131", found.start(), found.end(), edits,
                       {"word": found.group().strip(), "meant": text.strip()}, whole=True)  # fmt: skip


def _starting(spot: Spot) -> frozenset[str]:
    return spot.allowed if spot.at <= len(spot.indent) else frozenset(("OTHERWISE",))


def _case(spot: Spot, found: re.Match[str]) -> str:
    """A case, and the other one on a line of its own where the sentence has both."""
    text = f"{spot.place.word('WHEN')} {condition(found.group('test'), spot)}{_colon(spot)}"
    text += outcome(found.group("gives"), spot)
    if found.group("other"):
        text += f"\n{spot.place.word('OTHERWISE')}{_colon(spot)}{outcome(found.group('other'), spot)}"
    return text.rstrip()


def _colon(spot: Spot) -> str:
    return "：" if spot.place.language == "zh" else ": "


def condition(text: str, spot: Spot) -> str:
    """The words of a condition as signs: `score is at least 90` as `score ≥ 90`."""
    zh = spot.place.language == "zh"
    text = re.sub(r"的$", "", text.strip())
    found = BETWEEN.search(text) or (
        (among := _RANGE.search(text)) and begins_elsewhere(among.group(2), spot) and among
    )
    if found:
        subject = text[: found.start()].strip()
        text = text[: found.start()].rstrip() + between(found, spot).format(subject=subject) + text[found.end() :]
    for shape, sign in _BEHIND:
        text = shape.sub(lambda m, sign=sign: f" {sign} {m[1].strip()}", text)  # type: ignore[misc]
    text = COMPARED.sub(lambda m: f" {TESTS[m['word'].lower()]} ", text)
    for typed, token in (("&&|并且|而且|同时", "AND"), (r"\|\||或者|或是", "OR")):
        text = re.sub(rf"\s*(?:{typed})\s*", f" {spot.place.word(token)} ", text)
    text = re.sub(r"\s*==\s*", " = ", re.sub(r"\s*!=\s*", " ≠ ", text))
    if zh:
        text = re.sub(r"(?<=[\u4e00-\u9fff])\s*(?:为|是)\s*(?=[\u4e00-\u9fff])", " = ", text)
    return re.sub(r"\s+", " ", text).strip()


def between(found: re.Match[str], spot: Spot) -> str:
    """`between 75 and 90`: without 90 where another line has it as its lower end, else with both ends."""
    low, high = (found[group].strip() for group in (1, 2))
    if begins_elsewhere(high, spot):
        subject = "{subject}"
        return f" ≥ {low} {spot.place.word('AND')} {subject} < {high}"
    return f" {spot.place.word('IN')} ({low}..{high})"


def begins_elsewhere(high: str, spot: Spot) -> bool:
    """Whether a line beside has a figure as its lower end."""
    digits = re.match(r"[\d.]+", high)
    figure = re.escape(digits.group() if digits else high)
    lower = (
        rf"(?:≥|>=|at least|not less than|不少于|不低于|达到)\s*{figure}(?![\d.])"
        rf"|(?<![\d.]){figure}\s*[^\W\d]*\s*(?:以上|or more|or above)"
    )
    return re.search(lower, spot.place.before + spot.place.after, re.IGNORECASE) is not None


def outcome(text: str, spot: Spot) -> str:
    """What a sentence gives: `grade A` and `评为优秀` as the value alone."""
    text = text.strip().rstrip("。.;；").strip()
    text = _VERB.sub("", text, count=1).strip() if _VERB.match(text) else text
    return value_alone(text, spot.place.known)


def value_alone(text: str, names: Known) -> str:
    """The value of a choice where it stands behind the choice's name or an article, or is glued to a verb."""
    words = text.split()
    if len(words) > 1 and words[-1].strip('“”"') in names.values:
        before = [word.lower() for word in words[:-1]]
        if all(word in ("a", "an", "the", "grade", "class", "level", "rank") or word in names.names for word in before):
            return words[-1].strip('“”"')
    for value in sorted(names.values, key=len, reverse=True):
        if text.endswith(value) and text[: -len(value)].strip() in ("等级", "等次", "档次", "grade", *names.names):
            return value
    return text


def connectives(spot: Spot) -> Iterator[Slip]:
    """`例外 甲 乙：`, `exception a b:`: the word between two names is missing."""
    if spot.place.statement not in ("EXCEPT",) or not spot.place.head:
        return
    word = spot.place.word("ON")
    found = re.match(
        r"\s*(?:例外|exception)\s+(?P<first>[「`]?[^\W\d][\w]*[」`]?)(?P<gap>\s+)(?P<second>[^\W\d][\w.]*)", spot.plain
    )
    if found is None or found.group("second") == word:
        return
    first, second = spot.line[slice(*found.span("first"))], spot.line[slice(*found.span("second"))]
    edits = [Edit(*found.span("gap"), f" {word} ")]
    if not code(spot.plain)[found.end() :].lstrip().startswith(":"):
        edits.append(Edit(found.end(), found.end(), spot.place.sign(":")))
    yield Slip(
        "ZS187", *found.span("second"), tuple(edits), {"first": first, "second": second, "word": word}, whole=True
    )


def glued_targets(spot: Spot) -> Iterator[Slip]:
    """`例外 警告影响等次：`: the name of what it acts on stands glued to its own name."""
    if spot.place.statement != "EXCEPT" or not spot.place.head:
        return
    found = re.match(r"\s*(?:例外|exception)\s+(?P<name>[^\W\d]\w*)\s*(?P<colon>:?)", spot.plain)
    if found is None:
        return
    name, word = found.group("name"), spot.place.word("ON")
    targets = sorted((n for n in spot.place.known.names if n and name.endswith(n) and len(n) < len(name)), key=len)
    for target in reversed(targets):
        first = name[: -len(target)].rstrip("_")
        colon = "" if found.group("colon") else spot.place.sign(":")
        edits = (Edit(*found.span("name"), f"{first} {word} {target}{colon}"),)
        if first and tried(spot, edits) is None:
            arguments = {"first": first, "second": target, "word": word}
            yield Slip("ZS187", *found.span("name"), edits, arguments)
            return
