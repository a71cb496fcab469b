"""Writes docs/language/keywords.md, the table of all words in both spellings, from dsl/syntax/keywords.yaml.

Run it after a change to the keywords; a test keeps the page up to date.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from dsl.syntax.build import keywords
from policy.units import KNOWN

PAGE = Path(__file__).parent / "language" / "keywords.md"
FAMILIES = {
    "head": "文件头 · head",
    "stmt": "语句 · statements",
    "stmt/type": "语句和类型 · statement and type",
    "type": "类型 · types",
    "field": "字段 · fields",
    "line": "行首 · lines",
    "score": "评分 · scores",
    "score/mode": "评分和表 · scores and tables",
    "limit": "限额 · limits",
    "calendar": "历法 · How days are reckoned",
    "round": "取整 · rounding",
    "logic": "逻辑 · logic",
    "value": "值 · values",
    "test": "格子和“属于” · tests",
    "operator": "缺省 · absence",
    "compare": "比等级 · grades",
    "aggregate": "清单和函数（后面有括号才是关键词）· lists and functions (before a bracket)",
    "list": "清单里 · in lists",
    "path": "点号前 · before a dot",
    "mode": "表的算法 · table modes",
    "table": "两向表 · two-way tables",
    "order": "排名 · ranks",
    "ties": "并列 · ties",
    "quota": "名额 · quotas",
    "outcome": "结局 · outcomes",
    "exception": "例外 · exceptions",
    "require": "条件 · requirements",
    "count": "几个 · how many",
    "allocate": "分配 · allocation",
    "guarantee": "保证（还不能用）· guarantees (not decided yet)",
    "example": "例子 · examples",
    "accept": "认可 · acceptance",
    "amend": "修订 · amendments",
}


def page() -> str:
    """The text of the page."""
    lines = ["# 所有关键词 · Every keyword", "", "两种写法在任何文件里都认得，整理版面时写成一种。", ""]
    lines += ["*Both spellings are always read; the formatter writes one.*", ""]
    for family, words in groupby(keywords(), key=lambda word: word.family):
        lines += [f"**{FAMILIES[family]}**", "", "| 中文 | English |", "|---|---|"]
        lines += [f"| {word.zh} | {word.en} |" for word in words] + [""]
    lines += ["**单位 · known units**", "", "| 中文 | English |", "|---|---|"]
    lines += [f"| {unit.zh} | {unit.en} |" for unit in KNOWN]
    lines += ["", "别的词跟在数后面，是个数的名称，例如 户、次、课时。", ""]
    return "\n".join([*lines, "*Any other word after a number is the label of a count.*", ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
