"""A column may be called like any keyword: in the data, in results, in examples and after a dot, in both languages."""

from __future__ import annotations

import pytest

from dsl.layout import format_text
from dsl.pipeline import compile_text
from dsl.syntax.parser import lexicon
from interpreter.exact.examples import run_example
from policy.source import Source

ZH = """政策 “列名和语言的词同名”
数据 人：
    编号：文本，主键
    {name}：整数 0..100 分
    队：队
数据 队：
    号：文本，主键
    {name}：整数 0..100 分
定义 高 = 本.{name} ≥ 60 分
定义 队里 = 队.{name}
定义 同分 = 个数(全体 人 同 {name})
定义 总 = 合计(全体 人.{name})
排名 名次 同 {name}：
    按 编码 从高到低
    并列 同名次
定义 编码 = 本.{name} × 2
结果 {name}，高，队里，同分，总，名次
例 “表头”：
    假设 队：
        | 号 | {name} |
        | 甲 | 7 |
    假设 人：
        | {name} | 编号 | 队 |
        | 70 | 一 | 甲 |
        | 5  | 二 | 甲 |
    得到 人：
        | 编号 | {name} | 高 | 队里 | 同分 | 总 | 名次 |
        | 一 | 70 | 是 | 7 | 1 | 75 | 1 |
例 “一行里”：
    假设 {name} = 3，编号 = 二
    得到 高 = 否，{name} = 3
"""
EN = """policy "columns called like keywords"
data person:
    staff: text, key
    {name}: whole 0..100 points
    team_of: team
data team:
    code: text, key
    {name}: whole 0..100 points
define high = this.{name} ≥ 60 points
define team_has = team_of.{name}
define alike = count(all person same {name})
define all_together = sum(all person.{name})
result {name}, high, team_has, alike, all_together
example "header":
    given team:
        | code | {name} |
        | t    | 7 |
    given person:
        | {name} | staff | team_of |
        | 70 | one | t |
        | 5  | two | t |
    expect person:
        | staff | {name} | high | team_has | alike | all_together |
        | one | 70 | yes | 7 | 1 | 75 |
example "in a line":
    given {name} = 3, staff = two
    expect high = no, {name} = 3
"""
SPECIAL = {"结果", "result", "基准日", "as_of"}
"""Words that a line of an example begins with, so that a column called so stands in quotes there."""


def names() -> list[object]:
    found = []
    for keyword in lexicon().keywords:
        for template, word, quoted in ((ZH, keyword.zh, "「{}」"), (EN, keyword.en, "`{}`")):
            plain = " " not in word and word not in SPECIAL
            found.append(pytest.param(template, word if plain else quoted.format(word), id=word))
    return found


def holds(text: str) -> None:
    loaded = compile_text(Source("names.policy", text))
    assert loaded.policy is not None, [(d.code, d.span.line, d.arguments) for d in loaded.diagnostics]
    assert [found for example in loaded.policy.examples for found in run_example(loaded.policy, example)] == []


@pytest.mark.parametrize(("template", "name"), names())
def test_a_column_may_be_called_like_a_keyword(template: str, name: str) -> None:
    text = template.replace("{name}", name)
    holds(text)
    for language in ("zh", "en"):
        turned = format_text(Source("names.policy", text), language)
        assert isinstance(turned, str)
        holds(turned)


@pytest.mark.parametrize("word", ["no", "yes", "none", "as_of"])
def test_where_a_fixed_value_has_no_sense_the_word_is_the_column(word: str) -> None:
    holds(
        f'policy "heads"\ndata person:\n    staff: text, key\n    {word}: whole 0..100 points\n'
        f"table grade:\n    | {word} || grade |\n    | 60 or more || 1 point |\n    | less than 60 || 0 points |\n"
        f"rank place:\n    by {word} highest first\n    ties share\nresult grade, place\n"
        'example "one":\n    given person:\n'
        f"        | staff | `{word}` |\n        | a | 70 |\n"
        "    expect person:\n        | staff | grade | place |\n        | a | 1 point | 1 place |\n"
    )
