"""Syntax errors: nothing crashes, nothing takes long, every place is real, and every corrected line parses."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from cli.render.diagnostics import plain_text
from dsl import pipeline
from dsl.mistakes import MOST, language_of
from dsl.syntax.parser import DEEPEST
from policy.diagnostic import Diagnostic
from policy.source import Source, Span
from tests.work import calls

GOOD = sorted((Path(__file__).parents[1] / "golden").glob("*/good/*.policy"))
WORDS = re.compile(r"\w+|[^\w\s]|\s+")
STRAY = "：，（）“”|【】=><≥;；。、.…#>\t 　x1%"


def said(text: str) -> tuple[Diagnostic, ...]:
    return pipeline.parse(Source("a.policy", text)).diagnostics


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in said(text)]


def stated(expression: str) -> str:
    return f"政策 “例子”\n定义 甲 = {expression}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (stated("(" * 100_000 + "1" + ")" * 100_000), "ZS108"),
        (stated("非 " * 100_000 + "乙"), "ZS109"),
        (stated("-" * 100_000 + "1"), "ZS109"),
        (stated("1" + " 封顶 5" * 10_000), "ZS111"),
        (stated("x" + " 缺则 5" * 10_000), "ZS111"),
        ("政策 “例子”\n" + "".join(" " * n + "当 甲：\n" for n in range(500)), "ZS110"),
        (stated("1" * 5_000), "ZS106"),
        (stated("1" * 41), "ZS112"),
        (stated("1." + "1" * 41), "ZS112"),
        (stated("1e999999"), "ZS113"),
        (stated("x" * 10_000_000), "ZS102"),
        (stated("“" + "\\" * 1_000_000), "ZS106"),
        (stated("“" + "\\ " * 500_000), "ZS150"),
        (stated("【 " * 500_000), None),
        (stated("「 " * 500_000), None),
        (stated('" ' * 500_001), None),
        (stated("+ " * 100_000), None),
        (stated("　" * 500_000), None),
        (("y" * 3_998 + " ") * 400, None),
    ],
)
def test_hostile_text_is_refused_with_little_work(text: str, code: str | None) -> None:
    found: list[Diagnostic] = []
    assert calls(lambda: found.extend(said(text))) < 1_000 + 6 * len(text)
    assert found
    assert code in (None, found[0].code, "ZS150")
    assert plain_text(found, "zh")


def test_a_limit_is_the_deepest_that_holds() -> None:
    assert codes(stated("(" * DEEPEST + "1" + ")" * DEEPEST)) == []
    assert codes(stated("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1))) == ["ZS108"]


def test_quoted_text_is_no_nesting() -> None:
    assert codes("政策 “例子”\n# " + "(" * 500 + "\n> " + "非" * 500 + "\n参数 甲 = 1 元 【" + "(" * 200 + "】\n") == []


def test_a_sum_of_a_hundred_thousand_terms_is_read() -> None:
    assert codes(stated("+".join("1" * 100_000))) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('policy "x"\n', "en"),
        ("policy “某某”\n", "en"),
        ("政策 “x”\n", "zh"),
        ("# note\npolicy “某某”\n", "en"),
        ("polciy x\n", "en"),
        ("评分 x：\n", "zh"),
        ("", "zh"),
    ],
)
def test_language_of_a_document(text: str, language: str) -> None:
    assert language_of(text) == language


def test_at_most_twenty_are_told() -> None:
    assert len(said("政策 “例子”\n" + "参数 甲：60 分\n" * 50)) == MOST


def test_a_mistake_in_one_statement_does_not_hide_the_next() -> None:
    found = said("政策 “例子”\n参数 甲：60 分\n参数 乙 = 60 分\n参数 丙：60 分\n")
    assert [(d.code, d.span.line) for d in found] == [("ZS168", 2), ("ZS168", 4)]


def test_places_are_those_of_the_text_as_typed() -> None:
    found = said("政策 “例子”\r\n参数　甲：６０ 分\r\n")
    assert [(d.span.text, d.span.line, d.span.column) for d in found] == [("：", 2, 5)]


def test_data_is_shown_not_obeyed() -> None:
    hostile = "参数 [bold]甲[/bold] = 1\n"
    source = Source("\x1b]0;a\x07.policy", hostile)
    shown = plain_text([Diagnostic("ZS199", d.severity, Span(source, 0, 4)) for d in said(hostile)], "en")
    assert "\x1b" not in shown
    assert r"\x1b]0;a\x07.policy:1:1" in shown
    assert "[bold]甲[/bold]" in shown


def broken(text: str, dice: random.Random) -> str:
    """A document with one to four words left out, doubled, swapped, cut or a stray sign put in."""
    words = WORDS.findall(text)
    for _ in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(words))
        match dice.randrange(5):
            case 0:
                words[at] = ""
            case 1:
                words.insert(at, dice.choice(words))
            case 2:
                words[at] = dice.choice(words)
            case 3:
                words[at] = words[at][:-1]
            case _:
                words.insert(at, dice.choice(STRAY))
    return "".join(words)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_typed_is_told_with_a_line_that_parses(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(12):
        text = broken(dice.choice(GOOD).read_bytes().decode("utf-8", "ignore"), dice)
        parsed = pipeline.parse(Source("a.policy", text))
        assert parsed.document is not None or parsed.diagnostics
        assert plain_text(parsed.diagnostics, "zh") or not parsed.diagnostics
        for diagnostic in parsed.diagnostics:
            assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
