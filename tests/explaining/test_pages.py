"""HTML, Markdown and JSON: well formed, self-contained, and never taken in by what stands in the data."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from cli.render.explanation_html import render_html
from cli.render.explanation_json import to_json
from cli.render.explanation_markdown import render_markdown
from interpreter.exact.decide import decide
from interpreter.explaining import Explanation, explain, why_not
from tests.explaining.cases import AS_OF, asked, candidate, changed, lecturer, lecturers, selection

TIED = "H0100008"
HOSTILE = ["<script>alert(1)</script>", "[/b]**x**`y`", "a\x1b[31mb\x00", "\"'><img src=x>", "\u202e甲&amp;"]
VOID = {"meta", "link", "br", "img", "hr"}


class Outline(HTMLParser):
    """Holds that every tag is closed in order, and gathers what is said and which tags there are."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def outline(text: str) -> Outline:
    found = Outline()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def named(name: str) -> Explanation:
    rules, _ = selection()
    return explain(decide(rules, changed(TIED, 姓名=name)), TIED)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_html(name: str) -> None:
    text = render_html(named(name), "zh", True, asked(TIED, "高级客户经理一级"))
    found = outline(text)
    assert not found.tags & {"script", "img", "iframe", "link"}
    assert not {each for each in found.attributes if each.startswith("on") or each in ("src", "href")}
    assert not {"\x1b", "\x00", "\u202e"} & set(text)
    if name.startswith("<"):
        assert any(name in said for said in found.said)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_markdown(name: str) -> None:
    head = render_markdown(named(name), "zh").splitlines()[0]
    assert not {"\x1b", "\x00", "\u202e"} & set(head)
    for sign in "<*`[]":
        assert head.count(sign) == head.count("\\" + sign)


def test_html_is_whole() -> None:
    text = render_html(candidate(TIED), "zh", True)
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "http://" not in text
    assert "https://" not in text
    assert text.count("<details open>") == 3
    assert 'lang="en"' in render_html(candidate(TIED), "en")
    assert "<details open>" not in render_html(candidate(TIED), "zh")


@pytest.mark.parametrize("key", ["T1", "T2", "T3", "T9"])
def test_every_construct_has_a_page(key: str) -> None:
    found, answer = lecturer(key), why_not(*lecturers(), AS_OF, key, "五星")
    for language in ("zh", "en"):
        outline(render_html(found, language, True, answer))
        assert render_markdown(found, language, True, answer)
        assert json.loads(json.dumps(to_json(found, language, answer)))


def test_json_is_exact() -> None:
    found = to_json(candidate("H0100003"), answer=asked("H0100003", "高级客户经理二级"))
    results = {result["name"]: result["value"] for result in found["results"]}
    assert results["总分"] == {"value": "73.3", "unit": "分"}
    assert results["等级"] == {"value": "高级客户经理一级"}
    experience = next(i for i in found["steps"][0]["items"] if i["label"] == "个人经历")
    assert experience["remarks"][0]["code"] == "capped"
    assert experience["remarks"][0]["arguments"]["was"] == {"value": "36.5", "unit": "分"}
    assert found["why_not"]["state"] == "blocked"
    assert found["source"]["row"] == 4
    json.dumps(found)
