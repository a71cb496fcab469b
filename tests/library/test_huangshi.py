"""The grade review and performance rules: clean, true to the source, one in both languages; and worked by hand."""

from __future__ import annotations

from tests.library.pairs import Pair

HUANGSHI = Pair("huangshi", "2025-06-30", [("staff", "staff.csv"), ("unit", "units.csv")])


def test_it_is_clean() -> None:
    HUANGSHI.check()


def test_the_whole_source_is_quoted() -> None:
    HUANGSHI.quote()


def test_both_languages_agree() -> None:
    found = {row["key"]: row for row in HUANGSHI.agree()}
    positions = {key: found[key]["results"]["身份"] for key in ("HS036", "HS037", "HS038")}
    assert positions == {"HS036": "见习客户经理", "HS037": "助理客户经理", "HS038": "见习客户经理"}
    assert [*found["HS047"]["results"].values()] == ["客户经理", "高级一级", "6000", "甲等", "4000", "3000", "2000"]
    assert {key for key, row in found.items() if row["outcome"] == "referred"} == {
        "HS035",
        "HS039",
        "HS043",
        "HS044",
        "HS052",
    }
    assert [key for key, row in found.items() if row["outcome"] == "undecided"] == ["HS051"]
