"""assessment: both documents are sound, quote the whole source, and decide everyone the same."""

from __future__ import annotations

from pathlib import Path

from tests.library.both_languages import Library

LIBRARY = Library(
    "assessment",
    records={
        "客户经理": "manager",
        "定期评估": "regular_review",
        "考试": "exam",
        "销售目标": "sales_target",
        "同事反馈": "colleague_feedback",
        "学习成果": "achievement",
    },
    as_of="",
    told={},
    counted=(36, 1, 4, 1),
)


def test_check_finds_nothing_that_is_not_accepted() -> None:
    LIBRARY.check()


def test_the_examples_hold_and_use_every_clause() -> None:
    LIBRARY.examples()


def test_both_languages_quote_the_whole_source() -> None:
    LIBRARY.quotes()


def test_both_languages_decide_everyone_the_same(tmp_path: Path) -> None:
    LIBRARY.agree(tmp_path)
