"""Suggestions: the mistakes people make are understood, and what is near nothing gets no suggestion."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dsl.suggest import nearest, skeleton, spelled_like

SCHEME = ["姓名", "笔试", "面试", "绩效", "合规", "个人经历", "总分"]
SCHEME += ["合格", "合格线", "名次", "等级", "得分", "评分", "任现职日"]
ENGLISH = ["name", "written", "interview", "performance", "compliance", "experience", "total", "pass mark", "grade"]
FAR = ["存款", "年龄", "房贷利率", "x", "分", "sc", "salary", "branch", "一", "", "  ", "60", "加分项"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("计效", "绩效"),
        ("bishi", "笔试"),
        ("BiShi", "笔试"),
        ("bǐshì", "笔试"),
        ("bi shi", "笔试"),
        ("bisi", "笔试"),
        ("bsihi", "笔试"),
        ("geren jingli", "个人经历"),
        ("平分", "评分"),
        ("笔式", "笔试"),
        ("总份", "总分"),
        ("民次", "名次"),
        ("合规得分", "合规"),
        ("面试成绩", "面试"),
        ("经历", "个人经历"),
        ("个人工作经历", "个人经历"),
        ("及格线", "合格线"),
        ("任现职日期", "任现职日"),
        ("任 现职日", "任现职日"),
        ("等级", None),
    ],
)
def test_chinese_names(typed: str, meant: str | None) -> None:
    assert nearest(typed, SCHEME) == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wriiten", "written"),
        ("WRITTEN", "written"),
        ("ｗｒｉｔｔｅｎ", "written"),
        ("writen", "written"),
        ("interveiw", "interview"),
        ("compliense", "compliance"),
        ("passmark", "pass mark"),
        ("pass_mark", "pass mark"),
        ("written score", "written"),
        ("garde", "grade"),
        ("totl", "total"),
    ],
)
def test_english_names(typed: str, meant: str) -> None:
    assert nearest(typed, ENGLISH) == [meant]


@pytest.mark.parametrize("typed", FAR)
def test_nothing_near_gives_nothing(typed: str) -> None:
    assert nearest(typed, SCHEME + ENGLISH, limit=3) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("able", ["comparable"]),
        ("面试", ["笔试"]),
        ("优秀", ["良好", "合格"]),
        ("日", ["任现职日"]),
        ("职级", ["实际"]),
        ("sum", ["sun"]),
        ("range", ["让"]),
        ("合规", ["上一年度全辖合规检查情况"]),
    ],
)
def test_no_silly_suggestions(typed: str, names: list[str]) -> None:
    assert nearest(typed, names) == []


def test_the_better_kind_comes_first() -> None:
    assert nearest("计效", ["绩", "计效分", "绩效", "机效"], limit=3) == ["绩效", "机效", "计效分"]
    assert nearest("面试成绩", ["笔试成绩", "面试"], limit=2) == ["面试", "笔试成绩"]
    assert nearest("合规得分", ["得分", "合规"], limit=2) == ["合规", "得分"]


def test_sound_follows_the_phrase() -> None:
    assert nearest("hangzhang", ["行动", "行长"]) == ["行长"]
    assert nearest("lvyue", ["履约"]) == ["履约"]


def test_equals_keep_the_given_order() -> None:
    assert nearest("score", ["scoreb", "scorea"], limit=2) == ["scoreb", "scorea"]
    assert nearest("score", ["scorea", "scoreb", "scorea"], limit=5) == ["scorea", "scoreb"]


def test_thousands_of_names() -> None:
    assert nearest("第4999号得份", [f"第{n}号得分" for n in range(5000)]) == ["第4999号得分"]


def test_pinyin_is_loaded_only_for_chinese() -> None:
    code = "import sys; from dsl.suggest import nearest; nearest('scroe', ['score'])"
    code += "; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "looks"),
    [
        ("sc\u043ere", "score"),
        ("\u0410ge", "Age"),
        ("p\u03c1ice", "ppice"),
        ("笔试\u0430b", "笔试ab"),
        ("score", None),
        ("笔试", None),
        ("\u043e\u0446\u0435\u043d\u043a\u0430", None),
        ("\u03b1\u03b2", None),
        ("sc\u0436re", None),
        ("naïve", None),
    ],
)
def test_look_alike_letters(typed: str, looks: str | None) -> None:
    assert spelled_like(typed) == looks


def test_skeletons_of_look_alikes_are_equal() -> None:
    assert skeleton("\u0441\u043e\u0440\u0443") == skeleton("copy") == "copy"
    assert skeleton("ｓｃｏｒｅ") == "score"
