"""The formatter: stable on its own output, the same policy before and after, and back from the other language.

`make golden` writes the expected pages of tests/golden/layout anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from dsl.layout import diff, format_text
from dsl.layout.tables import width
from dsl.syntax.parser import Refusal, lexicon, parse
from dsl.syntax.reader import read
from dsl.syntax.text import plain
from dsl.syntax.tree import Token, Tree
from policy.source import Source, Span
from policy.units import named
from tests.conftest import Golden
from tests.dsl.random_policy import sentence, written

GOOD = Path(__file__).parents[1] / "golden" / "layout" / "good"
GOLDEN = sorted(GOOD.glob("*.policy"))
SHIPPED = sorted((Path(__file__).parents[2] / "policy" / "library").rglob("*.policy"))
DOCUMENTS = [*GOLDEN, *SHIPPED]
OTHER = {"zh": "en", "en": "zh"}


def formatted(text: str, language: str | None = None) -> str:
    page = format_text(Source("policy", text), language)
    assert isinstance(page, str), page
    return page


def document(text: str) -> Any:
    """The surface of a text with everything in it that means something."""
    tree = parse(plain(text))
    assert not isinstance(tree, Refusal)
    return meaning(read(tree, Source("policy", text), plain(text), frozenset()))


def meaning(node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(map(meaning, node))
    if not isinstance(node, Struct) or isinstance(node, Span):
        return None if isinstance(node, Span) else node
    fields = {name: meaning(getattr(node, name)) for name in node.__struct_fields__}
    if fields.get("unit") is not None and isinstance(fields["unit"], str):
        fields["unit"] = named(fields["unit"]).zh
    if fields.get("function"):
        fields.pop("name")
    return type(node).__name__, fields


def shape(node: Any) -> Any:
    """A parse tree without its spellings."""
    if isinstance(node, Tree):
        return node.data, [shape(child) for child in node.children]
    return (node.type, said(node)) if isinstance(node, Token) else node


def said(token: Token) -> str:
    if token.type in lexicon().by_token or token.type in ("EQUAL", "DOTS"):
        return ""
    if token.type == "CMP":
        return {">=": "≥", "<=": "≤", "!=": "≠", "<>": "≠"}.get(str(token), str(token))
    if token.type == "UNIT":
        return named(str(token)).zh
    if token.type in ("DATE", "DECIMALS_N"):
        return str([int(number) for number in re.findall(r"\d+", token)])
    return str(token)[1:-1].strip() if token[0] in '「`“”"＂【[' else str(token)


def remarks(text: str) -> list[str]:
    """Comments and quoted lines, told apart from the rest by a reading of their own."""
    quoted = r"""[“”"＂][^“”"＂\n]*[“”"＂]|【[^】\n]*】|\[[^\]\n]*\]|［[^］\n]*］|「[^」\n]*」|`[^`\n]*`"""
    found = re.findall(rf"^\s*[>＞][^\n]*|[#＃][^\n]*|(?:{quoted})", text, re.MULTILINE)
    marks = (mark.strip() for mark in found)
    return [f"{'>' if m[0] in '>＞' else '#'} {m[1:].strip()}" for m in marks if m[0] in ">＞#＃"]


def holds(text: str) -> None:
    """What must be true of any policy text."""
    page = formatted(text)
    assert formatted(page) == page
    assert remarks(page) == remarks(text)
    tree = shape(parse(plain(text)))
    for language in ("zh", "en"):
        turned = formatted(text, language)
        assert formatted(turned) == turned
        assert shape(parse(plain(turned))) == tree
        assert remarks(turned) == remarks(text)
        other = formatted(turned, OTHER[language])
        assert formatted(other, language) == turned


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_page(path: Path, language: str, golden: Golden) -> None:
    golden(path.with_suffix(f".{language}.txt"), formatted(path.read_text(encoding="utf-8"), language))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_say_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    holds(text)
    for language in ("zh", "en"):
        assert document(formatted(text, language)) == document(text)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_any_policy(seed: int) -> None:
    random = Random(seed)
    holds(written(sentence(random), random))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("定义 x = 分 + 1 年", "define x = 分 + 1 year"),
        ("定义 x = 加", "define x = 加"),
        ("定义 x = 合计 + 「合计」(y)", "define x = 合计 + `合计`(y)"),
        ("定义 x = 「本」.y + 本.y", "define x = `本`.y + this.y"),
        ("定义 x = 「非」", "define x = `非`"),
        ("定义 x = 「not」", "define x = `not`"),
        ("定义 x = 「a`b」", "define x = 「a`b」"),
        ("定义 x = 「Ａ」", "define x = `Ａ`"),
        ("定义 x = 「a b」", "define x = `a b`"),
        ("定义 x = date", "define x = date"),
        ("定义 x = 1 年 - -2 年", "define x = 1 year - -2 years"),
        ("定义 x = 2 full", "define x = 2 full"),
        ("评分 s：\n    x 每 full 加 1", "score s:\n    x every `full` add 1"),
        ("评分 s：\n    x 每满 full 加 1", "score s:\n    x every full full add 1"),
        ("选项 x = 是 > 否，无", "choice x = 是 > 否, 无"),
        ("定义 x = 1  【a]b】", "define x = 1    【a]b】"),
    ],
)
def test_turned(zh: str, en: str) -> None:
    for text in (f"政策 “p”\n{zh}\n", f'policy "p"\n{en}\n'):
        assert formatted(text, "zh") == f"政策 “p”\n{zh}\n"
        assert formatted(text, "en") == f'policy "p"\n{en}\n'


def test_a_mixed_document_takes_the_language_of_its_first_word() -> None:
    assert formatted('政策 "p"\nresult a,b').startswith("政策 “p”\n结果 a，b\n")
    assert formatted("policy “p”\n结果 a、b").startswith('policy "p"\nresult a, b\n')


def test_a_dot_before_a_quoted_name_is_no_full_stop() -> None:
    assert formatted("政策 “p”\n结果 人.「加 4」。").endswith("结果 人.「加 4」\n")
    assert "0..\n" in formatted("政策 “p”\n定义 x = y 属于 (0 ~\n        5)")


def test_what_is_no_policy_is_refused() -> None:
    refusal = format_text(Source("p", "政策 “p”\n评分 x\n"))
    assert isinstance(refusal, Refusal)
    assert "COLON" in refusal.allowed
    assert isinstance(format_text(Source("p", "")), Refusal)


def test_the_difference() -> None:
    source = Source("p.policy", '政策 "p"')
    assert diff(source, formatted(source.text)) == (
        '--- p.policy\n+++ p.policy\n@@ -1 +1 @@\n-政策 "p"\n\\ No newline at end of file\n+政策 “p”\n'
    )
    assert diff(Source("p", "政策 “p”\n"), "政策 “p”\n") == ""


def test_line_ends_of_other_systems() -> None:
    assert (
        formatted("政策 “p”  # 注\r\n    版本 “1”\r\n\r\n\r\n结果 a\r\n")
        == "政策 “p”    # 注\n    版本 “1”\n\n结果 a\n"
    )


def test_width() -> None:
    assert [width(text) for text in ("abc", "笔试", "【1】", "e\u0301", "≥")] == [3, 4, 5, 1, 1]
