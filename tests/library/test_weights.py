"""weights: both documents are sound, quote the whole source, and decide everyone the same."""

from __future__ import annotations

from pathlib import Path

from tests.library.both_languages import Library

LIBRARY = Library(
    "weights",
    records={"客户经理": "manager", "季度考核": "quarter_review"},
    as_of="2025-12-31",
    told={"senior": "高级", "middle": "中级", "junior": "初级", "ungraded": "不定级"},
    counted=(39, 2, 4, 0),
)


def test_check_finds_nothing_that_is_not_accepted() -> None:
    LIBRARY.check()


def test_the_examples_hold_and_use_every_clause() -> None:
    LIBRARY.examples()


def test_both_languages_quote_the_whole_source() -> None:
    LIBRARY.quotes()


def test_both_languages_decide_everyone_the_same(tmp_path: Path) -> None:
    LIBRARY.agree(tmp_path)
