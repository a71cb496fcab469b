"""`zhunsheng coverage`: the source sentence by sentence, on the terminal, as HTML and as JSON."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.command import wrote, zhunsheng

POLICY = """政策 “小考”
> 为了规范考试，制定本办法。
说明 “宗旨”                      【第一条】
数据 人：
    编号：文本，主键
    分数：数 0..100 分，1 位小数
> 60分以上为合格。
定义 合格 = 分数 ≥ 60 分         【第二条】
结果 合格
"""
SOURCE = "为了规范考试，制定本办法。\n60分以上为合格。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wrote(tmp_path, "a.policy", POLICY)
    wrote(tmp_path, "full.txt", SOURCE)
    wrote(tmp_path, "more.txt", SOURCE + "逾期 <b>不计</b>。\n")
    wrote(tmp_path, "other.txt", SOURCE.replace("60", "70"))
    return tmp_path


def test_a_covered_source_is_shown_with_its_clauses(folder: Path) -> None:
    ended = zhunsheng("coverage", "a.policy", "--source", "full.txt", cwd=folder)
    assert ended.code == 0
    assert ended.out == (
        "1 ○ 为了规范考试，制定本办法。\n"
        "      【第一条】 说明 “宗旨”\n"
        "2 ● 60分以上为合格。\n"
        "      【第二条】 定义 合格\n"
        "\n"
        "full.txt：2 句，规则 1，不是规则 1，未引到 0\n"
        "原文全部有着落\n"
    )


def test_what_is_not_covered_fails(folder: Path) -> None:
    ended = zhunsheng("coverage", "a.policy", "--source", "more.txt", "--gaps", "--ascii", cwd=folder)
    assert ended.code == 1
    assert ended.out == "3 ! 逾期 <b>不计</b>。\n\nmore.txt：3 句，规则 1，不是规则 1，未引到 1\n"


def test_a_misquote_fails_and_shows_the_nearest_place(folder: Path) -> None:
    ended = zhunsheng("coverage", "a.policy", "--source", "other.txt", "--lang", "en", cwd=folder)
    assert ended.code == 1
    assert "quotes that are not in the source" in ended.out
    assert "    > 60分以上为合格。\n    source, line 2: 70分以上为合格。\n" in ended.out
    assert ended.last == "quotes not in the source 1, attached to nothing 0"


def test_several_policies_cover_one_source(folder: Path) -> None:
    wrote(folder, "b.policy", "政策 “补”\n> 逾期 <b>不计</b>\n说明 “程序”\n")
    ended = zhunsheng("coverage", "a.policy", "b.policy", "--source", "more.txt", cwd=folder)
    assert ended.code == 0
    assert "说明 “程序”  b.policy\n" in ended.out


def test_html_is_whole_and_escaped(folder: Path) -> None:
    words = ("coverage", "a.policy", "--source", "more.txt", "--html", "out.html")
    assert zhunsheng(*words, cwd=folder).code == 1
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert "逾期 &lt;b&gt;不计&lt;/b&gt;。" in page
    assert "<b>" not in page
    assert "【第二条】" in page
    assert _loads(page) == []
    assert zhunsheng(*words, cwd=folder).code == 2
    assert zhunsheng(*words, "--force", cwd=folder).code == 1


def _loads(page: str) -> list[str]:
    """Everything that a page would fetch, and every script."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(name for name, _ in attrs if name in ("src", "href", "srcset") or name.startswith("on"))
            found.extend([tag] if tag in ("script", "link", "iframe", "img") else [])

    Reader().feed(page)
    return found


def test_the_source_is_never_overwritten(folder: Path) -> None:
    ended = zhunsheng("coverage", "a.policy", "--source", "full.txt", "--html", "full.txt", "--force", cwd=folder)
    assert ended.code == 2
    assert (folder / "full.txt").read_text(encoding="utf-8") == SOURCE


def test_json(folder: Path) -> None:
    ended = zhunsheng("coverage", "a.policy", "--source", "more.txt", "--format", "json", cwd=folder)
    told = json.loads(ended.out)
    assert ended.code == 1
    assert told["counts"] == {"all": 3, "ruled": 1, "declared": 1, "open": 1, "misquotes": 0, "unattached": 0}
    assert [sentence["status"] for sentence in told["sentences"]] == ["declared", "ruled", "open"]
    assert told["sentences"][1]["by"] == [
        {"policy": "a.policy", "line": 8, "statement": "定义 合格", "cites": ["第二条"], "reason": None}
    ]
    assert told["sentences"][0]["by"][0]["reason"] == "宗旨"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("a.policy", "--source", "none.txt"), 2),
        (("none.policy", "--source", "full.txt"), 2),
        (("full.txt", "--source", "full.txt"), 1),
        (("a.policy", "--source", "full.txt", "--format", "xml"), 2),
        (("a.policy",), 2),
    ],
)
def test_wrong_use(folder: Path, words: tuple[str, ...], code: int) -> None:
    assert zhunsheng("coverage", *words, cwd=folder).code == code


def test_control_characters_are_shown(folder: Path) -> None:
    wrote(folder, "hostile.txt", SOURCE + "红\x1b[31m色\n")
    ended = zhunsheng("coverage", "a.policy", "--source", "hostile.txt", "--html", "h.html", cwd=folder)
    assert "\x1b" not in ended.out + (folder / "h.html").read_text(encoding="utf-8")
    assert "红\\x1b[31m色" in ended.out
