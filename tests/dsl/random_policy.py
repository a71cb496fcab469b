"""Policies at random: any sentence of the grammar, spelled in any way an author may spell it.

Walks the rules of the grammar itself, so nothing in it is forgotten; what it says makes no sense and need not.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from random import Random

from lark.grammar import NonTerminal, Rule, Symbol

from dsl.syntax import build
from dsl.syntax.parser import lexicon

PLAIN = ["笔试", "得分率", "exam", "score_a", "本人", "满分值", "date1", "Größe", "еда"]
"""Names that are never a keyword, nor the start or the end of one."""
HOSTILE = [
    "date",
    "full",
    "started",
    "score",
    "加4",
    "权重(旧)",
    "按",
    "本",
    "sum",
    "合计",
    "not",
    "或",
    "以上",
    "60分",
    "分",
    "否",
]
HOSTILE += [
    "points",
    "Ａ",
    "a`b",
    "全 名",
    "the rest",
    "無",
    "more",
    "below",
    "or",
    "数",
    "highest",
    "when",
    "1a",
    " x",
]
LABELS = ["课时", "户", "people", "pcs", "项"]
STRINGS = ["“线上部”", '"A+"', "“> 否 # 加4”", '"【x】：，"', "“ 空 ”", "＂Ａ＂"]
CITES = ["【第十条】", "[Art. 4(2)]", "【四(三)】", "［附］", "【a]b】", "[a】b]"]
DATES = ["2024-01-01", "2024-02", "2024年3月5日", "2024/1/5", "2024.1.5", "2024年11月"]
NUMBERS = ["1", "0", "30", "0.5", "12345.60", "１２"]
UNITS = [
    "分",
    "points",
    "point",
    "万元",
    "wan_yuan",
    "years",
    "年",
    "year_old",
    "个月",
    "%",
    "‰",
    "％",
    "档",
    "place",
    "小时",
]
SIGNS = {
    "BARS": ["||", "｜｜"], "VBAR": ["|", "｜"], "DOTS": ["..", "~", "…", "—", "～"], "DOT": ["."],
    "COLON": [":", "："], "COMMA": [",", "，", "、", "；"], "LPAR": ["(", "（"], "RPAR": [")", "）"],
    "EQUAL": ["=", "==", "＝"], "MORETHAN": [">"],
    "CMP": ["≥", ">=", "≤", "<", "!=", "<>", "≧", "＜"], "PLUS": ["+", "＋"], "MINUS": ["-", "−"],
    "TIMES": ["×", "*", "÷", "/", "／"], "NUMBER": NUMBERS, "DATE": DATES, "STRING": STRINGS, "CITE": CITES,
    "LABEL": LABELS, "UNIT": UNITS, "DECIMALS_N": ["1 位小数", "2位小数", "1 decimal", "3 decimals"],
}  # fmt: skip
DEEP = 18


@cache
def rules() -> dict[str, list[Rule]]:
    """The rules of each nonterminal."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in build.rules():
        found[rule.origin.name].append(rule)
    return found


@cache
def heights() -> dict[str, int]:
    """How deep the flattest tree of each nonterminal is."""
    known: dict[str, int] = {}
    while len(known) < len(rules()):
        for name, options in rules().items():
            found = [h for rule in options if (h := height(rule, known)) is not None]
            if found and name not in known:
                known[name] = min(found)
    return known


def height(rule: Rule, known: dict[str, int]) -> int | None:
    depths = [known.get(s.name) if isinstance(s, NonTerminal) else 0 for s in rule.expansion]
    return None if None in depths else 1 + max((d for d in depths if d is not None), default=0)


def sentence(random: Random) -> list[str]:
    """Terminals that the grammar accepts."""

    def expand(symbol: Symbol, depth: int) -> list[str]:
        if not isinstance(symbol, NonTerminal):
            return [symbol.name]
        options = rules()[symbol.name]
        if depth > DEEP:
            options = [r for r in options if height(r, heights()) == min(height(o, heights()) or 0 for o in options)]
        return [t for s in random.choice(options).expansion for t in expand(s, depth + 1)]

    return expand(NonTerminal("start"), 0)


def written(terminals: list[str], random: Random) -> str:
    """The terminals as an author might have typed them, with comments and quotes between."""
    text, level, brackets = "", 0, 0
    step = random.choice(["    ", "  ", "\u3000", "\t"])
    for at, terminal in enumerate(terminals):
        if terminal == "_NL":
            ahead = terminals[at + 1 : at + 20]
            turned = [t for t in ahead if t in ("_INDENT", "_DEDENT")][: _run(ahead)]
            inner = level
            level += sum(1 if t == "_INDENT" else -1 for t in turned)
            text += _line_end(random, step * random.choice([level, inner])) + step * level
            continue
        if terminal in ("_INDENT", "_DEDENT"):
            continue
        here = terminals[at - 1] != "DOT" and terminal not in ("MORETHAN", "DOT", "LPAR")
        if brackets and here and random.random() < 0.05:
            text += _line_end(random, step * (level + 1)) + step * (level + 1)
        brackets += (terminal == "LPAR") - (terminal == "RPAR")
        text += _word(terminal, random) + random.choice([" ", " ", "  ", "\u3000"])
    return text


def _run(ahead: list[str]) -> int:
    return next((n for n, t in enumerate(ahead) if t not in ("_INDENT", "_DEDENT")), len(ahead))


def _line_end(random: Random, indent: str) -> str:
    text = random.choice(["", "", "", " # 注 note > ", "# x", "。" if random.random() < 0.2 else ""]) + "\n"
    while random.random() < 0.25:
        text += indent + random.choice(["", "# 说明：1..2", "#", "> 原文，第一条", ">", "＞ “引", "＃ 全角"]) + "\n"
    return text


def _word(terminal: str, random: Random) -> str:
    if terminal == "NAME":
        if random.random() < 0.6:
            return random.choice(PLAIN)
        name = random.choice(HOSTILE)
        return f"「{name}」" if random.random() < 0.5 or "`" in name else f"`{name}`"
    if terminal in SIGNS:
        return random.choice(SIGNS[terminal])
    keyword = lexicon().by_token[terminal]
    return random.choice([keyword.zh, keyword.zh, keyword.en.replace(" ", random.choice([" ", "  "]))])
