"""Personal wealth managers: clean, true to what is left of the source, one in both languages; worked by hand."""

from __future__ import annotations

import pytest

from tests.cli.command import zhunsheng
from tests.library.pairs import Pair

WEALTH = Pair("wealth", "2025-06-30", [("wealth_manager", "managers.csv")])


def test_it_is_clean() -> None:
    WEALTH.check()


def test_the_whole_source_is_quoted() -> None:
    WEALTH.quote()


@pytest.mark.parametrize("path", [WEALTH.zh, WEALTH.en], ids=lambda path: path.stem)
def test_the_whole_source_is_marked(path: object) -> None:
    ended = zhunsheng("coverage", str(path), "--source", WEALTH.source, "--lang", "zh")
    assert ended.code == 0, ended.out
    assert "29 句，规则 11，不是规则 18，未引到 0" in ended.out


def test_both_languages_agree() -> None:
    found = {row["key"]: row for row in WEALTH.agree()}
    results = {key: [*row["results"].values()] for key, row in found.items()}
    assert results["W0001"] == ["是", "资深", "资深", "是", "0"]
    assert results["W0002"] == ["是", "高级一档", "高级", "否", "1"]
    assert results["W0005"] == ["是", "高级二档", "高级", "否", "1800"]
    assert results["W0014"][:3] == ["是", "不予聘任", "不予聘任"]
    assert results["W0030"][:3] == results["W0032"][:3] == results["W0034"][:3] == ["否", "不予聘任", "不予聘任"]
    assert results["W0036"] == results["W0037"]
    assert [key for key, row in found.items() if row["outcome"] == "undecided"] == ["W0031", "W0033", "W0035"]
