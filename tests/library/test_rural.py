"""Entry, yearly appointment, quarterly runs and grades: clean, true to the source, one in both languages; by hand."""

from __future__ import annotations

from tests.library.pairs import Pair

RURAL = Pair("rural", "2025-12-31", [("person", "staff.csv"), ("assessment", "quarters.csv")])


def test_it_is_clean() -> None:
    RURAL.check()


def test_the_whole_source_is_quoted() -> None:
    RURAL.quote()


def test_both_languages_agree() -> None:
    found = {row["key"]: row for row in RURAL.agree()}
    told = {key: (row["results"]["聘用结论"], row["results"]["等级"]) for key, row in found.items()}
    assert told["R025"] == ("续聘", "中级客户经理")
    assert told["R026"][0] == "不聘"
    assert told["R027"] == ("在聘", "中级客户经理")
    assert told["R029"] == ("续聘", "中级客户经理")
    assert told["R030"] == ("续聘", "初级客户经理")
    assert told["R033"] == ("续聘", "中级客户经理")
    assert told["R036"] == ("续聘", "初级客户经理")
    assert told["R037"] == ("续聘", "助理客户经理")
    assert told["R042"] == ("新聘", "初级客户经理")
    assert {key for key, row in found.items() if row["outcome"] == "undecided"} == {"R038", "R039", "R040"}
